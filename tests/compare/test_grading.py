"""What becomes of a quotation's words, in the cases that scripts rely on."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.compare.alignment import align
from onrecord.compare.grading import compare
from onrecord.compare.joining import find_pieces
from onrecord.compare.meaningwords import cover
from onrecord.compare.wording import read_words

SAID = "We met on Monday. The old ferry sinks, I think, before the winter storms begin. “Nobody” … We wait."


def graded(words, meaning=0.0):
    return compare(read_words(words), SAID, meaning)


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ("The old ferry sinks, I think, before the winter storms begin", []),
        ("we wait", []),
        ("the ferry sinks, I think, before the winter storms begin", ["old"]),
        ("The old ferry sinks, I think", ["before the winter storms begin"]),
        ("before the winter storms begin", ["The old ferry sinks, I think"]),
        ("The old ferry sinks … before the winter storms begin", ["I think"]),
    ],
)
def test_what_is_left_out_of_the_same_sentences_makes_it_clipped(words, missing):
    found = graded(words)
    assert [span.of(SAID) for span in found.missing] == missing
    assert found.grade == ("clipped" if missing else "verbatim")


def test_words_in_common_by_accident_are_not_altered():
    assert graded("The ferry company begins to pay for storms").grade == "not in this record"


@pytest.mark.parametrize(
    ("words", "grade"),
    [
        ("The old ferry sinks, I think, before the summer storms begin", "altered"),
        ("the summer storms begin", "not in this record"),
        ("the old bridge sinks", "not in this record"),
    ],
)
def test_a_changed_word_in_a_short_quotation_makes_it_another_one(words, grade):
    assert graded(words).grade == grade


def test_a_number_that_is_not_there_makes_no_paraphrase():
    said = "The council will spend four million crowns on the new harbour wall before the winter"
    asked = "the council is going to spend {} million crowns on a wall for the harbour by the time of winter"
    assert compare(read_words(asked.format("four")), said, 0.95).grade == "paraphrase"
    assert compare(read_words(asked.format("nine")), said, 0.95).grade == "not in this record"


def test_few_words_are_no_paraphrase():
    assert graded("the vessel founders in winter", 0.99).grade == "not in this record"


PIECES = (
    "the old ferry sinks before the winter storms begin",
    "nobody asked the fishers about the line to the islands",
    "every berth at the quay gets new lamps in the spring",
)


def test_pieces_of_many_statements_are_found_in_their_order():
    words = read_words(" ".join(PIECES))
    others = [align(words, read_words(each)) for each in ("the mayor waits for the harbour board", *reversed(PIECES))]
    assert [part.at for part in find_pieces(words, others)] == [3, 2, 1]
    assert not find_pieces(words, others[:3])


@given(st.lists(st.sampled_from(["ferry", "quay", "lamp", "wall", "the", "of"]), max_size=40), st.integers(1, 6))
def test_pieces_never_overlap(asked, count):
    words = read_words(" ".join(asked))
    others = [align(words, words[at::count]) for at in range(count)]
    parts = find_pieces(words, others)
    assert all(one.end <= other.start for one, other in pairwise(parts))


def test_a_word_is_covered_by_one_that_means_the_same():
    asked, other, far = map(read_words, ("the vessel sank", "a ship went down", "lemons are yellow"))
    assert cover(asked, asked).of_this > 0.99
    assert cover(asked, asked).of_this > cover(asked, other).of_this > cover(asked, far).of_this
    assert cover(asked, []).of_this == 0
