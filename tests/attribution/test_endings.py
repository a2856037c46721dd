"""A content that ends in mid-phrase goes on to the end of that, or ends before it."""

from __future__ import annotations

import pytest

from onrecord.attribution.endings import finished
from onrecord.document import Span
from onrecord.layout.quotemarks import pair_quotemarks


def ended(text, words, *taken):
    """The content that is left of words of the text, beside other parts of the statement."""

    def span(part):
        return Span(text.index(part), text.index(part) + len(part))

    return finished(text, span(words), pair_quotemarks(text), [span(each) for each in taken]).of(text)


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Ilven admitted they “were lucky” after a late goal.", "they “were lucky” after", "they “were lucky”"),
        ("She denied the theft at a hearing on Monday.", "the theft at", "the theft"),
        ("He named Quarn, the mayor of Belvar.", "Quarn, the", "Quarn"),
        ("She backs the levy and the harbour tax.", "the levy and the", "the levy"),
    ],
)
def test_words_that_add_something_go(text, words, left):
    assert ended(text, words) == left


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("He praised the work of the pilots, she said.", "the work of the", "the work of the pilots"),
        ("They would stay unless the council could agree on a levy. Nobody left.", "unless the council could",
         "unless the council could agree on a levy"),
        ("It spent more than 1,900 crowns on it.", "more than", "more than 1,900 crowns on it"),
        ("He opposes it because of the smell, she said.", "it because of", "it because of the smell"),
        ("None reached the “top shelf” level; all fell.", "None reached the", "None reached the “top shelf” level"),
    ],
)  # fmt: skip
def test_words_that_need_more_have_it_to_the_next_mark(text, words, whole):
    assert ended(text, words) == whole


def test_inside_quotation_marks_a_sentence_is_said_to_its_end():
    text = "“We won't vote for somebody who left. Ask Quy.” She stood."
    assert ended(text, "“We won't vote for") == "“We won't vote for somebody who left."
    assert ended(text, "Ask", "She") == "Ask"
    assert (
        ended("“They are waiting to be heard.” She left.", "“They are waiting to") == "“They are waiting to be heard.”"
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The storm brought them in and left.", "brought them in"),
        ("Nobody knew what it was.", "what it was"),
        ("It would take a while Monday, she said.", "It would take a while"),
        ("The strike would go on despite the ruling.", "The strike would go on"),
        ("The levy is what the council voted on, she said.", "voted on"),
        ("Of the levy she said that it would stay.", "Of the levy"),
        ("He will not say so when asked.", "so"),
    ],
)
def test_what_may_end_there_stays(text, words):
    assert ended(text, words) == words


def test_what_is_the_source_or_the_cue_is_not_gone_into():
    assert ended("The price of Ilven said so.", "The price of", "Ilven") == "The price of"
    assert ended("The end of what Ilven said of it.", "The end of", "Ilven") == "The end"


def test_nothing_but_such_a_word_is_left_alone():
    assert ended("What she called: the quay.", "the") == "the"
