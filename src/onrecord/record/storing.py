"""One document and one reading to rows, and rows away again; what calls these decides, these only write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from onrecord.encoding import clean
from onrecord.errors import UnstorableReading
from onrecord.reading import DocumentRecord, ReadingRecord
from onrecord.record.copies import body_print, body_words
from onrecord.record.details import pack_details
from onrecord.record.happenings import pack_event
from onrecord.record.ids import mark_statements
from onrecord.record.mirrors import address_print
from onrecord.record.nibbles import pack_vectors
from onrecord.record.packing import (
    COUNTS,
    ENTITIES_OF,
    EVENTS_OF,
    PIECES,
    STATEMENTS_OF,
    Terms,
    clean_or_none,
    cut_text,
    pack_date,
    pack_json,
    pack_text,
    text_of,
    unpack_spans,
    words_of,
)
from onrecord.record.parts import Roles
from onrecord.record.placing import drop_empty_outlet, forget_outlet, place_outlet
from onrecord.record.rows import pack_entity, pack_statement
from onrecord.record.storable import check_storable
from onrecord.record.whole import Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Vectors:
    """The meanings of a reading's statements."""

    encoder: str
    """The name of what made them."""
    dimensions: int
    values: bytes
    """``dimensions`` int8 values a statement, in the order of the statements, end to end; kept in four bits each."""


def store_document(connection: sqlite3.Connection, document: DocumentRecord, when: str) -> int:
    """Write a document that is new to the record; return its number."""
    row = _insert(connection, "documents", pack_document(connection, document) | {"added_at": when})
    text, _ = pack_text(document.text)
    connection.executemany("INSERT INTO texts VALUES (?, ?)", enumerate(cut_text(text), row * PIECES))
    return row


def update_document(connection: sqlite3.Connection, row: int, document: DocumentRecord) -> None:
    """Write what is now known of a document whose address and text are the same."""
    before = forget_outlet(connection, row)
    values = pack_document(connection, document)
    columns = ", ".join(f"{name} = ?" for name in values)
    connection.execute(f"UPDATE documents SET {columns} WHERE id = ?", (*values.values(), row))
    if before is not None:
        drop_empty_outlet(connection, before)


def pack_document(connection: sqlite3.Connection, document: DocumentRecord) -> dict[str, Any]:
    """Return the row of a document, without when it was added."""
    terms = Terms(connection)
    zones = [(zone.kind, zone.start, zone.end) for zone in document.zones]
    address = clean_or_none(document.url)
    outlet = clean_or_none(document.outlet)
    text, odd = pack_text(document.text)
    return {
        "hash": document.id,
        "title": clean_or_none(document.title),
        "outlet_id": place_outlet(connection, outlet, address),
        "outlet": outlet,
        "address": address,
        "address_print": address_print(address),
        "authors": pack_json(document.authors),
        "published": document.published,
        "published_from": terms.number_or_none(document.published_from),
        "language": document.language,
        "section": clean_or_none(document.section),
        "raw_sha256": document.sha256,
        "body_print": body_print(body_words(text, zones)),
        "origin": clean(document.origin),
        "method": terms.number(document.method),
        "charset": document.charset,
        "warnings": pack_json(document.warnings),
        "odd": odd,
        "zones": pack_json(zones),
        "extra": _pack_extra(document),
    }


def _pack_extra(document: DocumentRecord) -> str | None:
    """Pack what was carried through; what a program put there may be anything.

    Raises:
        UnstorableReading: something that JSON can't hold.
    """
    try:
        return pack_json(msgspec.to_builtins(document.extra))
    except TypeError as error:
        what = f"a field that was carried through (extra) is nothing that JSON can hold: {error}"
        raise UnstorableReading(
            what, where=document.origin, advice="make it words, a number, a list or null"
        ) from error


