"""The report's own pronouns correct what a given name tells of somebody's gender."""

from __future__ import annotations

import pytest

from onrecord.speakers.genders import mend_genders
from scenes import make_scene


def gender_of(name, marked):
    scene = make_scene(marked)
    mend_genders(scene.discourse)
    return scene.referent(name).gender


@pytest.mark.parametrize(
    "marked",
    [
        "[p Andrea Rossi] said he was ready.",
        "[p Andrea Rossi], [n the minister], said he was ready.",
        "[p Mara Ilven] left. [p Andrea Rossi] said he was ready. She smiled.",
        "[p Teo Brandt] left. It rained. It rained. It rained. [p Andrea Rossi] said he was ready.",
    ],
)
def test_he_whom_nobody_else_can_be_is_a_man_whatever_his_name(marked):
    assert gender_of("Andrea Rossi", marked) == "masculine"


@pytest.mark.parametrize(
    "marked",
    [
        "[p Andrea Rossi] said she was ready.",
        "[p Teo Brandt] left. [p Andrea Rossi] said he was ready.",
        "[n The senator] left. [p Andrea Rossi] said he was ready.",
        "He left. [p Andrea Rossi] said he was ready.",
        "His wife, [p Andrea Rossi], said he was ready.",
        "[p Andrea Rossi], [n an actress], said he was ready.",
        "[p Andrea Rossi] said he was ready. [p Rossi] lost her voice.",
        "Ms. [p Andrea Rossi] said he was ready.",
        "[p Andrea Rossi] and [p Jo Karsh] said he was ready.",
        "[p Andrea Rossi] said: “He was ready.”",
    ],
)
def test_he_who_may_be_somebody_else_leaves_her_a_woman(marked):
    assert gender_of("Andrea Rossi", marked) == "feminine"


def test_a_name_that_hardly_a_man_has_tells_nothing_more():
    assert gender_of("Mary Rossi", "[p Mary Rossi] said he was ready.") is None
    assert (
        gender_of("Mary Rossi", "[p Teo Brandt] left. " + "It rained. " * 9 + "[p Mary Rossi] said he was.")
        == "feminine"
    )
