"""How two utterances are tied: by the same words, by some of them, by other words for the same, or not at all.

1. both are read as words                       wording
2. laid side by side                            alignment
3. scored: is one another appearance of the other
4. and the tie named by what became of the words
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from onrecord.compare.alignment import Alignment, Change, align
from onrecord.compare.logistic import probability
from onrecord.compare.meaningwords import cover
from onrecord.compare.wording import Word, is_negated, numbers_of, read_words
from onrecord.record.meaning import shipped_meanings

Kind = Literal["identical", "clipped", "altered", "merged", "spliced", "paraphrase", "none"]
LEAST: Final = 0.3
"""Score from which on two utterances are tied: where precision and recall are best together on the pairs for tuning."""
WHOLE: Final = 0.75
"""The share of one utterance that the other has where words only fell away."""
MOVED: Final = 4
"""Words in a row that stand in another place of the other utterance: it was put together anew."""
MEANT: Final = 3_000
"""Characters of an utterance that its meaning is told from."""

# Made by: python benchmarks/variants.py --fit
BIAS: Final = -8.992
WEIGHTS: Final = (
    0.044, -0.738, 1.048, 2.043, 0.425, 0.36, 0.064, 0.741, 1.928, 2.278, 3.415, -0.043, 0.421, -0.163, -0.596, -1.234,
    -0.012, 0.651, 1.028, 0.53,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """How one utterance is tied to another."""

    kind: Kind
    score: float
    """Probability that it is another appearance of the same utterance, 0 to 1."""
    changes: tuple[Change, ...]
    """What is not the same, with its place in both texts; nothing of it is a change of case, marks or contractions."""
    of_this: float
    """The share of the first that the second has, by weight, 0 to 1."""
    of_other: float


def tie(this: str, other: str, *, meaning: float | None = None, same_speaker: bool | None = None) -> Tie:
    """Compare two utterances.

    >>> tie("We will not raise the levy", "“We won't raise the levy,”").kind
    'identical'
    >>> tie("We won't raise the harbour levy", "“We won't raise the harbour levy unless we must”").kind
    'clipped'

    Args:
        this: what was said, as a text has it.
        other: what it is compared with.
        meaning: the cosine of both meanings, -1 to 1, where it is known already.
        same_speaker: whether both are given to the same person; None where that is open.
    """
    if meaning is None:
        (meaning,) = nearness(this, [other])
    return tie_words(read_words(this), read_words(other), meaning=meaning, same_speaker=same_speaker)


def nearness(words: str, others: Sequence[str]) -> list[float]:
    """Return the cosines of the meaning of words with those of others."""
    vectors = shipped_meanings().encode([each[:MEANT] for each in (words, *others)]).astype(np.float64)
    lengths = np.linalg.norm(vectors, axis=1)
    lengths[lengths == 0] = 1.0
    near = (vectors @ vectors[0]) / (lengths * lengths[0])
    return [round(float(each), 4) for each in near[1:]]


def tie_words(
    this: Sequence[Word], other: Sequence[Word], *, meaning: float | None = None, same_speaker: bool | None = None
) -> Tie:
    """Compare two utterances whose words were read."""
    aligned = align(this, other)
    score = probability(BIAS, WEIGHTS, features(this, other, aligned, meaning, same_speaker=same_speaker))
    return Tie(
        kind=_kind(this, other, aligned, meaning) if score >= LEAST else "none",
        score=round(score, 4),
        changes=aligned.changes,
        of_this=round(aligned.of_this, 4),
        of_other=round(aligned.of_other, 4),
    )


def features(
    this: Sequence[Word],
    other: Sequence[Word],
    aligned: Alignment,
    meaning: float | None,
    *,
    same_speaker: bool | None,
) -> tuple[float, ...]:
    """Return what the score is made of; "less" is the one of the two that weighs less."""
    shared = [word for start, _, size in aligned.runs for word in this[start : start + size]]
    plain = math.log1p(sum(word.weight for word in shared if not word.is_name))
    names = math.log1p(sum(word.weight for word in shared if word.is_name))
    replaced = sum(min(each.this_words, each.other_words) for each in aligned.changes if each.is_replaced)
    most = max(aligned.of_this, aligned.of_other)
    covering = cover(this, other)
    is_less = aligned.this_weight <= aligned.other_weight
    less, more = (this, other) if is_less else (other, this)
    of_less, of_more = covering.of_this, covering.of_other
    worst = covering.worst_of_this if is_less else covering.worst_of_other
    if not is_less:
        of_less, of_more = of_more, of_less
    weight, greater = sorted((aligned.this_weight, aligned.other_weight))
    there = {word.stem for word in more}
    missed = [word for word in less if word.weight == 1 and word.stem not in there]
    return (
        most * most,
        min(aligned.of_this, aligned.of_other),
        plain,
        most * plain,
        names,
        math.log1p(aligned.longest),
        replaced / (replaced + len(shared) + 1),
        0.0 if same_speaker is None else 1.0 if same_speaker else -1.0,
        max(0.0, meaning or 0.0),
        of_less,
        of_more,
        max(of_less, of_more) ** 3,
        worst,
        math.log1p(weight),
        math.log1p(greater),
        float(bool(numbers_of(less) - numbers_of(more))),
        float(is_negated(less) != is_negated(more)),
        sum(word.is_name for word in missed) / (sum(word.is_name and word.weight == 1 for word in less) + 1),
        sum(not word.is_name for word in missed) / (weight + 1),
        most * math.log1p(aligned.shared),
    )


def _kind(this: Sequence[Word], other: Sequence[Word], aligned: Alignment, meaning: float | None) -> Kind:
    if not aligned.runs:  # without a word in common there are no changes either
        return "paraphrase"
    if not aligned.changes or all(_is_gloss(change) for change in aligned.changes):
        return "identical"
    if is_moved(this, other, aligned):
        return "spliced"
    if max(aligned.of_this, aligned.of_other) < 0.5 and meaning is not None:
        return "paraphrase"
    changed = any(change.is_replaced for change in aligned.changes)
    return "altered" if changed or max(aligned.of_this, aligned.of_other) < WHOLE else "clipped"


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
