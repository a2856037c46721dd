"""``onrecord timeline`` from its arguments to its output and exit code."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from lxml import html

from events_by_hand import ECHO, POST
from onrecord.cli.blocks import Look
from onrecord.cli.grid import lay_out_grid

UNDATED = ["told 2024-05-04", "told 2024-05-04", "told 2024-05-05"]


def rows_of(result):
    """Return the lines of the table as cells."""
    assert result.exit_code == 0, result.stderr
    return [line.split("\t") for line in result.stdout.splitlines() if "\t" in line]


def table_of(result):
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_the_events_of_all_reports_stand_in_the_order_of_their_dates(tell, two_reports):
    dates = [row[0] for row in rows_of(tell("timeline", two_reports))]
    days = ["2024-04", "2024-05-01T14:30", "2024-05-02", "2024-05-02", "2024-05-03"]
    assert dates == [*days, *UNDATED, "2024-05-10"]


def test_a_cell_of_nothing_has_a_sign_in_any_encoding():
    look = Look(width=60, colour=False, encoding="ascii")
    assert lay_out_grid(("date", "actor"), [("–", "Ada Quill")], look)[1] == "-     Ada Quill"


@pytest.mark.parametrize("width", [30, 45, 70])
def test_no_line_is_wider_than_the_terminal(tell, two_reports, width):
    shown = tell("timeline", two_reports, "--width", width).stdout
    assert max(map(len, shown.splitlines())) <= width
    assert len(re.findall("^date  .* 2024-", shown, re.MULTILINE)) == (9 if width < 60 else 0)


def test_each_line_tells_who_says_so(tell, two_reports):
    said = {tuple(row[:4]): row[4] for row in rows_of(tell("timeline", two_reports))}
    assert said["2024-05-02", "Norlund", "ASSAULT aerial", "Estava"] == "the Estavan defence ministry, in Orrin Echo"
    assert said["2024-05-02", "Norlund", "ASSAULT", "–"] == "Teo Brandt, in Quy Post"
    assert said["2024-05-03", "Mara Ilven", "THREATEN", "Estava"] == "Orrin Echo"


def test_what_did_not_happen_is_marked(tell, two_reports):
    types = [row[2] for row in rows_of(tell("timeline", two_reports))]
    assert [each for each in types if "(" in each] == [
        "SANCTION discontinue (threatened)",
        "MOBILIZE troops (denied)",
        "SANCTION (planned)",
    ]


def test_nothing_is_merged_across_reports(tell, two_reports):
    bombed = [row for row in rows_of(tell("timeline", two_reports)) if row[-1].startswith("bombed")]
    assert len(bombed) == 2


def test_an_event_whose_report_has_no_date_comes_last_with_a_dash(tell, tmp_path):
    path = tmp_path / "echo.txt"
    path.write_text(ECHO, encoding="utf-8")
    rows = rows_of(tell("timeline", path))
    assert [row[0] for row in rows[-2:]] == ["–", "–"]
    assert rows[0][4] == "Estava, in echo.txt"


@pytest.mark.parametrize(
    ("arguments", "dates"),
    [
        (["--since", "2024-05-03"], ["2024-05-03", *UNDATED, "2024-05-10"]),
        (["--until", "2024-05-01"], ["2024-04", "2024-05-01T14:30"]),
        (["--since", "2024-04-20", "--until", "2024-04"], ["2024-04"]),
        (["--since", "2025"], []),
        (["--type", "ASSAULT"], ["2024-04", "2024-05-02", "2024-05-02"]),
        (["--type", "assault", "--min-confidence", 0.7], ["2024-05-02", "2024-05-02"]),
    ],
)
def test_days_types_and_confidence_choose_events(tell, two_reports, arguments, dates):
    assert [row[0] for row in rows_of(tell("timeline", two_reports, *arguments))] == dates


def test_what_is_left_out_for_want_of_a_day_is_said(tell, tmp_path):
    path = tmp_path / "echo.txt"
    path.write_text(ECHO, encoding="utf-8")
    result = tell("timeline", path, "--since", "2024")
    assert "onrecord: left out: 2 events without a day" in result.stderr
    assert tell("timeline", path).stderr == ""


def test_json_has_the_reports_and_the_events_with_links_to_their_words(tell, two_reports):
    result = tell("timeline", two_reports, "--json")
    found = json.loads(result.stdout)
    texts = {"Orrin Echo": ECHO, "Quy Post": POST}
    assert [report["outlet"] for report in found["reports"]] == [*texts]
    assert len(found["events"]) == 9
    for event in found["events"]:
        text = texts[event["report"]["outlet"]]
        assert text[slice(*event["trigger_span"])] == event["trigger"]
        assert text[slice(*event["span"])] == event["sentence"]
        assert event["link"].startswith(f"{event['report']['url']}#:~:text=")
    (again,) = [event["also"] for event in found["events"] if event["told"] == 2]
    assert again[0]["claimed_by"] == "witnesses"


def test_an_undated_event_has_no_date_in_json_but_the_day_of_its_report(tell, two_reports):
    events = json.loads(tell("timeline", two_reports, "--json", "--type", "REQUEST").stdout)["events"]
    assert [(event["date"], event["told_on"]) for event in events] == [(None, "2024-05-04")]


def test_csv_is_a_row_an_event(tell, two_reports):
    rows = table_of(tell("timeline", two_reports, "--csv"))
    assert len(rows) == 9
    assert rows[1]["actor"] == "Police in Sel"
    assert rows[1]["date"] == "2024-05-01T14:30"
    assert rows[3]["claimed_by"] == "Teo Brandt"
    assert rows[3]["told"] == "2"


def test_without_events_it_says_so(tell, tmp_path):
    path = tmp_path / "none.txt"
    path.write_text("The market was half empty on Monday, and the boats stayed in.", encoding="utf-8")
    assert tell("timeline", path).stdout == "0 events in 1 report\n"
    assert "No events found." in tell("timeline", path, "--html", "-").stdout


def test_a_bad_source_is_one_line_and_the_rest_is_shown(tell, two_reports, tmp_path):
    result = tell("timeline", tmp_path / "missing.txt", two_reports)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout.startswith("9 events in 2 reports\n")


@pytest.mark.parametrize(
    "arguments", [["--since", "May"], ["--until", "2024-5"], ["--json", "--csv"], ["--csv", "--html", "t.html"]]
)
def test_wrong_usage_is_exit_code_2(tell, two_reports, arguments):
    result = tell("timeline", two_reports, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""


def test_the_page_is_written_to_a_file_or_printed(tell, two_reports, tmp_path):
    page = tmp_path / "strike.html"
    for _ in range(2):  # its own page is overwritten
        assert tell("timeline", two_reports, "--html", page).stdout == ""
    assert page.read_text(encoding="utf-8") == tell("timeline", two_reports, "--html", "-").stdout


def test_the_page_never_replaces_what_onrecord_did_not_write(tell, two_reports):
    before = two_reports.read_bytes()
    result = tell("timeline", two_reports, "--html", two_reports)
    assert result.exit_code == 2
    assert re.search(r"--html would overwrite .*strike\.jsonl", result.stderr)
    assert two_reports.read_bytes() == before


def test_the_page_has_a_section_for_each_date(tell, two_reports):
    page = html.fromstring(tell("timeline", two_reports, "--html", "-").stdout)
    headings = [" ".join(each.text_content().split()) for each in page.xpath("//main//h2")]
    assert headings == [
        "April 2024",
        "Wednesday 1 May 2024, 14:30",
        "Thursday 2 May 2024",
        "Friday 3 May 2024",
        "Told on Saturday 4 May 2024 without a date of its own",
        "Told on Sunday 5 May 2024 without a date of its own",
        "Friday 10 May 2024",
    ]
    assert [each.text_content() for each in page.xpath("//main//li[1]/h3")][:2] == [
        "Norlund",
        "Police in Sel → three editors",
    ]
