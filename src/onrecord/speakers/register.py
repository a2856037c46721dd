"""The register of places and bodies: which country a name, an adjective or a building stands for, told offline.

Four tables beside this file: ``countries.tsv`` (names, adjectives, peoples, capitals and the buildings that stand for a
government), ``states.tsv`` (US states with their postal and AP abbreviations, provinces, the nations of the UK),
``bodies.tsv`` (international bodies) are kept by hand; ``register.tsv`` (territories, cities) is made by
``training/register.py`` from CLDR (Unicode License v3). Where two entries share a name the first of these tables has
it: "Georgia" is the country and "Washington" the capital, as far as :func:`look_up` goes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple, cast

from onrecord.wordlists import remembered, word_set

RegisterKind = Literal["country", "demonym", "capital", "government", "state", "city", "body"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a name of the register stands for."""

    kind: RegisterKind
    name: str
    """Its canonical English name: ``Russia`` for "Moscow", "Russians" and "the Kremlin"; a city's or state's own."""
    country: str | None
    """ISO 3166-1 alpha-2 code (``XK`` for Kosovo); None for bodies."""
    plural: bool = False
    """The people of it together: "the Russians", "the French", "Texans"."""


class _Alias(NamedTuple):
    """One way of writing an entry's name."""

    written: str
    entry: Entry


