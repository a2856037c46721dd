"""Lists of words, written as one string, and what is known of words, looked up once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeVar

Known = TypeVar("Known")

REMEMBERED: Final = 4_096
"""Words of which a function remembers what it said: most of a report's come again; about a megabyte a function."""
LONGEST: Final = 60
"""Code points of the longest word that is remembered, so that no text can fill the memory with words of its own."""


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a list, which white space parts.

    >>> sorted(word_set("will would"))
    ['will', 'would']
    """
    return frozenset(listed.split())


def remembered(look_up: Callable[[str], Known]) -> Callable[[str], Known]:
    """Remember what a pure function says of words."""
    remember = lru_cache(maxsize=REMEMBERED)(look_up)

    @wraps(look_up)
    def looked_up(word: str) -> Known:
        return remember(word) if len(word) <= LONGEST else look_up(word)

    return looked_up
