"""The encoder's lower states of single sentences, cut out of their windows for the event head."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.document import Span
from onrecord.model.scores import Floats
from onrecord.model.windows import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceStates:
    """A sentence of T tokens, or the part of it that lies in one window."""

    span: Span
    """Of the sentence, as far as it lies in the window."""
    starts: Sequence[int]
    """Of its tokens; as Python's own, for each is looked at by itself."""
    ends: Sequence[int]
    states: NDArray[np.float16]
    """[T, H]."""

    def tokens_of(self, span: Span) -> slice | None:
        """Return the tokens that overlap a span of the text; None where none does."""
        first = bisect_right(self.ends, span.start)
        end = bisect_left(self.starts, span.end)
        return slice(first, end) if first < end else None


def states_of(window: Window, lower: Floats, sentences: Sequence[Span]) -> Iterator[SentenceStates]:
    """Yield the states of those of the sentences (by start, none overlapping) that lie in a window."""
    words = np.flatnonzero(window.words)
    if not len(words) or not sentences:
        return
    starts, ends = window.starts[words].tolist(), window.ends[words].tolist()
    begin, end = starts[0], ends[-1]
    at = max(0, bisect_right(sentences, begin, key=lambda span: span.start) - 1)
    while at < len(sentences) and sentences[at].start < end:
        sentence = sentences[at]
        tokens = slice(bisect_right(ends, sentence.start), bisect_left(starts, sentence.end))
        if tokens.start < tokens.stop:
            yield SentenceStates(
                # A sentence that goes beyond the window counts as far as it is seen, or none would end without stops.
                span=Span(max(sentence.start, begin), min(sentence.end, end)),
                starts=starts[tokens],
                ends=ends[tokens],
                states=lower[words[tokens]].astype(np.float16),
            )
        at += 1
