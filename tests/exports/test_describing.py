"""Statements in the order of reading, and their facts."""

from __future__ import annotations

import pytest

from onrecord.document import Span
from onrecord.exports.describing import describe, in_reading_order
from onrecord.reading import Statement


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
