"""Dictionary forms by rule."""

from __future__ import annotations

import pytest

from onrecord.attribution.inflection import lemmas_of


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("said", "say"),
        ("told", "tell"),
        ("withdrew", "withdraw"),
        ("denies", "deny"),
        ("denied", "deny"),
        ("lying", "lie"),
        ("tying", "tie"),
        ("hoping", "hope"),
        ("admitted", "admit"),
        ("labelled", "label"),
        ("panicking", "panic"),
        ("stresses", "stress"),
        ("focuses", "focus"),
        ("accuses", "accuse"),
        ("reproaches", "reproach"),
        ("Criticising", "criticise"),
        ("agency's", "agency"),
        ("agency’s", "agency"),
        ("allegations", "allegation"),
        ("goes", "go"),
        ("frozen", "freeze"),
        ("blew", "blow"),
        ("sunk", "sink"),
        ("beaten", "beat"),
        ("overran", "overrun"),
        ("forbade", "forbid"),
        ("fed", "feed"),
        ("retaken", "retake"),
        ("overrode", "override"),
        ("slain", "slay"),
    ],
)
def test_an_inflected_word_leads_to_its_dictionary_form(word, lemma):
    assert lemma in lemmas_of(word)


@pytest.mark.parametrize("word", ["thing", "red", "is", "press", "", "…", "'s"])
def test_a_word_that_only_looks_inflected_is_left_alone(word):
    assert lemmas_of(word)[0] == word
    assert len(lemmas_of(word)) <= 2


def test_the_word_itself_comes_first():
    assert lemmas_of("Hoping")[0] == "hoping"
