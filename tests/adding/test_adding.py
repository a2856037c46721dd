"""Adding documents to a record: in order, once, whatever happens to the processes that read."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from onrecord import child as child_process
from onrecord.adding import Counts, Kept, SetAside, add_documents, add_sources, workers
from onrecord.adding.outcomes import as_builtins
from onrecord.document import Document
from onrecord.errors import BadSetting, LockedRecord, MissingSource, ModelError
from onrecord.record import Record
from onrecord.settings import Settings
from reading_by_hand import CHILD

FULL = os.environ.get("ONRECORD_FULL") == "1"
LONG = (
    "Nobody had asked the fishers of Orrin Quay what the levy would do to them this winter, Teo Brandt said.",
    "The old bridge will stay closed until October, because the engineers found more cracks than they had feared.",
)
NOON = datetime(2024, 5, 2, 12, tzinfo=UTC)


@pytest.fixture
def record(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        yield record
        assert record.check() == []


def report(number, words="", *, url=None):
    text = f"Report {number}.\n\nThe levy of {number} crowns will go, Mara Ilven said. {words}\n\n{LONG[number % 2]}"
    return replace(Document.from_text(text, url=url or f"https://orrin.example/{number}"), title=f"Report {number}")


def add(record, documents, **options):
    return list(add_documents(record, documents, **{"jobs": 2, "child": CHILD, "now": lambda: NOON, **options}))


def told(outcomes):
    """Return what became of each, in one word."""
    return [
        each.outcome if isinstance(each, Kept) else "set aside" if isinstance(each, SetAside) else type(each).__name__
        for each in outcomes
    ]


def dump(path):
    """Return all that a file holds, runs aside: they say when."""
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [table for table in sorted(tables) if table not in {"runs", "sqlite_stat1"}]
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


# ---- what is added


def test_reports_are_added_in_their_order(record):
    outcomes = add(record, [report(number, "PAUSE") for number in range(20)])
    assert [each.document for each in outcomes] == [report(number, "PAUSE").id for number in range(20)]
    assert told(outcomes) == ["added"] * 20
    titles = record.connection.execute("SELECT title FROM documents ORDER BY id").fetchall()
    assert titles == [(f"Report {number}",) for number in range(20)]


def test_a_reading_is_kept_with_its_own_document_and_its_meanings(record):
    document = replace(report(1), extra={"section": 2**80}, warnings=("odd",))
    add(record, [document])
    found = record.reading(document.id).document
    assert (found.extra, found.warnings, found.text) == ({"section": 2**80}, ("odd",), document.text)
    assert record.connection.execute("SELECT length(vectors) FROM embeddings").fetchone() == (3,)


def test_the_file_is_the_same_whatever_the_number_of_workers(tmp_path):
    reports = [report(number, "PAUSE " * (number % 3)) for number in range(1_000 if FULL else 30)]
    copies = [replace(each, url=f"https://mirror.example/{n}", id=f"{n:016x}") for n, each in enumerate(reports[::5])]
    reports += [*copies, *reports[::3], report(1, "changed"), report(2, "CRASH")]
    dumps = []
    for jobs in (1, 2, 5):
        with Record.open(tmp_path / f"{jobs}.db", create=True) as record:
            add(record, reports, jobs=jobs)
        dumps.append(dump(tmp_path / f"{jobs}.db"))
    assert dumps[0]["copies"]
    assert dumps[0]["revisions"]
    assert dumps[0]["quarantine"]
    assert dumps.count(dumps[0]) == 3


def test_what_the_record_holds_is_not_read_again(record, monkeypatch):
    add(record, [report(1), report(2)])
    read = []
    submit = workers.Workers.submit
    monkeypatch.setattr(
        workers.Workers, "submit", lambda self, each, *more: read.append(each.id) or submit(self, each, *more)
    )
    again = add(record, [report(1), report(2), report(3)])
    assert told(again) == ["skipped", "skipped", "added"]
    assert read == [report(3).id]


def test_what_was_taken_out_is_passed_over_unread_until_it_is_allowed(record, monkeypatch):
    add(record, [report(1), report(2)])
    record.remove([report(1).id])
    counts = Counts()
    with monkeypatch.context() as without:
        without.setattr(workers.Workers, "submit", None)
        (passed, there) = add(record, [report(1), report(2)], counts=counts)
    assert str(passed).endswith(
        ": passed over: was taken out of this record before (removal 1); to have it again: onrecord remove --allow 1"
    )
    assert (told([there]), str(counts), counts.is_complete) == (
        ["skipped"],
        "0 added, 1 skipped, 1 removed before",
        True,
    )
    assert as_builtins(passed)["outcome"] == "removed before"
    record.allow(1)
    assert told(add(record, [report(1)])) == ["added"]


def test_a_report_that_comes_twice_in_one_run_is_read_once(record, tmp_path):
    once = report(1, f"CRASH ONCE {tmp_path}/met")
    assert told(add(record, [once, once, once], jobs=1)) == ["added", "skipped", "skipped"]


def test_copies_and_revisions_are_told(record):
    long = "Nobody had asked the fishers of Orrin Quay what the levy would do to them this winter. " * 3
    first, copy = report(1, long), report(1, long, url="https://mirror.example/1")
    revised = report(2, long, url="https://orrin.example/1")
    outcomes = add(record, [first, copy, revised])
    assert told(outcomes) == ["added", "added", "revision"]
    assert {outcomes[0].copy_of, outcomes[1].copy_of} >= {None}
    assert outcomes[2].revises == first.id


def test_an_error_among_the_documents_stands_in_its_place(record):
    outcomes = add(record, [report(1), MissingSource("no such file", where="a.txt"), report(2)])
    assert told(outcomes) == ["added", "MissingSource", "added"]


def test_nothing_to_add_is_no_error(record):
    assert add(record, []) == []


# ---- what readers die of


@pytest.mark.parametrize(
    ("poison", "cause"),
    [
        ("CRASH", "died of signal 9"),
        ("BABBLE", "ended with code 7"),
        ("RAISE", "failed (IndexError: list index out of range)"),
        ("GORGE", "took more than 1,073,741,824 bytes (reader_memory_bytes)"),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")
def test_a_report_that_kills_its_reader_is_set_aside_and_the_rest_is_done(record, poison, cause):
    outcomes = add(
        record, [report(1), report(2, poison), report(3)], settings=Settings(reader_memory_bytes=1_073_741_824)
    )
    assert told(outcomes) == ["added", "set aside", "added"]
    assert (outcomes[1].aside.cause, outcomes[1].aside.tries) == (cause, 2)
    assert str(outcomes[1]) == f"given: set aside, tried twice: the reader {cause}; try again with --retry"
    row = record.connection.execute("SELECT origin, tries, cause FROM quarantine").fetchall()
    assert row == [("given", 2, cause)]


def test_a_report_that_takes_too_long_is_set_aside(record):
    outcomes = add(record, [report(1, "HANG"), report(2)], settings=Settings(reader_seconds=0.3))
    assert told(outcomes) == ["set aside", "added"]
    assert outcomes[0].aside.cause == "took more than 0.3 s (reader_seconds)"


def test_a_reader_that_dies_once_is_not_held_against_the_report(record, tmp_path):
    assert told(add(record, [report(1, f"CRASH ONCE {tmp_path}/met"), report(2)])) == ["added", "added"]
    assert (tmp_path / "met").exists()


def test_a_reading_that_has_no_place_is_set_aside(record):
    outcomes = add(record, [report(1, "ASTRAY"), report(2)])
    assert told(outcomes) == ["set aside", "added"]
    assert "lies outside the text" in outcomes[0].aside.cause


def test_what_was_set_aside_is_tried_again_only_when_asked(record, tmp_path):
    poison = report(1, f"CRASH ONCE {tmp_path}/met")
    with record.connection:
        record.connection.execute(
            "INSERT INTO quarantine VALUES (?, 'a.txt', 2, 'died', '', 1)", (poison.provenance.sha256,)
        )
    before = add(record, [poison])
    assert str(before[0]) == "given: was set aside before: the reader died; try again with --retry"
    assert told(add(record, [poison], retry=True)) == ["added"]
    assert record.connection.execute("SELECT count(*) FROM quarantine").fetchone() == (0,)
    assert told(add(record, [poison])) == ["skipped"]


def test_a_failed_try_is_noted_before_the_next_run_and_counts_there(record, monkeypatch):
    from onrecord.adding import running

    noted, write = [], running.set_aside
    monkeypatch.setattr(
        running, "set_aside", lambda *args: noted.append((args[1].tries, args[1].is_final)) or write(*args)
    )
    assert told(add(record, [report(1, "CRASH")])) == ["set aside"]
    assert noted == [(1, False), (2, True)]

    with record.connection:  # as a run leaves it that was killed after the first try
        record.connection.execute("UPDATE quarantine SET tries = 1, is_final = 0")
    noted.clear()
    outcomes = add(record, [report(1, "CRASH")])
    assert (noted, outcomes[0].aside.tries) == ([(2, True)], 2)
    assert str(add(record, [report(1, "CRASH")])[0]).startswith("given: was set aside before")


def test_a_report_that_is_read_at_the_second_try_is_forgotten_as_a_failure(record, tmp_path):
    assert told(add(record, [report(1, f"CRASH ONCE {tmp_path}/met")], jobs=1)) == ["added"]
    assert record.connection.execute("SELECT count(*) FROM quarantine").fetchone() == (0,)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_every_second_report_kills_its_reader(record):
    """Reliability rows IN11 and BA4."""
    count = 1_000 if FULL else 12
    outcomes = add(record, [report(number, "CRASH" * (number % 2)) for number in range(count)])
    assert told(outcomes) == ["added", "set aside"] * (count // 2)


def test_a_text_that_is_no_text_is_set_aside(record):
    outcomes = add(record, [report(1, "\ud800"), report(2)])
    assert told(outcomes) == ["set aside", "added"]
    assert "lone surrogates" in outcomes[0].aside.cause


def test_a_report_with_fields_that_nothing_can_hold_is_set_aside(record):
    odd, dated = replace(report(1), extra={"row": object()}), replace(report(2), extra={"seen": NOON})
    outcomes = add(record, [odd, dated])
    assert told(outcomes) == ["set aside", "added"]
    assert "extra" in outcomes[0].aside.cause
    assert [each.document.extra for each in record.readings()] == [{"seen": "2024-05-02T12:00:00Z"}]


def test_fewer_processes_than_none_are_refused(record):
    with pytest.raises(BadSetting, match=r"^jobs: can't be -1 processes; give 0 or more$"):
        add(record, [report(1)], jobs=-1)


def test_a_reader_that_does_not_start_ends_the_run(record):
    with pytest.raises(ModelError, match="the reader ended with code 1 at its start"):
        add(record, [report(1)], child="import sys; sys.exit(1)")


def test_a_reader_for_which_there_is_no_python_ends_the_run(record, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "gone"))
    with pytest.raises(ModelError, match=r"the reader can't be started \(.*gone: .+\); try again"):
        add(record, [report(1)])


def test_a_reader_without_room_in_memory_says_so(record):
    child = """
