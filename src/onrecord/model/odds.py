"""Probabilities as log odds, and back: what the calibrations weigh, bounded so that nothing is certain."""

from __future__ import annotations

import math
from typing import Final

SUREST: Final = 1e-3
"""So far from 0 and from 1 a probability is taken to be at least."""
MOST: Final = 30.0
"""Log odds, either way, beyond which a probability no longer changes."""


def log_odds(probability: float) -> float:
    """Return the logarithm of the odds of a probability.

    >>> log_odds(0.5), log_odds(1.0) == log_odds(0.999)
    (0.0, True)
    """
    bounded = min(max(probability, SUREST), 1 - SUREST)
    return math.log(bounded / (1 - bounded))


def probability_of(odds: float) -> float:
    """Return the probability that log odds are those of.

    >>> probability_of(0.0), probability_of(-1e9) > 0
    (0.5, True)
    """
    return 1 / (1 + math.exp(-max(-MOST, min(MOST, odds))))
