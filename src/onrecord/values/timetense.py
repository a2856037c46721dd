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
    """will 'll shall would wo scheduled expected expects expect slated due plans planning plan planned upcoming going
    poised likely hopes vows pledges promises intends prepares preparing gearing heads heading faces awaits until"""
)
_MODALS: Final = word_set("will 'll shall would wo can may might could should must")
# "Could vote", "could have an end"; but "could not be reached", "could have voted".
_PERHAPS: Final = word_set("could should can may might")
# Of what somebody does, or has: "plans to vote"; "announced plans".
_NOUNS: Final = word_set("plans plan hopes vows pledges promises")
# What they ask for "by Friday" is to come.
_ASKED: Final = word_set(
    "asked ordered demanded requested told gave urged required agreed promised pledged vowed invited given"
)
# Their past is their present, or they are more often something else.
_NOT_PAST: Final = word_set(
    """set put cut let hit read cost need shed split spread bet bid quit shut thrust rid united wed fed indeed feed
    speed seed hundred sacred naked wicked bound needed"""
)
_PRESENT: Final = word_set("am are 're 'm have 've do does begun has become come run")
_PAST: Final = frozenset(
    form
    for form, lemma in IRREGULAR.items()
    if lemma != "criterion" and not form.endswith(("ing", "s")) and form not in _NOT_PAST | _PRESENT
) | word_set(
    "said told was were had did went took left found led met won lost held sent made gave ran came saw kept died"
)
_STOPS: Final = frozenset('.!?;:“”"')
FAR: Final = 24
"""Tokens looked at on each side: longer than nearly every clause."""
_NEAR: Final = 9
"""Tokens behind "could" and its like that they still tell of."""
_AHEAD_OF: Final = 7
"""Tokens between "ahead" and what it is ahead of: "of the state's caucuses on"."""
_BESIDE: Final = 4
"""Words between "be" and its participle that are looked at: "be swiftly and fully counted" has more, and is rare."""
_BEHIND: Final = frozenset({"since", "after", "following", "last", "past"})


def tense_around(words: Sequence[str], capital: Sequence[bool], start: int, end: int, far: int = FAR) -> Tense:
    """Return the tense that the words around the tokens ``[start, end)`` mark; None where nothing does.

    >>> words = "the senate will vote on thursday".split()
    >>> tense_around(words, [False] * 6, 5, 6)
    'future'
    """
    said = _by_preposition(words, start)
    if said is not None:
        return said
    for index in range(start - 1, max(-1, start - far), -1):
        if words[index] in _STOPS and not _abbreviates(words, index):
            break
        if words[index] in _PERHAPS and not capital[index] and _is_ahead(words, index, start):
            return "future"
        if words[index] == "ahead" and words[index + 1] == "of" and start - index <= _AHEAD_OF:
            return "future"
        tense = _tense_at(words, capital, index)
        if tense is not None:
            return "future" if _asks_for(words, index, start) else tense
    for index in range(end, min(len(words), end + far)):
        if words[index] in _STOPS and not _abbreviates(words, index):
            break
        tense = _tense_at(words, capital, index)
        if tense is not None:
            return tense
    return None


def _asks_for(words: Sequence[str], index: int, start: int) -> bool:
    """Tell "asked them for an answer by Friday" from "had risen by Friday"."""
    return words[index] in _ASKED and words[start - 1] == "by" and words[index - 1 : index] != ["had"]


def _tense_at(words: Sequence[str], capital: Sequence[bool], index: int) -> Tense:
    """Return the tense that a word marks together with those beside it: "be counted" is to come, "set off" was."""
    word, before = words[index], words[index - 1] if index else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    if word == "set":
        return "future" if after in {"to", "for"} or not index else None  # "Set up a call on Monday"
    tense = _tense_of(word, capitalised=capital[index])
    if tense == "future" and word in _NOUNS and _tense_of(before, capitalised=False) == "past":
        return "past"
    if tense == "past" and word.endswith("ed") and before in {"a", "an"}:
        return None  # "a contested vote in July"
    if tense == "past" and _is_to_be(words, index):
        return "future"
    return tense


def _is_ahead(words: Sequence[str], index: int, start: int) -> bool:
    """Tell whether "could" and its like look ahead: "could vote", "could have an end", not "could have voted"."""
    if start - index > _NEAR or words[index + 1] in {"not", "n", "n't", "'t"}:
        return False
    if words[index + 1] != "have":
        return True
    return index + 2 < start and words[index + 2] != "been" and _tense_of(words[index + 2], capitalised=False) != "past"


def _is_to_be(words: Sequence[str], index: int) -> bool:
    """Tell whether a participle is of what is to come: "will be counted", "is to be counted", not "had to be freed"."""
    place = index - 1
    while place > 0 and index - place < _BESIDE and (words[place] == "also" or words[place].endswith("ly")):
        place -= 1
    if place < 1 or words[place] != "be":
        return False
    before = words[place - 1]
    return before in _MODALS or (before == "to" and words[max(0, place - 2)] not in {"had", "was", "were"})


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
    """Tell whether a stop belongs to the word before it ("Sen.", "Nov.", "J.")."""
    return words[index] == "." and index > 0 and (len(words[index - 1]) == 1 or words[index - 1] in _ABBREVIATIONS)


_ABBREVIATIONS: Final = word_set(
    """sen sens rep reps gov govs mr mrs ms dr gen lt col sgt capt maj cpl adm st jr sr rev hon pres prof atty vs inc co
    corp ltd no dist sec jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri ala ariz ark
    calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash
    wis wyo ft mt am pm"""
)
