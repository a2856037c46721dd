"""The record: one SQLite file that keeps readings, finds, cites and hands them on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from onrecord.reading import Reading, ReadingRecord
from onrecord.record.checking import Finding, check_record
from onrecord.record.opening import open_record, transaction, translated
from onrecord.record.restoring import read_reading, read_readings
from onrecord.record.writing import Added, add_reading

__all__ = ["Added", "Finding", "Record"]


class Record:
    """A record that is open.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/news.db", create=True) as record:
    ...     len(list(record.readings()))
    0
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        """For SQL of your own; see ``schema.sql``."""
        self.path = path

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False, read_only: bool = False) -> Record:
        """Open the record at ``path``; see :func:`onrecord.record.opening.open_record`.

        Raises:
            RecordError: the file is missing, locked, forbidden, damaged, no record, or from another version.
        """
        return cls(open_record(path, create=create, read_only=read_only), Path(path))

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, readings: Reading | ReadingRecord | Iterable[Reading | ReadingRecord]) -> list[Added]:
        """Write readings, all of them in one transaction; say what became of each.

        Raises:
            RecordError: the file is locked, the disk is full, or a reading can't be stored; nothing was written then.
        """
        several = [readings] if isinstance(readings, Reading | ReadingRecord) else readings
        with translated(self.path), transaction(self.connection):
            return [add_reading(self.connection, reading) for reading in several]

    def check(self) -> list[Finding]:
        """Return what is wrong with the record; reads all of the file.

        Raises:
            RecordError: the file is too damaged to go on.
        """
        with translated(self.path):
            return list(check_record(self.connection))

    def reading(self, document: str) -> ReadingRecord:
        """Return the reading of a document by its id.

        Raises:
            MissingRecord: no such document.
        """
        with translated(self.path):
            return read_reading(self.connection, document)

    def readings(self) -> Iterator[ReadingRecord]:
        """Yield all readings by the document's id, revised texts among them."""
        with translated(self.path):
            yield from read_readings(self.connection)
