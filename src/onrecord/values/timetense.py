"""Whether the clause around an expression tells of what was, or of what is to be.

No tagger: the nearest word before the expression (then after it) that marks tense decides. In 150 labelled
expressions of news that is enough for weekdays; see docs/explanation/times.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from onrecord.attribution.inflection import IRREGULAR
from onrecord.wordlists import word_set

Tense = Literal["past", "future"] | None

_FUTURE: Final = word_set(
    """will 'll shall would wo scheduled expected expects expect set slated due plans planning plan upcoming going
    poised likely hopes vows pledges promises intends prepares preparing gearing heads heading faces awaits until"""
)
# Their past is their present, or they are more often something else.
_NOT_PAST: Final = word_set(
    """set put cut let hit read cost need shed split spread bet bid quit shut thrust rid united wed fed indeed feed
    speed seed hundred sacred naked wicked bound"""
)
_PRESENT: Final = word_set("am are 're 'm have 've do does begun has become come run")
_PAST: Final = frozenset(
    form
    for form, lemma in IRREGULAR.items()
    if lemma != "criterion" and not form.endswith(("ing", "s")) and form not in _NOT_PAST | _PRESENT
) | word_set("said told was were had did went took left found led met won lost held sent made gave ran came saw kept")
_STOPS: Final = frozenset('.!?;:“”"')
_FAR: Final = 24
"""Tokens looked at on each side: longer than nearly every clause."""
_BEHIND: Final = frozenset({"since", "after", "following", "last", "past"})


def tense_around(words: Sequence[str], capital: Sequence[bool], start: int, end: int) -> Tense:
    """Return the tense that the words around the tokens ``[start, end)`` mark; None where nothing does.

    >>> words = "the senate will vote on thursday".split()
    >>> tense_around(words, [False] * 6, 5, 6)
    'future'
    """
    said = _by_preposition(words, start)
    if said is not None:
        return said
    for index in range(start - 1, max(-1, start - _FAR), -1):
        if words[index] in _STOPS and not _abbreviates(words, index):
            break
        tense = _tense_of(words[index], capitalised=capital[index])
        if tense is not None:
            return tense
    for index in range(end, min(len(words), end + _FAR)):
        if words[index] in _STOPS and not _abbreviates(words, index):
            break
        tense = _tense_of(words[index], capitalised=capital[index])
        if tense is not None:
            return tense
    return None


def _by_preposition(words: Sequence[str], start: int) -> Tense:
    """Tell what "ahead of", "until", "after" or "since" right before an expression says of it."""
    before = words[max(0, start - 3) : start]
    for index in range(len(before) - 1, -1, -1):
        word = before[index]
        if word in {"the", "of", "as", "soon", "a", "his", "her", "their", "its"}:
            continue
        if word == "ahead" or word in {"until", "till", "upcoming"}:
            return "future"
        return "past" if word in _BEHIND else None
    return None


def _tense_of(word: str, *, capitalised: bool) -> Tense:
    if word in _FUTURE:
        return "future"
    if capitalised:
        return "past" if word in {"said", "was", "were", "had", "told"} else None
    if word in _PAST or (word.endswith("ed") and len(word) > 4 and word not in _NOT_PAST):
        return "past"
    return None


def _abbreviates(words: Sequence[str], index: int) -> bool:
    """Tell whether a stop belongs to a short word before it ("Sen.", "Nov.", "J.")."""
    return words[index] == "." and index > 0 and len(words[index - 1]) <= 4 and words[index - 1] not in _SHORT_ENDS


_SHORT_ENDS: Final = word_set("it him her them us so do go was up out in on off too one two day said year week")
