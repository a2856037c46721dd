"""Statements in the order of reading, and their facts."""

from __future__ import annotations

import pytest

from onrecord.document import Document, Span
from onrecord.exports.describing import (
    describe,
    describe_number,
    describe_open_speaker,
    in_reading_order,
    source_is_the_name,
)
from onrecord.reading import Amount, Statement


def statement(name="s1", **differs):
    defaults = {"form": "direct", "cue_class": "neutral", "negated": False, "modality": "said", "zone": "body"}
    spans = {"source": (Span(0, 1),), "cue": (Span(2, 3),), "content": (Span(4, 5),)}
    return Statement(id=name, **{**defaults, **spans, "confidence": 0.9, **differs})


def test_inner_statements_follow_their_outer_one():
    given = [
        statement("s1"),
        statement("s2"),
        statement("s3", within="s1"),
        statement("s4", within="s3"),
        statement("s5", within="gone"),
    ]
    assert [(item.id, depth) for item, depth in in_reading_order(given)] == [
        ("s1", 0),
        ("s3", 1),
        ("s4", 2),
        ("s2", 0),
        ("s5", 0),
    ]


@pytest.mark.parametrize(
    ("differs", "facts"),
    [
        ({}, ["direct", "neutral", "body"]),
        ({"cue_class": "none", "continues": "s0"}, ["direct", "body", "continues s0"]),
        ({"modality": "future", "zone": "headline"}, ["direct", "neutral", "headline", "future"]),
        ({"negated": True, "modality": "denied"}, ["direct", "neutral", "body", "negated"]),
        ({"within": "s2", "form": "mixed"}, ["mixed", "neutral", "body", "within s2"]),
    ],
)
def test_facts_name_what_is_unusual(differs, facts):
    assert describe(statement(**differs)) == facts


def test_a_speaker_that_is_known_or_was_not_looked_for_is_not_open():
    assert describe_open_speaker(statement(), {}) is None
    assert describe_open_speaker(statement(speaker_name="Ada"), {}) is None


@pytest.mark.parametrize(
    ("text", "name", "same"),
    [
        ("Ada Quill", "Ada Quill", True),
        ("Ada\n Quill", "Ada Quill", True),
        ("Ada Quill,", "Ada Quill", False),
        ("Quill", "Ada Quill", False),
        ("Quill", None, False),
        ("", None, False),
    ],
)
def test_a_source_is_the_name_when_it_has_no_other_words(text, name, same):
    source = (Span(0, len(text)),) if text else ()
    assert source_is_the_name(Document.from_text(text), statement(source=source, speaker_name=name)) is same


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (12_345.67, "12,345.67"),
        (999_999.5, "999,999.5"),
        (1_234_567.89, "1,234,567.89"),
        (0.1 * 3, "0.3"),
        (5e12, None),
    ],
)
def test_an_amount_is_shown_to_the_cent(value, shown):
    amount = Amount(span=Span(0, 9), kind="money", value=value, unit="EUR")
    assert describe_number(amount) == (shown or "5,000,000,000,000")
