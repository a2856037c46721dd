"""WEB8 and WEB9: what takes too long or is too large is ended, and nothing that a page does can write."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import replace
from threading import Barrier, Thread, Timer

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from handmade import read_by_hand
from onrecord.errors import SlowQuery
from onrecord.record import Record, opening, readonly
from onrecord.record.opening import transaction
from onrecord.settings import DEFAULTS
from onrecord.web.app import create_app
from onrecord.web.connections import Readers
from onrecord.web.failing import failure_of
from onrecord.web.site import reading, writing

SLOW = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
WRITES = (
    "INSERT INTO terms (term) VALUES ('x')",
    "UPDATE documents SET title = 'x'",
    "DELETE FROM statements",
    "CREATE TABLE x (y)",
    "CREATE TEMP TABLE x (y)",
    "DROP TABLE terms",
    "ALTER TABLE terms ADD COLUMN x",
    "INSERT INTO statements_fts (statements_fts) VALUES ('rebuild')",
    "PRAGMA writable_schema = ON",
    "PRAGMA query_only = OFF",
    "PRAGMA user_version = 9",
    "PRAGMA journal_mode = DELETE",
    "ATTACH ':memory:' AS x",
    "ATTACH '/tmp/onrecord-x.db' AS x",
    "VACUUM INTO '/tmp/onrecord-x.db'",
    "REINDEX",
)


@pytest.fixture
def readers(record_path):
    readers = Readers(record_path, DEFAULTS)
    yield readers
    readers.close()


@pytest.mark.parametrize("write", WRITES)
def test_no_connection_of_the_server_can_write(readers, write):
    with readers.record() as record, pytest.raises(sqlite3.Error):
        record.connection.execute(write).fetchall()


@pytest.mark.timed
def test_a_query_that_takes_too_long_is_ended_within_its_time(readers):
    begun = time.monotonic()
    with pytest.raises(SlowQuery), readers.record(seconds=0.2) as record:
        record.connection.execute(SLOW).fetchone()
    assert time.monotonic() - begun < 1.2
    with readers.record() as record:  # and its connection is as good as before
        assert record.connection.execute("SELECT count(*) FROM documents").fetchone()[0] > 20


@pytest.mark.timed
def test_all_queries_of_a_page_share_its_time(record_path):
    def slow(request):
        with reading(request) as record:
            record.connection.execute(SLOW).fetchone()

    app = create_app(record_path, settings=replace(DEFAULTS, web_seconds=0.2))
    app.router.routes.insert(0, Route("/slow", slow))
    with TestClient(app) as client:
        begun = time.monotonic()
        answer = client.get("/slow")
        assert time.monotonic() - begun < 1.2
        assert answer.status_code == 503
        assert "takes too long" in answer.text
        assert "narrow it" in answer.text
        assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "address", ["/search?words=levy", "/verify?quotation=empty+by+spring", "/framing?topic=levy", "/stories?since=2024"]
)
def test_what_takes_too_long_is_told_beside_what_was_asked_and_names_no_file(record_path, monkeypatch, address):
    monkeypatch.setattr(readonly, "STEPS", 20)
    with TestClient(create_app(record_path, settings=replace(DEFAULTS, web_seconds=0.000_001))) as client:
        answer = client.get(address)
    (_, asked) = address.replace("+", " ").split("=")
    assert answer.status_code == 503
    assert "akes too long" in answer.text
    assert any(words in answer.text for words in (f'value="{asked}"', f">\n{asked}</textarea>"))
    assert str(record_path.parent) not in answer.text


def test_a_program_is_told_to_ask_again_where_that_helps(record_path, monkeypatch):
    busy = SlowQuery("too many readers at once", advice="try again in a moment")
    assert failure_of(busy).headers == {"Retry-After": "2"}
    monkeypatch.setattr(readonly, "STEPS", 20)
    with TestClient(create_app(record_path, settings=replace(DEFAULTS, web_seconds=0.000_001))) as client:
        answer = client.get("/api/v1/search?words=levy")  # takes too long whenever it is asked
    assert (answer.status_code, answer.headers.get("Retry-After")) == (503, None)


def test_an_address_steers_no_terminal_that_the_server_writes_to(record_path, monkeypatch, caplog):
    monkeypatch.setattr(readonly, "STEPS", 20)
    with TestClient(create_app(record_path, settings=replace(DEFAULTS, web_seconds=0.000_001))) as client:
        assert client.get("/person/%1B[31mAda%0AQuill").status_code == 503
    (told,) = caplog.messages
    assert told.isprintable()
    assert told.startswith("/person/%1B")


def test_facets_that_take_too_long_cost_the_page_nothing_else(record_path, monkeypatch):
    def too_slow(*_args):
        raise SlowQuery("takes too long")

    monkeypatch.setattr("onrecord.record.searching.Search.common", too_slow)
    with TestClient(create_app(record_path)) as client:
        page = client.get("/search?words=levy").text
        assert 'class="hit' in page
        assert "To count what these have in common would take too long" in page
        assert client.get("/").status_code == 200


def test_more_readers_than_connections_wait_for_one_another(record_path):
    readers = Readers(record_path, replace(DEFAULTS, web_connections=2))
    together, seen = Barrier(8), []

    def look():
        together.wait()
        for _ in range(5):
            with readers.record() as record:
                seen.append(record.connection.execute("SELECT count(*) FROM documents").fetchone()[0])

    threads = [Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 40
    assert len(set(seen)) == 1
    readers.close()


def test_meanings_are_loaded_once_for_all_connections_and_again_after_an_addition(record_path, tmp_path):
    path = tmp_path / "own.db"
    with Record.open(record_path, read_only=True) as record:
        record.connection.execute("VACUUM INTO ?", (str(path),))
    readers = Readers(path, DEFAULTS)
    with readers.record() as first, readers.record() as second:
        assert first is not second
        assert first.meaning_index()._vectors is second.meaning_index()._vectors
        before = len(first.meaning_index())
        with Record.open(path) as writer:
            writer.add(read_by_hand("A new levy, Mara Ilven said.", url="https://new.example/1"))
        assert len(first.meaning_index()) == before + 1
        assert len(second.meaning_index()) == before + 1
    readers.close()


@pytest.mark.parametrize("length", ["2097153", "99999999999999999999", "-1", "many", "१"])
def test_a_body_that_says_it_is_too_large_is_refused_unread(client, length):
    answer = client.post("/api/v1/read", content=b"x", headers={"Content-Length": length.encode("utf-8")})
    assert answer.status_code == (413 if length.isdecimal() and length.isascii() else 400)
    assert set(answer.json()["error"]) == {"code", "message", "advice"}


def test_a_body_that_grows_too_large_is_refused_on_the_way(client):
    def pieces():
        for _ in range(40):
            yield b"x" * 65_536

    answer = client.post("/api/v1/read", content=pieces(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert answer.json()["error"]["message"] == "more than 2,097,152 bytes"


def test_no_answer_has_more_than_a_thousand_rows(client):
    assert client.get("/search?page=51").status_code == 400
    assert client.get("/search?page=50").status_code == 200
    assert client.get("/search", params=[("speaker", str(index)) for index in range(21)]).status_code == 400
    assert client.get("/search", params={"words": "x" * 501}).status_code == 400


def test_ranges_of_a_file_are_not_served_in_pieces(client):
    many = ",".join(f"{index}-{index}" for index in range(500))
    answer = client.get("/static/reader.css", headers={"Range": f"bytes={many}"})
    assert answer.status_code == 200


def test_a_change_that_waits_for_another_process_is_told_of_where_the_server_runs(tmp_path, monkeypatch, caplog):
    path = tmp_path / "news.db"
    Record.open(path, create=True).close()
    monkeypatch.setattr(opening, "SILENT_SECONDS", 0.05)
    holding = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    letting_go = Timer(0.5, holding.close)
    letting_go.start()
    with writing(path) as record, transaction(record.connection):
        assert caplog.messages == [f"{path}: another process is writing to it; a change waits"]
    letting_go.join()
