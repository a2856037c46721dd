"""Where the events of ``onrecord events`` go, and which of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from onrecord.cli import outputs
from onrecord.cli.event_blocks import show_events
from onrecord.cli.outputs import Output
from onrecord.exports.events_json import to_events_json
from onrecord.reading import EventType, Reading


class ChosenEvents:
    """Leaves out the events of other types, and the less sure ones, before a reading goes on."""

    def __init__(self, output: Output, *, types: frozenset[EventType], least: float) -> None:
        self._output = output
        self._types = types
        self._least = least

    def write(self, reading: Reading) -> None:
        """Take one more reading."""
        kept = tuple(
            event
            for event in reading.events
            if event.confidence >= self._least and (not self._types or event.type in self._types)
        )
        self._output.write(replace(reading, events=kept))


def choose_output(*, types: tuple[EventType, ...], min_confidence: float, **options: Any) -> Output:
    """Return where the events of each reading go.

    Args:
        types: only these; none for all.
        min_confidence: leave out less sure events.
        options: of :func:`onrecord.cli.outputs.choose_output`.
    """
    output = outputs.choose_output(to_events_json, show_events, **options)
    return ChosenEvents(output, types=frozenset(types), least=min_confidence)
