"""``onrecord check-record``: a line for each thing that is wrong, and exit 1."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from handmade import full_reading, invented_reading
from onrecord.record import Record


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "news.db"
    with Record.open(path, create=True) as record:
        record.add([invented_reading(seed) for seed in range(3)])
    return path


def spoil(record, *statements):
    with closing(sqlite3.connect(record)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_a_whole_record_is_said_to_be_whole(onrecord, record):
    result = onrecord("check-record", record)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"onrecord: {record}: whole\n")


def test_each_thing_that_is_wrong_is_a_line(onrecord, record):
    name = invented_reading(1).document.id
    spoil(record, "UPDATE documents SET address = 'https://elsewhere.example' WHERE id = 2")
    result = onrecord("check-record", record)
    assert result.exit_code == 1
    assert result.stdout == f"hash: {name}: address and text do not have this hash\n"
    assert result.stderr == f"onrecord: {record}: one thing is wrong\n"


def test_what_is_wrong_as_json(onrecord, record):
    spoil(record, "UPDATE documents SET body_print = 7")
    result = onrecord("check-record", record, "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["record"] == str(record)
    assert {each["part"] for each in told["findings"]} == {"copies"}
    assert len(told["findings"]) == 3
    assert result.stderr == f"onrecord: {record}: 3 things are wrong\n"


@pytest.mark.parametrize(
    ("spoiling", "message"),
    [
        ("UPDATE readings SET event_count = 0, first_event = 3", "events that are in no reading"),
        ("UPDATE readings SET event_count = 0, first_event = 3", "its rows do not fit each other"),
        ("DELETE FROM events WHERE id = 1", "its rows do not fit each other"),
        ("DELETE FROM events WHERE id = 1", "events are missing"),
        ("UPDATE events SET actors = 9 WHERE id = 1", "its rows do not fit each other"),
        ("UPDATE events SET start = 9999 WHERE id = 1", "lies outside the text"),
    ],
)
def test_events_that_do_not_fit_are_found(onrecord, tmp_path, spoiling, message):
    path = tmp_path / "events.db"
    with Record.open(path, create=True) as record:
        record.add(full_reading())
    spoil(path, spoiling)
    result = onrecord("check-record", path)
    assert result.exit_code == 1
    assert message in result.stdout


def test_what_is_no_record_is_one_line(onrecord, tmp_path):
    path = tmp_path / "news.db"
    assert onrecord("check-record", path).stderr.startswith(f"onrecord: {path}: no such record; make one with")
    path.write_bytes(b"no database " * 99)
    result = onrecord("check-record", path)
    assert (result.exit_code, result.stderr) == (
        1,
        f"onrecord: {path}: not a record, nor any SQLite database; name another file\n",
    )


def test_a_file_cut_short_is_damage(onrecord, record):
    data = record.read_bytes()
    record.write_bytes(data[: len(data) // 2])
    result = onrecord("check-record", record)
    assert result.exit_code == 1
    assert "Traceback" not in result.stderr
    assert result.stdout or "damaged" in result.stderr


def test_a_flipped_bit_that_makes_a_text_of_a_number_is_found(onrecord, record):
    name = invented_reading(0).document.id
    spoil(record, "UPDATE statements SET mark = 'x' WHERE id = (SELECT min(id) FROM statements)")
    result = onrecord("check-record", record)
    assert result.exit_code == 1
    assert f"spans: {name}: the spans do not have the hash in this id\n" in result.stdout
