"""``onrecord undo``: its arguments, its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from onrecord.cli.changes import print_changes, say
from onrecord.cli.formats import format_options, take_format
from onrecord.cli.options import LARGEST, look_options
from onrecord.cli.recordfile import open_record, record_option

_HELP: Final = """\
Undo a merge or split of people, or a join or split of outlets, by its number; or list them all.

What was undone stays in the list, with when, by whom and why it was made.

\b
Examples:
  onrecord undo --list --in news.db
  onrecord undo 3 --in news.db
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0  done
  1  no such change, or it was undone before, or the record can't be changed; standard error says why
  2  wrong usage
"""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="Undo a merge, split or join; or list them.")
@click.argument("change", type=click.IntRange(0, LARGEST), required=False)
@click.option("--list", "listed", is_flag=True, help="List all merges, splits and joins, undone ones too.")
@record_option()
@format_options("json", "csv")
@look_options
def undo(change: int | None, record: Path, *, listed: bool, **options: Any) -> None:
    """Undo a change, or list all."""
    chosen = take_format(options)
    if (change is None) != listed:
        raise click.UsageError("give the number of a CHANGE, or --list")
    if chosen is not None and not listed:
        raise click.UsageError(f"--{chosen} goes with --list")
    with open_record(record, read_only=listed) as opened:
        if change is None:
            print_changes(opened.changes(), chosen, **options)
        else:
            say(opened.undo(change))
