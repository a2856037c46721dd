"""Speech reported inside speech: "A recalled that B had said ...".

PolNeAR, on which the network is trained, annotates the outermost attribution only, so that the
network passes over what lies inside a content. Read by itself, a content is a text like any other,
and its own attributions are found: that is the second reading, of contents that hold a word of
saying at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from onrecord.attribution.linking import Attribution
from onrecord.attribution.ordering import position
from onrecord.document import Span

SAYING: Final = re.compile(
    r"\b(?:said|says?|saying|told|tells?|telling|claim(?:s|ed|ing)?|accord(?:s|ed|ing) to|argu(?:es?|ed|ing)"
    r"|insist(?:s|ed|ing)?|accus(?:es?|ed|ing)|den(?:y|ies|ied|ying)|warn(?:s|ed|ing)?|announc(?:es?|ed|ing)"
    r"|admit(?:s|ted|ting)?|stat(?:es(?= that\b|[,:])|ed|ing)|alleg(?:es?|ed|ing)|ask(?:s|ed|ing)|promis(?:es?|ed|ing)"
    r"|vow(?:s|ed|ing)?"
    r"|predict(?:s|ed|ing)?|acknowledg(?:es?|ed|ing)|suggest(?:s|ed|ing)?|conced(?:es?|ed|ing)|boast(?:s|ed|ing)?"
    r"|assur(?:es?|ed|ing)|repl(?:y|ies|ied|ying)|called|calls|calling|pledg(?:es?|ed|ing)|demand(?:s|ed|ing)?"
    r"|declar(?:es?|ed|ing)|believ(?:es?|ed)|thinks?|thought)\b",
    re.IGNORECASE,
)
OWN: Final = re.compile(
    r"\b(?:I|we|you)(?:['’](?:d|ll|m|re|ve))?(?: (?:already|also|always|am|are|can|could|did|do|even|ever|had|have|just"
    r"|must|never|not|often|really|should|still|to|truly|want|wanted|was|were|will|would"
    r"|(?:ca|did|do|had|have|wo|would)n['’]t))* $",
    re.IGNORECASE,
)
"""What stands before a word of saying by which somebody says how they speak or think themselves: "I don't think"."""
PASSIVE: Final = re.compile(r"\b(?:am|are|was|were)\b|['’](?:m|re)\b", re.IGNORECASE)
"""What makes another's of the word behind it, unless that ends in "-ing": "I was told", not "I'm telling"."""
OWN_REACH: Final = 40
"""Code points before the word in which that is looked for."""
LEAST_WORDS: Final = 5
"""Source, cue and content inside a content take at least this many words ("B says it works")."""


def contents_to_reread(text: str, attributions: Sequence[Attribution]) -> Iterator[Span]:
    """Yield the pieces of contents that may hold an attribution of their own, each once."""
    seen: set[Span] = set()
    for attribution in attributions:
        for piece in attribution.content:
            if piece in seen:
                continue
            seen.add(piece)
            words = piece.of(text)
            if words.count(" ") + 1 >= LEAST_WORDS and _may_report(words):
                yield piece


def _may_report(words: str) -> bool:
    """Tell whether a word of saying may be somebody else's: what would not be kept is not read again."""
    return any(not _is_own(words, match) for match in SAYING.finditer(words))


def _is_own(words: str, saying: re.Match[str]) -> bool:
    """Tell whether a word of saying is about how the speakers speak or think themselves."""
    before = OWN.search(words[max(0, saying.start() - OWN_REACH) : saying.start()])
    return before is not None and (saying[0].lower().endswith("ing") or not PASSIVE.search(before[0]))


def keep_nested(text: str, nested: Sequence[Attribution], outer: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions found inside contents that report somebody else, and have no twin outside.

    Inside somebody's words a cue without a source, or with "I" or "we" ("we are asking to be left
    alone"), is their own way of speaking more often than a report.
    """
    cues = {attribution.cue for attribution in outer}
    return [
        replace(attribution, evidence=replace(attribution.evidence, rule="linked-within"))
        for attribution in nested
        if attribution.cue not in cues and attribution.source and not _is_speaker(attribution.source[0].of(text))
    ]


def _is_speaker(source: str) -> bool:
    return source.casefold() in {"i", "we", "you"}


def find_outer(attributions: Sequence[Attribution]) -> list[int | None]:
    """Return, for each attribution, the index of the smallest other whose content holds its cue and content.

    ``attributions`` are in order of position. Two that hold each other (the same words) do not nest.
    """
    sizes = [_size(attribution.content) for attribution in attributions]
    ends = [max(attribution.content).end for attribution in attributions]
    furthest = list(accumulate(ends, max))
    outer: list[int | None] = []
    for index, inner in enumerate(attributions):
        near = _overlapping(attributions, furthest, index, ends[index])
        holders = [other for other in near if sizes[other] > sizes[index] and _holds(attributions[other], inner)]
        outer.append(min(holders, key=lambda other: (sizes[other], other), default=None))
    return outer


def _overlapping(attributions: Sequence[Attribution], furthest: Sequence[int], index: int, end: int) -> Iterator[int]:
    """Yield the attributions around ``index`` that may reach into it; ``furthest`` is the running end of contents."""
    start = position(attributions[index]).start
    for other in range(index - 1, -1, -1):
        if furthest[other] <= start:
            break
        yield other
    for other in range(index + 1, len(attributions)):
        if position(attributions[other]).start >= end:
            break
        yield other


def _holds(outer: Attribution, inner: Attribution) -> bool:
    parts = (*inner.cue, *inner.content)
    return all(any(span.contains(part) for span in outer.content) for part in parts)


def _size(spans: Sequence[Span]) -> int:
    return sum(span.size for span in spans)
