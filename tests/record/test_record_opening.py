"""Opening a record: what is one and what is not, versions, locks, permissions, full disks (rows ST5, ST6, ST8)."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from handmade import invented_reading
from onrecord.errors import (
    BadQuery,
    ForbiddenRecord,
    FullDisk,
    LockedRecord,
    MissingRecord,
    NewerRecord,
    NotARecord,
    OlderRecord,
    RecordError,
)
from onrecord.record import Record, Registered, migrating, opening
from onrecord.record.checking import check_record
from onrecord.record.damage import translated
from onrecord.record.migrating import Step, known_steps, migrate, split_sql, version_of
from onrecord.record.opening import kept_if_filled, open_record, tidy
from onrecord.record.runs import begin_run
from onrecord.record.writing import add_reading


@pytest.fixture
def path(tmp_path):
    return tmp_path / "news.db"


def make(path, count=3):
    with Record.open(path, create=True) as record:
        record.add(invented_reading(seed) for seed in range(count))


def test_a_record_is_made_only_where_that_was_asked(path):
    with pytest.raises(MissingRecord, match="no such record; make one with: onrecord add"):
        open_record(path)
    assert not path.exists()
    open_record(path, create=True).close()
    open_record(path).close()


def test_a_notebook_shows_which_record_it_is(path):
    with Record.open(path, create=True) as record:
        assert repr(record) == f"<Record {path}>"
    assert repr(record) == f"<Record {path}>"


def test_a_record_of_another_thread_and_a_closed_one_are_told_as_such(path):
    told = []

    def ask(record):
        try:
            list(record.readings())
        except RecordError as error:
            told.append(str(error))

    with Record.open(path, create=True) as record:
        thread = threading.Thread(target=ask, args=(record,))
        thread.start()
        thread.join()
    ask(record)
    assert told == [
        f"{path}: was opened in another thread; open it in each thread that uses it",
        f"{path}: was closed; open it again",
    ]


def fill(path, count):
    """Add so many readings to a record that is kept if something comes into it."""
    with kept_if_filled(path):
        make(path, count)


def test_a_record_that_is_kept_if_filled_is_kept_with_the_first_report_only(path):
    fill(path, 0)
    assert list(path.parent.iterdir()) == []
    fill(path, 1)
    fill(path, 0)
    with Record.open(path) as record:
        assert len(list(record.readings())) == 1


def test_a_record_is_not_kept_where_it_can_not_be_filled(path):
    with pytest.raises(ZeroDivisionError), kept_if_filled(path), Record.open(path, create=True):
        raise ZeroDivisionError
    assert not path.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all names are in UTF-8")
def test_no_file_is_left_whose_name_a_record_can_not_have(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.db"))
    with pytest.raises(BadQuery), kept_if_filled(path):
        open_record(path, create=True)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_that_was_there_before_stays(path):
    path.touch()
    fill(path, 0)
    assert path.exists()


def test_what_another_process_did_meanwhile_stays(path):
    with kept_if_filled(path), Record.open(path, create=True), Record.open(path) as other:
        other.add_to_register([Registered(name="Mara Ilven", kind="person")])
    with Record.open(path) as record:
        assert [entry.name for entry in record.register()] == ["Mara Ilven"]


def test_a_record_that_another_process_has_open_stays(path):
    with kept_if_filled(path):
        make(path, 0)
        other = Record.open(path)
    other.add([invented_reading(1)])
    other.close()
    with Record.open(path) as record:
        assert len(list(record.readings())) == 1


@pytest.mark.skipif(os.name != "posix", reason="Windows takes no file away that is open")
def test_who_opens_a_record_in_the_moment_before_it_is_gone_is_told(path):
    with kept_if_filled(path):
        make(path, 0)
        other = sqlite3.connect(path)  # has not looked into it
    assert not path.exists()
    with closing(other), pytest.raises(sqlite3.OperationalError, match="readonly"):
        other.execute("PRAGMA journal_mode = WAL")


def test_a_record_is_one_sqlite_file_that_readers_and_a_writer_share(path):
    with closing(open_record(path, create=True)) as connection:
        pragmas = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys")]
    assert pragmas == ["wal", 1]
    assert [file.name for file in path.parent.iterdir()] == ["news.db"]


def test_an_empty_file_becomes_a_record_only_where_that_was_asked(path):
    path.touch()
    with pytest.raises(MissingRecord):
        open_record(path)
    open_record(path, create=True).close()


def test_a_record_whose_making_was_cut_short_is_made_anew(path):
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    with pytest.raises(NotARecord, match="an empty database"):
        open_record(path)
    open_record(path, create=True).close()


def test_what_is_no_record_is_said_to_be_none(path):
    with pytest.raises(NotARecord, match="a folder"):
        open_record(path.parent, create=True)
    with pytest.raises(NotARecord, match="a device"):
        open_record(os.devnull, create=True)
    path.write_text("Harbour tax will empty the quays.\n" * 100)
    with pytest.raises(NotARecord, match="nor any SQLite database"):
        open_record(path, create=True)


def test_another_programs_database_is_left_alone(path):
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE places (url)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NotARecord, match="another program's database"):
        open_record(path, create=True)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["\0", "x" * 300, "news.db/inside.db"])
def test_a_name_that_no_file_can_have_is_an_error_of_ours(path, name):
    path.write_text("a file, not a folder")
    with pytest.raises(RecordError):
        open_record(path.parent / name, create=True)


# ---- versions: row ST5

NEXT = Step(
    version=len(known_steps()) + 1,
    sql="CREATE TABLE notes (a TEXT); INSERT INTO notes VALUES ('one; two'); CREATE TABLE more (b);",
)


def test_a_record_of_a_newer_version_is_refused(path):
    make(path)
    with closing(open_record(path)) as connection:
        connection.execute("PRAGMA user_version = 999")
    with pytest.raises(NewerRecord, match="upgrade onrecord"):
        open_record(path)


def test_a_record_of_an_older_version_opens_and_is_brought_up_to_date(path, monkeypatch):
    make(path)
    monkeypatch.setattr(opening, "known_steps", lambda: (*known_steps(), NEXT))
    with closing(open_record(path, read_only=True)) as connection:
        assert version_of(connection) == NEXT.version
        assert connection.execute("SELECT a FROM notes").fetchall() == [("one; two",)]
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (3,)


def test_an_older_record_that_may_not_be_written_says_so(path, monkeypatch):
    make(path)
    monkeypatch.setattr(opening, "known_steps", lambda: (*known_steps(), NEXT))
    monkeypatch.setattr(opening, "migrate", raises(sqlite3_error("SQLITE_READONLY")))
    with pytest.raises(OlderRecord, match="copy it to where you may write"):
        open_record(path, read_only=True)


def sqlite3_error(name):
    error = sqlite3.OperationalError(name)
    error.sqlite_errorname = name
    return error


def raises(error):
    def fail(*_):
        raise error

    return fail


def test_a_step_and_its_mark_happen_together_or_not_at_all(path):
    make(path)
    broken = Step(version=NEXT.version, sql=NEXT.sql + "DROP TABLE nowhere;")
    with closing(open_record(path)) as connection:
        with pytest.raises(sqlite3.OperationalError, match="nowhere"):
            migrate(connection, (broken,))
        assert version_of(connection) == NEXT.version - 1
        assert connection.execute("SELECT name FROM sqlite_master WHERE name IN ('notes', 'more')").fetchall() == []
        assert migrate(connection, (NEXT,)) == 1
        assert migrate(connection, (NEXT,)) == 0
        assert version_of(connection) == NEXT.version


def test_the_steps_are_numbered_without_a_gap():
    assert [step.version for step in known_steps()] == list(range(1, len(known_steps()) + 1))


def test_every_statement_of_the_schema_is_run():
    script = "\n".join(split_sql(known_steps()[0].sql))
    assert script.count("CREATE") == known_steps()[0].sql.count("CREATE")
    assert int.from_bytes(b"onrc", "big") == migrating.APPLICATION


# ---- locks, permissions, room


def test_a_file_that_another_process_keeps_locked_is_said_to_be_locked(path, monkeypatch):
    make(path)
    monkeypatch.setattr(opening, "WAIT_SECONDS", 0.05)
    with closing(open_record(path)) as holder, Record.open(path) as record:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedRecord, match="another process is writing"):
            record.add(invented_reading(9))
        assert len(list(record.readings())) == 3  # readers go on
        holder.execute("ROLLBACK")
        assert record.add(invented_reading(9))[0].outcome == "added"


def test_who_wants_to_know_is_told_once_that_a_change_waits(path, monkeypatch):
    make(path)
    monkeypatch.setattr(opening, "WAIT_SECONDS", 0.1)
    monkeypatch.setattr(opening, "SILENT_SECONDS", 0.05)
    told = []
    with closing(open_record(path)) as holder, Record.open(path) as record:
        record.tell_waiting(lambda: told.append("waits"))
        record.add(invented_reading(9))
        assert told == []
        holder.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            with pytest.raises(LockedRecord):
                record.add(invented_reading(8))
        assert told == ["waits"]
        assert record.connection.execute("PRAGMA busy_timeout").fetchone() == (100,)


def test_a_run_that_waits_to_begin_says_so(path, monkeypatch):
    make(path)
    monkeypatch.setattr(opening, "WAIT_SECONDS", 0.1)
    monkeypatch.setattr(opening, "SILENT_SECONDS", 0.05)
    told = []
    with closing(open_record(path)) as holder, Record.open(path) as record:
        record.tell_waiting(lambda: told.append("waits"))
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedRecord), translated(path):
            begin_run(record.connection, ["reports/"], "2024-05-02T10:00:00+00:00")
    assert told == ["waits"]


def test_a_full_disk_is_one_clear_error_and_nothing_is_lost(path):
    make(path)
    with Record.open(path) as record:
        pages = record.connection.execute("PRAGMA page_count").fetchone()[0]
        record.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        with pytest.raises(FullDisk, match="no room left on the disk; free some"):
            record.add(invented_reading(seed, paragraphs=40) for seed in range(10, 30))
        assert len(list(record.readings())) == 3
    with closing(open_record(path)) as connection:
        assert list(check_record(connection)) == []


NO_ROOM = """
import resource, signal, sys
from onrecord.errors import RecordError
from onrecord.record import Record
from handmade import invented_reading

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000))
acknowledged = 0
try:
    with Record.open(sys.argv[1], create=True) as record:
        for seed in range(500):
            record.add(invented_reading(seed, paragraphs=20))
            acknowledged += 1
