"""People by part of their names: whom a lone surname or given name means.

A surname is looked up among the full names of the whole report, before and after it; a given name, where
it is nobody's surname. Where several people answer to it, a title decides ("Mr.", "Senator"), else the
person named most by then, and the choice is marked as doubtful.
"""

from __future__ import annotations

from bisect import insort
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
NEAR: Final = 3
FAR: Final = 20
"""Names back in which somebody was named just now, or long ago."""
HANDLES: Final = ("real", "the", "official")
"""What accounts put before a name: ``@realAdaHarrow``."""


@dataclass(slots=True)
class _Called:
    """All mentions of one partial name, and the people who answer to it."""

    candidates: list[Person]
    mentions: list[NameMention] = field(default_factory=list)
    gender: Gender | None = None
    """The gender that pronouns behind these mentions tell, with one voice."""
    elder: Person | None = None
    """Who is meant rather than anybody named in full."""


def place_partial_names(mentions: Sequence[NameMention], register: Register, genders: Mapping[str, Gender]) -> None:
    """Give every partial name to the person whom it means, made if there is none.

    Args:
        mentions: the names left over by the full ones, in the order of the text.
        register: the people named in full; added to.
        genders: what the pronouns behind lone names tell, by key.
    """
    called: dict[str, _Called] = {}
    full = {index: person for person in register.people for index in person.mentions}
    for mention in mentions:
        if mention.key not in called:
            called[mention.key] = _Called(_candidates(mention, register), gender=genders.get(mention.key))
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
    if candidates and (_is_other_gender(called) or _is_beside(called)):
        called.elder = register.add(replace(name, gender=called.gender))
        candidates.append(called.elder)
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


def _is_other_gender(called: _Called) -> bool:
    """Tell whether pronouns say that a surname is nobody's who is named in full: "Harrow said he" and "Ada Harrow"."""
    first = min(person.first for person in called.candidates)
    return (
        called.gender is not None
        and all(person.gender not in (None, called.gender) for person in called.candidates)
        and all(person.named == 1 or _is_sure(person) for person in called.candidates)
        and sum(mention.index < first for mention in called.mentions) >= ELDER
    )


def _is_beside(called: _Called) -> bool:
    """Tell whether a surname is only part of those named in full once and later: "West" beside "Kim Moran West"."""
    key = called.mentions[0].key
    once = all(
        person.named == 1 and key != person.name.surname_key and (key != person.name.given_key or person.name.reigns)
        for person in called.candidates
    )
    first = min(person.first for person in called.candidates)
    before = sum(mention.index < first for mention in called.mentions)
    return once and before >= ELDER and key not in load_given_names()


def _is_sure(person: Person) -> bool:
    """Tell whether titles or a given name that hardly anybody of the other gender has tell somebody's gender."""
    known = load_given_names().get(person.name.given_key)
    return bool(person.title_genders) or (known is not None and known.sure)


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
    return not _is_sure(person) and sum(genders.values()) * 2 > len(called.mentions)


def _leads(mention: NameMention) -> bool:
    return mention.title is not None and mention.title.stands_for in LEADERS


def _gender_of_lone(name: PersonName) -> Gender | None:
    """Return the gender of a lone word, if it is a given name more than a surname."""
    known = load_given_names().get(fold(name.words[-1])) if name.words else None
    return None if known is None or known.mostly_surname else gender_of_given(name.words)


def _choose_all(
    mentions: Sequence[NameMention], called: Mapping[str, _Called], register: Register, full: Mapping[int, Person]
) -> None:
    """Choose for every partial name, on the way through the text, among those who answer to it.

    What stands before any of them is named waits until it is known who is named most.
    """
    partial = {mention.index: mention for mention in mentions}
    seen = _Seen()
    waiting: list[tuple[NameMention, Sequence[Person]]] = []
    for index in sorted([*full, *partial]):
        if index in full:
            seen.meet(full[index], index)
            continue
        mention = partial[index]
        fitting = _fitting(mention, called[mention.key])
        if len(fitting) > 1 and not any(seen.named[person.number] for person in fitting):
            waiting.append((mention, fitting))
        else:
            seen.meet(_take(mention, fitting, seen, register), index, by_given=_is_given(mention, register))
    for mention, fitting in waiting:
        _take(mention, fitting, seen, register)


@dataclass(slots=True)
class _Seen:
    """How often everybody was named so far."""

    named: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    """In full, and by a surname: whom a report calls by the given name alone it rarely calls by the other."""
    last: dict[int, int] = field(default_factory=dict)
    """Where each was named last, as an index."""

    def meet(self, person: Person, index: int, *, by_given: bool = False) -> None:
        """Note a name."""
        self.named[person.number] += not by_given
        self.last[person.number] = index

    def is_fresh(self, person: Person, others: Sequence[Person], index: int) -> bool:
        """Tell whether somebody was named right before an index, and the others long ago, as in a byline."""
        near = index - self.last.get(person.number, index - FAR) <= NEAR
        return near and all(index - self.last.get(other.number, 0) >= FAR for other in others if other is not person)


def _take(mention: NameMention, fitting: Sequence[Person], seen: _Seen, register: Register) -> Person:
    """Give a partial name to the likeliest of those who answer to it."""
    person = max(
        fitting,
        key=lambda person: (
            not _is_junior(person, fitting),
            seen.named[person.number],
            person.named,
            seen.is_fresh(person, fitting, mention.index),
            -person.first,
        ),
    )
    insort(person.mentions, mention.index)
    others = tuple(other for other in fitting if other is not person)
    if others:
        register.doubts[mention.index] = others
    return person


def _is_given(mention: NameMention, register: Register) -> bool:
    """Tell whether a partial name is somebody's given name, and nobody's surname."""
    return mention.key in register.givens and mention.key not in register.surnames


def _is_junior(person: Person, others: Sequence[Person]) -> bool:
    """Tell whether a lone surname rather means another: of a "Jr." or "his son" one of that given name, or of none.

    Of a first lady it is that of the president.
    """
    if SPOUSES & person.offices:
        return any(not SPOUSES & other.offices for other in others)
    if not (person.name.suffix or KIN & person.offices):
        return False
    same = ("", person.name.given_key)
    return any(not other.name.suffix and other is not person and other.name.given_key in same for other in others)


def _fitting(mention: NameMention, called: _Called) -> Sequence[Person]:
    """Return those of the candidates whom the title suits; all of them where it says nothing."""
    candidates: Sequence[Person] = called.candidates
    gender = mention.gender or called.gender
    if gender:
        candidates = [person for person in candidates if person.gender in (None, gender)] or candidates
    if called.elder is not None and called.elder in candidates:
        return [called.elder]
    if _leads(mention):
        candidates = [person for person in candidates if not SPOUSES & person.offices] or candidates
    if mention.title and len(candidates) > 1:
        holders = [person for person in candidates if mention.title.stands_for in person.offices]
        if len(holders) == 1:
            return holders
    return [person for person in candidates if person.name.surname_key == mention.key] or candidates