# Lower-case these are other words: "a china cup", "polish", "a jersey". "US" and other capitals: see _is_written_so.
ORDINARY: Final = word_set(
    """turkey china chad polish guinea jersey nice buffalo pole poles swede swedes dane finn finns scot scots lao thai
    swiss kiwi kiwis man beehive duma planalto quad amnesty orlando phoenix charlotte florence mobile reading cologne
    mali togo emirates"""
)
# Given names and surnames too: alone or after "of" they are places, before another capitalised word they are not told.
GIVEN_NAMES: Final = word_set("jordan chad georgia israel virginia paris sydney charlotte florence orlando")
SHARED: Final[Mapping[str, frozenset[str]]] = {"georgia": frozenset({"GE", "US"})}
"""Names of two countries' places: another place of the phrase decides, or nothing does."""
NATIONALS: Final = word_set("serb croat pole dane swede finn turk scot spaniard briton slovene kurd")
"""What somebody of a people is called that is no adjective; others end in "-man": "Dutchman", but "German"."""
REGIONS: Final = frozenset(
    """latin america|north america|south america|central america|south china sea|east china sea|gulf of mexico
    |new england|indian ocean|west indies|north african|south american|north american|latin american|central american
    |los angeles times|washington post|washington times|washington examiner|wall street journal|washington free beacon
    |boston globe|chicago tribune|new york times|new york post|new york daily news|des moines register|miami herald
    |african american|bank of america|american enterprise institute""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
"""Longer names that have a place's name in them and name no country; newspapers' readers may be anywhere."""
METONYMS: Final = ("capital", "government")
TOWNS: Final = ("capital", "city")
MOST_INITIALS: Final = 3
"""Initials up to this long may be other words ("us", "who", "in", "car"), and need their capitals; "nato" does not."""
LONGEST: Final = 6
"""Words that :func:`country_in` tries together: "democratic republic of the congo" has five, with a "the" six."""

_WORD: Final = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*(?:['’](?!\w))?\.?")
_POSSESSIVE: Final = re.compile(r"(?:'s|(?<=s)')$")
_DOTTED: Final = re.compile(r"\.(?=.*\.)|(?<=\b\w)\.$|(?<=\.\w)\.$")
_PEOPLE: Final = ("sh", "ch", "ese", "ss")
_POSTED: Final = re.compile(r"\b(?:ambassador|envoy|representative|emissary)s?\s+to\s+(?:the\s+)?$", re.IGNORECASE)
_BEFORE_STATE: Final = re.compile(r"(?:[,(]|\b[RDI]\s?[-–—])\s*$")


def look_up(words: str) -> Entry | None:
    """Return what the whole of ``words`` names; None if the register does not have it.

    Case, accents, apostrophes, hyphens, a leading "the" and a closing "'s" do not matter, save that initials need
    capitals or stops ("US", "u.s.", never "us"), and names that are ordinary words a capital ("Turkey").

    >>> look_up("the Russians")
    Entry(kind='demonym', name='Russia', country='RU', plural=True)
    """
    alias = _find(words, _register().names)
    if alias is None:
        return None
    if alias.entry.kind == "demonym" and words[:4].lower() == "the " and fold(words).endswith(_PEOPLE):
        return replace(alias.entry, plural=True)
    return alias.entry


def is_one_of_a_people(words: str, *, noun: bool = False) -> bool:
    """Tell somebody described by a people, as match reports do: "the Dutchman", "the Serb"; not "the French".

    Args:
        words: the whole description.
        noun: whether only words count that are no adjectives: "the German" may go on, "the Dutchman" does not.

    >>> is_one_of_a_people("the Dutchman"), is_one_of_a_people("the Swiss"), is_one_of_a_people("the German", noun=True)
    (True, False, False)
    """
    if words[:4].lower() != "the " or words.endswith(("s", "i", "ic")) or " " in words[4:]:
        return False
    entry = look_up(words)
    people = entry is not None and entry.kind == "demonym" and not entry.plural
    return people and not (
        noun and words[4:].lower() not in NATIONALS and not words.endswith(("hman", "hwoman", "tsman"))
    )


def metonym(words: str) -> Entry | None:
    """Return the government or body that a capital or a building stands for; None for any other name.

    ``kind`` stays that of the place, ``name`` is what it stands for: "Brussels" is the European Union here.

    >>> metonym("the Kremlin").name
    'Russia'
    """
    alias = _find(words, _register().metonyms)
    return alias.entry if alias else None


def is_state_among(name: str, others: Iterable[str]) -> bool:
    """Tell whether the name of a state and a country means the state, by the other names of the same text.

    Those are other states, or bodies that bear its name, and nothing of the country, whose bodies are "Georgian".

    >>> is_state_among("Georgia", ["Ohio"]), is_state_among("Georgia", ["Ohio", "Tbilisi"])
    (True, False)
    """
    if fold(name) not in SHARED:
        return False
    state = False
    for other in others:
        entry = look_up(other)
        if entry is not None and entry.country not in (None, "US") and fold(other) != fold(name):
            if entry.country in SHARED[fold(name)]:
                return False
        elif other.startswith(f"{name} ") or (entry is not None and entry.kind == "state" and entry.country == "US"):
            state = True
    return state


@remembered
def country_in(words: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of the one country that a phrase names; None when none or several.

    "Paris, Texas" names what stands last, an "ambassador to Russia" is not Russian, and "Georgia" alone is neither the
    country nor the state.

    >>> country_in("Russian Foreign Minister"), country_in("D-Minn."), country_in("U.S.-Russian talks")
    ('RU', 'US', None)
    """
    sure: set[str] = set()
    shared: list[frozenset[str]] = []
    for countries in _places_in(words):
        if len(countries) == 1:
            sure |= countries
        else:
            shared.append(countries)
    if not all(sure & countries for countries in shared) or len(sure) != 1:
        return None
    return sure.pop()


@remembered
def fold(words: str) -> str:
    """Return the key that a name is kept under: lower case, without accents, hyphens, "the", "'s" and initials' stops.

    >>> fold("The Côte d’Ivoire’s"), fold("U.S."), fold("Wis."), fold("Guinea-Bissau")
    ("cote d'ivoire", 'us', 'wis.', 'guinea bissau')
    """
    plain = words.lower() if words.isascii() else _without_accents(words)
    pieces = plain.replace("-", " ").replace("–", " ").replace("&", " and ").split()
    if len(pieces) > 1 and pieces[0] == "the":
        pieces = pieces[1:]
    if pieces:
        pieces[-1] = _POSSESSIVE.sub("", pieces[-1])
    return " ".join(_DOTTED.sub("", piece) for piece in pieces)


def _without_accents(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.replace("’", "'").replace("‘", "'").replace("ı", "i"))
    return "".join(character for character in plain if not unicodedata.combining(character)).lower()


class _Register(NamedTuple):
    """The tables, by key."""

    names: Mapping[str, _Alias]
    metonyms: Mapping[str, _Alias]


@cache
def _register() -> _Register:
    """Return the register of the package, read once."""
    names: dict[str, _Alias] = {}
    metonyms: dict[str, _Alias] = {}
    for alias in (*_countries(), *_states(), *_bodies(), *_others()):
        key = fold(alias.written)
        names.setdefault(key, alias)
        if alias.entry.kind in METONYMS:
            metonyms.setdefault(key, alias)
    union = Entry(kind="capital", name="European Union", country=None)
    metonyms["brussels"] = _Alias("Brussels", union)
    return _Register(names, metonyms)


def _countries() -> Iterator[_Alias]:
    for country, name, aliases, adjectives, plurals, capitals, governments in _rows("countries.tsv"):
        yield from _aliases((name, *aliases.split(";")), "country", name, country)
        yield from _aliases(adjectives.split(";"), "demonym", name, country)
        yield from _aliases(plurals.split(";"), "demonym", name, country, plural=True)
        yield from _aliases(capitals.split(";"), "capital", name, country)
        yield from _aliases(governments.split(";"), "government", name, country)


def _states() -> Iterator[_Alias]:
    for country, name, aliases, adjectives, plurals in _rows("states.tsv"):
        yield from _aliases((name, *aliases.split(";"), *adjectives.split(";")), "state", name, country)
        yield from _aliases(plurals.split(";"), "state", name, country, plural=True)


def _bodies() -> Iterator[_Alias]:
    for name, aliases in _rows("bodies.tsv"):
        yield from _aliases((name, *aliases.split(";")), "body", name, None)


def _others() -> Iterator[_Alias]:
    for kind, country, name, aliases in _rows("register.tsv"):
        yield from _aliases((name, *aliases.split(";")), cast("RegisterKind", kind), name, country)


def _rows(file: str) -> list[list[str]]:
    lines = files("onrecord.speakers").joinpath(file).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]  # the first line names the columns


