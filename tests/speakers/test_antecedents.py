"""Descriptions and pronouns to whom they refer: grammar first, then what the heads' vectors say."""

from __future__ import annotations

import pytest

from onrecord.document import Span
from onrecord.speakers.antecedents import AHEAD, REACH, Antecedents, Asked, find_apposed, find_before
from onrecord.speakers.discourse import Referent
from onrecord.speakers.vectors import Vectors
from scenes import make_scene, surname

PERSON, WOMAN, MAN = (
    Referent(index=0, name="Ilven", kind="person", named=True, gender=gender, plural=False)
    for gender in (None, "feminine", "masculine")
)
COUNCIL = Referent(index=0, name="Harbour Council", kind="organization", named=True, plural=False)
FISHERS = Referent(index=0, name="the fishers", kind="group", named=False, plural=True)
UNKNOWN = Referent(index=0, name="Orrin", kind="other", named=True)
DOCUMENT = Referent(index=0, name="the report", kind="document", named=False, plural=False)


def asked(pronoun):
    """Return what a pronoun asks for."""
    return Asked.by(make_scene(f"{pronoun} said so.").occurrence(pronoun))


@pytest.mark.parametrize(
    ("pronoun", "allowed", "barred"),
    [
        ("he", [MAN, PERSON, UNKNOWN], [WOMAN, COUNCIL, FISHERS, DOCUMENT]),
        ("she", [WOMAN, PERSON, UNKNOWN], [MAN, COUNCIL, FISHERS, DOCUMENT]),
        ("it", [COUNCIL, DOCUMENT, UNKNOWN], [PERSON, WOMAN, MAN, FISHERS]),
        ("they", [FISHERS, COUNCIL, UNKNOWN], [PERSON, WOMAN, MAN]),
        ("we", [FISHERS, COUNCIL, UNKNOWN], [PERSON]),
        ("who", [PERSON, WOMAN, MAN, FISHERS, UNKNOWN], [COUNCIL, DOCUMENT]),
        ("which", [COUNCIL, DOCUMENT, FISHERS, UNKNOWN], [PERSON, WOMAN, MAN]),
    ],
)
def test_grammar_bars_who_cannot_be_meant(pronoun, allowed, barred):
    asks = asked(pronoun)
    assert [asks.allows(each) for each in allowed] == [True] * len(allowed)
    assert [asks.allows(each) for each in barred] == [False] * len(barred)


def test_a_description_agrees_in_gender_number_and_kind():
    asks = Asked(animacy="person", gender="feminine", plural=False)
    assert asks.allows(WOMAN)
    assert asks.allows(PERSON)
    assert asks.allows(UNKNOWN)
    assert not asks.allows(MAN)
    assert not asks.allows(COUNCIL)
    assert not asks.allows(FISHERS)


def test_who_is_named_for_a_picture_only_is_not_whom_the_story_goes_on_about():
    scene = make_scene("Photo: [p Ernest Quy]\n\nThe pier is shut, he said.", means={"he": 0, "Ernest": 0, "Quy": 0})
    credit = Span(0, scene.text.index("\n"))
    silent = Antecedents(scene.discourse, scene.antecedents.vectors, scene.antecedents.pairing, silent=[credit])
    he = scene.occurrence("he")
    assert [referent.name for referent, *_ in scene.antecedents.scores(he)] == ["Ernest Quy"]
    assert silent.scores(he) == []


def test_he_takes_the_man_though_the_woman_is_nearer_and_her_vector_fits():
    scene = make_scene(
        "[p Ernest Quy] left. [p Mary Ilven] nodded. Then he sat.", means={"he": 0, "Mary": 0, "Ilven": 0}
    ).tied()
    assert scene.referent("he").name == "Ernest Quy"


def test_it_never_takes_a_person():
    scene = make_scene("[p Mary Ilven] sat down. It was late.").tied()
    assert scene.referent("It") is None


def test_of_two_with_equal_vectors_the_nearer_wins():
    scene = make_scene("[p Mary Ilven] came. [p Susan Pallen] stayed. She slept.").tied()
    assert scene.referent("She").name == "Susan Pallen"


def test_of_two_the_one_whose_vector_fits_wins_over_the_nearer():
    scene = make_scene(
        "[p Mary Ilven] came. [p Susan Pallen] stayed. She slept.", means={"Mary": 1, "Ilven": 1, "She": 1}
    ).tied()
    found = scene.occurrence("She")
    assert scene.referent("She").name == "Mary Ilven"
    assert found.by == "heads"
    assert 0.9 < found.confidence <= 1


def test_chances_of_one_persons_mentions_add_up_and_leave_room_for_nobody():
    scene = make_scene("[p Mary Ilven] came. [p Ilven] sat. [p Susan Pallen] stayed. She slept.")
    rows = scene.antecedents.scores(scene.occurrence("She"))
    assert {referent.name for referent, _, _ in rows} == {"Mary Ilven", "Susan Pallen"}
    assert 0 < sum(chance for _, chance, _ in rows) < 1
    assert [chance for _, chance, _ in rows] == sorted((chance for _, chance, _ in rows), reverse=True)


def test_a_pronoun_may_refer_to_who_comes_later_in_its_sentence():
    scene = make_scene("When he came, [p Ernest Quy] was tired.").tied()
    assert scene.referent("he").name == "Ernest Quy"


