"""Whether two names of speakers are those of one, as far as the names alone tell."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

from onrecord.record.querying import fold_word, parse_query
from onrecord.wordlists import word_set

GivenTo = Literal["same", "other", "unnamed"]
"""To whom an utterance is given: the same speaker, another one, or somebody without a name in one place or both."""
KEPT: Final = 10_000
"""Names of which the words are kept in memory: reports side by side compare each speaker with each."""
_UNNAMED: Final = word_set(
    "he she they it who that which i we you him her them his their another some others one officials sources"
)
_TITLES: Final = word_set(
    "mr mrs ms miss dr sen senator rep representative gov governor president secretary minister prime former "
    "candidate chancellor justice judge lord lady sir"
)


def same_name(one: str | None, other: str | None) -> bool | None:
    """Tell whether two speakers are the same; None where one of them is no name.

    >>> same_name("Sen. Ada Quill", "Quill"), same_name("Ada Quill", "Tom Quill"), same_name("she", "Ada Quill")
    (True, False, None)
    """
    mine, theirs = _parts(one), _parts(other)
    if mine is None or theirs is None:
        return None
    if mine[-1] != theirs[-1]:
        return False
    return set(mine) <= set(theirs) or set(theirs) <= set(mine)


def given_to(one: str | None, other: str | None) -> GivenTo:
    """Tell to whom an utterance of one speaker is given elsewhere.

    >>> given_to("Sen. Ada Quill", "Quill"), given_to("Ada Quill", "Tom Quill"), given_to("she", "Ada Quill")
    ('same', 'other', 'unnamed')
    """
    same = same_name(one, other)
    return "unnamed" if same is None else "same" if same else "other"


@lru_cache(maxsize=KEPT)
def _parts(name: str | None) -> tuple[str, ...] | None:
    terms = parse_query(name or "").terms
    words = [fold_word(word) for term in terms for word in term.words if word not in {"s", *_TITLES}]
    if not words or len(words) > 5 or not any(part[:1].isupper() for part in (name or "").split()):
        return None
    return None if words[0] in _UNNAMED else tuple(words)
