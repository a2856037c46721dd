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


def test_the_letters_of_an_interview_are_its_guest_and_whoever_the_guest_spoke_to():
    scene = make_scene(INTERVIEW.replace("told [p Teo Brandt] about it", "spoke to the [o Fjord Review]"))
    asks, answers = scene.resolve(
        Picks({}), scene.said("Q", None, "Why did you go?"), scene.said("A", None, "I think the sea called.")
    )
    assert (scene.names(asks), scene.names(answers)) == (["Fjord Review"], ["Mara Ilven"])


def test_who_asks_in_an_interview_is_open_where_the_report_does_not_say():
    scene = make_scene(INTERVIEW)
    (asks,) = scene.resolve(Picks({}), scene.said("Q", None, "Why did you go?"))
    assert (asks.referents, asks.open) == ((), "no antecedent")


@pytest.mark.parametrize("letter", ["Q", "A", "QUESTION", "Answer"])
def test_letters_before_turns_are_nobody_where_nobody_is_presented(letter):
    scene = make_scene(f"The quay was shut.\n\n{letter}: Is it open now?")
    (answer,) = scene.resolve(Picks({}), scene.said(letter, None, "Is it open now?"))
    assert (answer.referents, answer.open) == ((), "no antecedent")


def test_somebody_whom_a_transcript_does_not_know_is_no_name():
    scene = make_scene("[p Mara Ilven] stood up.\n\nUNIDENTIFIED WOMAN: It is late.")
    (answer,) = scene.resolve(Picks({0: "somebody new"}), scene.said("UNIDENTIFIED WOMAN", None, "It is late."))
    (referent,) = (scene.discourse.referents[each] for each in answer.referents)
    assert (referent.name, referent.kind, referent.named) == ("UNIDENTIFIED WOMAN", "unnamed", False)
