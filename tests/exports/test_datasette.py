"""A record opens in Datasette as it is: its pages, each view, full-text search, and the metadata that goes with it."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from datasette.app import Datasette

from handing_on import record_of
from handmade import invented_reading, read_by_hand
from onrecord.document import Span
from onrecord.exports.datasette import COLUMNS, OPEN_TABLES, VIEWS, datasette_metadata
from onrecord.reading import Event
from onrecord.record.overview import table_names

# Datasette 0.65 leaves the connections of its threads to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    reading = read_by_hand("Mara Ilven sued Teo Brandt.", url="https://orrin.example/sued", outlet="Orrin Echo")
    event = Event(
        id="v1",
        type="ACCUSE",
        actors=("e1",),
        recipients=("e2",),
        span=Span(0, 27),
        trigger=Span(11, 15),
        confidence=0.8,
    )
    with record_of(
        tmp_path_factory.mktemp("datasette"), *map(invented_reading, range(12)), replace(reading, events=(event,))
    ) as record:
        return record.path


def tables_of(path):
    from onrecord.record import Record

    with Record.open(path, read_only=True) as record:
        return table_names(record.connection)


def ask(path, *addresses, metadata=None):
    """Start Datasette on the record in this process and return its answers."""

    async def answers():
        datasette = Datasette([str(path)], metadata=metadata)
        await datasette.invoke_startup()
        return [await datasette.client.get(address) for address in addresses]

    # A browser that another test of this process has open keeps a loop running in its thread.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(answers())).result()


def test_as_it_is_every_view_has_a_page(path):
    home, *views = ask(path, "/news", *(f"/news/{view}" for view in VIEWS))
    assert home.status_code == 200
    for name, page in zip(VIEWS, views, strict=True):
        assert page.status_code == 200, name
        assert f'href="/news/{name}"' in home.text, name


def test_as_it_is_full_text_is_found_out_and_searched(path):
    page, found = ask(
        path,
        "/news/statements_fts?_search=levy",
        "/news/who_said_what.json?_search=levy&_fts_table=statements_fts&_fts_pk=id&_shape=array",
    )
    assert page.status_code == 200
    assert 'type="search"' in page.text
    assert found.json()
    assert all("levy" in row["content"] for row in found.json())


def test_with_the_metadata_the_view_of_statements_has_a_search_box_and_facets(path):
    metadata = json.loads(datasette_metadata(path, tables_of(path)))
    home, page, found, search, quoted, framing = ask(
        path,
        "/news",
        "/news/who_said_what",
        "/news/who_said_what.json?_search=levy&_shape=array",
        "/news/search.json?words=levy&_shape=array",
        "/news/most_quoted",
        "/news/framing",
        metadata=metadata,
    )
    assert 'type="search"' in page.text
    assert VIEWS["who_said_what"] in page.text
    assert COLUMNS["cue_class"] in page.text
    assert found.json()
    assert len(search.json()) == len(found.json())
    assert [each.status_code for each in (home, page, quoted, framing)] == [200] * 4
    assert "Search what was said" in home.text
    assert "/news/person_profiles" not in home.text.split("hidden")[0]


def test_the_metadata_knows_every_view_and_every_table(path):
    import sqlite3

    metadata = json.loads(datasette_metadata(path, tables_of(path)))["databases"]["news"]["tables"]
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT name, type FROM sqlite_master WHERE type IN ('view', 'table')").fetchall()
    columns = {each[1] for each in connection.execute("PRAGMA table_info (who_said_what)")}
    connection.close()
    assert set(VIEWS) == {name for name, kind in rows if kind == "view"}
    assert set(OPEN_TABLES) <= {name for name, kind in rows if kind == "table"}
    assert set(metadata) == {name for name, _ in rows}
    assert set(COLUMNS) <= columns
