"""The list of the reports that were taken out of a record: by what they are known again, without any of their words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from onrecord.errors import BadChange, MissingRecord
from onrecord.record.changing import By
from onrecord.record.mirrors import address_print
from onrecord.record.opening import transaction
from onrecord.record.packing import clean_or_none, stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """That a report was taken out, and is passed over where it is to be added."""

    id: int
    document: str
    """The ``document.id`` that it had; of several texts under its address, that of the one that counted."""
    texts: int
    """How many went with it: earlier ones under its address, and those under mirrors of it."""
    who: str | None
    made_at: str
    """UTC."""
    why: str | None
    allowed_at: str | None
    """When somebody allowed that it is added again; None while it is passed over."""


def note_removal(connection: sqlite3.Connection, document: str, rows: Iterable[int], by: By) -> int:
    """Note that a report is taken out with the texts of some rows of ``documents``; return the removal's number."""
    made = connection.execute(
        "INSERT INTO removals (document_hash, address_print, who, made_at, why)"
        " SELECT hash, address_print, ?, ?, ? FROM documents WHERE hash = ?",
        (clean_or_none(by.who), stamp(by.now), clean_or_none(by.why), document),
    ).lastrowid
    connection.executemany(
        "INSERT INTO removed_texts SELECT ?, hash, raw_sha256 FROM documents WHERE id = ?",
        [(made, row) for row in rows],
    )
    return made or 0


def find_removal(connection: sqlite3.Connection, document: str, address: str | None, sha256: str) -> int | None:
    """Return the number of the removal of a report; None for one that was not taken out, or is allowed again.

    It is known again by its address or a mirror of it, whatever text stands there now, by its words where it has none,
    and by its bytes, wherever they are from.
    """
    found = connection.execute(
        "SELECT id FROM removals WHERE address_print = ? AND allowed_at IS NULL"
        " UNION SELECT id FROM removed_texts JOIN removals ON id = removal_id"
        " WHERE (hash = ? OR raw_sha256 = ?) AND allowed_at IS NULL ORDER BY 1 DESC LIMIT 1",
        (address_print(clean_or_none(address)), document, sha256),
    ).fetchone()
    return None if found is None else int(found[0])


def find_removed(connection: sqlite3.Connection, words: str) -> int | None:
    """Return the number of the last removal of a report by its address, its id or that of a statement; else None.

    The beginning of an id will do, if it has eight digits: it may be that of another report, which is not there.
    """
    address = address_print(clean_or_none(words)) if "://" in words else None
    document = words.strip().lower().partition("-")[0]
    found = connection.execute(
        "SELECT max(id) FROM removals WHERE address_print = ? OR length(?) >= 8 AND id IN"
        " (SELECT removal_id FROM removed_texts WHERE hash >= ? AND hash < ?"
        "  AND hash NOT IN (SELECT hash FROM documents))",
        (address, document, document, f"{document}g"),
    ).fetchone()[0]
    return None if found is None else int(found)


def list_removals(connection: sqlite3.Connection) -> list[Removal]:
    """Return what was taken out, the first one first, those that are allowed again among them."""
    return [_read(row) for row in connection.execute(f"{_REMOVALS} ORDER BY id")]


def allow_removed(connection: sqlite3.Connection, number: int) -> Removal:
    """Let a report that was taken out be added again; return the removal, which stays in the list.

    Raises:
        MissingRecord: no such removal.
        BadChange: it was allowed before.
    """
    with transaction(connection):
        removal = _removal(connection, number)
        if removal.allowed_at is not None:
            raise BadChange(f"was allowed at {removal.allowed_at}", where=f"removal {number}", advice=_LIST)
        connection.execute("UPDATE removals SET allowed_at = ? WHERE id = ?", (stamp(None), number))
        return _removal(connection, number)


_LIST: Final = "see: onrecord remove --list --in FILE"
_REMOVALS: Final = (
    "SELECT id, document_hash, (SELECT count(*) FROM removed_texts WHERE removal_id = id),"
    " who, made_at, why, allowed_at FROM removals"
)


def _removal(connection: sqlite3.Connection, number: int) -> Removal:
    row = connection.execute(f"{_REMOVALS} WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise MissingRecord("no such removal", where=str(number), advice=_LIST)
    return _read(row)


def _read(row: Sequence[Any]) -> Removal:
    number, document, texts, who, made_at, why, allowed_at = row
    return Removal(id=number, document=document, texts=texts, who=who, made_at=made_at, why=why, allowed_at=allowed_at)
