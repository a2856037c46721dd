"""A quotation's page: where else it stands, what became of the words, whose they are said to be, how to cite it."""

from __future__ import annotations

import pytest

from onrecord.web.appearances import Appearance, draw_line
from page_parts import Page

LEVY = "levy on moorings"


@pytest.fixture(scope="module")
def page(reader, said):
    return Page(reader.get(f"/statement/{said(LEVY).statement}"))


def test_all_appearances_are_there_and_copies_are_not_counted(page, said):
    assert "2 other appearances in 2 reports" in page.words
    assert "1 more in copies and revised texts, which count for nothing" in page.words
    assert "in a copy, no second source" in page.words
    for outlet in ("Vel Courier", "Tide Weekly", "Mirror of Sund"):
        assert f"/statement/{said(LEVY, outlet).statement}" in page.links


def test_what_was_clipped_is_struck_out(page, reader, said):
    assert "clipped" in page.words
    text = reader.get(f"/statement/{said(LEVY).statement}").text
    assert "<del>and it will not come back as long as I sit here</del>" in text
    turned = reader.get(f"/statement/{said(LEVY, 'Vel Courier').statement}").text
    assert "<ins>and it will not come back as long as I sit here</ins>" in turned
    assert 'class="kind clipped">fuller' in turned, "it is not the whole quotation that was clipped"


def test_another_speaker_is_a_conflict_that_is_not_decided(page):
    assert "1 appearance is given to another speaker: nothing here says which is right." in page.words


def test_every_mark_of_the_time_line_has_a_name_and_leads_to_its_words(page):
    marks = [has for has in page.all("a") if has.get("aria-label", "").startswith("2024-05-")]
    assert [mark["aria-label"] for mark in marks] == [
        "2024-05-06: this one, in Orrin Echo",
        "2024-05-07: clipped, in Vel Courier",
        "2024-05-07: the same words, in Mirror of Sund, a copy",
        "2024-05-08: the same words, in Tide Weekly, given to Teo Brandt",
    ]
    places = {has["id"] for _, has in page.elements if "id" in has}
    assert {mark["href"].removeprefix("#") for mark in marks} <= places


def test_citations_come_in_four_styles(page):
    for mark in (
        "In: “Belvar council drops mooring levy”",
        "@misc{onrecord-",
        '"type": "article-newspaper"',
        "> “The levy",
    ):
        assert mark in page.words


def test_words_that_stand_nowhere_else_say_so(reader, said):
    page = Page(reader.get(f"/statement/{said('first loaves', 'Vel Courier').statement}"))
    assert "Nowhere else in this record" in page.words


def test_the_beginning_of_an_id_will_do_and_a_report_is_none(reader, said):
    hit = said(LEVY)
    assert reader.get(f"/statement/{hit.statement[:20]}").status_code == 200
    assert reader.get(f"/statement/{hit.citation.document}").status_code == 404
    assert reader.get("/statement/nothing").status_code == 404


def appearances(days):
    told = {"label": "", "anchor": "", "is_copy": False}
    return [Appearance(shape="identical", published=day, **told) for day in days]


def test_a_line_of_time_takes_any_date_and_stays_on_the_page():
    line = draw_line(appearances(["2024", "2024-05", "2024-05-02T10:00:00Z", "soon", None, "0000-99-99"]))
    assert (line.first, line.last, line.without_day) == ("2024-01-01", "2024-05-02", 3)
    assert all(0 <= mark.x <= 100 and 0 <= mark.y <= line.height for mark in line.marks)


def test_marks_of_one_day_stand_over_each_other_up_to_a_height():
    line = draw_line(appearances(["2024-05-02"] * 30))
    assert (len(line.marks), line.left_out) == (9, 21)
    assert len({mark.y for mark in line.marks}) == 9


def test_one_appearance_is_no_line():
    assert draw_line(appearances(["2024-05-02", None])) is None
