"""A report as its page shows it: paragraphs with their statements marked in place, and the notes beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from markupsafe import Markup

from onrecord.document import Span, ZoneKind
from onrecord.exports.describing import (
    describe_amount,
    describe_open_speaker,
    describe_time,
    in_reading_order,
    names_of,
    source_is_the_name,
)
from onrecord.exports.escaping import attribute, escape_text
from onrecord.exports.events_json import EventRow, event_rows
from onrecord.exports.marking import (
    PARTS,
    TAGS,
    Mark,
    Overlay,
    Run,
    cut_into_paragraphs,
    main_zone,
    marks_of,
    marks_of_entities,
    split_into_runs,
)
from onrecord.reading import Check, Entity, Reading, Statement
from onrecord.record.choosing import Kept
from onrecord.record.identities import show_person
from onrecord.record.lookup import as_reading
from onrecord.record.overlaying import is_put_in
from onrecord.web import addresses
from onrecord.web.wording import sureness

Shown = Literal["events", "times", "amounts"]
SHOWN: Final[tuple[Shown, ...]] = ("events", "times", "amounts")
HUES: Final = 5
"""Statements that stand near each other differ; each hue reads on light and dark paper (WCAG AA)."""


class Name(NamedTuple):
    """Somebody who is named on the page."""

    name: str
    person: str | None
    """The record's id of who it is; None for who can't be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementNote:
    """What stands in the margin for a statement."""

    statement: Statement
    id: str
    """Record-wide."""
    number: str
    """As it is shown: ``3`` for ``s3``."""
    place: int
    """In the order of the page, from 0."""
    depth: int
    """1 for speech inside speech."""
    speakers: tuple[Name, ...]
    question: str | None
    """Why there is no speaker, and who it might be."""
    source: str
    """As written; empty where it is the speaker's name."""
    cue: str
    content: str
    addressees: tuple[Name, ...]
    about: tuple[Name, ...]
    targets: tuple[Name, ...]
    within: str | None
    """The number of the statement that this one is reported inside."""

    @property
    def anchor(self) -> str:
        """Where it begins in the text."""
        return addresses.statement_anchor(self.id)

    @property
    def is_put_in(self) -> bool:
        """Somebody put it in: no reader is more or less sure of it."""
        return is_put_in(self.statement)

    @property
    def hue(self) -> int:
        """Which of the hues it has."""
        return self.place % HUES


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckNote:
    """What stands in the margin for something that does not fit."""

    check: Check
    number: int
    words: str
    evidence: tuple[str, ...]


class EventNote(NamedTuple):
    """What stands in the margin for an event."""

    event: EventRow
    number: int


@dataclass(slots=True, kw_only=True)
class Block:
    """A paragraph with its notes."""

    zone: ZoneKind
    tag: str
    markup: Markup
    statements: list[StatementNote] = field(default_factory=list)
    checks: list[CheckNote] = field(default_factory=list)
    events: list[EventNote] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """All that the page shows of the text."""

    reading: Reading
    blocks: tuple[Block, ...]
    notes: tuple[StatementNote, ...]
    """All of them; those of statements without a word stand under no paragraph."""
    people: Mapping[str, Name]
    """By the entity's id."""


def view(kept: Kept, shown: Iterable[Shown] = ()) -> ReportView:
    """Lay a report out.

    Args:
        kept: the reading, corrections over it.
        shown: what is marked beside statements and checks.
    """
    return _Layout(kept, frozenset(shown)).view()


