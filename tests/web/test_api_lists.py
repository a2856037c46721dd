"""Lists of REST: one shape, whole pages in one order whatever is added meanwhile, and tags of what has not changed."""

from __future__ import annotations

import json
import shutil

import pytest
from msgspec.json import encode
from starlette.testclient import TestClient

from handmade import invented_reading, read_by_hand
from onrecord.record import Record, paging
from onrecord.record.correcting import Should
from onrecord.settings import Settings
from onrecord.web.app import create_app

API = "/api/v1"
PATIENT = Settings(web_seconds=60)
"""Tests are no place for a clock: a busy machine may take its time."""


@pytest.fixture(scope="module")
def api(record_path):
    with TestClient(create_app(record_path, settings=PATIENT), base_url=f"http://testserver{API}") as client:
        yield client


@pytest.fixture
def growing(record_path, tmp_path):
    """A record of its own, and a client that asks for it."""
    path = shutil.copy(record_path, tmp_path / "news.db")
    app = create_app(path, settings=PATIENT)
    with TestClient(app, base_url=f"http://testserver{API}") as client, Record.open(path) as record:
        yield client, record


def walk(client, path, *, limit, between=lambda: None, **parameters):
    """Return the items of all pages of a list."""
    items, cursor = [], {}
    while True:
        page = client.get(path, params={**parameters, "limit": limit, **cursor}).json()
        assert len(page["items"]) <= limit
        items += page["items"]
        if page["next"] is None:
            return items
        cursor = {"cursor": page["next"]}
        between()


@pytest.mark.parametrize(
    "path",
    [
        "/documents", "/statements", "/people", "/outlets", "/search", "/search?words=levy&facets=true", "/stats",
        "/stats?by=month", "/corrections", "/changes", "/stories",
    ],
)  # fmt: skip
def test_every_list_has_items_and_says_where_it_goes_on(api, path):
    page = api.get(path).json()
    assert isinstance(page["items"], list)
    assert page["next"] is None or isinstance(page["next"], str)


LISTS = (
    ("/documents", {"copies": True}, "document"),
    ("/statements", {}, "statement"),
    ("/statements", {"speaker": "Ilven"}, "statement"),
    ("/statements", {"person": "Mara Ilven", "copies": True}, "statement"),
    ("/people", {}, "id"),
    ("/outlets", {}, "name"),
    ("/search", {"sort": "oldest"}, "statement"),
    ("/search", {"words": "the", "sort": "best"}, "statement"),
    ("/search", {"meaning": "fishing", "sort": "best"}, "statement"),
)


