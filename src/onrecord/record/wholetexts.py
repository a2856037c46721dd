"""The texts of reports, for words that no statement has. No index is kept of them: it would be larger than the texts.

In a small record all texts are looked through; in a larger one whoever asks has to know which reports are likely.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final, NamedTuple

from onrecord.record.choosing import STANDINGS, Standing
from onrecord.record.packing import PIECES, STANDING, number_array, text_of, unpack_text

LOOKED_THROUGH: Final = 5_000
"""Reports of a record of which all texts are looked through: 0.04 s for each word."""


class WholeText(NamedTuple):
    """A report's text, with what tells whether it is asked for."""

    text: str
    published: str | None
    standing: Standing


def read_text(connection: sqlite3.Connection, document: int) -> WholeText:
    """Return the text of a report by its number."""
    odd, published, standing = connection.execute(
        f"SELECT odd, published, {STANDING} FROM documents WHERE id = ?", (document,)
    ).fetchone()
    return WholeText(unpack_text(text_of(connection, document), odd), published, STANDINGS[standing])


def find_reports(connection: sqlite3.Connection, words: Sequence[str]) -> list[int]:
    """Return the numbers of reports that may have all of some words in their text; none in a larger record.

    Args:
        connection: of a record.
        words: in ASCII. A text that writes one with an accent is not found.
    """
    more = connection.execute(f"SELECT 1 FROM documents LIMIT 1 OFFSET {LOOKED_THROUGH}").fetchone()
    if more or not words:
        return []
    return sorted(set.intersection(*(_having(connection, word) for word in words)))


def _having(connection: sqlite3.Connection, word: str) -> set[int]:
    """Return the reports that have one half of a word, or the other: it may be cut where two pieces of text meet."""
    half = (len(word) + 1) // 2
    rows = connection.execute(
        f"SELECT DISTINCT id / {PIECES} FROM texts WHERE text LIKE ? OR text LIKE ?",
        (f"%{word[:half]}%", f"%{word[half:]}%"),
    )
    return {document for (document,) in rows}


def reports_of(connection: sqlite3.Connection, rows: Sequence[int]) -> list[int]:
    """Return the numbers of the reports that statements are of, in the order of these."""
    found = connection.execute(
        "SELECT document_id FROM json_each(?) wanted JOIN statements s ON s.id = wanted.value ORDER BY wanted.key",
        (number_array(rows),),
    )
    return list(dict.fromkeys(document for (document,) in found))
