"""A reading cut down to the statements that are sure enough."""

from __future__ import annotations

from dataclasses import replace

from onrecord.reading import Reading, keep_events, keep_statements


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
        events=keep_events(reading.events, known),
        amounts=tuple(amount for amount in reading.amounts if amount.claimed_in in known),
    )
