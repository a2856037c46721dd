"""What changed between two texts that stood under one address."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from typing import Any

from onrecord.record.copies import WORD
from onrecord.record.packing import text_of
from onrecord.record.storing import contents_of


def describe_changes(connection: sqlite3.Connection, before: int, after: int) -> str:
    """Return what changed as JSON: title, date and authors where they differ, words and statements that came and went.

    Statements are compared by the words of their speaker and content; those that came are named by their mark in the
    later text, those that went by their mark in the earlier one. Words are counted, not aligned: that is linear.
    """
    old, new = _facts(connection, before), _facts(connection, after)
    changes: dict[str, Any] = {
        name: [old[name], new[name]] for name in ("title", "published", "authors") if old[name] != new[name]
    }
    gone, come = _words(connection, before), _words(connection, after)
    changes["words_added"], changes["words_removed"] = (come - gone).total(), (gone - come).total()
    said, says = _statements(connection, before), _statements(connection, after)
    changes["statements_added"] = [mark for words, mark in says.items() if words not in said]
    changes["statements_removed"] = [mark for words, mark in said.items() if words not in says]
    return json.dumps(changes, ensure_ascii=False)


def _facts(connection: sqlite3.Connection, document_id: int) -> dict[str, Any]:
    row = connection.execute("SELECT title, published, authors FROM documents WHERE id = ?", (document_id,)).fetchone()
    return {"title": row[0], "published": row[1], "authors": json.loads(row[2] or "[]")}


def _words(connection: sqlite3.Connection, document_id: int) -> Counter[str]:
    return Counter(WORD.findall(text_of(connection, document_id)))


def _statements(connection: sqlite3.Connection, document_id: int) -> dict[tuple[str | None, str | None], str]:
    rows = connection.execute(
        "SELECT statements.id, mark, coalesce(speaker_name, name) FROM readings"
        " JOIN statements ON statements.id >= first_statement"
        " AND statements.id < first_statement + statement_count - added_statements"
        " LEFT JOIN entities ON entities.id = speaker_id"
        " WHERE readings.document_id = ? ORDER BY statements.id",
        (document_id,),
    ).fetchall()
    contents = contents_of(connection, document_id)
    return {(name, contents[number]): f"{mark:08x}" for number, mark, name in rows}
