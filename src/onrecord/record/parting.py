"""Parting namesakes: which profiles of one name are of one person, and which are of several.

What decides depends only on which reports there are, never on the order in which they came. Given name, middle initial,
gender, country and field of life are looked at in this order. Where reports differ in one of them, they tell of two
people, unless something connects them: one report that has both, the same office, and for the field of life the same
country. Reports that do not say go to the one most of them tell of, if it is three times as frequent as the next; else
they are the main person of the name, apart from all others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Final

from onrecord.record.identities import NAMESAKES
from onrecord.record.profiles import Profile
from onrecord.speakers.namewords import load_nicknames

DOMINANT: Final = 3
"""How many times as frequent the most frequent of several must be, to be whom a report means that does not say."""

Counts = Mapping[Profile, int]


def part(counts: Counts) -> dict[Profile, str]:
    """Return for each profile the label of its person; empty for the main one, or the only one.

    >>> ada = Profile(given="ada", middle="", gender="", country="NO", fields=(), offices=())
    >>> part({ada: 1, ada._replace(country=""): 1, ada._replace(country="NZ"): 5})
    {Profile(given='ada', middle='', gender='', country='NO', fields=(), offices=()): 'country NO', ...
    """
    groups: dict[str, Counts] = {"": counts}
    for axis, values in AXES.items():
        groups = {
            ", ".join(filter(None, (label, more))): members
            for label, group in groups.items()
            for more, members in _split(group, axis, values)
        }
    return {profile: label for label, group in groups.items() for profile in group}


def number_parts(labels: Iterable[str]) -> dict[str, int]:
    """Return the number of each label within its key: 0 for the main person, else from its hash.

    >>> number_parts(["", "country NO"])[""]
    0
    """
    numbers: dict[str, int] = {}
    for label in sorted(set(labels)):
        number = blake2b(label.encode(), digest_size=1).digest()[0] if label else 0
        while number in numbers.values() or (number == 0 and label):
            number = (number + 1) % NAMESAKES
            if len(numbers) >= NAMESAKES - 1:
                break  # more people of one name than there is room for: the last ones are one
        numbers[label] = number
    return numbers


def _split(group: Counts, axis: str, values: Callable[[Profile], Iterable[str]]) -> Iterator[tuple[str, Counts]]:
    """Yield the people that one axis tells apart, each with its label."""
    known = {profile: tuple(values(profile)) for profile in group}
    present = {value for each in known.values() for value in each}
    if len(present) < 2:
        yield "", group
        return
    groups = _Groups(present)
    for each in known.values():
        groups.unite(each)
    for connected in CONNECTIONS[axis](known):
        groups.unite(connected)
    members: defaultdict[str, dict[Profile, int]] = defaultdict(dict)
    for profile, each in known.items():
        members[groups.find(each[0]) if each else ""][profile] = group[profile]
    yield from _label(members, axis)


def _label(members: dict[str, dict[Profile, int]], axis: str) -> Iterator[tuple[str, Counts]]:
    unsaid = members.pop("", {})
    weights = Counter({value: sum(each.values()) for value, each in members.items()})
    (first, most), *others = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    main = first if most >= DOMINANT * max((weight for _, weight in others), default=0) else None
    for value, each in members.items():
        yield ("", each | unsaid) if value == main else (f"{axis} {value}", each)
    if main is None and unsaid:
        yield "", unsaid


class _Groups:
    """Values in groups; each group is known by its first value in the order of the alphabet."""

    def __init__(self, values: Iterable[str]) -> None:
        self._of = {value: value for value in values}

    def find(self, value: str) -> str:
        while self._of[value] != value:
            value = self._of[value]
        return value

    def unite(self, values: Iterable[str]) -> None:
        roots = sorted({self.find(value) for value in values})
        for root in roots[1:]:
            self._of[root] = roots[0]


# ---- what connects -------------------------------------------------------------------------------------------

Known = Mapping[Profile, tuple[str, ...]]
Connect = Callable[[Known], Iterator[Iterable[str]]]


def _nothing(_known: Known) -> Iterator[Iterable[str]]:
    return iter(())


def _same_office(known: Known) -> Iterator[Iterable[str]]:
    yield from _shared(known, lambda profile: profile.offices)


def _same_office_or_country(known: Known) -> Iterator[Iterable[str]]:
    yield from _same_office(known)
    yield from _shared(known, lambda profile: filter(None, (profile.country,)))


def _shared(known: Known, facts: Callable[[Profile], Iterable[str]]) -> Iterator[Iterable[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for profile, values in known.items():
        for fact in facts(profile):
            found[fact].update(values)
    return iter(found.values())


def _nicknames(known: Known) -> Iterator[Iterable[str]]:
    """Yield a nickname with the one formal name that it is short for, where country, office or field agree."""
    facts: defaultdict[str, set[str]] = defaultdict(set)
    for profile in known:
        facts[profile.given].update(filter(None, (profile.country, *profile.fields, *profile.offices)))
    for given in sorted(facts):
        formals = load_nicknames().get(given, ())
        present = [formal for formal in formals if formal in facts]
        meant = present or [other for other in sorted(facts) if _share(other, formals)]
        if len(meant) == 1 or not present:
            yield (given, *(other for other in meant if facts[given] & facts[other]))


def _share(other: str, formals: Iterable[str]) -> bool:
    """Tell whether another name is a nickname of the same formal names: Bill and Will."""
    return bool(set(load_nicknames().get(other, ())) & set(formals))


def _filled(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


AXES: Final[Mapping[str, Callable[[Profile], tuple[str, ...]]]] = {
    "given name": lambda profile: _filled(profile.given),
    "middle initial": lambda profile: _filled(profile.middle),
    "gender": lambda profile: _filled(profile.gender),
    "country": lambda profile: _filled(profile.country),
    "field": lambda profile: profile.fields,
}
CONNECTIONS: Final[Mapping[str, Connect]] = {
    "given name": _nicknames,
    "middle initial": _nothing,
    "gender": _nothing,
    "country": _same_office,
    "field": _same_office_or_country,
}
