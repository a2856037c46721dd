"""Corrections: kept apart from readings with who and why, shown over them, and never lost by a second reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handmade import read_by_hand
from onrecord.document import Span
from onrecord.errors import BadChange, MissingRecord
from onrecord.reading import Amount, Event, Reader, to_record
from onrecord.record import correcting
from onrecord.record.annotating import NewStatement, add_statement, delete_statement
from onrecord.record.changing import By
from onrecord.record.choosing import keep_report
from onrecord.record.correcting import (
    Should,
    correct_statement,
    list_corrections,
    undo_correction,
)
from onrecord.record.hits import read_hits
from onrecord.record.locating import locate
from onrecord.record.lookup import look_up
from onrecord.record.overview import glance
from onrecord.record.restoring import read_reading
from onrecord.record.storable import faults_of
from onrecord.record.writing import add_reading
from people_by_hand import told_of

NEWER = Reader(version="0.2.0", model="hand")
NEWEST = Reader(version="0.3.0", model="hand")
TEXT = "“The levy will go,” Mara Ilven said.\n\nNobody had asked the fishers, Teo Brandt claimed."
BY = By(who="ida", why="misread", now=datetime(2024, 5, 2, tzinfo=UTC))


@pytest.fixture
def document(connection):
    return add_reading(connection, read_by_hand(TEXT)).document


@pytest.fixture
def statement(connection, document):
    return connection.execute(
        "SELECT statement FROM who_said_what WHERE document = ? ORDER BY id", (document,)
    ).fetchone()[0]


def first(connection, document):
    reading = keep_report(connection, document).reading
    return reading, reading.statements[0]


def test_a_correction_is_shown_over_the_reading_and_kept_apart_from_it(connection, document, statement):
    made = correct_statement(
        connection, statement, Should(speaker=["Teo Brandt"], content='"The levy will go,"', cue_class="promising"), BY
    )
    assert [(each.field, each.value, each.before) for each in made] == [
        ("speaker", "Teo Brandt", "Mara Ilven"),
        ("content", "“The levy will go,”", "“The levy will go,” Mara Ilven said."),
        ("cue_class", "promising", "neutral"),
    ]
    assert {(each.who, each.why, each.made_at, each.state) for each in made} == {
        ("ida", "misread", "2024-05-02T00:00:00+00:00", "stands")
    }
    reading, corrected = first(connection, document)
    assert corrected.speakers == tuple(each.id for each in reading.entities if each.name == "Teo Brandt")
    assert (corrected.speaker_name, corrected.speaker_by) == ("Teo Brandt", "correction")
    assert (corrected.content, corrected.form, corrected.cue_class) == ((Span(0, 19),), "direct", "promising")
    assert read_reading(connection, document) == to_record(read_by_hand(TEXT))


def test_the_view_shows_statements_as_corrected(connection, statement):
    correct_statement(connection, statement, Should(speaker=["Ida Sool"], cue_class="promising"))
    rows = connection.execute(
        "SELECT speaker, cue_class, is_corrected, content FROM who_said_what_corrected ORDER BY id"
    ).fetchall()
    assert [row[:3] for row in rows] == [("Ida Sool", "promising", 1), ("Teo Brandt", "neutral", 0)]
    assert [row[3] for row in rows] == TEXT.split("\n\n")


def test_a_form_is_corrected_where_it_does_not_follow_from_the_marks(connection, document, statement):
    (made,) = correct_statement(connection, statement, Should(form="mixed"))
    assert (made.field, made.value, made.before) == ("form", "mixed", "indirect")
    correct_statement(connection, statement, Should(content='"The levy will go,"'))
    _, corrected = first(connection, document)
    assert (corrected.content, corrected.form) == ((Span(0, 19),), "mixed")
    query = "SELECT form, is_corrected FROM who_said_what_corrected ORDER BY id"
    assert connection.execute(query).fetchall() == [("mixed", 1), ("indirect", 0)]
    undo_correction(connection, made.id)
    assert first(connection, document)[1].form == "direct"


def test_whether_it_was_said_is_corrected_like_the_rest(connection, document, statement):
    made = correct_statement(connection, statement, Should(modality="denied", negated=True), BY)
    assert [(each.field, each.value, each.before) for each in made] == [
        ("modality", "denied", "said"),
        ("negated", "yes", "no"),
    ]
    _, corrected = first(connection, document)
    assert (corrected.modality, corrected.negated) == ("denied", True)
    (hit,) = read_hits(connection, [1])
    assert (hit.modality, hit.negated, hit.is_corrected) == ("denied", True, True)
    query = "SELECT modality, negated, is_corrected FROM who_said_what_corrected ORDER BY id"
    assert connection.execute(query).fetchall() == [("denied", 1, 1), ("said", 0, 0)]
    correct_statement(connection, statement, Should(negated=False), BY)
    undo_correction(connection, made[0].id)
    assert connection.execute(query).fetchone() == ("said", 0, 1)
    with pytest.raises(BadChange, match="no modality; one of said, future, hypothetical, denied"):
        correct_statement(connection, statement, Should(modality="sung"))


def test_a_speaker_whom_the_report_does_not_name_is_one_more_entity(connection, document, statement):
    correct_statement(connection, statement, Should(speaker=["Ida Sool"]))
    reading, corrected = first(connection, document)
    assert corrected.speakers == (reading.entities[-1].id,)
    assert reading.entities[-1].name == "Ida Sool"


def test_speakers_apart_by_semicolons_are_several(connection, document, statement):
    correct_statement(connection, statement, Should(speaker=["Teo Brandt;  Wenna Sool"]), BY)
    reading, corrected = first(connection, document)
    names = {each.id: each.name for each in reading.entities}
    assert [names[each] for each in corrected.speakers] == ["Teo Brandt", "Wenna Sool"]


def test_a_name_by_itself_is_one_speaker_and_not_its_letters(connection, document, statement):
    correct_statement(connection, statement, Should(speaker="Sool"), BY)
    reading, corrected = first(connection, document)
    assert [each.name for each in reading.entities if each.id in corrected.speakers] == ["Sool"]


def test_a_statement_can_have_no_speaker(connection, document, statement):
    correct_statement(connection, statement, Should(speaker=[]))
    _, corrected = first(connection, document)
    assert (corrected.speakers, corrected.speaker_name, corrected.speaker_confidence) == ((), None, None)


def test_of_two_corrections_of_a_field_the_later_holds_until_it_is_undone(connection, document, statement):
    (earlier,) = correct_statement(connection, statement, Should(speaker=["Ida Sool"]))
    (later,) = correct_statement(connection, statement, Should(speaker=["Halvard Quy"]))
    assert [each.state for each in list_corrections(connection)] == ["replaced", "stands"]
    assert first(connection, document)[1].speaker_name == "Halvard Quy"
    assert undo_correction(connection, later.id).state == "withdrawn"
    assert first(connection, document)[1].speaker_name == "Ida Sool"
    undo_correction(connection, earlier.id)
    assert first(connection, document)[1].speaker_name == "Mara Ilven"
    with pytest.raises(BadChange, match="withdrawn before"):
        undo_correction(connection, earlier.id)


def test_corrections_survive_a_second_reading_of_the_same_spans(connection, document, statement):
    correct_statement(connection, statement, Should(speaker=["Ida Sool"]))
    add_reading(connection, read_by_hand(TEXT, reader=NEWER))
    assert first(connection, document)[1].speaker_name == "Ida Sool"
    assert list_corrections(connection, adrift=True) == []


def test_a_correction_is_adrift_where_the_new_spans_differ_and_stands_again_when_found_again(connection):
    told = told_of("Mara Ilven", words="The levy will go")
    document = add_reading(connection, told).document
    statement = connection.execute("SELECT statement FROM who_said_what").fetchone()[0]
    (made,) = correct_statement(connection, statement, Should(speaker=["Ida Sool"]), BY)
    other = replace(told.statements[0], content=(Span(0, 8),))
    added = add_reading(connection, replace(told, statements=(other,), reader=NEWER))
    assert added.adrift == (statement,)
    (adrift,) = list_corrections(connection, adrift=True)
    now = connection.execute("SELECT statement FROM who_said_what").fetchone()[0]
    assert adrift == replace(made, state="adrift", now=now)
    assert now != statement
    assert first(connection, document)[1].speaker_name == "Mara Ilven"
    add_reading(connection, replace(told, reader=NEWEST))
    assert first(connection, document)[1].speaker_name == "Ida Sool"


def test_a_report_with_many_corrections_adrift_is_read_once_for_the_list(connection, document, monkeypatch):
    ids = [each for (each,) in connection.execute("SELECT statement FROM who_said_what ORDER BY id")]
    for each in (*ids, *ids):
        correct_statement(connection, each, Should(speaker=["Ida Sool"]))
    read = read_by_hand(TEXT, reader=NEWER)
    add_reading(connection, replace(read, statements=tuple(replace(each, cue=()) for each in read.statements)))
    asked = []
    monkeypatch.setattr(correcting, "read_reading", lambda *which: asked.append(which) or read_reading(*which))
    adrift = list_corrections(connection, adrift=True)
    now = [each for (each,) in connection.execute("SELECT statement FROM who_said_what ORDER BY id")]
    assert [each.now for each in adrift if each.field == "speaker"] == [*now, *now]
    assert len(asked) == 1


def test_corrections_are_listed_a_page_at_a_time_and_only_reports_of_the_page_are_read(connection, monkeypatch):
    for name in ("Mara Ilven", "Teo Brandt", "Ida Sool"):
        told = told_of(name, words=f"The levy of {name} will go")
        add_reading(connection, told)
        statement = connection.execute("SELECT statement FROM who_said_what ORDER BY id DESC").fetchone()[0]
        correct_statement(connection, statement, Should(cue_class="promising"), BY)
        other = replace(told.statements[0], content=(Span(0, 8),))
        add_reading(connection, replace(told, statements=(other,), reader=NEWER))
    every = list_corrections(connection)
    asked = []
    monkeypatch.setattr(correcting, "read_reading", lambda *which: asked.append(which) or read_reading(*which))
    for adrift in (False, True):
        paged = list_corrections(connection, adrift=adrift, most=2)
        assert len(asked) == 2
        assert paged + list_corrections(connection, adrift=adrift, after=paged[-1].id, most=2) == every
        asked.clear()
    assert correcting.newest_corrections(connection, 2) == every[:0:-1]
    assert correcting.count_corrections(connection) == 3


def test_spans_can_be_given(connection, document, statement):
    correct_statement(
        connection,
        statement,
        Should(content_spans=[Span(8, 17), Span(1, 4)], source_spans=[Span(20, 30)], cue_spans=[]),
    )
    _, corrected = first(connection, document)
    assert corrected.content == (Span(1, 4), Span(8, 17))
    assert (corrected.source, corrected.cue) == ((Span(20, 30),), ())


def test_source_and_cue_are_corrected_by_words_nearest_to_what_is_said(connection):
    text = "Ada sat. “The levy will go,” Ada Quill of Orrin, said Bo Larch. Bo Larch said no more."
    document = add_reading(connection, read_by_hand(text)).document
    (statement, *_) = keep_report(connection, document).ids.values()
    _, read = first(connection, document)
    correct_statement(connection, statement, Should(content="“The levy will go,”"))
    correct_statement(connection, statement, Should(source="Bo Larch", cue="said"))
    _, corrected = first(connection, document)
    assert [span.of(text) for span in corrected.source + corrected.cue] == ["Bo Larch", "said"]
    assert corrected.source[0].start == text.index("Bo Larch")
    made = correct_statement(connection, statement, Should(source="", cue=""))
    assert [(each.field, each.value, each.spans) for each in made] == [("source", None, ()), ("cue", None, ())]
    for each in list_corrections(connection):
        undo_correction(connection, each.id)
    assert first(connection, document)[1] == read


@pytest.mark.parametrize(
    ("should", "message"),
    [
        (Should(), "nothing to correct"),
        (Should(source="Ida Sool"), "'Ida Sool': is not in the report"),
        (Should(content="the levy will stay"), "is not in the report"),
        (Should(content="e"), "is in several places: 3-4 (“The levy will go,” Mara Ilven"),
        (Should(content_spans=[Span(0, 1000)]), "outside the report, which has"),
        (Should(content_spans=[Span(0, 9), Span(5, 12)]), "overlap"),
        (Should(content_spans=[]), "has a content"),
        (Should(cue_class="shouting"), "no cue class"),
        (Should(form="sung"), "no form"),
        (Should(speaker=[" "]), "without a name"),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_is_kept(connection, statement, should, message):
    with pytest.raises(BadChange) as caught:
        correct_statement(connection, statement, should)
    assert message in str(caught.value)
    assert list_corrections(connection) == []


def test_a_statement_that_is_not_there_is_refused(connection, document):
    with pytest.raises(MissingRecord, match="no such statement"):
        correct_statement(connection, f"{document}-00000000", Should(speaker=[]))


def test_words_are_found_as_the_report_writes_them():
    text = "He called it “a\n wreck” and, she said, 'no more'."
    assert locate(text, '"a wreck"') == (Span(13, 23),)
    assert locate(text, "a wreck … ’no more’") == (Span(14, 22), Span(39, 48))
    with pytest.raises(BadChange, match=r"0-2 \(He called"):
        locate(text.replace("she", "He"), "He")


def test_who_and_why_may_be_no_text(connection, statement):
    (made,) = correct_statement(connection, statement, Should(speaker=[]), By(who="ida\udc80", why="\udcff"))
    assert (made.who, made.why) == ("ida\ufffd", "\ufffd")


# ---- whole statements ----------------------------------------------------------------------------------------

MISSED = NewStatement(content=(Span(1, 9),))


def annotated(connection, document):
    return [each.content for each in keep_report(connection, document).reading.statements]


def test_a_statement_that_was_put_in_is_never_adrift(connection, document):
    add_statement(connection, document, MISSED)
    added = add_reading(connection, read_by_hand(TEXT, reader=NEWER))
    assert (added.outcome, added.adrift, glance(connection).adrift) == ("reread", (), 0)
    assert [each.state for each in list_corrections(connection)] == ["stands"]
    assert MISSED.content in annotated(connection, document)


def test_a_statement_that_was_taken_away_can_be_put_in_again(connection, document, statement):
    (read, _) = annotated(connection, document)
    delete_statement(connection, statement)
    assert read not in annotated(connection, document)
    spans = read_reading(connection, document).statements[0]
    again = NewStatement(source=spans.source, cue=spans.cue, content=spans.content)
    assert add_statement(connection, document, again) == statement
    assert annotated(connection, document)[0] == read


def test_what_stood_inside_a_statement_that_was_taken_away_stands_inside_the_next_outer_one(connection):
    read = read_by_hand("The mayor said that Teo Brandt said that Ida Sool said that the levy would go.")
    (model,) = read.statements
    outer, middle, inner = (
        replace(model, id=name, within=within, continues=within, content=(Span(start, 77),))
        for name, within, start in (("s1", None, 15), ("s2", "s1", 36), ("s3", "s2", 55))
    )
    document = add_reading(connection, replace(read, statements=(outer, middle, inner))).document
    delete_statement(connection, keep_report(connection, document).ids["s2"])
    assert [
        (each.id, each.within, each.continues) for each in keep_report(connection, document).reading.statements
    ] == [
        ("s1", None, None),
        ("s3", "s1", "s1"),
    ]


def test_what_a_statement_claims_that_was_taken_away_is_told_by_the_outlet_or_by_who_else_says_it(connection):
    read = read_by_hand("Teo Brandt said that three crews would strike, and that nobody had asked them.")
    (whole,) = read.statements
    inner = replace(whole, id="s2", content=(Span(27, 45),))
    strike = Event(
        id="v1", type="PROTEST", actors=(), span=Span(0, 46), trigger=Span(39, 45), claimed_in="s2", confidence=0.9
    )
    crews = Amount(span=Span(27, 32), kind="count", value=3, unit=None, claimed_in="s2")
    outer = replace(whole, content=(Span(21, 78),))
    read = replace(read, statements=(outer, inner), events=(strike,), amounts=(crews,))
    document = add_reading(connection, read).document
    ids = keep_report(connection, document).ids
    claims = []
    for name in ("s2", "s1"):
        delete_statement(connection, ids[name])
        reading = keep_report(connection, document).reading
        claims.append((reading.events[0].claimed_in, reading.amounts[0].claimed_in))
        assert list(faults_of(reading)) == []
    assert claims == [("s1", "s1"), (None, None)]


PUT_IN = NewStatement(content=(Span(1, 9),), speakers=("Ida Sool",), cue_class="accusing")


def last(connection, document):
    return keep_report(connection, document).reading.statements[-1]


def test_a_statement_that_was_put_in_is_corrected_like_any_other(connection, document):
    added = add_statement(connection, document, PUT_IN)
    made = correct_statement(
        connection, added, Should(speaker=["Teo Brandt"], content_spans=[Span(5, 17)], form="direct"), BY
    )
    assert [(each.field, each.value, each.before, each.statement) for each in made] == [
        ("speaker", "Teo Brandt", "Ida Sool", added),
        ("content", "levy will go", "The levy", added),
        ("form", "direct", "indirect", added),
    ]
    reading = keep_report(connection, document).reading
    corrected = reading.statements[-1]
    assert corrected.id == f"added-{added.partition('-')[2]}"
    assert (corrected.speaker_name, corrected.content, corrected.cue_class) == (
        "Teo Brandt",
        (Span(5, 17),),
        "accusing",
    )
    assert "Ida Sool" not in {each.name for each in reading.entities}
    assert reading.statements[:-1] == read_reading(connection, document).statements
    undo_correction(connection, made[0].id)
    assert last(connection, document).speaker_name == "Ida Sool"


def test_corrections_of_a_statement_that_was_put_in_are_never_adrift_and_go_with_it(connection, document):
    added = add_statement(connection, document, PUT_IN)
    correct_statement(connection, added, Should(speaker=["Teo Brandt"]))
    assert add_reading(connection, read_by_hand(TEXT, reader=NEWER)).adrift == ()
    assert last(connection, document).speaker_name == "Teo Brandt"
    assert look_up(connection, added).hit.speaker == "Teo Brandt"
    delete_statement(connection, added)
    assert {each.state for each in list_corrections(connection)} == {"withdrawn"}
    assert add_statement(connection, document, PUT_IN) == added
    assert last(connection, document).speaker_name == "Ida Sool"
    (again,) = correct_statement(connection, added, Should(speaker=[]))
    undo_correction(connection, again.id - 1)
    assert [each.state for each in list_corrections(connection)] == ["withdrawn"] * 4
    for ask in (look_up, lambda *asked: correct_statement(*asked, Should(speaker=[]))):
        with pytest.raises(MissingRecord, match=r"nothing in the record|no such statement"):
            ask(connection, added)


def test_what_is_said_of_a_statement_that_was_put_in_holds_where_a_reading_finds_it_later(connection, document):
    add_statement(connection, document, PUT_IN)
    read = read_by_hand(TEXT, reader=NEWER)
    found = replace(read.statements[0], source=(), cue=(), content=(Span(1, 9),))
    add_reading(connection, replace(read, statements=(found, *read.statements[1:])))
    shown = keep_report(connection, document).reading.statements
    assert [(each.speaker_name, each.cue_class) for each in shown] == [
        ("Ida Sool", "accusing"),
        ("Teo Brandt", "neutral"),
    ]


def test_a_statement_that_is_there_is_not_put_in_a_second_time(connection, document, statement):
    add_statement(connection, document, PUT_IN)
    spans = read_reading(connection, document).statements[0]
    for there in (PUT_IN, NewStatement(source=spans.source, cue=spans.cue, content=spans.content)):
        with pytest.raises(BadChange, match="there already; correct that one"):
            add_statement(connection, document, there)
    assert len(list_corrections(connection)) == 1
