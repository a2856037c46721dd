"""The people of a record: names, roles with dates, countries, statements and outlets across reports."""

from __future__ import annotations

from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path

import pytest

from handmade import read_by_hand
from onrecord.errors import BadQuery, MissingRecord
from onrecord.reading import Entity
from onrecord.record import Record
from onrecord.record.changing import By, merge_people, split_person
from onrecord.record.finding import find_person
from onrecord.record.narrowing import PersonFilter
from onrecord.record.people import People
from onrecord.record.portrait import portray
from onrecord.record.reported import DatedRole
from onrecord.record.roll import list_people
from onrecord.record.subjects import count_subjects
from onrecord.record.writing import add_reading
from people_by_hand import told_of


def add(connection, name, day, outlet="orrin", **facts):
    reading = told_of(
        name, url=f"https://{outlet}.example/{day}", published=day, outlet=f"{outlet.title()} Echo", **facts
    )
    return add_reading(connection, reading).document


def people_of(connection, limit=None, **which):
    return People(connection, Path("news.db"), PersonFilter(**which), limit=limit)


def listed(connection, limit=None, **which):
    return list(people_of(connection, limit, **which))


def test_a_person_is_told_of_by_all_reports_together(connection):
    mayor, minister = ("mayor", "Orrin"), ("Minister", "Norway")
    add(connection, "Mara B. Ilven", "2024-03-01", roles=(mayor,), words="One")
    add(connection, "Mara Ilven", "2024-05-02", roles=(mayor,), words="Two")
    add(connection, "Mara Ilven", "2025-01-07T10:00:00Z", "quy", roles=(minister,), country="NO", words="Three")
    (person,) = listed(connection)
    assert (person.name, person.names, person.kind) == ("Mara Ilven", ("Mara B. Ilven",), "person")
    assert person.roles == (
        DatedRole(title="mayor", of="Orrin", reports=2, first="2024-03-01", last="2024-05-02"),
        DatedRole(title="Minister", of="Norway", reports=1, first="2025-01-07", last="2025-01-07"),
    )
    assert (person.countries, person.statements, person.reports) == (("NO",), 3, 3)
    assert person.outlets == ("Orrin Echo", "Quy Echo")
    assert (person.first, person.last) == ("2024-03-01", "2025-01-07")
    assert person.because == "same full name"
    assert [each.published for each in person.found_in] == ["2024-03-01", "2024-05-02", "2025-01-07T10:00:00Z"]


def test_a_person_without_the_reports_is_the_same_but_for_them(connection):
    add(connection, "Mara Ilven", "2024-03-01", roles=(("mayor", "Orrin"),))
    (person,) = listed(connection)
    told = asdict(person)
    del told["found_in"]
    assert asdict(person.without_reports()) == told


def test_who_says_most_comes_first_and_reading_is_lazy(connection):
    for day, name in enumerate(("Mara Ilven", "Teo Brandt", "Teo Brandt", "Ida Sool"), 10):
        add(connection, name, f"2024-05-{day}", words=f"On day {day} it went")
    people = iter(people_of(connection))
    assert [each.name for each in islice(people, 1)] == ["Teo Brandt"]
    assert [each.name for each in people] == ["Ida Sool", "Mara Ilven"]
    some = people_of(connection, limit=2)
    assert [each.name for each in some] == [each.name for each in some] == ["Teo Brandt", "Ida Sool"]
    assert some.count() == 3


def test_people_are_chosen_by_name_id_kind_and_country(connection):
    add(connection, "Mara Ilven", "2024-05-01", country="NO", words="One")
    add(connection, "Norway", "2024-05-02", kind="country", country="NO", words="Two")
    add(connection, "Jon Ilven", "2024-05-03", words="Three")
    names = {each.name: each.id for each in listed(connection)}
    assert [each.name for each in listed(connection, names=("ilven",))] == ["Jon Ilven", "Mara Ilven"]
    assert [each.name for each in listed(connection, names=(names["Mara Ilven"],))] == ["Mara Ilven"]
    assert [each.name for each in listed(connection, kinds=("country",))] == ["Norway"]
    assert [each.name for each in listed(connection, countries=("NO",))] == ["Mara Ilven", "Norway"]
    assert listed(connection, names=("Ilv",)) == []
    with pytest.raises(MissingRecord):
        listed(connection, names=("p0123456789",))


