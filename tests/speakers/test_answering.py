"""Who answers where the sentence before a quotation says who was asked."""

from __future__ import annotations

import pytest

from scenes import make_scene


class Nobody:
    """A chooser that leaves everything open."""

    def choose(self, ask, statement, part):
        raise AssertionError("the ranker is not asked")


@pytest.mark.parametrize(
    ("before", "who"),
    [
        ("Asked about the catch, [p Ida Quy] laughed.", "Ida Quy"),
        ("When pressed on whether he would go, Mr [p Brandt] shrugged and smiled.", "Brandt"),
        ("[p Teo Brandt] fell. Asked by [p Ida Quy] why, Mr [p Brandt] laughed.", "Teo Brandt"),
    ],
)
def test_who_was_asked_answers(before, who):
    scene = make_scene(f"{before} “Luck is part of the game.”")
    (answer,) = scene.resolve(Nobody(), scene.said(None, None, "“Luck is part of the game.”", quoted=True))
    assert scene.names(answer) == [who]
    assert (answer.by, answer.form) == ("asked", "implicit")
