"""How likely it is that two reports tell of the same occasion."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from onrecord.compare.logistic import probability
from onrecord.compare.sketches import Sketch

Key = TypeVar("Key", bound=Hashable)

DAYS: Final = 3
"""Days between two reports of one occasion, at most: of the pairs of one story in benchmarks/stories.py 92 % are."""
LEAST: Final = 0.4
"""Score from which on two reports are taken to tell of the same occasion: there pairs and B-cubed have the best F1."""
SHOWN: Final = 8
"""Words that a likeness names."""
# Made by: python benchmarks/stories.py --fit
BIAS: Final = -1.913
WEIGHTS: Final = (9.721, 4.188, 0.567, -0.28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What two reports have in common."""

    score: float
    """Probability that they tell of the same occasion, 0 to 1."""
    people: tuple[int, ...]
    """The record's numbers of who is in both, those who tell most first."""
    words: tuple[str, ...]
    """The words that tell most, of those in both."""
    quoted: int
    """Runs of five quoted words that both have."""
    days: int
    """Between their days of publication."""


def compare_sketches(one: Sketch, other: Sketch) -> Likeness:
    """Return what two reports have in common."""
    people = sorted(
        one.people.keys() & other.people.keys(), key=lambda who: (-one.people[who] * other.people[who], who)
    )
    words = sorted(one.words.keys() & other.words.keys(), key=lambda word: (-one.words[word] * other.words[word], word))
    return Likeness(
        score=round(score_of(features(one, other)), 4),
        people=tuple(people),
        words=tuple(words[:SHOWN]),
        quoted=len(one.quoted & other.quoted),
        days=abs((one.day - other.day).days),
    )


def features(one: Sketch, other: Sketch) -> tuple[float, ...]:
    """Return what the score is made of; who is in both has no part in it, for it decides which two are compared."""
    return (
        dot(one.words, other.words),
        dot(one.title, other.title),
        math.log1p(len(one.quoted & other.quoted)),
        float(abs((one.day - other.day).days)),
    )


def score_of(values: tuple[float, ...]) -> float:
    """Return the probability that features are those of two reports on one occasion."""
    return probability(BIAS, WEIGHTS, values)


def dot(one: Mapping[Key, float], other: Mapping[Key, float]) -> float:
    """Return the product of two sets of things that are weighed."""
    return math.fsum(one[key] * other[key] for key in one.keys() & other.keys())
