"""Somebody whom a description with a name inside introduces: the heads' tags leave a gap there."""

from __future__ import annotations

import pytest

from onrecord.speakers.described import introduced_before
from scenes import Picks, make_scene, offered


def introduced(marked, pronoun="she"):
    scene = make_scene(marked)
    before = len(scene.discourse.referents)
    introduced_before(scene.discourse, scene.span(pronoun).start)
    return [referent.name for referent in scene.discourse.referents[before:]]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[p Mara Ilven] left. A 29-year-old [l Quarn] woman was fined after she spoke.", "A 29-year-old Quarn woman"),
        ("[p Ilven] left. It struck a [o Belvar Herald] reporter. Then she spoke.", "a Belvar Herald reporter"),
        ("[p Ilven] left. In [l Orrin], another [l Quarn] woman was fined. “Bah,” she wrote.", "another Quarn woman"),
    ],
)
def test_who_is_introduced_with_a_name_inside_may_be_she(marked, expected):
    assert introduced(marked) == [expected]


@pytest.mark.parametrize(
    "marked",
    [
        "A 29-year-old [l Quarn] woman was fined after she spoke. [p Mara Ilven] is free again.",
        "[p Jo Karsh] left. [n A woman] was fined after she spoke.",
        "[p Mara Ilven] is a [l Quarn] lawyer, and she spoke.",
        "[p Mara Ilven], a [l Quarn] lawyer, wept when she spoke.",
        "[p Jo Karsh] left. As a [l Quarn] lawyer, she spoke.",
        "[p Jo Karsh] left. A [l Quarn] lawyer, [p Mara Ilven], wept when she spoke.",
        "[p Jo Karsh] left. A [l Quarn] woman’s house burned while she spoke.",
        "[p Jo Karsh] left. A [l Quarn] council was fined after she spoke.",
        "[p Jo Karsh] left. The [l Quarn] woman was fined after she spoke.",
        "[p Jo Karsh] left. A [l Quarn] woman was fined. It rained. Then she spoke.",
    ],
)
def test_whom_the_heads_tag_or_the_report_names_is_not_introduced_again(marked):
    assert introduced(marked) == []


def test_a_woman_whom_no_head_tagged_is_asked_about():
    scene = make_scene("[p Mara Ilven] left. A [l Quarn] woman was fined. She said it was over.")
    picks = Picks({0: "A Quarn woman"})
    (answer,) = scene.resolve(picks, scene.said("She", "said", "it was over"))
    assert scene.names(answer) == ["A Quarn woman"]
    scene = make_scene("[p Teo Brandt] left. A [l Quarn] woman was fined. He said it was over.")
    picks = Picks({0: "Teo Brandt"})
    scene.resolve(picks, scene.said("He", "said", "it was over"))
    assert "A Quarn woman" not in offered(picks.asked[0])


def test_a_report_without_a_sentence_introduces_nobody():
    scene = make_scene("")
    introduced_before(scene.discourse, 0)
    assert len(scene.discourse.referents) == 1
