"""Writing readings into a record: the only place that writes documents, statements and their full text.

:func:`add_reading` decides what a reading is to the record, by the first rule that fits:

1. the same address and text, by the same reader: **skipped**; by another reader: **reread**, it takes the other's place
2. the same raw bytes under the same address, by the same reader: **skipped**
3. another text under the same address: **revision**, both are kept and one is current; so is an earlier text that is
   known to stand there again
4. a report that somebody had taken out, by its address, text or bytes: **removed before**, it is passed over
5. anything else: **added**, perhaps as the copy of another report
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from onrecord.document import Document
from onrecord.reading import Reader, Reading, ReadingRecord, to_record
from onrecord.record.copies import place_copy, release_copies, set_standing
from onrecord.record.correcting import settle_corrections
from onrecord.record.linking import link_people, unlink_people
from onrecord.record.opening import transaction
from onrecord.record.packing import COUNTS, REVISED, clean_or_none, is_before, stamp
from onrecord.record.putting import store_with_put_in
from onrecord.record.removals import find_removal
from onrecord.record.revising import describe_changes, returned_over, when_seen
from onrecord.record.storing import Vectors, remove_reading, store_document, store_reading, update_document
from onrecord.record.whole import only_read

Outcome = Literal["added", "skipped", "revision", "reread", "removed before"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of a reading."""

    outcome: Outcome
    document: str
    """The contract's ``document.id``."""
    row: int | None
    """The record's own number of the document; None where it is passed over."""
    statements: int = 0
    """How many statements were read; 0 where it was skipped, or is an earlier text that counts again."""
    copy_of: str | None = None
    """The ``document.id`` of the report that it repeats."""
    revises: str | None = None
    """The ``document.id`` of the text that stood under its address."""
    adrift: tuple[str, ...] = field(default=())
    """Statements with a correction that this reading has not found again."""
    removal: int | None = None
    """The number of the removal for which it is passed over."""


def add_reading(
    connection: sqlite3.Connection,
    reading: Reading | ReadingRecord,
    *,
    vectors: Vectors | None = None,
    now: datetime | None = None,
) -> Added:
    """Write a reading and all that is in it, in one transaction, or in the caller's; say what became of it.

    Args:
        connection: of :func:`onrecord.record.opening.open_record`.
        reading: what the reader found, or what :func:`onrecord.reading.from_json` gave.
        vectors: the meanings of its statements, in their order.
        now: the time that is noted, the clock's if not given.

    Raises:
        UnstorableReading: spans outside the text, an id twice, or one of nothing.
    """
    record = to_record(reading) if isinstance(reading, Reading) else reading
    when = stamp(now)
    with transaction(connection):
        return _add(connection, record, vectors, when)


def _add(connection: sqlite3.Connection, record: ReadingRecord, vectors: Vectors | None, when: str) -> Added:
    document = record.document
    same = _find(connection, "hash = ?", document.id)
    if same is not None:
        if _is_read_by(connection, same, record.reader):
            before, seen = _over(connection, same, record, when)
            return _skipped(connection, same) if before is None else _returned(connection, same, before, seen)
        return _reread(connection, same, record, vectors, when)
    twin = _same_bytes(connection, document.sha256, document.url)
    if twin is not None and _is_read_by(connection, twin, record.reader):
        return _skipped(connection, twin)
    removal = find_removal(connection, document.id, document.url, document.sha256)
    if removal is not None:
        return Added(outcome="removed before", document=document.id, row=None, removal=removal)

    row = store_document(connection, document, when)
    store_reading(connection, row, only_read(record), when, vectors)
    link_people(connection, [row])
    before = _previous(connection, row, twin)
    if before is not None:
        _revise(connection, row, before)
    place_copy(connection, row, is_last=True)
    return Added(
        outcome="added" if before is None else "revision",
        document=document.id,
        row=row,
        statements=len(record.statements),
        copy_of=_copied(connection, row),
        revises=None if before is None else _hash(connection, before),
    )


def is_known(connection: sqlite3.Connection, document: Document, reader: Reader) -> bool:
    """Tell whether :func:`add_reading` would skip the document's reading by this reader, before it is read."""
    same = _find(connection, "hash = ?", document.id)
    if same is None:
        same = _same_bytes(connection, document.provenance.sha256, document.url)
        return same is not None and _is_read_by(connection, same, reader)
    source = document.provenance
    seen = when_seen(source.origin, source.method, document.extra, stamp(None))
    return _is_read_by(connection, same, reader) and returned_over(connection, same, seen) is None


def removal_of(connection: sqlite3.Connection, document: Document) -> int | None:
    """Return the removal for which :func:`add_reading` would pass the document over, before it is read."""
    if _find(connection, "hash = ?", document.id) is not None:
        return None
    return find_removal(connection, document.id, document.url, document.provenance.sha256)


def _find(connection: sqlite3.Connection, where: str, *values: object) -> int | None:
    row = connection.execute(f"SELECT id FROM documents WHERE {where} ORDER BY id DESC", values).fetchone()
    return None if row is None else int(row[0])


def _same_bytes(connection: sqlite3.Connection, sha256: str, address: str | None) -> int | None:
    return _find(
        connection,
        # The plus: else SQLite puts the hash into substr(), and no index fits that.
        "substr(raw_sha256, 1, 16) = ? AND +raw_sha256 = ? AND address IS ?",
        sha256[:16],
        sha256,
        clean_or_none(address),
    )


