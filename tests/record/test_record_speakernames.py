"""The names of speakers one by one: the same of a statement that is found as of the reading that it is from."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from handmade import MINISTRY, invented_reading, read_by_hand, readings, said_together
from onrecord.errors import OnrecordError
from onrecord.reading import Entity
from onrecord.record import Missed, Record, Should
from onrecord.record.hits import read_hits

TEXT = "The quay stays open, Mara Ilven, Teo Brandt and Halvard Quy said."


@pytest.fixture
def record(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(said_together())
        yield record
        assert record.check() == []


def found(record):
    """Return the heading and the names of the statements that are found, in the order of their numbers."""
    rows = [row for (row,) in record.connection.execute("SELECT id FROM statements ORDER BY id")]
    return [(hit.speaker, hit.speakers) for hit in read_hits(record.connection, rows)]


def test_a_comma_in_a_name_makes_no_two_of_it(record):
    assert found(record) == [
        (f"{MINISTRY} and Mara Ilven", (MINISTRY, "Mara Ilven")),
        (MINISTRY, (MINISTRY,)),
    ]


def test_nobody_is_named_where_the_speaker_is_open(tmp_path):
    with Record.open(tmp_path / "open.db", create=True) as record:
        record.add(read_by_hand("A quay is a quay."))
        assert found(record) == [(None, ())]


def test_three_come_in_the_order_of_the_reading(tmp_path):
    read = read_by_hand(TEXT)
    names = ("Halvard Quy", "Mara Ilven", "Teo Brandt")
    ids = {each.name: each.id for each in read.entities}
    said = replace(
        read.statements[0], speakers=tuple(ids[name] for name in reversed(names)), speaker_name=" and ".join(names)
    )
    with Record.open(tmp_path / "three.db", create=True) as record:
        record.add(replace(read, statements=(said,)))
        assert found(record) == [(" and ".join(names), names[::-1])]


def test_one_is_called_what_the_heading_says(tmp_path):
    read = read_by_hand("It will rain, the mayor said.")
    mayor = Entity(id="e1", name="Mara Ilven", kind="person", aliases=("the mayor",))
    said = replace(read.statements[0], speakers=("e1",), speaker_name="The Mayor")
    with Record.open(tmp_path / "mayor.db", create=True) as record:
        record.add(replace(read, entities=(mayor,), statements=(said,)))
        assert found(record) == [("The Mayor", ("The Mayor",))]


def test_those_of_a_correction_and_of_what_was_put_in_are_told_one_by_one(record):
    hit = next(iter(record.search("quay")))
    (made,) = record.correct(hit.statement, Should(speaker=["Teo Brandt; Board of Peat, Salt"]))
    assert (made.value, made.speakers) == (
        "Teo Brandt, Board of Peat, Salt",
        ("Teo Brandt", "Board of Peat, Salt"),
    )
    assert (made.before, made.speakers_before) == (hit.speaker, hit.speakers)
    put_in = record.put_in(hit.statement, Missed(content="No boat", speaker=["Ada Quill", MINISTRY]))
    assert (put_in.speakers, put_in.speakers_before) == (("Ada Quill", MINISTRY), None)
    assert found(record) == [
        ("Teo Brandt, Board of Peat, Salt", ("Teo Brandt", "Board of Peat, Salt")),
        (MINISTRY, (MINISTRY,)),
        (f"Ada Quill, {MINISTRY}", ("Ada Quill", MINISTRY)),
    ]
    (nobody,) = record.correct(put_in.statement, Should(speaker=[]))
    assert (nobody.value, nobody.speakers, nobody.speakers_before) == (None, (), ("Ada Quill", MINISTRY))
    assert found(record)[-1] == (None, ())
    (form,) = record.correct(hit.statement, Should(form="direct"))
    assert (form.speakers, form.speakers_before) == (None, None)


def test_of_a_correction_that_an_older_version_noted_the_heading_is_all_that_is_known(record):
    hit = next(iter(record.search("quay")))
    record.correct(hit.statement, Should(speaker=["Teo Brandt"]))
    before = json.dumps({"words": hit.speaker, "content": hit.citation.content})
    record.connection.execute("UPDATE corrections SET before = ?", (before,))
    (correction,) = record.corrections()
    assert (correction.before, correction.speakers_before) == (hit.speaker, None)


def test_a_correction_of_another_field_leaves_those_beside_it_as_they_were(record):
    together, alone = record.search(sort="oldest")
    record.correct(together.statement, Should(form="direct"))
    assert [(each.speakers, each.is_corrected) for each in record.search(sort="oldest")] == [
        (together.speakers, True),
        (alone.speakers, False),
    ]


@settings(max_examples=60)
@given(readings())
def test_they_are_those_of_the_reading(tmp_path_factory, reading):
    with Record.open(tmp_path_factory.mktemp("any") / "news.db", create=True) as record:
        try:
            record.add([invented_reading(1), reading])
        except OnrecordError:  # spans that no record can hold
            return
        read = {row.statement: row.speakers for row in record.statements()}
        hits = {hit.statement: hit.speakers for hit in record.search(limit=None)}
        assert hits == {statement: read[statement] for statement in hits}
