"""Long lists of a record a page at a time, in an order in which additions change nothing that was passed already.

A page goes on behind the place where the one before it ended: the record's own number of a statement or a report, which
grows with every addition, or a person's number, which is made of the name. Nothing comes twice, and nothing that was
there at the first page is missed, whatever is added in between. A report that is read again, or that somebody puts a
statement into, has new numbers: its statements may come a second time, at the end.

A page looks at a bounded number of rows, so that a narrow filter costs no more than a wide one: it may be short, or
empty, with more to come.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from onrecord.record.filtering import Filters, condition
from onrecord.record.narrowing import PersonFilter, tests_of_entities
from onrecord.record.packing import Terms
from onrecord.record.people import Person, Told, read_person
from onrecord.record.reports import Report, read_reports

Item = TypeVar("Item")

LOOKED_AT: Final = 500_000
"""Statements or reports that one page looks at: 0.06 s."""
BY_NAME: Final = 50_000
"""Statements, where each is asked for its speaker's name: 0.3 s."""
BY_REPORT: Final = 10_000
"""Statements, where each has its report looked into, for whom it is about or what it tells of: 0.3 s."""
ENTITIES: Final = 20_000
"""Entities that one page of people looks at: 0.2 s where each is asked for its name."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some of a list, and where it goes on."""

    items: tuple[Item, ...]
    end: int | None
    """The place behind which the next page begins; None where nothing follows."""


def statements_after(connection: sqlite3.Connection, filters: Filters, after: int = 0, *, most: int) -> Page[int]:
    """Return the numbers of the statements behind a place that the filters let by, in the order of their addition.

    Raises:
        BadQuery: a day that is none.
    """
    where = condition(connection, filters, deleted=False)
    end = after + (BY_REPORT if filters.about or filters.type else BY_NAME if filters.speaker else LOOKED_AT)
    rows = connection.execute(
        f"SELECT s.id FROM statements s WHERE s.id > ? AND s.id <= ? AND {where} ORDER BY s.id LIMIT ?",
        (after, end, most + 1),
    ).fetchall()
    return _page([row for (row,) in rows], most, end, last_statement(connection))


def last_statement(connection: sqlite3.Connection) -> int:
    """Return the number of the statement that was added last; 0 where there is none."""
    return _last(connection, "SELECT max(id) FROM statements")


def reports_after(connection: sqlite3.Connection, filters: Filters, after: int = 0, *, most: int) -> Page[Report]:
    """Return the reports behind a place, in the order of their addition; of the filters, outlet, days and copies count.

    Raises:
        BadQuery: a day that is none.
    """
    end = after + LOOKED_AT
    found = read_reports(connection, filters, after=after, until=end, most=most + 1)
    page = _page([row for row, _ in found], most, end, _last(connection, "SELECT max(id) FROM documents"))
    return Page(tuple(report for _, report in found[:most]), page.end)


def people_after(connection: sqlite3.Connection, which: PersonFilter, after: int = 0, *, most: int) -> Page[Person]:
    """Return the people behind a place, by their numbers, which mean nothing but stay."""
    tests = tests_of_entities(connection, which)
    looked = connection.execute(
        "SELECT person_id FROM entities WHERE person_id > ? ORDER BY person_id LIMIT 1 OFFSET ?", (after, ENTITIES)
    ).fetchone()
    last = _last(connection, "SELECT max(person_id) FROM entities")
    end = last if looked is None else int(looked[0])
    numbers = connection.execute(
        f"""SELECT e.person_id FROM entities e JOIN documents ON documents.id = e.document_id
        WHERE e.person_id > :after AND e.person_id <= :end AND {tests}
            AND e.person_id NOT IN (SELECT person_id FROM merged_people)
        UNION SELECT into_id FROM merged_people m CROSS JOIN entities e ON e.person_id = m.person_id
            JOIN documents ON documents.id = e.document_id
        WHERE into_id > :after AND into_id <= :end AND {tests}
        ORDER BY 1 LIMIT :most""",
        {"after": after, "end": end, "most": most + 1},
    ).fetchall()
    page = _page([number for (number,) in numbers], most, end, last)
    terms, told = Terms(connection), Told(connection)
    return Page(tuple(read_person(connection, number, terms, told=told) for number in page.items), page.end)


def _page(places: list[int], most: int, end: int, last: int) -> Page[int]:
    """Return the first of some places; they are those up to ``end``, of a list that goes to ``last``."""
    if len(places) > most:
        return Page(tuple(places[:most]), places[most - 1])
    return Page(tuple(places), end if end < last else None)


def _last(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0] or 0)
