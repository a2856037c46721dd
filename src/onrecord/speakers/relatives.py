"""Whom "who", "which" and "that" stand behind: "political opponents on the left, who" are opponents, not the left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.attribution.cuewords import Word, words_in
from onrecord.document import Span
from onrecord.speakers.headnouns import look_up
from onrecord.speakers.nounphrases import ARTICLES, OPENS_TIME, STOPS, is_name, phrase_before
from onrecord.wordlists import word_set

MARKS: Final = " ,\n\u2014\u2013-(\"\u201d\u2019'"
APPOSED: Final = re.compile(
    r"""(?:[ ]\([^()\n]{1,30}\)|[ ]of(?:[ ][A-Z][\w.]{1,20}){1,3})?
    ,[ ](?:an?|the|his|her|its|their|one[ ]of|now|then|former)[ ]
    (?:[^,.;:!?\n\u201c\u201d"]|\.(?=\w|,)|,(?=[ ][A-Z])){1,140}""",
    re.VERBOSE,
)
"""What stands between a name and a relative pronoun: ", a star anchor at Orrin News," " of Orrin, the mayor,"."""
SOME: Final = word_set("those some others many few several most anyone everyone someone anybody everybody somebody")
BEHIND_NOUN: Final = word_set("on in at from for with within inside among")
"""Prepositions over which a description goes on: "those in the hall who"."""
RELATIVES: Final = word_set("who whom whose which that")
NO_PART: Final = word_set("of 's the all both half")
COUNTS: Final = word_set("two three four five six seven eight nine ten several many some dozens hundreds thousands")
SAYS: Final = word_set("said says told tells asked added")
"""Verbs that a phrase read back over them begins with: "said one source who"."""
SHORT: Final = 5
"""Words that a phrase behind "of" has at most."""
LONGEST_CLAUSE: Final = 140
CLAUSE: Final = re.compile(
    r"\s{1,3}(?:who|whose|with|in|from|on|at|\w{1,30}ing|\w{1,30}ed)\b[^.,;:?!\n\u2014\u201d\"()]*"
)
AND_MORE: Final = re.compile(r"\s(?:and (?:by|those|the)|is|are|was|were)\b")
"""What ends a participle's clause: the verb of the sentence, or what goes on beside it."""


def phrase_before_relative(text: str, start: int, end: int) -> Span | None:
    """Return the noun phrase that a relative pronoun at ``end`` stands right behind, searched from ``start`` on.

    >>> text = "a list of political opponents on the left, who"
    >>> phrase_before_relative(text, 0, 43).of(text)
    'political opponents on the left'
    """
    words = _before_first(words_in(text, start, start + len(text[start:end].rstrip(MARKS))))
    if not words:
        return None
    if words[-1].plain in SOME:
        return Span(words[-1].start, words[-1].end)
    span = phrase_before(words, len(words))
    first = len(words) if span is None else next(at for at, word in enumerate(words) if word.start >= span.start)
    if span is not None:
        first = after_verb(words, first)
        owner = _last_of(words) if text[end : end + 3].lower() == "who" and _means_document(words[first:]) else None
        if owner is not None:
            return owner
        if _means_people(words[first:]):
            return Span(words[_with_partner(words, first)].start, span.end)
    held = _holder(words, first)
    if held is None and (span is None or not _means_somebody(words[first:])):
        held = _last_of(words)
    return held or (Span(words[first].start, span.end) if span else _thing(words))


def _thing(words: Sequence[Word]) -> Span | None:
    """Return the noun phrase at the end of words that is nobody, but may be somebody's: "Ilven's remarks"."""
    if words[-1].plain in OPENS_TIME or words[-1].plain in ("another", "one", "ones"):
        return None
    for at in range(len(words) - 1, max(-1, len(words) - 2 - SHORT), -1):
        plain = words[at].plain
        if plain == "'s" and at:
            return Span(words[at - 1].start, words[-1].end)
        if plain in ARTICLES and at < len(words) - 1:
            return Span(words[at].start, words[-1].end)
        if plain in STOPS or not words[at].text[0].isalnum():
            return Span(words[after_verb(words, at + 1)].start, words[-1].end) if at < len(words) - 1 else None
    noun = look_up(words[-1].plain)
    return Span(words[-1].start, words[-1].end) if noun is not None and noun.plural else None


def is_apposition(between: str) -> bool:
    """Tell whether what stands between a name and a relative pronoun, a comma at least, only describes who is named.

    >>> is_apposition(", a star anchor at Orrin News "), is_apposition(" asked the mayor ")
    (True, False)
    """
    described = between.rstrip(MARKS)
    return APPOSED.fullmatch(described) is not None if described else between.startswith(",")


def _before_first(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words before the first of two relative clauses: "the men who fish and |who sail"."""
    if not words or words[-1].plain not in ("and", "but", "or"):
        return words
    earlier = [at for at, word in enumerate(words) if word.plain in RELATIVES]
    at = earlier[-1] if earlier else len(words) - 1
    while at and words[at - 1].text in MARKS:
        at -= 1
    return words[:at]


def after_verb(words: Sequence[Word], first: int) -> int:
    """Return where a phrase begins that was read back over a verb: "consolidate the voters"."""
    for at in range(len(words) - 1, first, -1):
        if words[at].plain in ARTICLES | COUNTS and words[at - 1].plain not in NO_PART | ARTICLES:
            return at
    while first < len(words) - 1 and words[first].plain.endswith(("ing", "ly")) and words[first].text[0].islower():
        first += 1
    if first < len(words) - 1 and (words[first].plain in SAYS or _is_infinitive(words, first)):
        first += 1
    return first


def _is_infinitive(words: Sequence[Word], first: int) -> bool:
    """Tell whether a phrase begins with a verb: "to |persuade Ilven's supporters", not "to wealthy Belvar citizens"."""
    behind_to = first > 0 and words[first - 1].plain == "to"
    owned = [word.plain for word in words[first + 2 : first + 3]] in (["'s"], ["'"], ["’"])
    return behind_to and words[first].text[0].islower() and is_name(words[first + 1]) and owned


def _with_partner(words: Sequence[Word], first: int) -> int:
    """Return where a phrase begins that "and" ties to another of its kind: "|activists and intellectuals"."""
    if first < 2 or words[first - 1].plain != "and" or is_name(words[first]):
        return first
    noun = look_up(words[first - 2].plain)
    if noun is None or not noun.plural or noun.category not in ("person", "group"):
        return first
    partner = phrase_before(words, first - 1)
    if partner is None:
        return first
    return after_verb(words[: first - 1], next(at for at, word in enumerate(words) if word.start >= partner.start))


def _holder(words: Sequence[Word], first: int) -> Span | None:
    """Return the description that goes on over a preposition to a place or thing: "opponents on the left"."""
    before = first - 1
    if before < 1 or words[before].plain not in BEHIND_NOUN:
        return None
    if words[before - 1].plain in SOME:
        return Span(words[before - 1].start, words[-1].end)
    span = phrase_before(words, before)
    if span is None:
        return None
    inner = _last_of(words[:before])
    if inner is not None:
        return Span(inner.start, words[-1].end)
    start = next(at for at, word in enumerate(words) if word.start >= span.start)
    start = after_verb(words[:before], start)
    return Span(words[start].start, words[-1].end) if _means_somebody(words[start:before]) else None


def _last_of(words: Sequence[Word]) -> Span | None:
    """Return what stands behind the last "of" of a phrase, if that is somebody: "the ire of lawmakers"."""
    for at in range(len(words) - 2, max(-1, len(words) - 2 - SHORT), -1):
        if words[at].plain == "of":
            return Span(words[at + 1].start, words[-1].end) if _means_somebody(words[at + 1 :]) else None
        if words[at].plain in STOPS:
            return None
    return None


def _means_people(words: Sequence[Word]) -> bool:
    """Tell whether the head of a phrase is a name, or a noun for people: "the left" is no one in person."""
    noun = look_up(_head(words).text)
    return is_name(_head(words)) or (noun is not None and (noun.category == "person" or noun.plural))


def _means_document(words: Sequence[Word]) -> bool:
    """Tell whether the head of a phrase is something written: whoever stands behind "who" is not."""
    noun = look_up(_head(words).text)
    return noun is not None and noun.category == "document"


def _head(words: Sequence[Word]) -> Word:
    plain = [word.plain for word in words]
    return words[plain.index("of") - 1] if "of" in plain[1:] else words[-1]


def _means_somebody(words: Sequence[Word]) -> bool:
    """Tell whether the head of a phrase is a name, or a noun for people or bodies."""
    noun = look_up(_head(words).text)
    if noun is not None:
        return noun.category in ("person", "group", "organization", "country")
    return is_name(_head(words))


def clause_behind(text: str, those: Span, end: int) -> int | None:
    """Return where the clause ends that says who "those" are; None where none follows.

    >>> text = "those who were there, and left"
    >>> text[: clause_behind(text, Span(0, 5), len(text))]
    'those who were there'
    """
    match = CLAUSE.match(text, those.end, min(end, those.end + LONGEST_CLAUSE))
    if match is None:
        return None
    who = text.startswith("who", those.end + 1)
    stop = None if who else AND_MORE.search(text, match.start() + 1, match.end())
    return stop.start() if stop else match.start() + len(match.group().rstrip())
