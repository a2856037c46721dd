"""``onrecord timeline``: its arguments, its options and its help."""

from __future__ import annotations

from typing import Any, Final

import click

from onrecord.cli.completion import complete_files
from onrecord.cli.filters import TYPES
from onrecord.cli.options import (
    EXIT_CODES,
    SOURCE_HELP,
    check_days,
    look_options,
    min_confidence_option,
    source_options,
    take_request,
)

_HELP: Final = f"""\
Print what news reports say has happened, in the order of the dates that they give.

The events of all reports, with who does what to whom, who says so, and what is only planned, threatened, called for,
hypothetical or denied. An event that its report does not date stands at the day of the report, marked "told", as nobody
says when it happened. Nothing is merged: what two reports tell of stands there twice.

{SOURCE_HELP}
\b
Examples:
  onrecord timeline archive/                     a table in the terminal
  onrecord timeline archive/ --html strike.html  draw it, as one page
  onrecord timeline archive/ --type ASSAULT --since 2024-05-01 --until 2024-05-31
  onrecord timeline archive/ --csv > events.csv
  onrecord timeline a.txt --date 2024-05-03      with the day that "on Friday" is reckoned from
"""


@click.command(help=_HELP, epilog=EXIT_CODES, short_help="Print what reports say has happened, by date.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=complete_files)
@click.option("--json", "as_json", is_flag=True, help="Print one indented JSON object: the reports and the events.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table as CSV, safe for spreadsheets.")
@click.option(
    "--html", "page", metavar="FILE", shell_complete=complete_files, help="Draw the timeline as a page; - prints it."
)
@click.option(
    "--type",
    "types",
    type=click.Choice(TYPES, case_sensitive=False),
    multiple=True,
    metavar="TYPE",
    help=f"Only this type: {', '.join(TYPES)}. May be given more than once.",
)
@click.option(
    "--since",
    callback=check_days,
    metavar="DAY",
    help="What happened on this day, month or year, or later: 2024-05-02, 2024-05. Undated events go by their report.",
)
@click.option(
    "--until", callback=check_days, metavar="DAY", help="What happened on this day, month or year, or earlier."
)
@min_confidence_option("events")
@source_options
@look_options
def timeline(**options: Any) -> None:
    """Print the events of reports by date."""
    # Imported here: `onrecord --help` needs no model, numbers or parser (0.4 s).
    from onrecord.cli.reading_run import run
    from onrecord.cli.timeline_output import TimelineOutput, choose_printer
    from onrecord.exports.timeline import Choice
    from onrecord.record.filtering import first_day, last_day

    request = take_request(options, parts=("events", "times"))
    since, until = options.pop("since"), options.pop("until")
    choice = Choice(
        types=frozenset(options.pop("types")),
        since=None if since is None else first_day(since),
        until=None if until is None else last_day(until),
        least=options.pop("min_confidence"),
    )
    output = TimelineOutput(choice, choose_printer(**options))
    complete = run(request, output, prints=False)
    output.print()
    if not complete:
        raise click.exceptions.Exit(1)
