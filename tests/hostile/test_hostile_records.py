"""The record under kills, shuffles, damage and readers beside a writer: reliability rows ST1 to ST3, ST5, ST7, ST9.

``ONRECORD_RECORD_KILLS`` sets how many writers are killed at random: 40 by default, 200 in CI, 5,000 at night; with
``ONRECORD_FULL=1`` every statement of SQL is a moment to be killed at, and the other rows run at their full scale.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from handmade import invented_reading, read_by_hand
from onrecord.errors import OnrecordError
from onrecord.reading import Reader
from onrecord.record import Record
from onrecord.record.checking import check_record
from onrecord.record.damage import translated
from onrecord.record.opening import open_record

FULL = os.environ.get("ONRECORD_FULL") == "1"
KILLS = int(os.environ.get("ONRECORD_RECORD_KILLS", "40"))
posix = pytest.mark.skipif(sys.platform == "win32", reason="no fork")


def run_killing(kind, folder, scale):
    script = Path(__file__).with_name("record_killing.py")
    # Threads of the linear algebra would not live through a fork; a warning about that is a fault here.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-W", "error", str(script), kind, str(folder), str(scale)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@posix
def test_a_killed_writer_loses_no_acknowledged_report_and_leaves_none_in_part(tmp_path):
    result = run_killing("random", tmp_path, KILLS)
    assert result["wrong"] == []
    assert result["done"] > 0


@posix
def test_a_writer_killed_at_any_statement_leaves_a_whole_record(tmp_path):
    result = run_killing("statements", tmp_path, 1 if FULL else 211)
    assert result["wrong"] == []
    assert result["done"] > 5


@posix
def test_a_step_to_a_newer_version_killed_anywhere_can_be_taken_again(tmp_path):
    result = run_killing("migrating", tmp_path, 1)
    assert result["wrong"] == []
    assert result["done"] > 10


@posix
def test_a_removal_killed_anywhere_was_done_whole_or_not_at_all_and_can_be_ended(tmp_path):
    result = run_killing("removing", tmp_path, 1 if FULL else 23)
    assert result["wrong"] == []
    assert result["done"] > 5


# ---- ST3: whatever the order, and however many write at once


def corpus(count):
    """Return reports of which some are copies, exact and near, and some come twice."""
    reports = [invented_reading(seed) for seed in range(count)]
    copies = [
        read_by_hand(
            f"{each.document.text} {'More soon.' * (number % 2)}",
            url=f"https://mirror.example/{number}",
            published=f"2023-01-{number % 28 + 1:02d}",
        )
        for number, each in enumerate(reports[::5])
    ]
    return [*reports, *copies, *reports[::7]]


def dump(path):
    """Return all that a record holds, whatever the numbers that it gave to rows."""
    with Record.open(path) as record:
        assert list(check_record(record.connection)) == []
        readings = b"\n".join(map(msgspec.json.encode, record.readings()))
        copies = record.connection.execute(
            "SELECT one.hash, other.hash, how, similarity FROM copies"
            " JOIN documents AS one ON one.id = document_id JOIN documents AS other ON other.id = copy_of"
        ).fetchall()
        standing = record.connection.execute("SELECT statement, standing, outlet FROM who_said_what").fetchall()
    return readings, sorted(copies), sorted(standing)


def write_share(path, share):
    with Record.open(path, create=True) as record:
        for reading in share:
            record.add(reading)


@posix
def test_the_same_reports_in_any_order_by_several_writers_make_the_same_record(tmp_path):
    reports = corpus(1_000 if FULL else 40)
    dumps = []
    for order in range(5 if FULL else 3):
        random.Random(order).shuffle(reports)
        path = tmp_path / f"{order}.db"
        if order:
            write_share(path, reports)
        else:  # four at once
            context = multiprocessing.get_context("spawn")
            writers = [context.Process(target=write_share, args=(path, reports[n::4])) for n in range(4 if FULL else 2)]
            for writer in writers:
                writer.start()
            for writer in writers:
                writer.join()
                assert writer.exitcode == 0
            write_share(path, reports)  # again: nothing is doubled
        dumps.append(dump(path))
    assert dumps[0][1]
    assert dumps.count(dumps[0]) == len(dumps)


# ---- ST7: damage


def test_a_damaged_file_gives_a_typed_error_or_a_right_answer(tmp_path):
    path, damaged = tmp_path / "news.db", tmp_path / "damaged.db"
    readings = [invented_reading(seed) for seed in range(8)]
    with Record.open(path, create=True) as record:
        record.add(readings)
    whole = path.read_bytes()
    chance = random.Random(7)
    seen: Counter[str] = Counter()
    for _ in range(1_000 if FULL else 60):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 1, 8, 64))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        damaged.write_bytes(data[: chance.choice((len(data), len(data), chance.randrange(len(data))))])
        began = time.monotonic()
        seen[use(damaged)] += 1
        assert time.monotonic() - began < 5
        for file in tmp_path.glob("damaged.db*"):
            file.unlink()
    assert seen["found"] > 0
    assert seen["DamagedRecord"] > 10


def use(path):
    """Do with a file what a user does; return the name of the error, of ours alone, that came of it."""
    try:
        with Record.open(path) as record:
            list(record.readings())
            record.add([invented_reading(50), invented_reading(3, reader=Reader(version="0.2.0", model="hand"))])
            with translated(path):
                record.connection.execute("SELECT * FROM who_said_what").fetchall()
                return "found" if list(check_record(record.connection)) else "whole"
    except OnrecordError as error:
        return type(error).__name__


# ---- ST9: readers beside a writer


def test_readers_beside_a_writer_see_whole_reports_and_no_lock(tmp_path):
    path = tmp_path / "news.db"
    with Record.open(path, create=True) as record:
        record.add(invented_reading(0))
    ended = threading.Event()
    looks: list[int] = []

    def look():
        while True:
            last = ended.is_set()
            with closing(open_record(path, read_only=True)) as connection:
                for _ in range(10):
                    connection.execute("BEGIN")
                    count = connection.execute("SELECT sum(statement_count) FROM readings").fetchone()[0]
                    assert connection.execute("SELECT count(*) FROM who_said_what").fetchone()[0] == count
                    connection.execute("COMMIT")
                    looks.append(count)
            if last:
                return

    readers = [threading.Thread(target=catching(look, looks)) for _ in range(8 if FULL else 3)]
    for reader in readers:
        reader.start()
    began = time.monotonic()
    with Record.open(path) as record:
        for seed in range(1, 1_000_000 if FULL else 40):
            record.add(invented_reading(seed))
            if time.monotonic() - began > 60:
                break
    ended.set()
    for reader in readers:
        reader.join()
    assert len(set(looks)) > 1
    assert -1 not in looks


def catching(work, looks):
    """Return work whose failure is noted: a thread's own is printed and lost."""

    def careful():
        try:
            work()
        except BaseException:
            looks.append(-1)
            raise

    return careful
