"""What stands before a headline's words: slugs of wire services, kickers, and words that are neither."""

from __future__ import annotations

import pytest
from hypothesis import given

from clock import takes_at_most
from onrecord.layout.kickers import find_kicker
from strategies import hostile_texts


@pytest.mark.parametrize(
    ("headline", "words"),
    [
        ("UPDATE 2-Ostravia says talks go on", "Ostravia says talks go on"),
        ("Update 11-Ostravia says talks go on", "Ostravia says talks go on"),
        ("WRAPUP 1-Ilven says levy will stay", "Ilven says levy will stay"),
        ("RPT-UPDATE 3-Ilven says levy will stay", "Ilven says levy will stay"),
        ("REFILE-CORRECTED (OFFICIAL)-Levy will stay", "Levy will stay"),
        ("FACTBOX-Who says what", "Who says what"),
        ("Exclusive-Ilven told council to wait", "Ilven told council to wait"),
        ("EXCLUSIVE-“We were never asked”", "“We were never asked”"),
        ("INSIGHT-400 ships wait", "400 ships wait"),
        ("Analysis: What the wreckage says", "What the wreckage says"),
        ("Live updates | Vote in Orrin", "Vote in Orrin"),
        ("Special report: How the tanker was hit", "How the tanker was hit"),
    ],
)
def test_slugs_and_kickers_are_none_of_the_words(headline, words):
    kicker = find_kicker(headline, 0)
    assert kicker is not None
    assert headline[kicker.end :] == words


@pytest.mark.parametrize(
    "headline",
    [
        "Update on Ostravia",
        "Poll-Driven Politics",
        "Exclusive-use lanes",
        "Analysis",
        "Ilven: levy will stay",
        "Interview with Ilven: we wait",
        "ANTI-LEVY VOTE",
    ],
)
def test_what_is_neither(headline):
    assert find_kicker(headline, 0) is None


@given(text=hostile_texts())
def test_in_any_text_it_is_a_start(text):
    kicker = find_kicker(text, 0)
    assert kicker is None or (kicker.start == 0 < kicker.end <= len(text))


@pytest.mark.parametrize("piece", ["RPT-", "UPDATE 2-", "live ", "CORRECTED (", "analysis....", "Video: "])
def test_they_are_found_in_linear_time(piece):
    assert takes_at_most(1, lambda: find_kicker(piece * 100_000, 0))
