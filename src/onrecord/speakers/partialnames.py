"""People by part of their names: whom a lone surname or given name means.

A surname is looked up among the full names of the whole report, before and after it; a given name, where
it is nobody's surname. Where several people answer to it, a title decides ("Mr.", "Senator"), else the
person named most by then, and the choice is marked as doubtful.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from typing import Final

from onrecord.speakers.fullnames import Person, Register
from onrecord.speakers.namementions import NameMention
from onrecord.speakers.namewords import Gender, fold, load_given_names, load_nicknames
from onrecord.speakers.personnames import PersonName, gender_of_given

MOST_CANDIDATES: Final = 8
"""Of more people with one surname only the most named are weighed, so that a list of a thousand stays linear."""
SPOUSES: Final = frozenset({"first lady", "first gentleman"})
LEADERS: Final = frozenset({"president", "governor"})
"""With a full name that says "first lady", "President Harrow" is somebody else."""
KIN: Final = frozenset({"daughter", "son", "wife", "husband", "ex-wife", "ex-husband", "stepson", "stepdaughter"})
ELDER: Final = 3
"""Times that a surname stands before the only full name with it, "his son Tom Held": two may head the page."""
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
    found = next((people for people in _called_so(name, register) if people), {})
    people = [person for person in found.values() if not name.suffix or person.name.suffix_key == name.suffix_key]
    return nsmallest(MOST_CANDIDATES, people, key=lambda person: (-person.named, person.first))


def _called_so(name: PersonName, register: Register) -> Iterator[Mapping[int, Person]]:
    """Yield the people with this name, this surname, this given name, a given name that it is short for, and slips."""
    nobody: Mapping[int, Person] = {}
    bare = "".join(fold(word) for word in (*name.given, *name.surname))
    yield register.exact.get(name.key, nobody)
    if name.given and not name.surname:
        yield register.givens.get(bare, nobody)
    yield register.surnames.get(bare, nobody)
    yield register.givens.get(bare, nobody)
    for formal in load_nicknames().get(bare, ()):
        yield register.givens.get(formal, nobody)
    for prefix in HANDLES:
        if bare.startswith(prefix):
            yield register.exact.get(bare.removeprefix(prefix), nobody)
    for meant in register.spellings.meant_by(bare):
        yield register.surnames.get(meant, nobody)


def _complete(called: _Called, register: Register) -> None:
    """Add the people whom only titles tell of: "Mr. Harrow" beside an Ada Harrow and a "Mrs. Harrow"."""
    candidates, name = called.candidates, called.mentions[0].person
    if candidates and any(map(_leads, called.mentions)) and all(SPOUSES & person.offices for person in candidates):
        candidates.append(register.add(replace(name, gender=None)))
        return
    if candidates and all(person.name.suffix or KIN & person.offices for person in candidates) and _is_elder(called):
        candidates.append(register.add(replace(name, gender=None)))
        return
    genders = Counter(mention.gender for mention in called.mentions if mention.gender)
    if len(candidates) == 1 and len(genders) == 1 and _may_be_told_by(genders, called):
        candidates[0].title_genders += genders
        return
    for gender in genders:
        if not any(person.gender in (None, gender) for person in candidates):
            candidates.append(register.add(replace(name, gender=gender)))
            candidates[-1].title_genders[gender] += genders[gender]
    if not candidates:
        candidates.append(register.add(replace(name, gender=name.gender or _gender_of_lone(name))))


def _is_elder(called: _Called) -> bool:
    """Tell whether a surname is that of somebody else than a son or wife: "President Held", or often before them."""
    first = min(person.first for person in called.candidates)
    leads = any(map(_leads, called.mentions)) and not any(LEADERS & person.offices for person in called.candidates)
    return leads or sum(mention.index < first for mention in called.mentions) >= ELDER


def _may_be_told_by(genders: Mapping[Gender, int], called: _Called) -> bool:
    """Tell whether titles of one gender may be those of the only person who answers to a name.

    Titles know better than a given name that both genders bear; where it says another gender for sure, or
    most mentions have no title, the report means somebody else ("Mr. Harrow" beside "Ada Harrow").
    """
    person = called.candidates[0]
    if person.gender is None or person.gender in genders:
        return True
    known = load_given_names().get(person.name.given_key)
    sure = person.title_genders or (known is not None and known.sure)
    return not sure and sum(genders.values()) * 2 > len(called.mentions)


def _leads(mention: NameMention) -> bool:
    return mention.title is not None and mention.title.stands_for in LEADERS


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
        person = max(
            fitting,
            key=lambda person: (not _is_junior(person, fitting), seen[person.number], person.named, -person.first),
        )
        person.mentions.append(index)
        seen[person.number] += 1
        others = tuple(other for other in fitting if other is not person)
        if others:
            register.doubts[index] = others


def _is_junior(person: Person, others: Sequence[Person]) -> bool:
    """Tell whether a lone surname rather means another: of a "Jr." or "his son" one of that given name, or of none."""
    if not (person.name.suffix or KIN & person.offices):
        return False
    same = ("", person.name.given_key)
    return any(not other.name.suffix and other is not person and other.name.given_key in same for other in others)


def _fitting(mention: NameMention, candidates: Sequence[Person]) -> Sequence[Person]:
    """Return those of the candidates whom the title suits; all of them where it says nothing."""
    if mention.gender:
        candidates = [person for person in candidates if person.gender in (None, mention.gender)] or candidates
    if _leads(mention):
        candidates = [person for person in candidates if not SPOUSES & person.offices] or candidates
    if mention.title and len(candidates) > 1:
        holders = [person for person in candidates if mention.title.stands_for in person.offices]
        if len(holders) == 1:
            return holders
    return candidates