@pytest.mark.parametrize(("path", "parameters", "name"), [*LISTS, ("/stories", {"least": 1}, "id")])
def test_pages_of_any_size_make_up_the_same_list(api, path, parameters, name):
    whole = [item[name] for item in walk(api, path, limit=1000, **parameters)]
    assert whole
    assert len(set(whole)) == len(whole)
    size = max(2, len(whole) // 4)
    assert [item[name] for item in walk(api, path, limit=size, **parameters)] == whole


def test_corrections_and_changes_come_a_page_at_a_time(growing):
    client, record = growing
    statements = [each.statement for each in record.search(sort="oldest")][:3]
    for statement in (*statements, statements[0]):
        record.correct(statement, Should(speaker=["Wenna Sool"]))
    record.undo_correction(2)
    for name in ("One", "Two", "Three"):
        record.join_outlets(name, [record.outlets()[0].domains[0].name])
    for path, made in (("/corrections", record.corrections()), ("/changes", record.changes())):
        for limit in (1, 2, len(made), len(made) + 1):
            assert walk(client, path, limit=limit) == json.loads(encode(made))
    assert [each["state"] for each in walk(client, "/corrections", limit=1)] == [
        *("replaced", "withdrawn", "stands", "stands")
    ]


@pytest.mark.parametrize(("path", "parameters", "name"), LISTS)
def test_nothing_comes_twice_or_is_missed_while_reports_are_added(growing, path, parameters, name):
    client, record = growing
    before = [item[name] for item in walk(client, path, limit=1000, **parameters)]
    seeds = iter(range(100, 200))
    found = walk(
        client,
        path,
        limit=max(2, len(before) // 4),
        between=lambda: record.add(invented_reading(next(seeds))),
        **parameters,
    )
    found = [item[name] for item in found]
    assert len(set(found)) == len(found)
    assert [each for each in found if each in set(before)] == before


@pytest.mark.parametrize("sort", ["best", "newest", "oldest", "added"])
def test_the_next_page_of_a_search_begins_behind_what_was_passed_whatever_became_of_that(growing, sort):
    client, record = growing
    before = [item["statement"] for item in walk(client, "/search", limit=1000, words="the", sort=sort)]
    taken = [before[0], before[1], before[5]]

    def take_one_away():
        if taken:
            record.take_away(taken.pop(0))

    found = walk(client, "/search", limit=4, between=take_one_away, words="the", sort=sort)
    assert [item["statement"] for item in found] == before

    def bring_one_back():
        if standing := [each.id for each in record.corrections() if each.state == "stands"]:
            record.undo_correction(standing[0])

    left = [item["statement"] for item in walk(client, "/search", limit=1000, words="the", sort=sort)]
    found = walk(client, "/search", limit=4, between=bring_one_back, words="the", sort=sort)
    assert [item["statement"] for item in found if item["statement"] in left] == left


def test_a_text_that_is_revised_between_two_pages_costs_no_other_a_place(growing):
    client, record = growing
    before = walk(client, "/search", limit=1000, sort="newest")
    url = before[0]["citation"]["address"]

    def revise():
        record.add(read_by_hand("Another text of it stands there now, Wenna Sool said.", url=url))

    found = walk(client, "/search", limit=3, between=revise, sort="newest")
    assert [item["statement"] for item in found[3:]] == [
        item["statement"] for item in before[3:] if item["citation"]["address"] != url
    ]


def test_a_page_looks_at_so_many_rows_and_no_more(api, monkeypatch):
    monkeypatch.setattr(paging, "BY_NAME", 20)
    monkeypatch.setattr(paging, "ENTITIES", 20)
    page = api.get("/statements?speaker=Nobody Atall").json()
    assert page["items"] == []
    assert page["next"] is not None
    assert walk(api, "/statements", limit=10, speaker="Nobody Atall") == []
    assert len(walk(api, "/people", limit=10)) == len(walk(api, "/people", limit=1000))


@pytest.mark.parametrize("kind", ["statements", "people", "outlets", "search", "corrections"])
def test_a_cursor_belongs_to_its_list(api, kind):
    cursor = api.get("/documents?limit=1").json()["next"]
    for wrong in (cursor, cursor[:-1], "Zm9v", "A"):
        answer = api.get(f"/{kind}?cursor={wrong}")
        assert answer.status_code == 400
        assert answer.json()["error"]["code"] == "bad_query"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("spaker=Ilven", "no such parameter: spaker"),
        ("limit=1001", "query.limit"),
        ("since=yesterday", "query.since"),
        ("form=loud", "query.form"),
    ],
)
def test_what_is_not_understood_is_refused(api, query, says):
    answer = api.get(f"/statements?{query}")
    assert answer.status_code in {400, 422}
    assert says in answer.json()["error"]["message"]


# ---- tags ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/documents", "/search?words=levy", "/stats", "/openapi.json", "/people?limit=2"])
def test_what_has_not_changed_is_told_by_its_tag_alone(api, path):
    first = api.get(path)
    tag = first.headers["etag"]
    assert not tag.startswith("W/")
    for held in (tag, f"W/{tag}", f'"other", {tag}'):
        answer = api.get(path, headers={"If-None-Match": held})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    assert api.get(path, headers={"If-None-Match": '"other"'}).content == first.content


def test_a_tag_is_another_one_after_every_write_and_for_every_address(growing):
    client, record = growing
    tags = {client.get(path).headers["etag"] for path in ("/documents", "/documents?limit=3", "/outlets")}
    assert len(tags) == 3
    held = client.get("/corrections").headers["etag"]
    for write in (
        lambda: record.add(invented_reading(300)),
        lambda: record.merge(["Mara Ilven", "Teo Brandt"]),
        lambda: record.undo(1),
        lambda: record.connection.execute("UPDATE outlets SET note = 'seen'"),
    ):
        write()
        answer = client.get("/corrections", headers={"If-None-Match": held})
        assert answer.status_code == 200
        held = answer.headers["etag"]
    assert client.get("/corrections", headers={"If-None-Match": held}).status_code == 304


def test_errors_have_no_tag(api):
    answer = api.get("/documents/0000000000000000", headers={"If-None-Match": "*"})
    assert (answer.status_code, "etag" in answer.headers) == (404, False)
