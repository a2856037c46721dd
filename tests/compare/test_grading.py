"""What becomes of a quotation's words, in the cases that scripts rely on."""

from __future__ import annotations

import pytest

from onrecord.compare.grading import compare
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


@pytest.mark.parametrize(("meaning", "grade"), [(0.95, "paraphrase"), (0.8, "not in this record")])
def test_other_words_of_the_same_meaning_are_a_paraphrase(meaning, grade):
    found = graded("that vessel is going to founder ahead of the coming winter", meaning)
    assert found.grade == grade
