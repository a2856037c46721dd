"""Where the tallies of ``onrecord stats`` go: a table on the terminal, JSON, or CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import click
from rich.cells import cell_len, set_cell_size

from onrecord.cli.blocks import INDENT, Look, broken
from onrecord.cli.formats import refuse_two_formats
from onrecord.cli.messages import complain
from onrecord.cli.outputs import choose_look
from onrecord.cli.printing import print_csv, print_json
from onrecord.record.counting import By, Tally

_NUMBERS: Final = ("statements", "reports", "outlets", "speakers", "direct", "mixed", "indirect", "length")
_WIDEST_NAME: Final = 40
_NARROWEST_NAME: Final = 12
_SHOWN_CLASSES: Final = 3


def show_stats(
    tallies: Sequence[Tally],
    by: By,
    apart: Mapping[str, str],
    *,
    left_out: int,
    as_json: bool,
    as_csv: bool,
    color: str,
    width: int | None,
) -> None:
    """Print tallies; below those who share their name, what tells them ``apart``, by their ids.

    Raises:
        click.UsageError: the options contradict each other.
    """
    refuse_two_formats({"--json": as_json, "--csv": as_csv})
    if as_json:
        print_json({"by": by, "tallies": tallies})
    elif as_csv:
        print_csv([by.replace("-", "_"), *_NUMBERS, "cue_classes", "first", "last", "person"], map(_cells, tallies))
    else:
        look = choose_look(color=color, width=width)
        for line in _table(tallies, by, apart, look):
            click.echo(line, color=look.colour)
    if not tallies:
        complain("nothing to count")
    if left_out:
        complain(f"{left_out:,} more; --limit 0 shows all")


def _cells(tally: Tally) -> list[Any]:
    classes = tuple(f"{name} {number}" for name, number in tally.cue_classes.items())
    return [tally.value, *(getattr(tally, name) for name in _NUMBERS), classes, tally.first, tally.last, tally.person]


def _table(tallies: Sequence[Tally], by: By, apart: Mapping[str, str], look: Look) -> Iterator[str]:
    """Yield the lines of the table; what does not fit into the width is left out from the right, column by column."""
    if not tallies:
        return
    names = [look.show(tally.value or "(none)") for tally in tallies]
    columns = [column for column in _columns(tallies, look) if column[0] != f"{by}s"]
    room = min(max(map(cell_len, [*names, by])), _WIDEST_NAME)
    if look.width is not None:
        least = min(room, _NARROWEST_NAME)
        while columns and least + sum(_size(column) + 2 for column in columns) > look.width:
            columns.pop()
        room = min(room, look.width - sum(_size(column) + 2 for column in columns))
    sizes = [_size(column) for column in columns]
    heads = [f"{column[0]:>{size}}" for column, size in zip(columns, sizes, strict=True)]
    yield look.paint("  ".join([set_cell_size(by.replace("-", " "), room), *heads]).rstrip(), "faint")
    for index, name in enumerate(names):
        cells = [f"{column[1][index]:>{size}}" for column, size in zip(columns, sizes, strict=True)]
        yield "  ".join([look.paint(_fit(name, room, look), "name"), *cells]).rstrip()
        if words := apart.get(tallies[index].person or ""):
            below = None if look.width is None else look.width - INDENT
            yield from (look.paint(" " * INDENT + line, "faint") for line in broken(look.show(words), below))


def _columns(tallies: Sequence[Tally], look: Look) -> list[tuple[str, list[str]]]:
    """Return the columns, the most telling first."""
    return [
        ("statements", [f"{tally.statements:,}" for tally in tallies]),
        ("outlets", [f"{tally.outlets:,}" for tally in tallies]),
        ("direct", [_share(tally.direct, tally) for tally in tallies]),
        ("mixed", [_share(tally.mixed, tally) for tally in tallies]),
        ("length", [f"{tally.length:.0f}" for tally in tallies]),
        ("first", [tally.first or "" for tally in tallies]),
        ("last", [tally.last or "" for tally in tallies]),
        ("reports", [f"{tally.reports:,}" for tally in tallies]),
        ("speakers", [f"{tally.speakers:,}" for tally in tallies]),
        ("cue classes", [_classes(tally, look) for tally in tallies]),
    ]


def _share(part: int, tally: Tally) -> str:
    return f"{part / tally.statements:.0%}"


def _classes(tally: Tally, look: Look) -> str:
    """Return the most frequent classes, and a sign where there are more."""
    shown = [f"{name} {number:,}" for name, number in list(tally.cue_classes.items())[:_SHOWN_CLASSES]]
    return ", ".join([*shown, look.sign("…", "...")] if len(tally.cue_classes) > _SHOWN_CLASSES else shown)


def _size(column: tuple[str, list[str]]) -> int:
    return max(map(len, [column[0], *column[1]]))


def _fit(name: str, room: int, look: Look) -> str:
    if cell_len(name) <= room:
        return set_cell_size(name, room)
    return set_cell_size(name, max(room - 1, 0)) + look.sign("…", ".")
