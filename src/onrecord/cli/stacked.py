"""Rows as blocks, a line for each cell: where the columns of a table have no room side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len

from onrecord.cli.blocks import Look, broken
from onrecord.cli.wrapping import pad

_GAP: Final = 2
_NARROWEST: Final = 8
"""Cells that a cell has at least."""


def stack(header: Sequence[str], rows: Sequence[Sequence[str]], look: Look, width: int) -> list[str]:
    """Return rows as lines of at most ``width`` cells, each cell behind its column's name; empty ones are left out."""
    label = max(map(cell_len, header)) + _GAP
    lines: list[str] = []
    for row in rows:
        lines += [""] if lines else []
        for name, cell in zip(header, row, strict=True):
            if cell:
                lines += _labelled(name, cell, look, label, max(width - label, _NARROWEST))
    return lines


def _labelled(name: str, cell: str, look: Look, label: int, width: int) -> Iterator[str]:
    first, *more = broken(cell, width)
    yield look.paint(pad(name, label), "faint") + first
    yield from (" " * label + line for line in more)
