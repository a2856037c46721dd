"""Where words stand in a text, as other formats want it said: without line breaks, in UTF-16, with what is around."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

from onrecord.document import Span
from onrecord.encoding import clean

CONTEXT: Final = 32
"""Characters before and after a quotation that tell it from the same words elsewhere: what Hypothesis takes."""
# All that str.splitlines breaks at: tools that read a file line by line do so too.
LINE_BREAK: Final = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def words_at(text: str, span: Span) -> str:
    """Return the words of a span as they can be written: lone surrogates are U+FFFD."""
    return clean(span.of(text))


def before(text: str, span: Span) -> str:
    """Return what stands before a span."""
    return clean(text[max(0, span.start - CONTEXT) : span.start])


def after(text: str, span: Span) -> str:
    """Return what stands after a span."""
    return clean(text[span.end : span.end + CONTEXT])


def one_line_pieces(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    r"""Return spans cut at line breaks, without empty pieces.

    >>> one_line_pieces("ab\n\ncd", [Span(0, 6)])
    (Span(start=0, end=2), Span(start=4, end=6))
    """
    pieces = []
    for span in spans:
        start = span.start
        for found in LINE_BREAK.finditer(text, *span):
            pieces.append(Span(start, found.start()))
            start = found.end()
        pieces.append(Span(start, span.end))
    return tuple(piece for piece in pieces if piece.size)


class Utf16:
    """Turns code points of a text into UTF-16 units, which Java and JavaScript count.

    >>> Utf16("a🌍b").of(Span(2, 3))
    Span(start=3, end=4)
    """

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [place for place, each in enumerate(text) if each > "\uffff"]

    def of(self, span: Span) -> Span:
        """Return a span in UTF-16 units."""
        return Span(*(place + bisect_left(self._wide, place) for place in span))


def cut_tokens(text: str, span: Span, edges: Sequence[int]) -> list[Span]:
    """Return the tokens of a run of text: words and signs, cut also at ``edges``, in rising order.

    No token has white space in it, all else is in one, and no edge lies inside one.
    """
    tokens = []
    for found in _TOKEN.finditer(text, *span):
        start = found.start()
        for edge in edges[bisect_left(edges, start + 1) : bisect_left(edges, found.end())]:
            tokens.append(Span(start, edge))
            start = edge
        tokens.append(Span(start, found.end()))
    return tokens


# Python's own white space, and nothing else, parts tokens: \s and str.isspace agree on it.
_TOKEN: Final = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")
