"""What the network says that reads two utterances together."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.compare.crossencoder import GRAPH, MOST, CrossEncoder, pieces_of, shipped_crossencoder
from onrecord.errors import ModelDamaged, ModelMissing
from onrecord.model.manifest import WEIGHTS
from onrecord.model.session import VOCABULARY

SAID = "We are going to close the old quay to all cars before the summer"


@pytest.fixture(scope="module")
def network():
    return shipped_crossencoder()


@pytest.mark.parametrize(
    "other",
    [
        "that cars would be kept off the old quay before summer",
        "“We are going to close the old quay to all cars,”",
        "the old quay would be closed to all cars before the summer, and the square behind it in autumn",
    ],
)
def test_the_same_claim_in_other_words_is_likelier_a_tie_than_another_claim_about_the_same(network, other):
    about_the_same = network.read(SAID, "that the old quay brings more cars into the town every summer")
    assert network.read(SAID, other).tied > about_the_same.tied


@given(st.text(max_size=80), st.text(max_size=80))
@settings(max_examples=40)
def test_any_two_texts_get_one_answer_in_either_order(one, other):
    network = shipped_crossencoder()
    answer = network.read(one, other)
    assert answer == network.read(other, one)
    assert all(map(math.isfinite, (answer.tied, *answer.kinds)))


def test_lone_surrogates_are_read_as_replacement_characters(network):
    assert network.read("a \ud800 quay", SAID) == network.read("a \ufffd quay", SAID)


def test_of_a_long_speech_the_part_around_the_place_in_common_is_read(network):
    before = " ".join(f"In {year} the bakers of the island sold {year * 3} loaves." for year in range(1950, 1990))
    whole = f"{before} {SAID}. {before}"
    assert network.read(SAID, whole, around=(0, whole.index(SAID))).tied > network.read(SAID, whole).tied


def test_word_pieces_about_a_place_end_where_the_text_does(network):
    text = " ".join(f"quay {number}" for number in range(400))
    for around in (0, len(text) // 2, len(text) - 1, len(text) + 5):
        assert len(pieces_of(network._tokenizer, text, around)) == MOST
    assert pieces_of(network._tokenizer, text) == pieces_of(network._tokenizer, text, 3)


def test_a_missing_network_is_told(tmp_path):
    with pytest.raises(ModelMissing, match=r"crossencoder\.onnx"):
        CrossEncoder.load(tmp_path / "crossencoder.onnx")


def test_a_network_that_was_cut_short_is_told(tmp_path):
    path = tmp_path / "crossencoder.onnx"
    path.write_bytes(GRAPH.read_bytes()[:100_000])
    with pytest.raises(ModelDamaged, match="can't be loaded"):
        CrossEncoder.load(path, WEIGHTS / VOCABULARY)
