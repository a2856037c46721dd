from itertools import chain

import pytest

from onrecord.document import Span
from onrecord.events.triggers import load_triggers, mode_of, tells


def whole(text):
    return Span(0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "Ruritania condemned the raid.",
        "Police arrested two men near the harbour.",
        "The council will throw its weight behind Ilven.",
        "Talks between the two sides ended late.",
    ],
)
def test_a_sentence_with_a_trigger_may_tell_of_an_event(text):
    assert tells(text, whole(text))


@pytest.mark.parametrize(
    "text", ["The sky was blue.", "", "It is 12 degrees outside.", "According to the mayor, all is well."]
)
def test_a_sentence_without_one_tells_of_none(text):
    assert not tells(text, whole(text))


def test_only_the_sentence_that_is_asked_about_counts():
    text = "It was late. Police arrested him."
    assert not tells(text, Span(0, 12))
    assert tells(text, Span(13, len(text)))


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "mode"),
    [
        ("Police arrested two men.", "arrested", "COERCE", "arrest"),
        ("The teachers went on strike over pay.", "strike", "PROTEST", "strike"),
        ("The council praised her.", "praised", "SUPPORT", None),
    ],
)
def test_the_words_of_a_trigger_tell_its_mode(text, trigger, kind, mode):
    start = text.index(trigger)
    assert mode_of(text, Span(start, start + len(trigger)), whole(text), kind) == mode


def test_every_type_has_triggers():
    groups = load_triggers().by_first_word.values()
    types = {entry.type for group in groups for entry in chain(group.alone, *group.by_second.values())}
    assert len(types) == 16
