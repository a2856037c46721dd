"""Tables that a user gives as CSV, in a file or on standard input: their text, and what stands between their cells."""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path
from typing import Final

from onrecord.errors import MissingSource, OversizedSource, UndecodableSource

MOST_BYTES: Final = 50_000_000
DELIMITERS: Final = ",;\t"
"""What stands between cells: where a comma is in numbers, spreadsheets write a semicolon."""
_FIRST_LINE: Final = re.compile(r"[^\r\n]*")


def read_csv_text(path: Path) -> str:
    """Return the text of a CSV file, or of standard input (``-``).

    Raises:
        MissingSource: no such file, or it can't be opened.
        OversizedSource: more than 50 MB.
        UndecodableSource: it is not in UTF-8.
    """
    where = str(path)
    try:
        if where == "-":
            content = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise MissingSource(f"can't be read ({error.strerror})", where=where, advice="name a CSV file") from error
    if len(content) > MOST_BYTES:
        raise OversizedSource("more than 50 MB", where=where, advice="cut it into several files")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UndecodableSource("not in UTF-8", where=where, advice="save it as CSV in UTF-8") from error


def delimiter_of(text: str, column: str) -> str:
    r"""Return what stands between the cells of a table whose first line names a column: a comma, semicolon or tab.

    >>> delimiter_of("kind;name\nperson;Ada Quill", "name"), delimiter_of("name\nAda Quill; Teo Brandt", "name")
    (';', ',')

    Raises:
        csv.Error: the first line is none of a table.
    """
    first = _FIRST_LINE.match(text)
    for each in DELIMITERS:
        names = next(csv.reader([first[0] if first else ""], delimiter=each, skipinitialspace=True), ())
        if column in (name.strip() for name in names):
            return each
    return ","
