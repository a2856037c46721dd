"""A reading cut down to the statements that are sure enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.reading import Event, EventMention, Reading, keep_statements


def sure_enough(reading: Reading, confidence: float) -> Reading:
    """Leave out the statements below ``confidence``; what pointed at one points at the next that is left.

    Events and amounts that such a statement alone claims are left out with it: without it they would be the outlet's.
    """
    kept = {item.id for item in reading.statements if item.confidence >= confidence}
    if len(kept) == len(reading.statements):
        return reading
    known = {*kept, None}
    return replace(
        reading,
        statements=keep_statements(reading.statements, kept),
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
