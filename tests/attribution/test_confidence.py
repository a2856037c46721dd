"""How sure a statement is: always a probability, and surer with better scores where the weights say so."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.attribution.confidence import FEATURES, confidence_of, features_of
from onrecord.attribution.decoding import Cue, Link
from onrecord.model.scores import Calibration

SCORES = st.floats(0, 1)


def link(*, cue=0.9, source=(0, 1), content=((4, 9),), valid=0.9, source_score=0.9, content_score=0.9, edge=0.9):
    return Link(
        cue=Cue(first=2, last=3, score=cue),
        source=source,
        content=content,
        valid=valid,
        source_score=source_score,
        content_score=content_score,
        edge_score=edge,
        inside=np.zeros(10, dtype=np.float32),
    )


def calibration(**weights):
    return Calibration(weights=dict.fromkeys(FEATURES, 0.0) | weights, rules={})


def test_without_weights_nothing_is_known():
    assert confidence_of(link(), calibration()) == 0.5


def test_a_weight_on_one_score_gives_that_score_back():
    assert confidence_of(link(content_score=0.8), calibration(content=1.0)) == pytest.approx(0.8)


def test_the_features_stand_in_the_order_of_their_names():
    found = dict(zip(FEATURES, features_of(link(source=None, content=((4, 5), (7, 9)), cue=0.5)), strict=True))
    assert found["one"] == 1.0
    assert found["cue"] == 0.0
    assert found["no_source"] == 1.0
    assert found["pieces"] == 1.0
    assert found["length"] == pytest.approx(math.log(5))
    assert found["valid"] == found["source"] == found["content"] == found["edge"] == pytest.approx(math.log(9))


@given(scores=st.tuples(*[SCORES] * 5), weights=st.lists(st.floats(-1e6, 1e6), min_size=9, max_size=9))
def test_any_scores_and_weights_give_a_probability(scores, weights):
    cue, valid, source, content, edge = scores
    sure = confidence_of(
        link(cue=cue, valid=valid, source_score=source, content_score=content, edge=edge),
        calibration(**dict(zip(FEATURES, weights, strict=True))),
    )
    assert 0 <= sure <= 1


@given(lower=SCORES, higher=SCORES)
def test_a_better_score_never_makes_it_less_sure(lower, higher):
    lower, higher = sorted((lower, higher))
    weights = calibration(edge=0.7, one=-1.0)
    assert confidence_of(link(edge=lower), weights) <= confidence_of(link(edge=higher), weights)
