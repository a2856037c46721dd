"""``onrecord corrections``: its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from onrecord.cli.formats import format_options, take_format
from onrecord.cli.options import look_options
from onrecord.cli.recordfile import open_record, record_option

_HELP: Final = """\
List the corrections of a record: what was read, what it should be, who says so, when and why, and its state.

\b
States:
  stands     it is shown over what was read
  replaced   a later correction of the same field is
  adrift     no statement has these spans any more since the report was read again; shown nowhere, until one has
  withdrawn  somebody undid it

Of one that is adrift the statement is named that now has most of its words; correct that one, and undo the old one.

\b
Examples:
  onrecord corrections --in news.db
  onrecord corrections --adrift --in news.db
  onrecord corrections --csv --in news.db > corrections.csv
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0  done
  1  the record can't be read; standard error says why
  2  wrong usage
"""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="List the corrections of a record.")
@click.option("--adrift", is_flag=True, help="Only those whose statement is not there any more.")
@record_option()
@format_options("json", "csv")
@look_options
def corrections(record: Path, *, adrift: bool, **options: Any) -> None:
    """List corrections."""
    # Imported here: `onrecord --help` needs no terminal and no JSON (0.1 s).
    from onrecord.cli.corrections_output import print_corrections

    chosen = take_format(options)
    with open_record(record, read_only=True) as opened:
        found = opened.corrections(adrift=adrift)
    print_corrections(found, chosen, adrift=adrift, **options)
