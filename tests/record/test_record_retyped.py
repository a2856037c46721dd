"""What somebody types over a statement, as a correction of just what is another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handmade import read_by_hand
from onrecord.document import Span
from onrecord.errors import BadChange
from onrecord.record import Record
from onrecord.record.correcting import corrected_reports
from onrecord.record.retyped import Typed, missed_of, should_of, typed_of

TEXT = "No levy will come, Mara Ilven said.\n\nNo levy will come, Teo Brandt said. Nobody asked the crews."
SECOND = TEXT.index("No levy", 5)


@pytest.fixture(scope="module")
def statement():
    return read_by_hand(TEXT).statements[1]


def retyped(statement, **fields):
    return should_of(TEXT, statement, replace(typed_of(TEXT, statement), **fields))


def test_fields_that_are_as_they_were_are_no_correction(statement):
    with pytest.raises(BadChange, match="nothing is another"):
        retyped(statement, content=f"  {typed_of(TEXT, statement).content}\r\n")


def test_only_what_is_another_is_corrected(statement):
    should = retyped(statement, speaker="Teo Brandt; Mara Ilven", cue_class="promising")
    assert (should.speaker, should.cue_class) == (("Teo Brandt", "Mara Ilven"), "promising")
    left = (should.content, should.source, should.cue, should.content_spans, should.source_spans, should.cue_spans)
    assert left == (None,) * 6


def test_a_speaker_that_is_emptied_is_nobody(statement):
    assert retyped(statement, speaker=" ").speaker == ()


def test_words_in_several_places_are_those_nearest_to_the_statement(statement):
    assert retyped(statement, content="No levy will come").content_spans == (Span(SECOND, SECOND + 17),)


def test_source_and_cue_are_handed_on_in_words(statement):
    assert (retyped(statement, source="").source, retyped(statement, cue="vowed ").cue) == ("", "vowed ")


def test_pieces_are_found_each(statement):
    spans = retyped(statement, content="No levy … Nobody asked").content_spans
    assert [span.of(TEXT) for span in spans] == ["No levy", "Nobody asked"]


@pytest.mark.parametrize("fields", [{"content": "a toll will come"}, {"cue_class": "shouting"}])
def test_what_is_not_in_the_report_and_no_class_is_refused(statement, fields):
    with pytest.raises(BadChange):
        retyped(statement, **fields)


@pytest.mark.parametrize("content", ["a toll will come", " "])
def test_a_missed_statement_without_words_of_the_report_is_refused(content):
    with pytest.raises(BadChange):
        missed_of(TEXT, Typed(content=content))


def test_a_missed_statement_has_its_source_and_cue_from_beside_it():
    typed = Typed(speaker="Teo Brandt; Ida Sool;", source="Teo Brandt", cue="said", content="Nobody asked the crews")
    missed = missed_of(TEXT, typed)
    assert missed.source_spans == (Span(TEXT.index("Teo"), TEXT.index("Teo") + 10),)
    assert missed.cue_spans[0].start == TEXT.index("said", SECOND)
    assert missed.speaker == ("Teo Brandt", "Ida Sool")


def test_a_missed_statement_whose_words_stand_twice_is_where_its_source_is_or_no_other_statement(statement):
    words = "No levy will come"
    assert missed_of(TEXT, Typed(content=words)).content_spans == (Span(0, 17),)
    typed = Typed(content=words, source="Teo Brandt", cue="said")
    assert missed_of(TEXT, typed).content_spans == (Span(SECOND, SECOND + 17),)
    taken = replace(statement, content=(Span(0, 17),))
    assert missed_of(TEXT, Typed(content=words), [taken]).content_spans == (Span(SECOND, SECOND + 17),)


def test_a_missed_statement_in_pieces_has_its_source_between_them():
    text = "She was asked. “No,” he said, “never the levy, he or she.” He said no more."
    missed = missed_of(text, Typed(content="“No,” … “never the levy, he or she.”", source="he", cue="said"))
    assert missed.source_spans == (Span(text.index("he said"), text.index("he said") + 2),)
    assert [span.of(text) for span in missed.cue_spans] == ["said"]


def test_reports_with_a_correction_that_stands_are_listed(tmp_path, statement):
    with Record.open(tmp_path / "news.db", create=True) as record:
        record.add([read_by_hand(TEXT), read_by_hand("The quay is empty, Mara Ilven said.")])
        said = next(iter(record.search('"teo brandt"')))
        (made,) = record.correct(said.statement, retyped(statement, cue_class="denying"))
        assert corrected_reports(record.connection) == [said.citation.document]
        record.undo_correction(made.id)
        assert corrected_reports(record.connection) == []
