"""Corrections of a record, printed."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import click

from onrecord.cli.blocks import INDENT, Look, Row, lay_out
from onrecord.cli.formats import Format
from onrecord.cli.messages import complain
from onrecord.cli.outputs import choose_look
from onrecord.cli.tables import print_rows

if TYPE_CHECKING:
    from onrecord.record import Correction

_NAMES: Final = (
    "id", "statement", "field", "value", "before", "speakers", "speakers_before", "spans", "who", "made_at", "why",
    "state", "now",
)  # fmt: skip
COLUMNS: Final = {name: attrgetter(name) for name in _NAMES}


def print_corrections(
    found: Sequence[Correction], chosen: Format | None, *, adrift: bool, color: str, width: int | None
) -> None:
    """Print corrections in a format, or as blocks; say so where there are none."""
    if chosen is not None:
        print_rows(found, chosen, COLUMNS)
        return
    look = choose_look(color=color, width=width)
    for at, each in enumerate(found):
        click.echo(("\n" if at else "") + "\n".join(_block(each, look)), color=look.colour)
    if not found:
        complain("no correction is adrift" if adrift else "no corrections")


def _block(correction: Correction, look: Look) -> list[str]:
    """Return the lines of a correction."""
    width = look.width and max(look.width, 2 * INDENT)
    before, value = correction.in_words
    head = f"{correction.id}  {correction.field} of {correction.statement}"
    state = look.paint(correction.state, "warning" if correction.state == "adrift" else "faint")
    made = " ".join(filter(None, (correction.who, correction.made_at[:16].replace("T", " "))))
    rows = [
        Row(label="read", words=look.show(before)),
        Row(label="should", words=look.show(value)),
        Row(label="by", words=look.show(made)),
    ]
    if correction.why:
        rows.append(Row(label="why", words=look.show(correction.why)))
    if correction.state == "adrift":
        rows.append(Row(label="now", words=correction.now or "no statement has these words"))
    return [f"{look.paint(head, 'name')}  {state}", *(line for row in rows for line in lay_out(row, look, width))]
