"""A piece of content that the network gives to two cues belongs to one of them.

"The mill will close, Toren said. “We tried,” she said, “and we failed.”": the last words are the second cue's. Readers
share out a content likewise: in the 19,868 attributions of PolNeAR train 7 pieces belong to two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from onrecord.attribution.linking import Attribution
from onrecord.document import Span


def part_shared(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions, in the order given, no two of them with the same piece if one has others.

    Who has nothing else keeps it; or else whose cue is in the same line and nearer.
    """
    owners: defaultdict[Span, list[int]] = defaultdict(list)
    for index, attribution in enumerate(attributions):
        for piece in attribution.content:
            owners[piece].append(index)
    left = [attribution.content for attribution in attributions]
    for piece, several in owners.items():
        if len(several) < 2:
            continue
        keeps = min(several, key=lambda index: (len(left[index]) > 1, *_apart(text, attributions[index].cue, piece)))
        for index in several:
            if index != keeps and len(left[index]) > 1:
                left[index] = tuple(span for span in left[index] if span != piece)
    return [
        attribution if content is attribution.content else replace(attribution, content=content)
        for attribution, content in zip(attributions, left, strict=True)
    ]


def _apart(text: str, cue: Sequence[Span], piece: Span) -> tuple[bool, int]:
    """Return whether a line ends between a cue and a piece, or there is no cue, and how far they are apart."""
    gaps = [Span(min(span.end, piece.end), max(span.start, piece.start)) for span in cue if not span.overlaps(piece)]
    nearest = min(gaps, key=lambda gap: gap.size, default=None)
    return (True, len(text)) if nearest is None else ("\n" in nearest.of(text), nearest.size)
