"""CSV (RFC 4180): UTF-8, every cell in quotation marks, lines end with CR LF, no cell runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from onrecord.exports.formats import Options
from onrecord.exports.tables import table
from onrecord.record.choosing import Kept


def lines(readings: Iterable[Kept], options: Options) -> Iterator[bytes]:
    """Yield the names of the columns, then a line for each row."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    for row in table(readings, options):
        writer.writerow(row)
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
