"""The mention heads' vectors of a report, found by the span of a mention."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from onrecord.document import Span
from onrecord.model.rows import Halves, Rows
from onrecord.model.scores import Floats, MentionScores
from onrecord.model.windows import Window


class Vectors:
    """What each mention asks and answers with, and what the ranker's network made of it.

    Kept as 16-bit floats, three quarters of a kilobyte for each word piece of the report: the most that a long report
    takes. So windows are added one by one and can be forgotten then, and no row is held twice.
    """

    def __init__(self) -> None:
        self._windows: list[Window] = []
        self._both = Rows()
        self.read = Rows()
        """[T, W] what the ranker's network made of each word piece."""

    def add(self, window: Window, scores: MentionScores) -> None:
        """Add what the heads say of the next window."""
        self._windows.append(window)
        self._both.append(scores.vectors.astype(np.float16, copy=False))
        self.read.append(scores.read)

    @property
    def size(self) -> int:
        """D, the length of what is asked and answered with."""
        return self._both.width // 4

    @cached_property
    def starts(self) -> NDArray[np.int32]:
        """Where each word piece starts, once all windows are added."""
        return np.concatenate([np.zeros(0, np.int32), *(window.starts for window in self._windows)])

    @cached_property
    def ends(self) -> NDArray[np.int32]:
        """Where each word piece ends, likewise."""
        return np.concatenate([np.zeros(0, np.int32), *(window.ends for window in self._windows)])

    def asking(self, span: Span) -> Floats:
        """Return the [D] vector that a mention asks for its antecedent with."""
        size, rows = self.size, self._both.take(self._edges([span]))
        return _sum(rows[0, :size], rows[1, size : 2 * size])

    def answering(self, spans: Sequence[Span]) -> Floats:
        """Return the [N, D] vectors that mentions answer with."""
        size = self.size
        if not spans:
            return np.zeros((0, size), np.float32)
        rows = self._both.take(self._edges(spans))
        return _sum(rows[: len(spans), 2 * size : 3 * size], rows[len(spans) :, 3 * size :])

    def edges(self, spans: Sequence[Span]) -> NDArray[np.intp]:
        """Return the [N, 2] first and last word pieces of mentions, as places in ``read``."""
        return self._edges(spans).reshape(2, -1).T if spans else np.zeros((0, 2), np.intp)

    def _edges(self, spans: Sequence[Span]) -> NDArray[np.intp]:
        """Return the rows of the first word piece of each of N mentions, and behind them those of the last.

        All at once, and with offsets of the arrays' own type: numpy would convert whole arrays for any other, each
        time, which made a pronoun cost a look at the whole report (a thousand of them: 14.3 s, now 2.5 s).
        """
        offsets = np.array(spans, dtype=self.starts.dtype)
        most = len(self.starts) - 1
        first = np.minimum(np.searchsorted(self.ends, offsets[:, 0], side="right"), most)
        last = np.minimum(np.searchsorted(self.starts, offsets[:, 1], side="left") - 1, most)
        return np.concatenate([first, np.maximum(first, last)])


def _sum(first: Halves, last: Halves) -> Floats:
    total: Floats = first.astype(np.float32) + last.astype(np.float32)
    return total
