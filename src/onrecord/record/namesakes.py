"""What tells people of one name apart, wherever a list offers several of them.

Nothing is asked of the record where no name is borne by two; where one is, two queries ask for all of them.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from onrecord.errors import SlowQuery
from onrecord.record.damage import translated
from onrecord.record.identities import number_shown
from onrecord.record.packing import COUNTING, Terms, number_array
from onrecord.record.reported import COLUMNS, REPORTS, Reported, dated_roles, ranked

NEWEST: Final = 100
"""Reports that each is looked up in, those added last: what somebody is stands in most of them."""
LONGEST: Final = 80
"""Characters of a role or an outlet that are shown."""


def tell_apart(connection: sqlite3.Connection, listed: Iterable[tuple[str | None, str | None]]) -> dict[str, str]:
    """Return what tells those of a list apart who have the name of another one on it, by their ids.

    It is the role that most reports give, or else the country, or else the outlet and the years of reports, or else the
    id; where two have the same, what comes next stands behind it. Where time runs out (:class:`SlowQuery`), it is the
    ids, which cost none.

    Args:
        connection: of the record.
        listed: id and name of each; without an id for who can't be told. The same one may come several times.
    """
    alike = _alike(listed)
    if not alike:
        return {}
    try:
        with translated("the record"):
            known = _facts(connection, sorted({person for several in alike for person in several}))
    except SlowQuery:
        known = {}
    told: dict[str, str] = {}
    for several in alike:
        for person, words in _labels({person: known.get(person, (person,)) for person in several}):
            # Who is listed under two names may need more to be told from the others of the one than from those of the
            # other.
            told[person] = max(told.get(person, ""), words, key=len)
    return told


def _alike(listed: Iterable[tuple[str | None, str | None]]) -> list[list[str]]:
    """Return the ids of those of each name that several have."""
    by_name: defaultdict[str, set[str | None]] = defaultdict(set)
    for person, name in listed:
        if name is not None:
            by_name[" ".join(name.casefold().split())].add(person)
    groups = (sorted(person for person in people if person) for people in by_name.values() if len(people) > 1)
    return [group for group in groups if group]


def _labels(facts: Mapping[str, Sequence[str]], *, is_first: bool = True) -> Iterator[tuple[str, str]]:
    """Yield for each person the first fact, and behind it what tells apart those who share it.

    >>> dict(_labels({"p1": ("mayor", "p1"), "p2": ("judge", "NO", "p2"), "p3": ("judge", "NO", "SE", "p3")}))
    {'p1': 'mayor', 'p2': 'judge, p2', 'p3': 'judge, SE'}
    """
    by_fact: defaultdict[str, dict[str, Sequence[str]]] = defaultdict(dict)
    for person, (fact, *rest) in facts.items():
        by_fact[fact.casefold()][person] = rest
    for several in by_fact.values():
        if len(several) == 1:
            yield from ((person, facts[person][0]) for person in several)
        elif len(by_fact) == 1 and not is_first:  # what all have tells nothing
            yield from _labels(several, is_first=False)
        else:
            yield from ((who, f"{facts[who][0]}, {words}") for who, words in _labels(several, is_first=False))


# ---- what is known of each -----------------------------------------------------------------------------------

_MEMBERS: Final = """
SELECT value, value FROM json_each(:people)
UNION SELECT person_id, into_id FROM merged_people WHERE into_id IN (SELECT value FROM json_each(:people))"""
_ROWS: Final = f"""
SELECT p.value, {COLUMNS}
FROM json_each(?) p CROSS JOIN entities e
    ON e.id IN (SELECT id FROM entities WHERE person_id = p.value ORDER BY id DESC LIMIT {NEWEST}) {REPORTS}
WHERE {COUNTING}"""


def _facts(connection: sqlite3.Connection, people: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return what is known of some people, the most telling first and the id last."""
    numbers = {number_shown(person): person for person in people}
    heads = dict(connection.execute(_MEMBERS, {"people": number_array(numbers)}).fetchall())
    rows: defaultdict[str, list[Reported]] = defaultdict(list)
    for member, *row in connection.execute(_ROWS, (number_array(heads),)):
        rows[numbers[heads[member]]].append(Reported(*row))
    terms = Terms(connection)
    return {person: (*(_shorten(fact) for fact in _told(rows[person], terms)), person) for person in people}


def _told(rows: Sequence[Reported], terms: Terms) -> Iterator[str]:
    """Yield what reports say of somebody."""
    yield from (kind for kind in ranked(terms.word(row.kind) for row in rows)[:1] if kind != "person")
    for role in islice(dated_roles(rows), 1):
        yield role.words
    yield from (f"country {country}" for country in ranked(row.country for row in rows if row.country)[:1])
    days = sorted(row.day for row in rows if row.day)
    years = dict.fromkeys(day[:4] for day in (*days[:1], *days[-1:]))
    outlets = map(_shorten, ranked(row.outlet for row in rows if row.outlet)[:1])
    if where_and_when := ", ".join((*outlets, *([" to ".join(years)] if years else []))):
        yield where_and_when
    yield from (f"from {day} on" for day in days[:1])


def _shorten(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
