"""Opening a record: one SQLite file, in WAL mode, of a version that we know.

What SQLite says when something is wrong becomes an error of :mod:`onrecord.errors` here, and nowhere else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

from onrecord.errors import (
    DamagedRecord,
    ForbiddenRecord,
    FullDisk,
    LockedRecord,
    MissingRecord,
    NewerRecord,
    NotARecord,
    OlderRecord,
    RecordError,
)
from onrecord.record.migrating import APPLICATION, known_steps, migrate, version_of

WAIT_SECONDS: Final = 30.0
"""How long a connection waits for another's write: adding a report holds the file for some milliseconds."""
PAGE_BYTES: Final = 8192
"""A text of 600 words (3.7 kB) wastes a quarter of SQLite's own 4,096 bytes in pages that it half fills."""
CACHE_KIBIBYTES: Final = 64 * 1024


def open_record(path: str | Path, *, create: bool = False, read_only: bool = False) -> sqlite3.Connection:
    """Open the record at ``path``; bring one that an older version made up to date.

    Args:
        path: the file.
        create: make the file if there is none, or an empty one.
        read_only: never write, not even to bring it up to date.

    Raises:
        RecordError: the file is missing, locked, forbidden, damaged, no record, or from another version.
    """
    path = Path(path)
    with translated(path):
        is_new = _look(path, create=create and not read_only)
        connection = _connect(path, read_only=read_only, create=is_new)
        try:
            _prepare(connection, path, is_new=is_new, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    return connection


def _look(path: Path, *, create: bool) -> bool:
    """Tell whether the file has to be made."""
    if path.is_dir():
        raise NotARecord("a folder, not a record", where=str(path), advice="name a file, such as news.db")
    if path.exists() and (path.stat().st_size or not create):
        return False
    if create:
        return True
    raise MissingRecord("no such record", where=str(path), advice="make one with: onrecord add SOURCE --to FILE")


def _connect(path: Path, *, read_only: bool, create: bool) -> sqlite3.Connection:
    mode = "ro" if read_only else "rwc" if create else "rw"
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None)


def _prepare(connection: sqlite3.Connection, path: Path, *, is_new: bool, read_only: bool) -> None:
    if is_new:
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    else:
        _check_kind(connection, path)
    steps = known_steps()
    _check_version(version_of(connection), steps[-1].version, path, read_only=read_only)
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        # In WAL mode a killed process loses nothing with NORMAL; a power cut may lose the last reports, which the
        # next run of add reads again.
        connection.execute("PRAGMA synchronous = NORMAL")
        migrate(connection, steps)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
    connection.execute("PRAGMA temp_store = MEMORY")


def _check_kind(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    is_empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application != APPLICATION and not is_empty:
        raise NotARecord("another program's database, not a record", where=str(path), advice="name another file")


def _check_version(version: int, newest: int, path: Path, *, read_only: bool) -> None:
    if version > newest:
        raise NewerRecord(
            f"made by a later version of onrecord (tables {version}, this one knows {newest})",
            where=str(path),
            advice="upgrade onrecord",
        )
    if version == 0 and read_only:
        raise NotARecord("an empty file, not a record", where=str(path), advice="name another file")
    if version < newest and read_only:
        _bring_up_to_date(path)


def _bring_up_to_date(path: Path) -> None:
    try:
        open_record(path).close()
    except (ForbiddenRecord, LockedRecord, FullDisk) as error:
        raise OlderRecord(
            "made by an earlier version of onrecord, and it may not be brought up to date here",
            where=str(path),
            advice="copy it to where you may write",
        ) from error


@contextmanager
def translated(where: str | Path) -> Iterator[None]:
    """Turn what SQLite and the file system raise into an error that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translate(error, str(where)) from error
    except OSError as error:
        raise ForbiddenRecord(error.strerror or str(error), where=str(where)) from error


def _translate(error: sqlite3.Error, where: str) -> RecordError:
    name = getattr(error, "sqlite_errorname", "")
    kind = _KINDS.get("_".join(name.split("_")[:2]))
    if kind is None:
        return RecordError(f"SQLite says: {error}", where=where)
    make, what, advice = kind
    return make(what, where=where, advice=advice)


_KINDS: Final[dict[str, tuple[type[RecordError], str, str]]] = {
    "SQLITE_BUSY": (LockedRecord, "another process is writing to the record", "wait for it to end, then try again"),
    "SQLITE_LOCKED": (LockedRecord, "another process is writing to the record", "wait for it to end, then try again"),
    "SQLITE_FULL": (FullDisk, "no room left on the disk", "free some, then try again: nothing that was added is lost"),
    "SQLITE_IOERR": (FullDisk, "the disk failed or is full", "look at the disk, then try again"),
    "SQLITE_READONLY": (ForbiddenRecord, "no permission to write", "check the permissions of the file and its folder"),
    "SQLITE_CANTOPEN": (ForbiddenRecord, "can't be opened", "check the folder and its permissions"),
    "SQLITE_PERM": (ForbiddenRecord, "no permission", "check the permissions of the file and its folder"),
    "SQLITE_NOTADB": (NotARecord, "not a record, nor any SQLite database", "name another file"),
    "SQLITE_CORRUPT": (DamagedRecord, "damaged", "run: onrecord check-record FILE, or go back to a copy"),
}


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Make all writes inside one transaction: all of them happen, or none does.

    Inside another one it is a part of that one, and only its own writes are undone by an error.
    """
    inner = connection.in_transaction
    connection.execute("SAVEPOINT part" if inner else "BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        # A full disk or a broken page ends the transaction by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK TO part" if inner else "ROLLBACK")
            if inner:
                connection.execute("RELEASE part")
        raise
    connection.execute("RELEASE part" if inner else "COMMIT")


@contextmanager
def opened(path: str | Path, *, create: bool = False, read_only: bool = False) -> Iterator[sqlite3.Connection]:
    """Open a record for the length of a ``with`` block."""
    with closing(open_record(path, create=create, read_only=read_only)) as connection, translated(path):
        yield connection
