"""What one report says of a person beside the surname: what can part two people of one name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from onrecord.record.identities import KEPT, given_name
from onrecord.speakers.personnames import parse_person, title_at
from onrecord.speakers.register import fold as fold_place
from onrecord.speakers.register import look_up
from onrecord.wordlists import word_set

MOST_OFFICES: Final = 3
POLITE: Final = re.compile(r"(?:(?P<masculine>Mr|Sir|Lord)|Mrs|Ms|Miss|Dame|Lady|Madam)\b")
FIELDS: Final = {
    "sport": word_set(
        """player striker midfielder defender goalkeeper footballer quarterback linebacker pitcher batsman bowler golfer
        boxer wrestler sprinter swimmer cyclist skater skier gymnast jockey athlete olympian coach referee umpire
        winger forward cricketer goalie runner medalist medallist"""
    ),
    "arts": word_set(
        """actor actress singer songwriter rapper novelist poet painter sculptor playwright filmmaker screenwriter
        comedian comedienne musician guitarist drummer pianist violinist composer conductor dancer choreographer
        photographer designer model entertainer superstar artist"""
    ),
    "public": word_set(
        """president minister premier chancellor senator governor mayor congressman congresswoman representative
        lawmaker deputy secretary ambassador diplomat envoy mp mep councillor councilman councilwoman candidate nominee
        commissioner judge justice prosecutor attorney lawyer solicitor barrister general colonel admiral lieutenant
        sergeant commander soldier sheriff detective constable bishop archbishop cardinal rabbi imam priest pastor
        scientist professor economist researcher physicist biologist doctor surgeon physician nurse journalist reporter
        columnist editor banker investor entrepreneur businessman businesswoman executive ceo spokesman spokeswoman
        spokesperson activist strategist"""
    ),
}
"""Fields of life, told from the words of a role. Few cross from one to another, and one report mostly says so."""
LEADS: Final = word_set(
    """leader chief boss head chairman chairwoman chairperson chair officer official member organizer organiser whip"""
)
LED: Final = word_set("union unions party opposition police army navy military parliament council government ministry")
"""What they lead or belong to in public life: none of both tells it alone, but "union leader", "head of the union"."""
CLUBS: Final = word_set(
    "rugby football soccer cricket tennis golf hockey basketball baseball sports players footballers"
)
"""Sport has unions and councils, too."""


class Profile(NamedTuple):
    """What a report says of somebody; empty is unknown."""

    given: str
    middle: str
    gender: str
    """``m`` or ``f``, told by a title: "Mr. Harrow", "spokeswoman"."""
    country: str
    """ISO 3166-1 alpha-2."""
    fields: tuple[str, ...]
    offices: tuple[str, ...]
    """``secretary general|nato``: titles of international bodies, whose holders reports tie to several countries. Who
    has the same one is the same. Other offices say no more than country and field do, and would make a profile of each
    report."""


@lru_cache(maxsize=KEPT)
def profile_of(name: str, country: str | None, roles: str | None, aliases: str | None) -> Profile:
    """Return the profile of a person's row of ``entities``: its name, country, and JSON lists.

    >>> profile_of("Ada B. Harrow", "NO", '[["Chief Envoy","NATO",0,8]]', '["Ms. Harrow"]')
    Profile(given='ada', middle='b', gender='f', country='NO', fields=('public',), offices=('chief envoy|nato',))
    """
    person = parse_person(name)
    given = given_name(person, name)
    titles = [(title, of) for title, of, *_ in (json.loads(roles) if roles else ())]
    shown = json.loads(aliases) if aliases else []
    fields = {field for title, of in titles for field in fields_of(title, of)}
    return Profile(
        given=given.given if given else "",
        middle=given.middle if given else "",
        gender=_gender((*person.titles, *shown), [title for title, _ in titles]),
        country=country or "",
        fields=tuple(sorted(fields)),
        offices=tuple(sorted(set(_offices(titles)))[:MOST_OFFICES]),
    )


def fields_of(title: str, of: str | None = None) -> list[str]:
    """Return the fields of life of a title, by its words and by what it is of.

    >>> fields_of("former football coach"), fields_of("actor and governor"), fields_of("neighbour")
    (['sport'], ['arts', 'public'], [])
    >>> fields_of("union leader"), fields_of("head", "power workers\u2019 union"), fields_of("head", "rugby union")
    (['public'], ['public'], [])
    """
    words = _words(title)
    fields = [field for field, listed in FIELDS.items() if words & listed]
    if "public" not in fields and words & LEADS:
        around = words | _words(of or "")
        fields += ["public"] if around & LED and not around & CLUBS else []
    return fields


def _words(title: str) -> set[str]:
    return {word.strip(".,'’") for word in title.lower().replace("-", " ").split()[:20]}


def _gender(shown: Iterable[str], titles: Sequence[str]) -> str:
    """Return the gender that titles tell; empty where none does, or they differ."""
    told = {"m" if found["masculine"] else "f" for each in shown if (found := POLITE.match(each))}
    for title in titles:
        known = title_at(title)
        if known is not None and known.gender is not None:
            told.add(known.gender[0])
    return told.pop() if len(told) == 1 else ""


def _offices(titles: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    for title, of in titles:
        entry = look_up(of) if of else None
        if entry is not None and entry.kind == "body":
            yield f"{' '.join(title.lower().split()[-2:])}|{fold_place(entry.name)}"
