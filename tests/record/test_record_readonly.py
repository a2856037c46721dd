"""A read-only record: nothing can be written through it, and what takes too long is ended."""

from __future__ import annotations

import sqlite3

import pytest

from handmade import invented_reading
from onrecord.errors import SlowQuery
from onrecord.record import Record
from onrecord.record.damage import translated
from onrecord.record.readonly import ReadOnlyRecord

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
def record(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as writable:
        writable.add(invented_reading(1))
    with ReadOnlyRecord(tmp_path / "news.db") as opened:
        opened.give_time(30)
        yield opened


@pytest.mark.parametrize(
    "sql", ["DELETE FROM documents", "ATTACH ':memory:' AS other", "PRAGMA query_only = OFF", "CREATE TABLE t (a)"]
)
def test_nothing_can_be_changed(record, sql):
    with pytest.raises(sqlite3.DatabaseError, match=r"readonly|not authorized"):
        record.connection.execute(sql)


def test_it_is_searched_like_any_other(record):
    assert len(list(record.search(limit=3))) == 3


def test_what_takes_too_long_is_ended_with_advice(record):
    record.give_time(0.05)
    with pytest.raises(SlowQuery, match="takes too long; narrow it"), translated("news.db"):
        record.connection.execute(ENDLESS).fetchone()
