"""The ranker: who of the candidates of a query is meant, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from onrecord.attribution.decoding import softmax
from onrecord.model.manifest import Ranking
from onrecord.model.scores import Floats, Sightings
from onrecord.speakers.asking import Ask
from onrecord.speakers.featurenames import FEATURES
from onrecord.speakers.resolving import Choice

SAY_NOTHING: Final = frozenset(("he", "she", "it", "they", "which", "i", "we"))
"""Pronouns that can't stand for somebody new: a speaker called "they" tells nobody anything."""
LEAST_OTHERWISE_CALLED: Final = 0.8
"""So sure must it be that "the fishers' leader" is the "council leader": one head, but a word that isn't theirs."""
DEFINITE: Final = FEATURES.index("asks definite")
PERSON: Final = FEATURES.index("is person")
NAMED: Final = FEATURES.index("named")
SHARED_HEAD: Final = FEATURES.index("shared head")
SHARED_WORDS: Final = FEATURES.index("shared words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """Chooses by trained scores; what is less sure than the manifest allows is left open."""

    score: Callable[[Floats, Sightings], Floats]
    """[K, F] features, and where the candidates are mentioned, to [K] scores: :meth:`onrecord.model.Model.rank`."""
    ranking: Ranking

    def choose(self, ask: Ask, statement: int, part: int) -> Choice:  # noqa: ARG002 - the gold needs to know which
        """Choose among the candidates of a query; the last of them is "nobody"."""
        chances = softmax(self.score(np.array(ask.rows, dtype=np.float32), ask.seen))
        ranked = tuple(np.argsort(-chances, kind="stable").tolist())
        first = ranked[0] if ask.query.asks not in SAY_NOTHING else _known(ranked, len(chances))
        best = self._best(ask, first, float(chances[first]))
        chance = float(chances[best])
        described = ask.query.asks == "nominal" and best == len(chances) - 2
        is_open = chance < self.ranking.least and not described
        return Choice(
            index=None if is_open else best,
            confidence=round(self.calibrated(chance, described=described), 4),
            ranked=ranked,
        )

    def _best(self, ask: Ask, best: int, chance: float) -> int:
        """Return the likeliest candidate, or, where it is not sure enough, what is said of nobody met before."""
        nobody = len(ask.candidates) - 1
        if ask.query.asks == "implicit" and chance < self.ranking.least_implicit:
            return nobody
        if ask.query.asks == "nominal" and best < nobody - 1 and chance < self._least_linked(ask.rows[best]):
            return nobody - 1
        return best

    def _least_linked(self, row: Sequence[float]) -> float:
        """Return how sure a description must be tied to somebody, by the features of the two."""
        defined = row[DEFINITE] == 1 and row[PERSON] == 1 and row[NAMED] == 1
        least = self.ranking.least_definite if defined else self.ranking.least_linked
        otherwise_called = row[SHARED_HEAD] == 1 and row[SHARED_WORDS] < 1
        return max(least, LEAST_OTHERWISE_CALLED) if otherwise_called else least

    def calibrated(self, chance: float, *, described: bool = False) -> float:
        """Return how often an answer of this probability is right (Platt 1999)."""
        chance = min(max(chance, 1e-6), 1 - 1e-6)
        odds = math.log(chance / (1 - chance))
        shift = self.ranking.intercept + described * self.ranking.described
        return 1 / (1 + math.exp(-(self.ranking.slope * odds + shift)))


def _known(ranked: Sequence[int], count: int) -> int:
    """Return the likeliest candidate that is not somebody new, who is last but one."""
    return next(index for index in ranked if index != count - 2)
