"""Stories: the occasions of some days, and each with its outlets side by side."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from handmade import invented_reading
from onrecord.errors import SlowQuery
from onrecord.record import Record
from onrecord.web import stories
from onrecord.web.app import create_app
from page_parts import Page


@pytest.fixture(scope="module")
def page(reader, said):
    return Page(reader.get(f"/story/{said('levy on moorings').citation.document}"))


def test_the_newest_stories_are_listed(reader, said):
    page = Page(reader.get("/stories"))
    assert "3 reports · Orrin Echo, Tide Weekly, Vel Courier" in page.words
    assert [link for link in page.links if link.startswith("/story/")] == [
        f"/story/{said('levy on moorings').citation.document}"
    ]


def test_days_without_a_story_say_what_to_do(reader):
    assert "Give more days, or other ones." in Page(reader.get("/stories?since=2031")).words


@pytest.mark.parametrize(
    "address",
    [
        "/stories?since=2024-06&until=2024-05",
        "/search?words=levy&since=2024-06&until=2024-05-31",
        "/framing?since=2024-06&until=2024-05",
        "/verify?quotation=never+eaten+cheese&after=2024-06&before=2024-05",
    ],
)
def test_days_that_run_backwards_are_told(reader, address):
    assert "The first of these days is after the last" in Page(reader.get(address)).words
    assert "is after the last" not in Page(reader.get(address.replace("2024-05", "2024-06"))).words
    wrong = reader.get("/stories?since=May")
    assert (wrong.status_code, "no day" in Page(wrong).words) == (400, True)


def test_reports_at_the_ends_of_the_calendar_are_days_like_others(tmp_path):
    """What a page says of its date is believed, and the newest day and the one before it make this page."""
    path = tmp_path / "ends.db"
    with Record.open(path, create=True) as record:
        for day in ("0001-01-01", "0001-01-02", "9999-12-31"):
            record.add(
                invented_reading(seed, published=day) for seed in range(int(day[-2:]) * 10, int(day[-2:]) * 10 + 2)
            )
            with TestClient(create_app(path)) as client:
                assert client.get("/stories").status_code == 200
                assert client.get("/api/v1/stories").status_code == 200


def test_a_record_with_too_many_reports_a_day_shows_fewer_days(reader, monkeypatch):
    asked = []

    def slow_at_first(_record, **days):
        asked.append(days)
        if len(asked) == 1:
            raise SlowQuery("took too long")
        return []

    monkeypatch.setattr(stories, "list_stories", slow_at_first)
    page = Page(reader.get("/stories"))
    assert [days["since"] for days in asked] == ["2024-04-25", "2024-05-07"]
    assert "/stories?since=2024-05-05&until=2024-05-06" in page.links


def test_earlier_days_lead_on_to_the_first_of_the_record(tmp_path):
    with Record.open(tmp_path / "long.db", create=True) as record:
        record.add(invented_reading(day, published=f"2024-0{1 + day // 20}-{1 + day % 20:02}") for day in range(60))
    seen = ["/stories"]
    with TestClient(create_app(tmp_path / "long.db")) as client:
        while earlier := Page(client.get(seen[-1])).all("a", rel="prev"):
            seen.append(earlier[0]["href"])
        assert "rel=" not in client.get("/stories?since=2024-03-01&until=2024-02-01").text.partition("<main")[2]
        assert client.get("/stories?since=2024-W05-1&until=2024-02-01").status_code == 400
    assert seen[1] == "/stories?since=2024-02-22&until=2024-03-06"
    assert seen[-1].partition("until=")[2] <= "2024-01-14"


def test_a_line_has_each_reports_wording_and_who_leaves_it_out(page):
    assert "Halvard Quy framed as conceding and neutral" in page.words
    assert "Left out by Tide Weekly." in page.words
    assert "another speaker" in page.words
    assert page.words.count("main wording ·") == 3, "once for each line that several reports have"


def test_an_outlet_with_several_reports_leaves_out_by_some_of_them():
    reports = [SimpleNamespace(outlet=outlet) for outlet in ("Echo", "Echo", None, "Tide", "Echo")]
    left_out = list(stories._missing(SimpleNamespace(missing=(1, 2, 3, 4)), reports))
    assert [(each.report, each.reports, each.of) for each in left_out] == [(0, 2, 3), (2, 1, 1), (3, 1, 1)]


def test_what_differs_is_marked(reader, said):
    text = reader.get(f"/story/{said('levy on moorings').citation.document}").text
    assert "<del>and it will not come back as long as I sit here</del>" in text


def test_the_outlets_own_voice_is_told(page):
    assert "Vel Courier says it in its own voice" in page.words
    assert "Vel Courier has “negligence” without the doubt of Orrin Echo" in page.words


def test_copies_are_named_and_not_compared(page):
    assert "and 1 copy: Mirror of Sund" in page.words
    assert page.words.count("Mirror of Sund") == 1


def test_a_report_that_no_other_tells_says_so(reader, said):
    page = Page(reader.get(f"/story/{said('first loaves', 'Vel Courier').citation.document}"))
    assert "No other report of these days tells of the same occasion" in page.words


def test_the_order_of_each_report_leads_to_its_lines(page):
    places = {has["id"] for _, has in page.elements if "id" in has}
    assert {link.removeprefix("#") for link in page.links if link.startswith("#line-")} <= places
