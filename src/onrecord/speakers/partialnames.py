"""People by part of their names: whom a lone surname or given name means.

A surname is looked up among the full names of the whole report, before and after it; a given name, where
it is nobody's surname. Where several people answer to it, a title decides ("Mr.", "Senator"), else the
person named most by then, and the choice is marked as doubtful.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from typing import Final

from onrecord.speakers.fullnames import Person, Register
from onrecord.speakers.namementions import NameMention
from onrecord.speakers.namewords import Gender, fold, load_given_names, load_nicknames
from onrecord.speakers.personnames import PersonName, gender_of_given

MOST_CANDIDATES: Final = 8
"""Of more people with one surname only the most named are weighed, so that a list of a thousand stays linear."""
HANDLES: Final = ("real", "the", "official")
"""What accounts put before a name: ``@realAdaHarrow``."""


@dataclass(slots=True)
class _Called:
    """All mentions of one partial name, and the people who answer to it."""

    candidates: list[Person]
    mentions: list[NameMention] = field(default_factory=list)


def place_partial_names(mentions: Sequence[NameMention], register: Register) -> None:
    """Give every partial name to the person whom it means, made if there is none.

    Args:
        mentions: the names left over by the full ones, in the order of the text.
        register: the people named in full; added to.
    """
    called: dict[str, _Called] = {}
    full = {index: person for person in register.people for index in person.mentions}
    for mention in mentions:
        if mention.key not in called:
            called[mention.key] = _Called(_candidates(mention, register))
        called[mention.key].mentions.append(mention)
    for each in called.values():
        _complete(each, register)
    _choose_all(mentions, called, register, full)


def _candidates(mention: NameMention, register: Register) -> list[Person]:
    """Return the people who answer to a partial name, the most named first."""
    name = mention.person
    bare = "".join(fold(word) for word in (*name.given, *name.surname))
    found = register.exact.get(mention.key) or register.exact.get(name.key)
    if not found and name.given and not name.surname:
        found = register.givens.get(bare)
    found = found or register.surnames.get(bare) or register.givens.get(bare)
    for formal in load_nicknames().get(bare, ()):
        found = found or register.givens.get(formal)
    for prefix in HANDLES:
        found = found or (register.exact.get(bare.removeprefix(prefix)) if bare.startswith(prefix) else None)
    people: Sequence[Person] = list((found or {}).values())
    if name.suffix:
        people = [person for person in people if person.name.suffix_key == name.suffix_key]
    return nsmallest(MOST_CANDIDATES, people, key=lambda person: (-person.named, person.first))


def _complete(called: _Called, register: Register) -> None:
    """Add the people whom only titles tell of: "Mr. Harrow" beside an Ada Harrow and a "Mrs. Harrow"."""
    genders = Counter(mention.gender for mention in called.mentions if mention.gender)
    name = called.mentions[0].person
    if len(called.candidates) == 1 and len(genders) == 1:
        # Titles know better than given names: a "Mr." for the only one of that surname is said of him.
        called.candidates[0].title_genders += genders
        return
    for gender in genders:
        if not any(person.gender in (None, gender) for person in called.candidates):
            person = register.add(replace(name, gender=gender))
            person.title_genders[gender] += genders[gender]
            called.candidates.append(person)
    if not called.candidates:
        called.candidates.append(register.add(replace(name, gender=name.gender or _gender_of_lone(name))))


def _gender_of_lone(name: PersonName) -> Gender | None:
    """Return the gender of a lone word, if it is a given name more than a surname."""
    known = load_given_names().get(fold(name.words[-1])) if name.words else None
    return None if known is None or known.mostly_surname else gender_of_given(name.words)


def _choose_all(
    mentions: Sequence[NameMention], called: Mapping[str, _Called], register: Register, full: Mapping[int, Person]
) -> None:
    """Choose for every partial name, on the way through the text, among those who answer to it."""
    partial = {mention.index: mention for mention in mentions}
    seen: defaultdict[int, int] = defaultdict(int)
    for index in sorted([*full, *partial]):
        if index in full:
            seen[full[index].number] += 1
            continue
        mention = partial[index]
        fitting = _fitting(mention, called[mention.key].candidates)
        person = max(fitting, key=lambda person: (seen[person.number], person.named, -person.first))
        person.mentions.append(index)
        seen[person.number] += 1
        others = tuple(other for other in fitting if other is not person)
        if others:
            register.doubts[index] = others


def _fitting(mention: NameMention, candidates: Sequence[Person]) -> Sequence[Person]:
    """Return those of the candidates whom the title suits; all of them where it says nothing."""
    if mention.gender:
        candidates = [person for person in candidates if person.gender in (None, mention.gender)] or candidates
    if mention.title and len(candidates) > 1:
        holders = [person for person in candidates if mention.title.stands_for in person.offices]
        if len(holders) == 1:
            return holders
    return candidates
