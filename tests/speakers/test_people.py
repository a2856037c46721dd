"""Who a reading is about, counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Document, Span
from onrecord.reading import Entity, Mention, Reader, Reading, Statement
from onrecord.speakers.people import MAIN_KINDS, count_people, stands_out


def entity(name, *, called=None, kind="person", mentions=1):
    found = tuple(Mention(span=Span(index, index + 1), form="name") for index in range(mentions))
    return Entity(id=name, name=called or name, kind=kind, mentions=found)


def statement(name, speakers=(), about=(), targets=()):
    return Statement(
        id=name,
        form="direct",
        speakers=speakers,
        source=(),
        cue=(),
        content=(),
        cue_class="neutral",
        negated=False,
        modality="said",
        about=about,
        targets=targets,
        zone="body",
        confidence=0.9,
    )


def reading(*entities, statements=()):
    return Reading(
        document=Document.from_text("x" * 99),
        reader=Reader(version="0", model="m"),
        statements=tuple(statements),
        entities=entities,
    )


def test_each_counts_where_it_speaks_is_spoken_about_and_is_mentioned():
    said = [statement("s1", ("e1",), ("e2",)), statement("s2", ("e2",), ("e1",)), statement("s3", ("e1",))]
    ada, bo = count_people(reading(entity("e1", mentions=4), entity("e2"), statements=said))
    assert (ada.id, ada.speaks, ada.spoken_about, ada.mentioned) == ("e1", 2, 1, 4)
    assert (ada.statements, ada.about) == (("s1", "s3"), ("s2",))
    assert (bo.id, bo.speaks, bo.spoken_about, bo.mentioned) == ("e2", 1, 1, 1)


def test_a_joint_statement_counts_for_each_of_its_speakers():
    people = count_people(reading(entity("e1"), entity("e2"), statements=[statement("s1", ("e1", "e2"))]))
    assert [person.statements for person in people] == [("s1",), ("s1",)]


def test_a_target_that_the_content_mentions_too_counts_once():
    (person,) = count_people(reading(entity("e1"), statements=[statement("s1", (), ("e1",), ("e1",))]))
    assert person.about == ("s1",)
    (person,) = count_people(reading(entity("e1"), statements=[statement("s1", (), (), ("e1",))]))
    assert person.about == ("s1",)


def test_who_speaks_most_comes_first_then_who_is_most_spoken_about_then_the_name():
    names = {"e1": "Dara", "e2": "bel", "e3": "Ada", "e4": "Cy"}
    said = [statement("s1", ("e1",), ("e4",)), statement("s2", ("e1",))]
    people = count_people(reading(*(entity(key, called=name) for key, name in names.items()), statements=said))
    assert [person.name for person in people] == ["Dara", "Cy", "Ada", "bel"]


def test_an_id_that_no_entity_has_is_passed_over():
    (person,) = count_people(reading(entity("e1"), statements=[statement("s1", ("e9", "e1"), ("e8",))]))
    assert person.statements == ("s1",)


def test_a_reading_without_entities_has_no_people():
    assert count_people(reading(statements=[statement("s1")])) == ()


@pytest.mark.parametrize(
    ("kind", "speaks", "mentions", "kinds", "listed"),
    [
        ("person", True, 1, (), True),
        ("person", False, 1, (), False),
        ("person", False, 2, (), True),
        ("unnamed", False, 2, (), True),
        ("place", False, 9, (), False),
        ("place", True, 1, (), True),
        ("document", True, 1, (), True),
        ("place", False, 2, ("place",), True),
        ("place", False, 1, ("place",), False),
        ("person", True, 9, ("place", "group"), False),
    ],
)
def test_those_stand_out_who_speak_or_are_mentioned_more_than_once(kind, speaks, mentions, kinds, listed):
    said = [statement("s1", ("e1",))] if speaks else []
    (person,) = count_people(reading(entity("e1", kind=kind, mentions=mentions), statements=said))
    assert stands_out(person, frozenset(kinds)) is listed


IDS = st.lists(st.sampled_from(["e1", "e2", "e3", "e9"]), max_size=3).map(tuple)


@given(st.lists(st.tuples(IDS, IDS, IDS), max_size=12))
def test_every_count_is_that_of_the_statements_that_name_the_entity(rows):
    said = [statement(f"s{index}", *row) for index, row in enumerate(rows)]
    people = count_people(reading(*(entity(name) for name in ("e1", "e2", "e3")), statements=said))
    assert {person.id for person in people} == {"e1", "e2", "e3"}
    for person in people:
        assert person.statements == tuple(item.id for item in said if person.id in item.speakers)
        assert person.about == tuple(item.id for item in said if person.id in (*item.about, *item.targets))
        assert (person.speaks, person.spoken_about) == (len(person.statements), len(person.about))


def test_the_main_kinds_leave_out_what_a_report_is_seldom_about():
    assert {"place", "document", "author"}.isdisjoint(MAIN_KINDS)
