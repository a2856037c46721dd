"""From the tables back to a reading, the same that was written: ``to_json`` gives the same bytes."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import brotli
import msgspec

from onrecord.document import Zone
from onrecord.errors import DamagedRecord, MissingRecord
from onrecord.reading import SCHEMA, Check, DocumentRecord, Entity, Reader, ReadingRecord, Statement
from onrecord.record.details import Details, unpack_details
from onrecord.record.happenings import unpack_event
from onrecord.record.opening import one_moment
from onrecord.record.packing import (
    EARLIER_FIRST,
    ENTITIES_OF,
    EVENTS_OF,
    PARTS,
    STATEMENTS_OF,
    Terms,
    text_of,
    unpack_json,
    unpack_text,
)
from onrecord.record.rows import unpack_entity, unpack_statement
from onrecord.record.whole import Whole

TABLES: Final = (("entities", ENTITIES_OF), ("statements", STATEMENTS_OF), ("events", EVENTS_OF))


class _Rows(NamedTuple):
    """The rows of one reading."""

    entities: list[dict[str, Any]]
    statements: list[dict[str, Any]]
    events: list[dict[str, Any]]


def read_reading(connection: sqlite3.Connection, document: int | str) -> ReadingRecord:
    """Return the reading of a document, named by the contract's ``document.id`` or by the record's own number.

    Raises:
        MissingRecord: no such document.
    """
    column = "id" if isinstance(document, int) else "hash"
    row = connection.execute(f"SELECT id FROM documents WHERE {column} = ?", (document,)).fetchone()
    if row is None:
        raise MissingRecord(
            "no such document in the record",
            where=str(document),
            advice="its id is in: onrecord search --in FILE --json",
        )
    return restore(connection, row[0], Terms(connection))


def read_readings(connection: sqlite3.Connection) -> Iterator[ReadingRecord]:
    """Yield the readings of all documents, revised texts first; of what stands the order of adding changes nothing."""
    numbers = connection.execute(f"SELECT id AS document_id FROM documents ORDER BY {EARLIER_FIRST}").fetchall()
    terms = Terms(connection)
    return (restore(connection, row[0], terms) for row in numbers)


def restore(connection: sqlite3.Connection, document_id: int, terms: Terms) -> ReadingRecord:
    """Return a reading as it was read.

    Raises:
        DamagedRecord: its rows do not fit each other.
    """
    return restore_whole(connection, document_id, terms).as_read


def restore_whole(connection: sqlite3.Connection, document_id: int, terms: Terms) -> Whole:
    """Return a reading with what somebody put in; rows that do not fit each other are damage, as broken pages are.

    Raises:
        DamagedRecord: they do not.
    """
    try:
        with one_moment(connection):
            return _read(connection, document_id, terms)
    except (LookupError, TypeError, ValueError, StopIteration, brotli.error, OverflowError, RecursionError) as error:
        where = f"document {document_id}"
        raise DamagedRecord(
            "its rows do not fit each other", where=where, advice="run: onrecord check-record FILE"
        ) from error


def _read(connection: sqlite3.Connection, document_id: int, terms: Terms) -> Whole:
    version, model, packed, checks, *read = connection.execute(
        "SELECT version, model, details, checks, statement_count - added_statements, entity_count - added_entities"
        " FROM readings JOIN readers ON readers.id = reader_id WHERE document_id = ?",
        (document_id,),
    ).fetchone()
    rows = _Rows(*(_rows_of(connection, table, which, document_id) for table, which in TABLES))
    names = [row["local_id"] or f"e{number}" for number, row in enumerate(rows.entities, 1)]
    details = unpack_details(packed, names, terms)
    entities, statements = _found(rows, details, terms)
    said = [statement.id for statement in statements]
    reading = ReadingRecord(
        schema=SCHEMA,
        reader=Reader(version=version, model=model),
        document=_document(connection, document_id, terms),
        entities=entities,
        statements=statements,
        events=tuple(
            unpack_event(row, detail, names, said, terms)
            for row, detail in zip(rows.events, details.events, strict=True)
        ),
        times=details.times,
        amounts=details.amounts,
        checks=msgspec.convert(unpack_json(checks, ()), tuple[Check, ...]),
    )
    return Whole(reading, *map(int, read))


def _document(connection: sqlite3.Connection, document_id: int, terms: Terms) -> DocumentRecord:
    row = next(_rows(connection, "SELECT * FROM documents WHERE id = :row", document_id))
    zones = (Zone(kind=kind, start=start, end=end) for kind, start, end in unpack_json(row["zones"], ()))
    return DocumentRecord(
        id=row["hash"],
        title=row["title"],
        outlet=row["outlet"],
        url=row["address"],
        authors=tuple(unpack_json(row["authors"], ())),
        published=row["published"],
        published_from=terms.word(row["published_from"]),
        language=row["language"],
        section=row["section"],
        sha256=row["raw_sha256"],
        origin=row["origin"],
        method=terms.word(row["method"]),
        charset=row["charset"],
        warnings=tuple(unpack_json(row["warnings"], ())),
        text=unpack_text(text_of(connection, document_id), row["odd"]),
        zones=tuple(zones),
        extra=unpack_json(row["extra"], {}),
    )


def _rows_of(connection: sqlite3.Connection, table: str, which: str, document_id: int) -> list[dict[str, Any]]:
    return list(_rows(connection, f"SELECT * FROM {table} WHERE {which} ORDER BY id", document_id))


def _rows(connection: sqlite3.Connection, query: str, document_id: int) -> Iterator[dict[str, Any]]:
    found = connection.execute(query, {"row": document_id})
    names = [column[0] for column in found.description]
    return (dict(zip(names, row, strict=True)) for row in found)


def _found(rows: _Rows, details: Details, terms: Terms) -> tuple[tuple[Entity, ...], tuple[Statement, ...]]:
    """Return a document's entities and statements."""
    entities = tuple(
        unpack_entity(row, position, mentions, terms)
        for position, (row, mentions) in enumerate(zip(rows.entities, details.mentions, strict=True))
    )
    lists = _lists(rows.entities, entities)
    return entities, tuple(
        unpack_statement(row, lists[position], detail, terms)
        for position, (row, detail) in enumerate(zip(rows.statements, details.statements, strict=True))
    )


def _lists(
    rows: list[dict[str, Any]], entities: tuple[Entity, ...]
) -> defaultdict[int, defaultdict[str, list[Entity]]]:
    """Return for each statement's position the entities in each of its lists, in their own order."""
    lists: defaultdict[int, defaultdict[str, list[Entity]]] = defaultdict(lambda: defaultdict(list))
    names = {part: name for name, part in PARTS.items()}
    for row, entity in zip(rows, entities, strict=True):
        taken = [(PARTS["speakers"], position) for position in unpack_json(row["says"], ())]
        taken += [(PARTS["about"], position) for position in unpack_json(row["about"], ())]
        for part, position in (*taken, *unpack_json(row["parts"], ())):
            lists[position][names[part]].append(entity)
    return lists
