"""The mention heads' vectors of a report, found by the span of a mention."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from onrecord.document import Span
from onrecord.model.rows import Halves, Rows
from onrecord.model.scores import Floats, MentionScores
from onrecord.model.windows import Window


class Vectors:
    """What each mention asks and answers with, and what the ranker's network made of it.

    Kept as 16-bit floats, three quarters of a kilobyte for each word piece of the report: the most that a long report
    takes. So windows are added one by one and can be forgotten then, and no row is held twice; only what is added up of
    them for each mention is kept beside, half a kilobyte.
    """

    def __init__(self) -> None:
        self._windows: list[Window] = []
        self._both = Rows()
        self.read = Rows()
        """[T, W] what the ranker's network made of each word piece."""
        self._known: dict[Span, int] = {}
        """For each mention that was looked up its row below; most are held against a hundred others, one by one."""
        self._asks = np.zeros((0, 0), np.float32)
        self._answers = np.zeros((0, 0), np.float32)

    def add(self, window: Window, scores: MentionScores) -> None:
        """Add what the heads say of the next window."""
        self._windows.append(window)
        self._both.append(scores.vectors)
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
        (known,) = self._known_of((span,))
        asks: Floats = self._asks[known]
        return asks

    def answering(self, spans: Sequence[Span]) -> Floats:
        """Return the [N, D] vectors that mentions answer with."""
        known = self._known_of(spans)
        return self._answers.take(known, axis=0) if known else np.zeros((0, self.size), np.float32)

    def _known_of(self, spans: Sequence[Span]) -> list[int]:
        """Return for each mention which of the known ones it is."""
        try:
            return [self._known[span] for span in spans]
        except KeyError:  # not all were looked up before
            self.learn(spans)
            return [self._known[span] for span in spans]

    def learn(self, spans: Iterable[Span]) -> None:
        """Work out what mentions ask and answer with, for when they do: all at once it takes hardly longer than one."""
        new = [span for span in dict.fromkeys(spans) if span not in self._known]
        if not new:
            return
        size, first, last = self.size, len(self._known), len(self._known) + len(new)
        if last > len(self._asks):
            self._asks, self._answers = _with_room(self._asks, last, size), _with_room(self._answers, last, size)
        rows = self._both.take(self._edges(new).ravel()).reshape(2, len(new), 4, size)
        self._asks[first:last] = _sum(rows[0, :, 0], rows[1, :, 1])
        self._answers[first:last] = _sum(rows[0, :, 2], rows[1, :, 3])
        self._known.update(zip(new, range(first, last), strict=True))

    def edges(self, spans: Sequence[Span]) -> NDArray[np.intp]:
        """Return the [N, 2] first and last word pieces of mentions, as places in ``read``."""
        return self._edges(spans).T if spans else np.zeros((0, 2), np.intp)

    def _edges(self, spans: Sequence[Span]) -> NDArray[np.intp]:
        """Return the [2, N] rows of the first and the last word piece of each of N mentions.

        All at once, and with offsets of the arrays' own type: numpy would convert whole arrays for any other, each
        time, which made a pronoun cost a look at the whole report (a thousand of them: 14.3 s, now 2.5 s).
        """
        offsets = np.fromiter(chain.from_iterable(spans), self.starts.dtype, 2 * len(spans)).reshape(-1, 2)
        most = len(self.starts) - 1
        first = np.minimum(self.ends.searchsorted(offsets[:, 0], side="right"), most)
        last = np.minimum(self.starts.searchsorted(offsets[:, 1], side="left") - 1, most)
        return np.concatenate([first, np.maximum(first, last)]).reshape(2, -1)


def _with_room(rows: Floats, count: int, width: int) -> Floats:
    """Return rows with room for twice as many as they are now to be, so that all the growing together stays linear."""
    grown = np.empty((2 * count, width), np.float32)
    grown[: len(rows)] = rows.reshape(-1, width)
    return grown


def _sum(first: Halves, last: Halves) -> Floats:
    total: Floats = first.astype(np.float32) + last.astype(np.float32)
    return total
