"""Rows of values as JSON, JSON Lines, CSV, or columns on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import click
import msgspec
from rich.cells import cell_len

from onrecord.cli.blocks import INDENT, Look, broken
from onrecord.cli.formats import Format
from onrecord.cli.printing import print_csv, print_json
from onrecord.cli.wrapping import pad

GAP = 2
"""Cells between two columns."""
NARROWEST = 12
"""Cells that the last column has at least."""


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
            click.echo(msgspec.json.encode(row))
    else:
        print_csv(tuple(columns), ([show(row) for show in columns.values()] for row in rows))


def show_columns(header: Sequence[str], rows: Sequence[Sequence[str]], look: Look) -> str:
    """Return rows as columns under a header, the last one broken at the width; as lines with tabs without a width.

    Where its longest word, such as an address, has no room beside the others, the last column stands below them.
    """
    shown = [[look.show(each) for each in row] for row in rows]
    if look.width is None:
        return "".join("\t".join(row) + "\n" for row in shown)
    widths = [max(cell_len(row[at]) for row in [header, *shown]) for at in range(len(header) - 1)]
    last = max(look.width - sum(widths) - GAP * len(widths), NARROWEST)
    if max((cell_len(word) for row in shown for word in row[-1].split(" ")), default=0) > last:
        lines = [_below(row, widths, look.width) for row in [header, *shown]]
    else:
        lines = [_beside(row, widths, last) for row in [header, *shown]]
    lines[0] = [look.paint(line, "faint") for line in lines[0]]
    return "".join(line.rstrip() + "\n" for row in lines for line in row)


def _beside(row: Sequence[str], widths: Sequence[int], last: int) -> list[str]:
    """Return a row as lines, its last cell broken beside the others."""
    first, *more = broken(row[-1], last)
    others = _others(row, widths)
    return [others + first, *(" " * cell_len(others) + each for each in more)]


def _below(row: Sequence[str], widths: Sequence[int], width: int) -> list[str]:
    """Return a row as lines, its last cell below the others."""
    return [_others(row, widths), *(" " * INDENT + each for each in broken(row[-1], max(width - INDENT, NARROWEST)))]


def _others(row: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(pad(each, width + GAP) for each, width in zip(row, widths, strict=False))