def test_the_list_tells_of_somebody_what_all_reports_do_whatever_kind_it_is_narrowed_to(connection):
    named = (("Moscow", "country"), ("Moscow", "country"), ("Russia", "country"), ("the Kremlin", "organization"))
    for day, (name, kind) in enumerate(named, 1):
        add(connection, name, f"2024-05-0{day}", kind=kind, country="RU", words=f"On day {day} it went")
    for kinds in ((), ("country",), ("organization",)):
        (person,) = listed(connection, kinds=kinds)
        (row,) = list_people(connection, PersonFilter(kinds=kinds), limit=9).people
        told = (person.id, person.name, person.kind, person.statements, person.about, person.reports)
        assert (row.id, row.name, row.kind, row.statements, row.about, row.reports) == told
        assert told[1:] == ("Russia", "country", 4, 0, 4)


def test_a_statement_that_names_somebody_in_two_ways_is_one_about_them(connection):
    told = told_of("Mara Ilven", words="Russia and the Kremlin will pay for the quay")
    names = [("Russia", "country"), ("the Kremlin", "organization")]
    named = tuple(Entity(id=f"e{at}", name=name, kind=kind, country="RU") for at, (name, kind) in enumerate(names, 2))
    about = replace(told.statements[0], about=("e2", "e3"))
    row = add_reading(connection, replace(told, entities=(*told.entities, *named), statements=(about,))).row
    (person,) = listed(connection, names=("Russia",))
    (shown,) = list_people(connection, PersonFilter(names=("Russia",)), limit=9).people
    assert (person.about, shown.about, person.reports, shown.reports) == (1, 1, 1, 1)
    in_sql = "SELECT kind, statements, about, reports FROM people WHERE person = ?"
    assert connection.execute(in_sql, (person.id,)).fetchone() == (person.kind, 0, 1, 1)
    (mara,) = listed(connection, names=("Ilven",))
    assert [each.statements for each in portray(connection, find_person(connection, mara.id)).about] == [1]
    (statement,) = connection.execute("SELECT id FROM statements WHERE document_id = ?", (row,)).fetchone()
    assert [each.count for each in count_subjects(connection, [statement]).about] == [1]


def counted(connection):
    """Return names with the counts of statements, as each list has them."""
    roll = [(each.id, each.statements, each.about) for each in list_people(connection, limit=9).people]
    assert roll == [(each.id, each.statements, each.about) for each in listed(connection)]
    assert sorted(roll) == sorted(connection.execute("SELECT person, statements, about FROM people"))
    return [(each.name, each.statements, each.about) for each in listed(connection)]


def test_what_somebody_said_is_no_statement_counts_for_nobody(tmp_path):
    text = (
        "The levy will go, Mara Ilven said.\n\nTeo Brandt pays, Mara Ilven claimed.\n\nNobody asked, Teo Brandt said."
    )
    with Record.open(tmp_path / "news.db", create=True) as record:
        reading = read_by_hand(text)
        teo = next(each.id for each in reading.entities if each.name == "Teo Brandt")
        first, second, third = reading.statements
        record.add(replace(reading, statements=(first, replace(second, about=(teo,)), third)))
        assert counted(record.connection) == [("Mara Ilven", 2, 0), ("Teo Brandt", 1, 1)]
        ids = [each.statement for each in record.statements() if each.speaker == "Mara Ilven"]
        gone = [record.take_away(each) for each in ids]
        assert counted(record.connection) == [("Teo Brandt", 1, 0), ("Mara Ilven", 0, 0)]
        assert [each.found_in[0].statements for each in listed(record.connection)] == [1, 0]
        assert [(each.value, each.count) for each in record.search().facets().speaker] == [("Teo Brandt", 1)]
        record.merge(["Mara Ilven", "Teo Brandt"])
        assert counted(record.connection) == [("Mara Ilven", 1, 0)]
        for each in gone:
            record.undo_correction(each.id)
        assert counted(record.connection) == [("Mara Ilven", 3, 1)]


def test_lists_go_by_the_counts_that_they_show(connection):
    names = [("Russia", "country"), ("Moscow", "country"), ("Mara Ilven", "person")]
    named = tuple(Entity(id=f"e{at}", name=name, kind=kind) for at, (name, kind) in enumerate(names, 2))
    for at, about in enumerate((("e2", "e3"), ("e4",), ("e4",))):
        told = told_of("Teo Brandt", words=f"Number {at} is about somebody", url=f"https://orrin.example/{at}")
        statement = replace(told.statements[0], about=about)
        add_reading(connection, replace(told, entities=(*told.entities, *named), statements=(statement,)))
    third = told_of("Ida Sool", words="On Russia, by both names", url="https://orrin.example/ida")
    statement = replace(third.statements[0], about=("e2", "e3"))
    add_reading(connection, replace(third, entities=(*third.entities, *named[:2]), statements=(statement,)))
    assert counted(connection) == [("Teo Brandt", 3, 0), ("Ida Sool", 1, 0), ("Mara Ilven", 0, 2), ("Russia", 0, 2)]
    assert [each.name for each in list_people(connection, limit=1, offset=2).people] == ["Mara Ilven"]
    assert [each.name for each in listed(connection, 3)] == ["Teo Brandt", "Ida Sool", "Mara Ilven"]


