"""Changes by REST: by whoever has the token and nobody else, never for another site's page (row WEB6)."""

from __future__ import annotations

import json
import shutil

import pytest
from starlette.testclient import TestClient

from onrecord.adding import workers
from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.web.api.describing import describe_api
from onrecord.web.app import Edits, create_app
from reading_by_hand import CHILD

API = "/api/v1"
TOKEN = "a token of the tests"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
ANYTHING = {"document": "0" * 16, "statement": f"{'0' * 16}-{'0' * 8}", "person": "p00", "number": 1}
WRITES = sorted(
    path.removeprefix(API).format(**ANYTHING)
    for path, operations in describe_api()["paths"].items()
    for method, operation in operations.items()
    if method == "post" and operation.get("security")
)
SAFE_POSTS = ["/read", "/verify"]


def open_client(path, **options):
    settings = Settings(web_seconds=60, parser_seconds=60)
    return TestClient(create_app(path, settings=settings, **options), base_url=f"http://testserver{API}")


@pytest.fixture(scope="module")
def copy(record_path, tmp_path_factory):
    return shutil.copy(record_path, tmp_path_factory.mktemp("edited") / "news.db")


@pytest.fixture(scope="module")
def editor(copy):
    """A client of a server that may change its record, with the token."""
    with open_client(copy, edits=Edits(token=TOKEN)) as client:
        client.headers.update(BEARER)
        yield client


@pytest.fixture
def by_hand(monkeypatch):
    """Have reports read by a reader of the tests, which needs no network."""
    monkeypatch.setattr(workers, "CHILD", CHILD)


def everything_in(path):
    with Record.open(path, read_only=True) as record:
        return list(record.connection.iterdump())


# ---- who may -------------------------------------------------------------------------------------------------


def test_all_that_changes_something_is_among_the_writes():
    assert len(WRITES) == 8
    posts = {
        path.removeprefix(API) for path, operations in describe_api()["paths"].items() if set(operations) - {"get"}
    }
    assert len(posts) == len(WRITES) + len(SAFE_POSTS)


@pytest.mark.parametrize("path", WRITES)
def test_a_server_without_edits_changes_nothing(record_path, path):
    with open_client(record_path) as client:
        answer = client.post(path, json={"text": "She said no."}, headers=BEARER)
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "refused_request"


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("given", ["", "Bearer", "Bearer a token", f"Basic {TOKEN}", "Bearer \xe9"])
def test_without_the_token_nothing_is_changed(editor, path, given):
    answer = editor.post(path, json={}, headers={"Authorization": given.encode("latin-1")})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert set(answer.json()["error"]) == {"code", "message", "advice"}


def test_a_token_may_have_any_letters(copy):
    with open_client(copy, edits=Edits(token="schlüssel à")) as client:
        answer = client.post("/corrections/1/undo", headers={"Authorization": "Bearer schlüssel à".encode()})
        assert answer.status_code == 404  # there is no such correction, and somebody may ask


FOREIGN = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver:81"},
    {"Origin": "http://testserver.evil.example"},
    {"Content-Type": "text/plain"},
    {"Content-Type": "application/x-www-form-urlencoded"},
    {"Content-Type": "text/plain; application/json"},
)


@pytest.mark.parametrize("path", [*WRITES, *SAFE_POSTS])
@pytest.mark.parametrize("headers", FOREIGN, ids=lambda headers: " ".join(*headers.items()))
def test_what_another_site_sends_is_refused_with_the_token_too(editor, copy, path, headers):
    before = everything_in(copy)
    answer = editor.post(
        path, content=b'{"text": "She said no."}', headers={"Content-Type": "application/json", **headers}
    )
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "refused_request"
    assert everything_in(copy) == before


def test_a_body_that_does_not_say_that_it_is_json_is_refused(editor):
    assert editor.post("/people/merge", content=b'{"people": ["Mara Ilven", "Teo Brandt"]}').status_code == 403
    assert editor.post("/read", content=b'{"text": "She said no."}').status_code == 403


