"""WEB2: what every answer carries, whatever it answers; and what an error looks like."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.requests import ClientDisconnect
from starlette.routing import Route
from starlette.testclient import TestClient

from onrecord.web.app import create_app
from onrecord.web.failing import failure_of
from onrecord.web.headers import Guard

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def fail(_request):
    raise RuntimeError("secret.py line 3: SELECT * FROM statements")


@pytest.fixture(scope="module")
def failing(record_path):
    app = create_app(record_path)
    app.router.routes.insert(0, Route("/broken", fail))
    app.router.routes.insert(0, Route("/api/v1/broken", fail))
    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/search?words=levy", 200),
        ("/search?since=never", 400),
        ("/search?until=2024-W05-1", 400),
        ("/report/0000000000000000", 404),
        ("/nothing/here", 404),
        ("/report/", 404),
        ("/broken", 500),
    ],
)
def test_every_page_forbids_what_it_does_not_need(failing, path, status):
    answer = failing.get(path)
    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers
    assert "<script" not in answer.text
    assert "<style" not in answer.text
    assert " style=" not in answer.text


@pytest.mark.parametrize("path", ["/static/reader.css", "/api/v1/stats", "/api/v1/nothing"])
def test_other_answers_are_not_guessed_at(failing, path):
    answer = failing.get(path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers


def test_a_failure_names_nothing_of_the_inside(failing, record_path, caplog):
    for path in ("/broken", "/api/v1/broken"):
        answer = failing.get(path)
        assert answer.status_code == 500
        for secret in ("secret.py", "SELECT", "Traceback", "RuntimeError", str(record_path)):
            assert secret not in answer.text
    assert answer.json() == {
        "error": {
            "code": "internal",
            "message": "something went wrong here",
            "advice": "try again; if it stays so, look at what the server wrote and report it",
        }
    }
    assert "secret.py" in caplog.text  # whoever runs the server is told


def test_a_page_for_people_and_json_for_programs(failing):
    assert failing.get("/nothing").headers["content-type"].startswith("text/html")
    answer = failing.get("/api/v1/nothing")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"
    assert failing.post("/search").status_code == 405


@pytest.mark.parametrize(
    "path", ["/", "/report/0000", "/static/reader.css", "/api/v1/outlets", "/api/v1/people/nobody"]
)
def test_whoever_asks_for_the_head_alone_has_what_get_answers_but_the_body(failing, path):
    whole, head = failing.get(path), failing.head(path)
    assert (head.status_code, head.headers, head.content) == (whole.status_code, whole.headers, b"")


def test_a_failed_report_says_what_to_do(failing):
    page = failing.get("/report/0000000000000000").text
    assert "no such report in this record: 0000000000000000" in page
    assert "search for words of it" in page


@pytest.mark.parametrize(
    "path",
    ["/person/Nobody", "/statement/zz", "/statement/0000000000000000-00000000", "/story/zz"]
    + [f"/api/v1/{each}" for each in ("people/Nobody", "statements/zz", "stories/zz", "search?person=Nobody")],
)
def test_who_reads_in_a_browser_or_by_a_program_is_told_of_no_command(failing, path):
    answer = failing.get(path)
    assert answer.status_code == 404
    told = answer.json()["error"]["advice"] if path.startswith("/api") else answer.text.partition("What to do: ")[2]
    assert told[:40]
    assert not re.search(r"onrecord [a-z]|--[a-z]", told.partition("</main>")[0])


def test_a_server_of_this_machine_answers_to_no_other_name(record_path):
    with TestClient(create_app(record_path, hosts=("localhost", "[::1]"))) as client:
        for name, status in (("localhost:8710", 200), ("[::1]:8710", 200), ("evil.example", 421), ("", 421)):
            assert client.get("/", headers={"Host": name}).status_code == status
        assert client.get("/", headers={"Host": "evil.example"}).headers["content-security-policy"] == POLICY


def test_errors_that_nobody_has_foreseen_are_internal():
    assert failure_of(KeyError("x")).status == 500


def test_a_sender_that_goes_away_is_no_error(caplog):
    async def app(_scope, _receive, _send):
        raise ClientDisconnect

    sent = []
    guard = Guard(app, failing=lambda *_: sent.append("page"), body_bytes=10)
    request = {"type": "http", "method": "POST", "path": "/add", "headers": []}
    # A browser that another test of this process has open keeps a loop running in its thread.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(guard(request, None, None))).result()
    assert (sent, caplog.records) == ([], [])
