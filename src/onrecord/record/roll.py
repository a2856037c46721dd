"""The people and organizations of a record as a list with counts, without going through the reports of each."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final, cast

from onrecord.reading import EntityKind
from onrecord.record.finding import members_of, name_of
from onrecord.record.identities import LINKED, show_person
from onrecord.record.narrowing import EVERYBODY, PersonFilter, Ranked, by_counts, listing, people_named, raised
from onrecord.record.packing import COUNTING, Terms, number_list
from onrecord.record.people import proper_name
from onrecord.record.takenaway import Recount, recount, taken_away

_COLUMNS: Final = ", count(DISTINCT e.document_id), count(*), count(*) OVER ()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Somebody on the list."""

    id: str
    name: str
    kind: EntityKind
    statements: int
    """That it makes."""
    about: int
    """That mention it."""
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Some of the people of a record."""

    people: tuple[Listed, ...]
    """Those who make most statements first, then those whom most are about."""
    total: int
    """How many there are, those not shown among them."""


def list_people(
    connection: sqlite3.Connection, which: PersonFilter = EVERYBODY, *, limit: int, offset: int = 0
) -> Roll:
    """Return some of the people whom a filter lets by; goes through all entities of the record.

    Of the names of a filter, words count.
    """
    named = people_named(connection, which.names) if which.names else None
    terms = Terms(connection)
    kinds = (f", sum(e.kind IN ({number_list(terms.numbers([kind]))}))" for kind in LINKED)
    query = listing(connection, which, named, columns=_COLUMNS + "".join(kinds))
    rows = map(Ranked.of, connection.execute(query))
    first = next(rows, None)
    if first is None:
        return Roll(people=(), total=0)
    changes = recount(connection, taken_away(connection))
    listed = raised(chain([first], rows), changes.given)
    ordered = by_counts(listed, lambda ranked: _count(connection, ranked, changes))
    people = tuple(_listed(connection, *each) for each in islice(ordered, offset, offset + limit))
    return Roll(people=people, total=first.more[2])


def _count(
    connection: sqlite3.Connection, ranked: Ranked, changes: Recount
) -> tuple[int, int, tuple[Ranked, int, int]]:
    """Return how many statements somebody makes, and how many mention somebody, each once; and what to tell of it."""
    reports, entities, *_ = ranked.more
    said, spoken = ranked.said, ranked.spoken
    if entities > reports:  # a statement that names somebody in two ways was counted twice
        said, spoken = _exactly(connection, ranked.person)
        said += changes.given[ranked.person]
    said -= changes.not_theirs[ranked.person]
    spoken -= changes.not_about[ranked.person]
    return said, spoken, (ranked, said, spoken)


def _listed(connection: sqlite3.Connection, ranked: Ranked, said: int, spoken: int) -> Listed:
    reports, _, _, *kinds = ranked.more
    # The kind and the name are told as people.read_person tells them.
    kind = min(zip(kinds, LINKED, strict=True), key=lambda each: (-each[0], -len(each[1]), each[1]))[1]
    return Listed(
        id=show_person(ranked.person),
        name=proper_name(name_of(connection, ranked.person), kind),
        kind=cast("EntityKind", kind),
        statements=said,
        about=spoken,
        reports=reports,
    )


def _exactly(connection: sqlite3.Connection, person: int) -> tuple[int, int]:
    """Return how many statements somebody makes, and how many mention somebody, each once."""
    members = number_list(members_of(connection, person))
    said, spoken = connection.execute(_EXACTLY.format(people=members)).fetchone()
    return said, spoken


def _once(column: str) -> str:
    """Return the number of different positions in the lists of a report, as SQL; of most there is one list."""
    return f"""CASE WHEN {column} IS NULL THEN 0 WHEN ways = 1 THEN json_array_length('[' || {column} || ']')
        ELSE (SELECT count(DISTINCT value) FROM json_each('[' || {column} || ']')) END"""


# In SQL, as the view people does: in Python somebody in 60,000 reports takes seven times as long.
_EXACTLY: Final = f"""
SELECT coalesce(sum({_once("says")}), 0), coalesce(sum({_once("about")}), 0) FROM (
    SELECT count(*) AS ways, group_concat(nullif(trim(says, '[]'), '')) AS says,
        group_concat(nullif(trim(about, '[]'), '')) AS about
    FROM entities JOIN documents ON documents.id = document_id
    WHERE person_id IN ({{people}}) AND {COUNTING} GROUP BY document_id)"""
