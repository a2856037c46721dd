"""Opening a record: one SQLite file, in WAL mode, of a version that we know.

What SQLite says when something is wrong becomes an error of :mod:`onrecord.errors` here, and nowhere else.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Hashable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar
from urllib.parse import quote

from onrecord.errors import (
    BadQuery,
    DamagedRecord,
    ForbiddenRecord,
    FullDisk,
    LockedRecord,
    MissingRecord,
    NewerRecord,
    NotARecord,
    OlderRecord,
    RecordError,
    SlowQuery,
)
from onrecord.record.migrating import APPLICATION, known_steps, migrate, version_of

WAIT_SECONDS: Final = 30.0
"""How long a connection waits for another's write: adding a report holds the file for some milliseconds."""
SILENT_SECONDS: Final = 2.0
"""How long it waits before it says so, where somebody wants to know."""
PAGE_BYTES: Final = 8192
"""With SQLite's own 4,096 a record of 420 reports is half a percent larger: more rows are cut off by a page's end."""
CACHE_KIBIBYTES: Final = 64 * 1024
NAMED: Final = 40
"""Characters that an error shows of what was given."""
LOG_BYTES: Final = 64 * 1024 * 1024
"""What is left of the write-ahead log after a large write."""


class RecordConnection(sqlite3.Connection):
    """A connection to a record."""

    when_waiting: Callable[[], None] | None = None
    """Called once, when a transaction has waited :data:`SILENT_SECONDS` for another's write."""
    only_reads: bool = False
    """Whether its transaction is one of :func:`one_moment`."""

    def __init__(self, *where: Any, **options: Any) -> None:
        super().__init__(*where, **options)
        self.functions: dict[str, Callable[..., Any]] = {}
        """What the SQL functions do that :func:`define` made."""
        self.kept: dict[Hashable, tuple[Hashable, Any]] = {}
        """What functions made of the tables, each with the state that these had: see :func:`once_a_state`."""


def define(connection: sqlite3.Connection, name: str, arguments: int, function: Callable[..., Any]) -> None:
    """Make an SQL function of a connection, or let the one of that name do something else from now on.

    SQLite refuses to make a function anew while the rows of any query are still being read, one of the user's, say. So
    each is made once.
    """
    if not isinstance(connection, RecordConnection):
        connection.create_function(name, arguments, function, deterministic=True)
        return
    functions = connection.functions

    def call(*values: Any) -> Any:
        return functions[name](*values)

    if name not in functions:
        connection.create_function(name, arguments, call, deterministic=True)
    functions[name] = function


def state_of(connection: sqlite3.Connection) -> Hashable:
    """Return what changes with all that this connection writes, or others do."""
    return connection.total_changes, connection.execute("PRAGMA data_version").fetchone()


Made = TypeVar("Made")
Asked = ParamSpec("Asked")


def once_a_state(
    make: Callable[Concatenate[sqlite3.Connection, Asked], Made],
) -> Callable[Concatenate[sqlite3.Connection, Asked], Made]:
    """Let a function of a connection look at the tables once for each state of them; nobody changes what it returns.

    In a transaction that writes it looks each time: what is undone there leaves no trace in the state.
    """

    @wraps(make)
    def made(connection: sqlite3.Connection, /, *asked: Asked.args, **named: Asked.kwargs) -> Made:
        if not isinstance(connection, RecordConnection) or (connection.in_transaction and not connection.only_reads):
            return make(connection, *asked, **named)
        what, state = (make, asked, tuple(named.items())), state_of(connection)
        if connection.kept.get(what, (None,))[0] != state:
            connection.kept[what] = (state, make(connection, *asked, **named))
        found: Made = connection.kept[what][1]
        return found

    return made


