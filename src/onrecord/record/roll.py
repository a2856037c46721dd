"""The people and organizations of a record as a list with counts, without going through the reports of each."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final, cast

from onrecord.reading import EntityKind
from onrecord.record.finding import name_of
from onrecord.record.identities import LINKED, show_person
from onrecord.record.narrowing import EVERYBODY, PersonFilter, listing, people_named
from onrecord.record.packing import Terms, number_list
from onrecord.record.people import proper_name

_COLUMNS: Final = ", count(DISTINCT e.document_id), count(*) OVER ()"


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
    rows = connection.execute(f"{query} LIMIT ? OFFSET ?", (limit, offset)).fetchall()
    if not rows and offset:
        return Roll(people=(), total=list_people(connection, which, limit=1).total)
    people = tuple(_listed(connection, *row) for row in rows)
    return Roll(people=people, total=rows[0][4] if rows else 0)


def _listed(
    connection: sqlite3.Connection, person: int, said: int, spoken: int, reports: int, _total: int, *kinds: int
) -> Listed:
    # The kind and the name are told as people.read_person tells them.
    kind = min(zip(kinds, LINKED, strict=True), key=lambda each: (-each[0], -len(each[1]), each[1]))[1]
    return Listed(
        id=show_person(person),
        name=proper_name(name_of(connection, person), kind),
        kind=cast("EntityKind", kind),
        statements=said,
        about=spoken,
        reports=reports,
    )
