"""Taking reports out of a record: what is left is as if they had never been there, and none of their words stays.

A report goes with every text that stood under its address or a mirror of it, with what was read in them and what
somebody said of that. Copies of it under other addresses are reports of their own, and stay. What was taken out is
known again, and passed over, by :mod:`onrecord.record.removals`.

In the file, SQLite overwrites what it deletes, but words may lie in places that were free before: pages of the
full-text index that were merged, cells that had moved. So the file is written anew behind it (:func:`wipe`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from onrecord.errors import BadChange, MissingRecord
from onrecord.record.changing import NOBODY, By
from onrecord.record.copies import release_copies
from onrecord.record.linking import part_again, unlink_people
from onrecord.record.lookup import report_named
from onrecord.record.mending import mend_changes
from onrecord.record.mirrors import domain_of
from onrecord.record.missed import report_at
from onrecord.record.opening import WAIT_SECONDS, one_moment, transaction
from onrecord.record.packing import PIECES, number_list
from onrecord.record.placing import drop_empty_outlet, forget_outlet, settle_domain
from onrecord.record.removals import find_removed, note_removal
from onrecord.record.storing import remove_reading


@dataclass(frozen=True, slots=True, kw_only=True)
class ToRemove:
    """A report, and how much is taken out with it."""

    document: str
    """Its ``document.id``; of several texts under its address, that of the one that counts."""
    title: str | None
    outlet: str | None
    published: str | None
    address: str | None
    texts: int
    """How many go: the one that counts, earlier ones, those under mirrors of its address."""
    statements: int
    """Of all these texts."""
    corrections: int
    """What somebody corrected or put in there."""
    copies: tuple[str, ...]
    """The ``document.id`` of the reports that have the same text under other addresses, and stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed(ToRemove):
    """A report that was taken out."""

    id: int
    """The number of the removal, by which it can be allowed again."""
    is_wiped: bool = False
    """Whether its words are overwritten in the file; False while another process keeps from it, see :func:`wipe`."""


def find_to_remove(connection: sqlite3.Connection, reports: Sequence[str]) -> list[ToRemove]:
    """Return what :func:`remove_reports` would take out, and change nothing.

    Raises:
        MissingRecord: no such report.
        BadQuery: several ids begin so.
    """
    with one_moment(connection):
        groups = _groups(connection, reports)
        gone = [row for rows in groups for row in rows]
        return [_describe(connection, rows, gone) for rows in groups]


def remove_reports(
    connection: sqlite3.Connection, reports: Sequence[str], by: By = NOBODY, *, agreed: Sequence[ToRemove] | None = None
) -> list[Removed]:
    """Take reports out with all that the record has of them, all or none; it can't be undone.

    Args:
        connection: of the record.
        reports: addresses, ids of reports or statements, or the beginnings of ids; of one report several will do.
        by: who says so, and why.
        agreed: what somebody was shown and agreed to; nothing else is taken out.

    Raises:
        MissingRecord: no such report.
        BadQuery: several ids begin so.
        BadChange: more, or less, would go now than was agreed to.
    """
    with _overwriting(connection), transaction(connection):
        groups = _groups(connection, reports)
        gone = [row for rows in groups for row in rows]
        found = [_describe(connection, rows, gone) for rows in groups]
        if agreed is not None and found != list(agreed):
            where = ", ".join(each.document for each in agreed)
            raise BadChange("the record has changed since you were asked", where=where, advice="run it again")
        removed = [
            Removed(id=note_removal(connection, each.document, rows, by), **asdict(each))
            for each, rows in zip(found, groups, strict=True)
        ]
        if gone:
            _take_out(connection, gone)
        return removed


def wipe(path: Path) -> bool:
    """Write the file of a record anew, without what lies in its free places; tell whether that is done.

    It is not where another process keeps writing or reading, or the disk has no room for a second file.
    """
    try:
        # A connection of its own: the caller's may be reading, and keeps what is temporary in memory.
        with closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("VACUUM")
            is_held, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return not is_held
    except sqlite3.Error:
        return False


# ---- which -------------------------------------------------------------------------------------------------------


def _groups(connection: sqlite3.Connection, reports: Sequence[str]) -> list[list[int]]:
    """Return the rows of all texts of each report that is named, each report once."""
    reports = (reports,) if isinstance(reports, str) else reports  # never its letters
    groups: dict[int, list[int]] = {}
    for document in dict.fromkeys(_document(connection, words) for words in reports):
        rows = _texts_of(connection, document)
        groups.setdefault(min(rows), rows)
    return list(groups.values())


def _document(connection: sqlite3.Connection, words: str) -> str:
    try:
        return report_at(connection, words) if "://" in words else report_named(connection, words)
    except MissingRecord as error:
        number = find_removed(connection, words)
        if number is None:
            raise
        raise MissingRecord(
            f"was taken out of this record before (removal {number})",
            where=words,
            advice="if that was cut short, this ends it: onrecord remove --wipe --in FILE",
        ) from error


def _texts_of(connection: sqlite3.Connection, document: str) -> list[int]:
    """Return the rows of all texts of a report: under its address, or else that revise one another."""
    rows = connection.execute(
        "WITH RECURSIVE text (id, address_print) AS ("
        "  SELECT id, address_print FROM documents WHERE hash = ?"
        "  UNION SELECT d.id, d.address_print FROM text JOIN documents d ON d.address_print = text.address_print"
        "  UNION SELECT d.id, d.address_print FROM text JOIN revisions ON document_id = text.id"
        "    JOIN documents d ON d.id = revises"
        "  UNION SELECT d.id, d.address_print FROM text JOIN revisions ON revises = text.id"
        "    JOIN documents d ON d.id = document_id)"
        " SELECT id FROM text ORDER BY id",
        (document,),
    )
    return [row for (row,) in rows]


