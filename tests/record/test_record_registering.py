"""The user's register: read from a CSV file with its mistakes named, and used in linking."""

from __future__ import annotations

from dataclasses import replace

import pytest

from occasions import read_marked
from onrecord.errors import BadRow, MissingRecord, MissingSource, UndecodableSource
from onrecord.record.counting import count_by
from onrecord.record.facets import COLUMNS, JOINS, count_facets
from onrecord.record.filtering import Filters
from onrecord.record.finding import name_of
from onrecord.record.frames import framed_statements
from onrecord.record.identities import number_shown
from onrecord.record.people import People
from onrecord.record.registering import (
    Registered,
    add_to_register,
    find_registered,
    list_register,
    read_register,
    remove_from_register,
)
from onrecord.record.writing import add_reading
from people_by_hand import told_of


def add(connection, name, number, **facts):
    return add_reading(connection, told_of(name, url=f"https://orrin.example/{number}", **facts)).row


def people(connection):
    return [number for (number,) in connection.execute("SELECT person_id FROM entities ORDER BY document_id")]


EVERY_STATEMENT = f"SELECT {COLUMNS} FROM statements s {JOINS}"
NAMED_BY_REGISTER = """
SELECT coalesce(min(register.name), people.name) FROM people
LEFT JOIN register ON register.key = people.person_id / 256 AND people.person_id % 256 = 0 GROUP BY person"""
MARA = Registered(name="Mara Ilven", kind="person", aliases=("Ilven", "Minister Mara"), country="NO", wikidata="Q42")


def written(tmp_path, text):
    path = tmp_path / "register.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_file_is_read(tmp_path):
    path = written(
        tmp_path,
        'name,kind,aliases,country,wikidata\nMara Ilven,person,"Ilven; Minister Mara",Norway,Q42\n'
        "Orrin Port,organization,,,\n",
    )
    assert read_register(path) == ([MARA, Registered(name="Orrin Port", kind="organization")], [])


@pytest.mark.parametrize(
    "text",
    [
        "name;kind;aliases\nMara Ilven;person;Ilven | Minister Mara\n",
        'kind; "name"; aliases\nperson; Mara Ilven; "Ilven;Minister Mara"\n',
        "name\tkind\taliases\r\nMara Ilven\tperson\tIlven; Minister Mara\r\n",
    ],
)
def test_semicolons_or_tabs_may_stand_between_fields(tmp_path, text):
    assert read_register(written(tmp_path, text)) == ([replace(MARA, country=None, wikidata=None)], [])


def test_what_is_wrong_is_named_by_file_and_line(tmp_path):
    path = written(
        tmp_path,
        "kind,name,country,wikidata\nperson,Mara Ilven,NO,Q42\nhuman,Teo Brandt,,\nperson,,,\n"
        "person,Ida Sool,Orrinland,\nperson,Ida Sool,,42\nperson,Ida,NO,Q1,more\n",
    )
    entries, wrong = read_register(path)
    assert [each.name for each in entries] == ["Mara Ilven"]
    assert [(each.where.rpartition(":")[2], each.what.split(":")[0]) for each in wrong] == [
        ("3", "kind 'human' is none of person, organization, country"),
        ("4", "no name, or one of more than 200 characters"),
        ("5", "country 'Orrinland' is neither a code such as NO nor a name that is known"),
        ("6", "wikidata '42' is no id such as Q42"),
        ("7", "more fields than columns"),
    ]


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("name,aliases\n", BadRow, "no column kind"),
        ("name,kind,color\n", BadRow, "unknown column 'color'"),
        ("", BadRow, "no column name, kind"),
        (b"name,kind\n\xff\xfe,person", UndecodableSource, "not in UTF-8"),
    ],
)
def test_a_file_that_is_no_register_is_refused(tmp_path, text, error, message):
    with pytest.raises(error) as caught:
        read_register(written(tmp_path, text))
    assert message in str(caught.value)
    with pytest.raises(MissingSource):
        read_register(tmp_path / "none.csv")