OWN = ({}, {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, {"Sec-Fetch-Site": "none"})


@pytest.mark.parametrize("headers", OWN, ids=["curl", "page", "typed"])
def test_programs_and_own_pages_may_change_what_the_token_lets_them(editor, headers):
    answer = editor.post("/people/merge", json={"people": ["Mara Ilven", "Teo Brandt"]}, headers=headers)
    assert answer.status_code == 201
    assert editor.post(f"/changes/{answer.json()['id']}/undo", headers=headers).json()["undone_at"]


# ---- what they do --------------------------------------------------------------------------------------------


def test_a_correction_is_shown_over_what_was_read_until_it_is_undone(editor):
    hit = editor.get('/search?words="empty by spring"').json()["items"][0]
    path = f"/statements/{hit['statement']}"
    answer = editor.post(f"{path}/corrections", json={"speaker": ["Ada Quill"], "who": "Nell", "why": "heard it"})
    assert answer.status_code == 201
    (correction,) = answer.json()["items"]
    assert (correction["value"], correction["before"], correction["who"]) == ("Ada Quill", "Teo Brandt", "Nell")
    assert editor.get(path).json()["hit"]["speaker"] == "Ada Quill"
    document = f"/documents/{hit['citation']['document']}"
    assert "Ada Quill" in editor.get(document).text
    assert "Ada Quill" not in editor.get(f"{document}?corrected=false").text
    assert correction in editor.get("/corrections").json()["items"]
    assert editor.post(f"/corrections/{correction['id']}/undo").json()["state"] == "withdrawn"
    assert editor.get(path).json()["hit"]["speaker"] == "Teo Brandt"
    assert editor.post(f"/corrections/{correction['id']}/undo").status_code == 400


def test_a_person_is_split_by_reports(editor):
    person = editor.get("/people/Mara Ilven").json()
    reports = [each["document"] for each in person["found_in"][:2]]
    answer = editor.post(f"/people/{person['id']}/split", json={"reports": reports, "why": "a namesake"})
    assert (answer.status_code, answer.json()["kind"]) == (201, "split")
    assert editor.get(f"/people/{person['id']}").json()["reports"] == person["reports"] - 2
    assert answer.json() in editor.get("/changes").json()["items"]
    editor.post(f"/changes/{answer.json()['id']}/undo")


def test_the_form_is_corrected_and_told(editor):
    hit = editor.get("/statements?limit=1").json()["items"][0]["statement"]
    form = editor.get(f"/statements/{hit}").json()["statement"]["form"]
    wanted = "direct" if form != "direct" else "mixed"
    (made,) = editor.post(f"/statements/{hit}/corrections", json={"form": wanted}).json()["items"]
    assert (made["field"], made["value"], made["before"]) == ("form", wanted, form)
    assert editor.get(f"/statements/{hit}").json()["statement"]["form"] == wanted
    editor.post(f"/corrections/{made['id']}/undo")
    assert editor.get(f"/statements/{hit}").json()["statement"]["form"] == form


def test_whether_it_was_said_is_corrected(editor):
    hit = editor.get("/statements?limit=1").json()["items"][0]["statement"]
    made = editor.post(f"/statements/{hit}/corrections", json={"modality": "future", "negated": True}).json()["items"]
    assert [(each["field"], each["value"], each["before"]) for each in made] == [
        ("modality", "future", "said"),
        ("negated", "yes", "no"),
    ]
    told = editor.get(f"/statements/{hit}").json()
    assert [(told[part]["modality"], told[part]["negated"]) for part in ("statement", "hit")] == [("future", True)] * 2
    for each in made:
        editor.post(f"/corrections/{each['id']}/undo")


def test_source_and_cue_are_corrected_in_words(editor):
    hit = editor.get('/search?words="empty by spring"').json()["items"][0]
    path = f"/statements/{hit['statement']}"
    before = editor.get(path).json()["statement"]
    made = editor.post(f"{path}/corrections", json={"source": "", "cue": "quay"}).json()["items"]
    assert [(each["field"], each["value"]) for each in made] == [("source", None), ("cue", "quay")]
    after = editor.get(path).json()["statement"]
    assert (after["source"], after["cue"]) == ([], made[1]["spans"])
    for each in made:
        editor.post(f"/corrections/{each['id']}/undo")
    assert editor.get(path).json()["statement"] == before


def test_a_statement_that_was_missed_is_put_in_corrected_and_taken_out_again(editor, document):
    words = text_of(editor, document)[:9]
    body = {"content_spans": [[0, 9]], "speaker": ["Ida Sool"], "cue_class": "promising", "who": "Nell"}
    answer = editor.post(f"/documents/{document}/statements", json=body)
    made = answer.json()
    assert (answer.status_code, made["field"], made["value"], made["who"]) == (201, "added", words, "Nell")
    assert editor.get(f"/statements/{made['statement']}").json()["hit"]["speaker"] == "Ida Sool"
    assert editor.post(f"/documents/{document}/statements", json=body).json()["error"]["code"] == "bad_change"
    answer = editor.post(f"/statements/{made['statement']}/corrections", json={"speaker": ["Osric Pallen"]})
    (corrected,) = answer.json()["items"]
    assert (answer.status_code, corrected["before"], corrected["value"]) == (201, "Ida Sool", "Osric Pallen")
    assert "Osric Pallen" in editor.get(f"/documents/{document}").text
    undone = editor.post(f"/corrections/{made['id']}/undo").json()
    assert (undone["state"], editor.get(f"/statements/{made['statement']}").status_code) == ("withdrawn", 404)


def test_a_statement_that_is_none_is_taken_away_until_that_is_undone(editor):
    hit = editor.get("/statements?limit=1").json()["items"][0]["statement"]
    document = hit.partition("-")[0]
    before = editor.get(f"/documents/{document}").json()["statements"]
    answer = editor.post(f"/statements/{hit}/take-away", json={"who": "Nell", "why": "a headline"})
    made = answer.json()
    assert (answer.status_code, made["field"], made["why"], made["state"]) == (201, "deleted", "a headline", "stands")
    assert len(editor.get(f"/documents/{document}").json()["statements"]) == len(before) - 1
    assert editor.post(f"/statements/{hit}/take-away", json={}).status_code == 400
    editor.post(f"/corrections/{made['id']}/undo")
    assert editor.get(f"/documents/{document}").json()["statements"] == before


def test_one_that_was_put_in_is_taken_out_again_by_saying_that_it_is_none(editor, document):
    made = editor.post(f"/documents/{document}/statements", json={"content_spans": [[0, 9]]}).json()
    answer = editor.post(f"/statements/{made['statement']}/take-away", json={})
    assert (answer.status_code, answer.json()) == (201, {**made, "state": "withdrawn"})


@pytest.fixture
def document(editor):
    """The id of a report."""
    return editor.get("/statements?limit=1").json()["items"][0]["statement"].partition("-")[0]


def text_of(editor, document):
    return editor.get(f"/documents/{document}").json()["document"]["text"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"content": ""}, 422),
        ({"content": "words that are nowhere"}, 400),
        ({"content_spans": [[0, 9_999_999]]}, 400),
        ({"content_spans": [[0, 9], [4, 12]]}, 400),
        ({"content_spans": [[9, 2]]}, 400),
        ({"content_spans": [[0, 9]], "cue": "words that are nowhere"}, 400),
        ({"content_spans": [[0, 9]], "speaker": [" "]}, 400),
        ({"content_spans": [[0, 9]], "speaker": ["\ud800"]}, 422),
        ({"content_spans": [[0, 9]], "cue_class": "loud"}, 422),
        ({"content_spans": [[0, 9]], "form": "direct"}, 422),
    ],
)
def test_a_statement_that_can_not_be_put_in_changes_nothing(editor, copy, document, body, status):
    before = everything_in(copy)
    content = json.dumps(body).encode()
    answer = editor.post(
        f"/documents/{document}/statements", content=content, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == status, answer.text
    assert everything_in(copy) == before


@pytest.mark.parametrize("path", ["/documents/0000000000000000/statements", "/statements/0-1/take-away"])
def test_what_is_not_there_is_not_found(editor, path):
    answer = editor.post(path, json={"content": "Nobody"} if "documents" in path else {})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "missing_record")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"speaker": ["Ada Quill"], "cue_class": "loud"}, 422),
        ({"form": "sung"}, 422),
        ({"speakr": ["Ada Quill"]}, 422),
        ({"content_spans": [[0, 9_999_999]]}, 400),
        ({"content_spans": [[5, 2]]}, 400),
        ({"content_spans": [[-1, 2]]}, 400),
        ({"content": "words that are nowhere"}, 400),
        ({}, 400),
        ([], 422),
        ({"speaker": ["\ud800"]}, 422),
    ],
)
def test_a_correction_that_can_not_be_made_changes_nothing(editor, copy, body, status):
    statement = editor.get("/statements?limit=1").json()["items"][0]["statement"]
    before = everything_in(copy)
    content = json.dumps(body).encode()
    answer = editor.post(
        f"/statements/{statement}/corrections", content=content, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == status, answer.text
    assert everything_in(copy) == before


# ---- adding --------------------------------------------------------------------------------------------------

REPORTS = [
    {"text": f"The pier closes in {month}.\n\nMara Ilven said so.", "url": f"https://orrin.example/{month}"}
    for month in ("May", "June", "July")
]


def events_of(answer):
    """Return the events of a stream: names and data."""
    parts = [part.partition("\ndata: ") for part in answer.text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data)) for name, _, data in parts]


