"""The command ``onrecord check`` and ``read --with checks``, over a reading that has one check."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from onrecord.document import Span
from onrecord.reading import Check

CHECK = Check(
    kind="number-differs",
    severity="warning",
    span=Span(0, 4),
    message="The story never says “Toll” of this.",
    evidence=(Span(14, 22),),
    unknown="Whether it adds up.",
)


@pytest.fixture
def checked(onrecord, scripted, monkeypatch):
    """Run the command line where every report has one check."""
    from onrecord.cli import reading_run

    def read_all(documents, model, **options):
        for reading in scripted.read_all(documents, model, **options):
            yield replace(reading, checks=(CHECK,))

    monkeypatch.setattr(reading_run, "read_all", read_all)
    return onrecord


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "toll.txt"
    path.write_text("Toll to rise\n\nThe toll will rise, Ada Quill said.\n", encoding="utf-8")
    return path


def test_a_check_is_shown_with_what_it_does_not_fit_and_what_it_does_not_know(checked, report):
    result = checked("check", report)
    assert result.exit_code == 0
    assert "1 check" in result.stdout
    assert result.stdout.splitlines()[-5:] == [
        "warning  number-differs",
        "    here     Toll  [0:4]",
        "    differs  The story never says “Toll” of this.",
        "    compare  The toll  [14:22]",
        "    unknown  Whether it adds up.",
    ]


@pytest.mark.parametrize(("arguments", "code"), [([], 0), (["--strict"], 1)])
def test_checks_are_no_failure_unless_strict(checked, report, arguments, code):
    assert checked("check", report, "--jsonl", *arguments).exit_code == code


def test_strict_is_content_with_a_report_that_agrees_with_itself(onrecord, report):
    assert onrecord("check", report, "--strict").exit_code == 0


def test_json_has_the_words_of_every_span(checked, report):
    found = json.loads(checked("check", report, "--json").stdout)
    [check] = found["checks"]
    assert (check["kind"], check["words"], check["span"]) == ("number-differs", "Toll", [0, 4])
    assert check["evidence"][0]["span"] == [14, 22]


def test_read_shows_checks_when_asked(checked, report):
    assert "number-differs" not in checked("read", report).stdout
    assert "number-differs" in checked("read", report, "--with", "checks").stdout


def test_two_formats_are_refused(checked, report):
    assert checked("check", report, "--json", "--jsonl").exit_code == 2
