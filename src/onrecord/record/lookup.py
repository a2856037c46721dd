"""One statement or report of a record by its id, or by the beginning of one, with all that is known of it."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, replace
from typing import Final

from onrecord.document import Span
from onrecord.errors import BadQuery, MissingRecord
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.reading import Check, Entity, Reading, ReadingRecord, Statement, to_reading
from onrecord.record.choosing import Kept, Standing, keep_report
from onrecord.record.correcting import Correction, list_corrections
from onrecord.record.hits import Citation, Hit, cite_document, read_hits
from onrecord.record.ids import parse_statement_id
from onrecord.record.opening import one_moment
from onrecord.record.restoring import read_reading

NAMED: Final = 5
"""Ids that are named where several begin so."""
_ID: Final = re.compile(r"(?P<document>[0-9a-f]{4,16})(?:-(?P<mark>[0-9a-f]{0,8}))?")
_ADVICE: Final = "an id looks like 3f9a1c2b7d8e4f60-9c01d2e7, of a report like 3f9a1c2b7d8e4f60: see onrecord search"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A statement, or a report with all of its statements."""

    citation: Citation
    record: ReadingRecord
    """The reading that it is from, corrections over it."""
    hit: Hit | None = None
    """None for a report."""
    statement: Statement | None = None
    """With its evidence; None for a report."""
    paragraph: Span | None = None
    """What the statement stands in: from the start of its first paragraph to the end of its last."""
    corrections: tuple[Correction, ...] = ()
    copy_of: str | None = None
    """The report that its report repeats."""
    standing: Standing = "counts"
    """What its report counts as."""

    @property
    def entities(self) -> dict[str, Entity]:
        """The entities of the reading by their ids."""
        return {entity.id: entity for entity in self.record.entities}

    @property
    def checks(self) -> tuple[Check, ...]:
        """What does not fit in the report, or in the statement."""
        return _checks(self.record, self.statement)


def look_up(connection: sqlite3.Connection, words: str) -> Entry:
    """Return the statement or report of an id, or of the beginning of one: four digits at least.

    Raises:
        MissingRecord: no id, or none of the record's.
        BadQuery: several begin so.
    """
    with one_moment(connection):
        number, name, is_statement = _find(connection, words)
        return _statement(connection, number) if is_statement else _report(connection, number, name)


def report_named(connection: sqlite3.Connection, words: str) -> str:
    """Return the ``document.id`` of the report of an id, or of the beginning of one; that of a statement will do.

    The report is not looked into: it may be damaged.

    Raises:
        MissingRecord: no id, or none of the record's.
        BadQuery: several begin so.
    """
    _, name, _ = _find(connection, words)
    return name.partition("-")[0]


def _find(connection: sqlite3.Connection, words: str) -> tuple[int, str, bool]:
    """Return the number and the id of what an id or its beginning means, and whether that is a statement."""
    found = _ID.fullmatch(words.strip().lower())
    if found is None:
        raise MissingRecord("no id", where=words, advice=_ADVICE)
    document, mark = found["document"], found["mark"]
    # Of several reports a part of the mark may yet tell which is meant: all of them are looked into then.
    most = NAMED + 1 if mark is None else -1
    reports = connection.execute(
        "SELECT id, hash FROM documents WHERE hash >= ? AND hash < ? ORDER BY hash LIMIT ?",
        (document, document + "g", most),
    ).fetchall()
    if mark is None:
        return *_one(reports, words), False
    statements = [
        (number, f"{name}-{whole:08x}")
        for row, name in reports
        for number, whole in connection.execute(
            "SELECT s.id, s.mark FROM readings r JOIN statements s"
            " ON s.id >= r.first_statement AND s.id < r.first_statement + r.statement_count"
            " WHERE r.document_id = ? AND printf('%08x', s.mark) LIKE ? || '%' ORDER BY s.mark",
            (row, mark),
        )
    ]
    return *_one(statements, words), True


def _one(found: list[tuple[int, str]], words: str) -> tuple[int, str]:
    if not found:
        raise MissingRecord("nothing in the record has this id", where=words, advice=_ADVICE)
    if len(found) > 1:
        listed = ", ".join(name for _, name in found[:NAMED])
        more = " and more" if len(found) > NAMED else ""
        raise BadQuery(f"several ids begin so: {listed}{more}", where=words, advice="give more of it")
    return found[0]


def _report(connection: sqlite3.Connection, row: int, name: str) -> Entry:
    kept = _keep(connection, name)
    citation = cite_document(connection, row)
    return Entry(citation=citation, record=kept.reading, copy_of=kept.copy_of, standing=kept.standing)


def _statement(connection: sqlite3.Connection, number: int) -> Entry:
    (hit,) = read_hits(connection, [number])
    kept = _keep(connection, hit.citation.document)
    statements = {kept.ids[each.id]: each for each in kept.reading.statements}
    # One that somebody said is none is left out there: it is shown as it was read.
    statement = statements.get(hit.statement) or _as_read(connection, number)
    return Entry(
        citation=hit.citation,
        record=kept.reading,
        hit=hit,
        statement=statement,
        paragraph=paragraph_of(kept.text, statement),
        corrections=tuple(list_corrections(connection, of=parse_statement_id(hit.statement))),
        copy_of=kept.copy_of,
        standing=kept.standing,
    )


def _keep(connection: sqlite3.Connection, document: str) -> Kept:
    kept = keep_report(connection, document)
    if kept is None:
        raise MissingRecord("no such document in the record", where=document, advice=_ADVICE)
    return kept


def _as_read(connection: sqlite3.Connection, number: int) -> Statement:
    row, position = connection.execute(
        "SELECT s.document_id, s.id - r.first_statement FROM statements s JOIN readings r USING (document_id)"
        " WHERE s.id = ?",
        (number,),
    ).fetchone()
    return read_reading(connection, int(row)).statements[int(position)]


def paragraph_of(text: str, statement: Statement) -> Span | None:
    """Return the paragraphs that a statement stands in, as one span; None for a statement without a word."""
    spans = [span for span in (*statement.source, *statement.cue, *statement.content) if span.size]
    if not spans:
        return None
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    touched = [each for each in find_paragraphs(text) if each.start < end and start < each.end]
    return Span(min([start, *(each.start for each in touched)]), max([end, *(each.end for each in touched)]))


def as_reading(record: ReadingRecord, *, only: Statement | None = None) -> Reading:
    """Return a reading of the record as the pipeline gives it, for what shows readings.

    Where characters of the page stand is not kept.

    Args:
        record: the reading.
        only: the one statement to leave in it, with the checks that touch its words.
    """
    reading = to_reading(record)
    if only is None:
        return reading
    return replace(reading, statements=(replace(only, within=None),), checks=_checks(record, only))


def _checks(record: ReadingRecord, only: Statement | None) -> tuple[Check, ...]:
    """Return the checks of a reading, or those that are about the words of one statement or hold something to them."""
    if only is None:
        return record.checks
    spans = (*only.source, *only.cue, *only.content)
    return tuple(
        check
        for check in record.checks
        if any(
            each.start < span.end and span.start < each.end for each in (check.span, *check.evidence) for span in spans
        )
    )
