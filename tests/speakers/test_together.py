"""Those whom a report names together, for "they" and "both"."""

from __future__ import annotations

import pytest

from clock import takes_at_most
from onrecord.speakers.together import (
    MOST,
    described_before,
    family_together,
    listed_before,
    named_together,
    subjects_together,
)
from scenes import Picks, make_scene, offered, surname


def together(marked, words):
    scene = make_scene(marked)
    found = named_together(scene.discourse, scene.span(words).start)
    return [[scene.discourse.referents[index].name for index in members] for _, members in found]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[p Mara Ilven] and [p Teo Brandt] met. They said so.", ["Mara Ilven", "Teo Brandt"]),
        ("Mayor [p Mara Ilven] and Sen. [p Teo Brandt] met. They said so.", ["Mara Ilven", "Teo Brandt"]),
        (
            "[p Mara Ilven], [p Jo Karsh] and [p Teo Brandt] met. They said so.",
            ["Mara Ilven", "Jo Karsh", "Teo Brandt"],
        ),
        ("[p Mara Ilven] struck a tone with [p Teo Brandt] as they said so.", ["Mara Ilven", "Teo Brandt"]),
        ("[o Tarn Lines] and [o Orrin Ferries] met. They said so.", ["Tarn Lines", "Orrin Ferries"]),
    ],
)
def test_those_joined_by_and_are_named_together(marked, expected):
    assert expected in together(marked, "said")


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("It was [p Mara Ilven] and [p Teo Brandt], [r who] say it holds.", ["Mara Ilven", "Teo Brandt"]),
        (
            "It was Sens. [p Mara Ilven] (D) and [p Teo Brandt] (R), [r all of whom] said so.",
            ["Mara Ilven", "Teo Brandt"],
        ),
        (
            "It was [p Mara Ilven], [p Jo Karsh] and [p Teo Brandt] — [r who] said so.",
            ["Mara Ilven", "Jo Karsh", "Teo Brandt"],
        ),
        ("It was [p Mara Ilven] and [p Teo Brandt], the ferry captains [r who] said so.", ["Mara Ilven", "Teo Brandt"]),
        ("It was [p Mara Ilven] and [p Teo Brandt], [r who] says it holds.", []),
        ("[p Mara Ilven] left out [p Jo Karsh], and [p Teo Brandt], [r who] said so.", ["Jo Karsh", "Teo Brandt"]),
        ("[p Mara Ilven] broke with her teacher [p Teo Brandt], [r who] said so.", []),
    ],
)
def test_who_behind_a_list_means_all_of_it(marked, expected):
    scene = make_scene(marked.replace("[r ", "").replace("who]", "who").replace("whom]", "whom"))
    source = scene.span("all of whom" if "whom" in marked else "who")
    found = listed_before(scene.discourse, source)
    assert [scene.discourse.referents[index].name for index in found] == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[p Mara Ilven] met [p Teo Ilven]. The [g Ilvens] said so.", ["Mara Ilven", "Teo Ilven"]),
        ("[p Mara Ilven] met [p Teo Brandt]. The [g Ilvens] said so.", ["Mara Ilven"]),
        ("[p Mara Robert] met [p Teo Robert] and [p Jo Roberts]. The [p Roberts] said so.", []),
    ],
)
def test_the_plural_of_a_surname_is_all_who_bear_it(marked, expected):
    scene = make_scene(marked)
    source = scene.span("The Ilvens" if "Ilvens" in marked else "The Roberts")
    found = family_together(scene.discourse, source)
    assert [scene.discourse.referents[index].name for index in found] == expected


def test_the_last_two_people_are_a_pair():
    assert together("[p Mara Ilven] wrote. [p Teo Brandt] read it. They said so.", "They") == [
        ["Mara Ilven", "Teo Brandt"]
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "They said so.",
        "[p Mara Ilven] wrote. They said so.",
        "[p Mara Ilven]. " + "It rained. " * 4 + "[p Teo Brandt] met. They said so.",
    ],
)
def test_one_alone_or_far_from_another_is_no_pair(marked):
    assert together(marked, "They") == []


def test_a_long_list_is_one_offer_beside_few_others():
    marked = ", ".join(f"[p Mary {surname(at)}]" for at in range(60)) + " and [p Teo Brandt] met. They said so."
    assert 1 <= len(together(marked, "They")) <= MOST


def test_they_may_be_those_named_together():
    scene = make_scene("[p Mara Ilven] and [p Teo Brandt] met. They said it was over.")
    picks = Picks({0: "Mara Ilven and Teo Brandt"})
    (answer,) = scene.resolve(picks, scene.said("They", "said", "it was over"))
    assert scene.names(answer) == ["Mara Ilven", "Teo Brandt"]


def test_he_is_not_offered_two():
    scene = make_scene("[p Ernest Quy] and [p Teo Brandt] met. He said it was over.")
    picks = Picks({0: "Ernest Quy"})
    scene.resolve(picks, scene.said("He", "said", "it was over"))
    assert "Ernest Quy and Teo Brandt" not in offered(picks.asked[0])


def test_groups_that_no_head_tagged_are_found_before_they():
    scene = make_scene("The old ferrymen met local councils. They said it was over.")
    described_before(scene.discourse, scene.span("They").start)
    names = [referent.name for referent in scene.discourse.referents]
    assert names[1:] == ["The old ferrymen", "local councils"]
    assert scene.referent("local councils").plural is True


@pytest.mark.timed
def test_a_sentence_without_end_costs_no_more_than_its_last_mentions():
    marked = " ".join(f"[p Mary {surname(at % 1000)}] and they saw ferrymen" for at in range(2000))
    scene = make_scene(marked)
    offsets = [scene.span("they", nth).start for nth in range(0, 2000, 10)]

    def look_back():
        for offset in offsets:
            named_together(scene.discourse, offset)
            subjects_together(scene.discourse, offset)

    assert takes_at_most(20, look_back)


@pytest.mark.parametrize("source", ["None of those three", "All three of them", "The three"])
def test_three_are_counted_with_and_without_a_pronoun(source):
    scene = make_scene(f"[p Mara Ilven], [p Jo Karsh] and [p Teo Brandt] met. {source} said it was over.")
    (answer,) = scene.resolve(Picks({}), scene.said(source, "said", "it was over"))
    assert (scene.names(answer), answer.by) == (["Mara Ilven", "Jo Karsh", "Teo Brandt"], "together")
