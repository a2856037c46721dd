"""A text cut into runs, so that marks which overlap can be written in a format whose elements must nest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from onrecord.document import Document, Span, ZoneKind
from onrecord.reading import Statement

Part = Literal["source", "cue", "content"]
PARTS: Final[tuple[Part, ...]] = ("source", "cue", "content")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One span of one statement, and what it is there."""

    span: Span
    part: Part
    statement: int
    """The statement's place in the reading, from 0."""
    first: bool
    """Whether it is the first span of its part."""
    lands: bool
    """Whether a link to the statement leads here: to its content, or else its source, or else its cue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text over which neither the zone nor the marks change."""

    span: Span
    zone: ZoneKind
    marks: tuple[Mark, ...]
    starting: tuple[Mark, ...]
    """Those of the marks that no earlier run has."""


def marks_of(statements: Sequence[Statement]) -> list[Mark]:
    """Return every source, cue and content span of the statements, statement by statement."""
    return [mark for index, statement in enumerate(statements) for mark in _marks(index, statement)]


def _marks(index: int, statement: Statement) -> Iterator[Mark]:
    parts: dict[Part, tuple[Span, ...]] = {
        "content": statement.content,
        "source": statement.source,
        "cue": statement.cue,
    }
    landing = next((part for part, spans in parts.items() if spans), None)
    for part, spans in parts.items():
        for position, span in enumerate(spans):
            first = position == 0
            yield Mark(span=span, part=part, statement=index, first=first, lands=first and part == landing)


def split_into_runs(document: Document, marks: Sequence[Mark], within: Sequence[Span]) -> Iterator[list[Run]]:
    """Yield, for each span of ``within`` (by rising start, none overlapping), the runs that make it up."""
    cuts = sorted(
        {edge for mark in marks for edge in mark.span} | {edge for zone in document.zones for edge in zone.span}
    )
    waiting = sorted(marks, key=lambda mark: mark.span, reverse=True)
    active: list[Mark] = []
    zones = _Zones(document)
    position = 0
    for block in within:
        while position < len(cuts) and cuts[position] <= block.start:
            position += 1
        edges = [block.start]
        while position < len(cuts) and cuts[position] < block.end:
            edges.append(cuts[position])
            position += 1
        runs = []
        for start, end in pairwise([*edges, block.end]):
            active = [mark for mark in active if mark.span.end > start]
            starting = list(_begun(waiting, start))
            active += starting
            runs.append(Run(span=Span(start, end), zone=zones.at(start), marks=tuple(active), starting=tuple(starting)))
        yield runs


def _begun(waiting: list[Mark], start: int) -> Iterator[Mark]:
    """Take from the end of ``waiting`` the marks that begin up to ``start``; yield those that go beyond it."""
    while waiting and waiting[-1].span.start <= start:
        mark = waiting.pop()
        if mark.span.end > start:
            yield mark


class _Zones:
    """The zone at rising offsets, in one pass: a text of 1,000,000 characters has some 10,000 of them."""

    def __init__(self, document: Document) -> None:
        self._zones = document.zones
        self._index = 0

    def at(self, offset: int) -> ZoneKind:
        while self._index < len(self._zones) and self._zones[self._index].end <= offset:
            self._index += 1
        if self._index < len(self._zones) and self._zones[self._index].start <= offset:
            return self._zones[self._index].kind
        return "body"
