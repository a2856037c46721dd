"""A report as its readers follow it: occurrences in order, and what is known of those they refer to."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.speakers.discourse import Discourse, gender_of_noun
from scenes import make_scene


def places(scene, words):
    return [scene.text[start : start + 5] for start in scene.referent(words).places]


def test_names_of_one_person_have_one_referent():
    scene = make_scene("[p Mara Ilven] came. [p Ilven] sat.")
    assert scene.referent("Mara Ilven") is scene.referent("Ilven", 1)
    assert scene.referent("Mara Ilven").names == 2
    assert scene.referent("Mara Ilven").named


def test_the_author_is_there_before_anybody_is_named():
    scene = make_scene("Nothing.")
    assert scene.discourse.author is scene.discourse.referents[0]
    assert scene.discourse.author.kind == "author"


def test_descriptions_and_pronouns_refer_to_nobody_at_first():
    scene = make_scene("[p Mara Ilven] met [n the mayor], and she smiled.")
    assert scene.referent("the mayor") is None
    assert scene.referent("she") is None


def test_occurrences_stand_in_the_order_of_the_text():
    scene = make_scene("She saw [n the mayor]. [p Mara Ilven] saw him. It rained.")
    assert [each.span.of(scene.text) for each in scene.discourse.occurrences] == [
        "She",
        "the mayor",
        "Mara Ilven",
        "him",
        "It",
    ]


def test_an_occurrence_knows_its_sentence_its_paragraph_and_its_quotation():
    scene = make_scene("[p Mara Ilven] came. “She can stay,” [p Quy] said.\n\nHe left.")
    where = {
        words: (found.sentence, found.paragraph, found.quoted)
        for words in ("Mara Ilven", "She", "Quy", "He")
        for found in [scene.occurrence(words)]
    }
    assert where == {
        "Mara Ilven": (0, 0, False),
        "She": (1, 0, True),
        "Quy": (1, 0, False),
        "He": (2, 1, False),
    }


@pytest.mark.parametrize(
    ("marked", "words", "animacy", "gender", "plural"),
    [
        ("[n the spokeswoman] left", "the spokeswoman", "person", "feminine", False),
        ("[n a former congressman] left", "a former congressman", "person", "masculine", False),
        ("[N the councillors] left", "the councillors", "people", None, True),
        ("She left", "She", "person", "feminine", False),
        ("They left", "They", None, None, True),
        ("It left", "It", None, None, False),
    ],
)
def test_words_tell_what_is_meant(marked, words, animacy, gender, plural):
    found = make_scene(marked).occurrence(words)
    assert (found.animacy, found.gender, bool(found.plural)) == (animacy, gender, plural)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Russia", "country"), ("Ohio", "place"), ("NATO", "organization"), ("Orrin Quay", "place")],
)
def test_places_that_act_are_told_from_those_that_only_lie_there(name, kind):
    assert make_scene(f"[l {name}] spoke.").referent(name).kind == kind


def test_a_groups_name_stays_a_group():
    assert make_scene("The [g Russians] spoke.").referent("Russians").kind == "group"


def test_titles_and_offices_are_words_of_a_person():
    scene = make_scene("[p Mara Ilven], the mayor of Belvar, spoke. [p Ilven] left.")
    ilven = scene.referent("Mara Ilven")
    assert "mayor" in ilven.heads
    assert {"mayor", "ilven", "mara"} <= ilven.words
    assert [role.title for role in scene.discourse.roles[ilven.index]] == ["mayor"]


def test_a_role_tells_the_gender_that_a_name_leaves_open():
    scene = make_scene("[p Naserian], a spokeswoman, met [p Lemaiyan], a lawyer.")
    assert scene.referent("Naserian").gender == "feminine"
    assert scene.referent("Lemaiyan").gender is None


def test_the_people_named_most_are_the_main_ones():
    marked = "".join(
        f"[p {name}] came. " * count for name, count in (("Ilven", 1), ("Quy", 4), ("Pallen", 3), ("Sool", 2))
    )
    scene = make_scene(marked)
    assert [scene.discourse.referents[index].name for index in scene.discourse.main] == ["Quy", "Pallen", "Sool"]


def test_assigning_anew_takes_an_occurrence_from_whom_it_was():
    scene = make_scene("[p Mara Ilven] and [p Teo Brandt] met. He sat.")
    discourse, he = scene.discourse, scene.occurrence("He")
    discourse.assign(he, scene.referent("Mara Ilven"), by="heads", confidence=0.5)
    discourse.assign(he, scene.referent("Teo Brandt"), by="source")
    assert places(scene, "Mara Ilven") == ["Mara "]
    assert places(scene, "Teo Brandt") == ["Teo B", "He sa"]
    assert (he.by, he.confidence) == ("source", 0.5)


def test_an_occurrence_put_in_later_is_found_in_its_place():
    scene = make_scene("[p Mara Ilven] met the mayor. He sat.")
    span = scene.span("the mayor")
    scene.discourse.insert(scene.discourse.nominal(span, "person"))
    assert scene.occurrence("the mayor").span == span
    assert [each.span.start for each in scene.discourse.occurrences] == sorted(
        each.span.start for each in scene.discourse.occurrences
    )


def test_the_occurrences_within_a_span_are_those_that_start_there():
    scene = make_scene("[p Mara Ilven] saw him. [p Teo Brandt] left.")
    inside = scene.discourse.within(Span(scene.span("saw").start, scene.span("Brandt").start))
    assert [each.span.of(scene.text) for each in inside] == ["him", "Teo Brandt"]


def test_two_who_speak_together_are_kept_beside_their_members():
    scene = make_scene("[p Mara Ilven] and [p Teo Brandt] met.")
    members = (scene.referent("Mara Ilven").index, scene.referent("Teo Brandt").index)
    joint = scene.discourse.introduce("Mara Ilven and Teo Brandt", "group", plural=True, members=members)
    assert scene.discourse.joint == [joint]


@pytest.mark.parametrize(
    ("word", "gender"), [("chairman", "masculine"), ("widow", "feminine"), ("mayor", None), ("", None)]
)
def test_few_head_nouns_tell_a_gender(word, gender):
    assert gender_of_noun(word) == gender


def test_an_empty_report_has_a_sentence_and_a_paragraph_to_ask_for():
    discourse = Discourse("", [], [], [])
    assert discourse.sentence_at(0) == discourse.paragraph_at(0) == 0
    assert discourse.at(Span(0, 0)) is None
    assert discourse.quoted_around(0) == ()


@given(st.integers(0, 2**32))
def test_the_places_of_everybody_are_those_of_their_occurrences(seed):
    """However occurrences are assigned and taken away again."""
    scene = make_scene("[p Mara Ilven] saw him. She and [p Teo Brandt] saw it, and they left. He came; she did not.")
    chance = random.Random(seed)
    discourse = scene.discourse
    for _ in range(12):
        occurrence = chance.choice(discourse.occurrences)
        discourse.assign(occurrence, chance.choice(discourse.referents), by="test")
    for referent in discourse.referents:
        own = [each for each in discourse.occurrences if each.referent == referent.index]
        assert referent.places == [each.span.start for each in own]
        assert referent.names == sum(each.form == "name" for each in own)
