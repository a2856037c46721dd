"""Finding words that somebody typed in a document's text, as the report writes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
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
    """Return where words stand in a text, of several places the one nearest to an offset.

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
    found = [Span(*match.span()) for match in islice(_pattern(words).finditer(text), most)]
    if not found:
        raise BadChange("is not in the report", where=f"'{words}'", advice=advice)
    return found


def _locate_one(text: str, words: str) -> Span:
    found = _find(text, words, MOST_PLACES + 1, advice="copy the words from it, or give --span")
    if len(found) > 1:
        raise BadChange(
            f"is in several places: {_show(text, found)}", where=f"'{words}'", advice="give one as --span START-END"
        )
    return found[0]


def _pattern(words: str) -> re.Pattern[str]:
    """Return a pattern of literal characters and white space, linear in the text."""
    letters = (f"[{_MARKS}]" if letter in _MARKS else re.escape(letter) for letter in " ".join(words.split()))
    return re.compile("".join(letters).replace(re.escape(" "), r"\s+"))


def _show(text: str, found: Sequence[Span]) -> str:
    shown = [
        f"{place.start}-{place.end} ({' '.join(text[max(0, place.start - CONTEXT) : place.end + CONTEXT].split())})"
        for place in found[:MOST_PLACES]
    ]
    return "; ".join(shown) + ("; and more" if len(found) > MOST_PLACES else "")
