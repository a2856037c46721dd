"""Merges, splits and joins of a record as lines on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import click

from onrecord.cli.messages import complain, print_line

if TYPE_CHECKING:
    from onrecord.cli.formats import Format
    from onrecord.record import Change

COLUMNS: Final = {name: attrgetter(name) for name in ("id", "kind", "summary", "who", "made_at", "why", "undone_at")}


def say(change: Change) -> None:
    """Print what a change did, and its number, by which it can be undone."""
    undone = "undone: " if change.undone_at else ""
    print_line(f"change {change.id}: {undone}{change.kind}: {change.summary}")


def print_changes(changes: Sequence[Change], chosen: Format | None, *, color: str, width: int | None) -> None:
    """Print changes in a format, or as columns; say so where there are none."""
    # Imported here: `onrecord --help` needs no terminal and no JSON (0.1 s).
    from onrecord.cli.outputs import choose_look
    from onrecord.cli.tables import print_rows, show_columns

    if chosen is not None:
        print_rows(changes, chosen, COLUMNS)
        return
    if not changes:
        complain("no changes")
        return
    look = choose_look(color=color, width=width)
    header = ("number", "kind", "when", "by", "state", "what")
    rows = [
        (
            str(change.id),
            change.kind,
            change.made_at[:16].replace("T", " "),
            change.who or "",
            "undone" if change.undone_at else "stands",
            change.summary + (f" ({change.why})" if change.why else ""),
        )
        for change in changes
    ]
    click.echo(show_columns(header, rows, look), nl=False, color=look.colour)
