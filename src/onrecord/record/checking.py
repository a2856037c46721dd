"""Checking a record: that the file is whole, that its tables fit each other, and that every span fits its text."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from onrecord.document import document_id
from onrecord.errors import OnrecordError
from onrecord.reading import ReadingRecord
from onrecord.record.copies import body_print, body_words
from onrecord.record.ids import StatementId, mark_statements
from onrecord.record.migrating import known_steps
from onrecord.record.opening import define, transaction
from onrecord.record.packing import REPLACEMENT, STANDING, Terms, pack_date, text_of
from onrecord.record.restoring import restore_whole
from onrecord.record.storable import faults_of

Part = Literal[
    "file", "cells", "tables", "references", "full text", "text", "hash", "spans", "reading", "copies", "embeddings"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something in a record that is not as it should be."""

    part: Part
    where: str
    """The table, document or statement."""
    message: str

    def __str__(self) -> str:
        """Return one line: which part, where, what.

        >>> str(Finding(part="hash", where="3f9a1c2b7d8e4f60", message="address and text do not have this hash"))
        'hash: 3f9a1c2b7d8e4f60: address and text do not have this hash'
        """
        return ": ".join(filter(None, (self.part, self.where, self.message)))


def check_record(connection: sqlite3.Connection, tell: Callable[[str], None] = lambda _: None) -> Iterator[Finding]:
    """Yield what is wrong with a record; nothing if it is whole.

    ``tell`` is called with what is looked at next: ``report 12 of 4,120``.

    Takes time linear in the size of the file: all of it is read. The full-text index can be checked only on a
    connection that may write; on another this is passed over.

    Raises:
        sqlite3.DatabaseError: the file is too damaged to go on.
    """
    tell("the file")
    yield from _check_file(connection)
    tell("cells")
    yield from _check_cells(connection)
    tell("references")
    yield from _check_references(connection)
    tell("the full-text index")
    yield from _check_full_text(connection)
    documents = connection.execute("SELECT id, hash FROM documents ORDER BY id").fetchall()
    for number, (row, name) in enumerate(documents, 1):
        tell(f"report {number:,} of {len(documents):,}")
        try:
            yield from _check_document(connection, row, name)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            message = f"what is in its cells can't be checked ({type(error).__name__})"
            yield Finding(part="reading", where=str(name), message=message)
    tell("whether the tables fit each other")
    define(connection, "packed_date", 1, pack_date)
    for query, part, message in QUERIES:
        for (where,) in connection.execute(query):
            yield Finding(part=part, where=str(where), message=message)


