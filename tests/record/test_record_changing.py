"""Merges and splits of people by the user's word: kept with who and why, undone, and holding for later reports."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from onrecord.errors import BadChange, MissingRecord
from onrecord.reading import Reader
from onrecord.record.changing import By, list_changes, merge_people, people_of, split_person, undo_change
from onrecord.record.finding import find_person, name_of
from onrecord.record.identities import number_shown, show_person
from onrecord.record.linking import FEW
from onrecord.record.packing import Terms
from onrecord.record.people import read_person
from onrecord.record.writing import add_reading
from people_by_hand import told_of

NEWER = Reader(version="0.2.0", model="hand")
BY = By(who="ida", why="the same, says the ministry", now=datetime(2024, 5, 2, tzinfo=UTC))


def add(connection, name, number=0, **facts):
    """Add a report of somebody; return the document's hash."""
    reading = told_of(name, url=f"https://orrin.example/{number}", **facts)
    return add_reading(connection, reading).document


def person_in(connection, document):
    query = (
        "SELECT person_entities.person_id FROM person_entities JOIN entities ON entities.id = entity_id"
        " JOIN documents ON documents.id = document_id WHERE hash = ?"
    )
    return connection.execute(query, (document,)).fetchone()[0]


def test_a_merge_makes_two_one_and_keeps_the_first_id(connection):
    mara, minister = add(connection, "Mara Ilven", 1), add(connection, "Mara Ilven-Quy", 2)
    kept = person_in(connection, mara)
    change = merge_people(connection, ["Mara Ilven", "Mara Ilven-Quy"], BY)
    assert person_in(connection, mara) == person_in(connection, minister) == kept
    assert (change.kind, change.who, change.made_at) == ("merge", "ida", "2024-05-02T00:00:00+00:00")
    assert change.why == "the same, says the ministry"
    assert change.summary.startswith(f"Mara Ilven ({show_person(kept)}) <- Mara Ilven-Quy (p")


def test_one_name_is_not_taken_for_its_letters(connection):
    add(connection, "Ada Quill", 1)
    with pytest.raises(BadChange, match="Ada Quill: a merge takes two people"):
        merge_people(connection, "Ada Quill")


def test_a_merge_holds_for_reports_added_later(connection):
    mara, _ = add(connection, "Mara Ilven", 1), add(connection, "Mara Ilven-Quy", 2)
    merge_people(connection, ["Mara Ilven", "Mara Ilven-Quy"])
    assert person_in(connection, add(connection, "Mara Ilven-Quy", 3)) == person_in(connection, mara)


def test_a_merge_is_undone(connection):
    mara, minister = add(connection, "Mara Ilven", 1), add(connection, "Mara Ilven-Quy", 2)
    before = person_in(connection, minister)
    change = merge_people(connection, ["Mara Ilven", "Mara Ilven-Quy"])
    assert undo_change(connection, change.id).undone_at is not None
    assert person_in(connection, minister) == before != person_in(connection, mara)
    with pytest.raises(BadChange, match="undone"):
        undo_change(connection, change.id)
    assert [each.id for each in list_changes(connection)] == [change.id]


def test_merges_of_merges_are_one_and_undone_one_by_one(connection):
    reports = [add(connection, f"Mara {name}", at) for at, name in enumerate(("Ilven", "Brandt", "Sool"))]
    first = merge_people(connection, ["Mara Ilven", "Mara Brandt"])
    merge_people(connection, ["Mara Sool", "Mara Ilven"])
    assert len({person_in(connection, each) for each in reports}) == 1
    assert find_person(connection, "Mara Brandt") == person_in(connection, reports[2])
    undo_change(connection, first.id)
    ilven, brandt, sool = (person_in(connection, each) for each in reports)
    assert ilven == sool != brandt


def test_a_merge_follows_its_people_when_namesakes_are_parted_otherwise_later(connection):
    brandt = add(connection, "Teo Brandt", 0)
    norwegian = [add(connection, "Mara Ilven", number, country="NO") for number in (1, 2)]
    merge_people(connection, ["Teo Brandt", "Mara Ilven"])
    # Many of another country: they are the main person of the name now, and the two of the merge another part.
    others = [add(connection, "Mara Ilven", number, country="NZ") for number in range(3, 10)]
    assert {person_in(connection, each) for each in norwegian} == {person_in(connection, brandt)}
    assert {person_in(connection, each) for each in others} != {person_in(connection, brandt)}


