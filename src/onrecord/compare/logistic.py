"""From what two texts have in common to a probability, by weights that a benchmark fitted."""

from __future__ import annotations

import math
from collections.abc import Sequence


def probability(bias: float, weights: Sequence[float], values: Sequence[float]) -> float:
    """Return the logistic function of the weighed sum.

    >>> probability(0.0, (1.0, -1.0), (2.0, 2.0))
    0.5
    """
    return 1 / (1 + math.exp(-bias - sum(weight * value for weight, value in zip(weights, values, strict=True))))
