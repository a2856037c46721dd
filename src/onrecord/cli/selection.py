"""A reading cut down to the statements that are sure enough."""

from __future__ import annotations

from dataclasses import replace

from onrecord.reading import Reading, Statement


def sure_enough(reading: Reading, confidence: float) -> Reading:
    """Leave out the statements below ``confidence``; what pointed at one points at the next that is left."""
    kept = {item.id for item in reading.statements if item.confidence >= confidence}
    if len(kept) == len(reading.statements):
        return reading
    outer = {item.id: item.within for item in reading.statements}
    earlier = {item.id: item.continues for item in reading.statements}

    def rejoined(item: Statement) -> Statement:
        return replace(item, within=_nearest(item.id, outer, kept), continues=_nearest(item.id, earlier, kept))

    return replace(reading, statements=tuple(rejoined(item) for item in reading.statements if item.id in kept))


def _nearest(name: str, following: dict[str, str | None], kept: set[str]) -> str | None:
    """Follow the pointers from ``name`` to the first one that is kept; None at their end."""
    found = following.get(name)
    while found is not None and found not in kept:
        found = following.get(found)
    return found