def test_a_merge_survives_a_second_reading(connection):
    mara, minister = add(connection, "Mara Ilven", 1), add(connection, "Mara Ilven-Quy", 2)
    merge_people(connection, ["Mara Ilven", "Mara Ilven-Quy"])
    add(connection, "Mara Ilven", 1, reader=NEWER)
    add(connection, "Mara Ilven-Quy", 2, reader=NEWER, country="NO")
    assert person_in(connection, mara) == person_in(connection, minister)


@pytest.mark.parametrize("many", [0, FEW])
def test_a_split_parts_some_reports_and_survives_a_second_reading(connection, many):
    reports = [add(connection, "Mara Ilven", number) for number in range(3 + many)]
    kept = person_in(connection, reports[0])
    change = split_person(connection, show_person(kept), reports[:1], BY)
    parted = person_in(connection, reports[0])
    assert parted != kept == person_in(connection, reports[1])
    add(connection, "Mara Ilven", 0, reader=NEWER, country="NO")
    assert person_in(connection, reports[0]) == parted
    assert person_in(connection, add(connection, "Mara Ilven", 1000)) == kept
    undo_change(connection, change.id)
    assert person_in(connection, reports[0]) == kept
    counted = connection.execute("SELECT sum(count) FROM person_profiles").fetchone()[0]
    assert counted == (len(reports) + 1 if many else None)


def test_a_name_of_two_is_refused_also_where_a_split_made_them(connection):
    first, _ = (add(connection, "Mara Ilven", number) for number in (1, 2))
    split_person(connection, "Mara Ilven", [first])
    with pytest.raises(BadChange, match="means 2 people"):
        find_person(connection, "Mara Ilven")


def test_a_split_after_a_merge_holds_also_of_all_reports_of_one_of_them(connection):
    mara, teo = add(connection, "Mara Ilven", 1), [add(connection, "Teo Brandt", number) for number in (2, 3)]
    kept = person_in(connection, mara)
    merge_people(connection, ["Mara Ilven", "Teo Brandt"])
    split = split_person(connection, show_person(kept), teo)
    assert person_in(connection, mara) == kept
    assert {person_in(connection, each) for each in teo} == {number_shown(people_of(connection, split)[1])}
    assert person_in(connection, add(connection, "Teo Brandt", 4)) == kept  # whom the merge is still about
    undo_change(connection, split.id)
    assert {person_in(connection, each) for each in teo} == {kept}


def test_what_was_split_off_merged_again_and_split_off_again_is_split_off(connection):
    first, *others = (add(connection, "Mara Ilven", number) for number in range(3))
    kept = person_in(connection, first)
    once = split_person(connection, show_person(kept), [first])
    merge_people(connection, people_of(connection, once))
    assert person_in(connection, first) == kept
    again = split_person(connection, show_person(kept), [first])
    assert person_in(connection, first) == number_shown(people_of(connection, again)[1])
    assert {person_in(connection, each) for each in others} == {kept}


def test_whoever_is_left_of_a_merge_keeps_a_name_where_the_first_was_split_off(connection):
    names = ("Mara Ilven", "Teo Brandt", "Ada Quill")
    mara, teo, ada = (add(connection, name, number) for number, name in enumerate(names))
    kept = person_in(connection, mara)
    merge_people(connection, names)
    split_person(connection, show_person(kept), [mara])
    assert person_in(connection, mara) != person_in(connection, teo) == person_in(connection, ada) == kept
    assert name_of(connection, kept) == "Teo Brandt"
    assert read_person(connection, kept, Terms(connection)).name == "Teo Brandt"


def test_whoever_is_left_in_revised_texts_alone_goes_by_a_name_that_counts_on_lists_as_on_the_page(connection):
    mara, _ = add(connection, "Mara Ilven", 1), add(connection, "Teo Brandt", 2)
    kept = person_in(connection, mara)
    merge_people(connection, [show_person(kept), "Teo Brandt"], BY)
    add(connection, "Ida Sool", 1)  # at Mara's address
    assert name_of(connection, kept) == read_person(connection, kept, Terms(connection)).name == "Teo Brandt"


