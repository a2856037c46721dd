"""``onrecord read`` from its arguments to its output and exit code."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from events_by_hand import ECHO
from onrecord.errors import ModelMissing
from onrecord.examples import example_report
from onrecord.reading import from_json

# Statement spans of JSON, the contract's unit: code points of the document's text.
PARTS = ("source", "cue", "content")


@pytest.fixture
def page():
    return example_report()


@pytest.fixture
def pasted(page):
    return page.with_suffix(".txt")


def test_the_example_page_is_read_and_shown(onrecord, page):
    result = onrecord("read", page)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith(
        "Harbour tax will empty the quays, warns fishers’ leader\nSaltmere Courier · 2024-05-02"
    )
    assert "content  the association had “invented” its figures  [" in result.stdout
    assert result.stderr == ""


def test_jsonl_is_one_valid_object_a_line(onrecord, page):
    result = onrecord("read", page, page.with_suffix(".txt"), "--jsonl")
    lines = result.stdout_bytes.splitlines()
    schema = json.loads(files("onrecord").joinpath("schema/onrecord-1.schema.json").read_bytes())
    assert len(lines) == 2
    for line in lines:
        jsonschema.Draft202012Validator(schema).validate(json.loads(line))
        assert from_json(line).statements


def test_json_is_the_same_object_indented(onrecord, pasted):
    pretty, line = onrecord("read", pasted, "--json").stdout, onrecord("read", pasted, "--jsonl").stdout
    assert pretty.startswith('{\n  "schema": "onrecord/1"')
    assert json.loads(pretty) == json.loads(line)


def test_every_span_in_json_names_words_of_the_text(onrecord, pasted):
    found = json.loads(onrecord("read", pasted, "--jsonl").stdout)
    spans = [span for statement in found["statements"] for part in PARTS for span in statement[part]]
    assert spans
    assert all(found["document"]["text"][start:end].strip() for start, end in spans)


def test_json_keeps_escapes_that_the_terminal_shows(onrecord, tmp_path):
    path = tmp_path / "bidi.txt"
    path.write_text(
        "The mayor told the council on Monday that it was \u202elate\u202c for everybody.", encoding="utf-8"
    )
    assert "\u202elate" in json.loads(onrecord("read", path, "--jsonl").stdout)["document"]["text"]


def test_a_bad_source_is_one_line_and_the_rest_is_read(onrecord, report, tmp_path):
    result = onrecord("read", tmp_path / "missing.txt", report, "--jsonl")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert len(result.stderr.splitlines()) == 1
    assert "missing.txt: no such file" in result.stderr


def test_escapes_in_a_file_name_are_not_sent_to_the_terminal(onrecord):
    result = onrecord("read", "no\x1b[31mfile.txt")
    assert "\x1b" not in result.stderr
    assert "file.txt: " in result.stderr


def test_folders_and_patterns_are_read_in_order(onrecord, tmp_path):
    for name in ("b.txt", "a.txt", "c.md", "notes.xyz"):
        (tmp_path / name).write_text(f"The toll will rise, Ada Quill said on Monday in {name}.", encoding="utf-8")
    result = onrecord("read", tmp_path, "--jsonl")
    assert [json.loads(line)["document"]["origin"][-5:] for line in result.stdout.splitlines()] == [
        "a.txt",
        "b.txt",
        "/c.md",
    ]
    assert len(onrecord("read", tmp_path / "*.txt", "--jsonl").stdout.splitlines()) == 2


def test_standard_input_is_read(onrecord):
    result = onrecord("read", "-", input="The toll will rise by a tenth in the spring, Ada Quill said on Monday.")
    assert result.exit_code == 0, result.stderr
    assert "\n-\n" in result.stdout


def test_fields_of_json_lines_are_mapped_and_others_carried_through(onrecord, tmp_path):
    path = tmp_path / "posts.jsonl"
    post = {"body": "The toll will rise in the spring, Ada Quill said on Monday.", "day": "2024-05-02", "likes": 7}
    path.write_text(json.dumps(post) + "\n", encoding="utf-8")
    result = onrecord("read", path, "--text-field", "body", "--date-field", "day", "--jsonl")
    document = json.loads(result.stdout)["document"]
    assert (document["text"], document["published"], document["extra"]["likes"]) == (post["body"], "2024-05-02", 7)


def test_a_date_given_outranks_the_page(onrecord, page):
    document = json.loads(onrecord("read", page, "--date", "2020-01-31", "--jsonl").stdout)["document"]
    assert (document["published"], document["published_from"]) == ("2020-01-31", "given")


def test_low_confidence_can_be_left_out(onrecord, pasted):
    found = json.loads(onrecord("read", pasted, "--min-confidence", "0.9", "--jsonl").stdout)
    assert found["statements"]
    assert all(statement["confidence"] >= 0.9 for statement in found["statements"])


@pytest.mark.parametrize(("arguments", "explained"), [([], 0), (["--explain"], 14), (["--explain", "s3,s4"], 2)])
def test_explain_shows_evidence_for_all_or_some(onrecord, pasted, arguments, explained):
    assert onrecord("read", *arguments, pasted).stdout.count("because  linked") == explained


def test_explain_says_which_statements_are_not_there(onrecord, pasted):
    result = onrecord("read", "--explain", "s3,s99,s100", pasted)
    assert result.exit_code == 1
    assert result.stdout.count("because  linked") == 1
    assert result.stderr == "onrecord: --explain s99,s100: no such statement is shown\n"


def test_the_page_is_written_to_a_file_or_printed(onrecord, pasted, tmp_path):
    target = tmp_path / "marked.html"
    assert onrecord("read", pasted, "--html", target).exit_code == 0
    written = target.read_bytes()
    assert written.startswith(b"<!doctype html>")
    assert onrecord("read", pasted, "--html", "-").stdout_bytes == written
    assert onrecord("read", pasted, "--html", target).exit_code == 0


def test_a_page_never_takes_the_place_of_a_report(onrecord, report, page, tmp_path):
    target = tmp_path / "report.html"
    target.write_bytes(page.read_bytes())
    result = onrecord("read", report, "--html", target)
    assert result.exit_code == 2
    assert "did not write; choose another name" in result.stderr
    assert target.read_bytes() == page.read_bytes()


def test_a_page_that_cannot_be_written_is_one_line(onrecord, report, tmp_path):
    result = onrecord("read", report, "--html", tmp_path / "no" / "folder.html")
    assert result.exit_code == 1
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "Missing argument 'SOURCE...'"),
        (["a.txt", "--json", "--jsonl"], "--json and --jsonl exclude each other"),
        (["a.txt", "--min-confidence", "2"], "--min-confidence"),
        (["a.txt", "--date", "yesterday"], "--date"),
        (["a.txt", "--explain=x"], "give s3, s3,s7 or all"),
        (["a.txt", "--nonsense"], "No such option"),
    ],
)
def test_wrong_usage_says_what_is_wrong(onrecord, arguments, says):
    result = onrecord("read", *arguments)
    assert result.exit_code == 2
    assert says in result.stderr


def test_one_page_holds_one_report(onrecord, report, pasted):
    result = onrecord("read", report, pasted, "--html", "-")
    assert result.exit_code == 2
    assert "--html makes the page of one report" in result.stderr


def test_a_damaged_model_is_one_line_before_anything_is_read(onrecord, report, monkeypatch):
    from onrecord.cli import reading_run

    class Broken:
        @staticmethod
        def load():
            raise ModelMissing("no weights", where="model.onnx", advice="install onrecord again")

    monkeypatch.setattr(reading_run, "Model", Broken)
    result = onrecord("read", report)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "onrecord: model.onnx: no weights; install onrecord again\n"


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {}, False),
    ],
)
def test_colour_is_for_terminals_or_when_asked_for(onrecord, report, arguments, environment, coloured):
    result = onrecord("read", report, *arguments, env=environment, color=True)
    assert ("\x1b[" in result.stdout) is coloured


def test_the_demo_reads_the_example(onrecord):
    result = onrecord("demo")
    assert result.exit_code == 0
    assert "Berrin Oakhollow" in result.stdout
    first, last = result.stderr.splitlines()
    assert "harbour-tax.html" in first
    assert "'onrecord serve' shows a record in the browser" in last


def test_the_demo_puts_its_report_into_an_empty_folder_and_spares_other_files(onrecord, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        assert onrecord("demo", "--copy").stdout.split() == ["harbour-tax.html", "harbour-tax.txt"]
    assert Path("harbour-tax.txt").read_bytes() == example_report().with_suffix(".txt").read_bytes()
    Path("harbour-tax.txt").write_text("Mine.")
    result = onrecord("demo", "--copy")
    assert result.exit_code == 1
    assert result.stderr == "onrecord: harbour-tax.txt: there is another file of that name; use an empty folder\n"
    assert Path("harbour-tax.txt").read_text() == "Mine."


def test_help_teaches_with_examples_and_exit_codes(onrecord):
    text = onrecord("read", "--help").stdout
    assert "onrecord read report.html --html marked.html" in text
    assert "130  interrupted" in text


def test_the_terminal_shows_events_times_and_amounts_where_they_are_asked_for(tell, two_reports):
    shown = tell("read", two_reports, "--with", "events,times,amounts").stdout
    assert "v2\t2024-05-03\tMara Ilven\tTHREATEN\tEstava\t(the outlet)\tthreatened\n" in shown
    assert "on Thursday\t2024-05-02\tdate\t56:67\n" in shown
    assert "20 million euros\t20,000,000\tEUR\taid\t–\t336:352\n" in shown
    assert "12\t12\tkilled\tpeople\ts1\t112:114\n" in shown


@pytest.mark.parametrize(
    ("arguments", "counts"),
    [
        ([], []),
        (["--with", "none"], []),
        (["--with", "times"], ["4 times"]),
        (["--with", "amounts, events"], ["6 events", "2 amounts"]),
        (["--with", "all"], ["6 events", "4 times", "2 amounts"]),
    ],
)
def test_only_the_parts_asked_for_are_shown(tell, tmp_path, arguments, counts):
    path = tmp_path / "echo.txt"
    path.write_text(ECHO, encoding="utf-8")
    lines = tell("read", path, *arguments).stdout.splitlines()
    assert [line for line in lines if re.fullmatch(r"\d+ (?:events|times|amounts)", line)] == counts


@pytest.mark.parametrize("value", ["people", "events;times", "", ","])
def test_with_takes_the_names_of_parts_only(tell, two_reports, value):
    assert tell("read", two_reports, "--with", value).exit_code == 2


def test_json_and_the_page_have_all_parts_unless_told(tell, tmp_path):
    path = tmp_path / "echo.txt"
    path.write_text(ECHO, encoding="utf-8")
    found = json.loads(tell("read", path, "--json").stdout)
    assert [len(found[part]) for part in ("events", "times", "amounts")] == [6, 4, 2]
    found = json.loads(tell("read", path, "--json", "--with", "times").stdout)
    assert [len(found[part]) for part in ("events", "times", "amounts")] == [0, 4, 0]
    assert '<section class="values" id="events"' in tell("read", path, "--html", "-").stdout
    assert '<section class="values"' not in tell("read", path, "--html", "-", "--with", "none").stdout


def test_what_a_statement_claims_is_left_out_with_it(tell, tmp_path):
    path = tmp_path / "echo.txt"
    path.write_text(ECHO, encoding="utf-8")
    found = json.loads(tell("read", path, "--json", "--min-confidence", 0.95).stdout)
    assert found["statements"] == []
    assert [event["id"] for event in found["events"]] == ["v2", "v3", "v5", "v6"]
    assert [amount["unit"] for amount in found["amounts"]] == ["EUR"]
