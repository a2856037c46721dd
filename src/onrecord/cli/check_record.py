"""``onrecord check-record``: its argument, its options and its help."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from onrecord.cli.completion import complete_files
from onrecord.cli.messages import complain, print_line
from onrecord.cli.progress import Steps, may_show_progress
from onrecord.cli.recordfile import open_record

if TYPE_CHECKING:
    from onrecord.record import Record

_HELP: Final = """\
Check that a record is whole: the file and its tables, references, the full-text index, hashes and spans.

All of the file is read. Each thing that is wrong is printed on one line; nothing is changed.

\b
Examples:
  onrecord check-record news.db
  onrecord check-record news.db --json
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0  the record is whole
  1  something is wrong with it, or it can't be read
  2  wrong usage
"""


@click.command("check-record", help=_HELP, epilog=_EXIT_CODES, short_help="Check that a record is whole.")
@click.argument("path", metavar="FILE", shell_complete=complete_files)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object with a list of what is wrong.")
def check_record(path: str, *, as_json: bool) -> None:
    """Check a record."""
    # Imported here: `onrecord --help` needs no JSON (0.05 s).
    from onrecord.cli.printing import print_json

    with _opened(path) as record, Steps("checking", stream=sys.stderr, shown=may_show_progress(prints=False)) as steps:
        findings = record.check(steps.tell)
    if as_json:
        print_json({"record": path, "findings": findings})
    else:
        for finding in findings:
            print_line(str(finding))
    if not findings:
        complain(f"{path}: whole")
        return
    complain(f"{path}: {len(findings):,} things are wrong" if len(findings) > 1 else f"{path}: one thing is wrong")
    raise click.exceptions.Exit(1)


def _opened(path: str) -> Record:
    """Open a record to write, as a check of the full-text index needs, or else to read."""
    from onrecord.errors import ForbiddenRecord

    try:
        return open_record(path)
    except ForbiddenRecord:
        return open_record(path, read_only=True)
