"""How sure a share is: intervals for statements that come in bunches, report by report."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

FEW = 5
"""Reports below which their own spread tells too little, and that of all reports stands in for it."""


def wilson(count: float, of: float, *, confidence: float) -> tuple[float, float]:
    """Return Wilson's interval of a share, both ends 0 to 1.

    >>> tuple(round(end, 3) for end in wilson(8, 10, confidence=0.95))
    (0.49, 0.943)
    """
    if of <= 0:
        return (0.0, 1.0)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share, square = count / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = z * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    # The share lies in its interval, also where it is 0 or 1 and the last digit of a float says otherwise.
    return (max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach)))


def bunching(bunches: Sequence[tuple[int, int]]) -> float | None:
    """Return how much more than by chance a share varies from report to report, as a ratio of variances, at least 1.

    A report that writes "claimed" once often does so again, so that its ten statements tell less than ten reports
    with one each. None where too few reports, or no variety, tell nothing of it.

    >>> bunching([(0, 4), (4, 4), (0, 4), (4, 4), (0, 4), (4, 4)])
    4.8

    Args:
        bunches: of each report, how many statements have the class, and how many there are.
    """
    count, of = sum(has for has, _ in bunches), sum(all_ for _, all_ in bunches)
    if len(bunches) < FEW or not 0 < count < of:
        return None
    share = count / of
    spread = sum((has - share * all_) ** 2 for has, all_ in bunches) * len(bunches) / (len(bunches) - 1)
    return max(1.0, round(spread / (share * (1 - share) * of), 6))
