"""What the page on SQL says works: every query of it runs, and the views hold what they promise."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from handmade import full_reading, invented_reading, read_by_hand
from onrecord.reading import Reader
from onrecord.record import Filters, Missed, Record
from onrecord.record.frames import framed_statements
from onrecord.record.migrating import split_sql
from onrecord.record.roll import list_people
from people_by_hand import told_of

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


def test_the_view_of_people_tells_what_the_list_of_people_does(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        namesakes = [told_of("Ada Quill", country=each, url=f"https://orrin.example/{each}") for each in ("NO", "BE")]
        both = read_by_hand("The levy will go, Mara Ilven said.\n\nNobody was asked, Teo Brandt claimed.")
        record.add([*namesakes, both, told_of("Teo Brandt", url="https://orrin.example/teo")])
        record.merge(["Mara Ilven", "Teo Brandt"])
        rows = record.connection.execute("SELECT person, name, kind, statements, about, reports FROM people").fetchall()
        listed = list_people(record.connection, limit=10).people
        assert len(listed) == 3
        assert sorted(rows) == sorted((e.id, e.name, e.kind, e.statements, e.about, e.reports) for e in listed)


def test_what_somebody_said_of_a_statement_that_is_read_since_is_a_correction_of_it(tmp_path):
    read = read_by_hand("The levy will go, Mara Ilven said.\n\nNobody was asked, Teo Brandt claimed.")
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(replace(read, statements=read.statements[:1]))
        found = read.statements[1]
        missed = Missed(
            content_spans=found.content,
            source_spans=found.source,
            cue_spans=found.cue,
            speaker=["Ada Quill", "Bo Larch"],
            cue_class="accusing",
        )
        put_in = record.put_in(read.document.id, missed)
        record.add(replace(read, reader=Reader(version="0.2.0", model="hand")))
        query = "SELECT speaker, cue_class, is_corrected, is_added FROM who_said_what_corrected WHERE statement = ?"
        told = record.connection.execute(query, (put_in.statement,)).fetchall()
        assert told == [("Ada Quill, Bo Larch", "accusing", 1, 0)]
        (hit,) = record.search("asked")
        assert (hit.speaker, hit.cue_class, hit.is_corrected) == told[0][:3]
        (framed,), _ = framed_statements(record.connection, Filters(), "asked")
        assert framed.cue_class == "accusing"
