"""What tells people of one name apart: the same words wherever a list has both of them, and none where it has one."""

from __future__ import annotations

import pytest

from onrecord.record import Record
from onrecord.record.namesakes import tell_apart
from people_by_hand import told_of


@pytest.fixture
def record(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        yield record


def add(record, name, day, **facts):
    reading = told_of(name, words=f"On {day} it went", url=f"https://orrin.example/{day}", published=day, **facts)
    (added,) = record.add(reading)
    return added.document


def listed(record):
    return [(each.id, each.name) for each in record.people()]


def told(record):
    """Return what tells apart, in the order of the earliest reports."""
    apart = tell_apart(record.connection, listed(record))
    return [apart[each.id] for each in sorted(record.people(), key=lambda each: each.first) if each.id in apart]


def test_the_role_that_most_reports_give_tells_apart_or_else_the_country(record):
    add(record, "Mara Ilven", "2024-05-01", country="NO", roles=(("mayor", "Orrin"),))
    add(record, "Mara Ilven", "2024-05-02", country="NO", roles=(("Minister", "Norway"),))
    add(record, "Mara Ilven", "2024-05-03", country="NO", roles=(("Minister", "Norway"),))
    add(record, "Mara Ilven", "2024-05-04", country="NZ")
    assert told(record) == ["Minister, Norway", "country NZ"]


def test_nothing_is_said_of_whom_nobody_on_the_list_has_the_name(record):
    add(record, "Mara Ilven", "2024-05-01", country="NO")
    add(record, "Mara Ilven", "2024-05-02", country="NZ")
    add(record, "Teo Brandt", "2024-05-03", roles=(("striker", "Orrin FC"),))
    one, *_ = listed(record)
    assert one[1] == "Mara Ilven"
    assert tell_apart(record.connection, [one, one, (None, "Teo Brandt"), ("p0000000001", "Ida Sool")]) == {}
    assert tell_apart(record.connection, [one, (None, "MARA  Ilven")]).keys() == {one[0]}


def test_of_those_who_are_the_same_the_next_thing_that_differs_is_said(record):
    mayor = (("mayor", "Orrin"),)
    first = add(record, "Mara Ilven", "2023-05-01", outlet="Orrin Echo", roles=mayor)
    second = add(record, "Mara Ilven", "2024-05-02", outlet="Orrin Echo", roles=mayor)
    add(record, "Mara Ilven", "2024-05-03", outlet="Orrin Echo", roles=mayor)
    add(record, "Mara Ilven", "2024-05-03", outlet="Orrin Echo", roles=mayor)
    for document in (first, second):
        record.split(next(each.id for each in record.people() if document in str(each.found_in)), [document])
    assert told(record) == [
        "mayor, Orrin, Orrin Echo, 2023",
        "mayor, Orrin, Orrin Echo, 2024, from 2024-05-02 on",
        "mayor, Orrin, Orrin Echo, 2024, from 2024-05-03 on",
    ]


def test_without_anything_else_the_ids_tell_apart_and_where_time_runs_out_too(record):
    for words in ("One", "Two"):
        (added,) = record.add(told_of("Mara Ilven", words=words))
    record.split("Mara Ilven", [added.document])
    ids = {person: person for person, _ in listed(record)}
    assert len(ids) == 2
    assert tell_apart(record.connection, listed(record)) == ids
    add(record, "Mara Ilven", "2024-05-01", country="NO")
    people = listed(record)
    record.connection.set_progress_handler(lambda: True, 1)
    assert tell_apart(record.connection, people) == {person: person for person, _ in people}
    record.connection.set_progress_handler(None, 1)


def test_whoever_was_merged_is_told_by_all_reports_and_kinds_are_told(record):
    add(record, "Orrin Quay", "2024-05-01", kind="organization")
    add(record, "Orrin Quay", "2024-05-02", roles=(("mayor", "Orrin"),))
    add(record, "Mara Ilven", "2024-05-03", roles=(("judge", None),))
    add(record, "Mara Ilven", "2024-05-04", roles=(("Judge", None),))
    quay = next(each.id for each in record.people() if each.kind == "person" and each.name == "Orrin Quay")
    record.merge([quay, "Mara Ilven"])
    assert told(record) == ["organization", "Judge"]


def test_two_queries_tell_all_of_them(record):
    for number, country in enumerate(("NO", "NZ", "SE", "DK"), 1):
        add(record, "Mara Ilven", f"2024-05-0{number}", country=country)
        add(record, "Teo Brandt", f"2024-06-0{number}", country=country)
    people, asked = listed(record), []
    record.connection.set_trace_callback(asked.append)
    assert len(tell_apart(record.connection, people)) == 8
    assert len([query for query in asked if "json_each" in query and not query.startswith("--")]) == 2
