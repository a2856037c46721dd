"""Lists of words, written as one string."""

from __future__ import annotations


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a list, which white space parts.

    >>> sorted(word_set("will would"))
    ['will', 'would']
    """
    return frozenset(listed.split())
