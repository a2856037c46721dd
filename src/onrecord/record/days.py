"""The reports of some days: which there are, who is in them, and their words. Copies and revised texts are left out.

An index by the day of publication finds them, so that the cost grows with how many reports those days have.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from onrecord.document import written_date
from onrecord.record.filtering import first_day, last_day
from onrecord.record.packing import COUNTING, day_of, number_array, text_of

_BEYOND: Final = "9999-12-32"
"""Behind all dates, as text."""


class DatedReport(NamedTuple):
    """A report whose day of publication is known."""

    row: int
    """The record's own number of the report."""
    document: str
    """The contract's ``document.id``."""
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportText:
    """The words of a report."""

    title: str | None
    text: str
    zones: tuple[tuple[str, int, int], ...]
    """Kind, start and end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportHead:
    """What a list shows of a report."""

    document: str
    title: str | None
    outlet: str | None
    """As the record calls it."""
    published: str | None
    address: str | None
    statements: int


def reports_between(connection: sqlite3.Connection, first: date, last: date) -> list[DatedReport]:
    """Return the reports that were published on some days, both ends among them, by day and id."""
    rows = connection.execute(
        f"SELECT id, hash, published FROM documents WHERE {COUNTING} AND published >= ? AND published < ?",
        (first.isoformat(), _BEYOND if last == date.max else (last + timedelta(days=1)).isoformat()),
    )
    found = (DatedReport(row, document, day) for row, document, told in rows if (day := day_of(told)))
    return sorted(found, key=lambda report: (report.day, report.document))


def find_dated(connection: sqlite3.Connection, document: str) -> DatedReport | None:
    """Return a report by its id: of a revised text the one that is current, of a copy the original; None without a day.

    The original of a near copy may itself be a near copy of a third report: that is the one, then. A text that was
    revised and has no current one counts for nothing, as one without a day.
    """
    row = connection.execute(
        "WITH RECURSIVE present (id) AS ("
        " SELECT coalesce((SELECT min(n.id) FROM documents n WHERE n.address_print = m.address_print"
        "  AND NOT m.is_current AND n.is_current), m.id) FROM documents m WHERE m.hash = ?"
        " UNION SELECT c.copy_of FROM present JOIN copies c ON c.document_id = present.id)"
        " SELECT d.id, d.hash, d.published FROM present JOIN documents d USING (id)"
        " WHERE NOT EXISTS (SELECT 1 FROM copies c WHERE c.document_id = d.id)",
        (document,),
    ).fetchone()
    if row is None:
        return None
    day = day_of(row[2])
    counts = connection.execute(f"SELECT 1 FROM documents WHERE id = ? AND {COUNTING}", (row[0],)).fetchone()
    return None if day is None or counts is None else DatedReport(row[0], row[1], day)


def days_between(connection: sqlite3.Connection, since: str | date | None, until: str | date | None) -> list[date]:
    """Return the days that have reports, in their order.

    Args:
        connection: of a record.
        since: the first day, month or year, or a date; None for the record's first.
        until: the last one.

    Raises:
        BadQuery: a day that is none.
    """
    first, last = written_date(since, where="since"), written_date(until, where="until")
    least = "" if first is None else _written(first_day(first))
    most = "9999-99-99" if last is None else _written(last_day(last))
    rows = connection.execute(
        f"SELECT DISTINCT substr(published, 1, 10) FROM documents WHERE {COUNTING}"
        " AND published >= ? AND substr(published, 1, 10) <= ? AND published <= ? || '~' ORDER BY 1",
        (least, most, most),
    )
    return [day for (told,) in rows if (day := day_of(told))]


def _written(packed: int) -> str:
    return f"{packed // 10_000:04d}-{packed // 100 % 100:02d}-{packed % 100:02d}"


def people_in(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, dict[int, str]]:
    """Return who is in each of some reports: people, organizations and countries by their numbers, with their names."""
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for document, person, name in connection.execute(
        "SELECT r.document_id, coalesce(m.into_id, e.person_id), e.name FROM json_each(?) wanted"
        " JOIN readings r ON r.document_id = wanted.value"
        " JOIN entities e ON e.id >= r.first_entity AND e.id < r.first_entity + r.entity_count"
        " LEFT JOIN merged_people m ON m.person_id = e.person_id WHERE e.person_id IS NOT NULL ORDER BY e.id",
        (number_array(sorted(rows)),),
    ):
        found[document].setdefault(person, name)
    return dict(found)


def read_text(connection: sqlite3.Connection, row: int) -> ReportText:
    """Return the words of a report."""
    title, zones = connection.execute("SELECT title, zones FROM documents WHERE id = ?", (row,)).fetchone()
    return ReportText(
        title=title, text=text_of(connection, row), zones=tuple((k, s, e) for k, s, e in json.loads(zones or "[]"))
    )


def read_heads(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, ReportHead]:
    """Return what a list shows of some reports."""
    names = ("document", "title", "outlet", "published", "address", "statements")
    found = connection.execute(
        "SELECT d.id, d.hash, d.title, coalesce(o.name, d.outlet), d.published, d.address,"
        " coalesce(r.statement_count, 0) FROM json_each(?) wanted JOIN documents d ON d.id = wanted.value"
        " LEFT JOIN outlets o ON o.id = d.outlet_id LEFT JOIN readings r ON r.document_id = d.id",
        (number_array(sorted(rows)),),
    )
    return {row: ReportHead(**dict(zip(names, told, strict=True))) for row, *told in found}


def copies_of(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, list[int]]:
    """Return the copies of some reports, and the copies of those, by the number of the original."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for original, copy in connection.execute(
        "WITH RECURSIVE copied (original, row) AS ("
        " SELECT c.copy_of, c.document_id FROM json_each(?) wanted JOIN copies c ON c.copy_of = wanted.value"
        " UNION SELECT original, c.document_id FROM copied JOIN copies c ON c.copy_of = row)"
        " SELECT original, row FROM copied JOIN documents d ON d.id = row WHERE d.is_current"
        " ORDER BY d.published, d.hash",
        (number_array(sorted(rows)),),
    ):
        found[original].append(copy)
    return dict(found)