except RecordError as error:
    print(type(error).__name__, acknowledged)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_write_that_fails_in_the_file_system_loses_nothing_that_was_acknowledged(path):
    shared = str(Path(__file__).parents[1] / "shared")
    environment = {**os.environ, "PYTHONPATH": shared, "OPENBLAS_NUM_THREADS": "1"}
    run = subprocess.run(
        [sys.executable, "-c", NO_ROOM, str(path)], capture_output=True, text=True, check=True, env=environment
    )
    name, acknowledged = run.stdout.split()
    assert name == "FullDisk"
    assert int(acknowledged) > 10
    with closing(open_record(path)) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone()[0] == int(acknowledged)
        assert list(check_record(connection)) == []


NOBODY = """
import os, sys
from onrecord.errors import OnrecordError
from onrecord.record import Record
from onrecord.record.migrating import known_steps
from handmade import invented_reading

if os.getuid() == 0:
    known_steps()  # whoever runs the tests may have Python where nobody else may read: import all of it before
    os.setuid(65534)
for options in ({"read_only": True}, {}, {"create": True}):
    try:
        with Record.open(sys.argv[1], **options) as record:
            print(len(list(record.readings())))
            if not options:
                record.add(invented_reading(7))
    except OnrecordError as error:
        print(type(error).__name__)
"""


