"""Quotation marks: which stretches of a text stand inside them.

News writes quotations with straight marks, curly ones, two apostrophes in a row, guillemets,
low-high pairs and British single marks; marks get lost, doubled and mixed. Paragraphs are read
one by one, so that an odd mark never reaches beyond its own paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.document import Span
from onrecord.layout.paragraphs import find_paragraphs

MARK = re.compile("''|``|[\"“”„‟«»'‘’‚‹›]")
SINGLE = frozenset("'‘’‚‹›")
ONLY_OPENS = frozenset(["„", "‚", "``"])
OPENERS = frozenset("“‘„‚‹«‟") | {"``"}
CLOSERS = frozenset("”’»›")
BEFORE_OPENING = frozenset("([{—–-/:'\"‘“«…")
STOPS = frozenset(".,!?…;:")
# Words that begin with an apostrophe, which is no opening mark.
CLIPPED = re.compile(r"(?:em|til|tis|twas|cause|n|bout|round|\d0s)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A stretch between quotation marks, in one paragraph."""

    inner: Span
    """The words, without the marks."""
    outer: Span
    """The words with their marks."""
    closed: bool
    """False where the paragraph ends before the closing mark: a quotation that goes on, or a lost mark."""
    single: bool
    """True for single marks (British style, or a quotation inside another)."""


def pair_quotemarks(text: str) -> list[Quotation]:
    """Return the quotations of a text by their start; single ones may lie inside double ones and the other way.

    >>> [q.inner.of('He said "no" and ‘maybe’.') for q in pair_quotemarks('He said "no" and ‘maybe’.')]
    ['no', 'maybe']
    """
    found: list[Quotation] = []
    for line in find_paragraphs(text):
        marks = list(MARK.finditer(text, line.start, line.end))
        if marks:
            doubles = list(_pair_doubles(text, line, [m for m in marks if m.group() not in SINGLE]))
            singles = _pair_singles(text, line, [m for m in marks if m.group() in SINGLE])
            found.extend(doubles)
            found.extend(single for single in singles if not _crosses(single, doubles))
    return sorted(found, key=lambda quotation: quotation.outer)


def outermost(text: str, quotations: Sequence[Quotation]) -> list[Quotation]:
    """Return the quotations that lie in no other, by start, without those whose closing mark was lost.

    A quotation that is open at the end of its paragraph goes on where the next one begins with a mark
    again, as is the custom in print. Where it does not, a mark was lost, and nobody can tell where the
    speech ended.
    """
    kept: list[Quotation] = []
    for index, quotation in enumerate(quotations):
        if kept and quotation.outer.start < kept[-1].outer.end:
            continue
        if quotation.closed or _goes_on(text, quotations, index):
            kept.append(quotation)
    return kept


def _goes_on(text: str, quotations: Sequence[Quotation], index: int) -> bool:
    end = quotations[index].outer.end
    for later in range(index + 1, len(quotations)):
        if quotations[later].outer.start >= end:
            return not text[end : quotations[later].outer.start].strip()
    return False


def _pair_doubles(text: str, line: Span, marks: list[re.Match[str]]) -> Iterator[Quotation]:
    opened: re.Match[str] | None = None
    for mark in marks:
        may_open, may_close = _abilities(text, line, mark)
        if opened is None:
            if may_open:
                opened = mark
        elif may_close or (opened.group() == "„" and mark.group() == "“"):
            yield _quotation(opened, mark.start(), mark.end(), closed=True)
            opened = None
    if opened is not None and opened.end() < line.end:
        yield _quotation(opened, line.end, line.end, closed=False)


def _quotation(opened: re.Match[str], stop: int, end: int, *, closed: bool) -> Quotation:
    single = opened.group() in SINGLE
    return Quotation(inner=Span(opened.end(), stop), outer=Span(opened.start(), end), closed=closed, single=single)


def _around(text: str, line: Span, mark: re.Match[str]) -> tuple[str, str]:
    """Return the characters before and after a mark; a space at either end of its line."""
    before = text[mark.start() - 1] if mark.start() > line.start else " "
    return before, text[mark.end()] if mark.end() < line.end else " "


def _abilities(text: str, line: Span, mark: re.Match[str]) -> tuple[bool, bool]:
    """Tell whether a mark may open and may close: by what stands around it, else by its shape."""
    before, after = _around(text, line, mark)
    shape = mark.group()
    free_before = before.isspace() or before in BEFORE_OPENING
    free_after = after.isspace()
    if shape == '"' and before.isdigit() and (free_after or after in STOPS):
        return False, True  # inches, or a close after a number
    if free_before and not free_after and (shape not in CLOSERS or before.isspace()):
        return True, shape in CLOSERS and not before.isspace()
    if free_after and not free_before:
        return False, shape not in ONLY_OPENS
    may_open = shape in OPENERS or (shape not in CLOSERS and not free_after)
    return may_open, shape not in OPENERS or shape == "‟"


def _pair_singles(text: str, line: Span, marks: list[re.Match[str]]) -> Iterator[Quotation]:
    """Pair single marks, which are apostrophes more often than not: only what both opens and closes counts."""
    opened: re.Match[str] | None = None
    weak: re.Match[str] | None = None
    for mark in marks:
        if _opens_single(text, line, mark):
            if opened is not None and weak is not None:
                yield _quotation(opened, weak.start(), weak.end(), closed=True)
            opened, weak = mark, None
        elif opened is not None and mark.start() > opened.end() and _closes_single(text, line, mark):
            if _is_possessive(text, line, mark):
                weak = weak or mark
            else:
                yield _quotation(opened, mark.start(), mark.end(), closed=True)
                opened = weak = None
    if opened is not None and weak is not None:
        yield _quotation(opened, weak.start(), weak.end(), closed=True)


def _opens_single(text: str, line: Span, mark: re.Match[str]) -> bool:
    before, after = _around(text, line, mark)
    if mark.group() in "’›" or after.isspace() or not (before.isspace() or before in BEFORE_OPENING):
        return False
    return mark.group() in "‚‹" or not CLIPPED.match(text, mark.end())


def _closes_single(text: str, line: Span, mark: re.Match[str]) -> bool:
    before, after = _around(text, line, mark)
    return mark.group() not in "‚‹" and not before.isspace() and not after.isalnum()


def _is_possessive(text: str, line: Span, mark: re.Match[str]) -> bool:
    """Tell whether a mark after an s may be that of "the voters' choice"."""
    following = text[mark.end() : min(mark.end() + 2, line.end)]
    return text[mark.start() - 1] in "sS" and len(following) == 2 and following[0] == " " and following[1].isalnum()


def _crosses(single: Quotation, doubles: Sequence[Quotation]) -> bool:
    """Tell whether a pair of single marks has one of its marks inside a double quotation and one outside."""
    for offset in (single.outer.start, single.outer.end - 1):
        index = bisect_right(doubles, offset, key=lambda double: double.outer.start) - 1
        if index >= 0 and _parts(single.outer, doubles[index].outer):
            return True
    return False


def _parts(one: Span, other: Span) -> bool:
    return one.overlaps(other) and not one.contains(other) and not other.contains(one)
