"""Parquet: the rows of the statements, typed, a file for each month of publication.

``month=2024-05/part-0.parquet``: the layout that DuckDB, polars, pandas and Spark read as one table with a
column ``month``; reports without a day are in ``month=unknown``. A month may have further parts, where the record has
more months than files can be open at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from onrecord.exports.formats import Options
from onrecord.record.choosing import Kept
from onrecord.record.statements import StatementRow, arrow_batches, arrow_schema, load_pyarrow, rows_of

ROWS_OF_A_GROUP: Final = 10_000
MOST_WAITING: Final = 100_000
"""Rows that wait in memory, over all months, before the largest month's are written."""
MOST_OPEN: Final = 64
"""Files: macOS lets a process have 256 open, which 21 years of months would use up."""


def write(readings: Iterable[Kept], options: Options, path: Path) -> None:
    """Write the files.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    load_pyarrow()
    months = _Months(path)
    try:
        for kept in readings:
            for row in rows_of(kept, with_text=options.with_text):
                months.add(row)
        months.finish()
    finally:
        months.close()


def month_of(row: StatementRow) -> str:
    """Return the month that a row is filed under: of the day of publication, or of what is known of it."""
    published = row.published or ""
    if row.date is not None:
        return row.date.isoformat()[:7]
    is_month = len(published) == 7 and published[4] == "-" and (published[:4] + published[5:]).isdecimal()
    return published if is_month and published.isascii() else "unknown"


class _Months:
    """Rows by month, written a group at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writers: dict[str, Any] = {}  # those that are open, the one that was written to last at the end
        self._parts: Counter[str] = Counter()
        self._waiting: dict[str, list[StatementRow]] = {}
        self._count = 0

    def add(self, row: StatementRow) -> None:
        month = month_of(row)
        rows = self._waiting.setdefault(month, [])
        rows.append(row)
        self._count += 1
        if len(rows) == ROWS_OF_A_GROUP:
            self._write(month)
        elif self._count == MOST_WAITING:
            self._write(max(self._waiting, key=lambda each: (len(self._waiting[each]), each)))

    def finish(self) -> None:
        if not self._waiting and not self._parts:
            self._waiting["unknown"] = []  # a table without rows has columns all the same
        for month in sorted(self._waiting):
            self._write(month)

    def close(self) -> None:
        with ExitStack() as files:
            for writer in self._writers.values():
                files.callback(writer.close)

    def _write(self, month: str) -> None:
        rows = self._waiting.pop(month)
        self._count -= len(rows)
        writer = self._writer(month)
        for batch in arrow_batches(iter(rows), ROWS_OF_A_GROUP):
            writer.write_batch(batch)

    def _writer(self, month: str) -> Any:
        from pyarrow import parquet

        writer = self._writers.pop(month, None)
        if writer is None:
            if len(self._writers) == MOST_OPEN:
                self._writers.pop(next(iter(self._writers))).close()
            folder = self._path / f"month={month}"
            folder.mkdir(parents=True, exist_ok=True)
            name = f"part-{self._parts[month]}.parquet"
            writer = parquet.ParquetWriter(folder / name, arrow_schema(), compression="zstd")
            self._parts[month] += 1
        self._writers[month] = writer
        return writer
