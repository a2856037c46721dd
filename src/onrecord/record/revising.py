"""What changed between two texts that stood under one address, and whether an earlier one stands there again."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from onrecord.record.copies import WORD
from onrecord.record.packing import is_before, text_of
from onrecord.record.storing import contents_of

CAPTURED: Final = "warc_date"
"""The field of a report from a web archive that says when the crawler fetched it."""
_OF_ARCHIVES: Final = {CAPTURED, "warc_record_id"}
_PAGES: Final = {"webpage", "plaintext", "markdown"}
"""How what an address gave was read; an entry of a feed there is less than its page."""


def when_seen(origin: str, method: str, extra: Mapping[str, Any], now: str) -> str | None:
    """Return when a report's text stood at its address: now, if it was fetched there; None where nobody can tell.

    The same file may be added again at any time, which says nothing of the page.
    """
    captured = extra.get(CAPTURED)
    if isinstance(captured, str):
        return captured
    is_fetched = origin.startswith(("http://", "https://")) and method in _PAGES and _OF_ARCHIVES.isdisjoint(extra)
    return now if is_fetched else None


def returned_over(connection: sqlite3.Connection, row: int, seen: str | None) -> int | None:
    """Return the text in whose place an earlier one stands again, which was seen at some time; None where none does."""
    if seen is None:
        return None
    is_current, canonical, published, body = connection.execute(
        "SELECT is_current, address_print, published, body_print FROM documents WHERE id = ?", (row,)
    ).fetchone()
    if is_current or canonical is None:
        return None
    present = connection.execute(
        "SELECT id, published, body_print, added_at, extra, changes FROM documents LEFT JOIN revisions"
        " ON document_id = id WHERE address_print = ? AND is_current ORDER BY id DESC",
        (canonical,),
    ).fetchone()
    if present is None or (body is not None and present[2] == body):  # of a mirror, whose text is this one
        return None
    number, day, _, added, extra, changes = present
    # One of which nobody can tell when it stood there was there when it was added, at the latest.
    last = json.loads(changes or "{}").get("seen") or json.loads(extra or "{}").get(CAPTURED) or added
    return int(number) if is_before(str(last), seen) and not is_before(published, day) else None


def describe_changes(connection: sqlite3.Connection, before: int, after: int, seen: str | None = None) -> str:
    """Return what changed as JSON: title, date and authors where they differ, words and statements that came and went.

    And when the text was seen again, where it is an earlier one.

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
    if seen is not None:
        changes["seen"] = seen
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
