"""People by their full names: which full names of a report are one person's.

Two full names are one person's if surname and given name agree, a nickname with its formal name, an initial
with its name, and no middle initial, no "Jr." and no title speaks against it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from typing import Final

from onrecord.speakers.misspellings import Spellings
from onrecord.speakers.namementions import NameMention
from onrecord.speakers.namewords import Gender, fold, load_nicknames
from onrecord.speakers.personnames import PersonName

MOST_WORDS: Final = 8
"""Of a longer name only so many words are looked at, from either end."""


@dataclass(slots=True, kw_only=True)
class Person:
    """One person of the report, while its names are being grouped."""

    number: int
    name: PersonName
    """The name that it was first known by."""
    mentions: list[int] = field(default_factory=list)
    named: int = 0
    """How often it is named in full."""
    first: int = 0
    """Its first full name, as an index."""
    middle: str = ""
    """Its first middle initial, once one is known."""
    title_genders: Counter[Gender] = field(default_factory=Counter)
    offices: set[str] = field(default_factory=set)
    """The titles that stand before its full name."""

    @property
    def gender(self) -> Gender | None:
        """The gender that its titles tell, or else its given name."""
        if self.title_genders:
            return max(self.title_genders, key=lambda gender: self.title_genders[gender])
        return self.name.gender


@dataclass(slots=True)
class Register:
    """The people of a report, by everything that they can be called."""

    people: list[Person] = field(default_factory=list)
    doubts: dict[int, tuple[Person, ...]] = field(default_factory=dict)
    """For a name that could have meant several people: those that were not chosen."""
    exact: defaultdict[str, dict[int, Person]] = field(default_factory=lambda: defaultdict(dict))
    surnames: defaultdict[str, dict[int, Person]] = field(default_factory=lambda: defaultdict(dict))
    givens: defaultdict[str, dict[int, Person]] = field(default_factory=lambda: defaultdict(dict))
    full: defaultdict[tuple[str, str], dict[int, Person]] = field(default_factory=lambda: defaultdict(dict))
    """By surname and given name or initial; with a ``~`` what it is short for, with a ``=`` in simpler spelling."""

    spellings: Spellings = field(default_factory=Spellings)

    def add(self, name: PersonName) -> Person:
        """Make a new person."""
        person = Person(number=len(self.people), name=name)
        self.people.append(person)
        return person

    def learn(self, person: Person, name: PersonName) -> None:
        """Note all that ``person`` can be called, now that ``name`` is known to be a name of it."""
        self.exact[name.key][person.number] = person
        self.spellings.add(name.surname_key)
        for key in (*_surname_keys(name), *affixes(name)):
            self.surnames[key][person.number] = person
        shorts = load_nicknames().get(name.given_key, ())
        for key in (*(fold(word) for word in name.given), "".join(map(fold, name.given))):
            if len(key) > 1:
                self.givens[key][person.number] = person
        for given in (
            *(fold(word) for word in name.given),
            *(f"~{formal}" for formal in shorts),
            name.given_key[:1],
            _squeeze(name.given_key),
        ):
            self.full[name.surname_key, given][person.number] = person


def _surname_keys(name: PersonName) -> Iterator[str]:
    """Yield the ways to say a surname: with its particles and without, its last word, the parts of a pair."""
    yield name.surname_key
    words = [word for word in name.surname if not word.islower()]
    for word in (words[0], words[-1]) if words else ():
        yield fold(word)
        yield from (fold(part) for part in word.split("-") if len(part) > 2)


def affixes(name: PersonName) -> Iterator[str]:
    """Yield the keys of the shorter names inside a name of three words or more: its last words, its first ones.

    Of "Khalid bin Rashid al-Noor" that is "bin Rashid", too.
    """
    capital = next((at for at, word in enumerate(name.surname) if not word.islower()), 0)
    if 0 < capital < len(name.surname) - 1:
        yield "".join(fold(word) for word in name.surname[: capital + 1])
    words = [fold(word) for word in (*name.given, *name.surname)]
    for size in range(2, min(len(words), MOST_WORDS)):
        yield "".join(words[-size:])
        if len(words[size - 1]) > 1:
            yield "".join(words[:size])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """One full name, and the mentions that spell it so."""

    name: PersonName
    mentions: tuple[NameMention, ...]
    genders: Counter[Gender]

    @property
    def order(self) -> tuple[bool, bool, bool, int, int]:
        """Formal names before nicknames, initials after both, so that each finds what it is short for."""
        return (
            is_initial(self.name),
            self.name.given_key in load_nicknames(),
            _middle(self.name) == "",
            -len(self.mentions),
            self.mentions[0].index,
        )


def register_full_names(mentions: Sequence[NameMention]) -> tuple[Register, list[NameMention]]:
    """Return the people that ``mentions`` name in full, and the mentions left over: names in part.

    Args:
        mentions: the names of people, in the order of the text.
    """
    register = Register()
    forms = sorted(_forms(mentions), key=lambda form: form.order)
    for form in forms:
        _place(form, register)
    placed = {mention.index for form in forms for mention in form.mentions}
    return register, [mention for mention in mentions if mention.index not in placed]


def _forms(mentions: Sequence[NameMention]) -> Iterator[_Form]:
    """Yield the full names of the report; those that are part of a longer one are left out."""
    spelled: defaultdict[str, list[NameMention]] = defaultdict(list)
    for mention in mentions:
        if mention.person.is_full or mention.person.reigns:
            spelled[mention.person.key].append(mention)
    inner = {key for same in spelled.values() for key in affixes(same[0].person)}
    for key, same in spelled.items():
        if key not in inner:
            yield from _by_title(same)


def _by_title(mentions: list[NameMention]) -> Iterator[_Form]:
    """Yield one form for one name, or two if it has titles of men and of women: then two people bear it."""
    genders = Counter(mention.gender for mention in mentions if mention.gender)
    if len(genders) < 2:
        yield _Form(name=mentions[0].person, mentions=tuple(mentions), genders=genders)
        return
    for gender, count in genders.items():
        titled = tuple(mention for mention in mentions if mention.gender == gender)
        yield _Form(name=titled[0].person, mentions=titled, genders=Counter({gender: count}))


def is_initial(name: PersonName) -> bool:
    """Tell whether the given name is an initial or two: "J.", "J.D."."""
    return bool(name.given) and (len(name.given_key) == 1 or (len(name.given_key) == 2 and "." in name.given[0]))


def _squeeze(given: str) -> str:
    """Return a given name with its doubled letters single, after a ``=``: what Hillary and Hilary share."""
    return "=" + "".join(letter for letter, _ in groupby(given))


def _middle(name: PersonName) -> str:
    """Return the first middle initial; empty where there is none, but a nickname: "Robert “Bobby” Harrow"."""
    middle = fold(name.given[1]) if len(name.given) > 1 else ""
    return "" if name.given_key in load_nicknames().get(middle, ()) else middle[:1]


def _place(form: _Form, register: Register) -> None:
    """Give a full name to the person whose it is, made if there is none."""
    fitting = [person for person in _bearers(form.name, register) if _fits(person, form)]
    fitting.sort(key=lambda person: (-person.named, person.first))
    person = fitting[0] if fitting else register.add(form.name)
    for mention in form.mentions:
        person.mentions.append(mention.index)
        if len(fitting) > 1:
            register.doubts[mention.index] = tuple(fitting[1:])
        if mention.title:
            person.offices.add(mention.title.stands_for)
    person.first = min(person.first, form.mentions[0].index) if person.named else form.mentions[0].index
    person.named += len(form.mentions)
    person.middle = person.middle or _middle(form.name)
    person.title_genders += form.genders
    register.learn(person, form.name)


def _bearers(name: PersonName, register: Register) -> list[Person]:
    """Return the people known with this surname and given name, else with one that it may be short for."""
    given, surname = name.given_key, name.surname_key
    formal = load_nicknames().get(given, ())
    tries = [given[:1]] if is_initial(name) else [given, *formal, *(f"~{each}" for each in formal), _squeeze(given)]
    if is_initial(name) and len(name.given) > 1:
        tries = [fold(name.given[1]), *tries]
    slips = ((meant, given) for meant in register.spellings.meant_by(surname))
    for key in chain(((surname, each) for each in tries), slips):
        if key in register.full:
            return list(register.full[key].values())
    return []


def _fits(person: Person, form: _Form) -> bool:
    """Tell whether nothing speaks against a full name being this person's."""
    if form.genders and person.title_genders and not form.genders.keys() & person.title_genders.keys():
        return False
    middle = _middle(form.name)
    if middle and person.middle and middle != person.middle and not is_initial(form.name):
        return False
    return not _father_and_son(person, form)


def _father_and_son(person: Person, form: _Form) -> bool:
    """Tell whether "Jr." parts a name from a person.

    Where only one of them has it, the other is a shorter name of the same person if it comes later and is
    not the more frequent one.
    """
    mine, other = person.name.suffix_key, form.name.suffix_key
    if mine == other or person.name.reigns:
        return False
    if mine and other:
        return True
    first, count = form.mentions[0].index, len(form.mentions)
    if mine:
        return first < person.first or count > person.named
    return person.first < first or person.named > count
