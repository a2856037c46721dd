"""Who is quoted how often, where, how and when; and the chart of it."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import get_args

import pytest

from handmade import invented_reading, read_by_hand
from onrecord.errors import ExportError, MissingExtra
from onrecord.exports import charting
from onrecord.exports.charting import draw_chart
from onrecord.record import Filters, Record
from onrecord.record.counting import By, count_by

FIRST = "The levy will go, Mara Ilven said.\n\nNobody had asked the fishers, Teo Brandt claimed. He is one."
SECOND = "The quay is empty, Mara Ilven warned."


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    with Record.open(tmp_path_factory.mktemp("counting") / "news.db", create=True) as record:
        first = read_by_hand(FIRST, url="https://orrin.example/levy", outlet="Orrin Echo", published="2024-05-02")
        second = read_by_hand(SECOND, url="https://vel.example/quay", outlet="Vel Courier", published="2024-07")
        spoken = replace(second.statements[0], form="direct", cue_class="warning")
        record.add([first, replace(second, statements=(spoken,))])
        yield record


def tallies(record, by, **filters):
    return {tally.value: tally for tally in count_by(record.connection, by, Filters(**filters))}


def test_who_is_quoted_how_often_and_how(record):
    counted = tallies(record, "speaker")
    assert list(counted) == ["Mara Ilven", "Teo Brandt"]
    ilven = counted["Mara Ilven"]
    assert (ilven.statements, ilven.reports, ilven.outlets, ilven.speakers) == (2, 2, 2, 1)
    assert (ilven.direct, ilven.indirect, ilven.mixed) == (1, 1, 0)
    assert ilven.length == (len(FIRST.split("\n", maxsplit=1)[0]) + len(SECOND)) / 2
    assert ilven.cue_classes == {"neutral": 1, "warning": 1}
    assert (ilven.first, ilven.last) == ("2024-05-02", "2024-07")


def test_by_outlet_form_cue_class_and_month(record):
    assert {value: tally.statements for value, tally in tallies(record, "outlet").items()} == {
        "Orrin Echo": 2,
        "Vel Courier": 1,
    }
    assert list(tallies(record, "form")) == ["indirect", "direct"]
    assert list(tallies(record, "cue-class")) == ["neutral", "warning"]
    assert list(tallies(record, "month")) == ["2024-05", "2024-07"]


def test_filters_narrow_what_is_counted(record):
    assert list(tallies(record, "speaker", outlet=("vel",))) == ["Mara Ilven"]
    assert tallies(record, "speaker", speaker=("nobody",)) == {}


def test_copies_never_count(tmp_path):
    reading = invented_reading(1)
    copy = read_by_hand(reading.document.text, url="https://mirror.example/1", published="2025-01-01")
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(reading)
        before = count_by(record.connection, "speaker", Filters(copies=True))
        record.add(copy)
        assert count_by(record.connection, "speaker", Filters(copies=True)) == before


def test_nobody_and_no_day_are_counted_as_such(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(read_by_hand("It was said that it rains."))
        for by in ("speaker", "outlet", "month"):
            assert list(tallies(record, by)) == [None]


@pytest.mark.parametrize("by", get_args(By))
@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_same_tallies_give_the_same_chart(record, tmp_path, by, kind):
    pytest.importorskip("matplotlib")
    counted = count_by(record.connection, by, Filters())
    first, second = tmp_path / f"first.{kind}", tmp_path / f"second.{kind}"
    draw_chart(counted, by, first)
    draw_chart(counted, by, second)
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().startswith(b"\x89PNG" if kind == "png" else b"<?xml")


def test_names_are_shown_in_a_chart_as_they_are(record, tmp_path):
    pytest.importorskip("matplotlib")
    counted = [replace(each, value=r"$\frac{1}$ <b> & 漢") for each in count_by(record.connection, "form", Filters())]
    draw_chart(counted, "speaker", tmp_path / "chart.svg")
    assert (tmp_path / "chart.svg").stat().st_size > 1_000


@pytest.mark.parametrize("by", get_args(By))
def test_a_chart_of_many_draws_the_first_and_all_months(record, tmp_path, monkeypatch, by):
    pytest.importorskip("matplotlib")
    monkeypatch.setattr(charting, "MOST_BARS", 2)
    (one, *_) = count_by(record.connection, by, Filters())
    many = [replace(one, value=f"2024-{month:02d}" if by == "month" else f"Quy {month}") for month in range(1, 8)]
    assert draw_chart(many, by, tmp_path / "chart.svg") == (0 if by == "month" else 5)
    assert draw_chart(many[:2], by, tmp_path / "few.svg") == 0
    assert (tmp_path / "chart.svg").stat().st_size > (tmp_path / "few.svg").stat().st_size


def test_a_chart_of_another_kind_is_refused(tmp_path):
    with pytest.raises(ExportError, match="PNG or SVG"):
        draw_chart([], "speaker", tmp_path / "chart.gif")


def test_a_chart_that_cannot_be_written_says_so(tmp_path):
    pytest.importorskip("matplotlib")
    with pytest.raises(ExportError, match="No such file"):
        draw_chart([], "speaker", tmp_path / "nowhere" / "chart.png")


def test_without_matplotlib_the_extra_is_named(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtra, match=r"onrecord\[charts\]"):
        draw_chart([], "speaker", tmp_path / "chart.png")