@pytest.mark.usefixtures("by_hand")
def test_an_addition_tells_of_each_report_as_it_is_kept(editor):
    lines = "\n".join(map(json.dumps, [*REPORTS, {"title": "nothing"}, REPORTS[0]]))
    answer = editor.post(
        "/documents",
        content=lines.encode(),
        headers={"Content-Type": "Application/JSONL", "Accept": "text/event-stream"},
    )
    assert answer.headers["content-type"].startswith("text/event-stream")
    *told, (last, done) = events_of(answer)
    assert {name for name, _ in told} == {"report"}
    assert [each["outcome"] for _, each in told] == ["added", "added", "added", "failed", "skipped"]
    assert told[3][1]["origin"] == "request.jsonl:4"
    assert (last, done["counts"]["added"], done["counts"]["statements"]) == ("done", 3, 6)
    for _, each in told[:3]:
        assert editor.get(f"/documents/{each['document']}").status_code == 200


@pytest.mark.usefixtures("by_hand")
def test_one_report_is_added_and_answered(editor):
    report = {"text": "The ferry is late, Teo Brandt said.", "url": "https://orrin.example/late", "date": "2024-07-01"}
    answer = editor.post("/documents", json=report).json()
    (told,) = answer["items"]
    assert (told["outcome"], answer["counts"]["added"], answer["next"]) == ("added", 1, None)
    found = editor.get(f"/documents/{told['document']}").json()["document"]
    assert (found["url"], found["published"]) == (report["url"], report["date"])
    assert editor.post("/documents", json=report).json()["items"][0]["outcome"] == "skipped"


