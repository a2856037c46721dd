"""Statements that somebody took away or put in: corrections of a whole statement, and readings with them.

They are kept in the table ``corrections`` beside those of single fields (:mod:`onrecord.record.correcting`): field
``deleted``, of a statement that is none; field ``added``, of one that was not found, under the id that its spans give
it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from onrecord.attribution.forms import form_of
from onrecord.document import Span
from onrecord.errors import BadChange
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.reading import CueClass, Entity, ReadingRecord, Statement
from onrecord.record.changing import NOBODY, By
from onrecord.record.correcting import (
    CORRECTED,
    check_place,
    correct_reading,
    entity_named,
    find_statement,
    no_statement,
    note,
    spans_of,
    zone_at,
)
from onrecord.record.ids import StatementId, mark_spans, mark_statements, parse_statement_id
from onrecord.record.opening import transaction
from onrecord.record.packing import clean, clean_or_none, words_of
from onrecord.record.restoring import read_reading

ADDED_CONFIDENCE: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStatement:
    """A statement that the reader did not find."""

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...]
    speakers: tuple[str, ...] = ()
    """Names."""
    cue_class: CueClass | None = None


def delete_statement(connection: sqlite3.Connection, statement: str, by: By = NOBODY) -> None:
    """Note that a statement is none.

    Raises:
        MissingRecord: no such statement.
    """
    wanted = parse_statement_id(statement)
    with transaction(connection):
        reading = read_reading(connection, wanted.document)
        read = find_statement(reading, wanted)
        if read is None:
            _withdraw_added(connection, wanted)
            return
        before = {"words": clean_or_none(words_of(reading.document.text, read.content)), "content": read.content}
        note(connection, wanted, {"field": "deleted", "value": {"words": None}, "before": before}, by)


def _withdraw_added(connection: sqlite3.Connection, statement: StatementId) -> None:
    """Withdraw a statement that somebody had put in."""
    done = connection.execute(
        "UPDATE corrections SET standing = 'withdrawn'"
        " WHERE document_hash = ? AND mark = ? AND field = 'added' AND standing <> 'withdrawn'",
        statement,
    )
    if not done.rowcount:
        raise no_statement(statement)


def add_statement(connection: sqlite3.Connection, document: str, new: NewStatement, by: By = NOBODY) -> str:
    """Note a statement that the reader did not find; return the record-wide id that its spans give it.

    Of one that somebody had taken away, that is withdrawn.

    Raises:
        MissingRecord: no such document.
        BadChange: no content, or spans outside the text.
    """
    with transaction(connection):
        text = read_reading(connection, document).document.text
        for span in (*new.source, *new.cue, *new.content):
            check_place(text, span)
        if not new.content:
            raise BadChange("a statement has a content", advice="give what was said")
        statement = StatementId(document, mark_spans(new.source, new.cue, new.content))
        connection.execute(
            "UPDATE corrections SET standing = 'withdrawn'"
            " WHERE document_hash = ? AND mark = ? AND field = 'deleted' AND standing <> 'withdrawn'",
            statement,
        )
        value = {
            "words": clean_or_none(words_of(text, new.content)),
            "spans": new.content,
            "source": new.source,
            "cue": new.cue,
            "names": [clean(name) for name in new.speakers],
            "cue_class": new.cue_class,
        }
        note(
            connection,
            statement,
            {"field": "added", "value": value, "before": {"words": None, "content": []}},
            by,
        )
    return str(statement)


# ---- showing them over a reading -----------------------------------------------------------------------------


def annotated_reading(connection: sqlite3.Connection, reading: ReadingRecord) -> tuple[ReadingRecord, tuple[int, ...]]:
    """Return a reading with all corrections over it, and the marks of its statements.

    Deleted statements are gone from it, added ones stand behind the others; ids and marks are those of the reading.
    """
    marks = mark_statements(reading.statements)
    rows = connection.execute(
        "SELECT mark, field, value FROM corrections WHERE document_hash = ? AND field IN ('deleted', 'added')"
        " AND (standing = 'stands' OR field = 'added' AND standing = 'adrift') ORDER BY id",
        (reading.document.id,),
    ).fetchall()
    corrected = correct_reading(connection, reading)
    if not rows:
        return corrected, tuple(marks)
    deleted = {mark for mark, field, _ in rows if field == "deleted"}
    added = {mark: json.loads(value) for mark, field, value in rows if field == "added" and mark not in marks}
    kept = [(each, mark) for each, mark in zip(corrected.statements, marks, strict=True) if mark not in deleted]
    entities = list(corrected.entities)
    put_in = [(each, mark) for each, mark in _added(corrected, added, entities) if mark not in deleted]
    everything = [*_rejoined(kept), *put_in]
    return (
        replace(corrected, statements=tuple(each for each, _ in everything), entities=tuple(entities)),
        tuple(mark for _, mark in everything),
    )


def _rejoined(kept: Sequence[tuple[Statement, int]]) -> Iterator[tuple[Statement, int]]:
    """Let go of pointers at statements that are gone."""
    left = {each.id for each, _ in kept}
    for each, mark in kept:
        within, continues = (name if name in left else None for name in (each.within, each.continues))
        yield replace(each, within=within, continues=continues), mark


def _added(
    reading: ReadingRecord, added: Mapping[int, Mapping[str, Any]], entities: list[Entity]
) -> Iterator[tuple[Statement, int]]:
    text = reading.document.text
    quoted = [quotation.inner for quotation in outermost(text, pair_quotemarks(text))] if added else []
    taken = {each.id for each in reading.statements}
    for mark, value in added.items():
        content = spans_of(value["spans"])
        name = f"added-{mark:08x}"
        if name in taken:
            continue
        names = value["names"]
        yield (
            Statement(
                id=name,
                form=form_of(text, content, quoted),
                speakers=tuple(dict.fromkeys(entity_named(each, entities) for each in names)),
                speaker_name=", ".join(names) or None,
                speaker_confidence=ADDED_CONFIDENCE if names else None,
                speaker_by=CORRECTED,
                source_form="name" if value["source"] else "implicit",
                source=spans_of(value["source"]),
                cue=spans_of(value["cue"]),
                content=content,
                cue_class=value["cue_class"] or "neutral",
                negated=False,
                modality="said",
                zone=zone_at(reading.document.zones, content[0].start),
                confidence=ADDED_CONFIDENCE,
            ),
            mark,
        )