@pytest.mark.parametrize("typed", ["{}", " {} "])
@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_a_split_takes_statements_too(connection, typed, case):
    first, second = (add(connection, "Mara Ilven", number) for number in (1, 2))
    statement = connection.execute("SELECT statement FROM who_said_what WHERE document = ?", (first,)).fetchone()[0]
    split_person(connection, "Mara Ilven", [case(typed.format(statement))])
    assert person_in(connection, first) != person_in(connection, second)


def test_what_can_not_be_changed_is_said(connection):
    first, second = add(connection, "Mara Ilven", 1), add(connection, "Teo Brandt", 2)
    with pytest.raises(MissingRecord, match="nobody"):
        merge_people(connection, ["Mara Ilven", "Ida Sool"])
    with pytest.raises(BadChange, match="these are one"):
        merge_people(connection, ["Mara Ilven", "mara ilven"])
    with pytest.raises(BadChange, match="nobody would be left"):
        split_person(connection, "Mara Ilven", [first])
    with pytest.raises(MissingRecord, match="not in this document"):
        split_person(connection, "Mara Ilven", [second])
    with pytest.raises(MissingRecord, match="no such document"):
        split_person(connection, "Mara Ilven", ["f" * 16])
    with pytest.raises(MissingRecord, match="no such change"):
        undo_change(connection, 7)
    assert list_changes(connection) == []


def test_a_split_that_leaves_only_a_copy_would_leave_nobody(connection):
    first, copy, second = (add(connection, "Mara Ilven", number) for number in (1, 2, 3))
    (number, of) = (
        connection.execute("SELECT id FROM documents WHERE hash = ?", (each,)).fetchone()[0] for each in (copy, first)
    )
    connection.execute("DELETE FROM copies")
    connection.execute("INSERT INTO copies VALUES (?, ?, 'exact', 1.0)", (number, of))
    with pytest.raises(BadChange, match="nobody would be left"):
        split_person(connection, "Mara Ilven", [first, second])
    assert list_changes(connection) == []
    split_person(connection, "Mara Ilven", [second])
    connection.execute("DELETE FROM copies")


def test_a_split_looks_at_the_person_and_not_at_all_entities(connection):
    first, _ = (add(connection, "Mara Ilven", number) for number in (1, 2))
    asked = []
    connection.set_trace_callback(asked.append)
    split_person(connection, "Mara Ilven", [first])
    connection.set_trace_callback(None)
    plans = [
        step
        for each in asked
        if each.startswith(("SELECT", "WITH"))
        for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {each}").fetchall()
    ]
    assert not [step for step in plans if step.startswith("SCAN entities") or step.endswith("(person_id>?)")]


def test_a_change_tells_whom_it_is_of(connection):
    first, second = add(connection, "Mara Ilven", 1), add(connection, "Mara Ilven", 2)
    split = split_person(connection, "Mara Ilven", [second])
    both = tuple(show_person(person_in(connection, each)) for each in (first, second))
    assert people_of(connection, split) == both
    assert people_of(connection, merge_people(connection, both)) == both
    assert people_of(connection, list_changes(connection)[0]) == both


def test_an_id_may_be_shortened_and_a_name_of_several_is_refused(connection):
    first, second = add(connection, "Mara Ilven", 1, country="NO"), add(connection, "Mara Ilven", 2, country="NZ")
    people = {person_in(connection, each) for each in (first, second)}
    assert {find_person(connection, show_person(each)) for each in people} == people
    with pytest.raises(BadChange, match=r"means 2 people: p[0-9a-f]{10}\.\d+ Mara Ilven \(country N.\), p"):
        find_person(connection, "Mara Ilven")
    brandt = person_in(connection, add(connection, "Teo Brandt", 3))
    assert find_person(connection, show_person(brandt)[:5]) == brandt


def test_a_split_without_reports_is_refused(connection):
    add(connection, "Mara Ilven", 1)
    with pytest.raises(BadChange, match="names reports"):
        split_person(connection, "Mara Ilven", [])
