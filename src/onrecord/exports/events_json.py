"""The events of a reading with names in place of ids, as rows and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from onrecord.document import Span
from onrecord.exports.describing import document_head, names_of
from onrecord.reading import Event, EventModality, EventType, Place, Reading, When


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event as a line of a table."""

    id: str
    date: str | None
    """ISO 8601, as far as the report says; None where it says nothing."""
    actors: tuple[str, ...]
    type: EventType
    mode: str | None
    recipients: tuple[str, ...]
    modality: EventModality
    claimed_in: str | None
    """The statement that asserts it; None where the outlet does so itself."""
    claimed_by: str | None
    """Who says that statement, as a heading; None where the outlet asserts it or the speaker is open."""
    where: Place | None
    when: When | None
    trigger: str
    trigger_span: Span
    sentence: str
    span: Span
    told: int
    """How often the report tells of it."""
    confidence: float


def event_rows(reading: Reading) -> Iterator[EventRow]:
    """Yield the events of a reading, in the order of the text."""
    names = names_of(reading.entities)
    speakers = {statement.id: statement.speaker_name for statement in reading.statements}
    for event in reading.events:
        yield _row(event, reading.document.text, names, speakers)


def _row(event: Event, text: str, names: dict[str, str], speakers: dict[str, str | None]) -> EventRow:
    return EventRow(
        id=event.id,
        date=event.when.value if event.when is not None else None,
        actors=tuple(names[party] for party in event.actors),
        type=event.type,
        mode=event.mode,
        recipients=tuple(names[party] for party in event.recipients),
        modality=event.modality,
        claimed_in=event.claimed_in,
        claimed_by=speakers.get(event.claimed_in) if event.claimed_in else None,
        where=event.where,
        when=event.when,
        trigger=event.trigger.of(text),
        trigger_span=event.trigger,
        sentence=event.span.of(text),
        span=event.span,
        told=1 + len(event.also),
        confidence=event.confidence,
    )


def to_events_json(reading: Reading) -> bytes:
    """Encode the events of a reading as one line of JSON: what the document is, and its events."""
    return msgspec.json.encode({"document": document_head(reading.document), "events": list(event_rows(reading))})


def claimant(row: EventRow) -> str:
    """Return who asserts an event, as a table shows it."""
    if row.claimed_in is None:
        return "(the outlet)"
    return f"{row.claimed_by or '(open)'} ({row.claimed_in})"


def parties(names: tuple[str, ...]) -> str:
    """Return the parties of one side as a table shows them; a dash for none."""
    return ", ".join(names) or "–"