class _Layout:
    """What every part of the page asks for."""

    def __init__(self, kept: Kept, shown: frozenset[Shown]) -> None:
        self._reading = as_reading(kept.reading)
        self._text = self._reading.document.text
        names = names_of(self._reading.entities)
        people = {entity: show_person(number) for entity, number in kept.people.items()}
        self._people = {entity: Name(name, people.get(entity)) for entity, name in names.items()}
        ordered = list(in_reading_order(self._reading.statements))
        self._statements = [statement for statement, _ in ordered]
        numbers = {each.id: _number(each.id) for each in self._statements}
        put_in = [each.id for each in self._statements if is_put_in(each)]
        numbers |= {added: f"+{number}" for number, added in enumerate(put_in, 1)}
        self._notes = [
            self._note(statement, place, depth, kept.ids[statement.id], numbers)
            for place, (statement, depth) in enumerate(ordered)
        ]
        self._entities: Sequence[Entity] = self._reading.entities
        self._checks = kept.reading.checks
        self._events = list(event_rows(self._reading)) if "events" in shown else []
        self._overlays, self._layers = _layers(self._reading, self._checks, shown)

    def view(self) -> ReportView:
        """Return the page's parts."""
        return ReportView(
            reading=self._reading, blocks=tuple(self._blocks()), notes=tuple(self._notes), people=self._people
        )

    def _blocks(self) -> Iterator[Block]:
        document = self._reading.document
        marks, mentions = marks_of(self._statements), marks_of_entities(self._entities)
        for runs in split_into_runs(document, marks, cut_into_paragraphs(document), mentions, self._overlays):
            zone = main_zone(runs)
            block = Block(
                zone=zone,
                tag=TAGS.get(zone, "p"),
                markup=Markup("".join(self._run(run, zone) for run in runs)),  # noqa: S704 - escaped there
            )
            landing = [mark.statement for run in runs for mark in run.starting if mark.lands]
            block.statements = [self._notes[index] for index in dict.fromkeys(landing)]
            begun = [overlay.index for run in runs for overlay in run.overlaid]
            first_event = len(self._checks)
            block.checks = [self._check(index) for index in begun if index < first_event]
            block.events = [
                EventNote(self._events[index - first_event], index - first_event + 1)
                for index in begun
                if first_event <= index < first_event + len(self._events)
            ]
            yield block

    # ---- notes ---------------------------------------------------------------------------------------------

    def _note(self, statement: Statement, place: int, depth: int, id: str, numbers: Mapping[str, str]) -> StatementNote:
        named = source_is_the_name(self._reading.document, statement)
        return StatementNote(
            statement=statement,
            id=id,
            number=numbers[statement.id],
            place=place,
            depth=depth,
            speakers=self._named(statement.speakers) or _unknown(statement.speaker_name),
            question=describe_open_speaker(statement, {key: each.name for key, each in self._people.items()}),
            source="" if named else self._words(statement.source),
            cue=self._words(statement.cue),
            content=self._words(statement.content),
            addressees=self._named(statement.addressees),
            about=self._named(statement.about),
            targets=self._named(statement.targets),
            within=numbers.get(statement.within or ""),
        )

    def _named(self, entities: Iterable[str]) -> tuple[Name, ...]:
        return tuple(self._people.get(entity, Name(entity, None)) for entity in entities)

    def _words(self, spans: Iterable[Span]) -> str:
        return " … ".join(span.of(self._text) for span in spans)

    def _check(self, index: int) -> CheckNote:
        check = self._checks[index]
        return CheckNote(
            check=check,
            number=index + 1,
            words=check.span.of(self._text),
            evidence=tuple(span.of(self._text) for span in check.evidence),
        )

    # ---- marks in the text ---------------------------------------------------------------------------------

    def _run(self, run: Run, zone: ZoneKind) -> str:
        words = escape_text(run.span.of(self._text))
        classes = self._classes(run.marks) if run.marks else []
        name = self._name_behind(run)
        if classes or name:
            named = attribute("class", " ".join(classes)) if classes else ""
            words = f"<span{named}{attribute('title', name) if name else ''}>{words}</span>"
        for overlay in run.overlays:
            words = self._overlaid(overlay, words, begins=overlay in run.overlaid)
        words = f"{self._labels(run)}{words}"
        return words if run.zone == zone else f'<span class="zone-{run.zone}">{words}</span>'

    def _classes(self, marks: Sequence[Mark]) -> list[str]:
        """Name the parts and statements of a run: the hue is of the innermost statement, the line of the outer one."""
        inner, *outer = sorted(
            marks, key=lambda mark: (-self._notes[mark.statement].depth, PARTS.index(mark.part), mark.statement)
        )
        others = [mark for mark in outer if mark.statement != inner.statement]
        note = self._notes[inner.statement]
        classes: list[str] = [mark.part for mark in (inner, *outer)]
        classes += [f"h{note.hue}", sureness(note.statement.confidence)]
        classes += [f"k{mark.statement}" for mark in (inner, *outer)]
        if others:
            classes += ["nested", f"o{self._notes[others[0].statement].hue}"]
        return list(dict.fromkeys(classes))

    def _name_behind(self, run: Run) -> str | None:
        """Return the name that a run stands for, of the innermost mention; None for the name itself."""
        if not run.entities:
            return None
        mark = min(run.entities, key=lambda mark: mark.span.size)
        name = self._entities[mark.entity].name
        return None if mark.span.of(self._text) == name else name

    def _labels(self, run: Run) -> str:
        """Return the numbers before a source or a content; they are no part of the text when it is copied."""
        ordered = sorted(run.labelled, key=lambda mark: self._notes[mark.statement].depth)
        return "".join(self._label(mark) for mark in ordered)

    def _label(self, mark: Mark) -> str:
        note = self._notes[mark.statement]
        said = f"{mark.part} of statement {note.number}"
        said += f", {', '.join(each.name for each in note.speakers)}" if note.speakers else ""
        anchor = attribute("id", note.anchor) if mark.lands else ""
        link = attribute("href", f"#n{note.anchor}")
        shown = attribute("data-label", note.number) + attribute("aria-label", said)
        return f'<a class="label h{note.hue} k{note.place}"{anchor}{link}{shown}></a>'

    def _overlaid(self, overlay: Overlay, words: str, *, begins: bool) -> str:
        layer = self._layers[overlay.index]
        anchor = attribute("id", layer.anchor) if begins and layer.anchor else ""
        value = attribute("title", layer.value)
        shown = attribute("data-value", layer.value) if layer.is_printed and begins else ""
        return f'<span class="{layer.kind}"{anchor}{value}{shown}>{words}</span>'


