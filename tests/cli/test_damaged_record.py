"""A record with a damaged cell: one line and exit 1, wherever a command stumbles over it; a fault of ours stays one."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from handmade import invented_reading
from onrecord.record import By, Record, Should


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "news.db"
    with Record.open(path, create=True) as record:
        record.add([invented_reading(seed) for seed in range(3)])
        record.correct(statement_of(path), Should(cue_class="doubting"), By(who="Ida", why="it doubts"))
    return path


def statement_of(path):
    with Record.open(path, read_only=True) as record:
        return next(iter(record.search())).statement


@pytest.mark.parametrize(
    ("change", "command"),
    [
        ("UPDATE statements SET confidence = x'00ff'", ("show", "STATEMENT")),
        ("UPDATE statements SET form = 1.5", ("show", "STATEMENT")),
        ("UPDATE corrections SET why = x'00ff'", ("corrections",)),
        ("UPDATE corrections SET value = 'x'", ("search", "the")),
        ("UPDATE entities SET person_id = 1.5", ("people",)),
        ("UPDATE documents SET title = x'00ff'", ("cite", "STATEMENT")),
        ("UPDATE documents SET published = x'00ff'", ("search",)),
    ],
)
def test_a_damaged_cell_is_one_line(onrecord, record, change, command):
    statement = statement_of(record)
    with closing(sqlite3.connect(record)) as connection:
        connection.execute(change)
        connection.commit()
    result = onrecord(*(statement if word == "STATEMENT" else word for word in command), "--in", record)
    assert (result.exit_code, type(result.exception)) == (1, SystemExit)
    assert "rows do not fit each other" in result.stderr
    assert result.stderr.rstrip().endswith(f"run: onrecord check-record {record}")


def test_a_fault_of_ours_over_a_whole_record_is_not_hidden(onrecord, record, monkeypatch):
    def fail(*_, **__):
        raise TypeError("ours")

    monkeypatch.setattr("onrecord.record.lookup.look_up", fail)
    assert isinstance(onrecord("show", statement_of(record), "--in", record).exception, TypeError)
