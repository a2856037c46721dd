"""A record that can't be written, whose queries are ended when their time is over: for whoever asks from outside.

Four locks on one door: the file is opened with ``mode=ro``, SQLite refuses every write (``query_only``), no other file
can be attached, and no pragma can be changed.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from time import monotonic
from typing import Final

from onrecord.record import Record
from onrecord.record.opening import open_record

STEPS: Final = 20_000
"""Steps of SQLite's machine between two looks at the clock: some 0.3 ms."""
CACHE_KIBIBYTES: Final = 16 * 1024
"""For each connection; 64 MiB, as the command line has them, would be half a gigabyte for eight."""
_READ_PRAGMAS: Final = frozenset({"data_version", "table_info", "user_version"})
"""Pragmas that only tell; full-text search asks for the first."""


class ReadOnlyRecord(Record):
    """A record that can't be written, whose queries are ended when their time is over.

    Threads may share it, one at a time. Until it is given time, it has none.

    Args:
        path: the file; a RecordError is raised where it can't be opened.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(open_record(path, read_only=True, across_threads=True), path)
        self._deadline = 0.0
        lock(self.connection)
        self.connection.set_progress_handler(self._is_late, STEPS)

    def give_time(self, seconds: float) -> None:
        """End what takes longer than this from now on, with :class:`onrecord.errors.SlowQuery`."""
        self._deadline = monotonic() + seconds

    def _is_late(self) -> bool:
        return monotonic() > self._deadline


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
