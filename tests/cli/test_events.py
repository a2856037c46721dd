"""``onrecord events`` from its arguments to its output and exit code."""

from __future__ import annotations

import json
import re
from typing import get_args

import pytest

from events_by_hand import ECHO
from onrecord.cli.filters import TYPES
from onrecord.reading import EventType


@pytest.fixture
def echo(tmp_path):
    path = tmp_path / "echo.txt"
    path.write_text(ECHO, encoding="utf-8")
    return path


def rows_of(result):
    """Return the lines of the table as cells."""
    assert result.exit_code == 0, result.stderr
    return [line.split("\t") for line in result.stdout.splitlines() if "\t" in line]


def events_in(result):
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)["events"]


def test_an_event_is_a_line_with_date_actor_type_recipient_and_who_claims_it(tell, echo):
    rows = rows_of(tell("events", echo, "--date", "2024-05-04"))
    claimant = "the Estavan defence ministry (s1)"
    assert rows[0] == ["v1", "2024-05-02", "Norlund", "ASSAULT aerial", "Estava", claimant, "bombed"]
    assert rows[1] == ["v2", "2024-05-03", "Mara Ilven", "THREATEN", "Estava", "(the outlet)", "threatened"]


def test_what_is_not_there_is_a_dash_and_what_did_not_happen_says_so(tell, echo):
    rows = {row[0]: row for row in rows_of(tell("events", echo))}
    assert rows["v3"][1] == "–"
    assert rows["v3"][3] == "SANCTION discontinue (threatened)"
    assert rows["v4"][4] == "–"
    assert rows["v6"][3] == "SANCTION (planned)"


def test_an_event_told_twice_is_one_line_that_says_so(tell, two_reports):
    triggers = [row[-1] for row in rows_of(tell("events", two_reports))]
    assert "bombed (told 2 times)" in triggers


def test_on_a_terminal_the_table_has_a_header_and_no_line_is_too_long(tell, echo):
    lines = tell("events", echo, "--width", 80).stdout.splitlines()
    table = lines[next(at for at, line in enumerate(lines) if line.startswith("id  date")) :]
    assert table[0].split() == ["id", "date", "actor", "type", "recipient", "claimed", "by", "in", "the", "words"]
    assert max(map(len, table)) <= 80


@pytest.mark.parametrize("width", [80, 200])
def test_ids_and_dates_are_not_broken_where_there_is_room(tell, echo, width):
    shown = tell("events", echo, "--width", width).stdout
    assert len(re.findall(r"^v\d  (?:–|2024-05-\d\d|2024-04) ", shown, re.MULTILINE)) == 6


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["--type", "THREATEN"], ["v2"]),
        (["--type", "assault", "--type", "REQUEST"], ["v1", "v4", "v5"]),
        (["--min-confidence", 0.7, "--type", "ASSAULT"], ["v1"]),
        (["--type", "AID"], []),
    ],
)
def test_types_and_confidence_choose_events(tell, echo, arguments, ids):
    assert [event["id"] for event in events_in(tell("events", echo, "--json", *arguments))] == ids


def test_json_has_names_words_spans_and_the_claim(tell, echo):
    event = events_in(tell("events", echo, "--json"))[0]
    assert event["actors"] == ["Norlund"]
    assert event["claimed_by"] == "the Estavan defence ministry"
    assert event["where"]["name"] == "Amary"
    for words, span in (("trigger", "trigger_span"), ("sentence", "span")):
        start, end = event[span]
        assert ECHO[start:end] == event[words]
    start, end = event["when"]["span"]
    assert ECHO[start:end] == "on Thursday"


def test_jsonl_is_a_line_for_each_report(tell, two_reports):
    lines = tell("events", two_reports, "--jsonl").stdout.splitlines()
    assert [json.loads(line)["document"]["outlet"] for line in lines] == ["Orrin Echo", "Quy Post"]


def test_a_report_without_events_says_so(tell, tmp_path):
    path = tmp_path / "none.txt"
    path.write_text("The market was half empty on Monday, and the boats stayed in.", encoding="utf-8")
    result = tell("events", path)
    assert result.exit_code == 0
    assert "0 events" in result.stdout


def test_a_bad_source_is_one_line_and_the_rest_is_listed(tell, echo, tmp_path):
    result = tell("events", tmp_path / "missing.txt", echo, "--jsonl")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert len(json.loads(result.stdout)["events"]) == 6


@pytest.mark.parametrize("arguments", [["--type", "WAR"], ["--json", "--jsonl"], ["--min-confidence", "2"], []])
def test_wrong_usage_is_exit_code_2(tell, echo, arguments):
    sources = [echo] if arguments else []
    assert tell("events", *sources, *arguments).exit_code == 2


def test_every_type_of_the_contract_can_be_chosen():
    assert get_args(EventType) == TYPES