def _describe(connection: sqlite3.Connection, rows: Collection[int], gone: Collection[int]) -> ToRemove:
    """Return what goes with a report, and what stays of the same text."""
    of = f"({number_list(rows)})"
    document, title, outlet, published, address = connection.execute(
        "SELECT hash, title, coalesce(outlets.name, documents.outlet), published, address FROM documents"
        " LEFT JOIN outlets ON outlets.id = documents.outlet_id LEFT JOIN copies ON document_id = documents.id"
        f" WHERE documents.id IN {of} ORDER BY is_current DESC, copy_of IS NOT NULL, documents.id DESC LIMIT 1"
    ).fetchone()
    (statements,) = connection.execute(
        f"SELECT coalesce(sum(statement_count), 0) FROM readings WHERE document_id IN {of}"
    ).fetchone()
    (corrections,) = connection.execute(
        f"SELECT count(*) FROM corrections WHERE document_hash IN (SELECT hash FROM documents WHERE id IN {of})"
    ).fetchone()
    return ToRemove(
        document=document,
        title=title,
        outlet=outlet,
        published=published,
        address=address,
        texts=len(rows),
        statements=statements,
        corrections=corrections,
        copies=_copies_left(connection, rows, gone),
    )


def _copies_left(connection: sqlite3.Connection, rows: Iterable[int], gone: Collection[int]) -> tuple[str, ...]:
    of = f"({number_list(rows)})"
    originals = (
        f"(SELECT copy_of FROM copies WHERE document_id IN {of} UNION SELECT id FROM documents WHERE id IN {of})"
    )
    found = connection.execute(
        f"SELECT hash FROM documents WHERE id NOT IN ({number_list(gone)}) AND (id IN {originals}"
        f" OR id IN (SELECT document_id FROM copies WHERE copy_of IN {originals})) ORDER BY 1"
    )
    return tuple(document for (document,) in found)


# ---- out ---------------------------------------------------------------------------------------------------------


@contextmanager
def _overwriting(connection: sqlite3.Connection) -> Iterator[None]:
    """Have SQLite overwrite what it deletes, and not look through all entities for those of a report that goes."""
    (before,) = connection.execute("PRAGMA secure_delete").fetchone()
    connection.execute("PRAGMA secure_delete = ON").fetchall()
    connection.execute("PRAGMA foreign_keys = OFF")  # check-record looks for what refers to nothing
    try:
        yield
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA secure_delete = {('OFF', 'ON', 'FAST')[before]}").fetchall()


def _take_out(connection: sqlite3.Connection, rows: Sequence[int]) -> None:
    of = f"({number_list(rows)})"
    found = connection.execute(
        f"SELECT hash, address, is_current FROM documents WHERE id IN {of} ORDER BY id"
    ).fetchall()
    hashes = {document for document, _, _ in found}
    keys = {key for row in rows for key in unlink_people(connection, row)}
    mend_changes(connection, hashes)
    _forget_runs(connection, of)
    # None of them is to be the original of another, not for a moment.
    connection.execute(f"UPDATE documents SET is_current = 0 WHERE id IN {of}")
    for row, (_, _, is_current) in zip(sorted(rows), found, strict=True):
        if is_current:
            release_copies(connection, row)
    outlets = {forget_outlet(connection, row) for row in rows}
    for row in rows:
        remove_reading(connection, row)
        connection.execute("DELETE FROM texts WHERE id >= ? AND id < ?", (row * PIECES, (row + 1) * PIECES))
    _delete(connection, of, hashes)
    part_again(connection, keys)
    for domain in sorted({domain_of(address) for _, address, _ in found} - {None}, key=str):
        settle_domain(connection, str(domain))
    for outlet in outlets - {None}:
        drop_empty_outlet(connection, int(outlet or 0))
    # The index marks words as deleted, and keeps them until it merges its pieces.
    connection.execute("INSERT INTO statements_fts (statements_fts) VALUES ('optimize')")


def _delete(connection: sqlite3.Connection, of: str, hashes: Collection[str]) -> None:
    """Delete the documents, what is kept of each beside its reading, and what somebody said of that."""
    for table, column in _OF_DOCUMENTS:
        connection.execute(f"DELETE FROM {table} WHERE {column} IN {of}")
    connection.execute(f"DELETE FROM documents WHERE id IN {of}")
    connection.execute(
        "DELETE FROM corrections WHERE document_hash IN (SELECT value FROM json_each(?))", (json.dumps(list(hashes)),)
    )


_OF_DOCUMENTS: Final = (
    ("revisions", "document_id"),
    ("copies", "document_id"),
    ("copies", "copy_of"),
    ("copy_bands", "document_id"),
)


def _forget_runs(connection: sqlite3.Connection, of: str) -> None:
    """Let neither the runs of add nor the list of what was set aside name where these reports are from."""
    named = (
        f"(SELECT origin FROM documents WHERE id IN {of}"
        f" UNION SELECT address FROM documents WHERE id IN {of} AND address IS NOT NULL)"
    )
    connection.execute(
        f"DELETE FROM quarantine WHERE raw_sha256 IN (SELECT raw_sha256 FROM documents WHERE id IN {of})"
        f" OR origin IN {named}"
    )
    connection.execute(
        "UPDATE runs SET sources = (SELECT json_group_array(value) FROM json_each(runs.sources)"
        f"  WHERE value NOT IN {named})"
        f" WHERE EXISTS (SELECT 1 FROM json_each(runs.sources) WHERE value IN {named})"
    )
