"""``onrecord add`` and ``onrecord check-record``: what they say, what they exit with, what stays in the record."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from onrecord.adding import workers
from onrecord.cli import main
from onrecord.record import Record, opening
from onrecord.record.migrating import known_steps
from reading_by_hand import CHILD

TABLES = known_steps()[-1].version

SHARED = Path(__file__).parents[1] / "shared"
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
WORDS = "The levy of {} crowns will go, the harbour master said on Monday."
PAGE = "<p>The mayor of Tarn said on Monday that the bridge would open in May, two years after it was closed.</p>" * 3


@pytest.fixture
def by_hand(onrecord, monkeypatch):
    """Run the command line in this process, with readers by hand."""
    monkeypatch.setattr(workers, "CHILD", CHILD)
    return onrecord


@pytest.fixture
def record(tmp_path):
    return tmp_path / "news.db"


@pytest.fixture
def reports(tmp_path):
    """A file of ten reports."""
    return write_reports(tmp_path / "reports.jsonl", range(10))


def write_reports(path, numbers, words=""):
    lines = [
        {"text": f"{WORDS.format(number)}\n\n{words}", "url": f"https://orrin.example/{number}"} for number in numbers
    ]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return path


def kept(record):
    with closing(sqlite3.connect(record)) as connection:
        return [row[0] for row in connection.execute("SELECT address FROM documents ORDER BY id")]


def lines(result):
    return result.stderr.splitlines()


# ---- adding


def test_reports_are_added_and_counted(by_hand, reports, record):
    result = by_hand("add", reports, "--to", record, "--jobs", 2)
    assert (result.exit_code, result.stdout) == (0, "")
    assert lines(result) == [f"onrecord: {record}: 10 added, 10 statements"]
    assert kept(record) == [f"https://orrin.example/{number}" for number in range(10)]


def test_a_second_run_skips_what_is_there(by_hand, reports, record, tmp_path):
    by_hand("add", reports, "--to", record)
    more = write_reports(tmp_path / "more.jsonl", range(8, 12))
    result = by_hand("add", reports, more, "--to", record, "--json")
    assert result.exit_code == 0
    assert lines(result) == [f"onrecord: {record}: 2 added, 12 skipped, 2 statements"]
    assert json.loads(result.stdout) == {
        "record": str(record),
        **dict.fromkeys(("revision", "reread", "copies", "removed_before", "set_aside", "failed"), 0),
        "added": 2,
        "undated": 2,
        "skipped": 12,
        "statements": 2,
    }


def test_dates_that_are_not_understood_and_reports_without_one_are_told(by_hand, record, tmp_path):
    dates = ["2024-05-02", "05/02/2024", None]
    days = tmp_path / "days.jsonl"
    days.write_text(
        "".join(
            json.dumps({"text": f"The quay number {number} is shut, Ada Quill said.", "date": day}) + "\n"
            for number, day in enumerate(dates)
        )
    )
    result = by_hand("add", days, "--to", record, "--jsonl")
    warning = "the date '05/02/2024' (field 'date') can be read in several ways or in none"
    assert lines(result) == [
        f"onrecord: {days}:2: warning: {warning}",
        f"onrecord: {record}: 3 added, 2 of them undated, 3 statements",
    ]
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(each["published"], each["warnings"]) for each in told] == [
        ("2024-05-02", []),
        (None, [warning]),
        (None, []),
    ]


def test_each_report_is_a_line_of_json_once_it_is_kept(by_hand, reports, record):
    with reports.open("a") as file:
        file.write('{"body": 1}\n{"text": "RAISE an error of ours in the reader that reads this, she said."}\n')
    result = by_hand("add", reports, "--to", record, "--jsonl")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each["outcome"] for each in told] == ["added"] * 10 + ["failed", "set aside"]
    assert told[0]["origin"] == f"{reports}:1"
    assert told[11]["cause"] == "failed (IndexError: list index out of range)"


def test_what_can_not_be_read_is_one_line_each_and_the_rest_is_done(by_hand, reports, record, tmp_path):
    feed = tmp_path / "broken.rss"
    feed.write_text(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title>'
        f"<item><title>One</title><content:encoded><![CDATA[{PAGE}]]></content:encoded></item>"
        "<item><title>Two</title></item></channel></rss>"
    )
    cut = tmp_path / "cut.warc"
    cut.write_bytes(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<p>")
    poison = write_reports(tmp_path / "poison.jsonl", [99], "RAISE")
    result = by_hand("add", feed, cut, poison, tmp_path / "none.txt", reports, "--to", record)
    assert result.exit_code == 1
    *told, summary = lines(result)
    assert summary == f"onrecord: {record}: 11 added, 1 set aside, {len(told) - 1} failed, 12 statements"
    assert told[0].startswith(f"onrecord: {feed}:2: ")
    assert any(line.startswith(f"onrecord: {cut}") for line in told)
    assert (
        f"onrecord: {poison}:1: set aside, tried twice: the reader failed (IndexError: list index out of range); "
        "try again with --retry"
    ) in told
    assert f"onrecord: {tmp_path}/none.txt: no such file or folder; check the name" in told


def test_what_was_set_aside_is_tried_again_on_demand(by_hand, record, tmp_path):
    poison = write_reports(tmp_path / "poison.jsonl", [1], f"CRASH ONCE {tmp_path}/met RAISE")
    assert by_hand("add", poison, "--to", record).exit_code == 1
    again = by_hand("add", poison, "--to", record)
    assert (again.exit_code, lines(again)[-1]) == (1, f"onrecord: {record}: 0 added, 1 set aside")
    assert "was set aside before: the reader failed" in lines(again)[0]
    assert "set aside, tried twice" in lines(by_hand("add", poison, "--to", record, "--retry"))[0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.txt"], "Missing option '--to' (the record; made if there is none)"),
        (["--to", "news.db"], "Missing argument 'SOURCE...'"),
        (["a.txt", "--to", "news.db", "--json", "--jsonl"], "--json and --jsonl exclude each other"),
        (["a.txt", "--to", "news.db", "--jobs", "-1"], "--jobs"),
    ],
)
def test_wrong_usage(by_hand, arguments, message):
    result = by_hand("add", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


# ---- records that can't be written


def make_newer(path):
    with Record.open(path, create=True) as record:
        record.connection.execute("PRAGMA user_version = 99")


def make_another(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE a (b)")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (make_newer, f"made by a later version of onrecord (tables 99, this one knows {TABLES}); upgrade onrecord"),
        (make_another, "another program's database, not a record; name another file"),
        (lambda path: path.write_bytes(b"no database " * 99), "not a record, nor any SQLite database"),
        (lambda path: path.mkdir(), "a folder, not a record; name a file, such as news.db"),
    ],
)
def test_a_file_that_is_no_record_of_ours_is_left_as_it_is(by_hand, reports, record, make, message):
    make(record)
    before = record.read_bytes() if record.is_file() else None
    result = by_hand("add", reports, "--to", record)
    assert result.exit_code == 1
    assert len(lines(result)) == 1
    assert message in lines(result)[0]
    assert (record.read_bytes() if record.is_file() else None) == before


def test_a_folder_that_is_not_there_is_one_line(by_hand, reports, tmp_path):
    result = by_hand("add", reports, "--to", tmp_path / "none" / "news.db")
    assert result.exit_code == 1
    assert lines(result) == [
        f"onrecord: {tmp_path}/none/news.db: can't be opened; check the folder and its permissions"
    ]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_without_permission_is_one_line_and_the_rest_is_done(by_hand, reports, record, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    result = by_hand("add", closed, reports, "--to", record)
    closed.chmod(0o700)
    assert result.exit_code == 1
    assert lines(result) == [
        f"onrecord: {closed}: can't be read: Permission denied; check its permissions",
        f"onrecord: {record}: 10 added, 1 failed, 10 statements",
    ]


def test_a_record_that_another_process_holds_is_waited_for_and_then_one_line(by_hand, reports, record, monkeypatch):
    Record.open(record, create=True).close()
    monkeypatch.setattr(opening, "WAIT_SECONDS", 0.05)
    with closing(sqlite3.connect(record, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        result = by_hand("add", reports, "--to", record)
    assert result.exit_code == 1
    assert lines(result) == [
        f"onrecord: {record}: another process is writing to it; waiting",
        f"onrecord: {record}: another process is writing to the record; wait for it to end, then try again",
    ]
    assert by_hand("add", reports, "--to", record).exit_code == 0


def test_a_full_disk_is_said_and_what_was_added_is_kept(by_hand, record, tmp_path, monkeypatch):
    many = write_reports(tmp_path / "many.jsonl", range(400))
    open_record = Record.open

    def open_small(path, **options):
        small = open_record(path, **options)
        pages = small.connection.execute("PRAGMA page_count").fetchone()[0]
        small.connection.execute(f"PRAGMA max_page_count = {pages + 10}")
        return small

    monkeypatch.setattr(Record, "open", open_small)
    result = by_hand("add", many, "--to", record)
    monkeypatch.undo()
    assert result.exit_code == 1
    count = len(kept(record))
    assert lines(result) == [
        f"onrecord: {record}: {count} added, {count} statements, which is kept",
        f"onrecord: {record}: no room left on the disk; free some, then try again: nothing that was added is lost",
    ]
    assert 0 < count < 400
    assert by_hand("check-record", record).exit_code == 0


def test_a_run_that_can_read_nothing_leaves_no_record(by_hand, reports, record, tmp_path):
    binary = tmp_path / "picture.html"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    result = by_hand("add", tmp_path / "none.txt", binary, "--to", record)
    assert result.exit_code == 1
    assert lines(result)[-1] == f"onrecord: {record}: 0 added, 2 failed"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("news")] == []

    by_hand("add", reports, "--to", record)
    by_hand("add", binary, "--to", record)
    assert len(kept(record)) == 10


def test_a_record_in_which_a_report_is_set_aside_is_kept(by_hand, record, tmp_path):
    poison = write_reports(tmp_path / "poison.jsonl", [99], "RAISE")
    for when in ("tried twice", "was set aside before"):
        assert when in lines(by_hand("add", poison, "--to", record))[0]


# ---- as a process


@pytest.fixture
def start():
    """Start the command line with readers by hand in a process group of its own."""
    with ExitStack() as processes:

        def run(*arguments, **options):
            environment = {**os.environ, "PYTHONPATH": str(SHARED)}
            process = subprocess.Popen(
                [sys.executable, SHARED / "run_adding.py", *map(str, arguments)],
                **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": environment, **options},
            )
            processes.enter_context(process)
            processes.callback(process.kill)
            return process

        yield run


@POSIX
@pytest.mark.parametrize("signals", [[signal.SIGINT], [signal.SIGTERM], [signal.SIGINT, signal.SIGINT]])
def test_an_interrupted_run_keeps_what_it_added_and_can_be_gone_on_with(start, by_hand, record, tmp_path, signals):
    many = write_reports(tmp_path / "many.jsonl", range(120), "PAUSE")
    process = start("add", many, "--to", record, "--jsonl", "--jobs", 2, process_group=0)
    told = [process.stdout.readline()]
    for number in signals:
        os.killpg(process.pid, number)
        time.sleep(0.001)
    told += process.stdout.readlines()
    errors = process.stderr.read()
    assert process.wait(timeout=60) == 128 + signals[0]
    assert errors.startswith("onrecord: interrupted")
    assert set(kept(record)) >= {address_of(line) for line in told}
    assert 0 < len(kept(record)) < 120
    count = len(kept(record))
    result = by_hand("add", many, "--to", record)
    assert lines(result) == [
        f"onrecord: {record}: {120 - count} added, {count} skipped, {2 * (120 - count)} statements"
    ]
    assert kept(record) == [f"https://orrin.example/{number}" for number in range(120)]


def address_of(line):
    return f"https://orrin.example/{int(json.loads(line)['origin'].rpartition(':')[2]) - 1}"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up as Linux shows them")
def test_no_worker_outlives_a_killed_run(start, record, tmp_path):
    many = write_reports(tmp_path / "many.jsonl", range(120), "PAUSE")
    process = start("add", many, "--to", record, "--jsonl", "--jobs", 2)
    process.stdout.readline()
    workers_of = children(process.pid)
    assert len(workers_of) == 2
    process.kill()
    deadline = time.monotonic() + 10
    while any(map(is_running, workers_of)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert [is_running(pid) for pid in workers_of] == [False, False]


def children(pid):
    return [int(stat.parent.name) for stat in Path("/proc").glob("[0-9]*/stat") if fields(stat)[1:2] == [str(pid)]]


def is_running(pid):
    return fields(Path(f"/proc/{pid}/stat"))[:1] not in ([], ["Z"])


def fields(stat):
    """Return what Linux says of a process after its name: state, parent ...; nothing of one that is gone."""
    try:
        return stat.read_text().rpartition(")")[2].split()
    except OSError:
        return []


def test_the_real_reader_reads_and_gives_meanings(onrecord, record, report):
    """Nothing here stands in for anything: the model is loaded in the worker."""
    result = onrecord("add", report, "--to", record, "--jobs", 1)
    assert (result.exit_code, lines(result)) == (0, [f"onrecord: {record}: 1 added, 2 statements"])
    with Record.open(record) as opened:
        speakers = opened.connection.execute("SELECT DISTINCT speaker FROM who_said_what").fetchall()
        vectors = opened.connection.execute(
            "SELECT length(vectors) * 2 / dimensions FROM embeddings, encoders"
        ).fetchall()
    assert speakers == [("Ada Quill",)]
    assert vectors == [(2,)]


def test_help_says_how_to_go_on(by_hand):
    assert "the same command again does the rest" in " ".join(by_hand("add", "--help").stdout.split())
    assert main.commands["add"].get_short_help_str() == "Add news reports to a record."
