"""A reading cut down to the statements that are sure enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.reading import Event, EventMention, Reading, Statement


def sure_enough(reading: Reading, confidence: float) -> Reading:
    """Leave out the statements below ``confidence``; what pointed at one points at the next that is left.

    Events and amounts that such a statement alone claims are left out with it: without it they would be the outlet's.
    """
    kept = {item.id for item in reading.statements if item.confidence >= confidence}
    if len(kept) == len(reading.statements):
        return reading
    outer = {item.id: item.within for item in reading.statements}
    earlier = {item.id: item.continues for item in reading.statements}

    def rejoined(item: Statement) -> Statement:
        return replace(item, within=_nearest(item.id, outer, kept), continues=_nearest(item.id, earlier, kept))

    known = {*kept, None}
    return replace(
        reading,
        statements=tuple(rejoined(item) for item in reading.statements if item.id in kept),
        events=tuple(event for each in reading.events for event in _told_by(each, known)),
        amounts=tuple(amount for amount in reading.amounts if amount.claimed_in in known),
    )


def _told_by(event: Event, known: set[str | None]) -> Iterator[Event]:
    """Yield an event as the first of those left tells it, the outlet or a statement; nothing where nobody does."""
    first = EventMention(span=event.span, trigger=event.trigger, claimed_in=event.claimed_in)
    kept = [each for each in (first, *event.also) if each.claimed_in in known]
    if kept:
        first, *also = kept
        yield replace(event, span=first.span, trigger=first.trigger, claimed_in=first.claimed_in, also=tuple(also))


def _nearest(name: str, following: dict[str, str | None], kept: set[str]) -> str | None:
    """Follow the pointers from ``name`` to the first one that is kept; None at their end."""
    found = following.get(name)
    while found is not None and found not in kept:
        found = following.get(found)
    return found
