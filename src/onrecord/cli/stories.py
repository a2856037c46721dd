"""``onrecord stories``: its arguments, its options and its help."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import click

from onrecord.cli.options import FILE, check_days, look_options
from onrecord.cli.recordfile import choose_record, open_record, record_option
from onrecord.cli.search import EXIT_CODES

_HELP: Final = """\
List the stories of a record: the reports that tell of the same occasion, by who is in them, their days and their words.

A story is gathered around one report, its centre, which all of its reports are like; its id is the centre's. Those with
most reports come first. A story is listed whole if one of its reports is of the days that are asked for. Copies of a
report are no further reports, and reports whose day is not known are in no story.

\b
Examples:
  onrecord stories news.db                                     all of them
  onrecord stories news.db --since 2024-05 --min-reports 5     what many told of from May 2024 on
  onrecord stories news.db --since 2024-05-02 --until 2024-05-02 --json
  onrecord story 3f9a1c2b --in news.db                         one of them, or the story of any report
"""


@click.command(help=_HELP, epilog=EXIT_CODES, short_help="List the reports that tell of the same occasion.")
@click.argument("named", required=False, metavar="[RECORD]", type=FILE)
@record_option(required=False, help="The record, in place of RECORD.")
@click.option(
    "--since",
    callback=check_days,
    metavar="DAY",
    help="With a report of this day, month or year, or later: 2024-05-02, 2024-05.",
)
@click.option(
    "--until", callback=check_days, metavar="DAY", help="With a report of this day, month or year, or earlier."
)
@click.option(
    "--min-reports",
    "least",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    metavar="N",
    help="Only stories of at least so many reports.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=50,
    show_default=True,
    metavar="N",
    help="Print at most N; 0 for all.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one indented JSON list, with the reports of each.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a row for each report as CSV, safe for spreadsheets.")
@look_options
@click.pass_context
def stories(
    context: click.Context,
    /,
    *,
    named: Path | None,
    record: Path | None,
    since: str | None,
    until: str | None,
    least: int,
    limit: int,
    **options: Any,
) -> None:
    """Print the stories of a record."""
    path = choose_record(context, named, record)
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.cli.progress import Steps, may_show_progress
    from onrecord.cli.stories_output import show_stories
    from onrecord.compare.stories import list_stories

    shown = may_show_progress(prints=False)
    with open_record(path, read_only=True) as opened, Steps("looking at", stream=sys.stderr, shown=shown) as steps:
        found = list_stories(
            opened, since=since, until=until, least=least, tell=lambda day: steps.tell(day.isoformat())
        )
    show_stories(found[:limit] if limit else found, left_out=max(0, len(found) - limit) if limit else 0, **options)
