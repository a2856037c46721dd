"""``onrecord corrections``: its options and its help."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from onrecord.cli.blocks import INDENT, Look, Row, lay_out
from onrecord.cli.messages import complain
from onrecord.cli.options import look_options
from onrecord.cli.outputs import choose_look
from onrecord.cli.recordfile import open_record, record_option
from onrecord.cli.tables import format_options, print_rows, take_format
from onrecord.cli.visible import visible

if TYPE_CHECKING:
    from onrecord.record import Correction

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
COLUMNS = {
    name: lambda correction, name=name: getattr(correction, name)
    for name in ("id", "statement", "field", "value", "before", "spans", "who", "made_at", "why", "state", "now")
}


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="List the corrections of a record.")
@click.option("--adrift", is_flag=True, help="Only those whose statement is not there any more.")
@record_option()
@format_options("json", "csv")
@look_options
def corrections(record: Path, *, adrift: bool, **options: Any) -> None:
    """List corrections."""
    chosen = take_format(options)
    with open_record(record, read_only=True) as opened:
        found = opened.corrections(adrift=adrift)
    if chosen is not None:
        print_rows(found, chosen, COLUMNS)
        return
    look = choose_look(**options)
    for at, each in enumerate(found):
        click.echo(("\n" if at else "") + "\n".join(_block(each, look)), color=look.colour)
    if not found:
        complain("no correction is adrift" if adrift else "no corrections")


def describe(correction: Correction) -> str:
    """Return what a correction says on one line."""
    words = f"correction {correction.id}: {correction.field} of {correction.statement}: {_change(correction)}"
    state = "" if correction.state == "stands" else f" ({correction.state})"
    return visible(words + state, sys.stdout.encoding or "utf-8")


def _change(correction: Correction) -> str:
    return f"{correction.before or 'nobody'} -> {correction.value or 'nobody'}"


def _block(correction: Correction, look: Look) -> list[str]:
    """Return the lines of a correction."""
    width = look.width and max(look.width, 2 * INDENT)
    head = f"{correction.id}  {correction.field} of {correction.statement}"
    state = look.paint(correction.state, "warning" if correction.state == "adrift" else "faint")
    made = " ".join(filter(None, (correction.who, correction.made_at[:16].replace("T", " "))))
    rows = [
        Row(label="read", words=look.show(correction.before or "nobody")),
        Row(label="should", words=look.show(correction.value or "nobody")),
        Row(label="by", words=look.show(made)),
    ]
    if correction.why:
        rows.append(Row(label="why", words=look.show(correction.why)))
    if correction.state == "adrift":
        rows.append(Row(label="now", words=correction.now or "no statement has these words"))
    return [f"{look.paint(head, 'name')}  {state}", *(line for row in rows for line in lay_out(row, look, width))]
