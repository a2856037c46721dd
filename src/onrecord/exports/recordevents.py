"""The events of a record as rows of a table: one row an event, with names and record-wide ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.document import Span
from onrecord.exports.names import entities_of, on_one_line
from onrecord.exports.selectors import words_at
from onrecord.record.choosing import Kept, Standing
from onrecord.record.speakernames import speaker_names


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEvent:
    """An event with the names of those who take part in it."""

    date: str | None
    """When it happened; None where the report does not say."""
    actor: tuple[str, ...]
    type: str
    recipient: tuple[str, ...]
    claimed_by: str | None
    """Who says the statement that asserts it, several names apart by ``; ``; None where the outlet does so in its own
    voice, or names nobody."""
    claimed_in: str | None
    """The record-wide id of that statement; None where the outlet says it in its own voice."""
    trigger: str | None
    sentence: str | None
    mode: str | None
    modality: str
    place: str | None
    country: str | None
    confidence: float
    outlet: str | None
    published: str | None
    address: str | None
    document: str
    trigger_span: tuple[Span, ...]
    sentence_span: tuple[Span, ...]
    event: str
    """The report's own id of it, ``v1``: with ``document`` it is one event of the record, and that of the contract."""
    actor_ids: tuple[str | None, ...]
    """The record's id of each actor, as lists of people have it; None for whom only the report knows."""
    actor_sectors: tuple[str | None, ...]
    """The part of society that each acts as, PLOVER's code."""
    actor_countries: tuple[str | None, ...]
    """ISO 3166-1 alpha-2 codes."""
    recipient_ids: tuple[str | None, ...]
    recipient_sectors: tuple[str | None, ...]
    recipient_countries: tuple[str | None, ...]
    told: int
    """In how many places of the report it is told; the columns are of the first."""
    standing: Standing
    copy_of: str | None
    reader: str
    model: str


def events_of(kept: Kept, *, with_text: bool = True) -> Iterator[RecordEvent]:
    """Yield a row for each event; without text, trigger and sentence are None."""
    reading, text = kept.reading, kept.text
    entities = entities_of(kept)
    speakers = {each.id: on_one_line(speaker_names(each, entities)) for each in reading.statements}
    for event in reading.events:
        actors, recipients = ([entities[each] for each in ids] for ids in (event.actors, event.recipients))
        yield RecordEvent(
            date=None if event.when is None else event.when.value,
            actor=tuple(each.name for each in actors),
            type=event.type,
            recipient=tuple(each.name for each in recipients),
            claimed_by=speakers.get(event.claimed_in or "") or None,
            claimed_in=kept.ids.get(event.claimed_in or ""),
            trigger=words_at(text, event.trigger) if with_text else None,
            sentence=words_at(text, event.span) if with_text else None,
            mode=event.mode,
            modality=event.modality,
            place=None if event.where is None else event.where.name,
            country=None if event.where is None else event.where.country,
            confidence=event.confidence,
            outlet=kept.outlet,
            published=reading.document.published,
            address=reading.document.url,
            document=reading.document.id,
            trigger_span=(event.trigger,),
            sentence_span=(event.span,),
            event=event.id,
            actor_ids=tuple(map(kept.person_of, actors)),
            actor_sectors=tuple(each.sector for each in actors),
            actor_countries=tuple(each.country for each in actors),
            recipient_ids=tuple(map(kept.person_of, recipients)),
            recipient_sectors=tuple(each.sector for each in recipients),
            recipient_countries=tuple(each.country for each in recipients),
            told=1 + len(event.also),
            standing=kept.standing,
            copy_of=kept.copy_of,
            reader=reading.reader.version,
            model=reading.reader.model,
        )
