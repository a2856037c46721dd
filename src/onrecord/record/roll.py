"""The people and organizations of a record as a list with counts, without going through the reports of each."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from onrecord.reading import EntityKind
from onrecord.record.finding import name_of
from onrecord.record.identities import show_person
from onrecord.record.narrowing import EVERYBODY, PersonFilter, listing, people_named
from onrecord.record.packing import Terms

_COLUMNS: Final = ", count(DISTINCT e.document_id), max(e.kind), count(*) OVER ()"


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
    query = listing(connection, which, named, columns=_COLUMNS)
    rows = connection.execute(f"{query} LIMIT ? OFFSET ?", (limit, offset)).fetchall()
    if not rows and offset:
        return Roll(people=(), total=list_people(connection, which, limit=1).total)
    terms = Terms(connection)
    people = tuple(
        Listed(
            id=show_person(person),
            name=name_of(connection, person),
            kind=terms.word(kind),
            statements=said,
            about=spoken,
            reports=reports,
        )
        for person, said, spoken, reports, kind, _ in rows
    )
    return Roll(people=people, total=rows[0][-1] if rows else 0)
