"""Names around links that a page lost: their texts stand in the report without a space or a mark between.

"Ada Held Adelaide (Ada) Mary HeldFederal judge halts ..." is Ada Held, the name that her page has, and a headline.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from onrecord.document import Span
from onrecord.speakers.markables import Markable

LEAST_REPEATED: Final = 4
"""Letters of a word that begins a name anew."""
GLUED: Final = re.compile(r"[^\W\d_A-Z][A-Z]")
LEGAL: Final = re.compile(r"(?:[(“\"]?[A-Z][\w.’'-]{0,24}[)”\"]?,?[ ]){1,6}")
"""What stands between a surname and the same surname at the end of the name that a page has."""
LONGEST_LEGAL: Final = 80
LONGEST_WORD: Final = 40


def without_lost_links(text: str, names: Sequence[Markable]) -> list[Markable]:
    """Return names without what the names of linked pages add to them, and the headlines that run on from these.

    >>> text = "Ada Held Adelaide (Ada) Mary HeldFederal judge"
    >>> names = [Markable(span=Span(0, 17), form="name", kind="person", confidence=0.9)]
    >>> without_lost_links(text, names)[0].span.of(text)
    'Ada Held'
    """
    runs = list(_lost(text))
    if not runs:
        return list(names)
    ends = [run.end for run in runs]
    near = (slice(bisect_right(ends, name.span.start), bisect_right(ends, name.span.end) + 1) for name in names)
    whole = (_without(text, name, runs[reach]) for name, reach in zip(names, near, strict=True))
    return [name for name in whole if name is not None]


def _lost(text: str) -> Iterator[Span]:
    """Yield the runs from behind a name to the end of its page's name, which a headline follows without a space."""
    for glued in GLUED.finditer(text):
        end = glued.start() + 1
        nearest = max(0, end - LONGEST_WORD)
        start = max(text.rfind(" ", nearest, end), text.rfind("\n", nearest, end)) + 1
        if not LEAST_REPEATED <= end - start <= LONGEST_WORD or not text[start].isupper():
            continue
        surname, floor = text[start:end], max(0, start - LONGEST_LEGAL)
        before = text.rfind(f"{surname} ", floor, start)
        if before < 0 or (before and text[before - 1].isalnum()):
            continue
        behind = before + len(surname)
        if LEGAL.fullmatch(text, behind + 1, start):
            yield Span(behind, end)


def _without(text: str, name: Markable, runs: Sequence[Span]) -> Markable | None:
    """Return a name without the runs that reach into it; None if hardly anything is left."""
    for run in runs:
        if not name.span.overlaps(run):
            continue
        if name.span.start < run.start:
            return replace(name, span=Span(name.span.start, run.start))
        rest = Span(run.end, max(run.end, name.span.end))
        if " " not in rest.of(text):
            return None
        name = replace(name, span=rest)
    return name


def said_once(text: str, name: Markable) -> Markable:
    """Return a person's name up to where it begins anew, as the texts of links that a page lost do.

    "Ada Held Ada Held2020" is Ada Held, and "Dan Torv Daniel TorvThe" is Dan Torv; "Aldo G. Aldoson" goes on.
    """
    words = name.span.of(text).split(" ") if name.kind == "person" else []
    kept = next((end for at in range(2, len(words)) if (end := _end_before(words, at))), None)
    return replace(name, span=Span(name.span.start, name.span.start + len(" ".join(words[:kept])))) if kept else name


def _end_before(words: Sequence[str], at: int) -> int | None:
    """Return the words of a name that begins anew with the one at ``at``, or right before it; None if it goes on.

    A first name has to come with the next one, a later one behind another capital: "Ada Quill Quill" has two surnames.
    """
    if _begins_anew(words[0], words[at]) and at + 1 < len(words) and words[at + 1].startswith(words[1]):
        return at
    if not words[at - 1][:1].isupper():
        return None
    return next((back + 1 for back in range(1, at - 1) if _begins_anew(words[back], words[at])), None)


def _begins_anew(word: str, again: str) -> bool:
    return len(word) >= LEAST_REPEATED and again.startswith(word)
