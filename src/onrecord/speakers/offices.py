"""Whom a description means by an office that only one of the report's people has, before or after it names them.

"Federal judge blocks harbour law" is Judge Ada Ilven, whom the next paragraph names; nobody mentioned earlier is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from onrecord.speakers.discourse import Discourse, Referent, gender_of_noun
from onrecord.speakers.features import Query
from onrecord.speakers.namewords import fold, without_possessive
from onrecord.speakers.personnames import title_at
from onrecord.speakers.register import look_up
from onrecord.speakers.roles import FoundRole
from onrecord.speakers.sources import SourcePart
from onrecord.wordlists import word_set

WORD: Final = re.compile(r"[^\W_](?:[\w.&’'-]*[^\W_.’'])?\.?")
SMALL_WORDS: Final = word_set("the a an of for in on at to by from with and his her their its s")
NOT_THAT_ONE: Final = word_set(
    """another other one two some many several second third next new old different fellow rival deputy vice acting
    assistant associate none no any every each"""
)
"""What tells one holder of an office from another, and counts."""
PASSED_OVER: Final = word_set(
    """federal local national regional senior junior veteran longtime long-time long-serving outgoing incoming newly
    elected recent current top chief popular embattled retired younger older elder own democratic republican
    conservative liberal independent bespectacled"""
)
"""What a description may add to an office without another being meant."""
NO_OFFICES: Final = word_set("republican democrat conservative liberal independent socialist tory labour man woman")
"""What stands before names like an office, and is what many are: "the Ohio Republican" is whoever is one in Ohio."""
BEFORE_NOW: Final = word_set("former ex then late")
LEADING: Final = word_set("chief head leader boss")
LED_BY: Final = LEADING | word_set("president chairman chairwoman chair director general executive ceo commissioner")
"""Titles of whom a headline calls the chief of a body."""
PLACES: Final = ("state", "country", "demonym", "capital", "city")
MOST_WORDS: Final = 14
MOST_HOLDERS: Final = 60
"""Of more people with one title hardly one is meant; a list of a thousand senators stays linear."""


def holder_of(discourse: Discourse, query: Query, part: SourcePart) -> Referent | None:
    """Return the only person of a report with the office that a description tells; None where nobody or two have it.

    Args:
        discourse: the report.
        query: what the description asks.
        part: the description.
    """
    if query.asks != "nominal" or query.category != "person":
        return None
    words = [found.group() for found in WORD.finditer(part.heading.of(discourse.text))]
    small = {word for word in words if word.islower()} | {word.lower() for word in words[:1]} - {"new"}  # "New Quarn"
    if query.quoted or query.asked.plural or not words or len(words) > MOST_WORDS or NOT_THAT_ONE & small:
        return None
    if query.head in NO_OFFICES or not (query.definite or title_at(query.head)):
        return None  # "a witness", "a friend of the Ilvens": there are others
    pointing = query.definite or words[0].lower() not in ("a", "an")  # without an article: a headline
    if not query.definite and len(words) == 1 and not _heads_report(discourse, query, words[0]):
        return None
    fits: dict[bool, list[Referent]] = {True: [], False: []}
    for index in _in_question(discourse, query.head):
        referent, roles = discourse.referents[index], discourse.roles[index]
        later = bool(referent.places) and referent.places[0] > query.span.start
        if referent.kind != "person" or index in query.owners or not (pointing or later):
            continue
        found = [_is_office(discourse, query, words, role) for role in roles]
        if True in found:
            fits[True].append(referent)
        elif False in found and pointing and not _has_place(roles):
            fits[False].append(referent)
    holders = fits[True] or fits[False]
    gender = gender_of_noun(query.head)
    alone = len(holders) == 1 and (gender is None or holders[0].gender in (None, gender))
    return holders[0] if alone else None


def _heads_report(discourse: Discourse, query: Query, word: str) -> bool:
    """Tell whether a word by itself may be an office: in a headline ("Judge blocks law"), and as nobody's surname."""
    if discourse.paragraph_at(query.span.start) > 0:
        return False
    people = (each for each in discourse.referents if each.kind == "person")
    return not any(fold(last) == fold(word) for each in people for last in each.name.split()[-1:])


def _in_question(discourse: Discourse, head: str) -> Collection[int]:
    """Return who has a title with the head of a description; nobody where so many have it that one is not meant."""
    heads = (head, *sorted(LED_BY)) if head in LEADING else (head,)
    found = {index: None for each in heads for index in discourse.offices.get(each, ())}
    return found if len(found) <= MOST_HOLDERS else ()


def _is_office(discourse: Discourse, query: Query, words: list[str], role: FoundRole) -> bool | None:
    """Tell whether a role is the one that a description tells, every word of it; False where just a place is more."""
    was = [bool(BEFORE_NOW & {word.lower() for word in each}) for each in (words, role.title.split())]
    heads, body = set(_heads(role)), _words_of(role.of or "")
    led = query.head in LEADING and role.of is not None and bool(heads & LED_BY)
    owners = [discourse.referents[index] for index in query.owners]
    owned = [owner for owner in owners if body & (owner.words | _words_of(owner.name))]
    elsewhere = any(owner.kind != "place" and not _is_place(owner.name) for owner in owners) or role.of is not None
    if was[0] != was[1] or not (query.head in heads or led) or (owners and not owned and elsewhere):
        return None
    known = {
        *_words_of(role.title),
        *body,
        _initials(role.of or ""),
        *(word for owner in owned for word in owner.words),
    }
    modifiers = list(_modifiers(words, query.head))
    left = [word for word, each in modifiers if not each <= known]
    if not modifiers:
        return True if role.of is None or look_up(role.of) is not None else None
    if led and not any(each <= body | {_initials(role.of or "")} for _, each in modifiers):
        return None
    if not all(_is_place(word) if word[0].isupper() else word in PASSED_OVER for word in left):
        return None
    return not any(word[0].isupper() for word in left)


def _heads(role: FoundRole) -> Iterator[str]:
    title = title_at(role.title)
    for phrase in (role.title, title.stands_for if title else ""):
        if phrase:
            yield fold(phrase.split()[-1])


def _modifiers(words: Collection[str], head: str) -> Iterator[tuple[str, set[str]]]:
    """Yield the words of a description besides its head, each with what it is known by."""
    for word in words:
        plain = fold(without_possessive(word))
        dull = plain in SMALL_WORDS or plain in BEFORE_NOW or plain == head or plain[:1].isdigit()
        if not dull:
            yield word, _words_of(without_possessive(word))


def _words_of(phrase: str) -> set[str]:
    """Return the folded words of a phrase, a place or body by its English name."""
    entry = look_up(phrase)
    return {fold(word) for word in (entry.name if entry else phrase).split()} - {""} - SMALL_WORDS


def _initials(phrase: str) -> str:
    return "".join(word[0] for word in phrase.split() if word[0].isupper()).lower()


def _is_place(word: str) -> bool:
    entry = look_up(without_possessive(word))
    return entry is not None and entry.kind in PLACES


def _has_place(roles: Collection[FoundRole]) -> bool:
    """Tell whether the report says where somebody holds an office."""
    return any(role.of is not None and look_up(role.of) is not None for role in roles)
