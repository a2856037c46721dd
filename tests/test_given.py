"""Statements with given spans: what their place tells, and who says them."""

from __future__ import annotations

from onrecord.document import Document, Span, Zone
from onrecord.given import place_given, resolve_given
from onrecord.speakers.asking import Said

TEXT = "Quay to close\n\nAda Quill said the harbour chief had warned of “a very hard winter” there. She would not go."


def span(words):
    start = TEXT.index(words)
    return Span(start, start + len(words))


def said(source, cue, content):
    return Said(source=(span(source),) if source else (), cue=(span(cue),) if cue else (), content=(span(content),))


OUTER = said("Ada Quill", "said", "the harbour chief had warned of “a very hard winter” there")
INNER = said("the harbour chief", "had warned", "“a very hard winter”")


def test_a_statement_inside_the_content_of_another_is_within_it():
    assert [each.within for each in place_given(Document.from_text(TEXT), [OUTER, INNER])] == [None, 0]


def test_statements_are_within_the_same_ones_in_any_order():
    assert [each.within for each in place_given(Document.from_text(TEXT), [INNER, OUTER])] == [1, None]


def test_a_content_in_quotation_marks_is_quoted_and_one_without_is_not():
    unquoted = said(None, None, "She would not go")
    assert [each.quoted for each in place_given(Document.from_text(TEXT), [INNER, unquoted])] == [True, False]


def test_a_content_in_the_headline_is_known_as_that():
    zones = (Zone(kind="headline", start=0, end=13), Zone(kind="body", start=15, end=len(TEXT)))
    headline = said(None, None, "Quay to close")
    assert [each.headline for each in place_given(Document.from_text(TEXT, zones=zones), [headline, OUTER])] == [
        True,
        False,
    ]


def test_a_named_source_is_its_speaker(model):
    answers, names = resolve_given(Document.from_text(TEXT), [OUTER], model)
    assert names == [("Ada Quill",)]
    assert answers[0].by == "name"


def test_no_statements_and_no_text_give_no_speakers(model):
    assert resolve_given(Document.from_text(""), [], model) == ([], [])


def test_a_statement_of_which_nothing_is_marked_is_left_open_and_the_others_are_answered(model):
    answers, names = resolve_given(Document.from_text(TEXT), [Said(source=(), cue=(), content=()), OUTER], model)
    assert names == [(), ("Ada Quill",)]
    assert (answers[0].by, answers[0].open) == (None, "no antecedent")
