"""Probabilities as log odds, as the calibrations of statements and events weigh them."""

from __future__ import annotations

import pytest

from onrecord.model.odds import SUREST, log_odds, probability_of


@pytest.mark.parametrize("probability", [SUREST, 0.2, 0.5, 0.93, 1 - SUREST])
def test_a_probability_comes_back_from_its_odds(probability):
    assert probability_of(log_odds(probability)) == pytest.approx(probability)


def test_even_chances_have_no_odds_and_the_other_way_round_they_are_turned():
    assert log_odds(0.5) == 0.0
    assert log_odds(0.8) == pytest.approx(-log_odds(0.2))


@pytest.mark.parametrize("certain", [0.0, 1.0])
def test_nothing_is_certain(certain):
    assert log_odds(certain) == log_odds(abs(certain - SUREST))
    assert 0 < probability_of(1e9 * (2 * certain - 1)) < 1
