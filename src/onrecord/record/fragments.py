"""Addresses that lead to the very words: text fragments (``#:~:text=``).

Their form is that of the WICG's "URL Fragment Text Directives".
A browser looks for ``[prefix-,]start[,end][,-suffix]`` from the top of the page, without regard to case, and shows the
first match. So a fragment is made longer, and given what stands before and behind, until only the words themselves fit
it in the text that was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final
from urllib.parse import quote, urlsplit

from onrecord.document import Span

LONGEST_EXACT: Final = 200
"""Characters of a quotation that is written out; of a longer one only how it begins and ends."""
EDGE_WORDS: Final = 4
MOST_WORDS: Final = 16
"""Words that a start, an end, a prefix or a suffix may grow to."""
_LONGEST_LINE: Final = 2_000
_WORD: Final = re.compile(r"\S+")
_LINE: Final = re.compile(r"[^\n]+")
_EDGE: Final = re.compile(r"[\W_]")
_SPACES: Final = "\t\n\r\x0b\x0c\u00a0\u2028\u2029"


def link_to(address: str | None, text: str, spans: Sequence[Span]) -> str | None:
    """Return the address with a fragment for each of the spans; None where the address is none of a page.

    >>> link_to("https://orrin.example/levy", "No levy, she said.", [Span(0, 7)])
    'https://orrin.example/levy#:~:text=No%20levy'
    """
    try:
        if address is None or urlsplit(address).scheme.lower() not in ("http", "https"):
            return None
    except ValueError:
        return None
    directives = [f"text={each}" for each in (fragment_of(text, span) for span in spans) if each]
    if not directives:
        return address
    before, _, anchor = address.partition("#")
    anchor = anchor.partition(":~:")[0]
    return f"{before}#{anchor}:~:{'&'.join(directives)}"


def fragment_of(text: str, span: Span) -> str | None:
    """Return the text directive that leads to a span, percent-encoded; None for a span without a word.

    >>> fragment_of("He said no. She said no.", Span(21, 23))
    'She%20said-,no'
    """
    lines = [_trim(text, Span(*found.span())) for found in _LINE.finditer(text, *span)]
    lines = [line for line in lines if line.size]
    if not lines:
        return None
    page = _Page(text)
    whole = Span(lines[0].start, lines[-1].end)
    if len(lines) == 1 and whole.size <= LONGEST_EXACT:
        parts: tuple[Span, ...] = (whole,)
    else:
        choices = list(_edges(text, lines))
        parts = next((each for each in choices if page.fits_once(each)), choices[-1])
    return _written(text, parts, _surroundings(page, parts))


def _trim(text: str, span: Span) -> Span:
    """Return a span without the marks and spaces at its ends: a match begins and ends with a word."""
    start, end = span
    while start < end and _EDGE.match(text[start]):
        start += 1
    while start < end and _EDGE.match(text[end - 1]):
        end -= 1
    return Span(start, end)


def _edges(text: str, lines: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Yield how a long quotation begins and how it ends, in ever more words."""
    first, last = ([Span(*found.span()) for found in _WORD.finditer(text, *line)] for line in (lines[0], lines[-1]))
    # Of a quotation in one paragraph the beginning and the end must not meet.
    most = max(1, len(first) // 2) if len(lines) == 1 else MOST_WORDS
    for count in range(EDGE_WORDS, MOST_WORDS + 1, 4):
        begin, close = min(count, most, len(first)), min(count, most, len(last))
        yield (
            _trim(text, Span(first[0].start, first[begin - 1].end)),
            _trim(text, Span(last[-close].start, last[-1].end)),
        )


def _surroundings(page: _Page, parts: Sequence[Span]) -> tuple[Span | None, Span | None]:
    """Return the prefix and the suffix that make the parts fit once; None where none is needed."""
    if page.fits_once(parts):
        return None, None
    text = page.text
    before = [Span(*found.span()) for found in _WORD.finditer(text, *_line_before(text, parts[0].start))]
    behind = [Span(*found.span()) for found in _WORD.finditer(text, *_line_behind(text, parts[-1].end))]
    prefix: Span | None = None
    suffix: Span | None = None
    for count in range(2, MOST_WORDS + 1, 2):
        if before:
            prefix = Span(before[-min(count, len(before))].start, before[-1].end)
        if page.fits_once(parts, prefix):
            return prefix, None
        if behind:
            suffix = Span(behind[0].start, behind[min(count, len(behind)) - 1].end)
        if page.fits_once(parts, prefix, suffix):
            break
    return prefix, suffix


# Only white space may stand between a prefix and the start, or the end and a suffix: both keep their marks. Both are of
# one paragraph, which need not be that of the quotation.


def _line_before(text: str, start: int) -> tuple[int, int]:
    end = start
    while end > 0 and text[end - 1].isspace():
        end -= 1
    begin = text.rfind("\n", 0, end) + 1
    return max(begin, end - _LONGEST_LINE), end


def _line_behind(text: str, end: int) -> tuple[int, int]:
    begin = end
    while begin < len(text) and text[begin].isspace():
        begin += 1
    close = text.find("\n", begin)
    return begin, min(len(text) if close < 0 else close, begin + _LONGEST_LINE)


class _Page:
    """A text as a browser looks through it: without regard to case and to kinds of white space."""

    def __init__(self, text: str) -> None:
        self.text = text
        flat = text
        for space in _SPACES:  # `str.translate` takes 250 times as long: 0.5 ms for 6,000 characters
            flat = flat.replace(space, " ")
        lower = flat.lower()
        self._flat = lower if len(lower) == len(text) else flat  # "İ" has two characters in lower case

    def fits_once(self, parts: Sequence[Span], prefix: Span | None = None, suffix: Span | None = None) -> bool:
        """Tell whether a fragment of one or two parts leads to these and to nothing else."""
        start, end = parts[0], parts[-1]
        first = self._between(prefix or start, start if len(parts) > 1 else suffix or start)
        if len(list(islice(self._find(first, 0), 2))) > 1:
            return False
        # The first end behind the start must be ours.
        return len(parts) == 1 or next(self._find(self._between(end, suffix or end), start.end), None) == end.start

    def _between(self, first: Span, last: Span) -> str:
        return self._flat[first.start : last.end]

    def _find(self, words: str, start: int) -> Iterator[int]:
        """Yield where words stand by themselves."""
        while (place := self._flat.find(words, start)) >= 0:
            if not (self._is_in_word(place) or self._is_in_word(place + len(words))):
                yield place
            start = place + 1

    def _is_in_word(self, place: int) -> bool:
        """Tell whether a place has a letter or a digit on both sides."""
        return 0 < place < len(self._flat) and self._flat[place - 1].isalnum() and self._flat[place].isalnum()


def _written(text: str, parts: Sequence[Span], around: tuple[Span | None, Span | None]) -> str:
    prefix, suffix = around
    written = [_encode(text, part) for part in parts]
    if prefix is not None:
        written.insert(0, f"{_encode(text, prefix)}-")
    if suffix is not None:
        written.append(f"-{_encode(text, suffix)}")
    return ",".join(written)


def _encode(text: str, span: Span) -> str:
    # `-`, `,` and `&` mean something in a fragment; quote() leaves the first as it is.
    return quote(" ".join(span.of(text).split()), safe="", errors="replace").replace("-", "%2D")
