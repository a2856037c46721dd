"""The form of a statement: verbatim, reported, or partly quoted, from the quotation marks inside its content."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from onrecord.document import Span
from onrecord.reading import Form

WORD: Final = re.compile(r"\w+")
DIRECT_SHARE: Final = 0.8
"""Share of the content's words in quotation marks from which it is direct, as the field's scorer counts.

In PolNeAR dev 433 of 2,193 contents have all their words in marks, 61 more between 75 and 95 %: mostly an edge that
takes in a word beside the marks, which must not turn a verbatim quotation into a mixed one.
"""


def form_of(text: str, content: tuple[Span, ...], quotations: Sequence[Span]) -> Form:
    """Return whether ``content`` is direct, indirect or mixed.

    A quotation counts where its opening mark and what follows it, or half of its characters, are content: the marks
    must stand inside the content, so that indirect speech reported inside somebody's verbatim quotation is indirect.
    Any quoted word counts, as in PARC 3 and PolNeAR: a content with one scare-quoted word or a quoted title is mixed.

    Args:
        text: the document's text.
        content: the statement's content, by start.
        quotations: the stretches inside quotation marks, by start; one may lie inside another.

    Cost: linear in the content's length and logarithmic in the number of quotations.

    >>> form_of("He called it “a wreck” twice.", (Span(10, 28),), (Span(14, 21),))
    'mixed'
    """
    runs = _runs_inside(content, quotations)
    if not runs:
        return "indirect"
    words = [found.span() for piece in content for found in WORD.finditer(text, piece.start, piece.end)]
    quoted = sum(_is_inside(word, runs) for word in words)
    if not quoted:
        return "indirect"
    return "direct" if quoted >= DIRECT_SHARE * len(words) else "mixed"


def _runs_inside(content: Sequence[Span], quotations: Sequence[Span]) -> list[Span]:
    """Return the quotations that are opened in the content or half content, by start, those inside another left out."""
    if not content:
        return []
    # A run that begins further before the content than the content is long cannot be half content.
    longest = sum(piece.end - piece.start for piece in content)
    first = bisect_left(quotations, content[0].start - longest, key=lambda run: run.start)
    last = bisect_left(quotations, content[-1].end, key=lambda run: run.start)
    runs: list[Span] = []
    for run in quotations[first:last]:
        inside = 2 * _overlap(run, content) >= run.end - run.start or _overlap(_opening(run), content) == 2
        if inside and not (runs and run.end <= runs[-1].end):
            runs.append(run)
    return runs


def _opening(run: Span) -> Span:
    """Return the last character of the mark that opens ``run`` and the first one after it."""
    return Span(run.start - 1, run.start + 1)


def _overlap(run: Span, content: Sequence[Span]) -> int:
    """Return how many characters of ``run`` lie in ``content``."""
    first = max(0, bisect_left(content, run.start, key=lambda piece: piece.start) - 1)
    overlap = 0
    for piece in content[first:]:
        if piece.start >= run.end:
            break
        overlap += max(0, min(run.end, piece.end) - max(run.start, piece.start))
    return overlap


def _is_inside(word: tuple[int, int], runs: Sequence[Span]) -> bool:
    index = bisect_left(runs, word[1], key=lambda run: run.start) - 1
    return index >= 0 and runs[index].start <= word[0] and word[1] <= runs[index].end
