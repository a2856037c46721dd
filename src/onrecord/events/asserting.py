"""Who asserts an event: the outlet in its own voice, or the statement whose content tells of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from onrecord.document import Span
from onrecord.reading import CueClass, Statement

NOT_ASSERTED: Final[frozenset[CueClass]] = frozenset({"feeling"})
"""Of what somebody feels about it, the outlet says that it happened."""


class Claims:
    """The contents of a report's statements, to be asked by place."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        contents = [
            (span, each.id) for each in statements if each.cue_class not in NOT_ASSERTED for span in each.content
        ]
        self._contents = sorted(contents)
        self._starts = [span.start for span, _ in self._contents]
        self._ends: list[int] = []
        """The furthest end of the contents up to each: none before can hold what lies beyond it."""
        for span, _ in self._contents:
            self._ends.append(max(span.end, self._ends[-1] if self._ends else 0))

    def innermost(self, span: Span) -> str | None:
        """Return the statement whose content holds a span, the shortest such content; None where none does."""
        best: tuple[int, str] | None = None
        for at in range(bisect_right(self._starts, span.start) - 1, -1, -1):
            if self._ends[at] < span.end:
                break
            content, name = self._contents[at]
            if content.end >= span.end and (best is None or content.size < best[0]):
                best = (content.size, name)
        return best[1] if best else None
