"""The ranker: the likeliest answer, unless it is too unlikely; and how sure that is."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.model.manifest import Ranking
from onrecord.model.rows import Rows
from onrecord.model.scores import Sightings
from onrecord.speakers.antecedents import Asked
from onrecord.speakers.asking import Ask
from onrecord.speakers.discourse import Referent
from onrecord.speakers.featurenames import FEATURES
from onrecord.speakers.features import Candidate, Query
from onrecord.speakers.ranking import Ranker

NEW, NOBODY = 2, 3
NOWHERE = Sightings(
    read=Rows(),
    query=np.zeros((3, 2), np.intp),
    mentions=np.zeros((0, 2), np.intp),
    places=np.zeros((0, 5), np.int64),
    whose=np.zeros((4, 0), np.float32),
)
PLAIN = {each.name: float(each.name == "slope") for each in fields(Ranking)}
"""Every threshold at nothing, and chances as they are."""


def choose(*chances, asks="he", likeness=None, **ranking):
    """Choose between two people, somebody new and nobody, who have these chances; all of one ``likeness``."""
    referents = [Referent(index=at, name=name, kind="person", named=True) for at, name in enumerate(("Ilven", "Quy"))]
    query = Query(asks=asks, category="person", asked=Asked(animacy=None, gender=None, plural=None), span=Span(0, 2))
    candidates = (
        *(Candidate(referent=each) for each in referents),
        Candidate(referent=None),
        Candidate(referent=None, nobody=True),
    )
    rows = [[(likeness or {}).get(name, 0.0) for name in FEATURES] for _ in chances]
    ask = Ask(query=query, candidates=candidates, pairs={}, rows=rows, seen=NOWHERE)
    ranker = Ranker(score=lambda *_: np.log(chances), ranking=Ranking(**PLAIN | ranking))
    return ranker.choose(ask, 0, 0)


def test_the_likeliest_is_chosen():
    choice = choose(0.2, 0.6, 0.1, 0.1)
    assert choice.index == 1
    assert choice.ranked[:2] == (1, 0)
    assert choice.confidence == pytest.approx(0.6, abs=1e-3)


def test_of_equals_the_first_is_chosen():
    assert choose(0.3, 0.3, 0.2, 0.2).index == 0


def test_below_the_threshold_the_question_stays_open_and_the_candidates_are_ranked():
    choice = choose(0.45, 0.35, 0.1, 0.1, least=0.5)
    assert choice.index is None
    assert choice.ranked == (0, 1, NEW, NOBODY)
    assert choice.confidence == pytest.approx(0.45, abs=1e-3)


def test_at_the_threshold_it_is_answered():
    assert choose(0.6, 0.2, 0.1, 0.1, least=0.59).index == 0


def test_a_statement_without_a_source_needs_more():
    assert choose(0.6, 0.2, 0.1, 0.1, asks="implicit", least_implicit=0.7).index == NOBODY
    assert choose(0.6, 0.2, 0.1, 0.1, asks="he", least_implicit=0.7).index == 0


def test_a_description_that_may_not_be_somebody_met_before_is_somebody_new():
    assert choose(0.5, 0.2, 0.2, 0.1, asks="nominal", least_linked=0.6).index == NEW
    assert choose(0.7, 0.1, 0.1, 0.1, asks="nominal", least_linked=0.6).index == 0
    assert choose(0.5, 0.2, 0.2, 0.1, asks="she", least_linked=0.6).index == 0


def test_the_mayor_is_somebody_with_a_name_sooner_than_a_mayor_is():
    the_mayor = {"asks definite": 1.0, "is person": 1.0, "named": 1.0}
    least = {"least_linked": 0.7, "least_definite": 0.5}
    assert choose(0.6, 0.2, 0.1, 0.1, asks="nominal", likeness=the_mayor, **least).index == 0
    assert choose(0.4, 0.2, 0.2, 0.2, asks="nominal", likeness=the_mayor, **least).index == NEW
    for other in ("asks definite", "is person", "named"):
        assert choose(0.6, 0.2, 0.1, 0.1, asks="nominal", likeness=the_mayor | {other: 0.0}, **least).index == NEW
    otherwise_called = the_mayor | {"shared head": 1.0, "shared words": 0.5}
    assert choose(0.6, 0.2, 0.1, 0.1, asks="nominal", likeness=otherwise_called, **least).index == NEW


def test_the_fishers_leader_is_seldom_the_council_leader():
    otherwise_called = {"shared head": 1.0, "shared words": 0.5}
    assert choose(0.7, 0.1, 0.1, 0.1, asks="nominal", likeness=otherwise_called).index == NEW
    assert choose(0.9, 0.05, 0.03, 0.02, asks="nominal", likeness=otherwise_called).index == 0
    all_words_known = {"shared head": 1.0, "shared words": 1.0}
    assert choose(0.7, 0.1, 0.1, 0.1, asks="nominal", likeness=all_words_known).index == 0


def test_confidence_is_calibrated_on_the_log_odds():
    choice = choose(0.8, 0.1, 0.05, 0.05, slope=0.5, intercept=0.0)
    assert choice.confidence == pytest.approx(2 / 3, abs=1e-3)  # odds of 4 become their root, 2


@given(st.floats(0, 1), st.floats(0, 1))
def test_calibration_keeps_the_order_and_gives_probabilities(one, other):
    ranker = Ranker(score=lambda rows, _: rows[:, 0], ranking=Ranking(**PLAIN | {"slope": 0.8, "intercept": -0.3}))
    low, high = sorted((one, other))
    assert 0 < ranker.calibrated(low) <= ranker.calibrated(high) < 1
