"""``onrecord people`` from its arguments to its output and exit code."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import get_args

import pytest
from rich.cells import cell_len

from onrecord.cli.blocks import Look
from onrecord.cli.people import KINDS
from onrecord.cli.people_blocks import show_people
from onrecord.reading import EntityKind
from onrecord.speakers.people import count_people

PLAIN = Look(width=None, colour=False)
UNHEARD = "onrecord: left out: 2 that do not speak; --all lists them too\n"


@pytest.fixture
def pasted():
    from onrecord.examples import example_report

    return example_report().with_suffix(".txt")


def names_in(result):
    return [person["name"] for person in json.loads(result.stdout)["people"]]


def test_the_people_of_the_example_are_listed_with_their_counts(onrecord, pasted):
    result = onrecord("people", pasted)
    assert result.exit_code == 0, result.stderr
    assert "Berrin Oakhollow  speaks 5 · spoken about 0 · mentioned 4\n    kind     person\n" in result.stdout
    assert re.search(r"    role     head, the fishers’ association  \[\d+:\d+\]\n", result.stdout)
    assert "    also     fishers’ leader; the head of the fishers’ association; Oakhollow\n" in result.stdout
    assert " · 10 entities\n" in result.stdout


def test_who_is_left_out_is_said_once_and_all_lists_them(onrecord, pasted):
    some = onrecord("people", pasted, "--jsonl")
    everybody = onrecord("people", pasted, "--all", "--jsonl")
    assert some.stderr == UNHEARD
    assert everybody.stderr == ""
    assert {*names_in(everybody)} - {*names_in(some)} == {"Saltmere", "a crowded meeting"}
    assert onrecord("people", pasted, pasted, "--jsonl").stderr == UNHEARD.replace("2", "4")


def test_kinds_can_be_chosen(onrecord, pasted):
    assert names_in(onrecord("people", pasted, "--kind", "place", "--json")) == ["Saltmere"]
    both = onrecord("people", pasted, "--kind", "group", "--kind", "unnamed", "--json")
    assert names_in(both) == ["Owners", "an engineer"]
    assert both.stderr == UNHEARD.replace("2", "1")


def test_every_kind_of_the_contract_can_be_chosen():
    assert get_args(EntityKind) == KINDS


def test_json_is_an_object_for_each_report(onrecord, pasted):
    line, pretty = onrecord("people", pasted, "--jsonl").stdout, onrecord("people", pasted, "--json").stdout
    found = json.loads(line)
    reading = json.loads(onrecord("read", pasted, "--jsonl").stdout)
    assert json.loads(pretty) == found
    assert pretty.startswith('{\n  "document": "')
    assert (found["document"], found["origin"]) == (reading["document"]["id"], str(pasted))
    first = found["people"][0]
    assert first["statements"] == [item["id"] for item in reading["statements"] if first["id"] in item["speakers"]]
    start, end = first["roles"][0]["span"]
    assert reading["document"]["text"][start:end] == "head of the fishers’ association"


def test_a_report_without_people_says_so(onrecord, report):
    result = onrecord("people", report)
    assert (result.exit_code, result.stderr) == (0, "")
    assert " · 0 entities\n" in result.stdout
    assert json.loads(onrecord("people", report, "--jsonl").stdout)["people"] == []


def test_a_bad_source_is_one_line_and_the_rest_is_listed(onrecord, pasted, tmp_path):
    result = onrecord("people", tmp_path / "missing.txt", pasted, "--jsonl")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    missing, unheard = result.stderr.splitlines(keepends=True)
    assert "missing.txt: no such file" in missing
    assert unheard == UNHEARD


def test_fields_of_json_lines_are_mapped_as_in_read(onrecord, pasted, tmp_path):
    path = tmp_path / "posts.jsonl"
    path.write_text(json.dumps({"body": pasted.read_text(encoding="utf-8")}) + "\n", encoding="utf-8")
    result = onrecord("people", path, "--text-field", "body", "--jsonl")
    assert names_in(result)[0] == "Berrin Oakhollow"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "name a SOURCE, or a record with --in"),
        (["a.txt", "--json", "--jsonl"], "--json and --jsonl exclude each other"),
        (["a.txt", "--kind", "fish"], "'fish' is not one of 'person'"),
        (["a.txt", "--date", "yesterday"], "--date"),
    ],
)
def test_wrong_usage_says_what_is_wrong(onrecord, arguments, says):
    result = onrecord("people", *arguments)
    assert result.exit_code == 2
    assert says in result.stderr


def test_help_teaches_with_examples_and_exit_codes(onrecord):
    text = onrecord("people", "--help").stdout
    assert "onrecord people report.html --kind person" in text
    assert "130  interrupted" in text


@pytest.mark.parametrize("width", [30, 40, 60, 80, 100])
def test_no_line_is_wider_than_the_terminal(harbour, width):
    shown = show_people(harbour, count_people(harbour), Look(width=width, colour=False))
    assert max(cell_len(line) for line in shown.splitlines()) <= width


def test_counts_stand_in_columns_where_there_is_room(harbour):
    people = [replace(person, mentioned=10 + index) for index, person in enumerate(count_people(harbour))]
    people[0] = replace(people[0], speaks=1_200)
    shown = show_people(harbour, people, Look(width=100, colour=False))
    assert "speaks 1,200 · spoken about 0 · mentioned 10\n" in shown
    assert "speaks     1 · spoken about 2 · mentioned 11\n" in shown


def test_a_long_name_stands_above_its_counts(harbour):
    long = replace(count_people(harbour)[0], name=" ".join(["a campaign operative"] * 6))
    shown = show_people(harbour, [long], Look(width=60, colour=False)).split("\n\n")[1]
    assert shown.splitlines()[:3] == [
        "a campaign operative a campaign operative a campaign",
        "operative a campaign operative a campaign operative a",
        "campaign operative",
    ]
    assert "\n    speaks 5 · spoken about 0 · mentioned 4\n" in shown


def test_colour_changes_no_character(harbour):
    coloured = show_people(harbour, count_people(harbour), Look(width=80, colour=True))
    assert "\x1b[" in coloured
    plain = show_people(harbour, count_people(harbour), Look(width=80, colour=False))
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_an_escape_in_a_name_is_shown_and_never_sent(harbour):
    person = replace(count_people(harbour)[0], name="Ada\x1b[31m\u202e", aliases=("\x07",), country="\x9b")
    person = replace(person, roles=(replace(person.roles[0], title="\x1b]0;own\x07", of="\u2066"),))
    shown = show_people(harbour, [person], Look(width=80, colour=False))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066]", shown)
    assert r"Ada\x1b[31m\u202e" in shown


def test_an_ascii_terminal_gets_ascii(harbour):
    shown = show_people(harbour, count_people(harbour), Look(width=80, colour=False, encoding="ascii"))
    assert shown.isascii()
    assert "speaks 5 - spoken about 0" in shown


def test_piped_output_has_a_line_for_a_name_with_its_counts(harbour):
    shown = show_people(harbour, count_people(harbour), PLAIN)
    assert len(re.findall(r"^\S.*  speaks \d+ · spoken about \d+ · mentioned \d+$", shown, re.MULTILINE)) == 12
