"""Who a report's entity is to the record, told from its name alone: the key that the same in other reports shares.

A key is a pure function of one entity, so that whoever is linked to whom does not depend on the order in which reports
came. Never does a last name alone make one, nor an initial with a last name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Final, NamedTuple

from onrecord.speakers.namewords import fold, load_nicknames, load_organization_words
from onrecord.speakers.organizationgroups import SMALL, spelled_out, turned_round
from onrecord.speakers.personnames import INITIAL_LETTER, PersonName, parse_person
from onrecord.speakers.register import Entry, country_in, look_up
from onrecord.wordlists import word_set

LINKED: Final = ("person", "organization", "country")
"""Kinds of entities that can be a person or organization of the record: the others are described, not named."""
NAMESAKES: Final = 256
"""How many people of one key have room in the numbers: a person's number is its key's times this, and its part's."""
LONGEST: Final = 300
"""Characters: what is longer is no name, and would cost seconds."""
LEAST_SURNAME: Final = 2
"""Letters: "George W." is a name cut short."""
KEPT: Final = 8_192
"""Names that are kept in memory with what was told of them: about 2 MB, and a report's names mostly came before."""
ARTICLE: Final = re.compile(r"\A(?:the|a|an)\s", re.IGNORECASE)
OWN_BODIES: Final = {
    "pentagon": "US",
    "statedepartment": "US",
    "usstatedepartment": "US",
    "foggybottom": "US",
    "knesset": "IL",
    "sejm": "PL",
    "duma": "RU",
    "stateduma": "RU",
    "verkhovnarada": "UA",
}
"""Ministries and parliaments that the register counts as a government, and that speak for themselves."""
_SAME_BODY: Final = {"usstatedepartment": "statedepartment", "foggybottom": "statedepartment", "stateduma": "duma"}


class GivenName(NamedTuple):
    """What a full name says before the surname."""

    given: str
    """Folded: ``ada``; ``jd`` for "J.D." and ``jongun`` for "Kim Jong Un"."""
    middle: str
    """The initial of the next name; empty where there is none."""


@lru_cache(maxsize=KEPT)
def key_of(name: str, kind: str) -> str | None:
    """Return the key of an entity; None for one that its name does not tell.

    >>> key_of("Sen. Bill T. Harrow", "person") == key_of("William Harrow", "person")
    True
    >>> key_of("Harrow", "person"), key_of("A. Harrow", "person"), key_of("the Kremlin", "organization")
    (None, None, 'country|RU')
    >>> key_of("Russian Foreign Ministry", "organization") == key_of("Foreign Ministry of Russia", "organization")
    True
    """
    if len(name) > LONGEST:
        return None
    if kind == "person":
        return _person_key(parse_person(name), name)
    if kind not in LINKED:
        return None
    return _place_key(name, kind) or _organization_key(name)


@lru_cache(maxsize=KEPT)
def number_of(key: str) -> int:
    """Return the number of the first person with a key: 40 bits of its hash and 8 of zero, 6 bytes in the file.

    Of a million keys two meet by chance in a third of all records; then two names stand in one list of namesakes.
    """
    return int.from_bytes(blake2b(key.encode("utf-8", "replace"), digest_size=5).digest(), "big") * NAMESAKES


def show_person(number: int) -> str:
    """Return the id of a person as it is shown: the key's digits, and the part where it is not the main one.

    >>> show_person(number_of("person|harrow|ada")), show_person(number_of("person|harrow|ada") + 7)
    ('p446962e9d2', 'p446962e9d2.7')
    """
    key, part = divmod(number, NAMESAKES)
    return f"p{key:010x}" + (f".{part}" if part else "")


def number_shown(person: str) -> int:
    """Return the number of a person from the id that :func:`show_person` made of it.

    >>> number_shown(show_person(7)), number_shown("p0000000001")
    (7, 256)
    """
    key, _, part = person.removeprefix("p").partition(".")
    return int(key, 16) * NAMESAKES + int(part or 0)


# ---- persons -------------------------------------------------------------------------------------------------