def test_names_of_an_entry_are_one_person_before_and_after_it_is_added(connection, tmp_path):
    add(connection, "Mara Ilven", 1)
    add(connection, "Ilven", 2)
    assert people(connection)[1] is None
    assert add_to_register(connection, [MARA]) == 1
    add(connection, "ILVEN", 3)
    assert len(set(people(connection))) == 1
    (person,) = People(connection, tmp_path)
    assert (person.wikidata, person.countries, person.reports) == ("Q42", ("NO",), 3)
    assert person.because == "same full name; your register"
    assert "Minister Mara" in person.names


def test_who_is_in_the_register_is_shown_as_it_has_them(connection, tmp_path):
    add_to_register(connection, [MARA])
    add(connection, "Ilven", 1)
    add(connection, "Ilven", 2)
    (person,) = People(connection, tmp_path)
    assert (person.name, person.names[0]) == ("Mara Ilven", "Ilven")
    assert name_of(connection, number_shown(person.id)) == "Mara Ilven"


def test_every_list_and_count_names_who_is_in_the_register_as_it_has_them(connection, tmp_path):
    for number, words in enumerate(["the levy will go", "the levy on moorings is dead"]):
        reading = read_marked(
            f"{{s Ilven}} {{c said}} {{q that {words}}}.",
            url=f"https://orrin.example/{number}",
            outlet=f"Outlet {number}",
            published="2024-05-06",
        )
        add_reading(connection, reading)
    add_to_register(connection, [MARA])
    everything = Filters()
    assert [each.value for each in count_by(connection, "speaker", everything)] == ["Mara Ilven"]
    statements, _ = framed_statements(connection, everything, None)
    assert {each.speaker for each in statements} == {"Mara Ilven"}
    facets = count_facets(connection, connection.execute(EVERY_STATEMENT), is_least=False)
    assert [(each.value, each.count) for each in facets.speaker] == [("Mara Ilven", 2)]
    assert connection.execute("SELECT name FROM people").fetchall() == [("Ilven",)]  # what reports call her
    assert connection.execute(NAMED_BY_REGISTER).fetchall() == [("Mara Ilven",)]


def test_another_country_is_another_person(connection):
    add_to_register(connection, [MARA])
    add(connection, "Ilven", 1, country="NZ")
    add(connection, "Ilven", 2, country="NO")
    assert people(connection)[0] is None
    assert people(connection)[1] is not None


def test_an_entry_tells_organizations_and_bodies(connection):
    add(connection, "Foreign Ministry", 1, kind="organization")
    add(connection, "OFM", 2, kind="organization")
    ministry = Registered(name="Orrin Foreign Ministry", kind="organization", aliases=("OFM", "Foreign Ministry"))
    add_to_register(connection, [ministry])
    first, second = people(connection)
    assert first == second is not None


def test_an_entry_goes_in_the_place_of_the_one_before_and_out_again(connection):
    add(connection, "Ilven", 1)
    add_to_register(connection, [MARA])
    add_to_register(connection, [Registered(name="Mara Ilven", kind="person", wikidata="Q43")])
    assert list_register(connection) == [Registered(name="Mara Ilven", kind="person", wikidata="Q43")]
    assert people(connection) == [None]
    add_to_register(connection, [MARA])
    assert find_registered(connection, "the Ilven") == [MARA]
    assert remove_from_register(connection, ["Mara Ilven"]) == 1
    assert (list_register(connection), people(connection)) == ([], [None])
    with pytest.raises(MissingRecord, match="not in the register"):
        remove_from_register(connection, ["Mara Ilven"])


def test_a_name_of_two_entries_is_refused_and_nothing_is_added(connection):
    with pytest.raises(BadRow, match="is a name of Mara Ilven already"):
        add_to_register(connection, [MARA, Registered(name="Jon Ilven", kind="person", aliases=("Ilven",))])
    assert list_register(connection) == []


def test_a_name_is_not_cut_at_odd_white_space(tmp_path):
    entries, wrong = read_register(written(tmp_path, "name,kind\nMara\u2028Ilven,person\nOrrin\x0cPort,organization\n"))
    assert [each.name for each in entries] == ["Mara Ilven", "Orrin Port"]
    assert wrong == []
