"""The order of attributions in a report: by where they begin."""

from __future__ import annotations

from onrecord.attribution.linking import Attribution
from onrecord.document import Span


def position(attribution: Attribution) -> Span:
    """Return the first span of an attribution, the key of their order."""
    return min((*attribution.source, *attribution.cue, *attribution.content))
