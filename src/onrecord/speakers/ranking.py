"""The ranker: who of the candidates of a query is meant, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from onrecord.attribution.decoding import softmax
from onrecord.model.manifest import Ranking
from onrecord.model.scores import Floats
from onrecord.speakers.asking import Ask
from onrecord.speakers.resolving import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """Chooses by trained scores; what is less sure than the manifest allows is left open."""

    score: Callable[[Floats], Floats]
    """[K, F] features to [K] scores, :meth:`onrecord.model.Model.rank`."""
    ranking: Ranking

    def choose(self, ask: Ask, statement: int, part: int) -> Choice:  # noqa: ARG002 - the gold needs to know which
        """Choose among the candidates of a query; the last of them is "nobody"."""
        chances = softmax(self.score(np.array(ask.rows, dtype=np.float32)))
        ranked = tuple(int(index) for index in np.argsort(-chances, kind="stable"))
        best, chance = ranked[0], float(chances[ranked[0]])
        confidence = round(self.calibrated(chance), 4)
        if ask.query.asks == "implicit" and chance < self.ranking.least_implicit:
            best = len(chances) - 1
        if chance < self.ranking.least:
            return Choice(index=None, confidence=confidence, ranked=ranked)
        return Choice(index=best, confidence=confidence, ranked=ranked)

    def calibrated(self, chance: float) -> float:
        """Return how often an answer of this probability is right (Platt 1999)."""
        chance = min(max(chance, 1e-6), 1 - 1e-6)
        odds = math.log(chance / (1 - chance))
        return 1 / (1 + math.exp(-(self.ranking.slope * odds + self.ranking.intercept)))
