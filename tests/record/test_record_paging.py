"""Pages of long lists: where they end, and who is in them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.errors import MissingRecord
from onrecord.reading import Reader
from onrecord.record import Filters, PersonFilter, Record, paging
from onrecord.record.finding import find_person
from onrecord.record.identities import show_person
from onrecord.record.packing import Terms
from onrecord.record.paging import people_after, reports_after, statements_after
from onrecord.record.people import read_person
from onrecord.record.roll import list_people
from people_by_hand import told_of

PEOPLE = ("Ada Harrow", "Bela Quy", "Cato Ilven", "Dora Pallen")


@pytest.fixture
def record(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(
            told_of(name, url=f"https://orrin.example/{at}", published=f"2024-05-0{at + 1}", words=f"Number {at} holds")
            for at, name in enumerate(PEOPLE)
        )
        yield record


def names(page):
    return {person.name for person in page.items}


def test_a_page_says_where_the_next_one_begins_and_the_last_one_nothing(record):
    first = statements_after(record.connection, Filters(), most=3)
    assert (first.items, first.end) == ((1, 2, 3), 3)
    last = statements_after(record.connection, Filters(), first.end, most=3)
    assert (last.items, last.end) == ((4,), None)
    assert statements_after(record.connection, Filters(), most=4).end is None


def test_a_page_of_a_narrow_filter_ends_where_it_has_looked_at_enough(record, monkeypatch):
    monkeypatch.setattr(paging, "BY_NAME", 2)
    page = statements_after(record.connection, Filters(speaker=("Pallen",)), most=3)
    assert (page.items, page.end) == ((), 2)
    assert statements_after(record.connection, Filters(speaker=("Pallen",)), page.end, most=3).items == (4,)


def test_reports_are_told_by_the_filters_of_reports(record):
    page = reports_after(
        record.connection, Filters(since="2024-05-02", until="2024-05-03", speaker=("Nobody",)), most=9
    )
    assert [report.published for report in page.items] == ["2024-05-02", "2024-05-03"]
    assert [report.statements for report in page.items] == [1, 1]
    assert {report.standing for report in page.items} == {"counts"}


def test_a_copy_is_listed_only_when_it_is_asked_for(record):
    record.add(told_of("Ada Harrow", url="https://mirror.example/0", words="Number 0 holds"))
    copied = [report.copy_of for report in reports_after(record.connection, Filters(copies=True), most=9).items]
    assert len(copied) == 5
    assert len(reports_after(record.connection, Filters(), most=9).items) == 5 - sum(map(bool, copied))


def test_who_was_merged_is_listed_once_as_whom_it_was_merged_into(record):
    record.merge(["Dora Pallen", "Ada Harrow"])
    for most in (1, 2, 9):
        listed, end = [], 0
        while end is not None:
            page = people_after(record.connection, PersonFilter(), end, most=most)
            listed += page.items
            end = page.end
        assert sorted(person.name for person in listed) == ["Bela Quy", "Cato Ilven", "Dora Pallen"]


def test_who_was_merged_into_an_organization_that_is_in_no_report_any_more_goes_by_its_own_name(record):
    at = "https://orrin.example/levy"
    record.add(told_of("Harbour Council", kind="organization", url=at, words="The levy goes"))
    record.merge(["Harbour Council", "Dora Pallen"])
    nobody = replace(
        told_of("Harbour Council", url=at, words="The levy goes", reader=Reader(version="9", model="hand")),
        statements=(),
        entities=(),
    )
    assert record.add(nobody)[0].outcome == "reread"
    (person,) = record.people(PersonFilter(names=("Pallen",)))
    assert (person.id, person.name) == (show_person(find_person(record.connection, "Dora Pallen")), "Dora Pallen")
    assert [each.name for each in list_people(record.connection, PersonFilter(names=("Pallen",)), limit=9).people] == [
        "Dora Pallen"
    ]
    assert names(people_after(record.connection, PersonFilter(), most=9)) == {*PEOPLE}


def test_who_was_merged_is_found_by_the_other_name_too(record):
    record.merge(["Dora Pallen", "Ada Harrow"])
    assert names(people_after(record.connection, PersonFilter(names=("Harrow",)), most=9)) == {"Dora Pallen"}
    assert names(people_after(record.connection, PersonFilter(names=("Ilven", "Quy")), most=9)) == {
        "Cato Ilven",
        "Bela Quy",
    }
    assert names(people_after(record.connection, PersonFilter(kinds=("country",)), most=9)) == set()


def test_nobody_is_told_of_whom_only_copies_and_revised_texts_name(tmp_path):
    with Record.open(tmp_path / "revised.db", create=True) as record:
        record.add(told_of("Ada Harrow", url="https://orrin.example/0", published="2024-05-01"))
        record.add(told_of("Bela Quy", url="https://orrin.example/0", published="2024-05-02"))
        assert names(people_after(record.connection, PersonFilter(), most=9)) == {"Bela Quy"}
        with pytest.raises(MissingRecord):
            read_person(record.connection, find_person(record.connection, "Ada Harrow"), Terms(record.connection))
