"""People and organizations: who is listed, and what each one's page tells."""

from __future__ import annotations

import re

import pytest

from onrecord.errors import SlowQuery
from onrecord.record import Record
from onrecord.web import people
from page_parts import Page


@pytest.fixture(scope="module")
def mara(occasion_path):
    with Record.open(occasion_path, read_only=True) as record:
        return next(each.id for each in record.people() if each.name == "Mara Ilven")


@pytest.fixture(scope="module")
def page(reader, mara):
    return Page(reader.get(f"/person/{mara}"))


def listed(reader, query=""):
    return [words for words in Page(reader.get(f"/people{query}")).links if words.startswith("/person/")]


def test_people_are_listed_and_narrowed(reader, mara):
    assert len(listed(reader)) == 7
    assert listed(reader)[0] == f"/person/{mara}"
    assert listed(reader, "?name=ilven") == [f"/person/{mara}"]
    assert len(listed(reader, "?kind=organization")) == 3


def test_nobody_found_says_what_to_do(reader):
    page = Page(reader.get("/people?name=zzz"))
    assert "Nobody in this record goes by that" in page.words
    assert "/search?words=zzz" in page.links
    words = Page(reader.get("/people?kind=country")).words
    assert "No country is named in this record. Start over with everybody." in words


def test_a_page_after_the_last_one_leads_back(reader):
    page = Page(reader.get("/people?kind=person&page=9"))
    assert "There is nobody on this page." in page.words
    assert "/people?kind=person" in page.links
    assert "yet" not in page.words


def test_that_there_are_more_than_its_pages_list_is_told(reader, monkeypatch):
    monkeypatch.setattr(people, "SIZE", 2)
    assert "page 1 of 4 next page" in Page(reader.get("/people")).words
    monkeypatch.setattr(people, "LAST_PAGE", 3)
    assert "page 1 of 3 and more; look for a name" in Page(reader.get("/people")).words


@pytest.mark.parametrize("query", ["?kind=animal", "?page=0", "?page=x", f"?name={'x' * 400}"])
def test_what_there_can_not_be_is_refused(reader, query):
    assert reader.get(f"/people{query}").status_code == 400


def test_a_record_too_large_to_list_finds_full_names_all_the_same(reader, monkeypatch, mara):
    def too_slow(*_arguments, **_options):
        raise SlowQuery("took too long")

    monkeypatch.setattr(people, "list_people", too_slow)
    assert f"/person/{mara}" in Page(reader.get("/people?name=Mara Ilven")).links
    assert f"/person/{mara}" in Page(reader.get("/people")).links


def test_a_person_is_told_in_one_sentence(page):
    assert "Says 3 things, in 3 reports of 3 outlets, from Monday 6 May 2024 to Wednesday 8 May 2024." in page.words


def test_each_bar_leads_to_what_was_said_in_its_time(page, reader):
    bars = [has for has in page.all("a") if "since=" in has.get("href", "")]
    assert bars
    assert all(has["aria-label"] for has in bars)
    for bar in bars:
        count = re.search(r"\d+ statements?", bar["aria-label"])[0]
        assert count in Page(reader.get(bar["href"])).words


def test_words_of_somebody_can_be_searched(page, reader):
    (field,) = page.all("input", name="person")
    found = Page(reader.get("/search", params={"person": field["value"], "words": "moorings"}))
    assert "2 statements" in found.words


def test_names_are_told_with_the_report_that_has_them_first(page, said):
    assert f"/report/{said('levy on moorings').citation.document}" in page.links
    assert "All of these are one: same full name." in page.words


def test_an_id_or_a_full_name_leads_to_somebody_and_others_to_nobody(reader):
    assert reader.get("/person/Teo Brandt").status_code == 200
    assert reader.get("/person/p0000000000").status_code == 404
    assert reader.get("/person/Brandt").status_code == 404


def test_somebody_who_is_only_named_has_a_page_too(reader):
    assert "Says nothing, in 3 reports" in Page(reader.get("/person/Orrin Quay")).words


def test_outlets_are_listed_with_their_copies(reader):
    words = Page(reader.get("/outlets")).words
    assert "Mirror of Sund 0 0 1 0" in words
    assert "echo.example" in words
