"""One document and one reading to rows, and rows away again; what calls these decides, these only write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from onrecord.document import Span
from onrecord.errors import UnstorableReading
from onrecord.reading import DocumentRecord, Entity, Mention, ReadingRecord, Statement
from onrecord.record.copies import body_print, body_words
from onrecord.record.ids import mark_statements
from onrecord.record.mirrors import canonical_address
from onrecord.record.packing import (
    Terms,
    clean,
    pack_confidence,
    pack_json,
    pack_spans,
    pack_text,
    unpack_spans,
    words_of,
)
from onrecord.record.placing import place_outlet
from onrecord.record.restoring import PARTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Vectors:
    """The meanings of a reading's statements."""

    encoder: str
    """The name of what made them."""
    dimensions: int
    values: bytes
    """``dimensions`` int8 values a statement, in the order of the statements, end to end."""


class _Reference(NamedTuple):
    """A row of ``statement_entities``."""

    entity: int
    part: int
    statement: int
    position: int


def store_document(connection: sqlite3.Connection, document: DocumentRecord, when: str) -> int:
    """Write a document that is new to the record; return its number."""
    terms = Terms(connection)
    zones = [(zone.kind, zone.start, zone.end) for zone in document.zones]
    address = _clean(document.url)
    outlet = _clean(document.outlet)
    text, odd = pack_text(document.text)
    row = _insert(
        connection,
        "documents",
        {
            "hash": document.id,
            "title": _clean(document.title),
            "outlet_id": place_outlet(connection, outlet, address),
            "outlet": outlet,
            "address": address,
            "canonical_address": canonical_address(address),
            "authors": pack_json(document.authors),
            "published": document.published,
            "published_from": terms.number_or_none(document.published_from),
            "language": document.language,
            "section": _clean(document.section),
            "raw_sha256": document.sha256,
            "body_print": body_print(body_words(text, zones)),
            "origin": clean(document.origin),
            "method": terms.number(document.method),
            "charset": document.charset,
            "warnings": pack_json(document.warnings),
            "zones": pack_json(zones),
            "extra": pack_json(document.extra),
            "added_at": when,
        },
    )
    connection.execute("INSERT INTO texts VALUES (?, ?, ?)", (row, text, odd))
    return row


def store_reading(
    connection: sqlite3.Connection,
    row: int,
    record: ReadingRecord,
    when: str,
    vectors: Vectors | None = None,
    *,
    standing: int = 0,
) -> int:
    """Write all that was read in a stored document; return the number of statements.

    Raises:
        UnstorableReading: spans outside the text, an id twice, or one of nothing.
    """
    check_storable(record)
    terms = Terms(connection)
    connection.execute(
        "INSERT INTO readings VALUES (?, ?, ?, ?, ?, ?, ?)",
        (row, _reader(connection, record), when, *(_packed(each) for each in _lists(record))),
    )
    entities = {
        entity.id: _insert(connection, "entities", _entity_row(row, entity, terms)) for entity in record.entities
    }
    numbers = _store_statements(connection, row, record, terms, standing)
    connection.executemany(
        "INSERT INTO statement_entities VALUES (?, ?, ?, ?)",
        sorted(_references(record.statements, numbers, entities)),
    )
    if vectors is not None:
        _store_vectors(connection, row, vectors)
    return len(numbers)


def _lists(record: ReadingRecord) -> tuple[tuple[Any, ...], ...]:
    return record.events, record.times, record.amounts, record.checks


def _packed(each: tuple[Any, ...]) -> str | None:
    return pack_json(msgspec.to_builtins(each))


def _reader(connection: sqlite3.Connection, record: ReadingRecord) -> int:
    reader = (record.reader.version, record.reader.model)
    connection.execute("INSERT OR IGNORE INTO readers (version, model) VALUES (?, ?)", reader)
    return int(connection.execute("SELECT id FROM readers WHERE version = ? AND model = ?", reader).fetchone()[0])


def _entity_row(document: int, entity: Entity, terms: Terms) -> dict[str, Any]:
    return {
        "document_id": document,
        "local_id": entity.id,
        "name": clean(entity.name),
        "kind": terms.number(entity.kind),
        "country": entity.country,
        "aliases": pack_json(entity.aliases),
        "roles": pack_json([(role.title, role.of, *role.span) for role in entity.roles]),
        "mentions": pack_json([_mention(mention, terms) for mention in entity.mentions]),
    }


def _mention(mention: Mention, terms: Terms) -> tuple[float, ...]:
    if (mention.form, mention.by, mention.confidence) == ("name", "name", 1.0):
        return tuple(mention.span)
    return (*mention.span, terms.number(mention.form), terms.number(mention.by), mention.confidence)


def _store_statements(
    connection: sqlite3.Connection, row: int, record: ReadingRecord, terms: Terms, standing: int
) -> dict[str, int]:
    """Write the statements and their full text; return the number of each by its id in the document."""
    outlet, published = connection.execute(
        "SELECT outlet_id, substr(published, 1, 10) FROM documents WHERE id = ?", (row,)
    ).fetchone()
    common = {"document_id": row, "standing": standing, "outlet_id": outlet, "published": published}
    text, _ = pack_text(record.document.text)
    numbers: dict[str, int] = {}
    found: list[tuple[int, str | None]] = []
    for statement, mark in zip(record.statements, mark_statements(record.statements), strict=True):
        number = _insert(connection, "statements", common | _statement_row(statement, mark, terms))
        numbers[statement.id] = number
        found.append((number, words_of(text, statement.content)))
    connection.executemany("INSERT INTO statements_fts (rowid, content) VALUES (?, ?)", found)
    return numbers


