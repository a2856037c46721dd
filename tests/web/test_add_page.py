"""Adding from the browser: a text that is pasted, or files, read beside the pages that go on being served."""

from __future__ import annotations

import re
import threading
import time

import pytest
from starlette.testclient import TestClient

from handmade import read_by_hand
from onrecord.adding import workers
from onrecord.errors import SlowQuery
from onrecord.ingest.options import ReadOptions
from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.web import additions
from onrecord.web.additions import Additions, Given, Run
from onrecord.web.app import Edits, create_app
from page_parts import Page
from reading_by_hand import CHILD

TOKEN = "a token of the tests"
TEXT = "Toll to rise\n\nThe toll on the bridge will rise in May, Ada Quill said on Monday in the council of Belvar."
OTHER = "Nobody had asked the fishers of Orrin Quay what the levy would do to them this winter, Teo Brandt said."


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("adding") / "news.db"
    with Record.open(path, create=True) as record:
        record.add(read_by_hand("The quay is empty, Mara Ilven said."))
    return path


@pytest.fixture(scope="module")
def editor(path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "CHILD", CHILD)
        app = create_app(path, edits=Edits(token=TOKEN), settings=Settings(web_seconds=60.0, parser_seconds=60.0))
        with TestClient(app) as client:
            yield client


def add(editor, files=(), **fields):
    """Send the form; return the page of the run once it is over."""
    sent = editor.post("/add", data={"token": TOKEN, **fields}, files=list(files) or None, follow_redirects=False)
    assert sent.status_code == 303, Page(sent).words
    address = sent.headers["location"]
    assert re.fullmatch(r"/add/[\w-]{16}", address)
    for _ in range(600):
        answer = editor.get(address)
        if "refresh" not in answer.headers:
            return Page(answer)
        time.sleep(0.05)
    raise AssertionError(Page(answer).words)


def file(name, words):
    return ("files", (name, words.encode()))


def test_a_pasted_text_is_in_the_record_with_what_was_typed_of_it(editor):
    page = add(editor, text=TEXT, outlet="Orrin Echo", date="2024-05-02", title="Toll to rise")
    assert "1 report: 1 added, 2 statements." in page.words
    (report,) = [link for link in page.links if link.startswith("/report/")]
    shown = Page(editor.get(report)).words
    assert "Orrin Echo" in shown
    assert "Thursday 2 May 2024" in shown


def test_files_are_read_by_their_kind_and_what_fails_is_told_beside_the_rest(editor):
    page = add(editor, [file("../../etc/report.txt", OTHER), file("<b>.pdf", "%PDF-1.7"), file("empty.txt", " ")])
    assert "3 reports: 1 added, 2 failed, 1 statement." in page.words
    assert "report.txt added, 1 statement" in page.words
    assert "_b_.pdf" in page.words
    assert "etc" not in page.words


def test_what_is_not_in_english_is_read_where_that_is_asked_for(editor):
    german = "Die Abgabe wird steigen, sagte die Ministerin am Montag den Leuten auf der Insel. " * 5
    words = add(editor, text=german).words
    assert "the text that was pasted is in German, and onrecord reads English; send it again" in words
    assert "--force" not in words
    assert "1 report: 1 added" in add(editor, text=german, force="1").words


def test_what_is_not_understood_of_a_report_is_told_beside_it(editor):
    line = '{"text": "The pier was painted twice, Ada Quill said.", "date": "05/02/2024"}'
    words = add(editor, [file("pier.jsonl", line)]).words
    assert "added, 1 statement; the date '05/02/2024' (field 'date') can be read in several ways or in none" in words


def test_what_is_there_already_is_not_read_again(editor):
    add(editor, text=f"{TEXT} Again.")
    assert "was there already" in add(editor, text=f"{TEXT} Again.").words


def test_what_was_taken_out_is_passed_over(editor, path):
    add(editor, text=f"{TEXT} Gone.")
    with Record.open(path) as record:
        record.remove([max(record.readings(), key=lambda each: each.document.text.endswith("Gone.")).document.id])
    words = add(editor, text=f"{TEXT} Gone.").words
    assert "passed over: was taken out of this record before (removal 1)" in words


def test_a_form_without_a_report_is_told(editor):
    answer = editor.post("/add", data={"token": TOKEN, "text": " "})
    assert (answer.status_code, "nothing to add" in Page(answer).words) == (400, True)
    wrong = editor.post("/add", data={"token": TOKEN, "text": TEXT, "date": "some day"})
    assert (wrong.status_code, TEXT.partition("\n")[0] in wrong.text) == (400, True)