def open_record(
    path: str | Path, *, create: bool = False, read_only: bool = False, across_threads: bool = False
) -> RecordConnection:
    """Open the record at ``path``; bring one that an older version made up to date.

    Args:
        path: the file.
        create: make the file if there is none, or an empty one.
        read_only: never write, not even to bring it up to date.
        across_threads: let other threads than this one use the connection, one at a time.

    Raises:
        RecordError: the file is missing, locked, forbidden, damaged, no record, or from another version.
    """
    path = Path(path)
    create = create and not read_only
    _look(path, create=create)
    with told_by_sqlite(path):
        connection = _connect(path, read_only=read_only, create=create, across_threads=across_threads)
        try:
            _prepare(connection, path, create=create, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def kept_if_filled(path: str | Path) -> Iterator[None]:
    """Take the record at ``path`` away again where the block made it and nothing has come into it.

    A file that was there before stays, and so does one that another process has open, or has put something into.
    """
    path = Path(path)
    is_ours = _make(path)
    try:
        yield
    finally:
        if is_ours:
            with suppress(sqlite3.Error, OSError):  # in use: whoever uses it wants it
                _take_away_if_empty(path)


def _make(path: Path) -> bool:
    """Make an empty file; tell whether there was none. Why there can be none is told by who opens it."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
    except (OSError, ValueError):
        return False
    return True


def _take_away_if_empty(path: Path) -> None:
    address = f"file:{quote(os.fsencode(path.absolute()))}?mode=rw"  # as bytes: its name need not be UTF-8
    with closing(sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)) as connection:
        if _is_filled(connection):
            return
        # Refused while anybody else has the file open; who opens it in the moment before it is gone may not write.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        if _is_filled(connection):
            return
        if os.name == "posix":
            path.unlink()
            return
    path.unlink()  # Windows takes no file away that is open, with us or with others


def _is_filled(connection: sqlite3.Connection) -> bool:
    """Tell whether anything but notes of runs is in a record."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    own = [name for (name,) in tables if name != "runs" and not name.startswith(("sqlite_", "statements_fts"))]
    return any(connection.execute(f"SELECT EXISTS (SELECT 1 FROM {name})").fetchone()[0] for name in own)


def _look(path: Path, *, create: bool) -> None:
    """Refuse what is no file, and a file that is not there or empty where none may be made."""
    try:
        if path.is_dir():
            raise NotARecord("a folder, not a record", where=str(path), advice="name a file, such as news.db")
        if path.exists() and not path.is_file():
            raise NotARecord("a pipe or a device, not a record", where=str(path), advice="name a file, such as news.db")
        is_there = path.exists() and path.stat().st_size > 0
    except (OSError, ValueError) as error:  # a name that is too long, a NUL in it, a folder that may not be searched
        reason = error.strerror if isinstance(error, OSError) else None
        raise ForbiddenRecord(reason or str(error), where=str(path), advice="check the name and its folder") from error
    if not is_there and not create:
        raise MissingRecord("no such record", where=str(path), advice="make one with: onrecord add SOURCE --to FILE")


def _connect(path: Path, *, read_only: bool, create: bool, across_threads: bool) -> RecordConnection:
    mode = "ro" if read_only else "rwc" if create else "rw"
    if read_only and _is_at_rest(path):
        mode += "&immutable=1"
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"
    connection = sqlite3.connect(
        address,
        uri=True,
        timeout=WAIT_SECONDS,
        isolation_level=None,
        check_same_thread=not across_threads,
        factory=RecordConnection,
    )
    # Without a look at each page's cells a damaged file could be read past the end of a page.
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _is_at_rest(path: Path) -> bool:
    """Tell whether nobody can be writing: the folder may not be written, and no write-ahead log lies in it.

    In WAL mode even a reader makes a file beside the record, which SQLite refuses to do without there.
    """
    return not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()


def _prepare(connection: sqlite3.Connection, path: Path, *, create: bool, read_only: bool) -> None:
    # Not in a file that has pages: whoever's it is, it would be written to before it is looked at.
    if create and connection.execute("PRAGMA page_count").fetchone()[0] == 0:
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    _check_kind(connection, path)
    steps = known_steps()
    _check_version(version_of(connection), steps[-1].version, path)
    if version_of(connection) == 0 and not create:
        raise NotARecord("an empty database, not a record", where=str(path), advice="name another file")
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        # In WAL mode a killed process loses nothing with NORMAL; a power cut may lose the last reports, which the
        # next run of add reads again.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}")
        migrate(connection, steps)
    elif version_of(connection) < steps[-1].version:
        _bring_up_to_date(path)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
    connection.execute("PRAGMA temp_store = MEMORY")


def _check_kind(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    is_empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application != APPLICATION and not is_empty:
        raise NotARecord("another program's database, not a record", where=str(path), advice="name another file")


def _check_version(version: int, newest: int, path: Path) -> None:
    if version > newest:
        raise NewerRecord(
            f"made by a later version of onrecord (tables {version}, this one knows {newest})",
            where=str(path),
            advice="upgrade onrecord",
        )


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
def told_by_sqlite(where: str | Path) -> Iterator[None]:
    """Turn what SQLite raises into an error that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translate(error, str(where)) from error
    except UnicodeEncodeError as error:
        what = "half a character is in it (a lone surrogate), which no record holds"
        raise BadQuery(what, where=str(error.object)[:NAMED], advice="write it in UTF-8") from error
    except UnicodeDecodeError as error:  # of a message of SQLite's that quotes what is damaged
        make, what, advice = _KINDS["SQLITE_CORRUPT"]
        raise make(what, where=str(where), advice=advice) from error


def _translate(error: sqlite3.Error, where: str) -> RecordError:
    name = getattr(error, "sqlite_errorname", "")
    kind = _KINDS.get("_".join(name.split("_")[:2]))
    if (
        kind is None
        and isinstance(error, sqlite3.DatabaseError)
        and ("decode" in str(error) or "malformed" in str(error))
    ):
        kind = _KINDS["SQLITE_CORRUPT"]
    for words, what, advice in _MISUSES:
        if words in str(error):
            return RecordError(what, where=where, advice=advice)
    if kind is None:
        return RecordError(f"SQLite says: {error}", where=where, advice="run: onrecord check-record FILE")
    make, what, advice = kind
    return make(what, where=where, advice=advice)


_MISUSES: Final = (
    ("in that same thread", "was opened in another thread", "open it in each thread that uses it"),
    ("a closed database", "was closed", "open it again"),
)
"""What a program does wrong with a record: the words of the module ``sqlite3``, which has no codes for it, and ours."""
_KINDS: Final[dict[str, tuple[type[RecordError], str, str]]] = {
    "SQLITE_BUSY": (LockedRecord, "another process is writing to the record", "wait for it to end, then try again"),
    "SQLITE_LOCKED": (LockedRecord, "another process is writing to the record", "wait for it to end, then try again"),
    "SQLITE_FULL": (FullDisk, "no room left on the disk", "free some, then try again: nothing that was added is lost"),
    "SQLITE_IOERR": (FullDisk, "the disk failed or is full", "look at the disk, then try again"),
    "SQLITE_READONLY": (ForbiddenRecord, "no permission to write", "check the permissions of the file and its folder"),
    "SQLITE_CANTOPEN": (ForbiddenRecord, "can't be opened", "check the folder and its permissions"),
    "SQLITE_PERM": (ForbiddenRecord, "no permission", "check the permissions of the file and its folder"),
    "SQLITE_INTERRUPT": (SlowQuery, "takes too long", "narrow it: more words, an outlet, fewer years"),
    "SQLITE_NOTADB": (NotARecord, "not a record, nor any SQLite database", "name another file"),
    "SQLITE_CORRUPT": (DamagedRecord, "damaged", "run: onrecord check-record FILE, or go back to a copy"),
}


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Make all writes inside one transaction: all of them happen, or none does.

    Inside another one it is a part of that one, and only its own writes are undone by an error.
    """
    if connection.in_transaction:
        yield from _part(connection)
        return
    _begin(connection)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk ends the transaction by itself
            connection.execute("ROLLBACK")
        raise


def _begin(connection: sqlite3.Connection) -> None:
    """Begin to write, as soon as nobody else does."""
    if not isinstance(connection, RecordConnection) or connection.when_waiting is None:
        connection.execute("BEGIN IMMEDIATE")
        return
    try:
        _wait_at_most(connection, SILENT_SECONDS)
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        connection.when_waiting()
        connection.when_waiting = None
        _wait_at_most(connection, WAIT_SECONDS - SILENT_SECONDS)
        connection.execute("BEGIN IMMEDIATE")
    finally:
        _wait_at_most(connection, WAIT_SECONDS)


def _wait_at_most(connection: sqlite3.Connection, seconds: float) -> None:
    connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")


def _part(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK TO part")
            connection.execute("RELEASE part")
        raise
    connection.execute("RELEASE part")


@contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Read all as of one moment, for as long as the ``with`` block lasts; writers are not held up.

    Another process may put another reading in the place of one meanwhile: without this, rows of both would be read.
    """
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    _tell(connection, only_reads=True)
    try:
        yield
    finally:
        _tell(connection, only_reads=False)
        if connection.in_transaction:  # a failing disk ends it by itself
            connection.execute("COMMIT")


def _tell(connection: sqlite3.Connection, *, only_reads: bool) -> None:
    if isinstance(connection, RecordConnection):
        connection.only_reads = only_reads


def tidy(connection: sqlite3.Connection) -> None:
    """Make the file smaller and searches faster after many reports were added.

    The full-text index is merged into one piece, which takes a sixth of its size away, pages that are free go back to
    the file system, and SQLite looks at how its indexes are filled. Takes time in proportion to the whole record
    (13 ms for 10,000 statements): for the end of a long run, not for every report.
    """
    with transaction(connection):
        connection.execute("INSERT INTO statements_fts (statements_fts) VALUES ('optimize')")
    connection.executescript("PRAGMA incremental_vacuum")  # execute() would free one page and stop
    connection.execute("PRAGMA optimize")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def leave_whole(connection: sqlite3.Connection) -> None:
    """Put all that was written into the file itself, before a connection is closed; wait half a second at most.

    SQLite does so by itself where no other connection is open. While a web reader is, what was written would stay in
    the file beside the record, and be taken for a part of whatever record is put in its place. A connection that wrote
    nothing changes nothing.
    """
    with suppress(sqlite3.Error):  # others read or write right now
        if connection.total_changes and not connection.in_transaction:
            connection.execute("PRAGMA busy_timeout = 500")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
