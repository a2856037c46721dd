"""How many of some statements each speaker, outlet, form, cue class and month has; a copy never counts again."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from onrecord.record.corrected import rectified
from onrecord.record.finding import registered_names
from onrecord.record.identities import show_person
from onrecord.record.packing import Terms, unpack_date

COUNTED: Final = 10_000
"""Statements that a count goes up to: of more it says "10,000+", and facets are of those added last."""
SHOWN: Final = 10
"""Values of a facet; the months are all there."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, or at least so many."""

    number: int
    is_least: bool = False
    """There are more, which were not counted."""

    def __str__(self) -> str:
        """Return the number as it is shown.

        >>> str(Count(10_000, is_least=True))
        '10,000+'
        """
        return f"{self.number:,}{'+' if self.is_least else ''}"


@dataclass(frozen=True, slots=True)
class Facet:
    """One value, and how many statements have it."""

    value: str | None
    """None for no speaker, no outlet, or no day."""
    count: int
    person: str | None = field(default=None, compare=False)
    """The record's id of the person or organization that it is; None for who can't be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What statements have in common: the most frequent values first, months in their order."""

    counted: Count
    """Of how many statements, copies and revised texts left out."""
    speaker: tuple[Facet, ...]
    outlet: tuple[Facet, ...]
    form: tuple[Facet, ...]
    cue_class: tuple[Facet, ...]
    month: tuple[Facet, ...]
    """Of publication, such as ``2024-05``."""


COLUMNS: Final = """s.form, s.cue_class, s.published, s.outlet_id,
    CASE WHEN s.speaker_name IS NULL THEN coalesce(m.into_id, e.person_id) END, coalesce(s.speaker_name, e.name),
    s.id"""
"""What is counted of a statement, and its number."""
JOINS: Final = """LEFT JOIN entities e ON e.id = s.speaker_id
    LEFT JOIN merged_people m ON m.person_id = e.person_id"""


def count_facets(connection: sqlite3.Connection, rows: Iterable[tuple[Any, ...]], *, is_least: bool) -> Facets:
    """Count rows of :data:`COLUMNS`."""
    forms, classes, months, outlets = (Counter[Any]() for _ in range(4))
    people = PeopleTally()
    total = 0
    terms = Terms(connection)
    corrected = rectified(connection, terms)
    for form, cue_class, day, outlet, person, name, statement in rows:
        total += 1
        forms[corrected.form.get(statement, form)] += 1
        classes[corrected.cue_class.get(statement, cue_class)] += 1
        months[day and day // 100] += 1
        outlets[outlet] += 1
        people.add(*corrected.speaker.get(statement, (person, name)))
    outlet_names = dict(connection.execute("SELECT id, name FROM outlets"))
    return Facets(
        counted=Count(total, is_least=is_least),
        speaker=people.most(connection, SHOWN),
        outlet=_top(_named(outlets, outlet_names)),
        form=_top((terms.word(form), count) for form, count in forms.items()),
        cue_class=_top((terms.word(each), count) for each, count in classes.items()),
        month=tuple(Facet(month_of(month), months[month]) for month in sorted(months, key=lambda month: month or 0)),
    )


class PeopleTally:
    """How many statements each of some people has.

    Whoever is the same person of the record is counted as one, under the name of the user's register, or else the one
    that is used most.
    """

    def __init__(self) -> None:
        self._counts: Counter[int | str | None] = Counter()
        self._names: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self._told: defaultdict[int, set[int]] = defaultdict(set)

    def add(self, person: int | None, name: str | None, number: int = 1) -> None:
        """Count somebody: by name where the person can't be told, as nobody where there is no name either."""
        if person is None or name is None:
            self._counts[name] += number
        else:
            self._counts[person] += number
            self._names[person][name] += number

    def add_each(self, person: int | None, name: str | None, statements: set[int]) -> None:
        """Count somebody for some statements, by their numbers: of a person each once, whatever it is called there."""
        if person is not None:
            statements = statements - self._told[person]
            self._told[person] |= statements
        if statements:
            self.add(person, name, len(statements))

    def most(self, connection: sqlite3.Connection, shown: int) -> tuple[Facet, ...]:
        """Return those who have most statements."""
        registered = registered_names(connection, self._names)
        named = ((self._name(who, registered), count, who) for who, count in self._counts.items() if count)
        ordered = sorted(named, key=lambda each: (-each[1], each[0] is None, each[0] or "", str(each[2])))
        return tuple(
            Facet(name, count, show_person(who) if isinstance(who, int) else None)
            for name, count, who in ordered[:shown]
        )

    def _name(self, who: int | str | None, registered: Mapping[int, str]) -> str | None:
        if not isinstance(who, int):
            return who
        if who in registered:
            return registered[who]
        names = self._names[who]
        return min(names, key=lambda name: (-names[name], name))


def _named(counts: Counter[int | None], names: Mapping[int, str]) -> Iterator[tuple[str | None, int]]:
    return ((None if outlet is None else names.get(outlet), count) for outlet, count in counts.items())


def _top(counts: Iterable[tuple[str | None, int]]) -> tuple[Facet, ...]:
    ordered = sorted(counts, key=lambda each: (-each[1], each[0] is None, each[0] or ""))
    return tuple(Facet(value, count) for value, count in ordered[:SHOWN])


def count_days(days: Iterable[int | None]) -> tuple[Facet, ...]:
    """Count days of publication, as the tables have them, in their order.

    >>> count_days([20240502, None, 20240502])
    (Facet(value='2024-05-02', count=2, person=None), Facet(value=None, count=1, person=None))
    """
    counts = Counter(days)
    ordered = sorted(counts, key=lambda day: (day is None, day or 0))
    return tuple(Facet(unpack_date(day), counts[day]) for day in ordered)


def month_of(number: int | None) -> str | None:
    """Return a month as it is written; the year alone where the month is unknown.

    >>> month_of(202405), month_of(202400)
    ('2024-05', '2024')
    """
    if number is None:
        return None
    year, month = divmod(number, 100)
    return f"{year:04d}-{month:02d}" if month else f"{year:04d}"
