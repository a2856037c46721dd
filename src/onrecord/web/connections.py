"""Connections of the web reader to its record: a few, read-only, each for one request at a time and for a second."""

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
from onrecord.record.damage import translated
from onrecord.record.opening import one_moment, open_record
from onrecord.record.ranking import MeaningIndex
from onrecord.record.readonly import ReadOnlyRecord
from onrecord.settings import Settings

WAIT_SECONDS: Final = 10.0
"""How long a request waits for a connection."""


class FileIdentity(NamedTuple):
    """Which file stands under a name: a connection goes on with the one that it opened, whatever takes its place."""

    device: int
    number: int


def identity_of(path: Path) -> FileIdentity | None:
    """Return which file a path leads to now; None for none, and for one that can't be looked at."""
    try:
        found = path.stat()
    except OSError:
        return None
    return FileIdentity(found.st_dev, found.st_ino)


class Readers:
    """The connections, made when they are first needed, and anew where another file takes the record's place.

    Args:
        path: the record.
        settings: how many there may be, and how long each may be busy for one request.
    """

    def __init__(self, path: Path, settings: Settings) -> None:
        self.path = path
        self._seconds = settings.web_seconds
        self._places: LifoQueue[LentRecord | None] = LifoQueue(settings.web_connections)
        for _ in range(settings.web_connections):
            self._places.put(None)
        self._making_way = Lock()
        self._file: FileIdentity | None = None
        self._watching = Lock()
        self._meanings: tuple[FileIdentity | None, SharedMeanings] = (None, SharedMeanings())
        self._watch: sqlite3.Connection | None = None
        self._run = ""

    def state(self) -> str:
        """Return a word that is another one after every write to the record, by this server or by anybody else.

        Raises:
            RecordError: the record can't be opened or read.
        """
        if not self._make_way(seconds=0):
            return token_hex(8)  # whoever asks may have one of those that are waited for
        with self._watching, translated(self.path):
            if self._watch is None:
                self._watch = open_record(self.path, read_only=True, across_threads=True)
                # SQLite counts writes from when a connection was opened: another server's or file's is another one.
                self._run = token_hex(8)
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

    def _make_way(self, seconds: float) -> bool:
        """Close all connections to a file whose place another one has taken; tell whether none is left.

        SQLite tells the files beside a record by their names: who opens the new one while the old one is open shares
        its index of the write-ahead log, and reads pages of the one as the other's.
        """
        file = identity_of(self.path)
        if file == self._file:
            return True
        until = monotonic() + seconds
        if not self._making_way.acquire(timeout=seconds):
            return False
        closed = 0
        try:
            while file != self._file and closed < self._places.maxsize:
                left = max(0.0, until - monotonic())
                reader = self._places.get(timeout=left) if left else self._places.get_nowait()
                closed += 1
                if reader is not None:
                    reader.close()
            with self._watching:
                if file != self._file:
                    self._stop_watching()
                self._file = file
        except Empty:
            return False
        finally:
            for _ in range(closed):
                self._places.put(None)
            self._making_way.release()
        return True

    def _take(self) -> LentRecord:
        if not self._make_way(seconds=WAIT_SECONDS):
            raise SlowQuery("another file has taken the record's place", advice="try again in a moment")
        try:
            reader = self._places.get(timeout=WAIT_SECONDS)
        except Empty as error:
            raise SlowQuery("too many readers at once", advice="try again in a moment") from error
        file = identity_of(self.path)
        if reader is not None:
            if reader.file == file:
                return reader
            reader.close()
        try:
            return LentRecord(self.path, self._meanings_of(file), file)
        except BaseException:
            self._places.put(None)
            raise

    def _meanings_of(self, file: FileIdentity | None) -> SharedMeanings:
        """Return what connections to a file share."""
        with self._watching:
            if self._meanings[0] != file:
                self._meanings = (file, SharedMeanings())
            return self._meanings[1]

    def _stop_watching(self) -> None:
        if self._watch is not None:
            self._watch.close()
        self._watch = None

    def close(self) -> None:
        """Close those that nobody uses."""
        with self._watching:
            self._stop_watching()
        while not self._places.empty():
            reader = self._places.get_nowait()
            if reader is not None:
                reader.close()


class LentRecord(ReadOnlyRecord):
    """A read-only record that is lent to one request after another.

    Args:
        path: the file; a RecordError is raised where it can't be opened.
        meanings: what all connections share.
        file: which one the path led to before it was opened.
    """

    def __init__(self, path: Path, meanings: SharedMeanings, file: FileIdentity | None = None) -> None:
        super().__init__(path)
        self._meanings = meanings
        self.file = file

    def finish(self) -> None:
        """Leave the connection as the next request wants it."""
        self.give_time(WAIT_SECONDS)
        if self.connection.in_transaction:
            self.connection.rollback()

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
    put_in: int | None


class SharedMeanings:
    """The meanings of a record's statements, loaded once for all connections."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loaded: tuple[_Stamp, MeaningIndex] | None = None

    def for_connection(self, connection: sqlite3.Connection) -> MeaningIndex:
        """Return them for a connection, loaded anew if reports were added or read again, or statements put in."""
        with self._lock, one_moment(connection):
            stamp = _stamp(connection)
            if self._loaded is None or self._loaded[0] != stamp:
                self._loaded = (stamp, MeaningIndex(connection))
            return self._loaded[1].seen_from(connection)


def _stamp(connection: sqlite3.Connection) -> _Stamp:
    return _Stamp(
        *connection.execute(
            "SELECT count(*), max(first_statement), sum(statement_count), max(read_at),"
            " (SELECT id FROM corrections WHERE field = 'added' ORDER BY id DESC LIMIT 1) FROM readings"
        ).fetchone()
    )
