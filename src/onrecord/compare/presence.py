"""How likely it is that a statement says what a quotation says, where the words are not simply there.

A logistic regression on what both have in common: by words, by what the words mean, by numbers, names and negation. Its
threshold is set by quotations that are in no report: to call one of those present is the worst that a verdict can do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from onrecord.compare.alignment import Alignment
from onrecord.compare.logistic import probability
from onrecord.compare.meaningwords import cover
from onrecord.compare.wording import Word, is_negated, numbers_of

LEAST: Final = 0.5
"""Probability from which on a statement is called a paraphrase; of 140 absent quotations the likeliest has 0.42."""
# Made by: python benchmarks/verifying.py POLNEAR RECORD.DB --fit
BIAS: Final = -15.783
WEIGHTS: Final = (
    -1.676, -10.896, 1.533, 1.974, -1.138, 0.199, 6.209, 5.109, -1.349, 4.373, 2.101, 1.0, 0.74, -0.463, -2.666, 1.357,
    -0.405, -0.863, 0.908,
)  # fmt: skip


def presence(asked: Sequence[Word], said: Sequence[Word], aligned: Alignment, meaning: float) -> float:
    """Return the probability that a statement says what a quotation says, 0 to 1.

    Args:
        asked: the quotation.
        said: the statement.
        aligned: both side by side, the quotation first.
        meaning: the cosine of their meanings.
    """
    return probability(BIAS, WEIGHTS, features(asked, said, aligned, meaning))


def features(asked: Sequence[Word], said: Sequence[Word], aligned: Alignment, meaning: float) -> tuple[float, ...]:
    """Return what the probability is made of."""
    covering = cover(asked, said)
    there = {word.stem for word in said}
    missed = [word for word in asked if word.weight == 1 and word.stem not in there]
    told = sum(word.weight == 1 for word in asked)
    of_this = min(1.0, aligned.of_this)
    return (
        of_this,
        of_this**3,
        math.log1p(aligned.shared),
        of_this * math.log1p(aligned.shared),
        aligned.running / (aligned.this_weight or 1.0),
        math.log1p(aligned.longest),
        covering.of_this,
        covering.of_this**3,
        covering.worst_of_this,
        covering.of_other,
        max(0.0, meaning),
        max(0.0, meaning) ** 4,
        math.log1p(told),
        math.log1p(len(said)) - math.log1p(len(asked)),
        float(bool(numbers_of(asked) - numbers_of(said))),
        float(bool(numbers_of(asked)) and not numbers_of(asked) - numbers_of(said)),
        float(is_negated(asked) != is_negated(said)),
        sum(word.is_name for word in missed) / (sum(word.is_name and word.weight == 1 for word in asked) + 1),
        sum(not word.is_name for word in missed) / (told + 1),
    )
