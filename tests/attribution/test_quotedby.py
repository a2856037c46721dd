"""Who is quoted, where the report also says by whom. ``[brackets]`` mark what is linked: source, cue and content."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clock import takes_at_most
from onrecord.attribution.linking import Attribution
from onrecord.attribution.quotedby import give_to_quoted
from onrecord.document import Span
from onrecord.reading import Evidence
from strategies import hostile_texts

SCORES = Evidence(cue_score=0.5, source_score=0.5, content_score=0.5, rule="linked")


def linked(text, *, source, cue, content):
    spans = [
        tuple(Span(*re.search(re.escape(words), text).span()) for words in part) for part in (source, cue, content)
    ]
    return Attribution(source=spans[0], cue=spans[1], content=spans[2], confidence=0.5, evidence=SCORES)


def given_to(text, found):
    return [
        tuple(" … ".join(span.of(text) for span in spans) for spans in (each.source, each.cue, each.content))
        for each in give_to_quoted(text, [found])
    ]


@pytest.mark.parametrize(
    ("text", "agency", "cue", "content", "expected"),
    [
        (
            "“No grain left,” Torv was quoted as saying by the agency.",
            "the agency",
            "was quoted as",
            ["“No grain left,” Torv"],
            ("Torv", "was quoted as saying", "“No grain left,”"),
        ),
        (
            "The minister was quoted on Tuesday as saying by the Herald that no grain was left.",
            "Herald",
            "was quoted",
            ["The minister", "that no grain was left"],
            ("The minister", "was quoted on Tuesday as saying", "that no grain was left"),
        ),
        (
            "It rained, and Minister Ida Pell was cited as telling farmers by RNA that no grain was left.",
            "RNA",
            "was cited as telling farmers",
            ["that no grain was left"],
            ("Minister Ida Pell", "was cited as telling farmers", "that no grain was left"),
        ),
    ],
)
def test_what_an_agency_quotes_is_said_by_whom_it_quotes(text, agency, cue, content, expected):
    assert given_to(text, linked(text, source=[agency], cue=[cue], content=content)) == [expected]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The Herald quoted Torv as saying that no grain was left.", "The Herald", "quoted", "that no grain was left"),
        ("“No,” Torv was quoted as saying by the agency.", "Torv", "was quoted as saying", "“No,”"),
        ("“No,” Torv was quoted as saying on Monday.", "Torv", "was quoted as saying", "“No,”"),
    ],
)
def test_others_stay_with_their_sources(text, source, cue, content):
    assert given_to(text, linked(text, source=[source], cue=[cue], content=[content])) == [(source, cue, content)]


@pytest.mark.parametrize(
    "text",
    [
        "The spokesman of the ministry of foreign affairs of Orrin was quoted as saying by RNA that no grain was left.",
        "Torv walked home and was quoted as saying by RNA that no grain was left.",
    ],
)
def test_one_quoted_who_is_not_right_before_the_cue_is_not_guessed(text):
    found = linked(text, source=["RNA"], cue=["was quoted"], content=["that no grain was left"])
    assert give_to_quoted(text, [found]) == [found]


@pytest.mark.parametrize("words", ["‘No grain left,’ Torv", "There is no grain — Torv", "No grain left, Mr. Torv"])
def test_the_one_quoted_begins_behind_the_last_mark(words):
    text = f"{words} was quoted as saying by RNA."
    (given,) = given_to(text, linked(text, source=["RNA"], cue=["was quoted"], content=[words]))
    assert given[0] == "Torv"


def test_ten_thousand_quoted_take_no_time():
    text = "Torv was quoted as saying by RNA that it rains. " * 10_000
    cue = linked(text, source=["RNA"], cue=["was quoted"], content=["that it rains"])
    found = [
        replace(cue, source=(), cue=(Span(at, at + 10),), content=(Span(at + 30, at + 40),))
        for at in range(5, len(text), 48)
    ]
    assert takes_at_most(2, lambda: give_to_quoted(text, found))


def test_a_statement_of_nothing_but_the_one_quoted_is_none():
    text = "“No,” he was cited as saying by local media."
    assert given_to(text, linked(text, source=["local media"], cue=["was cited as"], content=["he"])) == []


@given(text=hostile_texts(), at=st.integers(0, 50), size=st.integers(1, 50))
def test_in_any_text_spans_lie_inside_it(text, at, size):
    text = f"{text} Torv was quoted as saying by {text}"
    place = Span(min(at, len(text) - 1), min(at + size, len(text)))
    found = Attribution(source=(), cue=(), content=(place,), confidence=0.5, evidence=SCORES)
    assert give_to_quoted(text, [found]) == [found]
