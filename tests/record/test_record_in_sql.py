"""What the page on SQL says works: every query of it runs, and the views hold what they promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handmade import full_reading, invented_reading, read_by_hand
from onrecord.record import Record
from onrecord.record.migrating import split_sql

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "record-in-sql.md"
QUERIES = [
    query for block in re.findall(r"```sql\n(.*?)```", PAGE.read_text(), re.DOTALL) for query in split_sql(block)
]


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    readings = [invented_reading(seed) for seed in range(10)]
    copy = read_by_hand(readings[0].document.text, url="https://mirror.example/0", published="2025-01-01")
    revised = read_by_hand("The levy will stay, Mara Ilven said.", url=readings[1].document.url, published="2025-01-01")
    with Record.open(tmp_path_factory.mktemp("sql") / "news.db", create=True) as record:
        record.add([*readings, copy, revised, full_reading(url="https://orrin.example/full")])
        yield record.connection


@pytest.mark.parametrize("query", QUERIES)
def test_each_query_of_the_page_finds_something(connection, query):
    assert connection.execute(query).fetchall()


def test_every_view_can_be_looked_at_whole(connection):
    views = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
    assert len(views) > 10
    for view in views:
        connection.execute(f"SELECT * FROM {view}").fetchall()


def test_the_views_that_the_page_names_are_there(connection):
    named = set(re.findall(r"`(\w+)`", PAGE.read_text().split("\nWho is quoted")[0]))
    views = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
    assert named <= views
