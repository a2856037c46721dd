"""A table of quotations, as a CSV file has them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from onrecord.compare.verifying import Asked
from onrecord.errors import BadQuery
from onrecord.record.csvfiles import delimiter_of, read_csv_text

COLUMNS: Final = ("speaker", "before", "after")


def read_asked(path: Path) -> list[Asked]:
    """Return the quotations of a CSV file, or of standard input (``-``), with the column ``words``, in whatever case.

    Raises:
        MissingSource: no such file, or it can't be opened.
        OversizedSource: more than 50 MB.
        UndecodableSource: it is not in UTF-8.
        BadQuery: no column of that name.
    """
    where, text = str(path), read_csv_text(path)
    try:
        first = text.split("\n", 1)[0].casefold()
        table = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter_of(first, "words"))
        # The names of columns are a person's: "Words" is words.
        table.fieldnames = [name.strip().casefold() for name in table.fieldnames or ()]
        rows = list(table)
    except csv.Error as error:
        raise BadQuery(f"no CSV ({error})", where=where, advice="save it as CSV in UTF-8") from error
    if "words" not in table.fieldnames:
        raise BadQuery("no column words", where=where, advice="its first line is to name the columns: words,speaker")
    return [
        Asked(words=(row["words"] or "").strip(), **{name: (row.get(name) or "").strip() or None for name in COLUMNS})
        for row in rows
    ]
