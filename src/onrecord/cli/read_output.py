"""Where the readings of ``onrecord read`` go, as its options say."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from onrecord.cli.formats import refuse_two_formats
from onrecord.cli.outputs import (
    JsonOutput,
    Output,
    PageOutput,
    TerminalOutput,
    choose_look,
)
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
    *,
    as_json: bool,
    as_jsonl: bool,
    page: str | None,
    explain: frozenset[str] | None,
    min_confidence: float,
    parts: Collection[Part],
    color: str,
    width: int | None,
) -> SureOutput:
    """Return where the readings go.

    Args:
        as_json: print indented JSON.
        as_jsonl: print JSON, one line each.
        page: the file of the marked page.
        explain: ids of the statements to explain; None for all.
        min_confidence: leave out less sure statements.
        parts: what the terminal shows below the statements.
        color: auto, always or never.
        width: cells of a line; None for the terminal's.

    Raises:
        click.UsageError: the options contradict each other.
    """
    refuse_two_formats({"--json": as_json, "--jsonl": as_jsonl, "--html": page})
    output: Output
    if page:
        output = PageOutput(page)
    elif as_json or as_jsonl:
        output = JsonOutput(to_json, indented=as_json)
    else:
        output = TerminalOutput(
            choose_look(color=color, width=width), partial(show_reading, explain=explain, parts=parts)
        )
    return SureOutput(output, min_confidence)
