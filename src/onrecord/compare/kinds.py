"""What kind of tie there is between two utterances, by what became of the words of one in the other."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final, Literal

from onrecord.compare.alignment import Alignment, Change
from onrecord.compare.meaningwords import cover
from onrecord.compare.wording import Word
from onrecord.document import Span

Kind = Literal["identical", "clipped", "altered", "merged", "spliced", "paraphrase", "none"]
LEARNED: Final[tuple[Kind, ...]] = ("clipped", "altered", "paraphrase")
"""The kinds that no rule is certain of, in the order of :data:`WEIGHTS`."""
MOVED: Final = 4
"""Words in a row that stand in another place of the other utterance: it was put together anew."""
TITLES: Final = {"gen": "general", "sen": "senator", "rep": "representative", "gov": "governor"}
"""Titles as they are shortened."""
# Made by: python benchmarks/variants.py --fit
WEIGHTS: Final[tuple[tuple[float, ...], ...]] = (
    (
        -5.343, 1.35, 0.618, 0.77, 0.119, -0.201, -0.315, 0.109, 0.092, 0.732, 1.985, -0.71, 0.37, 1.039, 0.79,
        1.286, 0.305, 0.792, -0.554,
    ),
    (
        0.731, 0.62, 0.994, -0.001, -0.127, 0.079, 0.133, -0.335, -0.139, 0.013, -0.935, -1.022, 0.174, -0.939,
        -0.615, -0.671, -0.302, 1.77, 0.61,
    ),
    (
        4.612, -1.97, -1.612, -0.769, 0.008, 0.123, 0.182, 0.227, 0.046, -0.744, -1.051, 1.732, -0.544, -0.1, -0.175,
        -0.615, -0.003, -2.562, -0.056,
    ),
)  # fmt: skip
"""Of each kind: its bias, then a weight for each of the :func:`features`."""


def kind_of(this: Sequence[Word], other: Sequence[Word], aligned: Alignment, meaning: float) -> Kind:
    """Name the tie between two utterances that are tied.

    Args:
        this: the words of one.
        other: those of the other.
        aligned: both side by side.
        meaning: the cosine of both meanings.
    """
    if not aligned.runs:  # without a word in common there are no changes either
        return "paraphrase"
    if not _told(this, other, aligned):
        return "identical"
    if is_moved(this, other, aligned):
        return "spliced"
    values = (1.0, *features(this, other, aligned, meaning))
    sums = [sum(weight * value for weight, value in zip(row, values, strict=True)) for row in WEIGHTS]
    return LEARNED[sums.index(max(sums))]


def features(this: Sequence[Word], other: Sequence[Word], aligned: Alignment, meaning: float) -> tuple[float, ...]:
    """Return what a kind is told by; "less" is the one of the two that weighs less."""
    is_less = aligned.this_weight <= aligned.other_weight
    changes = _told(this, other, aligned)
    replaced = [change for change in changes if change.is_replaced]
    # Words of the lesser that the greater lacks, and those that the greater has beyond it.
    missed = sum(each.this_words if is_less else each.other_words for each in changes)
    further = sum(each.other_words if is_less else each.this_words for each in changes)
    most, least = max(aligned.of_this, aligned.of_other), min(aligned.of_this, aligned.of_other)
    length = max(1, len(this if is_less else other))
    covering = cover(this, other)
    covered = (covering.of_this, covering.of_other)
    return (
        most,
        least,
        most**4,
        float(sum(min(each.this_words, each.other_words) for each in replaced)),
        float(min(len(changes), 6)),
        float(sum(each.where == "middle" for each in changes)),
        math.log1p(missed),
        math.log1p(further),
        math.log1p(aligned.longest),
        aligned.longest / length,
        meaning,
        math.log1p(length),
        float(missed == 0),
        float(not replaced),
        float(not any(each.this_words and each.other_words for each in changes)),
        float(len(changes) <= 1),
        *(covered if is_less else reversed(covered)),
    )


def _told(this: Sequence[Word], other: Sequence[Word], aligned: Alignment) -> list[Change]:
    """Return the changes of what was said: neither the reporter's words in brackets nor another spelling."""
    starts = tuple([word.span.start for word in words] for words in (this, other))
    return [
        change
        for change in aligned.changes
        if not _is_gloss(change)
        and not (
            change.is_replaced and _letters(this, starts[0], change.this) == _letters(other, starts[1], change.other)
        )
    ]


def _is_gloss(change: Change) -> bool:
    """Tell whether nothing stands there, on one side, but the reporter's own words in brackets."""
    return bool(change.this.size and not change.this_words) or bool(change.other.size and not change.other_words)


def _letters(words: Sequence[Word], starts: Sequence[int], span: Span) -> str:
    """Return the letters of the words in a span that all spellings share: "healthcare", "General" and "Gen."."""
    return "".join(_plain(word) for word in words[bisect_left(starts, span.start) : bisect_left(starts, span.end)])


def _plain(word: Word) -> str:
    """Return a word with s for z, without the ending of a genitive, and as a title in full."""
    key = word.key[:-1] if word.key.endswith("s") and word.span.size > len(word.key) else word.key
    return TITLES.get(key, key).replace("z", "s").replace("'", "")


def is_moved(this: Sequence[Word], other: Sequence[Word], aligned: Alignment) -> bool:
    """Tell whether a run of the shorter that has no match in its place has one elsewhere."""
    shorter, longer = (this, other) if len(this) <= len(other) else (other, this)
    mine = {
        index
        for run in aligned.runs
        for index in range(run[len(this) > len(other)], run[len(this) > len(other)] + run[2])
    }
    keys = " ".join(["", *(word.key for word in longer), ""])
    for start in range(len(shorter) - MOVED + 1):
        window = range(start, start + MOVED)
        run = " ".join(["", *(shorter[index].key for index in window), ""])
        if mine.isdisjoint(window) and any(shorter[index].weight == 1 for index in window) and run in keys:
            return True
    return False
