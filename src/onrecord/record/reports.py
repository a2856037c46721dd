"""The reports of a record as rows of a list: where each is from, what it is to others, and how much was read in it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from onrecord.record.choosing import STANDINGS, Standing
from onrecord.record.filtering import Filters, condition
from onrecord.record.ids import StatementId
from onrecord.record.opening import define
from onrecord.record.packing import STANDING, pack_date, unpack_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report, without its text and without what was read in it."""

    document: str
    """The contract's ``document.id``."""
    title: str | None
    outlet: str | None
    """As the record calls it."""
    published: str | None
    address: str | None
    authors: tuple[str, ...]
    statements: int
    """How many were read in it, or put in; other corrections aside."""
    standing: Standing
    """Whether its statements count, or it is a copy or a text that was revised."""
    copy_of: str | None
    """The ``document.id`` of the report that it repeats."""
    added: str
    """When it came into the record, UTC."""


@dataclass(frozen=True, slots=True)
class OtherTexts:
    """Other texts of a report: under the same address, or, without one, read otherwise from the same bytes."""

    current: str | None
    """The ``document.id`` of the one that stands now; None where the report itself does."""
    earlier: tuple[str, ...]
    """Of those that were revised, the one added last first."""


_OTHERS: Final = """
WITH RECURSIVE text (id) AS (
    SELECT id FROM documents WHERE hash = :document
    UNION SELECT revises FROM revisions JOIN text ON document_id = text.id
    UNION SELECT document_id FROM revisions JOIN text ON revises = text.id)
SELECT hash, is_current FROM documents WHERE hash <> :document AND id IN (
    SELECT id FROM text UNION SELECT other.id FROM documents AS one JOIN documents AS other
        ON other.address_print = one.address_print WHERE one.hash = :document)
ORDER BY id DESC"""


def other_texts(connection: sqlite3.Connection, document: str) -> OtherTexts:
    """Return what a report was revised to, and what it revised."""
    is_current = connection.execute("SELECT is_current FROM documents WHERE hash = ?", (document,)).fetchone()
    rows = connection.execute(_OTHERS, {"document": document}).fetchall()
    return OtherTexts(
        # Of a report that stands, the others that do are its copies under mirrors of the address.
        current=None if is_current == (1,) else next((name for name, stands in rows if stands), None),
        earlier=tuple(name for name, stands in rows if not stands),
    )


def titles_of(connection: sqlite3.Connection, documents: Iterable[str]) -> dict[str, str]:
    """Return the titles of reports by their ids, of those that have one."""
    rows = connection.execute(
        "SELECT hash, title FROM json_each(?) JOIN documents ON hash = value WHERE title IS NOT NULL",
        (json.dumps(sorted(documents)),),
    )
    return dict(rows.fetchall())


def corrected_in(connection: sqlite3.Connection, document: str) -> frozenset[str]:
    """Return the ids of the statements of a report of which somebody corrected what was read."""
    rows = connection.execute(
        "SELECT DISTINCT mark FROM corrections WHERE document_hash = ? AND standing = 'stands'"
        " AND field NOT IN ('added', 'deleted')",
        (document,),
    )
    return frozenset(str(StatementId(document, mark)) for (mark,) in rows)


_QUERY: Final = f"""
SELECT hash, title, outlet_name, published_as, address, authors, statement_count, standing, copy_of, added_at, id FROM (
    SELECT documents.id, hash, title, coalesce(outlets.name, documents.outlet) AS outlet_name, documents.outlet_id,
        documents.published AS published_as, packed_date(documents.published) AS published, address, authors,
        statement_count, added_at, {STANDING} AS standing,
        (SELECT original.hash FROM documents AS original WHERE original.id = copies.copy_of) AS copy_of
    FROM documents LEFT JOIN outlets ON outlets.id = documents.outlet_id
    LEFT JOIN copies ON copies.document_id = documents.id
    LEFT JOIN readings ON readings.document_id = documents.id) AS s
WHERE s.id > :after AND s.id <= :until"""


def read_reports(
    connection: sqlite3.Connection, filters: Filters, *, after: int, until: int, most: int
) -> list[tuple[int, Report]]:
    """Return the reports with numbers from behind ``after`` up to ``until``, and their numbers, the first added first.

    Of the filters, those of reports count: outlet, days and copies.

    Raises:
        BadQuery: a day that is none.
    """
    define(connection, "packed_date", 1, pack_date)
    where = condition(connection, filters.of_reports)
    rows = connection.execute(
        f"{_QUERY} AND {where} ORDER BY s.id LIMIT :most", {"after": after, "until": until, "most": most}
    )
    return [(row[-1], _report(*row[:-1])) for row in rows]


def _report(  # noqa: PLR0917 - as the columns
    document: str,
    title: str | None,
    outlet: str | None,
    published: str | None,
    address: str | None,
    authors: str | None,
    statements: int | None,
    standing: int,
    copy_of: str | None,
    added: str,
) -> Report:
    return Report(
        document=document,
        title=title,
        outlet=outlet,
        published=published,
        address=address,
        authors=tuple(unpack_json(authors, ())),
        statements=statements or 0,
        standing=STANDINGS[standing],
        copy_of=copy_of,
        added=added,
    )
