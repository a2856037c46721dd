"""Addresses that lead to the very words: text fragments (``#:~:text=``), as the WICG's "URL Fragment Text Directives" has them.

A browser looks for ``[prefix-,]start[,end][,-suffix]`` from the top of the page, without regard to case, and shows the
first match. So a fragment is made longer, and given what stands before and behind, until only the words themselves fit
it in the text that was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote, urlsplit

from onrecord.document import Span

LONGEST_EXACT: Final = 200
"""Characters of a quotation that is written out; of a longer one only how it begins and ends."""
EDGE_WORDS: Final = 4
MOST_WORDS: Final = 16
"""Words that a start, an end, a prefix or a suffix may grow to."""
_WORD: Final = re.compile(r"\S+")
_LINE: Final = re.compile(r"[^\n]+")
_EDGE: Final = re.compile(r"[\W_]")
_BOUND: Final = r"(?<!\w)"


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
    whole = Span(lines[0].start, lines[-1].end)
    if len(lines) == 1 and whole.size <= LONGEST_EXACT:
        return _written(text, (whole,), _surrounded(text, (whole,)))
    edges = next(each for each in _edges(text, lines) if _fits_once(text, each) or each[2])
    return _written(text, edges[:2], _surrounded(text, edges[:2]))


def _trim(text: str, span: Span) -> Span:
    """Return a span without the marks and spaces at its ends: a match begins and ends with a word."""
    start, end = span
    while start < end and _EDGE.match(text[start]):
        start += 1
    while start < end and _EDGE.match(text[end - 1]):
        end -= 1
    return Span(start, end)


def _edges(text: str, lines: Sequence[Span]) -> Iterator[tuple[Span, Span, bool]]:
    """Yield how a long quotation begins and how it ends, in ever more words; True with the last ones."""
    first, last = ([Span(*found.span()) for found in _WORD.finditer(text, *line)] for line in (lines[0], lines[-1]))
    for count in range(EDGE_WORDS, MOST_WORDS + 1, 4):
        # Of a quotation in one paragraph the beginning and the end must not meet.
        most = len(first) // 2 if len(lines) == 1 else count
        begin = _trim(text, Span(first[0].start, first[min(count, len(first), max(most, 1)) - 1].end))
        close = _trim(text, Span(last[-min(count, len(last), max(most, 1))].start, last[-1].end))
        yield begin, close, count + 4 > MOST_WORDS


def _fits_once(text: str, edges: tuple[Span, Span, bool]) -> bool:
    return len(_places(text, edges[:2])) == 1


def _surrounded(text: str, parts: Sequence[Span]) -> tuple[Span | None, Span | None]:
    """Return the prefix and the suffix that make the parts fit once; None where none is needed."""
    if len(_places(text, parts)) < 2:
        return None, None
    before = [Span(*found.span()) for found in _WORD.finditer(text, *_line_before(text, parts[0].start))]
    behind = [Span(*found.span()) for found in _WORD.finditer(text, *_line_behind(text, parts[-1].end))]
    prefix: Span | None = None
    suffix: Span | None = None
    for count in range(2, MOST_WORDS + 1, 2):
        if before:
            prefix = Span(before[-min(count, len(before))].start, before[-1].end)
        if len(_places(text, parts, prefix)) < 2:
            return prefix, None
        if behind:
            suffix = Span(behind[0].start, behind[min(count, len(behind)) - 1].end)
        if len(_places(text, parts, prefix, suffix)) < 2:
            break
    return prefix, suffix


# Only white space may stand between a prefix and the start, or the end and a suffix: both keep their marks. Both are of
# one paragraph, which need not be that of the quotation.


def _line_before(text: str, start: int) -> tuple[int, int]:
    end = len(text[max(0, start - 1_000) : start].rstrip()) + max(0, start - 1_000)
    return text.rfind("\n", 0, end) + 1, end


def _line_behind(text: str, end: int) -> tuple[int, int]:
    begin = end
    while begin < len(text) and text[begin].isspace():
        begin += 1
    line_end = text.find("\n", begin)
    return begin, len(text) if line_end < 0 else line_end


def _places(text: str, parts: Sequence[Span], prefix: Span | None = None, suffix: Span | None = None) -> list[int]:
    """Return where a browser could begin a match, two at most; nothing but literals and white space is looked for."""
    start, *rest = (_pattern(text, part) for part in parts)
    before = rf"{_pattern(text, prefix)}\s*" if prefix else ""
    behind = rf"\s*{_pattern(text, suffix)}" if suffix else ""
    pattern = re.compile(rf"{'' if prefix else _BOUND}{before}{start}(?!\w){'' if rest else behind}", re.IGNORECASE)
    found = []
    for match in pattern.finditer(text):
        if rest and not re.compile(rf"(?<!\w){rest[0]}(?!\w){behind}", re.IGNORECASE).search(text, match.end()):
            break  # nor is there an end behind any later start
        found.append(match.start())
        if len(found) == 2:
            break
    if rest and len(found) == 1:  # the first end behind the start must be ours
        end = re.compile(rf"(?<!\w){rest[0]}(?!\w){behind}", re.IGNORECASE).search(text, parts[0].end)
        if end is None or end.start() != parts[1].start:
            found.append(parts[1].start)
    return found


def _pattern(text: str, span: Span) -> str:
    return r"\s+".join(map(re.escape, span.of(text).split()))


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
