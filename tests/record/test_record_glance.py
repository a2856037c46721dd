"""What a record is at a glance, and what the answers of a search have in common."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handmade import full_reading, invented_reading, read_by_hand
from onrecord.document import Span
from onrecord.errors import MissingRecord
from onrecord.reading import Event, Reader
from onrecord.record import Filters, Record
from onrecord.record.correcting import Should
from onrecord.record.facets import Facet
from onrecord.record.missed import Missed
from onrecord.record.overview import glance
from onrecord.record.runs import Aside, begin_run, end_run, set_aside
from onrecord.record.subjects import speakers_of

LEVY = """The levy will go, Mara Ilven said.

Mara Ilven lied, Teo Brandt claimed.

Mara Ilven has to pay, Teo Brandt announced."""


@pytest.fixture
def record(tmp_path):
    with Record.open(tmp_path / "news.db", create=True) as record:
        levy = read_by_hand(LEVY, url="https://orrin.example/levy", outlet="Orrin Echo", published="2024-05-02")
        second = levy.statements[1]
        told = Event(
            id="v1",
            type="ACCUSE",
            actors=("e2",),
            recipients=("e1",),
            span=second.content[0],
            trigger=Span(second.content[0].start + 11, second.content[0].start + 15),
            claimed_in="s2",
            confidence=0.5,
        )
        record.add([replace(levy, events=(told,)), full_reading(url="https://vel.example/full", title="Full")])
        yield record


def test_an_empty_record_has_nothing(tmp_path):
    with Record.open(tmp_path / "empty.db", create=True) as record:
        seen = glance(record.connection)
    assert (seen.reports, seen.statements, seen.outlets, seen.first, seen.latest) == (0, 0, 0, None, ())
    assert not seen.unfinished


def test_copies_and_revised_texts_are_counted_apart(record):
    text = invented_reading(3).document.text
    record.add(
        [
            read_by_hand(text, url="https://a.example/1", published="2024-06-01"),
            read_by_hand(text, url="https://b.example/1", published="2024-06-02"),
            read_by_hand("The levy stays, Mara Ilven said.", url="https://orrin.example/levy", published="2024-06-03"),
        ]
    )
    seen = glance(record.connection)
    assert (seen.reports, seen.copies, seen.revised) == (3, 1, 1)
    assert seen.statements == record.search().count().number
    assert (seen.first, seen.last) == ("2024-05-02", "2024-06-03")
    assert [each.standing for each in seen.latest[:3]] == ["counts", "copy", "counts"]
    outlets = record.outlets()
    assert seen.outlets == sum(each.reports > 0 for each in outlets) == len(outlets) - 1, "one has a copy alone"
    assert [sum(counts) for counts in zip(*((e.reports, e.copies, e.revised) for e in outlets), strict=True)] == [
        3,
        1,
        1,
    ]
    assert next((e.reports, e.revised) for e in outlets if e.name == "Orrin Echo") == (1, 1)


def test_what_somebody_said_is_no_statement_is_counted_nowhere(record):
    before = {each.name: each.statements for each in record.outlets()}
    gone = record.take_away(next(iter(record.search(filters=Filters(outlet=("Orrin Echo",))))).statement)
    assert glance(record.connection).statements == record.search().count().number == sum(before.values()) - 1
    assert {each.name: each.statements for each in record.outlets()} == {**before, "Orrin Echo": 2}
    record.undo_correction(gone.id)
    assert glance(record.connection).statements == record.search().count().number == sum(before.values())


def test_the_last_additions_come_first_with_what_does_not_fit_in_them(record):
    latest = glance(record.connection).latest
    assert [(each.title, each.statements, each.checks) for each in latest] == [("Full", 1, 1), (None, 3, 0)]
    assert latest[1].outlet == "Orrin Echo"


def test_problems_are_told(record):
    begin_run(record.connection, ["a"], "2024-05-02T10:00:00+00:00")
    aside = Aside(raw_sha256="0" * 64, origin="bad.html", tries=2, cause="killed", is_final=True)
    set_aside(record.connection, aside, "2024-05-02T10:00:00+00:00")
    set_aside(record.connection, replace(aside, raw_sha256="1" * 64, is_final=False), "2024-05-02T10:00:00+00:00")
    seen = glance(record.connection)
    assert (seen.unfinished, seen.set_aside_count, seen.set_aside) == (True, 1, (aside,))
    end_run(record.connection, 1, {}, "2024-05-02T11:00:00+00:00")
    assert not glance(record.connection).unfinished


def test_what_answers_have_in_common_is_counted_in_one_pass(record):
    found = record.search(filters=Filters(outlet=("orrin",)))
    common = found.common()
    assert common.facets == found.facets()
    assert common.subjects.about == (Facet("Teo Brandt", 2),)
    assert common.subjects.type == (Facet("ACCUSE", 1),)
    assert common.day == (Facet("2024-05-02", 3),)
    assert found.common(2).facets.counted.is_least


def test_people_are_asked_for_by_their_ids(record):
    common = record.search().common()
    mara, teo = common.facets.speaker[0], common.subjects.about[0]
    assert (mara.value, teo.value) == ("Mara Ilven", "Teo Brandt")
    said = list(record.search(filters=Filters(person=(mara.person,))))
    assert len(said) == mara.count
    assert {hit.speaker for hit in said} == {"Mara Ilven"}
    assert [hit.words for hit in record.search("pay", filters=Filters(subject=(teo.person,)))] == [
        LEVY.split("\n\n")[2]
    ]
    with pytest.raises(MissingRecord):
        record.search(filters=Filters(person=("p00000000ff",))).count()


def test_hits_name_their_speakers_as_people_of_the_record(record):
    hits = list(record.search("levy"))
    assert speakers_of(record.connection, [hit.row for hit in hits]) == {
        hits[0].row: record.search().facets().speaker[0].person
    }


def test_whose_speaker_somebody_corrected_is_not_said_by_who_was_read_there(record):
    hits = list(record.search("levy"))
    record.correct(hits[0].statement, Should(speaker=["Wenna Sool"]))
    assert speakers_of(record.connection, [hit.row for hit in hits]) == {}
    record.undo_correction(1)
    assert set(speakers_of(record.connection, [hit.row for hit in hits])) == {hits[0].row}


def test_whose_speaker_somebody_corrected_is_said_by_whom_its_report_names_so(record):
    hits = list(record.search("levy"))
    record.correct(hits[0].statement, Should(speaker="Teo Brandt"))
    (brandt,) = (each.person for each in record.search().facets().speaker if each.value == "Teo Brandt")
    assert speakers_of(record.connection, [hit.row for hit in hits]) == {hits[0].row: brandt}


def test_what_is_read_since_somebody_put_it_in_is_not_said_by_who_was_read_there(tmp_path):
    read = read_by_hand("The levy will go, Mara Ilven said.\n\nNobody was asked, Teo Brandt claimed.")
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add(replace(read, statements=read.statements[:1]))
        found = read.statements[1]
        spans = {f"{part}_spans": getattr(found, part) for part in ("content", "source", "cue")}
        record.put_in(read.document.id, Missed(**spans, speaker="Ada Quill"))
        record.add(replace(read, reader=Reader(version="0.2.0", model="hand")))
        (hit,) = record.search("asked")
        assert hit.speaker == "Ada Quill"
        assert speakers_of(record.connection, [hit.row]) == {}


def test_those_added_last_come_first(record):
    rows = record.search(sort="added").rows()
    assert rows == sorted(rows, reverse=True)
    assert record.search("levy OR", sort="added").rows() == []
    assert [hit.words for hit in record.search("pay", sort="added")] == [LEVY.split("\n\n")[2]]
