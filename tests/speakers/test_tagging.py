"""The heads' tags to markables: whole words, without marks and possessives, in any text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.model.scores import MentionScores
from onrecord.model.windows import Window
from onrecord.speakers.markables import Markable
from onrecord.speakers.tagging import LONGEST, read_tags
from scenes import read_marked, scores_of, window_of
from strategies import hostile_texts

SURROGATES = (
    "\ud800",
    "\udfff",
    "\u202eabc",
    "אמר",
    "قال",
    "\r\n",
    "👩‍👩‍👧",
    "-",
    "'s",
    "’s",
    "“",
    "Mara",
    "Ilven-Quy",
    " ",
)


def tagged(text, *words, form="name", kind="person"):
    """Return what is read where the heads tag these runs of characters."""
    spans = [Span(text.index(each), text.index(each) + len(each)) for each in words]
    marks = [Markable(span=span, form=form, kind=kind) for span in spans]
    window = characters(text)
    return [each.span.of(text) for each in read_tags(text, window, scores_of(text, window, marks))]


def characters(text):
    """Return a window with a token a character, so that tags may begin and end anywhere."""
    edges = np.arange(len(text) + 1, dtype=np.int32)
    zeros = np.zeros(len(text), np.int32)
    return Window(ids=zeros, features=zeros, starts=edges[:-1], ends=edges[1:])


@pytest.mark.parametrize(
    ("text", "piece", "expected"),
    [
        ("Then Mara Ilven left", "Mara Ilven", "Mara Ilven"),
        ("Then Mara Ilven left", "ara Ilv", "Mara Ilven"),
        ("Then Mara Ilven-Quy left", "Mara Ilven", "Mara Ilven-Quy"),
        ("Then Mara Ilven‑Quy left", "Quy", "Ilven‑Quy"),
        ("Then Mara Ilven's cat left", "Mara Ilven's", "Mara Ilven"),
        ("Then Mara Ilven’s cat left", "Mara Ilven’s", "Mara Ilven"),
        ("“Mara Ilven,” he said", "“Mara Ilven,”", "Mara Ilven"),
        ("Then (Mara Ilven) left", "(Mara Ilven)", "Mara Ilven"),
        ("Then Mara  Ilven  left", "Mara  Ilven  ", "Mara  Ilven"),
        ("Then Mara Ilven - a mayor", "Ilven", "Ilven"),
        ("Then Teo de la Vel left", "Teo de la Vel", "Teo de la Vel"),
        ("Then mayor Mara Ilven said", "mayor Mara Ilven said", "Mara Ilven"),
        ("The eBay notice", "eBay", "eBay"),
    ],
)
def test_a_name_is_whole_words_without_marks(text, piece, expected):
    assert tagged(text, piece) == [expected]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("said his lawyer, Mara Ilven. Quy left.", "person", "Mara Ilven"),
        ("said his lawyer, Mara Ilven... Quy left.", "person", "Mara Ilven"),
        ("said his lawyer, Teo Brandt Jr. Quy left.", "person", "Teo Brandt Jr."),
        ("said his lawyer, Mara Q. Quy left.", "person", "Mara Q."),
        ("said his lawyer, Teo Brandt, Ph.D. Quy left.", "person", "Teo Brandt, Ph.D."),
        ("They sailed to Orrin Quay. Quy left.", "place", "Orrin Quay"),
        ("They sailed to Orrin, D.C. Quy left.", "place", "Orrin, D.C."),
        ("so said Orrin Lumber Assn. Quy left.", "organization", "Orrin Lumber Assn."),
    ],
)
def test_the_stop_of_a_sentence_is_no_part_of_the_name_before_it(text, kind, expected):
    start = text.index(expected)
    piece = text[start : text.index(" Quy left")]
    assert tagged(text, piece, kind=kind) == [expected]


@pytest.mark.parametrize("piece", ["left", "left so", "  "])
def test_small_words_alone_are_no_name(piece):
    assert tagged("Then Mara  left so", piece) == []


def test_a_description_keeps_its_small_words():
    assert tagged("Then the old mayor left", "the old mayor", form="nominal") == ["the old mayor"]


def test_a_run_as_long_as_a_table_is_no_name():
    assert tagged("A" * (LONGEST + 1), "A" * (LONGEST + 1)) == []
    assert tagged("A" * LONGEST, "A" * LONGEST) == ["A" * LONGEST]


def test_two_names_side_by_side_are_two():
    text = "Ilven Quy"
    assert tagged(text, "Ilven", "Quy") == ["Ilven", "Quy"]


def test_names_come_before_descriptions_each_with_its_kind_and_chance():
    text, marks = read_marked("[n The mayor] met [o Harbour Council] in [l Orrin].")
    window = window_of(text)
    found = list(read_tags(text, window, scores_of(text, window, marks)))
    assert [(each.form, each.kind) for each in found] == [
        ("name", "organization"),
        ("name", "place"),
        ("nominal", "person"),
    ]
    assert all(0.9 < each.confidence <= 1 for each in found)


def test_a_further_tag_without_a_first_begins_a_run():
    text, marks = read_marked("Then [p Mara Ilven] left.")
    window = window_of(text)
    scores = scores_of(text, window, marks)
    scores.names[:, 1::2] -= 6
    assert [each.span.of(text) for each in read_tags(text, window, scores)] == ["Mara Ilven"]


def test_marks_between_paragraphs_are_never_part_of_a_mention():
    text = "Mara"
    window = window_of(text)
    scores = scores_of(text, window)
    scores.names[:, 1] = 20
    assert [each.span for each in read_tags(text, window, scores)] == [Span(0, 4)]


@settings(max_examples=60)
@given(
    st.one_of(hostile_texts(max_pieces=8), st.lists(st.sampled_from(SURROGATES), max_size=12).map("".join)),
    st.randoms(),
)
def test_every_mention_lies_in_its_text_and_begins_and_ends_with_no_space(text, chance):
    """Whatever the heads say, of any text: marks, emoji, right to left, lone surrogates."""
    window = characters(text)
    draw = np.random.default_rng(chance.randrange(2**32))
    scores = MentionScores(
        names=draw.normal(scale=3, size=(len(text), 11)).astype(np.float32),
        nominals=draw.normal(scale=3, size=(len(text), 5)).astype(np.float32),
        vectors=np.zeros((len(text), 16), np.float16),
        read=np.zeros((len(text), 1), np.float16),
    )
    for found in read_tags(text, window, scores):
        words = found.span.of(text)
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert words == words.strip()
        assert 0 <= found.confidence <= 1
