"""Paragraphs: runs of text between line breaks, also where every line is broken at a fixed width."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from onrecord.document import Span

LINE_BREAKS: Final = "\n\r\x0b\x0c\u2028\u2029"
# From the first to the last character of a line that is not white space.
_LINE: Final = re.compile(rf"\S(?:[^{LINE_BREAKS}]*\S)?")
_WORD: Final = re.compile(r"\S+")
_BREAKS: Final = re.compile(rf"\r\n|[{LINE_BREAKS}]")

# Mail, wire and press release texts are broken at 60 to 80 characters; 90 leaves room for a wide margin.
_WIDEST = 90
_NARROWEST = 50
# 4: fewer lines of nearly equal length may be so by chance; not 2 that break off in a sentence, before a small letter.
_FEWEST_BREAKS = 4
_FEWEST_BROKEN_OFF = 2
_STOPS: Final = (".", "!", "?", '"', "”", "’", "'", ":")


def find_paragraphs(text: str) -> list[Span]:
    r"""Return the paragraphs of a text in order, without the white space around them.

    A line is a paragraph, except in a hard-wrapped text: there a line goes on with the next one when
    no blank line parts them and the next line's first word would not have fitted. Linear time.

    >>> [span.of("One.\r\n\n Two. \n") for span in find_paragraphs("One.\r\n\n Two. \n")]
    ['One.', 'Two.']
    """
    lines = [Span(*match.span()) for match in _LINE.finditer(text)]
    joins = _wrapped_joins(text, lines)
    return list(_join(lines, joins)) if joins else lines


def _wrapped_joins(text: str, lines: Sequence[Span]) -> list[bool]:
    """Tell for each line whether it goes on with the next one; an empty list when the text is not hard-wrapped."""
    if len(lines) <= _FEWEST_BROKEN_OFF:
        return []
    width = max(end - start for start, end in lines)
    if not _NARROWEST <= width <= _WIDEST:
        return []
    adjacent = [_are_adjacent(text, line, after) for line, after in pairwise(lines)]
    full = [_is_full(text, line, after, width) for line, after in pairwise(lines)]
    breaks = sum(adjacent)
    joins = [near and filled for near, filled in zip(adjacent, full, strict=True)]
    joined = [(line, after) for (line, after), joins_on in zip(pairwise(lines), joins, strict=True) if joins_on]
    stopped = sum(line.of(text).endswith(_STOPS) for line, _ in joined)
    broken_off = sum(not line.of(text).endswith(_STOPS) and text[after.start].islower() for line, after in joined)
    # 4 in 5 breaks, because a headline may stand right above its byline; and sentences seldom end where lines do.
    wrapped = breaks >= _FEWEST_BREAKS and len(joined) * 5 >= breaks * 4 and stopped * 2 <= len(joined)
    wrapped = wrapped or (broken_off >= _FEWEST_BROKEN_OFF and broken_off * 2 >= max(breaks, len(joined)))
    return joins if wrapped else []


def _are_adjacent(text: str, line: Span, after: Span) -> bool:
    gap = text[line.end : after.start]
    return len(_BREAKS.findall(gap)) == 1


def _is_full(text: str, line: Span, after: Span, width: int) -> bool:
    """Tell whether the next line's first word would have gone over the width of the text."""
    word = _WORD.match(text, after.start, after.end)
    return word is not None and line.end - line.start + 1 + len(word.group()) > width


def _join(lines: Sequence[Span], joins: Sequence[bool]) -> Iterator[Span]:
    start = 0
    for index, line in enumerate(lines):
        if index == len(joins) or not joins[index]:
            yield Span(lines[start].start, line.end)
            start = index + 1
