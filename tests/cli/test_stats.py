"""``onrecord stats`` from its options to its output and exit code."""

from __future__ import annotations

import csv
import io
import json

import pytest
from rich.cells import cell_len

from handmade import invented_reading, read_by_hand
from occasions import read_marked
from onrecord.exports import charting
from onrecord.record import Record

TEXT = "The levy will go, Mara Ilven said.\n\nNobody was asked, Teo Brandt claimed.\n\nIt is over, Teo Brandt said."


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("stats") / "news.db"
    with Record.open(path, create=True) as record:
        record.add(read_by_hand(TEXT, url="https://orrin.example/levy", outlet="Orrin Echo", published="2024-05-02"))
    return path


def test_who_is_quoted_most_comes_first(onrecord, path):
    result = onrecord("stats", "--in", path)
    assert result.exit_code == 0, result.stderr
    head, *rows = result.stdout.splitlines()
    assert " ".join(head.split()).startswith("speaker statements outlets direct mixed length first last reports")
    assert [row.split()[:3] for row in rows] == [["Teo", "Brandt", "2"], ["Mara", "Ilven", "1"]]
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("by", "first"), [("outlet", "Orrin Echo"), ("form", "indirect"), ("cue-class", "neutral"), ("month", "2024-05")]
)
def test_by_other_things(onrecord, path, by, first):
    assert onrecord("stats", "--in", path, "--by", by).stdout.splitlines()[1].startswith(first)


def test_json_and_csv(onrecord, path):
    told = json.loads(onrecord("stats", "--in", path, "--json").stdout)
    assert (told["by"], told["tallies"][0]["value"], told["tallies"][0]["statements"]) == ("speaker", "Teo Brandt", 2)
    first, second = csv.DictReader(io.StringIO(onrecord("stats", "--in", path, "--csv").stdout))
    assert (first["speaker"], first["cue_classes"], second["speaker"]) == ("Teo Brandt", "neutral 2", "Mara Ilven")


def test_what_is_left_out_is_said(onrecord, path):
    result = onrecord("stats", "--in", path, "--limit", "1")
    assert result.stderr == "onrecord: 1 more; --limit 0 shows all\n"
    assert onrecord("stats", "--in", path, "--limit", "0").stderr == ""


def test_more_cue_classes_than_are_shown_end_in_dots(onrecord, tmp_path):
    cues = ("said", "doubting claimed", "conceding admitted", "warning warned")
    text = "\n\n".join(f"{{q Quay number {at} sinks}}, {{s Mara Ilven}} {{c {cue}}}." for at, cue in enumerate(cues))
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(read_marked(text, url="https://orrin.example/quay"))
    (row,) = csv.DictReader(io.StringIO(onrecord("stats", "--in", tmp_path / "news.db", "--csv").stdout))
    assert len(row["cue_classes"].split("; ")) == 4
    shown = onrecord("stats", "--in", tmp_path / "news.db", "--width", "200").stdout
    assert shown.rstrip().endswith(", …")


def test_filters_narrow(onrecord, path):
    assert (
        onrecord("stats", "--in", path, "--speaker", "ilven", "--since", "2024")
        .stdout.splitlines()[1]
        .startswith("Mara")
    )
    nothing = onrecord("stats", "--in", path, "--until", "2023")
    assert (nothing.exit_code, nothing.stdout, nothing.stderr) == (0, "", "onrecord: nothing to count\n")


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(onrecord, tmp_path_factory, width):
    path = tmp_path_factory.mktemp("wide") / "news.db"
    name = "Chairwoman of the United Harbour Associations 漢字漢字漢字漢字漢字漢字"
    with Record.open(path, create=True) as record:
        record.add([invented_reading(seed, outlet=name) for seed in range(3)])
    shown = onrecord("stats", "--in", path, "--by", "outlet", "--width", width).stdout
    assert max(map(cell_len, shown.splitlines())) <= width


def test_a_chart_is_written_beside_the_table(onrecord, path, tmp_path):
    pytest.importorskip("matplotlib")
    result = onrecord("stats", "--in", path, "--chart", tmp_path / "chart.svg")
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "chart.svg").read_text().startswith("<?xml")


def test_a_chart_says_what_it_does_not_draw(onrecord, path, tmp_path, monkeypatch):
    pytest.importorskip("matplotlib")
    monkeypatch.setattr(charting, "MOST_BARS", 1)
    chart = tmp_path / "chart.svg"
    told = onrecord("stats", "--in", path, "--chart", chart).stderr
    assert told == f"onrecord: {chart}: 1 more is not drawn: nobody could read so many; --csv has all\n"


@pytest.mark.parametrize("command", ["stats", "framing"])
def test_a_chart_of_another_kind_is_refused_before_anything_is_counted(onrecord, path, tmp_path, command):
    result = onrecord(command, "--in", path, "--chart", tmp_path / "chart.doc")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "in .png or .svg" in " ".join(result.stderr.split())


@pytest.mark.parametrize("width", [20, 30, 45, 70, 120])
def test_no_line_of_framing_is_wider_than_the_terminal_and_ids_are_whole(onrecord, tmp_path, width):
    words = (
        "“Nobody asked the 港口税 fishers of the long quay what the levy would do to them,” said Mara Ilven of Orrin."
    )
    outlet = "The Orrin Echo and Harbour Post of the Northern Quays"
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(read_by_hand(words, url="https://orrin.example/levy", outlet=outlet))
        (row,) = record.statements()
    shown = onrecord("framing", "--in", tmp_path / "news.db", "--width", width).stdout
    assert max(map(cell_len, shown.splitlines())) <= max(width, 30)
    assert row.statement in shown
    assert "average 100.0%" in shown


def test_a_day_that_is_none_is_wrong_usage_of_framing(onrecord, path):
    result = onrecord("framing", "--in", path, "--since", "soon")
    assert (result.exit_code, result.stdout) == (2, "")
