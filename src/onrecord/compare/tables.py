"""A table of quotations, as a CSV file has them."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path
from typing import Final

from onrecord.compare.verifying import Asked
from onrecord.errors import BadQuery, MissingSource, OversizedSource, UndecodableSource

MOST_BYTES: Final = 50_000_000
COLUMNS: Final = ("speaker", "before", "after")
DELIMITERS: Final = ",;\t"
"""What stands between cells: where a comma is in numbers, spreadsheets write a semicolon."""


def read_asked(path: Path) -> list[Asked]:
    """Return the quotations of a CSV file, or of standard input (``-``), with the column ``words``.

    Raises:
        MissingSource: no such file, or it can't be opened.
        OversizedSource: more than 50 MB.
        UndecodableSource: it is not in UTF-8.
        BadQuery: no column of that name.
    """
    where = str(path)
    try:
        content = sys.stdin.buffer.read(MOST_BYTES + 1) if where == "-" else path.read_bytes()
    except OSError as error:
        raise MissingSource(f"can't be read ({error.strerror})", where=where, advice="name a CSV file") from error
    if len(content) > MOST_BYTES:
        raise OversizedSource("more than 50 MB", where=where, advice="cut it into several files")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UndecodableSource("not in UTF-8", where=where, advice="save it as CSV in UTF-8") from error
    try:
        table = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        rows = list(table)
    except csv.Error as error:
        raise BadQuery(f"no CSV ({error})", where=where, advice="save it as CSV in UTF-8") from error
    if "words" not in (table.fieldnames or ()):
        raise BadQuery("no column words", where=where, advice="its first line is to name the columns: words,speaker")
    return [
        Asked(words=(row["words"] or "").strip(), **{name: (row.get(name) or "").strip() or None for name in COLUMNS})
        for row in rows
    ]


def _delimiter(text: str) -> str:
    """Return what the first line has between the names of its columns."""
    first = text.partition("\n")[0].rstrip("\r")
    named = (each for each in DELIMITERS if "words" in next(csv.reader([first], delimiter=each), ()))
    return next(named, ",")
