"""Connections of the web reader to its record: a few, read-only, each for one request at a time and for a second.

Four locks on one door: the file is opened with ``mode=ro``, SQLite refuses every write (``query_only``), no other file
can be attached, and no pragma can be changed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from secrets import token_hex
from threading import Lock
from time import monotonic
from typing import Final, NamedTuple

from onrecord.errors import SlowQuery
from onrecord.record import Record
from onrecord.record.opening import open_record, translated
from onrecord.record.ranking import MeaningIndex
from onrecord.settings import Settings

STEPS: Final = 20_000
"""Steps of SQLite's machine between two looks at the clock: some 0.3 ms."""
CACHE_KIBIBYTES: Final = 16 * 1024
"""For each connection; 64 MiB, as the command line has them, would be half a gigabyte for eight."""
WAIT_SECONDS: Final = 10.0
"""How long a request waits for a connection."""
_READ_PRAGMAS: Final = frozenset({"data_version", "table_info", "user_version"})
"""Pragmas that only tell; full-text search asks for the first."""


class Readers:
    """The connections, made when they are first needed.

    Args:
        path: the record.
        settings: how many there may be, and how long each may be busy for one request.
    """

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path = path
        self._seconds = settings.web_seconds
        self._places: LifoQueue[ReadOnlyRecord | None] = LifoQueue()
        for _ in range(settings.web_connections):
            self._places.put(None)
        self._meanings = SharedMeanings()
        self._watching = Lock()
        self._watch: sqlite3.Connection | None = None
        # SQLite counts writes from when a connection was opened: another server's count is another one.
        self._run = token_hex(8)

    def state(self) -> str:
        """Return a word that is another one after every write to the record, by this server or by anybody else.

        Raises:
            RecordError: the record can't be opened or read.
        """
        with self._watching, translated(self.path):
            if self._watch is None:
                self._watch = open_record(self.path, read_only=True, across_threads=True)
            (writes,) = self._watch.execute("PRAGMA data_version").fetchone()
        return f"{self._run}-{writes}"

    @contextmanager
    def record(self, seconds: float | None = None) -> Iterator[Record]:
        """Lend the record to one thread for as long as the ``with`` block lasts.

        Args:
            seconds: what all of its queries may take together; the settings' time if not given.

        Raises:
            SlowQuery: a query was ended, or all connections were busy for too long.
            RecordError: the record can't be opened or read.
        """
        reader = self._take()
        try:
            reader.give_time(self._seconds if seconds is None else seconds)
            with translated(self.path):
                yield reader
        finally:
            reader.finish()
            self._places.put(reader)

    def _take(self) -> ReadOnlyRecord:
        try:
            reader = self._places.get(timeout=WAIT_SECONDS)
        except Empty as error:
            raise SlowQuery("too many readers at once", advice="try again in a moment") from error
        if reader is not None:
            return reader
        try:
            return ReadOnlyRecord(self.path, self._meanings)
        except BaseException:
            self._places.put(None)
            raise

    def close(self) -> None:
        """Close those that nobody uses."""
        with self._watching:
            if self._watch is not None:
                self._watch.close()
            self._watch = None
        while not self._places.empty():
            reader = self._places.get_nowait()
            if reader is not None:
                reader.close()


class ReadOnlyRecord(Record):
    """A record that can't be written, whose queries are ended when their time is over.

    Args:
        path: the file; a RecordError is raised where it can't be opened.
        meanings: what all connections share.
    """

    def __init__(self, path: Path, meanings: SharedMeanings) -> None:
        super().__init__(open_record(path, read_only=True, across_threads=True), path)
        self._meanings = meanings
        self._deadline = 0.0
        lock(self.connection)
        self.connection.set_progress_handler(self._is_late, STEPS)

    def give_time(self, seconds: float) -> None:
        """End what takes longer than this from now on."""
        self._deadline = monotonic() + seconds

    def finish(self) -> None:
        """Leave the connection as the next request wants it."""
        self.give_time(WAIT_SECONDS)
        if self.connection.in_transaction:
            self.connection.rollback()

    def _is_late(self) -> bool:
        return monotonic() > self._deadline

    def meaning_index(self) -> MeaningIndex:
        """Return the meanings of all statements, which all connections share: 60 MB for a million."""
        if self._index is None or not self._index.is_current():
            self._index = self._meanings.for_connection(self.connection)
        return self._index


class _Stamp(NamedTuple):
    """What changes when meanings do, and is the same from every connection."""

    documents: int
    last: int | None
    statements: int | None
    read: str | None


class SharedMeanings:
    """The meanings of a record's statements, loaded once for all connections."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loaded: tuple[_Stamp, MeaningIndex] | None = None

    def for_connection(self, connection: sqlite3.Connection) -> MeaningIndex:
        """Return them for a connection, loaded anew if reports were added or read again."""
        with self._lock:
            stamp = _stamp(connection)
            if self._loaded is None or self._loaded[0] != stamp:
                self._loaded = (stamp, MeaningIndex(connection))
            return self._loaded[1].seen_from(connection)


def _stamp(connection: sqlite3.Connection) -> _Stamp:
    return _Stamp(
        *connection.execute(
            "SELECT count(*), max(first_statement), sum(statement_count), max(read_at) FROM readings"
        ).fetchone()
    )


def lock(connection: sqlite3.Connection) -> None:
    """Make a connection refuse all that changes anything."""
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
    connection.execute("PRAGMA query_only = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.set_authorizer(_authorize)


def _authorize(action: int, name: str | None, value: str | None, _database: str | None, _inside: str | None) -> int:
    """Refuse pragmas that set something, and files to be attached."""
    if action == sqlite3.SQLITE_ATTACH or (
        action == sqlite3.SQLITE_PRAGMA and (name not in _READ_PRAGMAS or (value is not None and name != "table_info"))
    ):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK
