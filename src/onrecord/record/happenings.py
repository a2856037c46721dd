"""An event as a row of the table ``events``, for SQL, and the rest of it, for ``details``; and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from onrecord.document import Span
from onrecord.encoding import clean
from onrecord.reading import Event, EventMention, Place, When
from onrecord.record.columns import pack_span, unpack_span, unpack_span_or_none
from onrecord.record.packing import (
    Terms,
    clean_or_none,
    pack_confidence,
    pack_date,
    unpack_confidence,
    unpack_date,
)
from onrecord.record.parts import Roles, placed


class EventDetail(NamedTuple):
    """What the table leaves out of an event."""

    id: str
    trigger: Span
    value: str | None
    """When it happened, where that is no plain day, month or year."""
    by: Any
    """What says when; None where nothing does."""
    said: Span | None
    """The expression of time."""
    place: Span | None
    also: tuple[EventMention, ...]


def pack_event(event: Event, roles: Roles, terms: Terms) -> dict[str, Any]:
    """Return an event's row, without the columns that place it."""
    where = event.where
    return {
        "type": terms.number(event.type),
        "mode": terms.number_or_none(clean_or_none(event.mode)),
        "modality": terms.number(event.modality),
        "actors": _pack_positions(event.actors, roles),
        "recipients": _pack_positions(event.recipients, roles),
        "start": event.span.start,
        "length": event.span.size,
        "happened": None if event.when is None else pack_date(event.when.value),
        "place": None if where is None else clean(where.name),
        "country": None if where is None else where.country,
        "claimed_in": roles.place(event.claimed_in),
        "confidence": pack_confidence(event.confidence),
    }


def _pack_positions(named: Sequence[str], roles: Roles) -> int | str | None:
    positions = roles.positions_of(named)
    if len(positions) < 2:
        return positions[0] if positions else None
    return json.dumps(positions, separators=(",", ":"))


def unpack_event(
    row: Mapping[str, Any], detail: EventDetail, entities: Sequence[str], statements: Sequence[str], terms: Terms
) -> Event:
    """Read what :func:`pack_event` and :func:`pack_event_detail` wrote."""
    return Event(
        id=detail.id,
        type=terms.word(row["type"]),
        mode=terms.word(row["mode"]),
        actors=_unpack_positions(row["actors"], entities),
        recipients=_unpack_positions(row["recipients"], entities),
        span=unpack_span(row["start"], row["length"]),
        trigger=detail.trigger,
        when=_unpack_when(row["happened"], detail),
        where=None if detail.place is None else Place(name=row["place"], span=detail.place, country=row["country"]),
        modality=terms.word(row["modality"]),
        claimed_in=placed(row["claimed_in"], statements),
        also=detail.also,
        confidence=unpack_confidence(row["confidence"]),
    )


def _unpack_positions(packed: int | str | None, entities: Sequence[str]) -> tuple[str, ...]:
    positions = [] if packed is None else json.loads(packed) if isinstance(packed, str) else [packed]
    return tuple(entities[position] for position in positions)


def _unpack_when(happened: int | None, detail: EventDetail) -> When | None:
    if detail.by is None:
        return None
    value = unpack_date(happened) if detail.value is None else detail.value
    return When(value=str(value), span=detail.said, by=detail.by)


# ---- what the table leaves out -------------------------------------------------------------------------------


def pack_event_detail(position: int, event: Event, roles: Roles, terms: Terms) -> list[Any]:
    """Return the cells of the rest of an event.

    Its id, where it is not ``v`` and its position + 1; the trigger: start, length; when: value (where the day does not
    give it back), term of what says so, start, length; where: start, length; the other places that tell of it, each
    with start and length of the sentence and of the trigger, and the statement that holds it.
    """
    when, where = event.when, event.where
    is_plain = when is None or unpack_date(pack_date(when.value)) == when.value
    also = [(*pack_span(each.span), *pack_span(each.trigger), roles.place(each.claimed_in)) for each in event.also]
    return [
        None if event.id == f"v{position + 1}" else event.id,
        event.trigger.start,
        event.trigger.size,
        None if is_plain or when is None else when.value,
        None if when is None else terms.number(when.by),
        *pack_span(None if when is None else when.span),
        *pack_span(None if where is None else where.span),
        also or None,
    ]


def unpack_event_detail(row: Sequence[Any], position: int, statements: Sequence[str], terms: Terms) -> EventDetail:
    """Read what :func:`pack_event_detail` wrote."""
    name, trigger, trigger_length, value, by, said, said_length, place, place_length, also = row
    return EventDetail(
        id=f"v{position + 1}" if name is None else name,
        trigger=unpack_span(trigger, trigger_length),
        value=value,
        by=terms.word(by),
        said=unpack_span_or_none(said, said_length),
        place=unpack_span_or_none(place, place_length),
        also=tuple(_unpack_mention(each, statements) for each in also or ()),
    )


def _unpack_mention(cells: Sequence[Any], statements: Sequence[str]) -> EventMention:
    start, length, trigger, trigger_length, claimed_in = cells
    return EventMention(
        span=unpack_span(start, length),
        trigger=unpack_span(trigger, trigger_length),
        claimed_in=placed(claimed_in, statements),
    )
