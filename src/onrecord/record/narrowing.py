"""Which people of a record are listed: by words of a name, by kind and by country; and in which order.

Copies and revised texts count for nothing: who is named in nothing else is not listed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.reading import EntityKind
from onrecord.record.naming import make_name_test
from onrecord.record.packing import COUNTING, Terms, number_list


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFilter:
    """Which people are listed."""

    names: tuple[str, ...] = ()
    """Ids, or words of a name; several: any of them."""
    kinds: tuple[EntityKind, ...] = ()
    countries: tuple[str, ...] = ()


EVERYBODY: Final = PersonFilter()


def listing(
    connection: sqlite3.Connection, which: PersonFilter, people: Collection[int] | None, *, columns: str = ""
) -> str:
    """Return the query that lists people, those who make most statements first, then those whom most are about.

    Args:
        connection: of the record.
        which: their kinds and countries; names are not looked at.
        people: the numbers of whom to list, merges counted; None for all.
        columns: what to give besides the number, and how many statements are theirs and about them.
    """
    tests = [COUNTING]
    if people is not None:
        listed = number_list(sorted(people))
        merged = f"SELECT person_id FROM merged_people WHERE into_id IN ({listed})"
        tests.append(f"(e.person_id IN ({listed}) OR e.person_id IN ({merged}))")
    # Of whom one report has the kind, all reports are counted.
    looks = " AND ".join(_looks(connection, which))
    having = f"HAVING max({looks})" if looks else ""
    return f"""
        SELECT coalesce(into_id, e.person_id) AS person, sum(coalesce(json_array_length(says), 0)) AS said,
            sum(coalesce(json_array_length(about), 0)) AS spoken{columns}
        FROM entities AS e JOIN documents ON documents.id = e.document_id
        LEFT JOIN merged_people ON merged_people.person_id = e.person_id
        WHERE e.person_id IS NOT NULL AND {" AND ".join(tests)}
        GROUP BY person {having} ORDER BY said DESC, spoken DESC, min(e.name), person"""


def people_named(connection: sqlite3.Connection, names: Sequence[str]) -> set[int]:
    """Return the numbers of those who go by one of some names in any report, merges counted; asks all entities."""
    goes_by = make_name_test(connection, "goes_by", names)
    rows = connection.execute(
        "SELECT DISTINCT coalesce(into_id, e.person_id) FROM entities AS e"
        " LEFT JOIN merged_people ON merged_people.person_id = e.person_id"
        f" WHERE e.person_id IS NOT NULL AND {goes_by.may_be()} AND goes_by(e.name, e.aliases, e.person_id)"
    )
    return {number for (number,) in rows}


def tests_of_entities(connection: sqlite3.Connection, which: PersonFilter) -> str:
    """Return a filter as SQL on ``e``, a row of ``entities``, with its row of ``documents``; asks for no other row."""
    tests = [COUNTING, *_looks(connection, which)]
    if which.names:
        make_name_test(connection, "goes_by", which.names)
        tests.append("goes_by(e.name, e.aliases, e.person_id)")
    return " AND ".join(tests)


def _looks(connection: sqlite3.Connection, which: PersonFilter) -> Iterator[str]:
    if which.kinds:
        yield f"e.kind IN ({number_list(Terms(connection).numbers(which.kinds))})"
    if which.countries:
        listed = ",".join(f"'{country}'" for country in which.countries if country.isalpha())
        yield f"e.country IN ({listed})"
