"""Pronouns: which words are, which only look like one, and what each tells."""

from __future__ import annotations

import pytest
from hypothesis import given

from onrecord.document import Span
from onrecord.speakers.pronouns import PRONOUNS, find_pronouns, pronoun_of
from strategies import hostile_texts


def found(text):
    return [span.of(text) for span in find_pronouns(text, [Span(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "pronouns"),
    [
        ("She told him so.", ["She", "him"]),
        ("I saw it myself", ["I", "it", "myself"]),
        ("They're late, and who's there?", ["They", "who"]),
        ("“We’ve seen them,” he said", ["We", "them", "he"]),
        ("The US and the WHO met in IT class", []),
        ("Tell us", ["us"]),
        ("i is a letter", []),
        ("a she-wolf, an it.x, @he and me@orrin.example", []),
        ("theory, Hera, sheet", []),
        ("whose, which", ["whose", "which"]),
        ("\u202eshe\u202c", ["she"]),
        ("", []),
    ],
)
def test_pronouns_are_words_of_their_own(text, pronouns):
    assert found(text) == pronouns


def test_only_the_runs_that_are_read_are_searched():
    text = "She met him and her"
    assert [span.of(text) for span in find_pronouns(text, [Span(0, 3), Span(12, 19)])] == ["She", "her"]


@pytest.mark.parametrize(
    ("word", "kind", "gender", "plural"),
    [
        ("Him", "he", "masculine", False),
        ("hers", "she", "feminine", False),
        ("its", "it", None, False),
        ("themselves", "they", None, True),
        ("Who’s", "who", None, None),
        ("I've", "i", None, False),
        ("OUR", "we", None, True),
    ],
)
def test_a_pronoun_tells_gender_and_number(word, kind, gender, plural):
    told = pronoun_of(word)
    assert (told.kind, told.gender, told.plural) == (kind, gender, plural)


@pytest.mark.parametrize("word", ["", "Ilven", "this", "one", "'s", "her majesty"])
def test_other_words_are_no_pronoun(word):
    assert pronoun_of(word) is None


@given(hostile_texts())
def test_in_any_text_every_pronoun_found_is_one(text):
    for span in find_pronouns(text, [Span(0, len(text))]):
        assert span.of(text).lower() in PRONOUNS
