"""Lists of words, written as one string, and what is known of words, looked up once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar

Known = TypeVar("Known")

REMEMBERED: Final = 16_384
"""Words of which a function remembers what it said: those of some 150 reports, so that in a stream of them every tenth
word is looked up anew, of 4,096 every fifth; the full tables of all functions hold 28 megabytes."""
LONGEST: Final = 60
"""Code points of the longest word that is remembered, so that no text can fill the memory with words of its own."""


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a list, which white space parts.

    >>> sorted(word_set("will would"))
    ['will', 'would']
    """
    return frozenset(listed.split())


def remembered(look_up: Callable[[str], Known]) -> Callable[[str], Known]:
    """Remember what a pure function says of words; a table that is full is begun anew."""
    known: dict[str, Known] = {}  # half as dear as functools.lru_cache and a look at each word's length before it

    @wraps(look_up)
    def looked_up(word: str) -> Known:
        try:
            return known[word]
        except KeyError:
            pass
        said = look_up(word)
        if len(word) <= LONGEST:
            if len(known) >= REMEMBERED:
                known.clear()
            known[word] = said
        return said

    return looked_up
