"""From the tables back to a reading, the same that was written: ``to_json`` gives the same bytes."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

import msgspec

from onrecord.document import Span, Zone
from onrecord.errors import MissingRecord
from onrecord.reading import (
    SCHEMA,
    DocumentRecord,
    Entity,
    Evidence,
    Mention,
    Reader,
    ReadingRecord,
    Role,
    Statement,
)
from onrecord.record.packing import Terms, unpack_confidence, unpack_json, unpack_spans, unpack_text

PARTS: Final = {"speakers": 1, "about": 2, "addressees": 3, "targets": 4, "speaker_candidates": 5}
"""The numbers of a statement's lists of entities in ``statement_entities.part``."""


def read_reading(connection: sqlite3.Connection, document: int | str) -> ReadingRecord:
    """Return the reading of a document, named by the contract's ``document.id`` or by the record's own number.

    Raises:
        MissingRecord: no such document.
    """
    column = "id" if isinstance(document, int) else "hash"
    row = connection.execute(f"SELECT id FROM documents WHERE {column} = ?", (document,)).fetchone()  # noqa: S608
    if row is None:
        raise MissingRecord("no such document in the record", where=str(document))
    return _restore(connection, row[0], Terms(connection))


def read_readings(connection: sqlite3.Connection, *, current_only: bool = False) -> Iterator[ReadingRecord]:
    """Yield the readings of all documents, ordered by the document's hash: the same whatever order they came in."""
    only = "WHERE is_current" if current_only else ""
    numbers = connection.execute(f"SELECT id FROM documents {only} ORDER BY hash").fetchall()  # noqa: S608
    terms = Terms(connection)
    return (_restore(connection, row[0], terms) for row in numbers)


def _restore(connection: sqlite3.Connection, document_id: int, terms: Terms) -> ReadingRecord:
    version, model, *lists = connection.execute(
        "SELECT version, model, events, times, amounts, checks"
        " FROM readings JOIN readers ON readers.id = reader_id WHERE document_id = ?",
        (document_id,),
    ).fetchone()
    events, times, amounts, checks = (tuple(unpack_json(each, ())) for each in lists)
    return ReadingRecord(
        schema=SCHEMA,
        reader=Reader(version=version, model=model),
        document=_document(connection, document_id, terms),
        entities=_entities(connection, document_id, terms),
        statements=_statements(connection, document_id, terms),
        events=events,
        times=times,
        amounts=amounts,
        checks=checks,
    )


def _document(connection: sqlite3.Connection, document_id: int, terms: Terms) -> DocumentRecord:
    row = _one(
        connection,
        "SELECT documents.*, text, odd FROM documents JOIN texts ON document_id = documents.id WHERE documents.id = ?",
        document_id,
    )
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
        text=unpack_text(row["text"], row["odd"]),
        zones=tuple(zones),
        extra=unpack_json(row["extra"], {}),
    )


def _one(connection: sqlite3.Connection, query: str, document_id: int) -> dict[str, Any]:
    return next(_rows(connection, query, document_id))


def _rows(connection: sqlite3.Connection, query: str, document_id: int) -> Iterator[dict[str, Any]]:
    found = connection.execute(query, (document_id,))
    names = [column[0] for column in found.description]
    return (dict(zip(names, row, strict=True)) for row in found)


def _entities(connection: sqlite3.Connection, document_id: int, terms: Terms) -> tuple[Entity, ...]:
    rows = _rows(connection, "SELECT * FROM entities WHERE document_id = ? ORDER BY id", document_id)
    return tuple(
        Entity(
            id=row["local_id"],
            name=row["name"],
            kind=terms.word(row["kind"]),
            aliases=tuple(unpack_json(row["aliases"], ())),
            roles=tuple(_roles(row["roles"])),
            country=row["country"],
            mentions=tuple(_mentions(row["mentions"], terms)),
        )
        for row in rows
    )


def _roles(packed: str | None) -> Iterator[Role]:
    for title, of, start, end in unpack_json(packed, ()):
        yield Role(title=title, of=of, span=Span(start, end))


def _mentions(packed: str | None, terms: Terms) -> Iterator[Mention]:
    for start, end, *rest in json.loads(packed or "[]"):
        form, by, confidence = rest or (None, None, 1.0)
        span = Span(start, end)
        yield Mention(span=span, form=terms.word(form) or "name", by=terms.word(by) or "name", confidence=confidence)


def _statements(connection: sqlite3.Connection, document_id: int, terms: Terms) -> tuple[Statement, ...]:
    parts = _parts(connection, document_id)
    rows = _rows(connection, "SELECT * FROM statements WHERE document_id = ? ORDER BY id", document_id)
    return tuple(_statement(row, parts[row["id"]], terms) for row in rows)


def _parts(connection: sqlite3.Connection, document_id: int) -> defaultdict[int, dict[int, list[str]]]:
    """Return for each statement and part the entities that take it, in order."""
    parts: defaultdict[int, dict[int, list[str]]] = defaultdict(lambda: {part: [] for part in PARTS.values()})
    found = connection.execute(
        "SELECT statement_id, part, local_id FROM entities JOIN statement_entities ON entity_id = entities.id"
        " WHERE document_id = ? ORDER BY statement_id, part, position",
        (document_id,),
    )
    for statement, part, entity in found:
        parts[statement][part].append(entity)
    return parts


def _statement(row: dict[str, Any], parts: dict[int, list[str]], terms: Terms) -> Statement:
    sure = row["speaker_confidence"]
    return Statement(
        id=row["local_id"],
        form=terms.word(row["form"]),
        speaker_name=row["speaker_name"],
        speaker_confidence=None if sure is None else unpack_confidence(sure),
        speaker_by=terms.word(row["speaker_by"]),
        speaker_open=terms.word(row["speaker_open"]),
        source_form=terms.word(row["source_form"]),
        source=unpack_spans(row["source"]),
        cue=unpack_spans(row["cue"]),
        content=unpack_spans(row["content"]),
        cue_class=terms.word(row["cue_class"]),
        negated=bool(row["negated"]),
        modality=terms.word(row["modality"]),
        within=row["within"],
        continues=row["continues"],
        zone=terms.word(row["zone"]),
        said_on=row["said_on"],
        confidence=unpack_confidence(row["confidence"]),
        evidence=msgspec.json.decode(row["evidence"], type=Evidence) if row["evidence"] else None,
        **{name: tuple(parts[part]) for name, part in PARTS.items()},
    )
