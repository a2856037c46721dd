"""How two utterances are tied: by the same words, by some of them, by other words for the same, or not at all.

1. both are read as words                       wording
2. laid side by side                            alignment
3. scored by what they have in common; and where that may be a tie, by a network that reads both   crossencoder
4. and the tie named by what became of the words                                                   kinds
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np

from onrecord.compare.alignment import Alignment, Change, align
from onrecord.compare.crossencoder import shipped_crossencoder
from onrecord.compare.kinds import NOT_READ, Kind, kind_of
from onrecord.compare.logistic import probability
from onrecord.compare.meaningwords import cover
from onrecord.compare.wording import Word, is_claim, is_negated, numbers_of, read_words
from onrecord.record.meaning import shipped_meanings

LEAST: Final = 0.3
"""Score from which on two utterances are tied: six of seven ties of a record of news have as much, and seven of ten
that have it are tied (benchmarks/variants.py)."""
UNLIKELY: Final = 0.04
"""Likelihood by what they have in common below which the network need not read them: 1 of 100 ties has less."""
CERTAIN: Final = 0.98
"""Likelihood from which on it need not either: of 491 pairs that have more, 488 are tied."""
MEANT: Final = 3_000
"""Characters of an utterance that its meaning is told from."""

LEAST_CERTAIN: Final = 1e-6
"""From 0 and from 1: nothing that two utterances have in common settles it alone."""

# Made by: python benchmarks/variants.py --fit
BIAS: Final = -11.228
WEIGHTS: Final = (
    -1.601, -0.335, 0.689, 1.098, 0.119, 0.553, -0.155, 0.889, 0.606, 3.917, 3.346, 1.066, 0.361, 0.15, 0.039,
    -1.743, -0.544, 0.323, -0.614, 0.968, 0.678, 0.267,
)  # fmt: skip
BOTH_BIAS: Final = -0.997
BOTH_WEIGHTS: Final = (0.397, 0.629, 0.48, 0.24)
"""Of the log odds by what both have in common, of what the network says, and of whether each is a claim."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was said, as a text has it, and its words as they are compared."""

    text: str
    words: Sequence[Word]

    @classmethod
    def of(cls, text: str) -> Self:
        """Read the words of a text."""
        return cls(text, read_words(text))


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

    @property
    def is_fuller(self) -> bool:
        """Whether the second has all of the first, and more of the same sentences: then the first is the clipped one.

        >>> tie("We will not pay the levy", "We will not pay the levy in May").is_fuller
        True
        >>> tie("We will not pay the levy in May", "We will not pay the levy").is_fuller
        False
        """
        return self.kind == "clipped" and not any(change.this_words for change in self.changes)


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
    return tie_utterances(Utterance.of(this), Utterance.of(other), meaning=meaning, same_speaker=same_speaker)


def nearness(words: str, others: Sequence[str]) -> list[float]:
    """Return the cosines of the meaning of words with those of others."""
    vectors = shipped_meanings().encode([each[:MEANT] for each in (words, *others)]).astype(np.float64)
    lengths = np.linalg.norm(vectors, axis=1)
    lengths[lengths == 0] = 1.0
    near = (vectors @ vectors[0]) / (lengths * lengths[0])
    return [round(float(each), 4) for each in near[1:]]


def tie_utterances(
    this: Utterance, other: Utterance, *, meaning: float, same_speaker: bool | None = None, reads: bool = True
) -> Tie:
    """Compare two utterances whose words were read; see :func:`tie`. Without ``reads`` the network is not asked."""
    aligned = align(this.words, other.words)
    common = features(this.words, other.words, aligned, meaning, same_speaker=same_speaker)
    score, kinds = likelihood(common), NOT_READ
    if UNLIKELY <= score < CERTAIN and reads:
        place = place_of(this, other, aligned)
        tied, kinds = shipped_crossencoder().read(this.text[:MEANT], other.text[:MEANT], around=place)
        score = probability(BOTH_BIAS, BOTH_WEIGHTS, both_features(score, tied, common))
    return Tie(
        kind=kind_of(this.words, other.words, aligned, meaning, read=kinds) if score >= LEAST else "none",
        score=round(score, 4),
        changes=aligned.changes,
        of_this=round(aligned.of_this, 4),
        of_other=round(aligned.of_other, 4),
    )


def likelihood(common: Sequence[float]) -> float:
    """Return the probability of a tie by the :func:`features` of what both have in common: above 0, below 1."""
    return min(max(probability(BIAS, WEIGHTS, common), LEAST_CERTAIN), 1 - LEAST_CERTAIN)


def place_of(this: Utterance, other: Utterance, aligned: Alignment) -> tuple[int, int]:
    """Return where in each the longest run stands that both have; at its start without one."""
    start, at, size = max(aligned.runs, key=lambda run: run[2], default=(0, 0, 0))
    if not size:
        return (0, 0)
    return (this.words[start + size // 2].span.start, other.words[at + size // 2].span.start)


def features(
    this: Sequence[Word],
    other: Sequence[Word],
    aligned: Alignment,
    meaning: float,
    *,
    same_speaker: bool | None,
) -> tuple[float, ...]:
    """Return what the score is made of; "less" is the one of the two that weighs less. The last two are the claims."""
    shared = [word for start, _, size in aligned.runs for word in this[start : start + size]]
    plain = math.log1p(sum(word.weight for word in shared if not word.is_name))
    names = math.log1p(sum(word.weight for word in shared if word.is_name))
    replaced = sum(min(each.this_words, each.other_words) for each in aligned.changes if each.is_replaced)
    most = max(aligned.of_this, aligned.of_other)
    covering = cover(this, other)
    less, more = _by_weight(this, other, aligned)
    is_less = less is this
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
        max(0.0, meaning),
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
        float(is_claim(less)),
        float(is_claim(more)),
    )


def both_features(likely: float, tied: float, common: Sequence[float]) -> tuple[float, ...]:
    """Return what both scores together are made of: the likelihood by what both have in common, and the network's.

    And whether each of the two is a claim, which ``common``, the :func:`features`, ends with.
    """
    return (math.log(likely / (1 - likely)), tied, *common[-2:])


def _by_weight(
    this: Sequence[Word], other: Sequence[Word], aligned: Alignment
) -> tuple[Sequence[Word], Sequence[Word]]:
    """Return the one of the two that weighs less, and the other."""
    return (this, other) if aligned.this_weight <= aligned.other_weight else (other, this)
