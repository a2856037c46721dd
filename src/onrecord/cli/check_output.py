"""Where the checks of ``onrecord check`` go, and how many there are."""

from __future__ import annotations

from typing import Any

from onrecord.cli import outputs
from onrecord.cli.check_blocks import show_checks
from onrecord.cli.outputs import Output
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


def choose_output(**options: Any) -> CountedChecks:
    """Return where the checks of each reading go; see :func:`onrecord.cli.outputs.choose_output`."""
    return CountedChecks(outputs.choose_output(to_checks_json, show_checks, **options))
