"""Where the checks of ``onrecord check`` go, and how many there are."""

from __future__ import annotations

from onrecord.cli.check_blocks import show_checks
from onrecord.cli.formats import refuse_two_formats
from onrecord.cli.outputs import JsonOutput, Output, TerminalOutput, choose_look
from onrecord.exports.checks_json import to_checks_json
from onrecord.reading import Reading


class CountedChecks:
    """Counts the checks of readings on their way."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self.found = 0

    def write(self, reading: Reading) -> None:
        """Take one more reading."""
        self.found += len(reading.checks)
        self._output.write(reading)


def choose_output(*, as_json: bool, as_jsonl: bool, color: str, width: int | None) -> Output:
    """Return where the checks of each reading go.

    Args:
        as_json: print indented JSON.
        as_jsonl: print JSON, one line each.
        color: auto, always or never.
        width: cells of a line; None for the terminal's.

    Raises:
        click.UsageError: the options contradict each other.
    """
    refuse_two_formats({"--json": as_json, "--jsonl": as_jsonl})
    if as_json or as_jsonl:
        return JsonOutput(to_checks_json, indented=as_json)
    return TerminalOutput(choose_look(color=color, width=width), show_checks)