def test_a_day_typed_beside_files_is_not_passed_over_in_silence(editor, path):
    sent = {"token": TOKEN, "date": "2024-05-02", "outlet": "Orrin Echo"}
    answer = editor.post("/add", data=sent, files=[file("report.txt", f"{OTHER} By file.")], follow_redirects=False)
    assert (answer.status_code, 'value="2024-05-02"' in answer.text) == (400, True)
    assert "outlet, day of publication: typed without a text that is pasted" in Page(answer).words
    with Record.open(path, read_only=True) as record:
        assert not list(record.search('"by file"'))


def test_what_was_typed_is_not_lost_where_too_many_add(editor, monkeypatch):
    def begin(_self, _given):
        raise SlowQuery("others add reports", advice="try again in a moment")

    monkeypatch.setattr(Additions, "begin", begin)
    answer = editor.post("/add", data={"token": TOKEN, "text": TEXT})
    assert (answer.status_code, "try again in a moment" in answer.text) == (503, True)
    assert TEXT.partition("\n")[0] in answer.text


def test_a_pasted_text_may_be_as_long_as_a_request(editor, monkeypatch):
    begun = []
    monkeypatch.setattr(Additions, "begin", lambda _self, given: begun.extend(given) or Run(id="a", names=()))
    sent = editor.post("/add", data={"token": TOKEN, "text": "a b " * 450_000}, files=[file("", "")])
    assert [len(each.body) > 1_799_000 for each in begun] == [True], Page(sent).words


def test_more_than_a_request_may_hold_is_refused(editor):
    assert editor.post("/add", data={"token": TOKEN, "text": "a" * 2_200_000}).status_code == 413


def test_a_run_that_there_is_not_says_where_its_reports_are(editor):
    answer = editor.get("/add/AAAAAAAAAAAAAAAA")
    assert (answer.status_code, "search it" in Page(answer).words) == (404, True)


# ---- runs ----------------------------------------------------------------------------------------------------


def given(words):
    return [Given(name="a.txt", body=words.encode(), options=ReadOptions())]


def test_one_run_waits_for_another_and_each_has_its_page(path):
    turn = threading.Lock()
    runs = Additions(path, Settings(parser_seconds=60.0), turn, child=CHILD)
    with turn:  # somebody else adds
        first, second = runs.begin(given(f"{OTHER} First.")), runs.begin(given(f"{OTHER} Second."))
        assert {first.state, second.state} == {"waiting"}
        assert runs.begin(given(f"{OTHER} Second.")) is second  # a double click
    while not second.is_over:
        time.sleep(0.02)
    assert (first.state, str(first.counts), second.state) == ("done", "1 added, 1 statement", "done")
    assert runs.find(first.id) is first
    runs.close()


def test_too_many_that_wait_are_refused(path, monkeypatch):
    monkeypatch.setattr(additions, "WAITING", 1)
    turn = threading.Lock()
    with turn:
        runs = Additions(path, Settings(), turn, child=CHILD)
        first = runs.begin(given(OTHER))
        while runs._waiting.qsize():
            time.sleep(0.02)
        runs.begin(given(f"{OTHER} Second."))
        with pytest.raises(SlowQuery):
            runs.begin(given(f"{OTHER} Third."))
        runs._ending.set()
    while not first.is_over:
        time.sleep(0.02)


def test_a_record_that_can_not_be_written_ends_the_run_and_not_the_server(tmp_path):
    (tmp_path / "news.db").write_bytes(b"no record at all" * 1000)
    runs = Additions(tmp_path / "news.db", Settings(), threading.Lock(), child=CHILD)
    run = runs.begin(given(OTHER))
    while not run.is_over:
        time.sleep(0.02)
    assert run.state == "failed"
    assert str(tmp_path) not in (run.problem or "")
    runs.close()


def test_a_mistake_of_ours_is_logged_and_ends_the_run_alone(path, monkeypatch, caplog):
    def broken(*_arguments, **_options):
        raise RuntimeError("secret.py")

    monkeypatch.setattr(additions, "add_documents", broken)
    runs = Additions(path, Settings(), threading.Lock(), child=CHILD)
    run = runs.begin(given(OTHER))
    while not run.is_over:
        time.sleep(0.02)
    runs.close()
    assert run.problem == "something went wrong here (RuntimeError)"
    assert "secret.py" in caplog.text
