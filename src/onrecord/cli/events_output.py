"""Where the events of ``onrecord events`` go, and which of them."""

from __future__ import annotations

from dataclasses import replace

from onrecord.cli.event_blocks import show_events
from onrecord.cli.formats import refuse_two_formats
from onrecord.cli.outputs import JsonOutput, Output, TerminalOutput, choose_look
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


def choose_output(
    *,
    as_json: bool,
    as_jsonl: bool,
    types: tuple[EventType, ...],
    min_confidence: float,
    color: str,
    width: int | None,
) -> Output:
    """Return where the events of each reading go.

    Args:
        as_json: print indented JSON.
        as_jsonl: print JSON, one line each.
        types: only these; none for all.
        min_confidence: leave out less sure events.
        color: auto, always or never.
        width: cells of a line; None for the terminal's.

    Raises:
        click.UsageError: the options contradict each other.
    """
    refuse_two_formats({"--json": as_json, "--jsonl": as_jsonl})
    output: Output
    if as_json or as_jsonl:
        output = JsonOutput(to_events_json, indented=as_json)
    else:
        output = TerminalOutput(choose_look(color=color, width=width), show_events)
    return ChosenEvents(output, types=frozenset(types), least=min_confidence)
