"""The people and organizations of a record as a list with counts, without going through the reports of each."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from onrecord.reading import EntityKind
from onrecord.record.finding import name_of
from onrecord.record.identities import show_person
from onrecord.record.naming import register
from onrecord.record.packing import COUNTING, Terms, number_list
from onrecord.record.people import EVERYBODY, PersonFilter

__all__ = ["EVERYBODY", "Listed", "Roll", "list_people"]

_QUERY: Final = """
SELECT coalesce(into_id, e.person_id) AS person, sum(coalesce(json_array_length(says), 0)) AS said,
    sum(coalesce(json_array_length(about), 0)) AS spoken, count(DISTINCT e.document_id), max(e.kind),
    count(*) OVER ()
FROM entities AS e JOIN documents ON documents.id = e.document_id
LEFT JOIN merged_people ON merged_people.person_id = e.person_id"""


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

    Of the filter, words of names and kinds count.
    """
    wanted = ["e.person_id IS NOT NULL", COUNTING]
    terms = Terms(connection)
    if which.kinds:
        wanted.append(f"e.kind IN ({number_list(terms.numbers(which.kinds))})")
    if which.names:
        register(connection, "goes_by", which.names)
        wanted.append("goes_by(e.name, e.aliases, e.person_id)")
    rows = connection.execute(
        f"{_QUERY} WHERE {' AND '.join(wanted)} GROUP BY person ORDER BY said DESC, spoken DESC, min(e.name), person"
        " LIMIT ? OFFSET ?",
        (limit, offset),
    ).fetchall()
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
