"""Statements that somebody put in, written behind those that were read.

What they are is kept among the corrections (:mod:`onrecord.record.annotating`). Whenever these change, the report's
reading is written again with what is then put in, in the same transaction, so that they are found and counted like
those that were read.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from onrecord.errors import DamagedRecord
from onrecord.reading import ReadingRecord
from onrecord.record.linking import link_people, unlink_people
from onrecord.record.meaning import vectors_of
from onrecord.record.nibbles import STEP, unpack_vectors
from onrecord.record.overlaying import with_put_in
from onrecord.record.packing import STANDING, Terms
from onrecord.record.restoring import restore_whole
from onrecord.record.storing import Vectors, remove_reading, store_reading
from onrecord.record.whole import Whole


def store_with_put_in(
    connection: sqlite3.Connection,
    row: int,
    record: ReadingRecord,
    when: str,
    vectors: Vectors | None,
    *,
    standing: int,
) -> None:
    """Write a reading of a report that is in the record, and behind it what somebody put in and it does not have.

    Raises:
        UnstorableReading: spans outside the text, an id twice, or one of nothing.
    """
    whole = with_put_in(connection, record)
    store_reading(connection, row, whole, when, _with_meanings(vectors, whole), standing=standing)


def put_again(connection: sqlite3.Connection, document: str) -> None:
    """Write the reading of a report again where what somebody put in is not what stands behind it."""
    row, when, standing = connection.execute(
        f"SELECT id, coalesce(read_at, added_at), {STANDING} FROM documents JOIN readings ON document_id = id"
        " WHERE hash = ?",
        (document,),
    ).fetchone()
    stored = restore_whole(connection, row, Terms(connection))
    due = with_put_in(connection, stored.as_read)
    if due.reading.statements == stored.reading.statements:
        return
    vectors = _vectors(connection, row, stored.statements)
    keys = unlink_people(connection, row)
    remove_reading(connection, row)
    store_reading(connection, row, due, when, _with_meanings(vectors, due), standing=standing)
    link_people(connection, [row], also=keys)


def put_all_again(connection: sqlite3.Connection) -> None:
    """Write what was put into a record by a version of onrecord that kept it among the corrections alone.

    A report that is damaged is left as it is: whoever opens the record can look at all others, and check it.
    """
    documents = connection.execute(
        "SELECT DISTINCT document_hash FROM corrections JOIN documents ON hash = document_hash"
        " WHERE field = 'added' AND standing <> 'withdrawn' ORDER BY 1"
    ).fetchall()
    for (document,) in documents:
        try:
            put_again(connection, document)
        except DamagedRecord:
            continue


# ---- what they mean ------------------------------------------------------------------------------------------


def _vectors(connection: sqlite3.Connection, row: int, count: int) -> Vectors | None:
    """Return the meanings of the first statements of a report, as many as were read; None where none are kept."""
    found = connection.execute(
        "SELECT name, dimensions, vectors FROM embeddings JOIN encoders ON encoders.id = encoder_id"
        " WHERE document_id = ?",
        (row,),
    ).fetchone()
    if found is None:
        return None
    encoder, dimensions, packed = found
    values = unpack_vectors(packed, dimensions)[:count] * STEP
    return Vectors(encoder=encoder, dimensions=dimensions, values=values.tobytes())


def _with_meanings(vectors: Vectors | None, whole: Whole) -> Vectors | None:
    """Return meanings with those of what was put in behind them: zeros, which nothing is near, by another's table."""
    added = whole.reading.statements[whole.statements :]
    if vectors is None or not added:
        return vectors
    known = vectors_of(replace(whole.reading, statements=added))
    more = known.values if known.encoder == vectors.encoder else bytes(len(added) * vectors.dimensions)
    return replace(vectors, values=vectors.values + more)
