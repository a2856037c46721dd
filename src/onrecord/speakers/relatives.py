"""Whom "who", "which" and "that" stand behind: "political opponents on the left, who" are opponents, not the left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.attribution.cuewords import Word, words_in
from onrecord.document import Span
from onrecord.speakers import register
from onrecord.speakers.headnouns import is_plural, look_up
from onrecord.speakers.nounphrases import (
    ARTICLES,
    DETERMINERS,
    MOST_WORDS,
    OPENS_TIME,
    STOPS,
    SUBJECT_PRONOUNS,
    head_of,
    is_name,
    phrase_before,
)
from onrecord.wordlists import word_set

DEMONYM: Final = re.compile(r"(?:ans?|ish|ese|ic|[aeiou]nos?|nas?|[a-z]i)\Z")
MARKS: Final = " ,\n\u2014\u2013-(\"\u201d\u2019'"
APPOSED: Final = re.compile(
    r"""(?:[ ]\([^()\n]{1,30}\))?(?:,[ ]\d{1,3})?
    (?:,?[ ](?:of|from)(?:[ ][A-Z][\w.]{1,20}){1,3}(?:,[ ][A-Z][\w.]{1,20}){0,2})?
    (?:,[ ](?:an?|the|his|her|its|their|one[ ]of|now|then|former)[ ]
    (?:[^,.;:!?\n\u201c\u201d"]|\.(?=\w|,)|,(?=[ ][A-Z])){1,140})?""",
    re.VERBOSE,
)
"""What stands between a name and a relative pronoun: ", 24, from Orrin", ", a star anchor at Orrin News"."""
SOME: Final = word_set("those some others many few several most anyone everyone someone anybody everybody somebody")
BEHIND_NOUN: Final = word_set(
    "on in at from for with within inside among around across near outside behind against during throughout under"
)
"""Prepositions over which a description goes on: "those in the hall who"."""
RELATIVES: Final = word_set("who whom whose which that")
NO_PART: Final = word_set("of 's the all both half")
COUNTS: Final = word_set("two three four five six seven eight nine ten several many some dozens hundreds thousands")
SAYS: Final = word_set("said says say told tells tell asked added")
"""Verbs that a phrase read back over them begins with: "said one source who"."""
MODALS: Final = word_set("will would can could may might must should cannot not n't 'll 'd")
AIMS: Final = word_set(
    """likely unlikely sure able unable ready willing going set want wants wanted wanting try tries tried trying need
    needs needed hope hopes hoped hoping plan plans planned vow vows vowed aim aims aimed seek seeks sought seeking
    refuse refuses refused decide decided begin began continue continues continued fail fails failed expected supposed
    forced order used attempt attempts effort efforts bid move pledge pledged promise promised chance way opportunity
    ability look looks looking how intended"""
)
"""Words behind which "to" opens an infinitive: "sure to |rile conservatives"."""
PARTICLES: Final = word_set("off up out down away back on over")
AMID_VERB: Final = word_set("also already still now even only never always often almost")
"""Adverbs that stand beside a verb: "the coalition also |includes fishers"."""
SUBJECTS: Final = SUBJECT_PRONOUNS | word_set("it you")
POINTING: Final = word_set("this that there")
"""Words by which a sentence may open whose verb comes next: "This |angered Belvars"."""
ASIDE: Final = re.compile(
    r"(?:,[ ](?:however|too|though|in[ ]turn|meanwhile)|(?P<also>,[ ]including[ ][^,.;:!?\n]{1,60}))\Z", re.VERBOSE
)
"""What may stand between somebody and the pronoun: ", however,", ", including two of the mayor's,"."""
LONGEST_ASIDE: Final = 80
IS_ONE: Final = word_set("is was has does 's")
OF_WHOM: Final = re.compile(
    r"(?:(?P<all>all|both|each|neither|none)|most|many|some|several|few) of (?P<pronoun>whom|which)", re.IGNORECASE
)
"""A source that is some or all of those before it: "both of whom"."""
WHO: Final = re.compile(r"(?:\w{3,7} of )?who", re.IGNORECASE)
VERB_REACH: Final = 60
"""Code points from a relative pronoun on in which its verb is looked for."""
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
    somebody, one = WHO.match(text, end) is not None, means_one(text, end)
    last = start + len(text[start:end].rstrip(MARKS))
    aside = ASIDE.search(text, max(start, last - LONGEST_ASIDE), last) if text.startswith(",", last) else None
    if aside and (aside["also"] is None or (somebody and not one)):
        last = aside.start()
    words = _behind_subject(_before_first(words_in(text, start, last)))
    if not words:
        return None
    if words[-1].plain in SOME:
        return Span(words[_with_partner(words, len(words) - 1)].start, words[-1].end)
    span = phrase_before(words, len(words))
    if span is None:
        near = range(len(words) - 2, max(0, len(words) - 2 - SHORT), -1) if somebody else ()
        first = next((at + 1 for at in near if words[at].plain in BEHIND_NOUN), len(words))
        return _holder(words, first) or _last_of(words) or _thing(words)
    first = after_verb(words, next(at for at, word in enumerate(words) if word.start >= span.start))
    if not one and [word.plain for word in words[first : first + 2]] == ["one", "of"]:
        first += 2  # "one of two fishers who have" are two fishers, one of them
    return _whole_phrase(words, first, somebody=somebody)


def _whole_phrase(words: Sequence[Word], first: int, *, somebody: bool) -> Span:
    """Return the phrase that begins at ``first``, with those that it is tied to, or of it those who are meant."""
    owner = _last_of(words) if somebody and _is_thing(words[first:]) else None
    if owner is not None:
        return owner
    there = somebody and (_is_place(words[first:]) or _is_among(words, first))
    if _means_people(words[first:]) and not there:
        return Span(words[_with_partner(words, first)].start, words[-1].end)
    held = _holder(words, first)
    if held is None and not _means_somebody(words[first:]):
        held = _last_of(words)
    return held or Span(words[first].start, words[-1].end)


def means_one(text: str, start: int) -> bool:
    """Tell whether the verb behind a relative pronoun at ``start`` is one of a single subject: "who says", "who has".

    >>> means_one("who often says", 0), means_one("who say", 0), means_one("who said", 0)
    (True, False, False)
    """
    behind = [word for word in words_in(text, start, start + VERB_REACH)[1:] if word.plain not in AMID_VERB]
    verb = next((word.plain for word in behind if not word.plain.endswith("ly")), "")
    return verb in IS_ONE or (verb.endswith("s") and not verb.endswith(("ss", "us", "is")))


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


def _behind_subject(words: Sequence[Word]) -> Sequence[Word]:
    """Return the words behind a subject and its verb: "it asked |allies", "he met |two fishers"."""
    for at in range(len(words) - 3, max(-1, len(words) - 2 - MOST_WORDS), -1):
        if words[at].plain in SUBJECTS:
            ahead = _behind_adverbs(words, at + 1, len(words) - 2)
            verb = words[ahead].text[0].islower() and words[ahead].plain not in STOPS | DETERMINERS
            return words[ahead + 1 :] if verb else words
    return words


def _behind_adverbs(words: Sequence[Word], at: int, last: int) -> int:
    """Return the first place from ``at`` on that has no adverb, ``last`` at the latest."""
    while at < last and (words[at].plain in AMID_VERB or words[at].plain.endswith("ly")):
        at += 1
    return at


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
    first = _behind_finite(words, first)
    while first < len(words) - 1 and words[first].plain.endswith(("ing", "ly")) and words[first].text[0].islower():
        first += 1
    if first < len(words) - 1 and (words[first].plain in SAYS or _is_infinitive(words, first)):
        first += 1
    return first


def _behind_finite(words: Sequence[Word], first: int) -> int:
    """Return where a phrase begins that was read back over a verb and what goes with it."""
    last = len(words) - 1
    at = _behind_adverbs(words, first, last)
    before = first - 1
    aims = before > 0 and words[before].plain == "to" and words[before - 1].plain in AIMS
    verb = words[at].text[0].islower() and words[at].plain not in DETERMINERS
    if at < last and before >= 0 and (words[before].plain in MODALS or aims) and verb:
        return at + 2 if at + 2 <= last and words[at + 1].plain in PARTICLES else at + 1
    if words[first].plain in POINTING and first + 2 <= last and words[first + 1].plain.endswith(("ed", "es", "s")):
        return first + 2
    if (
        first + 2 < last
        and is_name(words[last - 2])
        and words[last - 1].plain.endswith("ed")
        and is_plural(words[last].plain)
    ):
        return last
    amid = next((at for at in range(first, last - 1) if words[at].plain in AMID_VERB), None)
    return first if amid is None else amid + 2


def _is_infinitive(words: Sequence[Word], first: int) -> bool:
    """Tell whether a phrase begins with a verb: "to |persuade Ilven's supporters", not "to wealthy Belvar citizens"."""
    behind_to = first > 0 and words[first - 1].plain == "to"
    owned = [word.plain for word in words[first + 2 : first + 3]] in (["'s"], ["'"], ["’"])
    return behind_to and words[first].text[0].islower() and is_name(words[first + 1]) and owned


def _with_partner(words: Sequence[Word], first: int) -> int:
    """Return where a phrase begins that "and" ties to another of its kind: "|activists and intellectuals"."""
    if first < 2 or words[first - 1].plain not in ("and", "or"):
        return first
    modifier = _modifiers_before(words, first)
    if modifier is not None:
        return modifier
    others = words[first].plain in ("other", "others")
    noun = look_up(words[first - 2].plain)
    several = noun is not None and noun.plural and noun.category in ("person", "group")
    if not (others or several):
        return first
    partner = phrase_before(words, first - 1)
    if others and is_name(words[first - 2]):
        return first
    if partner is None:
        return first - 2 if several else first
    begins = next(at for at, word in enumerate(words) if word.start >= partner.start)
    return after_verb(words[: first - 1], begins + (words[begins].plain == "of"))


def _modifiers_before(words: Sequence[Word], first: int) -> int | None:
    """Return where one begins of two modifiers that share their noun: "|Vennish and black voters", not "Orrin and"."""
    left, right = words[first - 2], words[first]
    noun = look_up(words[-1].plain)
    if first == len(words) - 1 or noun is None or not noun.plural or is_plural(left.plain):
        return None
    begun = first - 3 < 0 or words[first - 3].plain in STOPS | ARTICLES or words[first - 3].plain.endswith("ing")
    named = is_name(left) and DEMONYM.search(left.plain) is not None
    described = left.text[0].islower() and right.text[0].islower() and look_up(left.plain) is None
    return first - 2 - (first > 2 and words[first - 3].plain in ARTICLES) if begun and (named or described) else None


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


def _is_among(words: Sequence[Word], first: int) -> bool:
    """Tell whether a phrase only says where "those" or "others" are: "others in |the Guard, who"."""
    return first > 1 and words[first - 1].plain in BEHIND_NOUN and words[first - 2].plain in SOME


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
    noun = look_up(head_of(words).text)
    return is_name(head_of(words)) or (noun is not None and (noun.category == "person" or noun.plural))


def _is_thing(words: Sequence[Word]) -> bool:
    """Tell whether the head of a phrase is a thing, or something written: whoever stands behind "who" is neither."""
    noun = look_up(head_of(words).text)
    return noun is not None and noun.category in ("document", "unknown")


def _is_place(words: Sequence[Word]) -> bool:
    """Tell whether a phrase is a country, a city or a body, or a thing: "who" behind it means somebody there."""
    noun = look_up(head_of(words).text)
    if noun is not None:
        return _is_thing(words) or (noun.category in ("country", "organization") and not noun.plural)
    known = register.look_up(" ".join(word.text for word in words))
    return known is not None and known.kind != "demonym"


def _means_somebody(words: Sequence[Word]) -> bool:
    """Tell whether the head of a phrase is a name, or a noun for people or bodies."""
    noun = look_up(head_of(words).text)
    if noun is not None:
        return noun.category in ("person", "group", "organization", "country")
    return is_name(head_of(words))


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