def _person_key(name: PersonName, written: str) -> str | None:
    if name.reigns and name.given:
        return f"person||{fold(name.titles[-1])} {fold(name.given[0])}"
    given = given_name(name, written)
    if given is None:
        return None
    suffix = f"|{name.suffix_key}" if name.suffix_key else ""
    return f"person|{name.surname_key}|{_families().get(given.given, given.given)}{suffix}"


def given_name(name: PersonName, written: str) -> GivenName | None:
    """Return the given name and middle initial of a full name; None for a surname alone or with one initial."""
    if not name.is_full or len(name.surname_key) < LEAST_SURNAME:
        return None
    words = [word for word in map(fold, name.given) if word]
    if _stands_first(name, words, written):
        return GivenName("".join(words), "")
    initials = [INITIAL_LETTER.fullmatch(word) is not None for word in name.given if fold(word)]
    first = next((at for at, initial in enumerate(initials) if not initial), None)
    if first is None:
        return GivenName("".join(words), "") if len(words) > 1 else None
    return GivenName(words[first], words[first + 1][:1] if first + 1 < len(words) else "")


def _stands_first(name: PersonName, given: Sequence[str], written: str) -> bool:
    """Tell whether the surname stands first, as in "Kim Jong Un": then all that follows is one given name."""
    return len(given) > 1 and fold(written).endswith(name.surname_key + "".join(given))


@cache
def _families() -> dict[str, str]:
    """Return for each given name that a nickname connects to others the first of all of them."""
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            name = root[name]
        return name

    for nickname, formals in load_nicknames().items():
        for formal in formals:
            first, second = sorted((find(nickname), find(formal)))
            root[second] = first
    return {name: find(name) for name in root}


# ---- countries and organizations -----------------------------------------------------------------------------


def _place_key(name: str, kind: str) -> str | None:
    """Return the key of what the register knows: a country, the building that stands for one, or a body."""
    entry = look_up(name)
    if entry is None:
        return None
    if entry.kind == "body":
        return f"organization|{fold(entry.name)}"
    return _country_key(entry, fold(name.removeprefix("the ").removeprefix("The ")), kind)


def _country_key(entry: Entry, folded: str, kind: str) -> str | None:
    if folded in OWN_BODIES:
        return f"organization|{_SAME_BODY.get(folded, folded)}|{OWN_BODIES[folded]}"
    if kind == "country" or entry.kind in ("country", "government", "capital"):
        return f"country|{entry.country}"
    return None


def _organization_key(name: str) -> str | None:
    """Return the key of an organization; None for "Foreign Ministry", which every country has."""
    if not any(character.isupper() or character.isdigit() for character in ARTICLE.sub("", name)):
        return None  # "the firm" is a description
    words = _words(name)
    rest = [word for word in words if word not in SMALL]
    generic = load_organization_words("generic")
    if not rest:
        return None
    if any(word not in generic and not _is_office(word) for word in rest):
        country = country_in(name)
        own = [word for word in rest if country is None or not _names(word, country)]
        if country is None or not own or any(word not in generic and not _is_office(word) for word in own):
            return f"organization|{' '.join(words)}"
        return f"organization|{' '.join(sorted(own))}|{country}"
    return None


def _words(name: str) -> list[str]:
    """Return the folded words of a name without "the", its legal form, and "Department of Justice" turned round."""
    words = [folded for word in name.split() if (folded := fold(word.removesuffix("'s").removesuffix("’s")))]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return turned_round(spelled_out(words))


def _is_office(word: str) -> bool:
    return word in _OFFICES


_OFFICES: Final = word_set(
    """foreign interior justice finance defence defense health education transport labour labor trade energy
    environment agriculture culture home state treasury supreme high constitutional central national federal
    royal armed air navy army military police parliament senate congress house cabinet government presidency
    embassy coast guard election electoral statistics prime ministers presidents secret intelligence security
    public prosecutor prosecutors general office attorney ministry opposition ruling party border customs tax"""
)
"""With nothing but these and the words of organizationwords.tsv a name is that of an office, not of one country's."""


def _names(word: str, country: str) -> bool:
    """Tell whether a word names a country or its people; the states of one are no country's name."""
    entry = look_up(word.upper() if len(word) < 3 else word.capitalize())
    if entry is not None and entry.kind in ("country", "demonym"):
        return entry.country == country
    return country == "US" and word in ("united", "states")