def _statement_row(statement: Statement, mark: int, terms: Terms) -> dict[str, Any]:
    sure = statement.speaker_confidence
    evidence = statement.evidence
    return {
        "mark": mark,
        "form": terms.number(statement.form),
        "cue_class": terms.number(statement.cue_class),
        "zone": terms.number(statement.zone),
        "modality": terms.number(statement.modality),
        "negated": statement.negated,
        "confidence": pack_confidence(statement.confidence),
        "source": pack_spans(statement.source),
        "cue": pack_spans(statement.cue),
        "content": pack_spans(statement.content),
        "speaker_name": _clean(statement.speaker_name),
        "speaker_confidence": None if sure is None else pack_confidence(sure),
        "speaker_by": terms.number_or_none(statement.speaker_by),
        "speaker_open": terms.number_or_none(statement.speaker_open),
        "source_form": terms.number(statement.source_form),
        "local_id": statement.id,
        "within": statement.within,
        "continues": statement.continues,
        "said_on": statement.said_on,
        "evidence": None if evidence is None else msgspec.json.encode(evidence).decode(),
    }


def _references(
    statements: Sequence[Statement], numbers: Mapping[str, int], entities: Mapping[str, int]
) -> Iterator[_Reference]:
    for statement in statements:
        for name, part in PARTS.items():
            for position, entity in enumerate(getattr(statement, name)):
                yield _Reference(entities[entity], part, numbers[statement.id], position)


def _store_vectors(connection: sqlite3.Connection, row: int, vectors: Vectors) -> None:
    encoder = (vectors.encoder, vectors.dimensions)
    connection.execute("INSERT OR IGNORE INTO encoders (name, dimensions) VALUES (?, ?)", encoder)
    number = connection.execute("SELECT id FROM encoders WHERE name = ?", (vectors.encoder,)).fetchone()[0]
    connection.execute("INSERT INTO embeddings VALUES (?, ?, ?)", (row, number, vectors.values))


def _insert(connection: sqlite3.Connection, table: str, values: Mapping[str, Any]) -> int:
    marks = ", ".join("?" * len(values))
    query = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"  # noqa: S608 - names of ours
    return int(connection.execute(query, tuple(values.values())).lastrowid or 0)


def _clean(words: str | None) -> str | None:
    return None if words is None else clean(words)


# ---- away again ----------------------------------------------------------------------------------------------


def contents_of(connection: sqlite3.Connection, row: int) -> dict[int, str | None]:
    """Return the words of the contents of a document's statements, by the statement's number."""
    text = connection.execute("SELECT text FROM texts WHERE document_id = ?", (row,)).fetchone()[0]
    found = connection.execute("SELECT id, content FROM statements WHERE document_id = ? ORDER BY id", (row,))
    return {number: words_of(text, unpack_spans(content)) for number, content in found}


def remove_reading(connection: sqlite3.Connection, row: int) -> None:
    """Take all that was read in a document away; the document and its corrections stay."""
    connection.executemany(
        "INSERT INTO statements_fts (statements_fts, rowid, content) VALUES ('delete', ?, ?)",
        contents_of(connection, row).items(),
    )
    mine = "IN (SELECT id FROM entities WHERE document_id = ?)"
    connection.execute(f"DELETE FROM statement_entities WHERE entity_id {mine}", (row,))  # noqa: S608
    connection.execute(f"DELETE FROM person_entities WHERE entity_id {mine}", (row,))  # noqa: S608
    for table in ("entities", "statements", "embeddings", "readings"):
        connection.execute(f"DELETE FROM {table} WHERE document_id = ?", (row,))  # noqa: S608


# ---- what can't be written -----------------------------------------------------------------------------------


def check_storable(record: ReadingRecord) -> None:
    """Raise UnstorableReading unless all spans lie in the text and all ids name one thing of the reading."""
    size = len(record.document.text)
    for span in _spans(record):
        if not 0 <= span.start <= span.end <= size:
            _refuse(record, f"span {span.start}-{span.end} lies outside the text of {size} characters")
    entities = [entity.id for entity in record.entities]
    if len(set(entities)) < len(entities) or len({each.id for each in record.statements}) < len(record.statements):
        _refuse(record, "two entities or two statements have one id")
    known = set(entities)
    for statement in record.statements:
        for name in PARTS:
            named = getattr(statement, name)
            if not known.issuperset(named) or len(set(named)) < len(named):
                _refuse(record, f"{name} of {statement.id} names what is no entity of the reading, or one twice")


def _spans(record: ReadingRecord) -> Iterator[Span]:
    for statement in record.statements:
        yield from (*statement.source, *statement.cue, *statement.content)
    for entity in record.entities:
        yield from (role.span for role in entity.roles)
        yield from (mention.span for mention in entity.mentions)
    yield from (zone.span for zone in record.document.zones)


def _refuse(record: ReadingRecord, what: str) -> None:
    raise UnstorableReading(
        what, where=record.document.origin, advice="report this as a fault of what made the reading"
    )
