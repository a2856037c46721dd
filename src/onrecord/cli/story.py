"""``onrecord story``: its arguments, its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from onrecord.cli.options import look_options
from onrecord.cli.recordfile import open_record, record_option
from onrecord.cli.search import EXIT_CODES

_HELP: Final = """\
Show the story of a report: which other reports of the record tell of the same occasion, and what ties each to it.

ID is that of a report or a statement, as 'onrecord search' shows it; the first four digits or more are enough where no
other begins so. Each report is shown with the probability that it tells of the same occasion as the story's centre, and
with the people, the words and the quotations that both have.

\b
Examples:
  onrecord story 3f9a1c2b --in news.db
  onrecord story 3f9a1c2b --in news.db --json
  onrecord compare --story 3f9a1c2b --in news.db      lay its reports side by side
"""


@click.command(help=_HELP, epilog=EXIT_CODES, short_help="Show what else tells of the same occasion as a report.")
@click.argument("report", metavar="ID")
@record_option()
@click.option("--json", "as_json", is_flag=True, help="Print one indented JSON object.")
@look_options
def story(report: str, record: Path, *, as_json: bool, color: str, width: int | None) -> None:
    """Print the story of a report."""
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.cli.stories_output import show_story
    from onrecord.compare.stories import find_story

    with open_record(record, read_only=True) as opened:
        found = find_story(opened, report)
    show_story(found, as_json=as_json, color=color, width=width)
