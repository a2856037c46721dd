"""Pull quotes: words of the story set large in its midst, where they stand between others' words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from onrecord.document import Span, Zone

WORD: Final = re.compile(r"\w+")
MOST: Final = 50
"""Pull quotes that are looked at, so that a page of nothing else stays linear; an article has one to five."""


def repeated_pullquotes(text: str, zones: Sequence[Zone]) -> list[Span]:
    """Return the pull quotes whose words stand in the story too, by start.

    >>> text = "She won. We go. He said: “We go.” They went."
    >>> parts = [("body", 0, 8), ("pullquote", 9, 15), ("body", 16, 44)]
    >>> zones = [Zone(kind=kind, start=start, end=end) for kind, start, end in parts]
    >>> [span.of(text) for span in repeated_pullquotes(text, zones)]
    ['We go.']
    """
    quotes = list(islice((zone.span for zone in zones if zone.kind == "pullquote"), MOST))
    if not quotes:
        return []
    story = " | ".join(_words(text, zone.span) for zone in zones if zone.kind in ("body", "blockquote"))
    return [quote for quote in quotes if (words := _words(text, quote)) and f" {words} " in f" {story} "]


def _words(text: str, span: Span) -> str:
    return " ".join(WORD.findall(text, span.start, span.end))
