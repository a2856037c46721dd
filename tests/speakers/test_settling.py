"""Pronouns that are no sources, once it is known who speaks: what the sentence decides, and what can't be."""

from __future__ import annotations

import pytest

from onrecord.speakers.resolving import Answer
from onrecord.speakers.settling import settle
from scenes import make_scene


def settled(marked, *parts, speakers, means=None):
    """Return a scene whose statements, each by its source, cue and content, are said by those named."""
    scene = make_scene(marked, means=means).tied()
    said = [scene.said(source, cue, content) for source, cue, content in parts]
    people = {referent.name: referent.index for referent in scene.discourse.referents}
    answers = [Answer(referents=(people[name],), form="name", by="name", confidence=1.0) for name in speakers]
    settle(scene.discourse, said, answers)
    return scene


def name_of(scene, words, nth=0):
    referent = scene.referent(words, nth)
    return None if referent is None else referent.name


LEANS = "[p Tom Brandt] won. [p Tom Brandt] won again. "
"""Brandt is mentioned more, and the heads lean towards him."""


def test_he_in_what_a_man_says_is_he():
    scene = settled(
        LEANS + "[p Karl Ilven] said he would stay.",
        ("Karl Ilven", "said", "he would stay"),
        speakers=["Karl Ilven"],
        means={"he": 0, "Tom": 0, "Brandt": 0},
    )
    assert name_of(scene, "he") == "Karl Ilven"
    assert scene.occurrence("he").by == "sentence"


def test_another_man_before_it_in_what_is_said_leaves_it_to_the_heads():
    scene = settled(
        "[p Karl Ilven] said [p Tom Brandt] knew he was wrong.",
        ("Karl Ilven", "said", "Tom Brandt knew he was wrong"),
        speakers=["Karl Ilven"],
        means={"he": 0, "Tom": 0, "Brandt": 0},
    )
    assert name_of(scene, "he") == "Tom Brandt"
    assert scene.occurrence("he").by == "heads"


def test_an_object_is_left_to_the_heads():
    scene = settled(
        "[p Tom Brandt] waited. [p Karl Ilven] urged him to leave.",
        ("Karl Ilven", "urged", "him to leave"),
        speakers=["Karl Ilven"],
        means={"him": 0, "Tom": 0, "Brandt": 0},
    )
    assert name_of(scene, "him") == "Tom Brandt"


def test_nobody_calls_himself_he_in_quotation_marks():
    scene = settled(
        "“He is wrong,” [p Karl Ilven] said.",
        ("Karl Ilven", "said", "He is wrong,"),
        speakers=["Karl Ilven"],
        means={"He": 0, "Karl": 0, "Ilven": 0},
    )
    assert name_of(scene, "He") is None


def test_who_says_i_is_no_he():
    scene = settled(
        LEANS + "[p Karl Ilven] sat down. I wished he would go.",
        ("I", "wished", "he would go"),
        speakers=["Karl Ilven"],
        means={"he": 0, "Tom": 0, "Brandt": 0},
    )
    assert name_of(scene, "he") == "Tom Brandt"


def test_his_is_the_only_man_of_the_sentence():
    scene = settled(LEANS + "[p Karl Ilven] lost his third race.", speakers=[], means={"his": 0, "Tom": 0, "Brandt": 0})
    assert name_of(scene, "his") == "Karl Ilven"


@pytest.mark.parametrize(("sentence", "name"), [("lost her seat", "Mara Ilven"), ("heard her in", "Ada Brandt")])
def test_her_is_the_subject_only_where_it_owns_something(sentence, name):
    scene = settled(
        f"[p Ada Brandt] won. [p Ada Brandt] won again. [p Mara Ilven] {sentence} Belvar.",
        speakers=[],
        means={"her": 0, "Ada": 0, "Brandt": 0},
    )
    assert name_of(scene, "her") == name


def test_it_and_they_are_whoever_says_so_only_at_the_beginning():
    scene = settled(
        "The [o Pier Board] said it would close. [N The fishers] said that they would leave before they starved.",
        ("Pier Board", "said", "it would close"),
        ("The fishers", "said", "that they would leave before they starved"),
        speakers=["Pier Board", "The fishers"],
    )
    assert (name_of(scene, "it"), scene.occurrence("it").by) == ("Pier Board", "sentence")
    assert (name_of(scene, "they"), scene.occurrence("they").by) == ("The fishers", "sentence")
    assert scene.occurrence("they", 1).by == "heads"


def test_they_are_no_place():
    scene = settled("In [l Quarn Bay] they voted early.", speakers=[], means={"they": 0, "Quarn": 0, "Bay": 0})
    assert name_of(scene, "they") is None
