"""How sure a statement is: a logistic model over the network's scores, fitted on reports it did not see.

The confidence is the probability that the statement is in the report with this source: a content
that overlaps the true one by half of their joint words or more, and the same for the source.
"""

from __future__ import annotations

import math
from typing import Final

from onrecord.attribution.decoding import Link
from onrecord.model.odds import log_odds, probability_of
from onrecord.model.scores import Calibration

FEATURES: Final = ("one", "cue", "valid", "source", "content", "edge", "no_source", "pieces", "length")


def confidence_of(link: Link, calibration: Calibration) -> float:
    """Return the calibrated probability that a linked statement is right, between 0 and 1."""
    features = features_of(link)
    total = sum(calibration.weights[name] * value for name, value in zip(FEATURES, features, strict=True))
    return probability_of(total)


def features_of(link: Link) -> tuple[float, ...]:
    """Return the values that the confidence is computed from, in the order of ``FEATURES``."""
    length = sum(last - first + 1 for first, last in link.content)
    return (
        1.0,
        log_odds(link.cue.score),
        log_odds(link.valid),
        log_odds(link.source_score),
        log_odds(link.content_score),
        log_odds(link.edge_score),
        float(link.source is None),
        float(len(link.content) - 1),
        math.log(length),
    )