from onrecord.adding.worker import run_worker

def load(settings):
    bytearray(10**16)

run_worker(load)
"""
    with pytest.raises(ModelError, match="the reader can't start: there is not enough memory for it; free some"):
        add(record, [report(1)], child=child)


def test_a_reader_that_takes_too_long_to_start_ends_the_run(record, monkeypatch):
    monkeypatch.setattr("onrecord.adding.workers.START_SECONDS", 1.0)
    with pytest.raises(
        ModelError, match=r"the reader took more than 1 s at its start; .* \(--jobs, of onrecord batch --work"
    ):
        add(record, [report(1)], child="import time; time.sleep(60)")


@pytest.mark.parametrize(
    ("raised", "message"),
    [
        (
            "ModelMissing('the model is not there', where='weights', advice='install it')",
            "weights: the model is not there",
        ),
        ("ValueError('odd')", "the reader can't start (ValueError: odd)"),
    ],
)
def test_a_reader_says_why_it_does_not_start(record, raised, message):
    child = f"""
from onrecord.adding.worker import run_worker
from onrecord.errors import ModelMissing

def load(settings):
    raise {raised}

run_worker(load)
"""
    with pytest.raises(ModelError) as error:
        add(record, [report(1)], child=child)
    assert message in str(error.value)
    assert record.connection.execute("SELECT count(*) FROM runs").fetchone() == (0,)


# ---- ends


def test_a_run_that_is_not_gone_through_keeps_what_it_gave_and_ends_its_workers(record, monkeypatch):
    started = []
    popen = child_process.subprocess.Popen
    monkeypatch.setattr(
        child_process.subprocess, "Popen", lambda *args, **kw: started.append(popen(*args, **kw)) or started[-1]
    )
    counts = Counts()
    run = add_documents(record, (report(number) for number in range(10_000)), jobs=2, child=CHILD, counts=counts)
    given = [next(run) for _ in range(3)]
    run.close()
    assert told(given) == ["added"] * 3
    assert [process.poll() is not None for process in started] == [True, True]
    kept = record.connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    assert counts.written == kept >= 3
    ended = record.connection.execute("SELECT ended_at IS NOT NULL, counts FROM runs").fetchall()
    assert ended == [(1, record.connection.execute("SELECT counts FROM runs").fetchone()[0])]


def test_a_record_that_another_process_holds_is_an_error_and_what_was_given_is_kept(record):
    add(record, [report(1)])
    record.connection.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(record.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedRecord, match="another process is writing"):
            add(record, [report(1), report(2)])
        other.execute("ROLLBACK")
    assert record.connection.execute("SELECT count(*) FROM documents").fetchone() == (1,)
    assert told(add(record, [report(1), report(2)])) == ["skipped", "added"]


def test_a_run_is_noted(record):
    add(record, [report(1), report(2)], sources=("a/", "b.jsonl"))
    row = record.connection.execute("SELECT started_at, ended_at, sources, counts FROM runs").fetchone()
    assert row[:3] == ("2024-05-02T12:00:00+00:00", "2024-05-02T12:00:00+00:00", '["a/", "b.jsonl"]')
    assert '"added": 2' in row[3]


def test_a_large_run_tidies_the_record(record, monkeypatch):
    from onrecord.adding import running

    monkeypatch.setattr(running, "MANY", 5)
    tidied = []
    monkeypatch.setattr(running, "tidy", tidied.append)
    add(record, [report(number) for number in range(4)])
    assert tidied == []
    add(record, [report(number) for number in range(4, 10)])
    assert tidied == [record.connection]


def test_sources_are_read_and_added(record, tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "CHILD", CHILD)
    (tmp_path / "a.txt").write_text("The levy will go, the harbour master said on Monday to all who asked.")
    (tmp_path / "b.jsonl").write_text('{"text": "The toll will stay, the ferry line said."}\n{"body": 1}\n')
    outcomes = list(add_sources(record, [str(tmp_path / "a.txt"), str(tmp_path / "b.jsonl"), "none"], jobs=1))
    assert told(outcomes) == ["added", "added", "BadLine", "MissingSource"]


def test_two_runs_at_once_take_turns(tmp_path):
    path = tmp_path / "two.db"
    with Record.open(path, create=True) as one, Record.open(path) as other:
        first = add_documents(one, [report(number) for number in range(6)], jobs=1, child=CHILD)
        second = add_documents(other, [report(number) for number in range(4, 10)], jobs=1, child=CHILD)
        outcomes = [each for pair in zip(first, second, strict=True) for each in pair]
        assert one.check() == []
    assert len({each.document for each in outcomes}) == 10
    assert sorted(told(outcomes)) == ["added"] * 10 + ["skipped"] * 2
