"""Values that the type of an option lets through, and nothing can use."""

from __future__ import annotations

import json

import pytest

from onrecord.record import Record

HALF = "\udcff"
"""What Python makes of a byte that is no UTF-8."""
HUGE = 10**20


@pytest.fixture
def empty(tmp_path):
    path = tmp_path / "news.db"
    Record.open(path, create=True).close()
    return path


@pytest.mark.parametrize("command", ["read", "events", "timeline"])
def test_nan_is_no_confidence(onrecord, report, command):
    result = onrecord(command, report, "--min-confidence", "nan")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'nan' is no number from 0 to 1." in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [("undo", HUGE), ("correct", "--undo", HUGE), ("correct", "--undo", -HUGE), ("framing", "--examples", HUGE)],
)
def test_a_number_beyond_those_of_sqlite_is_wrong_usage(onrecord, empty, arguments):
    result = onrecord(*arguments, "--in", empty)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "is not in the range" in result.stderr


@pytest.mark.parametrize("command", [("read", "--json"), ("add", "--to", "news.db")])
def test_an_address_that_is_no_utf_8_is_refused_before_anything_is_read(onrecord, report, command):
    result = onrecord(*command, report, "--url", HALF)
    assert (result.exit_code, result.stdout) == (2, "")
    assert r"'\udcff' is not in UTF-8" in result.stderr


def test_a_digit_too_many_starts_no_thousands_of_readers(onrecord, report, tmp_path):
    result = onrecord("add", report, "--to", tmp_path / "news.db", "--jobs", 8_000)
    assert (result.exit_code, "8000 is not in the range 0<=x<=1024" in result.stderr) == (2, True)


def test_words_that_are_no_utf_8_are_looked_for_and_told_as_an_escape(onrecord, empty):
    result = onrecord("search", HALF, "--json", "--in", empty)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["words"] == HALF
    assert r'"words": "\udcff"' in result.stdout


def test_a_name_that_is_no_utf_8_is_in_no_register(onrecord, empty):
    result = onrecord("register", "find", HALF, "--in", empty)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "half a character is in it" in result.stderr


def test_a_record_is_not_called_what_stands_for_standard_output(onrecord, report):
    result = onrecord("add", report, "--to", "-")
    assert result.exit_code == 2
    assert "a record is a file, such as news.db" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "levy", "--in", "FILE"),
        ("stories", "FILE"),
        ("doctor", "FILE"),
        ("datasette-metadata", "FILE"),
        ("verify", "--csv", "FILE", "--in", "FILE"),
        ("register", "add", "FILE", "--in", "FILE"),
        ("import", "FILE", "--format", "brat", "--in", "FILE"),
    ],
)
def test_a_file_that_can_not_be_read_is_no_wrong_usage(onrecord, empty, arguments, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_, **__: False)  # what click asks; root may read anything
    assert onrecord(*(str(empty) if each == "FILE" else each for each in arguments)).exit_code != 2


@pytest.mark.parametrize(
    "arguments", [("read", "REPORT", "--html"), ("check",), ("import", "--format", "brat", "--in", "RECORD")]
)
def test_a_name_that_the_system_refuses_is_one_line(onrecord, report, empty, arguments):
    files = {"REPORT": report, "RECORD": empty}
    result = onrecord(*(files.get(each, each) for each in arguments), "x" * 300)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"onrecord: {'x' * 300}: ")
    assert result.stderr.count("\n") == 1


def test_a_page_without_a_name_is_wrong_usage(onrecord, report):
    result = onrecord("read", report, "--html", "")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--html takes the name of a file, or - for standard output" in result.stderr


def test_a_width_beyond_all_reason_takes_no_memory(onrecord, report):
    result = onrecord("read", report, report, "--width", HUGE)
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) == 10_000