def test_a_name_that_begins_like_an_id_is_a_name(connection):
    add(connection, "Pace", "2024-05-01", kind="organization", words="One")
    add(connection, "Teo Brandt", "2024-05-02", words="Two")
    found = find_person(connection, "Pace")
    connection.execute("UPDATE entities SET person_id = ? WHERE name = 'Teo Brandt'", (0xACE0000000 * 256,))
    assert find_person(connection, "Pace") == found
    assert find_person(connection, "pace0000000") == 0xACE0000000 * 256
    assert [each.name for each in listed(connection, names=("Pace",))] == ["Pace"]


def test_copies_and_revised_texts_count_for_nothing(connection):
    long = "\n\n".join(f"Mara Ilven said that pier {number} would be closed for the winter." for number in range(12))
    for outlet in ("orrin", "quy"):
        add_reading(connection, read_by_hand(long, url=f"https://{outlet}.example/piers"))
    add_reading(connection, read_by_hand("Teo Brandt said so.", url="https://orrin.example/levy"))
    add_reading(connection, read_by_hand("Halvard Quy said so.", url="https://orrin.example/levy"))
    assert {(each.name, each.statements, each.reports) for each in listed(connection)} == {
        ("Mara Ilven", 12, 1),
        ("Halvard Quy", 1, 1),
    }


def test_what_was_decided_is_read_once_for_all_people(connection):
    for day, name in enumerate(("Mara Ilven", "Teo Brandt", "Ida Sool", "Halvard Quy"), 10):
        add(connection, name, f"2024-05-{day}", words=f"On day {day} it went")
    merge_people(connection, ["Mara Ilven", "Ida Sool"], By(who="ada"))
    asked = []
    connection.set_trace_callback(lambda query: asked.append("FROM changes" in query))
    everybody = listed(connection)
    several = sum(asked)
    assert {each.name: each.because for each in everybody}["Mara Ilven"] == "same full name; merge 1 by ada"
    asked.clear()
    assert len(listed(connection, limit=1)) == 1 < len(everybody)
    assert sum(asked) == several


def test_why_they_are_one_is_said(connection):
    add(connection, "Mara Ilven", "2024-05-01", country="NO", words="One")
    add(connection, "Mara Ilven", "2024-05-02", country="NZ", words="Two")
    add(connection, "Teo Brandt", "2024-05-03", words="Three")
    fourth = add(connection, "Teo Brandt", "2024-05-04", words="Four")
    add(connection, "Ida Sool", "2024-05-05", words="Five")
    merge_people(connection, ["Ida Sool", "Teo Brandt"], By(who="ida", why="married"))
    split_person(connection, "Ida Sool", [fourth], By(who="ida"))
    assert sorted((each.name, each.because) for each in listed(connection)) == [
        ("Ida Sool", "same full name; merge 1 by ida (married)"),
        ("Mara Ilven", "same full name; apart from 1 namesake by country NO"),
        ("Mara Ilven", "same full name; apart from 1 namesake by country NZ"),
        ("Teo Brandt", "same full name; split 2 by ida"),
    ]


def test_the_view_has_one_row_for_each(connection):
    for day, name in enumerate(("Mara B. Ilven", "Mara Ilven", "Mara Ilven", "Ida Sool"), 10):
        add(connection, name, f"2024-05-{day}", words=f"On day {day} it went")
    merge_people(connection, ["Ida Sool", "Mara Ilven"])
    shown = connection.execute("SELECT person, name, kind, statements, reports FROM people").fetchall()
    (person,) = listed(connection)
    assert shown == [(person.id, person.name, "person", 4, 4)]
    assert person.name == "Ida Sool"


def test_a_country_goes_by_its_own_name(connection):
    for day, name in enumerate(("Moscow", "Moscow", "Kremlin"), 10):
        add(connection, name, f"2024-05-{day}", kind="country", words=f"On day {day} it went")
    (country,) = listed(connection)
    assert (country.name, country.names, country.because) == ("Russia", ("Moscow", "Kremlin"), "names of one country")


def test_a_filter_of_people_by_itself_is_not_taken_for_its_letters():
    assert PersonFilter(names="Ilven", kinds="person") == PersonFilter(names=("Ilven",), kinds=["person"])
    assert PersonFilter(names=None) == PersonFilter()
    with pytest.raises(BadQuery, match=r"^people: no kind; one of person, organization, "):
        PersonFilter(kinds=("people",))