@pytest.fixture
def kept():
    """Make a folder that anybody may read, which those of pytest are not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder, "kept")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_a_record_in_a_folder_without_permission_can_be_read_and_says_why_it_cannot_be_written(kept):
    kept.mkdir()
    make(kept / "news.db")
    (kept / "news.db").chmod(0o444)
    kept.chmod(0o555)
    source = str(Path(opening.__file__).parents[2])
    environment = {
        **os.environ,
        "PYTHONPATH": f"{Path(__file__).parents[1] / 'shared'}:{source}",
        "OPENBLAS_NUM_THREADS": "1",
    }
    command = [sys.executable, "-c", NOBODY, str(kept / "news.db")]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd="/")
    kept.chmod(0o755)
    if "PermissionError" in run.stderr or "ModuleNotFound" in run.stderr:
        pytest.skip("another user may not even read the package here")
    assert run.stdout.split() == ["3", "ForbiddenRecord", "ForbiddenRecord"], run.stderr


def test_a_folder_that_is_not_there_is_an_error_of_ours(tmp_path):
    with pytest.raises(ForbiddenRecord, match="check the folder"):
        open_record(tmp_path / "no such" / "news.db", create=True)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc")
def test_opening_and_closing_leaves_no_descriptors_and_no_threads(path):
    make(path)

    def held():
        return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    before = held()
    for _ in range(50):
        with Record.open(path) as record:
            list(record.readings())
    after = held()
    assert after[0] - before[0] <= 2
    assert after[1] - before[1] <= 2


def test_an_error_of_sqlite_that_we_do_not_know_is_still_an_error_of_ours():
    with pytest.raises(RecordError, match="SQLite says: no such table: nowhere"), translated("news.db"):
        sqlite3.connect(":memory:").execute("SELECT * FROM nowhere")


def test_a_file_opened_read_only_is_not_written(path):
    make(path)
    with closing(open_record(path, read_only=True)) as connection, pytest.raises(ForbiddenRecord), translated(path):
        add_reading(connection, invented_reading(9))


def test_tidying_makes_the_file_smaller_and_changes_nothing(path):
    with Record.open(path, create=True) as record:
        for seed in range(30):
            record.add(invented_reading(seed, paragraphs=20))
        before = [msgspec.json.encode(each) for each in record.readings()]
        record.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        size = path.stat().st_size
        tidy(record.connection)
        assert path.stat().st_size < size
        assert record.connection.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert [msgspec.json.encode(each) for each in record.readings()] == before
        assert record.check() == []
