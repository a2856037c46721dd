"""A statement that the reading of a report missed, put in by words of the report or by where they stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.document import Span
from onrecord.errors import MissingRecord
from onrecord.reading import CueClass
from onrecord.record.annotating import NewStatement, add_statement
from onrecord.record.changing import NOBODY, By
from onrecord.record.correcting import Correction, list_corrections
from onrecord.record.ids import parse_statement_id
from onrecord.record.locating import place_missed
from onrecord.record.lookup import look_up
from onrecord.record.mirrors import address_print
from onrecord.record.opening import transaction
from onrecord.record.speakernames import names_given


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A statement that the reading missed."""

    content: str | None = None
    """Words of the report, pieces apart by `` … ``, that stand in one place."""
    source: str = ""
    """Words like that; where they stand in several places, those nearest to what is said. Empty for none."""
    cue: str = ""
    """As for the source."""
    source_spans: Sequence[Span] | None = None
    """In the place of the words, as the two below."""
    cue_spans: Sequence[Span] | None = None
    content_spans: Sequence[Span] | None = None
    speaker: Sequence[str] = ()
    """Names, each of which may be several apart by semicolons. Without any the speaker is open, whatever the source."""
    cue_class: CueClass | None = None
    """Neutral, if not given."""


def put_in(connection: sqlite3.Connection, report: str, missed: Missed, by: By = NOBODY) -> Correction:
    """Put a statement in; return the correction that keeps it, with the id of the statement.

    Args:
        connection: to the record.
        report: an address, or the id of the report or of a statement of it, or the beginning of one.
        missed: the statement.
        by: who says so, and why.

    Raises:
        MissingRecord: no such report.
        BadQuery: several ids begin so.
        BadChange: words or spans that are not in the report, words of the content in several places, pieces that
            overlap, a speaker without a name, or a statement that is there.
    """
    names = names_given(missed.speaker)
    with transaction(connection):
        named = report_at(connection, report) if "://" in report else report
        document = look_up(connection, named).record.document
        place = place_missed(
            document.text,
            (missed.content_spans or ()) if missed.content is None else missed.content,
            source=missed.source or missed.source_spans or (),
            cue=missed.cue or missed.cue_spans or (),
        )
        new = NewStatement(**place._asdict(), speakers=names, cue_class=missed.cue_class)
        added = add_statement(connection, document.id, new, by)
        return list_corrections(connection, of=parse_statement_id(added))[-1]


def report_at(connection: sqlite3.Connection, address: str) -> str:
    """Return the ``document.id`` of the report that stands under an address or a mirror of it.

    A report in which no statement was found is in no search, which would tell its id.

    Raises:
        MissingRecord: no report does.
    """
    row = connection.execute(  # of a report and its copies under mirrors the one that counts
        "SELECT hash FROM documents LEFT JOIN copies ON copies.document_id = documents.id"
        " WHERE address_print = ? AND is_current ORDER BY copy_of IS NOT NULL, address = ? DESC, id DESC",
        (address_print(address), address),
    ).fetchone()
    if row is None:
        raise MissingRecord(
            "no report of the record has this address", where=address, advice="add it first: onrecord add"
        )
    return str(row[0])
