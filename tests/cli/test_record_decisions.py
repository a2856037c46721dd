"""The commands by which a user puts a record right, from their arguments to their output and exit code."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from dataclasses import replace
from threading import Timer

import pytest

from onrecord.reading import Reader
from onrecord.record import Record, opening
from people_by_hand import told_of


@pytest.fixture
def news(tmp_path, monkeypatch):
    monkeypatch.setenv("USER", "ida")
    path = tmp_path / "news.db"
    told = [
        {"name": "Mara Ilven", "words": "The levy will go", "roles": (("mayor", "Orrin"),), "published": "2024-03-01"},
        {"name": "Mara Ilven", "words": "The levy will stay", "country": "NO", "published": "2024-05-02"},
        {"name": "=Teo Brandt", "words": "One"},
        {"name": "Teo Brandt-Sool", "words": "Two", "outlet": "Quy Post"},
    ]
    with Record.open(path, create=True) as record:
        for at, facts in enumerate(told):
            domain = "quy" if at else "orrin"
            record.add(told_of(**{"outlet": "Orrin Echo", **facts}, url=f"https://{domain}.example/{at}"))
    return path


def statement_in(path, words):
    with Record.open(path) as record:
        return next(each.statement for each in record.statements() if each.content == words)


# ---- people


def test_the_people_of_a_record_are_listed(onrecord, news):
    result = onrecord("people", "--in", news, "--limit", 1, "--reports", "--width", 90)
    assert result.exit_code == 0, result.output
    first, *rest = result.stdout.splitlines()
    assert " ".join(first.split()) == "Mara Ilven pc557454370 2 statements · about 0 · 2 reports"
    assert [line.split()[0] for line in rest] == ["kind", "role", "outlets", "because", "in", "in"]
    assert "person · NO · 2024-03-01 – 2024-05-02" in rest[0]
    assert result.stderr == "onrecord: left out: 2 more; --limit 0 lists all\n"


def test_roles_that_are_not_shown_are_counted(onrecord, tmp_path):
    roles = tuple((f"chair {number}", None) for number in range(10))
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(told_of("Mara Ilven", roles=roles, words="The levy will go", url="https://orrin.example/1"))
    lines = onrecord("people", "--in", tmp_path / "news.db").stdout.splitlines()
    assert [line.split() for line in lines if "chair" in line][-1] == ["role", "chair", "7"]
    assert "             and 2 more" in lines


def test_people_as_json_and_csv(onrecord, news):
    (person,) = json.loads(onrecord("people", "--in", news, "--name", "ilven", "--json").stdout)
    assert (person["id"], person["statements"], "found_in" in person) == ("pc557454370", 2, False)
    lines = onrecord("people", "--in", news, "--jsonl", "--reports").stdout.splitlines()
    assert [len(json.loads(line)["found_in"]) for line in lines] == [2, 1, 1]
    rows = list(csv.DictReader(io.StringIO(onrecord("people", "--in", news, "--csv").stdout, newline="")))
    assert [row["name"] for row in rows] == ["Mara Ilven", "'=Teo Brandt", "Teo Brandt-Sool"]


def test_the_record_can_be_named_by_the_environment_and_sources_go_before_it(onrecord, news, monkeypatch, tmp_path):
    monkeypatch.setenv("ONRECORD_RECORD", str(news))
    assert onrecord("people", "--limit", 1).stdout.startswith("Mara Ilven  pc557454370")
    report = tmp_path / "report.txt"
    report.write_text("Toll to rise\n\nThe toll will rise, Ada Quill said.\n")
    assert onrecord("people", report, "--all").stdout.startswith("Toll to rise")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "name a SOURCE, or a record with --in"),
        (("report.txt", "--csv"), "--csv goes with --in"),
        (("report.txt", "--limit", "3"), "--limit goes with --in"),
        (("report.txt", "--name", "Ada"), "--name goes with --in"),
        (("report.txt", "--country", "NO"), "--country goes with --in"),
        (("report.txt", "--in", "news.db"), "name no SOURCE"),
        (("--in", "news.db", "--csv", "--json"), "exclude each other"),
        (("--in", "news.db", "--all"), "--all goes with a SOURCE, not with a record; --limit 0 lists all of a record"),
        (("--in", "news.db", "--date", "2024-05-02"), "--date goes with a SOURCE, not with a record"),
    ],
)
def test_options_that_contradict_each_other_are_refused(onrecord, arguments, message):
    result = onrecord("people", *arguments)
    assert (result.exit_code, message in result.stderr) == (2, True)


def test_where_cron_says_who_runs_it_a_change_is_theirs(onrecord, news, monkeypatch):
    monkeypatch.delenv("USER")
    monkeypatch.setenv("LOGNAME", "desk")
    assert onrecord("merge", "Mara Ilven", "Teo Brandt-Sool", "--in", news).exit_code == 0
    with Record.open(news) as record:
        assert [change.who for change in record.changes()] == ["desk"]


def test_a_merge_is_said_listed_and_undone(onrecord, news):
    result = onrecord("merge", "Teo Brandt", "Teo Brandt-Sool", "--reason", "married", "--in", news)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("change 1: merge: =Teo Brandt (p")
    listed = onrecord("undo", "--list", "--in", news, "--width", 120).stdout.splitlines()
    assert listed[0].split() == ["number", "kind", "when", "by", "state", "what"]
    assert "ida  stands  =Teo Brandt (p" in listed[1]
    assert listed[-1].endswith("(married)")
    assert onrecord("undo", 1, "--in", news).stdout.startswith("change 1: undone: merge: ")
    again = onrecord("undo", 1, "--in", news)
    assert (again.exit_code, "was undone at" in again.stderr) == (1, True)
    assert json.loads(onrecord("undo", "--list", "--json", "--in", news).stdout)[0]["undone_at"] is not None


def test_a_person_is_split_by_reports(onrecord, news):
    report = statement_in(news, "The levy will stay").partition("-")[0]
    assert onrecord("split", "Mara Ilven", report, "--by", "teo", "--in", news).exit_code == 0
    found = json.loads(onrecord("people", "--in", news, "--name", "Ilven", "--json").stdout)
    assert [person["statements"] for person in found] == [1, 1]
    assert "same full name; split 1 by teo" in [person["because"] for person in found]


def test_undo_takes_a_number_or_lists(onrecord, news):
    assert onrecord("undo", "--in", news).exit_code == 2
    assert onrecord("undo", 1, "--list", "--in", news).exit_code == 2
    assert "--json goes with --list" in onrecord("undo", 1, "--json", "--in", news).stderr


def test_who_is_nobody_is_one_line(onrecord, news):
    result = onrecord("merge", "Mara Ilven", "Ida Sool", "--in", news)
    assert result.exit_code == 1
    assert result.stderr == "onrecord: Ida Sool: nobody of this id or full name; see: onrecord people --in FILE\n"


# ---- outlets


def test_outlets_are_listed_joined_and_split(onrecord, news):
    listed = onrecord("outlets", "--in", news, "--width", 100).stdout.splitlines()
    assert [line.split("  ")[0] for line in listed] == ["outlet", "Orrin Echo"]
    split = onrecord("outlets", "split", "quy.example", "--name", "Quy", "--in", news)
    assert split.stdout == "change 1: split outlet: quy.example -> Quy\n"
    assert onrecord("outlets", "--in", news).stdout == (
        "Quy\t3\t3\t0\t0\t2024-05-02\t2024-05-02\tquy.example*\n"
        "Orrin Echo\t1\t1\t0\t0\t2024-03-01\t2024-03-01\torrin.example\n"
    )
    joined = onrecord("outlets", "join", "All of them", "Quy", "orrin.example", "--in", news)
    assert joined.stdout == "change 2: join outlets: All of them <- quy.example, orrin.example\n"
    (outlet,) = json.loads(onrecord("outlets", "--in", news, "--json").stdout)
    assert (outlet["name"], outlet["reports"]) == ("All of them", 4)
    assert (
        onrecord("outlets", "--in", news, "--csv").stdout.splitlines()[1].startswith('"All of them","orrin.example; q')
    )


def test_a_domain_that_is_not_there_is_one_line(onrecord, news):
    result = onrecord("outlets", "join", "Echo", "nowhere.example", "--in", news)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert onrecord("outlets").exit_code == 2
    bare = onrecord("outlets", news)
    assert bare.exit_code == 2
    assert f"No such command '{news}'. To list the outlets of a record, name it with --in." in bare.stderr


# ---- register


def test_a_register_is_added_listed_and_taken_out(onrecord, news, tmp_path):
    file = tmp_path / "names.csv"
    file.write_text("name,kind,aliases,country,wikidata\nTeo Brandt,person,Teo Brandt-Sool;T. Brandt,Norway,Q42\n")
    added = onrecord("register", "add", file, "--in", news)
    assert (added.exit_code, added.stdout) == (0, "")
    assert added.stderr == "onrecord: added: 1 entry; who somebody is has changed in 1 place\n"
    (person,) = json.loads(onrecord("people", "--in", news, "--name", "Brandt", "--json").stdout)
    assert (person["wikidata"], person["reports"], person["countries"]) == ("Q42", 2, ["NO"])
    assert onrecord("register", "list", "--csv", "--in", news).stdout.splitlines()[1] == (
        '"Teo Brandt","person","Teo Brandt-Sool; T. Brandt","NO","Q42"'
    )
    found = onrecord("register", "find", "t. brandt", "the Kremlin", "--in", news).stdout
    assert found == "t. brandt: person, Teo Brandt, NO, Q42\nthe Kremlin: government of Russia (RU)\n"
    listed = onrecord("register", "list", "--csv", "--in", news).stdout
    assert onrecord("register", "remove", "Teo Brandt", "--in", news).exit_code == 0
    assert onrecord("register", "list", "--in", news).stdout == ""
    assert onrecord("register", "add", "-", "--in", news, input=listed).stderr == added.stderr
    assert onrecord("register", "list", "--csv", "--in", news).stdout == listed


def test_every_wrong_row_is_named_and_nothing_added(onrecord, news, tmp_path):
    file = tmp_path / "names.csv"
    file.write_text("name,kind\nTeo Brandt,person\n,person\nIda Sool,human\n")
    result = onrecord("register", "add", file, "--in", news)
    assert result.exit_code == 1
    assert [line.split(": ")[1] for line in result.stderr.splitlines()[:2]] == [f"{file}:3", f"{file}:4"]
    assert onrecord("register", "list", "--in", news).stdout == ""


# ---- corrections


def test_a_statement_is_corrected_listed_and_the_correction_undone(onrecord, news):
    statement = statement_in(news, "The levy will go")
    made = onrecord(
        "correct", statement, "--speaker", "Ida Sool", "--content", "levy  will", "--reason", "tape", "--in", news
    )
    assert made.stdout.splitlines() == [
        f"correction 1: speaker of {statement}: Mara Ilven -> Ida Sool",
        f"correction 2: content of {statement}: The levy will go -> levy will",
    ]
    block = onrecord("corrections", "--in", news).stdout.split("\n\n")[0]
    assert [line.split()[0] for line in block.splitlines()] == ["1", "read", "should", "by", "why"]
    with Record.open(news) as record:
        assert {each.speaker for each in record.statements()} >= {"Ida Sool"}
        assert {each.speaker for each in record.statements(corrected=False)} == {
            "Mara Ilven",
            "=Teo Brandt",
            "Teo Brandt-Sool",
        }
    assert onrecord("correct", "--undo", 1, "--in", news).stdout.endswith("Ida Sool (withdrawn)\n")
    states = [each["state"] for each in json.loads(onrecord("corrections", "--json", "--in", news).stdout)]
    assert states == ["withdrawn", "stands"]


def test_whether_it_was_said(onrecord, news):
    statement = statement_in(news, "The levy will go")
    made = onrecord("correct", statement, "--modality", "denied", "--negated", "--in", news)
    assert made.stdout.splitlines() == [
        f"correction 1: modality of {statement}: said -> denied",
        f"correction 2: negated of {statement}: no -> yes",
    ]
    assert onrecord("correct", statement, "--not-negated", "--in", news).stdout.endswith("no -> no\n")
    with Record.open(news) as record:
        assert {(each.modality, each.negated) for each in record.statements() if each.statement == statement} == {
            ("denied", False)
        }


def test_spans_a_class_and_nobody(onrecord, news):
    statement = statement_in(news, "The levy will go")
    made = onrecord(
        "correct", statement, "--span", "0-3", "--span", "9:13", "--cue-class", "denying", "--nobody", "--in", news
    )
    assert made.exit_code == 0, made.output
    rows = csv.DictReader(io.StringIO(onrecord("corrections", "--csv", "--in", news).stdout, newline=""))
    (row,) = (row for row in rows if row["field"] == "content")
    assert (row["spans"], row["value"]) == ("0:3 9:13", "The … will")


def test_source_and_cue_are_corrected_in_the_words_of_the_report(onrecord, news):
    statement = statement_in(news, "The levy will go")
    made = onrecord("correct", statement, "--source", "levy", "--cue", "", "--in", news)
    assert made.stdout.splitlines() == [
        f"correction 1: source of {statement}: Mara Ilven -> levy",
        f"correction 2: cue of {statement}: said -> nothing",
    ]
    onrecord("correct", "--undo", 1, "--in", news)
    with Record.open(news) as record:
        assert {(each.source, each.cue) for each in record.statements() if each.statement == statement} == {
            ("Mara Ilven", None)
        }
    missing = onrecord("correct", statement, "--cue", "vowed", "--in", news)
    assert (missing.exit_code, missing.stderr) == (
        1,
        "onrecord: 'vowed': is not in the report; copy the words from it\n",
    )


def test_what_is_no_statement_is_corrected_to_nothing_until_that_is_undone(onrecord, news):
    statement = statement_in(news, "The levy will go")
    made = onrecord("correct", statement, "--no-statement", "--by", "ida", "--in", news)
    assert made.stdout == f"correction 1: no statement: {statement}: The levy will go\n"
    assert onrecord("search", "go", "--in", news).stderr == "onrecord: nothing was found\n"
    twice = onrecord("correct", statement, "--no-statement", "--in", news)
    assert (twice.exit_code, "somebody has said before that it is none" in twice.stderr) == (1, True)
    shown = onrecord("corrections", "--in", news).stdout
    assert [line.split() for line in shown.splitlines()[1:3]] == [
        ["read", "The", "levy", "will", "go"],
        ["should", "nothing"],
    ]
    undone = onrecord("correct", "--undo", 1, "--in", news).stdout
    assert undone == f"correction 1: no statement: {statement}: The levy will go (withdrawn)\n"
    assert statement_in(news, "The levy will go") == statement


def test_what_was_put_in_is_taken_out_again(onrecord, news):
    statement = statement_in(news, "The levy will go")
    put_in = json.loads(onrecord("put-in", statement, "--content", "levy", "--json", "--in", news).stdout)["statement"]
    taken_out = onrecord("correct", put_in, "--no-statement", "--in", news).stdout
    assert taken_out == f"correction 1: put in as {put_in}: levy (withdrawn)\n"


def test_a_record_without_outlets_says_so(onrecord, tmp_path):
    Record.open(tmp_path / "new.db", create=True).close()
    told = onrecord("outlets", "--in", tmp_path / "new.db")
    assert (told.exit_code, told.stdout, told.stderr) == (
        0,
        "",
        "onrecord: no outlets: no report of this record names one\n",
    )


def test_a_record_that_another_process_holds_is_not_waited_for_in_silence(onrecord, news, monkeypatch):
    monkeypatch.setattr(opening, "SILENT_SECONDS", 0.05)
    holding = sqlite3.connect(news, check_same_thread=False, isolation_level=None)
    holding.execute("PRAGMA locking_mode = EXCLUSIVE")
    holding.execute("BEGIN EXCLUSIVE")
    letting_go = Timer(0.5, holding.close)
    letting_go.start()
    told = onrecord("outlets", "--in", news)
    letting_go.join()
    assert told.exit_code == 0
    assert told.stderr == f"onrecord: {news}: in use by another process, or being brought up to date; waiting\n"


def test_what_is_adrift_is_listed(onrecord, news):
    statement = statement_in(news, "The levy will go")
    onrecord("correct", statement, "--nobody", "--in", news)
    assert onrecord("corrections", "--adrift", "--in", news).stderr == "onrecord: no correction is adrift\n"
    again = told_of(
        "Mara Ilven", words="The levy will go", url="https://orrin.example/0", reader=Reader(version="9", model="hand")
    )
    with Record.open(news) as record:
        record.add(replace(again, statements=()))
    shown = onrecord("corrections", "--adrift", "--in", news).stdout
    assert shown.splitlines()[0].endswith("adrift")
    assert "now      no statement has these words" in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "name a STATEMENT"),
        (("a-b",), "say what it should be"),
        (("a-b", "--undo", "1"), "nothing else"),
        (("a-b", "--nobody", "--speaker", "Ida"), "exclude each other"),
        (("a-b", "--span", "1-x"), "no span such as"),
        (("a-b", "--no-statement", "--source", ""), "--no-statement excludes"),
        (("--no-statement",), "name a STATEMENT"),
        (("--no-statement", "--undo", "1"), "nothing else"),
    ],
)
def test_wrong_usage_of_correct(onrecord, news, arguments, message):
    result = onrecord("correct", *arguments, "--in", news)
    assert (result.exit_code, message in result.stderr) == (2, True)


def test_words_that_are_in_several_places_are_one_line_with_the_places(onrecord, news):
    result = onrecord("correct", statement_in(news, "The levy will go"), "--content", "l", "--in", news)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "is in several places: 4-5 (" in result.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("people",),
        ("merge", "Ada Quill", "Bo Larch"),
        ("split", "Ada Quill", "f" * 16),
        ("undo", "1"),
        ("outlets",),
        ("register", "list"),
        ("correct", "a-b", "--nobody"),
        ("corrections",),
    ],
)
def test_a_file_that_is_no_record_is_one_line(onrecord, tmp_path, command):
    other = tmp_path / "other.db"
    other.write_bytes(b"not a database" * 100)
    for path, message in ((other, "not a record"), (tmp_path / "none.db", "no such record")):
        result = onrecord(*command, "--in", path)
        assert (result.exit_code, result.stderr.count("\n"), message in result.stderr) == (1, 1, True), result.output