@pytest.mark.usefixtures("by_hand")
def test_a_report_that_was_taken_out_is_passed_over(editor, copy):
    report = {"text": "The ferry is gone, Teo Brandt said.", "url": "https://orrin.example/gone"}
    document = editor.post("/documents", json=report).json()["items"][0]["document"]
    with Record.open(copy) as record:
        record.remove([document])
    answer = editor.post("/documents", json=report).json()
    (told,) = answer["items"]
    assert (told["outcome"], told["removal"], told["document"]) == ("removed before", 1, document)
    assert told["cause"] == "was taken out of this record before (removal 1)"
    assert answer["counts"]["removed_before"] == 1


@pytest.mark.usefixtures("by_hand")
def test_a_report_that_kills_its_reader_is_set_aside_and_the_rest_is_added(editor):
    reports = [{"text": "CRASH"}, {"text": "Nobody came, Ibby Tarrow said."}]
    answer = editor.post("/documents", json=reports).json()
    assert [each["outcome"] for each in answer["items"]] == ["set aside", "added"]
    assert "died" in answer["items"][0]["cause"]


@pytest.mark.usefixtures("by_hand")
def test_a_lone_report_that_can_not_be_read_is_an_error(editor):
    answer = editor.post("/documents", json={"title": "no text"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "bad_line")
