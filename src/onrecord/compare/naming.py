"""Whether two names of speakers are those of one, as far as the names alone tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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


def fullest_names(names: Iterable[str]) -> dict[str, str]:
    """Return for each name the fullest one that is the same speaker's: itself where none is, or several people's are.

    What is no name is left out.

    >>> fullest_names(["Quill", "Sen. Ada Quill", "Ada Quill"])
    {'Quill': 'Sen. Ada Quill', 'Sen. Ada Quill': 'Sen. Ada Quill', 'Ada Quill': 'Sen. Ada Quill'}
    >>> fullest_names(["Renn", "Ivo Renn", "Tom Renn"])
    {'Renn': 'Renn', 'Ivo Renn': 'Ivo Renn', 'Tom Renn': 'Tom Renn'}
    """
    shown: dict[frozenset[str], str] = {}
    of_surname: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    words: dict[str, tuple[str, frozenset[str]]] = {}
    for name in dict.fromkeys(names):
        parts = _parts(name)
        if parts is None:
            continue
        words[name] = parts[-1], frozenset(parts)
        if words[name][1] not in shown:
            of_surname[parts[-1]].append(words[name][1])
        shown[words[name][1]] = max(name, shown.get(words[name][1], ""), key=lambda each: (len(each), each))
    whole = {
        surname: [one for one in each if not any(one < other for other in each)] for surname, each in of_surname.items()
    }
    return {name: _fullest(own, whole[surname], shown) for name, (surname, own) in words.items()}


def _fullest(own: frozenset[str], whole: Sequence[frozenset[str]], shown: Mapping[frozenset[str], str]) -> str:
    meant = [each for each in whole if own <= each]
    return shown[meant[0] if len(meant) == 1 else own]


@lru_cache(maxsize=KEPT)
def _parts(name: str | None) -> tuple[str, ...] | None:
    terms = parse_query(name or "").terms
    words = [fold_word(word) for term in terms for word in term.words if word not in {"s", *_TITLES}]
    if not words or len(words) > 5 or not any(part[:1].isupper() for part in (name or "").split()):
        return None
    return None if words[0] in _UNNAMED else tuple(words)
