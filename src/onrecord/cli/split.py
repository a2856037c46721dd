"""``onrecord split``: its arguments, its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from onrecord.cli.bywhom import by_options, take_by
from onrecord.cli.changes import say
from onrecord.cli.recordfile import open_record, record_option

_HELP: Final = """\
Make what some reports say of a person of a record somebody else's.

PERSON is an id, or the beginning of one, or a full name that only one person has; a REPORT is the id of a report, as
'onrecord people --in FILE --name PERSON --reports' shows it, or of a statement. The split survives a second reading.
Take it back with: onrecord undo

\b
Examples:
  onrecord people --in news.db --name 'Ada Quill' --reports
  onrecord split p446962e9d2 3f9a1c2b7d8e4f60 --in news.db --reason 'the footballer'
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0  done
  1  no such person or report, or the record can't be changed; standard error says why
  2  wrong usage
"""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="Part a person of a record in two.")
@click.argument("person")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@record_option()
@by_options
def split(person: str, reports: tuple[str, ...], record: Path, **options: Any) -> None:
    """Split a person."""
    by = take_by(options)
    with open_record(record) as opened:
        say(opened.split(person, reports, by))
