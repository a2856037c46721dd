"""Finding words that somebody typed in a document's text, as the report writes them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import islice
from operator import itemgetter
from typing import Final

from onrecord.document import Span
from onrecord.errors import BadChange

JOINT: Final = " … "
"""What stands between the pieces of a content where it is shown."""
MOST_CHARACTERS: Final = 20_000
MOST_PLACES: Final = 5
CONTEXT: Final = 30
_MARKS: Final = "\"“”„«»'‘’‚‹›"


def locate(text: str, words: str) -> tuple[Span, ...]:
    r"""Return where words stand in a text, without regard to white space and the kind of quotation marks.

    >>> locate("He said “no, \nnever” twice.", '"no, never"')
    (Span(start=8, end=20),)

    Args:
        text: of the document.
        words: as typed; pieces that the text interrupts stand apart by `` … ``.

    Raises:
        BadChange: they are not in the text, or in several places, which are named.
    """
    return tuple(sorted(_locate_one(text, piece) for piece in _cut(words)))


def locate_near(text: str, words: str, near: int) -> tuple[Span, ...]:
    """Return where words stand in a text, of several places the one nearest to an offset; whole words before parts.

    >>> locate_near("No, she said. No, he said.", "no", 0)
    Traceback (most recent call last):
    ...
    onrecord.errors.BadChange: 'no': is not in the report; copy the words from it
    >>> locate_near("No, she said. No, he said.", "No", 20)
    (Span(start=14, end=16),)

    Args:
        text: of the document.
        words: as typed; pieces that the text interrupts stand apart by `` … ``.
        near: an offset in the text.

    Raises:
        BadChange: they are not in the text.
    """
    pieces = _cut(words)
    return tuple(sorted(min(_find(text, piece), key=lambda place: _distance(place, near)) for piece in pieces))


def locate_beside(
    text: str, words: str, beside: Sequence[str], taken: Collection[tuple[Span, ...]] = ()
) -> tuple[tuple[Span, ...], list[tuple[Span, ...]]]:
    """Return where words stand in a text, and other words beside them.

    Of several places the one is meant that has the other words nearest; of those that are as near, the first that is
    not taken.

    >>> locate_beside("No, she said. No, he said.", "No", ["he", ""])
    ((Span(start=14, end=16),), [(Span(start=18, end=20),), ()])

    Args:
        text: of the document.
        words: as typed; pieces that the text interrupts stand apart by `` … ``.
        beside: the other words, each empty or like ``words``.
        taken: places that are meant only where there are no others.

    Raises:
        BadChange: words are not in the text.
    """
    pieces = [_find(text, piece) for piece in _cut(words)]
    others = [[_find(text, piece) for piece in _cut(each)] if each.strip() else [] for each in beside]
    best = None
    for first in pieces[0]:
        content = tuple(sorted(_nearest(places, [first]) if places is not pieces[0] else first for places in pieces))
        found = [tuple(sorted(_nearest(places, content) for places in each)) for each in others]
        gaps = sum(_gap(place, content) for each in found for place in each)
        if best is None or (gaps, content in taken) < best[0]:
            best = (gaps, content in taken), content, found
    assert best is not None  # `_find` found a place, or raised.
    return best[1], best[2]


def _nearest(places: Sequence[Span], around: Sequence[Span]) -> Span:
    """Return the place, of those in the order of the text, with the smallest gap to one of some spans, outside them."""
    after = [bisect_left(places, edge, key=itemgetter(0)) for span in around for edge in span]
    beside = [places[at] for at in sorted({*after, *(at - 1 for at in after)}) if 0 <= at < len(places)]
    outside = [place for place in beside if all(place.end <= span.start or span.end <= place.start for span in around)]
    return min(outside or beside, key=lambda place: _gap(place, around))


def _gap(place: Span, around: Sequence[Span]) -> int:
    return min(max(place.start - span.end, span.start - place.end, 0) for span in around)


def _distance(place: Span, near: int) -> int:
    return max(place.start - near, near - place.end, 0)


def _cut(words: str) -> list[str]:
    pieces = [piece.strip() for piece in words.split(JOINT) if piece.strip()]
    if not pieces or len(words) > MOST_CHARACTERS:
        raise BadChange(
            f"no words, or more than {MOST_CHARACTERS:,} characters",
            where=words[:CONTEXT],
            advice="copy words of the report",
        )
    return pieces


def _find(text: str, words: str, most: int | None = None, *, advice: str = "copy the words from it") -> list[Span]:
    """Return the places of words; those within longer words ("he" in "the") only where there are no others."""
    for pattern in (_whole(words), _pattern(words)):
        found = [Span(*match.span()) for match in islice(re.finditer(pattern, text), most)]
        if found:
            return found
    raise BadChange("is not in the report", where=f"'{words}'", advice=advice)


def _locate_one(text: str, words: str) -> Span:
    found = _find(text, words, MOST_PLACES + 1, advice="copy the words from it, or give --span")
    if len(found) > 1:
        raise BadChange(
            f"is in several places: {_show(text, found)}", where=f"'{words}'", advice="give one as --span START-END"
        )
    return found[0]


def _pattern(words: str) -> str:
    """Return a pattern of literal characters and white space, linear in the text."""
    letters = (f"[{_MARKS}]" if letter in _MARKS else re.escape(letter) for letter in " ".join(words.split()))
    return "".join(letters).replace(re.escape(" "), r"\s+")


def _whole(words: str) -> str:
    """Return the same pattern, of words that neither begin nor end within a longer one."""
    before = r"(?<!\w)" if re.match(r"\w", words) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", words) else ""
    return f"{before}{_pattern(words)}{after}"


def _show(text: str, found: Sequence[Span]) -> str:
    shown = [
        f"{place.start}-{place.end} ({' '.join(text[max(0, place.start - CONTEXT) : place.end + CONTEXT].split())})"
        for place in found[:MOST_PLACES]
    ]
    return "; ".join(shown) + ("; and more" if len(found) > MOST_PLACES else "")