def _is_read_by(connection: sqlite3.Connection, row: int, reader: Reader) -> bool:
    found = connection.execute(
        "SELECT version, model FROM readings JOIN readers ON readers.id = reader_id WHERE document_id = ?", (row,)
    ).fetchone()
    return bool(found == (reader.version, reader.model))


def _skipped(connection: sqlite3.Connection, row: int) -> Added:
    return Added(outcome="skipped", document=_hash(connection, row), row=row, copy_of=_copied(connection, row))


def _hash(connection: sqlite3.Connection, row: int) -> str:
    return str(connection.execute("SELECT hash FROM documents WHERE id = ?", (row,)).fetchone()[0])


def _copied(connection: sqlite3.Connection, row: int) -> str | None:
    found = connection.execute(
        "SELECT hash FROM copies JOIN documents ON id = copy_of WHERE document_id = ?", (row,)
    ).fetchone()
    return None if found is None else str(found[0])


# ---- reading again -------------------------------------------------------------------------------------------


def _reread(
    connection: sqlite3.Connection, row: int, record: ReadingRecord, vectors: Vectors | None, when: str
) -> Added:
    """Put the reading in the place of the one before; corrections stand, or are marked as adrift."""
    keys = unlink_people(connection, row)
    remove_reading(connection, row)
    is_current = connection.execute("SELECT is_current FROM documents WHERE id = ?", (row,)).fetchone()[0]
    # Its zones or its date may be read otherwise now, and with them what it is a copy of.
    connection.execute("UPDATE documents SET is_current = 0 WHERE id = ?", (row,))
    release_copies(connection, row)
    update_document(connection, row, record.document)
    connection.execute("UPDATE documents SET is_current = ? WHERE id = ?", (is_current, row))
    store_with_put_in(connection, row, record, when, vectors, standing=COUNTS if is_current else REVISED)
    link_people(connection, [row], also=keys)
    before, seen = _over(connection, row, record, when)
    if before is not None:
        _stand_again(connection, row, before, seen)
    place_copy(connection, row, is_last=True)
    return Added(
        outcome="reread",
        document=record.document.id,
        row=row,
        statements=len(record.statements),
        copy_of=_copied(connection, row),
        revises=None if before is None else _hash(connection, before),
        adrift=settle_corrections(connection, record.document.id),
    )


# ---- the same address, another text --------------------------------------------------------------------------


def _previous(connection: sqlite3.Connection, row: int, twin: int | None) -> int | None:
    """Return the text that stood under the address of a new one, if it was another one."""
    address, canonical, mark = connection.execute(
        "SELECT address, address_print, body_print FROM documents WHERE id = ?", (row,)
    ).fetchone()
    if canonical is None:
        return twin  # the same bytes, of which a newer onrecord has made another text
    before = connection.execute(
        "SELECT id, address, body_print FROM documents WHERE address_print = ? AND is_current AND id <> ?"
        " ORDER BY id DESC",
        (canonical, row),
    ).fetchone()
    if before is None:
        return None
    is_mirror = before[1] != address and before[2] is not None and before[2] == mark
    return None if is_mirror else int(before[0])


def _revise(connection: sqlite3.Connection, row: int, before: int) -> None:
    changes = describe_changes(connection, before, row)
    connection.execute("INSERT INTO revisions VALUES (?, ?, ?)", (row, before, changes))
    dates = connection.execute(
        "SELECT published FROM documents WHERE id IN (?, ?) ORDER BY id", (before, row)
    ).fetchall()
    (earlier,), (later,) = dates
    if is_before(later, earlier):
        _retire(connection, row)
    else:
        _replace(connection, row, before)


def _over(connection: sqlite3.Connection, row: int, record: ReadingRecord, when: str) -> tuple[int | None, str | None]:
    """Return in whose place a text stands again, if it does, and when it was seen."""
    document = record.document
    seen = when_seen(document.origin, document.method, document.extra, when)
    return returned_over(connection, row, seen), seen


def _stand_again(connection: sqlite3.Connection, row: int, before: int, seen: str | None) -> None:
    """Let an earlier text count again in the place of the one that stood under its address meanwhile."""
    changes = describe_changes(connection, before, row, seen)
    connection.execute("INSERT OR REPLACE INTO revisions VALUES (?, ?, ?)", (row, before, changes))
    connection.execute("UPDATE documents SET is_current = 1 WHERE id = ?", (row,))
    set_standing(connection, row, COUNTS)
    _replace(connection, row, before)


def _returned(connection: sqlite3.Connection, row: int, before: int, seen: str | None) -> Added:
    _stand_again(connection, row, before, seen)
    place_copy(connection, row, is_last=True)
    return Added(
        outcome="revision",
        document=_hash(connection, row),
        row=row,
        copy_of=_copied(connection, row),
        revises=_hash(connection, before),
    )


def _replace(connection: sqlite3.Connection, row: int, before: int) -> None:
    """Let a text, which is current, stand alone under its address."""
    canonical = connection.execute("SELECT address_print FROM documents WHERE id = ?", (row,)).fetchone()[0]
    others = connection.execute(
        "SELECT id FROM documents WHERE id <> ? AND is_current AND (id = ? OR address_print = ?)",
        (row, before, canonical),
    ).fetchall()
    for (other,) in others:  # mirrors of the text before are as old as it is
        _retire(connection, other)


def _retire(connection: sqlite3.Connection, row: int) -> None:
    connection.execute("UPDATE documents SET is_current = 0 WHERE id = ?", (row,))
    set_standing(connection, row, REVISED)
    release_copies(connection, row)
