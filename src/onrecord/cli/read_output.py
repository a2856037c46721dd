"""Where the readings of ``onrecord read`` go, as its options say."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from onrecord.cli import outputs
from onrecord.cli.outputs import Output
from onrecord.cli.selection import sure_enough
from onrecord.cli.terminal import show_reading
from onrecord.pipeline import Part
from onrecord.reading import Reading, to_json


class SureOutput:
    """Leaves out the statements below a confidence before a reading goes on."""

    def __init__(self, output: Output, confidence: float) -> None:
        self._output = output
        self._confidence = confidence
        self._shown: set[str] = set()

    def write(self, reading: Reading) -> None:
        """Take one more reading."""
        sure = sure_enough(reading, self._confidence)
        self._shown.update(statement.id for statement in sure.statements)
        self._output.write(sure)

    def missing(self, ids: Collection[str]) -> list[str]:
        """Return those statements, by their numbers, that no reading had."""
        return sorted(set(ids) - self._shown, key=lambda each: (len(each), each))


def choose_output(
    *, explain: frozenset[str] | None, min_confidence: float, parts: Collection[Part], **options: Any
) -> SureOutput:
    """Return where the readings go.

    Args:
        explain: ids of the statements to explain; None for all.
        min_confidence: leave out less sure statements.
        parts: what the terminal shows below the statements.
        options: of :func:`onrecord.cli.outputs.choose_output`.
    """
    show = partial(show_reading, explain=explain, parts=parts)
    return SureOutput(outputs.choose_output(to_json, show, **options), min_confidence)
