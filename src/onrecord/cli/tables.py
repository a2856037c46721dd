"""Rows of values as JSON, JSON Lines, CSV, or columns on a terminal."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import click
import msgspec
from rich.cells import cell_len

from onrecord.cli.blocks import Look, broken
from onrecord.cli.formats import Format
from onrecord.cli.wrapping import pad
from onrecord.exports.cells import cell

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
        click.echo(msgspec.json.format(msgspec.json.encode(list(rows)), indent=2))
    elif chosen == "jsonl":
        for row in rows:
            click.echo(msgspec.json.encode(row))
    else:
        click.echo(_csv_line(columns), nl=False)
        for row in rows:
            click.echo(_csv_line(cell(show(row)) for show in columns.values()), nl=False)


def _csv_line(cells: Iterable[Any]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerow(cells)
    return buffer.getvalue().encode()


def show_columns(header: Sequence[str], rows: Sequence[Sequence[str]], look: Look) -> str:
    """Return rows as columns under a header, the last one broken at the width; as lines with tabs without a width."""
    shown = [[look.show(each) for each in row] for row in rows]
    if look.width is None:
        return "".join("\t".join(row) + "\n" for row in shown)
    widths = [max(cell_len(row[at]) for row in [header, *shown]) for at in range(len(header) - 1)]
    indent = sum(widths) + GAP * len(widths)
    last = max(look.width - indent, NARROWEST)
    lines = [look.paint(_line(header, widths), "faint")]
    for row in shown:
        first, *more = broken(row[-1], last)
        lines.append(_line([*row[:-1], first], widths))
        lines += [" " * indent + each for each in more]
    return "".join(line.rstrip() + "\n" for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "".join(pad(each, width + GAP) for each, width in zip(cells, widths, strict=False)) + cells[-1]
