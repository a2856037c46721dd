"""Tables whose cells are broken into lines, each column as wide as it needs and no wider than its share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len

from onrecord.cli.blocks import NARROWEST as BLOCKS_NARROWEST
from onrecord.cli.blocks import WIDEST, Look, broken
from onrecord.cli.stacked import stack
from onrecord.cli.wrapping import pad

GAP: Final = 2
NARROWEST: Final = 8
"""Cells that a column has at least."""
_NOTHING: Final = "–"
"""A cell of nothing, which any encoding has a sign for."""


def lay_out_grid(header: Sequence[str], rows: Sequence[Sequence[str]], look: Look, *, whole: int = 0) -> list[str]:
    """Return a table as lines: broken at the look's width, or with tabs between the cells without one.

    Where the columns have no room side by side, each row is a block with a line for each cell.

    Args:
        header: names of the columns.
        rows: the cells.
        look: width, colour and encoding.
        whole: how many of the first columns are not broken while others can be, such as ids and dates.
    """
    shown = [[look.sign(_NOTHING, "-") if cell == _NOTHING else look.show(cell) for cell in row] for row in rows]
    if look.width is None:
        return ["\t".join(row) for row in shown]
    widths = _widths(header, shown, min(look.width, WIDEST), whole)
    if sum(widths) + GAP * (len(widths) - 1) > look.width:
        return stack(header, shown, look, max(look.width, BLOCKS_NARROWEST))
    lines = [look.paint(line, "faint") for line in _row(header, widths)]
    for row in shown:
        lines.extend(_row(row, widths))
    return lines


def _widths(header: Sequence[str], rows: Sequence[Sequence[str]], width: int, whole: int) -> list[int]:
    """Return the columns' widths: what the widest cell needs, the widest narrowed until all fit, if they can."""
    widths = [max(cell_len(row[at]) for row in [header, *rows]) for at in range(len(header))]
    spare = width - GAP * (len(widths) - 1)
    for first in (whole, 0):  # only where the others are as narrow as can be do the first ones give way
        while sum(widths) > spare and max(widths[first:]) > NARROWEST:
            widths[widths.index(max(widths[first:]), first)] -= 1
    return widths


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    columns = [broken(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for line in zip_longest(*columns, fillvalue=""):
        yield "".join(pad(cell, width + GAP) for cell, width in zip(line, widths, strict=True)).rstrip()