def _check_file(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (message,) in connection.execute("PRAGMA integrity_check"):
        if message != "ok":
            yield Finding(part="file", where="", message=str(message))


_KEPT: Final = {
    "INTEGER": "('integer', 'null')",
    "TEXT": "('text', 'null')",
    "BLOB": "('blob', 'null')",
    "REAL": "('real', 'null')",
    "": "('integer', 'text', 'null')",  # spans
}
"""What a column of each type holds; SQLite takes anything in any, and makes another kind of it by one flipped bit."""
_MADE: Final = re.compile(r"^CREATE TABLE (\w+)", re.MULTILINE)
_ROUNDED: Final = "confidence"
"""A column whose name ends so holds a real number where the reader did not round."""


def _check_cells(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Check the tables that we make; what somebody else put beside them is theirs."""
    ours = {table for step in known_steps() for table in _MADE.findall(step.sql)}
    there = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for table in (name for (name,) in there if name in ours):
        every = connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
        columns = [(name, kind) for name, kind in every if kind in _KEPT]
        odd = ", ".join(
            f"sum(typeof({name}) NOT IN {_KEPT[kind]}"
            + (f" AND typeof({name}) <> 'real')" if name.endswith(_ROUNDED) else ")")
            for name, kind in columns
        )
        counts = connection.execute(f"SELECT {odd} FROM {table}").fetchone()
        for (name, kind), count in zip(columns, counts, strict=True):
            if count:
                cells = f"{count:,} cells hold" if count > 1 else "a cell holds"
                yield Finding(part="cells", where=f"{table}.{name}", message=f"{cells} what is no {kind or 'span'}")


def _check_references(connection: sqlite3.Connection) -> Iterator[Finding]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Finding(part="references", where=f"{table} {row}", message=f"refers to what is not in {parent}")


def _check_full_text(connection: sqlite3.Connection) -> Iterator[Finding]:
    try:
        with transaction(connection):
            # Rank 1: hold the index against the words of the statements, too, not only against itself.
            connection.execute("INSERT INTO statements_fts (statements_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith("SQLITE_CORRUPT"):
            yield Finding(part="full text", where="statements_fts", message=f"does not fit the statements ({error})")
        elif not name.startswith("SQLITE_READONLY"):
            raise


def _check_document(connection: sqlite3.Connection, row: int, name: str) -> Iterator[Finding]:
    try:
        record = restore_whole(connection, row, Terms(connection)).reading
    except OnrecordError as error:
        yield Finding(part="reading", where=name, message=error.what)
        return
    document = record.document
    # An address with a lone surrogate in it is kept with U+FFFD in its place: its hash can't be told any more.
    if document_id(document.text, document.url) != name and REPLACEMENT not in (document.url or ""):
        yield Finding(part="hash", where=name, message="address and text do not have this hash")
    for fault in faults_of(record):
        yield Finding(part="spans", where=name, message=fault)
    yield from _check_marks(connection, row, record)
    zones = [(zone.kind, zone.start, zone.end) for zone in document.zones]
    mark = connection.execute("SELECT body_print FROM documents WHERE id = ?", (row,)).fetchone()[0]
    if mark != body_print(body_words(text_of(connection, row), zones)):
        yield Finding(part="copies", where=name, message="the body does not have the hash that tells its copies")


def _check_marks(connection: sqlite3.Connection, row: int, record: ReadingRecord) -> Iterator[Finding]:
    found = connection.execute(
        "SELECT mark FROM readings JOIN statements"
        " ON statements.id >= first_statement AND statements.id < first_statement + statement_count"
        " WHERE readings.document_id = ? ORDER BY statements.id",
        (row,),
    )
    for (mark,), wanted in zip(found, mark_statements(record.statements), strict=False):
        if mark != wanted:
            shown = isinstance(mark, int)  # a flipped bit makes a text or nothing of a number
            where = str(StatementId(record.document.id, mark)) if shown else record.document.id
            yield Finding(part="spans", where=where, message="the spans do not have the hash in this id")


def _listed(column: str) -> str:
    """Return the items of a JSON list of ``entities`` as SQL; what is no JSON is told where the reading is restored."""
    return f"json_each(CASE WHEN json_valid(entities.{column}) THEN entities.{column} ELSE '[]' END)"


def _of_each(query: str, message: str) -> Iterator[tuple[str, Part, str]]:
    """Yield a query for each table in which a reading has a run of rows."""
    for row, rows in (("statement", "statements"), ("entity", "entities"), ("event", "events")):
        yield query.format(row=row, rows=rows), "reading", f"{rows} {message}"


QUERIES: Final[tuple[tuple[str, Part, str], ...]] = (
    (
        """SELECT hash FROM documents
        WHERE NOT EXISTS (SELECT 1 FROM readings WHERE document_id = documents.id)""",
        "reading",
        "a document without a reading",
    ),
    *_of_each(
        """SELECT documents.hash
        FROM {rows} LEFT JOIN readings USING (document_id) LEFT JOIN documents ON documents.id = document_id
        WHERE readings.document_id IS NULL OR {rows}.id < first_{row} OR {rows}.id >= first_{row} + {row}_count
        GROUP BY 1""",
        "that are in no reading",
    ),
    *_of_each(
        """SELECT hash FROM readings JOIN documents ON documents.id = document_id
        WHERE {row}_count <> (
            SELECT count(*) FROM {rows} WHERE id >= first_{row} AND id < first_{row} + {row}_count)""",
        "are missing",
    ),
    (
        """SELECT hash FROM readings JOIN documents ON documents.id = document_id
        WHERE added_statements NOT BETWEEN 0 AND statement_count OR added_entities NOT BETWEEN 0 AND entity_count""",
        "reading",
        "more statements or entities are put in than there are",
    ),
    (
        """SELECT statements.id FROM statements LEFT JOIN entities ON entities.id = speaker_id
        WHERE speaker_id IS NOT NULL AND entities.document_id IS NOT statements.document_id""",
        "references",
        "the statement's speaker is no entity of its document",
    ),
    (
        f"""SELECT documents.hash FROM statements JOIN readings USING (document_id)
        JOIN documents ON documents.id = document_id
        WHERE NOT EXISTS (SELECT 1 FROM entities, {_listed("says")} AS part
            WHERE entities.id = speaker_id AND part.value = statements.id - first_statement)
        AND (speaker_id IS NOT NULL OR EXISTS (SELECT 1 FROM entities, {_listed("says")} AS part
            WHERE entities.id >= first_entity AND entities.id < first_entity + entity_count
            AND part.value = statements.id - first_statement))
        GROUP BY 1""",
        "references",
        "who says a statement is not told alike by statements and entities",
    ),
    (
        f"""SELECT hash FROM entities JOIN readings USING (document_id) JOIN documents ON documents.id = document_id
        WHERE EXISTS (SELECT 1 FROM (SELECT value FROM {_listed("says")} UNION ALL SELECT value FROM {_listed("about")}
            UNION ALL SELECT CASE type WHEN 'array' THEN json_extract(value, '$[1]') ELSE -1 END
            FROM {_listed("parts")}) AS part
            WHERE part.value NOT BETWEEN 0 AND statement_count - 1)
        GROUP BY 1""",
        "references",
        "an entity takes part in statements that the reading does not have",
    ),
    (
        """SELECT documents.hash FROM statements JOIN documents ON documents.id = document_id
        WHERE statements.published IS NOT packed_date(documents.published)
        GROUP BY 1""",
        "references",
        "statements are counted for another day than the document's",
    ),
    (
        """SELECT documents.hash FROM copies JOIN documents ON documents.id = document_id
        JOIN documents AS original ON original.id = copy_of
        WHERE NOT documents.is_current OR NOT original.is_current""",
        "copies",
        "a copy that was revised, or one of what was revised",
    ),
    (
        """SELECT hash FROM copies JOIN documents ON documents.id = document_id WHERE NOT EXISTS (
            WITH RECURSIVE before (id) AS (SELECT copies.copy_of
                UNION SELECT more.copy_of FROM before JOIN copies AS more ON more.document_id = before.id)
            SELECT 1 FROM before WHERE id NOT IN (SELECT document_id FROM copies))""",
        "copies",
        "a copy of itself, or of its copies: none of them counts",
    ),
    (
        f"""SELECT documents.hash FROM statements JOIN documents ON documents.id = document_id
        WHERE standing <> {STANDING} GROUP BY 1""",
        "copies",
        "statements count, or do not, against what the document is",
    ),
    (
        """SELECT documents.hash FROM statements JOIN documents ON documents.id = document_id
        WHERE statements.outlet_id IS NOT documents.outlet_id
        GROUP BY 1""",
        "references",
        "statements are counted for another outlet than the document's",
    ),
    (
        """SELECT texts.id FROM texts LEFT JOIN documents ON documents.id = texts.id / 1000000
        WHERE documents.id IS NULL""",
        "text",
        "a piece of text without a document",
    ),
    (
        """SELECT hash FROM embeddings JOIN readings USING (document_id)
        JOIN encoders ON encoders.id = encoder_id JOIN documents ON documents.id = document_id
        WHERE length(vectors) <> statement_count * ((dimensions + 1) / 2)""",
        "embeddings",
        "not one vector a statement",
    ),
    (
        """SELECT 'correction ' || id FROM corrections
        WHERE CASE WHEN json_valid(value) AND json_valid("before") THEN json_type(value) || json_type("before") END
        IS NOT 'objectobject'""",
        "cells",
        "what it is about is no JSON object",
    ),
    (
        """SELECT 'correction ' || id FROM corrections
        WHERE CASE WHEN json_valid(value) THEN json_type(value) END IS 'object' AND NOT (
            ifnull(json_type(value, '$.words') IN ('text', 'null'), 0)
            AND (field NOT IN ('speaker', 'added') OR json_type(value, '$.names') IS 'array'
                AND NOT EXISTS (SELECT 1 FROM json_each(corrections.value, '$.names') WHERE type <> 'text'))
            AND (field <> 'added' OR ifnull(json_type(value, '$.cue_class') IN ('text', 'null'), 0)))""",
        "cells",
        "what it should be has not the words or the names of it",
    ),
    (
        """SELECT 'change ' || id FROM changes
        WHERE CASE WHEN json_valid(what) THEN json_type(what) END IS NOT 'object'""",
        "cells",
        "what it is about is no JSON object",
    ),
)