def _aliases(
    written: Iterable[str], kind: RegisterKind, name: str, country: str | None, *, plural: bool = False
) -> Iterator[_Alias]:
    entry = Entry(kind=kind, name=name, country=country, plural=plural)
    return (_Alias(each, entry) for each in written if each)


def _find(words: str, table: Mapping[str, _Alias]) -> _Alias | None:
    """Return the alias that ``words`` write, also before the full stop of a sentence."""
    key = fold(words)
    alias = table.get(key) or table.get(key.removesuffix("."))
    return alias if alias and _is_written_so(alias, words) else None


def _is_written_so(alias: _Alias, words: str) -> bool:
    """Tell whether the capitals of ``words`` allow the alias: initials are not the word "us", nor Turkey a turkey."""
    bare = words.strip()
    if alias.written.isupper() and len(alias.written.replace(".", "")) <= MOST_INITIALS:
        return bare.removesuffix("'s").removesuffix("’s").isupper() or "." in bare.rstrip(".")
    return fold(alias.written) not in ORDINARY or any(character.isupper() for character in bare)


def _places_in(words: str) -> list[frozenset[str]]:
    """Return the countries of each place of a phrase, in its order; several where the name alone can't tell."""
    phrase = words[:1000]  # a role has a dozen words; this bounds what a text that is no phrase may cost
    pieces = list(_WORD.finditer(phrase))
    found: list[frozenset[str]] = []
    place: _Alias | None = None
    end = index = 0
    while index < len(pieces):
        start = pieces[index].start()
        size, alias = _longest(phrase, pieces[index : index + LONGEST])
        if alias is None and _BEFORE_STATE.search(phrase[max(0, start - 4) : start]):
            alias = _find(pieces[index].group() + ".", _register().names)  # "R-Wis" for "R-Wis."
        if alias and _counts(alias, phrase, start, pieces[index + size - 1].end()):
            # "Paris, Texas": the second says where the first is.
            if (
                place
                and place.entry.kind in TOWNS
                and phrase[end:start].strip() == ","
                and fold(alias.written) not in SHARED
            ):
                found.pop()
            found.append(_countries_of(alias))
            place, end = alias, pieces[index + size - 1].end()
        index += size
    return found


def _longest(phrase: str, pieces: list[re.Match[str]]) -> tuple[int, _Alias | None]:
    """Return the longest name at the start of ``pieces`` and how many of them it takes; one if there is none."""
    for size in range(len(pieces), 0, -1):
        run = phrase[pieces[0].start() : pieces[size - 1].end()]
        if fold(run) in REGIONS:
            return size, None
        alias = _find(run, _register().names)
        if alias and not run.lower().startswith("the "):
            return size, alias
    return 1, None


def _countries_of(alias: _Alias) -> frozenset[str]:
    shared = SHARED.get(fold(alias.written))
    return shared or frozenset({alias.entry.country or ""})


def _counts(alias: _Alias, phrase: str, start: int, end: int) -> bool:
    """Tell whether a name found in a phrase is a place there, and the phrase's own."""
    if alias.entry.country is None or _POSTED.search(phrase[max(0, start - 30) : start]):
        return False
    if len(alias.written) == 2 and alias.written.isupper() and alias.entry.kind == "state":
        initials = phrase[start:end]
        return (
            "." in initials[:-1]
            or initials == phrase.strip()
            or bool(_BEFORE_STATE.search(phrase[max(0, start - 4) : start]))
        )
    if fold(alias.written) in GIVEN_NAMES and phrase[end : end + 2].strip()[:1].isupper():
        return bool(re.search(r"\b(?:of|in|from|for|the)\s+$", phrase[max(0, start - 8) : start]))
    return True
