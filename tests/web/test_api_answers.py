"""Answers of REST: the contract, and what the commands print with --json; read by the same reader."""

from __future__ import annotations

import json

import msgspec
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from handmade import MINISTRY, said_together
from onrecord.cli import main
from onrecord.examples import example_report
from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.web.app import create_app

API = "/api/v1"
QUOTED = "“It is not a plan,” said Ada Quill on Monday. Two critics claimed that it would cost 400 crowns."
PAGE = example_report().read_text("utf-8")

FRENCH = '{"text": "Il a dit que le port restera fermé jusqu’en octobre, selon la mairie de la ville."}'.encode()


@pytest.fixture(scope="module")
def api(record_path):
    settings = Settings(web_seconds=60, parser_seconds=60, web_body_bytes=20_000)
    with TestClient(create_app(record_path, settings=settings), base_url=f"http://testserver{API}") as client:
        yield client


def printed(*arguments):
    """Return what a command prints with --json."""
    done = CliRunner().invoke(main, [*arguments, "--json"])
    return json.loads(done.stdout)


def without(value, *names):
    return {name: each for name, each in value.items() if name not in names}


def test_a_report_is_the_contract(api, record_path, levy):
    with Record.open(record_path, read_only=True) as record:
        reading = record.reading(levy)
    assert api.get(f"/documents/{levy}").content.strip() == msgspec.json.encode(reading)


def test_a_report_without_its_text_is_not_the_contract(api, levy):
    told = api.get(f"/documents/{levy}?text=false").json()
    assert told["schema"] == "onrecord/1+without-text"
    assert told["document"]["text"] is None
    assert "moorings" not in json.dumps(told)


@pytest.mark.parametrize("document", ["0000000000000000", "x", "%00", "a" * 300, "%F0%9F%8F%9B"])
def test_what_is_not_there_is_404(api, document):
    for kind in ("documents", "statements", "people", "variants"):
        answer = api.get(f"/{kind}/{document}")
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "missing_record"


def test_a_statement_is_what_show_prints(api, record_path):
    statement = api.get("/search?words=moorings").json()["items"][0]["statement"]
    assert api.get(f"/statements/{statement}").json() == printed("show", statement, "--in", str(record_path))


def test_a_search_is_what_search_prints(api, record_path):
    told = api.get("/search", params={"words": 'the "old bridge"', "form": "indirect", "facets": True}).json()
    same = printed("search", 'the "old bridge"', "--form", "indirect", "--facets", "--in", str(record_path))
    assert told["items"] == same["hits"]
    assert [told[name] for name in ("understood", "count", "facets")] == [
        same[name] for name in ("understood", "count", "facets")
    ]


def test_the_speakers_of_a_statement_are_told_one_by_one(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(said_together())
    with TestClient(create_app(tmp_path / "news.db"), base_url=f"http://testserver{API}") as api:
        (found,) = api.get("/search?words=quay").json()["items"]
        assert (found["speaker"], found["speakers"]) == (f"{MINISTRY} and Mara Ilven", [MINISTRY, "Mara Ilven"])
        verdict = api.get("/verify", params={"words": "The quay stays open"}).json()
        assert verdict["first"]["speakers"] == found["speakers"]
        assert api.get(f"/statements/{found['statement']}").json()["hit"]["speakers"] == found["speakers"]


def test_counts_are_what_stats_prints(api, record_path):
    told = api.get("/stats?by=outlet&limit=1000").json()
    assert told["items"] == printed("stats", "--by", "outlet", "--limit", "0", "--in", str(record_path))["tallies"]
    assert api.get("/stats?by=outlet&limit=1").json()["left_out"] == len(told["items"]) - 1


@pytest.mark.parametrize("words", ["The quay will be empty by spring", "nobody ever said this here at all"])
def test_a_verdict_is_what_verify_prints(api, record_path, words):
    same = printed("verify", words, "--speaker", "Brandt", "--in", str(record_path))
    assert api.get("/verify", params={"words": words, "speaker": "Brandt"}).json() == same
    assert api.post("/verify", json={"words": words, "speaker": "Brandt"}).json() == same


def test_appearances_are_what_variants_prints(api, record_path):
    statement = api.get('/search?words="empty by spring"').json()["items"][0]["statement"]
    told = api.get(f"/variants/{statement}").json()
    same = printed("variants", statement, "--in", str(record_path))
    assert (told["items"], told["statement"]) == (same["variants"], same["statement"])
    assert told["items"]


def test_a_story_is_what_story_prints(api, record_path, levy):
    assert api.get(f"/stories/{levy}").json() == printed("story", levy, "--in", str(record_path))


def test_a_person_is_found_by_id_and_by_full_name(api):
    (person,) = api.get("/people?name=Ilven").json()["items"]
    told = api.get(f"/people/{person['id']}").json()
    assert without(told, "found_in", "found_in_left_out") == person
    assert api.get("/people/Mara Ilven").json() == told
    assert len(told["found_in"]) == person["reports"]


# ---- reading -------------------------------------------------------------------------------------------------


def test_a_text_is_read_as_the_command_reads_it(api, tmp_path):
    report = {"text": QUOTED, "title": "A plan", "date": "2024-05-02", "url": "https://orrin.example/plan"}
    (tmp_path / "request.json").write_text(json.dumps(report), "utf-8")
    told = api.post("/read", json=report).json()
    same = printed("read", str(tmp_path / "request.json"))
    for reading in (told, same):
        for name in ("origin", "sha256"):  # of the file, and of the request's bytes
            reading["document"].pop(name)
    assert told == same
    assert told["statements"][0]["speaker_name"] == "Ada Quill"


def test_a_page_is_read_by_the_parser_apart(api):
    told = api.post("/read", json={"html": PAGE, "url": "https://orrin.example/plan"}).json()
    assert told["document"]["method"] == "jsonlines"
    assert {"headline", "body"} <= {zone["kind"] for zone in told["document"]["zones"]}
    assert "Varnham" in {each["speaker_name"].split()[-1] for each in told["statements"] if each["speaker_name"]}


def test_only_the_parts_asked_for_are_read(api):
    whole = api.post("/read", json={"text": QUOTED, "date": "2024-05-02"}).json()
    told = api.post("/read?parts=times", json={"text": QUOTED, "date": "2024-05-02"}).json()
    assert whole["amounts"]
    assert whole["times"] == told["times"] != []
    assert told["amounts"] == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"text": ""}', 422, "bad_line"),
        (b'{"title": "no text"}', 422, "bad_line"),
        (FRENCH, 422, "foreign_language"),
        (b"", 422, "bad_line"),
        (b"<html>", 422, "bad_line"),
        (b"WARC/1.0\r\n", 422, "bad_line"),
        (b'{"text": ', 422, "bad_line"),
        (b"[" * 100_000, 413, "request_entity_too_large"),
        (b"[" * 10_000, 422, "bad_line"),
        (b'[{"text": "She said no."}, {"text": "He said yes."}]', 400, "bad_query"),
        (b'{"text": "She said \\ud800 no.", "date": "2024-05-02"}', 200, None),
        (b'{"text": "x", "html": "y", "date": "some day"}', 200, None),
        (b'\xef\xbb\xbf{"text": "She said no.", "date": "2024-05-02"}', 200, None),  # as PowerShell writes a file
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_refused_and_nothing_else(api, body, status, code):
    answer = api.post("/read", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status, answer.text
    if code:
        assert set(answer.json()["error"]) == {"code", "message", "advice"}
        assert answer.json()["error"]["code"] in {code, "content_too_large"}
