"""The mention heads' vectors of a report, found by the span of a mention."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.document import Span
from onrecord.model.scores import Floats, MentionScores
from onrecord.model.windows import Window


class Vectors:
    """What each mention asks and answers with.

    Kept as 16-bit floats: half a kilobyte for each word piece of the report.
    """

    def __init__(self, windows: Sequence[Window], scores: Sequence[MentionScores]) -> None:
        self.starts = np.concatenate([window.starts for window in windows]) if windows else np.zeros(0, np.int32)
        self.ends = np.concatenate([window.ends for window in windows]) if windows else np.zeros(0, np.int32)
        rows = [each.vectors.astype(np.float16) for each in scores]
        self.rows: NDArray[np.float16] = np.concatenate(rows) if rows else np.zeros((0, 4), np.float16)
        self.size = self.rows.shape[1] // 4

    def asking(self, span: Span) -> Floats:
        """Return the [D] vector that a mention asks for its antecedent with."""
        first, last = self._edges(span)
        return self._sum(self.rows[first, : self.size], self.rows[last, self.size : 2 * self.size])

    def answering(self, spans: Sequence[Span]) -> Floats:
        """Return the [N, D] vectors that mentions answer with."""
        if not spans:
            return np.zeros((0, self.size), np.float32)
        edges = [self._edges(span) for span in spans]
        first, last = (self.rows[[edge[side] for edge in edges]] for side in (0, 1))
        return self._sum(first[:, 2 * self.size : 3 * self.size], last[:, 3 * self.size :])

    def _edges(self, span: Span) -> tuple[int, int]:
        """Return the rows of a mention's first and last word piece."""
        first = int(np.searchsorted(self.ends, span.start, side="right"))
        last = int(np.searchsorted(self.starts, span.end, side="left")) - 1
        first = min(first, len(self.rows) - 1)
        return first, max(first, min(last, len(self.rows) - 1))

    @staticmethod
    def _sum(first: NDArray[np.float16], last: NDArray[np.float16]) -> Floats:
        total: Floats = first.astype(np.float32) + last.astype(np.float32)
        return total
