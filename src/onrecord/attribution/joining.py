"""One attribution where the network tells the same content twice.

A cue may come in two pieces ("sharply" and "criticized"), each with the same source and content; or the source's own
words are told as another cue ("[reports] began to surface that ...").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.attribution.linking import Attribution
from onrecord.document import Span


def join_twins(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """Return the attributions without twins, in the order given; linear in their number.

    Those with the same content are twins where their cues touch and their sources are the same (they become one, with
    the cue of both), or where the cue of one lies in the source of the other (it goes).
    """
    by_content: defaultdict[tuple[Span, ...], list[int]] = defaultdict(list)
    for index, attribution in enumerate(attributions):
        if attribution.cue:
            by_content[attribution.content].append(index)
    kept: dict[int, Attribution] = dict(enumerate(attributions))
    for indexes in by_content.values():
        for first, second in pairwise(sorted(indexes, key=lambda index: attributions[index].cue)):
            _join(text, kept, first, second)
    return list(kept.values())


def _join(text: str, kept: dict[int, Attribution], first: int, second: int) -> None:
    one, other = kept[first], kept[second]
    if _lies_in(one.cue, other.source):
        del kept[first]
    elif _lies_in(other.cue, one.source):
        kept[second] = one
        del kept[first]
    elif one.source == other.source and _touch(text, one.cue[-1], other.cue[0]):
        cue = (*one.cue[:-1], Span(one.cue[-1].start, other.cue[0].end), *other.cue[1:])
        best = max(one, other, key=lambda each: each.confidence)
        kept[second] = replace(best, cue=cue)
        del kept[first]


def _lies_in(cue: Sequence[Span], source: Sequence[Span]) -> bool:
    return all(any(piece.contains(span) for piece in source) for span in cue)


def _touch(text: str, one: Span, other: Span) -> bool:
    return one.end <= other.start and not text[one.end : other.start].strip()
