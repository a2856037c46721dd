"""Changes in the browser: by whoever has the token and nobody else, from this server's own pages (row WEB6)."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sqlite3
import threading

import pytest
from starlette.testclient import TestClient

from onrecord.reading import from_json
from onrecord.record import Record, opening
from onrecord.record.retyped import rebase
from onrecord.settings import Settings
from onrecord.web import changes, correcting
from onrecord.web.app import Edits, create_app
from page_parts import Page
from reading_pages import strangers
from scripts_of_attackers import SCRIPTS

TOKEN = "a token of the tests"
PAGES = ["/add", "/changes", "/correct/{statement}", "/report/{document}/missed", "/person/Mara Ilven/change"]
OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
MISSED = "Two engineers found alleged negligence"
FILES = ["/changes/corrections.csv", "/changes/reports.jsonl"]


@pytest.fixture
def path(occasion_path, tmp_path):
    return shutil.copy(occasion_path, tmp_path / "news.db")


@pytest.fixture
def editor(path):
    """A client of a server that may change its own copy of the record."""
    with open_client(path, headers=OWN) as client:
        yield client


@pytest.fixture(scope="module")
def refusing(occasion_path, tmp_path_factory):
    """A client whose record nobody is to change."""
    path = shutil.copy(occasion_path, tmp_path_factory.mktemp("refusing") / "news.db")
    with open_client(path, headers=OWN) as client:
        yield client
    assert corrections(path) == []
    with Record.open(path, read_only=True) as record:
        assert (record.changes(), record.connection.execute("SELECT count(*) FROM runs").fetchone()) == ([], (0,))


def open_client(path, **options):
    return TestClient(create_app(path, edits=Edits(token=TOKEN), settings=Settings(web_seconds=60.0)), **options)


@pytest.fixture
def statement(said):
    return said("levy on moorings").statement


def of(address, statement):
    return address.format(statement=statement, document=statement.partition("-")[0])


def fields_of(client, address):
    """Return what stands in the fields of a correction."""
    answer = client.get(address)
    page = Page(answer)
    cue_class, negated = re.findall(r"<option selected>(\w+)<", answer.text)
    content = answer.text.partition('name="content"')[2].partition(">\n")[2].partition("<")[0]
    inputs = {name: page.all("input", name=name)[0]["value"] for name in ("speaker", "source", "cue")}
    form, modality = re.findall(r'<option value="(\w+)" selected>', answer.text)
    chosen = {"cue_class": cue_class, "form": form, "modality": modality, "negated": negated}
    return {**inputs, "content": content, **chosen}


def send(client, address, **fields):
    return client.post(address, data={"token": TOKEN, "who": "ida", "why": "heard the tape", **fields})


def corrections(path):
    with Record.open(path, read_only=True) as record:
        return record.corrections()


# ---- who may -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_nothing_may_be_changed_where_the_server_was_not_started_so(reader, statement, address):
    answer = reader.get(of(address, statement))
    assert answer.status_code == 403
    assert "onrecord serve FILE --allow-edits" in Page(answer).words


@pytest.mark.parametrize("address", PAGES)
def test_nothing_can_be_sent_there_either(reader, statement, address):
    assert reader.post(of(address, statement), data={"token": "", "do": "delete"}).status_code == 403
    assert not any(link.startswith(("/correct/", "/add", "/changes")) for link in Page(reader.get("/")).links)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://testserver.evil.example"},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/json"},
    ],
    ids=str,
)
def test_a_page_from_elsewhere_is_refused_even_with_the_token(refusing, statement, address, headers):
    body = f"token={TOKEN}&do=delete&text=a&other=b".encode()
    sent = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    assert refusing.post(of(address, statement), content=body, headers=sent).status_code == 403


def test_a_program_without_a_browsers_headers_needs_the_token_only(path, statement):
    with open_client(path) as program:
        assert program.post(f"/correct/{statement}", data={"do": "delete"}).status_code == 403
        assert send(program, f"/correct/{statement}", do="delete").status_code == 200
    assert len(corrections(path)) == 1


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("token", ["", "a token of the test", f"{TOKEN}!", "\ufffd"])
def test_without_the_token_nothing_is_changed(refusing, statement, address, token):
    answer = refusing.post(of(address, statement), data={"do": "delete", "text": "a", "other": "b", "token": token})
    assert answer.status_code == 403
    assert "the token" in Page(answer).words


def test_what_was_typed_stays_where_the_token_is_wrong(refusing):
    for address, field in (("/add", "text"), ("/person/Mara Ilven/change", "other")):
        assert "typed &lt;words" in refusing.post(address, data={"token": "", field: "typed <words"}).text


def test_the_token_is_kept_out_of_addresses_and_of_what_the_browser_keeps(editor, statement):
    done = send(editor, f"/correct/{statement}", do="delete")
    assert done.headers["cache-control"] == "no-store"
    page = Page(done)
    assert not any("token" in address for address in page.links)
    forms = page.all("form", method="post")
    assert forms
    assert not any("token" in form["action"] for form in forms)
    assert {has["value"] for has in page.all("input", name="token")} == {TOKEN}


# ---- corrections ---------------------------------------------------------------------------------------------


def test_what_is_typed_over_a_statement_is_shown_over_it(editor, path, statement):
    address = f"/correct/{statement}"
    fields = {**fields_of(editor, address), "speaker": "Teo Brandt", "cue_class": "promising"}
    done = Page(send(editor, address, do="correct", **fields))
    assert "speaker: Mara Ilven → Teo Brandt" in done.words
    first, second = corrections(path)
    assert (first.field, first.value, first.who, first.why) == ("speaker", "Teo Brandt", "ida", "heard the tape")
    assert (second.field, second.value) == ("cue_class", "promising")
    assert "Teo Brandt" in Page(editor.get(f"/statement/{statement}")).words.partition("Orrin Echo")[0]
    assert fields_of(editor, address) == fields


def test_what_the_marks_do_not_tell_is_said(editor, path, statement):
    address = f"/correct/{statement}"
    before = fields_of(editor, address)
    assert before["form"] in {"direct", "indirect", "mixed"}
    wanted = "direct" if before["form"] != "direct" else "mixed"
    done = send(editor, address, do="correct", **{**before, "form": wanted})
    assert f"form: {before['form']} → {wanted}" in done.text
    assert [(each.field, each.value) for each in corrections(path)] == [("form", wanted)]
    assert fields_of(editor, address)["form"] == wanted
    (line,) = editor.get("/changes/reports.jsonl").text.splitlines()
    assert wanted in {each.form for each in from_json(line).statements}
    refused = send(editor, address, do="correct", **{**before, "form": "sung"})
    assert refused.status_code == 400
    assert "no form; one of direct, indirect, mixed" in Page(refused).words


def test_whether_it_was_said_is_corrected_in_the_form(editor, path, statement):
    address = f"/correct/{statement}"
    before = fields_of(editor, address)
    assert (before["modality"], before["negated"]) == ("said", "no")
    done = send(editor, address, do="correct", **{**before, "modality": "denied", "negated": "yes"})
    assert "whether it was said: said → denied" in done.text
    assert "said not to have been said: no → yes" in done.text
    assert [(each.field, each.value) for each in corrections(path)] == [("modality", "denied"), ("negated", "yes")]
    assert (fields_of(editor, address)["modality"], fields_of(editor, address)["negated"]) == ("denied", "yes")
    for wrong in ({"modality": "sung"}, {"negated": "perhaps"}):
        refused = send(editor, address, do="correct", **{**fields_of(editor, address), **wrong})
        assert (refused.status_code, "one of" in Page(refused).words) == (400, True)


def test_sent_twice_it_is_corrected_once(editor, path, statement):
    fields = {**fields_of(editor, f"/correct/{statement}"), "speaker": ""}
    answers = [send(editor, f"/correct/{statement}", do="correct", **fields).status_code for _ in range(2)]
    assert (answers, len(corrections(path))) == ([200, 400], 1)


def opened(client, address):
    """Return all that a browser sends of a correction that was opened and left as it was."""
    hidden = Page(client.get(address)).all("input", type="hidden")
    return {**{each["name"]: each["value"] for each in hidden}, **fields_of(client, address)}


def test_two_who_correct_different_fields_at_once_both_do(editor, statement):
    address = f"/correct/{statement}"
    first, second = (opened(editor, address) for _ in range(2))
    send(editor, address, do="correct", **{**first, "speaker": "Teo Brandt"})
    done = send(editor, address, do="correct", **{**second, "cue_class": "promising"})
    assert "speaker" not in Page(done).words
    now = fields_of(editor, address)
    assert (now["speaker"], now["cue_class"]) == ("Teo Brandt", "promising")


def test_what_somebody_else_corrected_meanwhile_is_told_before_it_is_replaced(editor, path, statement):
    address = f"/correct/{statement}"
    form = opened(editor, address)
    send(editor, address, do="correct", **{**form, "speaker": "Teo Brandt"})
    answer = send(editor, address, do="correct", **{**form, "speaker": "Halvard Quy"})
    assert answer.status_code == 400
    assert "speaker: somebody corrected it since you opened this form, to “Teo Brandt”" in Page(answer).words
    assert [each.value for each in corrections(path)] == ["Teo Brandt"]
    (shown,) = Page(answer).all("input", name="shown-speaker")
    again = {**form, "speaker": "Halvard Quy", "shown-speaker": shown["value"]}
    assert send(editor, address, do="correct", **again).status_code == 200
    assert [each.value for each in corrections(path)] == ["Teo Brandt", "Halvard Quy"]


def test_of_two_who_send_at_the_same_moment_one_is_told(editor, path, statement, monkeypatch):
    address = f"/correct/{statement}"
    form = opened(editor, address)
    answers = []

    def send_as(speaker):
        answers.append(send(editor, address, do="correct", **{**form, "speaker": speaker}).status_code)

    second = threading.Thread(target=send_as, args=["Halvard Quy"])

    def rebase_while_another_sends(*told):
        monkeypatch.setattr(correcting, "rebase", rebase)
        second.start()
        second.join(0.5)
        return rebase(*told)

    monkeypatch.setattr(correcting, "rebase", rebase_while_another_sends)
    send_as("Teo Brandt")
    second.join()
    assert (sorted(answers), [each.value for each in corrections(path)]) == ([200, 400], ["Teo Brandt"])


def test_what_was_typed_is_not_lost_where_another_process_writes_for_too_long(editor, path, statement, monkeypatch):
    monkeypatch.setattr(opening, "WAIT_SECONDS", 0.2)
    monkeypatch.setattr(opening, "SILENT_SECONDS", 0.1)
    holding = sqlite3.connect(path, isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    fields = {**fields_of(editor, f"/correct/{statement}"), "speaker": "Teo Brandt of Sund"}
    sent = [
        (f"/correct/{statement}", {"do": "correct", **fields}, "Teo Brandt of Sund"),
        (
            f"/report/{statement.partition('-')[0]}/missed",
            {"do": "add", "content": MISSED, "cue_class": "none"},
            MISSED,
        ),
        ("/person/Mara Ilven/change", {"do": "merge", "other": "Teo Brandt"}, 'value="Teo Brandt"'),
    ]
    for address, typed, shown in sent:
        answer = send(editor, address, **typed)
        assert (answer.status_code, shown in answer.text) == (503, True)
        assert "another process is writing to the record; wait for it to end" in Page(answer).words
        assert str(path) not in answer.text
    holding.close()
    assert send(editor, f"/correct/{statement}", do="correct", **fields).status_code == 200


def test_several_speakers_come_back_as_they_are_typed(editor, path, statement):
    address = f"/correct/{statement}"
    fields = {**fields_of(editor, address), "speaker": "Teo Brandt; Wenna Sool"}
    send(editor, address, do="correct", **fields)
    assert fields_of(editor, address) == fields
    assert send(editor, address, do="correct", **fields).status_code == 400
    assert len(corrections(path)) == 1


def test_words_that_are_not_in_the_report_come_back_with_what_was_typed(editor, path, statement):
    fields = {**fields_of(editor, f"/correct/{statement}"), "content": "The toll <b>will rise"}
    answer = send(editor, f"/correct/{statement}", do="correct", **fields)
    assert answer.status_code == 400
    assert "is not in the report; copy the words from it. Nothing was changed." in Page(answer).words
    assert "The toll &lt;b&gt;will rise</textarea>" in answer.text
    assert corrections(path) == []


def test_a_statement_that_is_none_is_taken_away_and_brought_back(editor, statement):
    done = Page(send(editor, f"/correct/{statement}", do="delete"))
    gone = editor.get(f"/correct/{statement}")
    assert gone.status_code == 404
    assert "It may have been taken out: Changes lists who changed what" in Page(gone).words
    assert Page(gone).links.count("/changes") == 2  # above all pages, and here
    (change,) = done.all("button", name="change")
    undone = send(editor, "/changes", do="undo", change=change["value"])
    assert "undone: no statement" in Page(undone).words
    assert editor.get(f"/correct/{statement}").status_code == 200


@pytest.mark.parametrize("address", ["/report/0000000000000000", "/statement/0000-1111", "/person/p0000000000"])
def test_what_is_not_there_leads_to_the_changes_where_there_are_some(refusing, reader, address):
    assert Page(refusing.get(address)).links.count("/changes") == 2
    assert Page(refusing.get("/nothing/here")).links.count("/changes") == 1
    assert "/changes" not in Page(reader.get(address)).links


def test_the_page_of_a_statement_that_is_none_says_so(editor, statement):
    send(editor, f"/correct/{statement}", do="delete")
    page = Page(editor.get(f"/statement/{statement}"))
    assert "ida said that this is no statement: heard the tape. It stands here as it was read" in page.words
    assert f"/correct/{statement}" not in page.links
    send(editor, "/changes", do="undo", change="correction 1")
    assert "is no statement" not in Page(editor.get(f"/statement/{statement}")).words


def test_a_corrected_statement_is_called_so_in_its_report(editor, statement):
    report = f"/report/{statement.partition('-')[0]}"
    assert "· corrected" not in Page(editor.get(report)).words
    fields = {**fields_of(editor, f"/correct/{statement}"), "speaker": "Wenna Sool"}
    send(editor, f"/correct/{statement}", do="correct", **fields)
    assert Page(editor.get(report)).words.count("· corrected") == 1
    send(editor, "/changes", do="undo", change="correction 1")
    assert "· corrected" not in Page(editor.get(report)).words


def test_the_last_changes_are_listed_and_the_earlier_ones_counted(editor, path, statement, monkeypatch):
    for name in ("Wenna Sool", "Ibby Tarrow", "Teo Brandt"):
        fields = {**fields_of(editor, f"/correct/{statement}"), "speaker": name}
        send(editor, f"/correct/{statement}", do="correct", **fields)
    made = len(corrections(path))
    with Record.open(path, read_only=True) as record:
        made += len(record.changes())
    monkeypatch.setattr(changes, "SHOWN", 2)
    words = Page(editor.get("/changes")).words
    assert words.index("→ Teo Brandt") < words.index("→ Ibby Tarrow")
    assert "→ Wenna Sool" not in words
    assert f"{made - 2} earlier ones:" in words


def test_a_corrected_speaker_is_no_link_to_who_was_read_there(editor, statement):
    address = f"/statement/{statement}"
    before = Page(editor.get(address)).all("a", **{"class": "speaker"})
    fields = {**fields_of(editor, f"/correct/{statement}"), "speaker": "Wenna Sool"}
    send(editor, f"/correct/{statement}", do="correct", **fields)
    page = Page(editor.get(address))
    assert len(page.all("a", **{"class": "speaker"})) == len(before) - 1
    assert "Wenna Sool" in page.words


def test_a_statement_that_was_missed_is_put_in_corrected_and_taken_out(editor, statement):
    document = statement.partition("-")[0]
    address = f"/report/{document}/missed"
    fields = {"content": MISSED, "speaker": "Wenna Sool", "cue_class": "accusing"}
    done = Page(send(editor, address, do="add", **fields))
    (link,) = [link for link in done.links if link.startswith(f"/report/{document}#")]
    added = f"{document}-{link.partition('#s-')[2]}"
    report = editor.get(f"/report/{document}").text
    assert f'id="s-{added.partition("-")[2]}"' in report
    assert "Wenna Sool" in report
    assert "put in, not read" in report
    assert 'data-label="+1"' in report
    assert (f"/correct/{added}" in report, f"/statement/{added}" in report) == (True, True)
    assert "Wenna Sool" in Page(editor.get(f"/statement/{added}")).words
    found = editor.get("/search?words=engineers+negligence").text
    assert f"/statement/{added}" in found
    for page in (found, editor.get(f"/statement/{added}").text):
        assert "put in, not read" in page
        assert "sure · corrected" not in page
    typed = {**fields_of(editor, f"/correct/{added}"), "speaker": "Teo Brandt"}
    assert "speaker: Wenna Sool → Teo Brandt" in Page(send(editor, f"/correct/{added}", do="correct", **typed)).words
    assert fields_of(editor, f"/correct/{added}") == typed
    assert "there already" in Page(send(editor, address, do="add", **fields)).words
    assert Page(send(editor, f"/correct/{added}", do="delete")).words.count("taken out again") == 1
    assert f'id="s-{added.partition("-")[2]}"' not in editor.get(f"/report/{document}").text


def test_what_was_put_in_is_undone_from_the_page_that_says_so(editor, path, statement):
    address = f"/report/{statement.partition('-')[0]}/missed"
    fields = {"content": MISSED, "cue_class": "accusing"}
    (change,) = Page(send(editor, address, do="add", **fields)).all("button", name="change")
    assert "undone: put in" in Page(send(editor, "/changes", do="undo", change=change["value"])).words
    assert [(each.field, each.state) for each in corrections(path)] == [("added", "withdrawn")]


def test_pieces_of_a_missed_statement_that_overlap_are_refused(editor, path, statement):
    address = f"/report/{statement.partition('-')[0]}/missed"
    answer = send(
        editor, address, do="add", content="Two engineers found … engineers found alleged", cue_class="neutral"
    )
    assert (answer.status_code, "two pieces overlap" in Page(answer).words) == (400, True)
    assert corrections(path) == []


def test_one_leads_to_the_next_without_the_token_typed_again(editor, statement):
    done = Page(send(editor, f"/correct/{statement}", do="delete"))
    (action,) = [form["action"] for form in done.all("form") if form["action"].startswith("/correct/")]
    following = Page(send(editor, action, do="show"))
    assert {has["type"] for has in following.all("input", name="token")} == {"hidden"}
    assert "What is said, in the report’s words" in following.words


# ---- people --------------------------------------------------------------------------------------------------


def test_two_people_are_made_one_and_two_again(editor):
    done = Page(send(editor, "/person/Mara Ilven/change", do="merge", other="Teo Brandt"))
    assert "merge: Mara Ilven" in done.words
    assert "Says 6 things" in Page(editor.get("/person/Mara Ilven")).words
    (change,) = done.all("button", name="change")
    send(editor, "/changes", do="undo", change=change["value"])
    assert "Says 3 things" in Page(editor.get("/person/Mara Ilven")).words


def test_reports_of_another_of_the_name_are_parted(editor, said):
    tide = said("nobody would lose a berth", "Tide Weekly").citation.document
    page = Page(editor.get("/person/Mara Ilven/change"))
    person = page.all("form")[-1]["action"].split("/")[2]
    assert tide in {has["value"] for has in page.all("input", name="report")}
    assert send(editor, f"/person/{person}/change", do="split", report=[tide]).status_code == 200
    assert "Says 2 things" in Page(editor.get(f"/person/{person}")).words


def test_a_split_leads_to_both_of_the_name(editor, said):
    tide = said("nobody would lose a berth", "Tide Weekly").citation.document
    done = Page(send(editor, "/person/Mara Ilven/change", do="split", report=[tide]))
    other = next(link for link in done.links if link.startswith("/person/p"))
    assert "Says 1 thing" in Page(editor.get(other)).words
    assert "→ another of the name in “" in done.words
    assert any(link.startswith("/person/p") for link in Page(editor.get("/changes")).links)


def test_who_types_a_part_of_a_name_chooses_whom_they_mean(editor):
    asked = send(editor, "/person/Mara Ilven/change", do="merge", other="brandt")
    assert asked.status_code == 400
    page = Page(asked)
    assert "nobody of this id or full name; choose below whom you mean" in page.words
    choice, *_ = [has["value"] for has in page.all("button", name="do") if has["value"].startswith("merge p")]
    done = send(editor, "/person/Mara Ilven/change", do=choice, other="brandt")
    assert "Teo Brandt" in Page(done).words
    assert "Says 6 things" in Page(editor.get("/person/Mara Ilven")).words


def test_a_name_that_nobody_has_leads_to_the_list_of_people(editor):
    page = Page(send(editor, "/person/Mara Ilven/change", do="merge", other="Nobody Known"))
    assert "look for the other one among people" in page.words
    assert "/people" in page.links


def test_a_split_says_that_no_report_is_ticked(editor):
    assert "no report is ticked" in Page(send(editor, "/person/Mara Ilven/change", do="split")).words


@pytest.mark.parametrize("fields", [{"do": "merge", "other": "Nobody Known"}, {"do": "split"}])
def test_what_can_not_be_parted_or_joined_is_told_on_the_form(editor, fields):
    answer = send(editor, "/person/Mara Ilven/change", **fields)
    assert answer.status_code == 400
    assert "Nothing was changed." in Page(answer).words


# ---- what was changed ----------------------------------------------------------------------------------------


def test_every_change_is_listed_with_who_and_why(editor, statement):
    send(editor, f"/correct/{statement}", do="delete")
    send(editor, "/person/Mara Ilven/change", do="merge", other="Teo Brandt")
    words = Page(editor.get("/changes")).words
    assert "correction 1 no statement: “The levy on moorings" in words
    assert "change 1 merge: Mara Ilven" in words
    assert words.count("heard the tape ida") == 2


def test_nothing_changed_yet_says_where_to_begin(editor):
    assert "Nothing was changed yet" in Page(editor.get("/changes")).words


@pytest.mark.parametrize(
    "name", ["", "correction", "correction x", "change 7", f"change {'9' * 40}", "change -1", "change ٣", "row 1"]
)
def test_a_name_of_no_change_is_told(refusing, name):
    assert send(refusing, "/changes", do="undo", change=name).status_code == 400


def test_enter_in_a_field_of_the_list_undoes_nothing(editor, statement):
    send(editor, f"/correct/{statement}", do="delete")
    first, *others = [has for name, has in Page(editor.get("/changes")).elements if name == "button"][1:]
    assert "disabled" in first
    assert [has["value"] for has in others] == ["correction 1"]


def test_corrections_are_handed_on_as_readings_to_train_on_and_as_a_table(editor, statement):
    fields = {**fields_of(editor, f"/correct/{statement}"), "speaker": "=1+1"}
    send(editor, f"/correct/{statement}", do="correct", **fields)
    (line,) = editor.get("/changes/reports.jsonl").text.splitlines()
    reading = from_json(line)
    assert reading.document.id == statement.partition("-")[0]
    assert "=1+1" in {each.speaker_name for each in reading.statements}
    head, row = csv.reader(io.StringIO(editor.get("/changes/corrections.csv").text))
    assert row[head.index("value")] == "'=1+1"


# ---- whatever is typed ---------------------------------------------------------------------------------------


def test_nothing_that_is_typed_does_what_it_says(editor, statement):
    sendable = [words.encode("utf-8", "replace").decode() for words in SCRIPTS]
    document = statement.partition("-")[0]
    fields = fields_of(editor, f"/correct/{statement}")
    asked = [
        f"/statement/{statement}",
        f"/story/{document}",
        f"/correct/{statement}",
        "/changes",
        f"/report/{document}",
    ]
    for words in sendable[::20]:
        typed = {**dict.fromkeys(("who", "why"), words), "token": TOKEN}
        answers = [
            editor.post(f"/correct/{statement}", data={**fields, **typed, "do": "correct", "speaker": words}),
            editor.post("/person/Mara Ilven/change", data={**typed, "do": "merge", "other": words}),
            editor.post("/changes", data={**typed, "change": words, "do": "undo"}),
            *map(editor.get, asked),
        ]
        for answer in answers:
            assert answer.status_code in {200, 400}
            assert list(strangers(answer.text)) == [], (answer.url, words)
    for words in sendable[::3]:
        answer = editor.post(
            f"/correct/{statement}", data=dict.fromkeys((*fields, "who", "why"), words) | {"do": "correct"}
        )
        assert list(strangers(answer.text)) == [], words


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n\0\r\n--x--"),
        ("multipart/form-data; boundary=x", b"--x\r\n\xff\xfe: \0\r\n\r\n"),
        ("application/x-www-form-urlencoded", b"&".join(b"a=%d" % number for number in range(3_000))),
        ("application/x-www-form-urlencoded; charset=\xff", b"do=%FF%00&token=%ED%A0%80"),
    ],
)
def test_what_is_no_form_of_ours_is_refused(refusing, statement, address, kind, body):
    headers = {"Content-Type": kind.encode("latin-1")}
    assert refusing.post(of(address, statement), content=body, headers=headers).status_code in {400, 403}


def test_nul_and_the_like_in_a_field_are_only_words(editor, statement):
    fields = fields_of(editor, f"/correct/{statement}")
    odd = "Ada\0 \u202e\x1b[31m Quill"
    sent = {**fields, "speaker": odd, "who": odd, "why": odd, "do": "correct"}
    assert send(editor, f"/correct/{statement}", **sent).status_code == 200
    assert editor.get("/changes").status_code == editor.get(f"/statement/{statement}").status_code == 200
    assert editor.get("/changes/corrections.csv").status_code == editor.get("/changes/reports.jsonl").status_code == 200
