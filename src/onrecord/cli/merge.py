"""``onrecord merge``: its arguments, its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from onrecord.cli.bywhom import by_options, take_by
from onrecord.cli.changes import say
from onrecord.cli.recordfile import open_record, record_option

_HELP: Final = """\
Make people or organizations of a record one; the first keeps its id.

A PERSON is an id, or the beginning of one, as 'onrecord people --in' shows it, or a full name that only one person has.
The merge holds for reports that are added later, and survives a second reading. Take it back with: onrecord undo

\b
Examples:
  onrecord merge p446962e9d2 p0c1de2f3a4 --in news.db
  onrecord merge 'Ada Quill' 'Ada Quill-Larch' --in news.db --reason 'married in 2023'
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0  done
  1  nobody has this id or name, or the record can't be changed; standard error says why
  2  wrong usage
"""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="Make people of a record one.")
@click.argument("people", nargs=-1, required=True, metavar="PERSON...")
@record_option()
@by_options
def merge(people: tuple[str, ...], record: Path, **options: Any) -> None:
    """Merge people."""
    by = take_by(options)
    with open_record(record) as opened:
        say(opened.merge(people, by))
