"""Processor time against a limit, such that a machine's noise decides nothing.

Whatever disturbs a measurement makes it longer, never shorter: so the least of several is the nearest to the truth,
and a limit is missed only where every try misses it. What other tests left in memory is kept out of the garbage
collections that the measured work sets off.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TRIES = 6


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of one run."""
    gc.freeze()
    try:
        began = time.process_time()
        work()
        return time.process_time() - began
    finally:
        gc.unfreeze()


def takes_at_most(limit: float, work: Callable[[], object]) -> bool:
    """Tell whether a run keeps within ``limit`` seconds, in one of a few tries."""
    return any(seconds(work) <= limit for _ in range(TRIES))


def grows_at_most(factor: float, small: Callable[[], object], large: Callable[[], object], *, noise: float) -> bool:
    """Tell whether ``large`` takes at most ``factor`` times as long as ``small``, and ``noise`` seconds on top."""
    least_small = least_large = float("inf")
    for _ in range(TRIES):
        least_large = min(least_large, seconds(large))
        if least_large <= noise:
            return True
        least_small = min(least_small, seconds(small))
        if least_large <= factor * least_small + noise:
            return True
    return False
