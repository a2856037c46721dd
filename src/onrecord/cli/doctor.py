"""``onrecord doctor``: its argument, its options and its help."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from onrecord.cli.messages import complain
from onrecord.cli.options import FILE

_HELP: Final = """\
Tell what is installed and whether it works: for you, and for whoever you ask for help.

Versions, this machine, SQLite, ONNX Runtime, the model with its hash, the extras and what installs them, and where
files lie. The model is loaded and its files are held against their hashes. With FILE, a record too: its version, size
and counts, and whether its file is whole (some seconds a gigabyte; 'check-record' looks at all that is in it).

\b
Examples:
  onrecord doctor
  onrecord doctor news.db
  onrecord doctor --json > installation.json
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0  all that every command needs works; extras may be missing
  1  something does not work; standard error says which and what to do
  2  wrong usage
"""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="Tell what is installed and whether it works.")
@click.argument("record", metavar="[FILE]", required=False, type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object, with the hash of each file of the model.")
@click.option(
    "--width", type=click.IntRange(min=20), metavar="CELLS", help="Break lines here, not at the terminal's width."
)
def doctor(record: Path | None, *, as_json: bool, width: int | None) -> None:
    """Look at the installation, and at a record."""
    # Imported here: `onrecord --help` needs nothing of it.
    from onrecord.installation.examining import examine

    installation = examine()
    faults = list(installation.faults)
    looked_at = None
    # A record can't be opened without the packages and the SQLite that are missing then.
    if record is not None and not any(fault.part in {"packages", "SQLite"} for fault in faults):
        from onrecord.installation.recordfile import examine_record

        looked_at = examine_record(record)
        faults += looked_at.faults
    if as_json:
        click.echo(
            json.dumps({"installation": asdict(installation), "record": looked_at and asdict(looked_at)}, indent=2)
        )
    else:
        from onrecord.cli.doctor_output import show_installation

        show_installation(installation, looked_at, width=width)
    for fault in faults:
        complain(str(fault))
    if faults:
        raise click.exceptions.Exit(1)
    complain("all that every command needs works")
