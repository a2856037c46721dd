"""How much of what one utterance says another one says as well, word by word, in whatever words.

Each word has a direction (what it means) and a length (how much it tells: "the" little, "waterboarding" much), both
from the table of meanings. A word is covered as far as the nearest word of the other utterance means the same. Unlike
the cosine of two whole utterances, that tells a long one that has all of a short one from one on the same matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.compare.wording import Word
from onrecord.record.meaning import shipped_meanings

MOST: Final = 150
"""Words of an utterance that are looked at: each is compared with each of the other one's."""
KEPT: Final = 50_000
"""Words of which the directions are kept in memory: about 20 MB."""
UTTERANCES: Final = 500
"""Utterances of which those are kept: one is mostly compared with many. 30 MB at most."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Covering:
    """How much of each utterance the other one covers."""

    of_this: float
    """0 to 1, words weighed by how much they tell."""
    of_other: float
    worst_of_this: float
    """How far the most telling word of the first is from being covered: its weight times its distance, 0 on."""
    worst_of_other: float


def cover(this: Sequence[Word], other: Sequence[Word]) -> Covering:
    """Compare two utterances word by word, by what the words mean."""
    if not this or not other:
        return Covering(0.0, 0.0, 0.0, 0.0)
    mine, my_weights = _directions(tuple(word.key for word in this[:MOST]))
    theirs, their_weights = _directions(tuple(word.key for word in other[:MOST]))
    near = np.clip(mine @ theirs.T, 0.0, 1.0)
    ahead, behind = near.max(axis=1), near.max(axis=0)
    return Covering(
        _share(ahead, my_weights),
        _share(behind, their_weights),
        float(((1 - ahead) * my_weights).max()),
        float(((1 - behind) * their_weights).max()),
    )


def _share(covered: Floats, weights: Floats) -> float:
    total = float(weights.sum())
    return float((covered * weights).sum()) / total if total else 0.0


@lru_cache(maxsize=UTTERANCES)
def _directions(keys: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Return unit vectors, [N, 48], and how much each word tells, [N]."""
    found = [_direction(key) for key in keys]
    return np.array([direction for direction, _ in found]), np.array([weight for _, weight in found])


@lru_cache(maxsize=KEPT)
def _direction(key: str) -> tuple[Floats, float]:
    (total,) = shipped_meanings().sums([key]).astype(np.float64)
    length = float(np.linalg.norm(total))
    return total / (length or 1.0), length / 100.0
