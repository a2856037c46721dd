"""What kind of tie there is between two utterances, by what became of the words of one in the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Literal

from onrecord.compare.alignment import Alignment, Change
from onrecord.compare.wording import Word

Kind = Literal["identical", "clipped", "altered", "merged", "spliced", "paraphrase", "none"]
LEARNED: Final[tuple[Kind, ...]] = ("identical", "clipped", "altered", "paraphrase")
"""The kinds that no rule is certain of, in the order of :data:`WEIGHTS`."""
MOVED: Final = 4
"""Words in a row that stand in another place of the other utterance: it was put together anew."""
# Made by: python benchmarks/variants.py --fit
WEIGHTS: Final[tuple[tuple[float, ...], ...]] = (
    (
        -8.615, 0.269, 3.664, 0.136, 0.028, 0.087, 0.082, -0.774, -0.15, -0.047, -0.057, -0.015, -1.494, 0.332,
        1.566, -1.059, 3.828, 0.06, 0.543, 0.07,
    ),
    (
        -11.534, 2.686, 0.77, 0.748, 0.226, -0.229, -0.357, 0.167, -0.584, 0.42, 0.09, 0.056, 1.418, 0.832, 2.122,
        3.091, -0.247, -0.379, 1.307, 1.739,
    ),
    (
        1.619, 4.415, 1.237, -1.503, -0.183, 0.095, -0.241, 0.136, 0.076, 0.194, -0.21, -0.043, 0.043, 0.601, -2.816,
        0.068, -0.89, -1.084, -3.298, -1.254,
    ),
    (
        3.261, -3.089, -2.358, -1.388, 0.105, 0.085, 0.024, -0.027, 0.212, 0.397, 0.344, 0.009, 0.123, -0.956,
        -0.914, -0.885, 0.825, -1.106, -0.374, 0.288,
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
    if not aligned.changes or all(_is_gloss(change) for change in aligned.changes):
        return "identical"
    if is_moved(this, other, aligned):
        return "spliced"
    values = (1.0, *features(this, other, aligned, meaning))
    sums = [sum(weight * value for weight, value in zip(row, values, strict=True)) for row in WEIGHTS]
    return LEARNED[sums.index(max(sums))]


def features(this: Sequence[Word], other: Sequence[Word], aligned: Alignment, meaning: float) -> tuple[float, ...]:
    """Return what a kind is told by; "less" is the one of the two that weighs less."""
    is_less = aligned.this_weight <= aligned.other_weight
    changes = aligned.changes
    replaced = sum(min(each.this_words, each.other_words) for each in changes if each.is_replaced)
    places = sum(each.is_replaced for each in changes)
    # Words of the lesser that the greater lacks: within it, and at its ends.
    missed = [(each.this_words if is_less else each.other_words, each.where == "middle") for each in changes]
    within = sum(words for words, is_within in missed if is_within)
    ends = sum(words for words, is_within in missed if not is_within)
    further = sum(each.other_words if is_less else each.this_words for each in changes)
    most, least = max(aligned.of_this, aligned.of_other), min(aligned.of_this, aligned.of_other)
    length = max(1, len(this if is_less else other))
    return (
        most,
        least,
        most**4,
        float(replaced),
        float(min(replaced, 3)),
        float(places),
        float(min(len(changes), 6)),
        float(sum(is_within for _, is_within in missed)),
        math.log1p(within + ends),
        math.log1p(ends),
        math.log1p(within),
        math.log1p(further),
        math.log1p(aligned.longest),
        aligned.longest / length,
        len(aligned.runs) / length,
        meaning,
        math.log1p(length),
        float(within + ends == 0),
        float(places == 0),
    )


def _is_gloss(change: Change) -> bool:
    """Tell whether the reporter's own words in brackets stand for the speaker's."""
    return change.is_marked and change.this.size > 0 and change.other.size > 0 and not change.is_replaced


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
