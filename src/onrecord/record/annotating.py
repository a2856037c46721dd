"""Statements that somebody took away or put in: corrections of a whole statement.

They are kept in the table ``corrections`` beside those of single fields (:mod:`onrecord.record.correcting`): field
``deleted``, of a statement that is none; field ``added``, of one that was not found, under the id that its spans give
it. Its fields are corrected like those of any other, under that id. It is written behind the statements that were read,
too, as it was put in (:mod:`onrecord.record.putting`), which is how searches and counts come by it.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from onrecord.document import Span
from onrecord.encoding import clean
from onrecord.errors import BadChange
from onrecord.reading import CueClass
from onrecord.record.changing import NOBODY, By
from onrecord.record.correcting import Correction, check_spans, no_statement, note, read_correction, take_out
from onrecord.record.ids import StatementId, mark_spans, parse_statement_id
from onrecord.record.opening import transaction
from onrecord.record.overlaying import SPANS, corrections_of, find_read, find_statement
from onrecord.record.packing import clean_or_none, words_of
from onrecord.record.putting import put_again
from onrecord.record.restoring import read_reading


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStatement:
    """A statement that the reader did not find."""

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...]
    speakers: tuple[str, ...] = ()
    """Names."""
    cue_class: CueClass | None = None


def delete_statement(connection: sqlite3.Connection, statement: str, by: By = NOBODY) -> Correction:
    """Note that a statement is none, or withdraw one that somebody put in; return the correction that says so.

    Raises:
        MissingRecord: no such statement.
        BadChange: somebody has said so before.
    """
    wanted = parse_statement_id(statement)
    with transaction(connection):
        reading = read_reading(connection, wanted.document)
        read = find_read(reading, wanted)
        if read is None:
            return _withdraw_added(connection, wanted)
        if "deleted" in corrections_of(connection, wanted.document).get(wanted.mark, {}):
            # Noted twice, it would still be away once one of the two is undone.
            raise BadChange("somebody has said before that it is none", where=str(wanted), advice="see the corrections")
        before = {"words": clean_or_none(words_of(reading.document.text, read.content)), "content": read.content}
        made = note(connection, wanted, {"field": "deleted", "value": {"words": None}, "before": before}, by)
        return read_correction(connection, made)


def _withdraw_added(connection: sqlite3.Connection, statement: StatementId) -> Correction:
    """Withdraw a statement that somebody had put in, and the corrections of it."""
    withdrawn = connection.execute(
        "UPDATE corrections SET standing = 'withdrawn'"
        " WHERE document_hash = ? AND mark = ? AND field = 'added' AND standing <> 'withdrawn' RETURNING id",
        statement,
    ).fetchall()
    if not withdrawn:
        raise no_statement(statement)
    take_out(connection, statement)
    return read_correction(connection, max(withdrawn)[0])


def add_statement(connection: sqlite3.Connection, document: str, new: NewStatement, by: By = NOBODY) -> str:
    """Note a statement that the reader did not find; return the record-wide id that its spans give it.

    Of one that somebody had taken away, that is withdrawn.

    Raises:
        MissingRecord: no such document.
        BadChange: no content, pieces that are outside the text or overlap, or a statement that is there.
    """
    with transaction(connection):
        reading = read_reading(connection, document)
        text = reading.document.text
        for part in SPANS:
            check_spans(text, part, getattr(new, part))
        statement = StatementId(document, mark_spans(new.source, new.cue, new.content))
        is_deleted = "deleted" in corrections_of(connection, document).get(statement.mark, {})
        if not is_deleted and find_statement(connection, reading, statement) is not None:
            raise BadChange("this statement is there already", where=str(statement), advice="correct that one")
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
        put_again(connection, document)
    return str(statement)