def store_reading(
    connection: sqlite3.Connection,
    row: int,
    whole: Whole,
    when: str,
    vectors: Vectors | None = None,
    *,
    standing: int = COUNTS,
) -> None:
    """Write all that was read in a stored document, and what was put in.

    Raises:
        UnstorableReading: spans outside the text, an id twice, or one of nothing.
    """
    record = whole.reading
    check_storable(record)
    terms = Terms(connection)
    roles = Roles(record)
    first_entity = _next(connection, "entities")
    entities = [
        {"id": number, "document_id": row, **pack_entity(entity, roles, terms)}
        for number, entity in enumerate(record.entities, first_entity)
    ]
    _insert_all(connection, "entities", entities)
    first = _store_statements(connection, row, record, roles, first_entity, standing=standing)
    first_event = _next(connection, "events")
    events = [
        {"id": number, "document_id": row, **pack_event(event, roles, terms)}
        for number, event in enumerate(record.events, first_event)
    ]
    _insert_all(connection, "events", events)
    (added,) = connection.execute("SELECT added_at FROM documents WHERE id = ?", (row,)).fetchone()
    _insert_all(
        connection,
        "readings",
        [
            {
                "document_id": row,
                "reader_id": _reader(connection, record),
                "read_at": None if when == added else when,
                "first_statement": first,
                "statement_count": len(record.statements),
                "added_statements": len(record.statements) - whole.statements,
                "first_entity": first_entity,
                "entity_count": len(entities),
                "added_entities": len(entities) - whole.entities,
                "first_event": first_event,
                "event_count": len(events),
                "details": pack_details(record, roles, terms),
                "checks": pack_json(msgspec.to_builtins(record.checks)),
            }
        ],
    )
    if vectors is not None:
        _store_vectors(connection, row, vectors)


def _next(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def _reader(connection: sqlite3.Connection, record: ReadingRecord) -> int:
    reader = (record.reader.version, record.reader.model)
    connection.execute("INSERT OR IGNORE INTO readers (version, model) VALUES (?, ?)", reader)
    return int(connection.execute("SELECT id FROM readers WHERE version = ? AND model = ?", reader).fetchone()[0])


def _store_statements(
    connection: sqlite3.Connection, row: int, record: ReadingRecord, roles: Roles, first_entity: int, *, standing: int
) -> int:
    """Write the statements and their full text; return the number of the first."""
    outlet, published = connection.execute("SELECT outlet_id, published FROM documents WHERE id = ?", (row,)).fetchone()
    common = {"document_id": row, "standing": standing, "outlet_id": outlet, "published": pack_date(published)}
    terms = Terms(connection)
    first = _next(connection, "statements")
    marked = zip(record.statements, mark_statements(record.statements), strict=True)
    rows = [
        {
            "id": first + position,
            **common,
            "mark": mark,
            **pack_statement(statement, roles, first_entity, terms),
        }
        for position, (statement, mark) in enumerate(marked)
    ]
    _insert_all(connection, "statements", rows)
    text, _ = pack_text(record.document.text)
    words = ((number, words_of(text, each.content)) for number, each in enumerate(record.statements, first))
    connection.executemany("INSERT INTO statements_fts (rowid, content) VALUES (?, ?)", words)
    return first


def _store_vectors(connection: sqlite3.Connection, row: int, vectors: Vectors) -> None:
    encoder = (vectors.encoder, vectors.dimensions)
    connection.execute("INSERT OR IGNORE INTO encoders (name, dimensions) VALUES (?, ?)", encoder)
    number = connection.execute("SELECT id FROM encoders WHERE name = ?", (vectors.encoder,)).fetchone()[0]
    packed = pack_vectors(vectors.values, vectors.dimensions)
    connection.execute("INSERT INTO embeddings VALUES (?, ?, ?)", (row, number, packed))


def _insert(connection: sqlite3.Connection, table: str, values: Mapping[str, Any]) -> int:
    query = _insertion(table, values)
    return int(connection.execute(query, tuple(values.values())).lastrowid or 0)


def _insert_all(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows that all have the columns of the first."""
    if rows:
        connection.executemany(_insertion(table, rows[0]), [tuple(row.values()) for row in rows])


def _insertion(table: str, columns: Iterable[str]) -> str:
    names = list(columns)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


# ---- away again ----------------------------------------------------------------------------------------------


def contents_of(connection: sqlite3.Connection, row: int) -> dict[int, str | None]:
    """Return the words of the contents of a document's statements, by the statement's number."""
    text = text_of(connection, row)
    found = connection.execute(f"SELECT id, content FROM statements WHERE {STATEMENTS_OF} ORDER BY id", {"row": row})
    return {number: words_of(text, unpack_spans(content)) for number, content in found}


def remove_reading(connection: sqlite3.Connection, row: int) -> None:
    """Take all that was read in a document away; the document and its corrections stay."""
    connection.executemany(
        "INSERT INTO statements_fts (statements_fts, rowid, content) VALUES ('delete', ?, ?)",
        contents_of(connection, row).items(),
    )
    connection.execute(f"DELETE FROM statements WHERE {STATEMENTS_OF}", {"row": row})
    connection.execute(f"DELETE FROM entities WHERE {ENTITIES_OF}", {"row": row})
    connection.execute(f"DELETE FROM events WHERE {EVENTS_OF}", {"row": row})
    connection.execute("DELETE FROM embeddings WHERE document_id = ?", (row,))
    connection.execute("DELETE FROM readings WHERE document_id = ?", (row,))
