"""The people of a report as blocks of text: name and counts, then kind, country, roles and other names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len

from onrecord.cli.blocks import INDENT, Look, Row, broken, lay_out, show_head
from onrecord.exports.describing import offsets
from onrecord.reading import Reading
from onrecord.speakers.people import Person

# 2 cells part a name from its counts.
_GAP: Final = 2


def show_people(reading: Reading, people: Sequence[Person], look: Look) -> str:
    """Return the people of a reading as lines of text that end with a line break.

    Args:
        reading: whose head is shown.
        people: whom to show, in this order.
        look: width, colour and encoding. Without a width a name and its counts are one line.
    """
    width = look.measure
    digits = _digits(people)
    blocks = [show_head(reading, look, (len(people), "entity"))]
    blocks += [[*_opening(person, digits, look, width), *_facts(person, look, width)] for person in people]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _digits(people: Sequence[Person]) -> tuple[int, int, int]:
    """Return how wide the largest of each count is, so that the counts stand in columns."""
    counts = [(person.speaks, person.spoken_about, person.mentioned) for person in people]
    speaks, about, mentioned = (len(f"{max(column):,}") for column in zip((0, 0, 0), *counts, strict=True))
    return speaks, about, mentioned


def _opening(person: Person, digits: tuple[int, int, int], look: Look, width: int | None) -> Iterator[str]:
    """Yield the lines that open a block: the name, and the counts at the right or, where there is no room, below."""
    name = look.show(person.name)
    if width is None:
        yield f"{look.paint(name, 'name')}  {_counts(person, (0, 0, 0), look)}"
        return
    counts = _counts(person, digits, look)
    room = width - cell_len(name) - cell_len(counts)
    if room >= _GAP:
        yield f"{look.paint(name, 'name')}{' ' * room}{counts}"
        return
    yield from (look.paint(line, "name") for line in broken(name, width))
    yield from (f"{' ' * INDENT}{line}" for line in broken(_counts(person, (0, 0, 0), look), width - INDENT))


def _counts(person: Person, digits: tuple[int, int, int], look: Look) -> str:
    named = ("speaks", person.speaks), ("spoken about", person.spoken_about), ("mentioned", person.mentioned)
    return look.dot.join(f"{name} {number:>{size},}" for (name, number), size in zip(named, digits, strict=True))


def _facts(person: Person, look: Look, width: int | None) -> Iterator[str]:
    for row in _rows(person, look):
        yield from lay_out(row, look, width)


def _rows(person: Person, look: Look) -> Iterator[Row]:
    yield Row(label="kind", words=look.dot.join(filter(None, (person.kind, look.show(person.country or "")))))
    for role in person.roles:
        yield Row(label="role", words=look.show(role.words), right=offsets(role.span))
    if person.aliases:
        yield Row(label="also", words=look.show("; ".join(person.aliases)))
