"""What somebody says, to whom and about whom, who else speaks of them, and the names that reports have for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handmade import read_by_hand
from occasions import occasion
from onrecord.record import By, PersonFilter, Record, portrait
from onrecord.record.annotating import delete_statement
from onrecord.record.finding import find_person
from onrecord.record.packing import Terms
from onrecord.record.people import read_person
from onrecord.record.portrait import names_found, portray
from onrecord.record.roll import Roll, list_people


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    with Record.open(tmp_path_factory.mktemp("portrait") / "news.db", create=True) as record:
        record.add(occasion())
        told = read_by_hand("Mara Ilven told Teo Brandt that Halvard Quy had gone.", published="2024-06-01")
        mara, teo, halvard = told.entities
        mara = replace(mara, name="Mara B. Ilven", aliases=("Ilven",))
        (said,) = told.statements
        said = replace(said, addressees=(teo.id,), about=(halvard.id,), speaker_name="Mara B. Ilven")
        record.add(replace(told, entities=(mara, teo, halvard), statements=(said,)))
        yield record


def drawn(record, name):
    return portray(record.connection, find_person(record.connection, name))


def called(companions):
    return [(each.name, each.statements) for each in companions]


def test_what_is_said_is_counted_without_copies(record):
    mara = drawn(record, "Mara Ilven")
    assert len(mara.said) == 4  # the Mirror's copy is a fifth
    assert [(each.value, each.count) for each in mara.facets.month] == [("2024-05", 3), ("2024-06", 1)]
    assert {each.value for each in mara.facets.outlet} == {"Orrin Echo", "Vel Courier", "Tide Weekly", None}


def test_the_newest_statement_comes_first(record):
    newest = drawn(record, "Mara Ilven").said[0]
    (day,) = record.connection.execute("SELECT published FROM statements WHERE id = ?", (newest,)).fetchone()
    assert day == 20240601


def test_addressees_and_those_spoken_about_are_told_with_their_ids(record):
    mara = drawn(record, "Mara Ilven")
    assert called(mara.to) == [("Teo Brandt", 1)]
    assert called(mara.about) == [("Halvard Quy", 1)]
    assert find_person(record.connection, mara.to[0].person) == find_person(record.connection, "Teo Brandt")


def test_who_else_speaks_of_somebody_is_told(record):
    halvard = drawn(record, "Halvard Quy")
    assert called(halvard.by) == [("Mara B. Ilven", 1)]
    assert [each.value for each in halvard.spoken_months] == ["2024-06"]


def test_each_name_has_the_earliest_report_that_gives_it(record):
    names = names_found(record.connection, find_person(record.connection, "Mara Ilven"))
    assert [(each.name, each.reports) for each in names] == [("Mara Ilven", 3), ("Mara B. Ilven", 1), ("Ilven", 1)]
    assert (names[0].outlet, names[0].published) == ("Orrin Echo", "2024-05-06")


def test_people_are_listed_by_what_they_say(record):
    roll = list_people(record.connection, limit=2)
    assert [(each.name, each.statements, each.reports) for each in roll.people] == [
        ("Mara Ilven", 4, 4),
        ("Teo Brandt", 3, 3),
    ]
    assert roll.total == 7


def test_the_list_goes_on_and_is_narrowed_by_name_and_kind(record):
    assert list_people(record.connection, limit=1, offset=1).people[0].name == "Teo Brandt"
    assert [each.name for each in list_people(record.connection, PersonFilter(names=("quy",)), limit=9).people] == [
        "Halvard Quy"
    ]
    kinds = list_people(record.connection, PersonFilter(kinds=("organization",)), limit=9).people
    assert {each.kind for each in kinds} == {"organization"}
    assert list_people(record.connection, PersonFilter(names=("nobody",)), limit=9).total == 0
    assert list_people(record.connection, limit=2, offset=50) == Roll(people=(), total=7)


def test_a_name_that_one_report_has_finds_somebody_with_all_reports(record):
    (mara,) = list_people(record.connection, PersonFilter(names=("Mara B.",)), limit=9).people
    assert (mara.name, mara.statements, mara.reports) == ("Mara Ilven", 4, 4)


def test_what_is_no_statement_is_nobodys(record):
    gone = drawn(record, "Mara Ilven").said[0]
    (statement,) = record.connection.execute("SELECT statement FROM who_said_what WHERE id = ?", (gone,)).fetchone()
    delete_statement(record.connection, statement)
    try:
        assert gone not in drawn(record, "Mara Ilven").said
        assert gone not in drawn(record, "Halvard Quy").spoken
    finally:
        record.undo_correction(record.corrections()[-1].id)


def test_merged_people_are_one(record):
    change = record.merge(["Halvard Quy", "Ibby Tarrow"], By(who="ida"))
    try:
        quy = drawn(record, "Ibby Tarrow")
        assert len(quy.said) == 3
        assert "Ibby Tarrow" not in {each.name for each in list_people(record.connection, limit=9).people}
    finally:
        record.undo(change.id)


def test_of_somebody_in_many_reports_those_added_last_are_looked_at(record, monkeypatch):
    monkeypatch.setattr(portrait, "REPORTS", 1)
    assert len(drawn(record, "Mara Ilven").said) == 1
    number = find_person(record.connection, "Mara Ilven")
    assert [each.name for each in names_found(record.connection, number)] == ["Mara B. Ilven", "Ilven"]
    person = read_person(record.connection, number, Terms(record.connection), newest=1)
    assert (person.name, person.reports, person.statements) == ("Mara B. Ilven", 1, 1)
