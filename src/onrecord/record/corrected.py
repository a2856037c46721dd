"""Statements as somebody corrected them, by their numbers: the indexes hold what was read or put in.

A question about single utterances is answered by these words and these speakers. Searches and counts go by the indexes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from onrecord.reading import Statement
from onrecord.record.choosing import Kept, keep_report
from onrecord.record.ids import StatementId
from onrecord.record.naming import NameFilter
from onrecord.record.packing import number_array

# In this order, and the plus: else SQLite makes an index of the marks of all statements, for each question anew.
_REWRITTEN: Final = """
SELECT s.id, json_extract(c.value, '$.words') FROM corrections c CROSS JOIN documents d ON d.hash = c.document_hash
CROSS JOIN readings r ON r.document_id = d.id CROSS JOIN statements s
ON s.id >= r.first_statement AND s.id < r.first_statement + r.statement_count AND +s.mark = c.mark
WHERE c.field = 'content' AND c.standing = 'stands' ORDER BY c.id"""
_SAID_ANEW: Final = """
SELECT DISTINCT s.id, d.hash, s.mark FROM json_each(?) wanted JOIN statements s ON s.id = wanted.value
JOIN documents d ON d.id = s.document_id JOIN corrections c ON c.document_hash = d.hash AND c.mark = s.mark
WHERE c.field IN ('speaker', 'added') AND c.standing <> 'withdrawn' ORDER BY s.id"""


def rewritten(connection: sqlite3.Connection) -> dict[int, str]:
    """Return the words of all statements whose content somebody corrected, as they should be."""
    return dict(connection.execute(_REWRITTEN))  # of several the last one holds


def said_as_corrected(connection: sqlite3.Connection, rows: Sequence[int], name: str) -> dict[int, bool]:
    """Tell of each statement whose speaker somebody corrected whether it is now said by whoever goes by a name.

    Of the others the tables know it: see :mod:`onrecord.record.filtering`.
    """
    goes_by = NameFilter(connection, [name])
    found = connection.execute(_SAID_ANEW, (number_array(rows),)).fetchall()
    reports = {document: keep_report(connection, document) for _, document, _ in found}
    told: dict[int, bool] = {}
    for row, document, mark in found:
        kept = reports[document]
        assert kept is not None  # it was at hand a moment ago
        for statement in kept.reading.statements:  # without those that somebody said are none
            if kept.ids[statement.id] == str(StatementId(document, mark)):
                told[row] = _is_said_by(goes_by, statement, kept)
    return told


def _is_said_by(goes_by: NameFilter, statement: Statement, kept: Kept) -> bool:
    speakers = [each for each in kept.reading.entities if each.id in statement.speakers]
    return goes_by(statement.speaker_name, None, None) or any(
        goes_by(name, None, kept.people.get(each.id)) for each in speakers for name in (each.name, *each.aliases)
    )
