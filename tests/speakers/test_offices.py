"""A description of somebody new who is the only one with that office, named before or only later."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from clock import grows_at_most
from onrecord.speakers.asking import Ask
from onrecord.speakers.resolving import Choice
from scenes import make_scene, offered, surname


@dataclass(frozen=True)
class Takes:
    """A ranker that takes every source for somebody new, and a name for the next likeliest, if one is given."""

    likeliest: str = "somebody new"

    def choose(self, ask: Ask, statement: int, part: int) -> Choice:
        names = offered(ask)
        new, first = names.index("somebody new"), names.index(self.likeliest)
        return Choice(index=new, confidence=0.5, ranked=(first, new))


def speaker(marked, source, *, likeliest="somebody new"):
    scene = make_scene(marked).tied()
    (answer,) = scene.resolve(Takes(likeliest), scene.said(source, "said", "so"))
    (name,) = scene.names(answer)
    return name, answer.by


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("Ohio governor said so\n\nGov. [p Mara Ilven] left.", "Ohio governor"),
        ("A federal judge said so. Judge [p Mara Ilven] cited the law.", "A federal judge"),
        ("Judge said so\n\nJudge [p Mara Ilven] cited the law.", "Judge"),
        ("The governor said so. Gov. [p Mara Ilven] left.", "The governor"),
        ("The Ohio governor said so. [l Ohio] Gov. [p Mara Ilven] left.", "The Ohio governor"),
        ("The Ohio governor said so. Gov. [p Mara Ilven] met [l Utah] Gov. [p Teo Brandt].", "The Ohio governor"),
        ("The New Jersey governor said so. [l New Jersey] Gov. [p Mara Ilven] left.", "The New Jersey governor"),
        ("[o Tarn]’s secretary general said so. [o Tarn] Secretary General [p Mara Ilven] left.", "secretary general"),
        ("U.N. chief said so\n\n[p Mara Ilven], secretary general of the United Nations, left.", "U.N. chief"),
        (
            "A spokesman for [p Harrow] said so. [o Harrow] spokesman [p Mara Ilven] left.",
            "A spokesman for Harrow",
        ),
    ],
)
def test_an_office_that_only_one_of_the_people_has_is_that_ones(marked, source):
    assert speaker(marked, source) == ("Mara Ilven", "role")


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("A judge said so. Judge [p Mara Ilven] met Judge [p Teo Brandt].", "A judge"),
        ("Judge [p Mara Ilven] left. A judge said so.", "A judge"),
        ("It rained.\n\nJudge said so. Judge [p Mara Ilven] left.", "Judge"),
        ("Judge said so of Judge [p Mara Ilven], a friend of [p Teo Judge].", "Judge"),
        ("It rained.\n\nMore than one Republican said so. Republican [p Mara Ilven] left.", "Republican"),
        ("Another judge said so. Judge [p Mara Ilven] left.", "Another judge"),
        ("The former governor said so. Gov. [p Mara Ilven] left.", "The former governor"),
        ("The governor said so. Former Gov. [p Mara Ilven] left.", "The governor"),
        ("The Ohio governor said so. [l New Jersey] Gov. [p Mara Ilven] left.", "The Ohio governor"),
        ("The ferry captain said so. Captain [p Mara Ilven] of the police left.", "The ferry captain"),
        ("The president said so. [o Tarn Lines] president [p Mara Ilven] left.", "The president"),
        (
            "A spokesman for [p Harrow] said so. [o Karsh] spokesman [p Teo Brandt] left.",
            "A spokesman for Harrow",
        ),
        ("The spokesman said so. [o Karsh] spokeswoman [p Mara Ilven] left.", "The spokesman"),
        ("The judges said so. Judge [p Mara Ilven] left.", "The judges"),
        ("The Ohio Republican said so. Republican [p Mara Ilven] left.", "The Ohio Republican"),
        ("A witness said so. [p Mara Ilven], a witness, left.", "A witness"),
    ],
)
def test_an_office_of_two_or_of_somebody_else_is_nobodys_here(marked, source):
    assert speaker(marked, source) == (source, "description")


def test_the_ranker_outweighs_an_office():
    marked = "[p Jo Harrow] left. The nominee said so. Nominee [p Teo Brandt] wept."
    assert speaker(marked, "The nominee") == ("Teo Brandt", "role")
    assert speaker(marked, "The nominee", likeliest="Jo Harrow") == ("The nominee", "description")


@pytest.mark.timed
def test_a_list_of_senators_stays_linear():
    def read(count):
        marked = " ".join(f"Sen. [p Mary {surname(at)}] left. The senator of Quarn Bay said so." for at in range(count))
        scene = make_scene(marked)
        said = [scene.said("The senator of Quarn Bay", "said", "so", nth) for nth in range(count)]
        return lambda: scene.resolve(Takes(), *said)

    assert grows_at_most(6, read(100), read(400), noise=0.3)
