"""Where sentences of news end."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clock import takes_at_most
from onrecord.document import Span
from onrecord.layout.sentences import find_sentences


def told(text: str) -> list[str]:
    return [sentence.of(text) for sentence in find_sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Sen. Ana Ruiz, D-Minn., met Mr. Moss on Jan. 3 in the U.S. Capitol.",
        "J. K. Lindqvist of Orlo Inc. said no.",
        "He arrived at 6 p.m. Monday from St. Paul.",
        "Ruiz paid $4.5 million, or 2.5 percent, for No. 10.",
        '"Why?" he asked.',
        "“Why now?” Ruiz asked.",
        "“Get out!” President Ana Ruiz shouted at them.",
        '"I don\'t know ... maybe," she said.',
        "She said “No!” and left.",
        "He was born c. 1818 near Mt. Orlo.",
        "Lt. Gov. Jo Lee Jr. and Gen. A. B. Moe were there.",
        "The U.N. Security Council met at No. 5 Vel St. in Astrel.",
        "See velmora.example.org for more, he said.",
        "“We cannot build with promises.” — Nell Ford",
        "The U.S.S.R. fell in 1991.",
        "The mill in Orlo Falls, Ont. Hydro's largest client, and one in Quarn, Que., closed.",
        "Trains from Tarrow, Alta., and Odo, Man., were late; so was one from Ballen, N.S.W., to Wirra, Qld.",
        "A firm in Odo, Man. Rail's only rival, won.",
    ],
)
def test_one_sentence_stays_one(sentence):
    assert told(sentence) == [sentence]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("He lives in the U.S.", "The others do not."),
        ("It began at 6 p.m.", "Nobody came."),
        ("She works for Orlo Inc.", "He does not."),
        ("“It is over.”", "Ruiz left the room."),
        ('He said "no."', '"I will not," he added.'),
        ("Why?", "Nobody knows."),
        ("She won (by three votes).", "He lost."),
        ("“Why not?”", "The room fell silent."),
        ("It was 2024.", "5 people came."),
        ("He trailed off ...", "She waited."),
        ("The vote was 9-4.", "‘Shame!’ cried a man."),
        ("قال لا.", "ثم غادر."),
        ("It rained on D-Day.", "👩‍👩‍👧 were there."),
        ("‘It's rubbish.’", "She meant it."),
        ("He stays in Pa.", "But she moved on."),
        ("He stays in Odo, Man.", "But she moved on to Quarn, Que."),
        ("He is a good man.", "Ruiz is not."),
        ("He was ill.", "Ruiz was not."),
        ("They met after mass.", "Ruiz came late."),
    ],
)
def test_two_sentences_are_told_apart(first, second):
    assert told(f"{first} {second}") == [first, second]


def test_sentences_glued_together_by_a_scraper_are_told_apart():
    assert told("The bridge is closed.The mayor said so.") == ["The bridge is closed.", "The mayor said so."]


def test_only_the_span_asked_for_is_read():
    text = "One. Two. Three."
    assert [sentence.of(text) for sentence in find_sentences(text, Span(4, 10))] == ["Two."]


def test_a_sentence_goes_on_over_a_hard_wrapped_line():
    assert told("The bridge over\nthe river closed. It is\nold.") == [
        "The bridge over\nthe river closed.",
        "It is\nold.",
    ]


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_white_space_holds_no_sentence(text):
    assert told(text) == []


PIECES = st.sampled_from(
    [". ", "? ", "!” ", "U.S. ", "Mr. ", "... ", "“", "Ruiz ", "said ", "\n", "3.5 ", "\x00", "e\u0301", "👩‍👧", ".”"]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join))
def test_sentences_hold_every_visible_character_once_and_in_order(text):
    sentences = find_sentences(text, Span(0, len(text)))
    assert all(before.end <= after.start for before, after in pairwise(sentences))
    assert all(sentence.of(text).strip() for sentence in sentences)
    shown = "".join("".join(sentence.of(text).split()) for sentence in sentences)
    assert shown == "".join(text.split())


@pytest.mark.timed
@pytest.mark.parametrize(
    "piece", [".", ". ", "? ", "A.", "A. ", "U.S. ", "“", "?”", "x", ". a", "No. 1 ", "? Ana ", "!) "]
)
def test_a_hostile_paragraph_of_100_kb_costs_under_a_second(piece):
    """NO2, also where the run ends in something else."""
    for text in ((piece * 100_000)[:100_000], (piece * 100_000)[:100_000] + "x"):
        assert takes_at_most(1, partial(find_sentences, text, Span(0, len(text))))
