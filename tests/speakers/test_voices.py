"""Who says "I" in interviews and in letters."""

from __future__ import annotations

import pytest

from onrecord.speakers.voices import find_voices, voice_at
from scenes import Picks, make_scene

INTERVIEW = """[p Mara Ilven] came home last week, and told [p Teo Brandt] about it. [p Ilven] is a sailor.

Q: Why did you go?

A: I think the sea called.

I believe it did.

Will you go again?

A: I hope so.

Q: Do you fear that it rains?

A: I know it will."""
LETTERS = """I fear the quay is shut.

[p Mara Ilven].

Belvar.

I know it is open.

[p Teo Brandt], Orrin."""


def voice_of(marked, words, nth=0):
    scene = make_scene(marked)
    voice = voice_at(find_voices(scene.discourse), scene.span(words, nth).start)
    return voice and (scene.discourse.referents[voice.referent].name, voice.asked)


@pytest.mark.parametrize(
    ("words", "asked"), [("Why", True), ("I think", False), ("I believe", False), ("again", True), ("I hope", False)]
)
def test_an_interview_is_said_by_its_guest_save_the_questions(words, asked):
    assert voice_of(INTERVIEW, words) == ("Mara Ilven", asked)


def test_what_stands_before_the_first_question_has_no_voice():
    assert voice_of(INTERVIEW, "told") is None


def test_questions_may_have_lost_the_mark_behind_their_letter():
    assert voice_of(INTERVIEW.replace("Q: ", "Q"), "I think") == ("Mara Ilven", False)


@pytest.mark.parametrize("marked", ["Q: Why?\n\nA: I think so.", "[p Mara Ilven] asked.\n\nA: I do.\n\nA: I did.", ""])
def test_one_question_or_nobody_presented_makes_no_interview(marked):
    assert find_voices(make_scene(marked).discourse) == []


def test_a_letter_is_said_by_whoever_signs_it():
    assert voice_of(LETTERS, "I fear") == ("Mara Ilven", False)
    assert voice_of(LETTERS, "I know") == ("Teo Brandt", False)


def test_headings_that_are_names_over_news_are_no_signatures():
    marked = "The quay is shut.\n\n[p Mara Ilven].\n\nIt is open.\n\n[p Teo Brandt].\n\nIt rains."
    assert find_voices(make_scene(marked).discourse) == []


def test_one_name_alone_on_a_line_makes_no_letters():
    assert find_voices(make_scene("I fear it.\n\n[p Mara Ilven].\n\nThe quay is shut.").discourse) == []


def test_i_and_you_in_an_interview_are_its_guest():
    scene = make_scene(INTERVIEW)
    answers = scene.resolve(
        Picks({}),
        scene.said("I", "think", "the sea called"),
        scene.said("I", "believe", "it did", 1),
        scene.said("you", "fear", "it rains", 2),
    )
    assert [scene.names(answer) for answer in answers] == [["Mara Ilven"]] * 3
    assert {answer.by for answer in answers} == {"first-person"}