def test_a_pronoun_does_not_refer_into_the_next_sentence():
    scene = make_scene("He came. [p Ernest Quy] was tired.").tied()
    assert scene.referent("He") is None


@pytest.mark.parametrize(
    "marked",
    [
        "[n mayor] [p Mara Ilven] spoke.",
        "[p Mara Ilven], [n the mayor], spoke.",
        "[p Mara Ilven], [n the mayor] of Belvar, spoke.",
        "[p Mara Ilven], [n a mayor] who fishes, spoke.",
        "They saw [p Mara Ilven], [n a lawyer] running for mayor.",
        "They saw [p Mara Ilven], [n the mayor].",
    ],
)
def test_a_description_beside_a_name_is_of_the_same_person(marked):
    scene = make_scene(marked).tied()
    words = next(each.span for each in scene.mentions.nominals).of(scene.text)
    assert scene.referent(words).name == "Mara Ilven"
    assert scene.occurrence(words).by == "apposition"


@pytest.mark.parametrize(
    "marked",
    [
        "[p Mara Ilven], [n the mayor] said, spoke.",
        "[p Mara Ilven]. [n The mayor] spoke.",
        "[o Harbour Council], [n the mayor], spoke.",
        "[p Mara Ilven], [N the councillors], spoke.",
    ],
)
def test_a_description_not_right_beside_a_persons_name_is_no_apposition(marked):
    scene = make_scene(marked)
    at = next(index for index, each in enumerate(scene.discourse.occurrences) if each.form == "nominal")
    assert find_apposed(scene.discourse, at) is None


def test_a_relative_pronoun_takes_whom_it_stands_behind():
    scene = make_scene("[p Susan Pallen] told [p Mara Ilven], who laughed, so.").tied()
    assert scene.referent("who").name == "Mara Ilven"
    assert scene.occurrence("who").by == "relative"


def test_a_relative_pronoun_does_not_reach_over_a_full_stop():
    scene = make_scene("[p Mara Ilven] left. Those who laughed stayed.")
    at = scene.discourse.index_at(scene.span("who").start)
    assert find_before(scene.discourse, at) is None


def test_who_does_not_take_an_organization():
    assert make_scene("The [o Harbour Council], who met, left.").tied().referent("who") is None


def test_a_description_of_nobody_named_is_somebody_new():
    scene = make_scene("[n A fisher] waited.").tied()
    assert scene.referent("A fisher").kind == "unnamed"
    assert not scene.referent("A fisher").named
    assert scene.occurrence("A fisher").by == "description"


def test_several_never_named_are_a_group():
    assert make_scene("[N Two fishers] waited.").tied().referent("Two fishers").kind == "group"


def test_pronouns_that_agree_tell_a_gender_that_the_name_does_not():
    marked = "[p Ilven] spoke. " + "She sat. " * 3
    assert make_scene(marked).referent("Ilven").gender is None
    assert make_scene(marked).tied().referent("Ilven").gender == "feminine"


def test_one_pronoun_alone_tells_no_gender():
    assert make_scene("[p Ilven] spoke. She sat.").tied().referent("Ilven").gender is None


def test_a_report_without_names_has_its_descriptions_tied():
    scene = make_scene("[n A fisher] waited. He slept.").tied()
    assert scene.referent("He").name == "A fisher"


@pytest.mark.parametrize("text", ["", " ", "\r\n\r\n", "Nothing here.", "한국말 說", "She"])
def test_a_report_without_mentions_has_nothing_to_tie(text):
    scene = make_scene(text).tied()
    assert all(each.referent is None for each in scene.discourse.occurrences)


def test_a_mention_is_held_against_a_bounded_number_of_others(monkeypatch):
    """A thousand names and a thousand pronouns: each asks at most those within reach."""
    sizes: list[int] = []
    answering = Vectors.answering

    def counted(self, spans):
        sizes.append(len(spans))
        return answering(self, spans)

    monkeypatch.setattr(Vectors, "answering", counted)
    marked = " ".join(f"[p Ernest {surname(i)}] came. He sat." for i in range(1000))
    make_scene(marked).tied()
    assert len(sizes) <= 1000
    assert max(sizes) <= REACH + AHEAD


LONG_AFTER = "It rained. " * 100
"""So far back the heads find nobody."""


def test_a_title_that_only_one_of_the_report_has_is_that_one():
    scene = make_scene(
        f"Mayor [p Ada Ilven] and Rep. [p Tom Brandt] left. {LONG_AFTER}Later [n the mayor] spoke."
    ).tied()
    assert scene.referent("the mayor").name == "Ada Ilven"
    assert scene.occurrence("the mayor").by == "role"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Mayor [p Ada Ilven] and Mayor [p Tom Brandt] left.", "[n the mayor] spoke."),
        ("Former Mayor [p Ada Ilven] left.", "[n the mayor] spoke."),
        ("Mayor [p Ada Ilven] left.", "[n the mayor] of Orrin spoke."),
    ],
)
def test_a_title_of_two_or_of_another_place_is_nobody_s(first, last):
    scene = make_scene(f"{first} {LONG_AFTER}Later {last}").tied()
    assert scene.referent("the mayor").name == "the mayor"


def test_who_behind_an_owner_is_not_the_owner():
    scene = make_scene("[p Ada Ilven]’s chief of staff, who left, spoke.").tied()
    assert scene.referent("who") is None
