"""Rows of values as JSON, JSON Lines, CSV, or columns on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from rich.cells import cell_len

from onrecord.cli.blocks import INDENT, NARROWEST, Look, broken
from onrecord.cli.formats import Format
from onrecord.cli.printing import print_csv, print_json, print_json_line
from onrecord.cli.stacked import stack
from onrecord.cli.wrapping import pad

GAP = 2
"""Cells between two columns."""
LAST_LEAST = 12
"""Cells that the last column has at least, where it fills them."""


def print_rows(rows: Iterable[Any], chosen: Format, columns: Mapping[str, Callable[[Any], Any]]) -> None:
    """Print rows in a format.

    Args:
        rows: what msgspec encodes.
        chosen: the format.
        columns: of CSV: the name of each, and what it shows of a row.
    """
    if chosen == "json":
        print_json(list(rows))
    elif chosen == "jsonl":
        for row in rows:
            print_json_line(row)
    else:
        print_csv(tuple(columns), ([show(row) for show in columns.values()] for row in rows))


def show_columns(header: Sequence[str], rows: Sequence[Sequence[str]], look: Look) -> str:
    """Return rows as columns under a header, the last one broken at the width; as lines with tabs without a width.

    Where its words, such as an address, have no room beside the others, the last column stands below them; where the
    others alone have none, each row is a block with a line for each cell.
    """
    shown = [[look.show(each) for each in row] for row in rows]
    if look.width is None:
        return "".join("\t".join(row) + "\n" for row in shown)
    every = [header, *shown]
    widths = [max(cell_len(row[at]) for row in every) for at in range(len(header) - 1)]
    last = look.width - sum(widths) - GAP * len(widths)
    if last >= _least(every):
        blocks = [_beside(row, widths, last) for row in every]
    elif _narrow(widths, every, look.width):
        blocks = [_below(row, widths, look.width) for row in every]
    else:
        return "".join(f"{line}\n" for line in stack(header, shown, look, max(look.width, NARROWEST)))
    blocks[0] = [look.paint(line, "faint") for line in blocks[0]]
    return "".join(line.rstrip() + "\n" for block in blocks for line in block)


def _least(rows: Sequence[Sequence[str]]) -> int:
    """Return how many cells the last column needs."""
    widest = max((cell_len(row[-1]) for row in rows), default=0)
    return max(_longest(rows, -1), min(widest, LAST_LEAST))


def _longest(rows: Sequence[Sequence[str]], at: int) -> int:
    """Return the cells of the longest word of a column."""
    return max((cell_len(word) for row in rows for word in row[at].split(" ")), default=0)


def _narrow(widths: list[int], rows: Sequence[Sequence[str]], width: int) -> bool:
    """Narrow the widest columns until all but the last fit into the width; tell whether they do. No word is cut."""
    least = [_longest(rows, at) for at in range(len(widths))]
    while sum(widths) + GAP * (len(widths) - 1) > width:
        spare = [at for at in range(len(widths)) if widths[at] > least[at]]
        if not spare:
            return False
        widths[max(spare, key=widths.__getitem__)] -= 1
    return True


def _beside(row: Sequence[str], widths: Sequence[int], last: int) -> list[str]:
    """Return a row as lines, its last cell broken beside the others."""
    return _lines(row, [*widths, last])


def _below(row: Sequence[str], widths: Sequence[int], width: int) -> list[str]:
    """Return a row as lines, its last cell below the others."""
    return [*_lines(row[:-1], widths), *(" " * INDENT + line for line in broken(row[-1], width - INDENT))]


def _lines(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    columns = [broken(cell, width) for cell, width in zip(cells, widths, strict=True)]
    rows = zip_longest(*columns, fillvalue="")
    return ["".join(pad(cell, width + GAP) for cell, width in zip(row, widths, strict=True)) for row in rows]