class _Layer(NamedTuple):
    """What is marked over a place of the text, besides statements."""

    kind: Literal["check", "event", "time", "amount"]
    value: str
    """What it comes to, in words."""
    anchor: str = ""
    is_printed: bool = False
    """Its value stands before it, beside being told when it is pointed at."""


def _layers(reading: Reading, checks: Sequence[Check], shown: frozenset[Shown]) -> tuple[list[Overlay], list[_Layer]]:
    """Return the places that are marked, checks first and then events, and what each is."""
    found = [(check.span, _Layer("check", check.message, f"c-{number}")) for number, check in enumerate(checks, 1)]
    if "events" in shown:
        found += [
            (event.trigger, _Layer("event", event.type, f"e-{number}"))
            for number, event in enumerate(reading.events, 1)
        ]
    if "times" in shown:
        found += [(time.span, _Layer("time", describe_time(time), is_printed=True)) for time in reading.times]
    if "amounts" in shown:
        found += [(each.span, _Layer("amount", describe_amount(each), is_printed=True)) for each in reading.amounts]
    return [Overlay(span=span, index=index) for index, (span, _) in enumerate(found)], [layer for _, layer in found]


def _unknown(name: str | None) -> tuple[Name, ...]:
    return () if name is None else (Name(name, None),)


def _number(id: str) -> str:
    """Return a statement's id as it is shown.

    >>> _number("s3"), _number("added-9c01d2e7")
    ('3', 'added-9c01d2e7')
    """
    return id[1:] if id.startswith("s") and id[1:].isdecimal() else id
