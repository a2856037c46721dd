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
        -4.321, 1.322, 0.869, 0.647, 0.067, -0.173, -0.335, -0.111, 0.181, 0.719, 1.67, -1.09, 0.352, 0.849,
        0.587, 1.163, 0.185, 0.604, -0.556,
    ),
    (
        0.502, 0.749, 0.467, -0.07, -0.076, 0.104, 0.136, -0.123, -0.265, 0.054, -0.668, -0.992, 0.052, -0.773,
        -0.379, -0.405, -0.033, 1.196, 0.886,
    ),
    (
        3.819, -2.071, -1.337, -0.577, 0.009, 0.069, 0.199, 0.233, 0.084, -0.774, -1.003, 2.082, -0.404,
        -0.076, -0.208, -0.758, -0.152, -1.8, -0.33,
    ),
)  # fmt: skip
"""Of each kind: its bias, then a weight for each of the :func:`features`."""
AS_READ: Final = 0.5
"""How much the network that reads both counts beside these: best on the pairs for tuning."""
NOT_READ: Final = (0.0,) * len(LEARNED)


def kind_of(
    this: Sequence[Word],
    other: Sequence[Word],
    aligned: Alignment,
    meaning: float,
    *,
    read: Sequence[float] = NOT_READ,
) -> Kind:
    """Name the tie between two utterances that are tied.

    Args:
        this: the words of one.
        other: those of the other.
        aligned: both side by side.
        meaning: the cosine of both meanings.
        read: logits of the :data:`LEARNED` kinds by a network that read both.
    """
    if not aligned.runs:  # without a word in common there are no changes either
        return "paraphrase"
    if not _told(this, other, aligned):
        return "identical"
    if is_moved(this, other, aligned):
        return "spliced"
    values = (1.0, *features(this, other, aligned, meaning))
    sums = [
        sum(weight * value for weight, value in zip(row, values, strict=True)) + AS_READ * said
        for row, said in zip(WEIGHTS, read, strict=True)
    ]
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
