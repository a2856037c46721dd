"""A text cut into runs, so that marks which overlap can be written in a format whose elements must nest."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Generic, Literal, Protocol, TypeVar

from onrecord.document import Document, Span, ZoneKind
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.reading import Entity, Statement

Part = Literal["source", "cue", "content"]
PARTS: Final[tuple[Part, ...]] = ("source", "cue", "content")
TAGS: Final[Mapping[ZoneKind, str]] = {"headline": "h1", "subheading": "h2"}
"""Zones that are headings, with their elements."""


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
class EntityMark:
    """One mention of an entity."""

    span: Span
    entity: int
    """The entity's place in the reading, from 0."""
    first: bool
    """Whether no mention of the entity comes before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """A place that something else is to be said of: a check, an event, a date."""

    span: Span
    index: int
    """Which of the things it is, from 0, to whoever made it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text over which neither the zone nor the marks change."""

    span: Span
    zone: ZoneKind
    marks: tuple[Mark, ...]
    starting: tuple[Mark, ...]
    """Those of the marks that no earlier run has."""
    entities: tuple[EntityMark, ...] = ()
    """The mentions that it is part of."""
    introduced: tuple[EntityMark, ...] = ()
    """Those of the mentions that no earlier run has."""
    overlays: tuple[Overlay, ...] = ()
    """The other places that it is part of."""
    overlaid: tuple[Overlay, ...] = ()
    """Those of them that no earlier run has."""

    @property
    def labelled(self) -> list[Mark]:
        """Those of the marks with a number before them: the first of a source or a content, or where a link lands."""
        return [mark for mark in self.starting if mark.lands or (mark.first and mark.part != "cue")]


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


def marks_of_entities(entities: Sequence[Entity]) -> list[EntityMark]:
    """Return every mention of the entities, entity by entity."""
    return [
        EntityMark(span=span, entity=index, first=position == 0)
        for index, entity in enumerate(entities)
        for position, span in enumerate(sorted(mention.span for mention in entity.mentions))
    ]


def cut_into_paragraphs(document: Document) -> list[Span]:
    """Return the paragraphs, cut where a heading begins or ends inside: no headline is run together with its story."""
    edges = sorted({edge for zone in document.zones if zone.kind in TAGS for edge in zone.span})
    pieces = []
    for paragraph in find_paragraphs(document.text):
        inside = edges[bisect_right(edges, paragraph.start) : bisect_left(edges, paragraph.end)]
        pieces += [Span(start, end) for start, end in pairwise([paragraph.start, *inside, paragraph.end])]
    return pieces


def main_zone(runs: Sequence[Run]) -> ZoneKind:
    """Return the zone that holds most of a paragraph: a dateline or a credit is a part of one."""
    lengths: dict[ZoneKind, int] = {}
    for run in runs:
        lengths[run.zone] = lengths.get(run.zone, 0) + run.span.end - run.span.start
    return max(lengths, key=lambda kind: lengths[kind])


def split_into_runs(
    document: Document,
    marks: Sequence[Mark],
    within: Sequence[Span],
    entities: Sequence[EntityMark] = (),
    overlays: Sequence[Overlay] = (),
) -> Iterator[list[Run]]:
    """Yield, for each span of ``within`` (by rising start, none overlapping), the runs that make it up."""
    everything: list[_Marked] = [*marks, *entities, *overlays, *document.zones]
    cuts = sorted({edge for each in everything for edge in each.span})
    parts, mentions, others = _Sweep(marks), _Sweep(entities), _Sweep(overlays)
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
            active, starting = parts.at(start)
            named, introduced = mentions.at(start)
            over, overlaid = others.at(start)
            runs.append(
                Run(
                    span=Span(start, end),
                    zone=zones.at(start),
                    marks=active,
                    starting=starting,
                    entities=named,
                    introduced=introduced,
                    overlays=over,
                    overlaid=overlaid,
                )
            )
        yield runs


class _Marked(Protocol):
    @property
    def span(self) -> Span: ...


M = TypeVar("M", bound=_Marked)


class _Sweep(Generic[M]):
    """The marks at rising offsets, in one pass."""

    def __init__(self, marks: Sequence[M]) -> None:
        self._waiting = sorted(marks, key=lambda mark: mark.span, reverse=True)
        self._active: list[M] = []

    def at(self, offset: int) -> tuple[tuple[M, ...], tuple[M, ...]]:
        """Return the marks that hold ``offset``, and those of them that held no earlier one."""
        self._active = [mark for mark in self._active if mark.span.end > offset]
        starting = []
        while self._waiting and self._waiting[-1].span.start <= offset:
            mark = self._waiting.pop()
            if mark.span.end > offset:
                starting.append(mark)
        self._active += starting
        return tuple(self._active), tuple(starting)


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
