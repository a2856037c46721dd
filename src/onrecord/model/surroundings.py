"""What a cue sees of its window: the tokens around it, and all of them where what it says goes on beyond these.

The linker reads a window once for each cue, and its attention costs by the square of what it reads. Nearly all sources
and contents are near their cue; one that comes to the edge of what was read is read again with the whole window.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.model.scores import Floats, LinkLogits

AROUND: Final = 96
"""Tokens that a cue sees, [CLS] among them. Over PolNeAR dev statements are found as well as with whole windows."""
EDGE: Final = 8
"""Tokens at an end of what was seen that make it worth looking further if one may lie in the content."""
LIKELY: Final = float(np.log(0.1 / 0.9))
"""Log odds of a token lying in the content from which on it may."""
OUTSIDE: Final = -30.0
"""Logit, of what was not seen, of being an edge of the source or in the content."""


def see_around(cues: Sequence[tuple[int, int]], size: int) -> NDArray[np.int64]:
    """Return the tokens that each cue sees, [C, W]: the first of the window, which is [CLS], and those around the cue.

    Args:
        cues: first and last token of each.
        size: T, the number of tokens of the window.
    """
    if size <= AROUND:
        return see_all(len(cues), size)
    some = AROUND - 1
    middles = np.array([(first + last) // 2 for first, last in cues], dtype=np.int64)
    firsts = np.array([first for first, _ in cues], dtype=np.int64)  # seen of any cue: there its validity is read
    starts = np.clip(np.minimum(middles - some // 2, firsts), 1, size - some)
    seen = np.zeros((len(cues), AROUND), dtype=np.int64)
    seen[:, 1:] = starts[:, None] + np.arange(some)
    return seen


def see_all(count: int, size: int) -> NDArray[np.int64]:
    """Return all tokens of a window for each of so many cues."""
    return np.tile(np.arange(size, dtype=np.int64), (count, 1))


def goes_on(content: Floats, seen: NDArray[np.int64], size: int) -> NDArray[np.bool_]:
    """Tell of each cue whether its content may go on beyond what it saw.

    Args:
        content: [C, W, 3] logits of outside, first and further token of a content span.
        seen: [C, W] the tokens that were seen.
        size: T, the number of tokens of the window.
    """
    likely = np.maximum(content[..., 1], content[..., 2]) - content[..., 0] >= LIKELY
    before = likely[:, 1 : 1 + EDGE].any(1) & (seen[:, 1] > 1)
    after = likely[:, -EDGE:].any(1) & (seen[:, -1] < size - 1)
    result: NDArray[np.bool_] = before | after
    return result


def spread(logits: LinkLogits, seen: NDArray[np.int64], size: int) -> LinkLogits:
    """Return what was said of the tokens that each cue saw as of all T of the window: the others are outside."""
    rows = np.arange(len(seen))[:, None]
    starts, ends = (np.full((len(seen), size), OUTSIDE, dtype=np.float32) for _ in range(2))
    starts[rows, seen], ends[rows, seen] = logits.source_start, logits.source_end
    content = np.zeros((len(seen), size, 3), dtype=np.float32)
    content[..., 1:] = OUTSIDE
    content[rows, seen] = logits.content
    return LinkLogits(source_start=starts, source_end=ends, content=content, valid=logits.valid)
