"""Who says each statement: by name and rule where these settle it, else by what the ranker picks."""

from __future__ import annotations

import pytest

from onrecord.speakers.asking import MOST_CANDIDATES
from scenes import Picks, make_scene, offered, surname

MET = "[p Mara Ilven] met [p Teo Brandt]. "


def test_a_source_that_is_a_name_needs_no_ranker():
    scene = make_scene("[p Mara Ilven] said the quay was shut.")
    picks = Picks({})
    (answer,) = scene.resolve(picks, scene.said("Mara Ilven", "said", "the quay was shut"))
    assert scene.names(answer) == ["Mara Ilven"]
    assert (answer.by, answer.form, answer.open) == ("name", "name", None)
    assert picks.asked == []


def test_two_who_are_named_speak_together():
    scene = make_scene("[p Mara Ilven] and [p Teo Brandt] said it was late. They said it was over.")
    picks = Picks({1: "Mara Ilven and Teo Brandt"})
    both, they = scene.resolve(
        picks,
        scene.said("Mara Ilven and Teo Brandt", "said", "it was late"),
        scene.said("They", "said", "it was over"),
    )
    assert scene.names(both) == scene.names(they) == ["Mara Ilven", "Teo Brandt"]
    assert (both.by, they.by) == ("name", "together")


def test_those_who_speak_together_twice_are_one():
    words = "[p Mara Ilven] and [p Teo Brandt] said it was late."
    scene = make_scene(f"{words} {words}")
    said = [scene.said("Mara Ilven and Teo Brandt", "said", "it was late", nth) for nth in (0, 1)]
    scene.resolve(Picks({}), *said)
    assert len(scene.discourse.joint) == 1


def test_a_capital_that_speaks_stands_for_its_country():
    scene = make_scene("[l Moscow] said it was ready.")
    (answer,) = scene.resolve(Picks({}), scene.said("Moscow", "said", "it was ready"))
    assert scene.names(answer) == ["Russia"]
    assert (answer.by, answer.form) == ("metonym", "metonym")


def test_a_capital_stands_for_the_country_that_the_report_names():
    scene = make_scene("[l Russia] waited. [l Moscow] said it was ready.")
    (answer,) = scene.resolve(Picks({}), scene.said("Moscow", "said", "it was ready"))
    assert answer.referents == (scene.referent("Russia").index,)


def test_i_inside_a_statement_is_who_makes_it():
    scene = make_scene("“I told him it was late,” [p Mara Ilven] said.")
    outer = scene.said("Mara Ilven", "said", "I told him it was late", quoted=True)
    inner = scene.said("I", "told", "it was late", within=0)
    _, answer = scene.resolve(Picks({}), outer, inner)
    assert scene.names(answer) == ["Mara Ilven"]
    assert answer.by == "first-person"


def test_i_outside_quotation_marks_is_the_author():
    scene = make_scene("I said it was late.")
    (answer,) = scene.resolve(Picks({}), scene.said("I", "said", "it was late"))
    assert answer.referents == (scene.discourse.author.index,)
    assert answer.by == "first-person"


def test_a_quotation_that_goes_on_keeps_its_speaker():
    scene = make_scene("“It was late,” [p Mara Ilven] said.\n\n“We went home.”")
    first = scene.said("Mara Ilven", "said", "It was late", quoted=True)
    _, answer = scene.resolve(Picks({}), first, scene.said(None, None, "We went home", continues=0, quoted=True))
    assert scene.names(answer) == ["Mara Ilven"]
    assert (answer.by, answer.form) == ("quotation-goes-on", "implicit")


def test_two_may_go_on_speaking_where_nobody_is_mentioned_any_more():
    scene = make_scene(
        "[p Mara Ilven] and [p Teo Brandt] said the quay was shut.\n\n"
        "“Nothing moved at all.”\n\nReportedly nothing broke."
    )
    both = scene.said("Mara Ilven and Teo Brandt", "said", "the quay was shut")
    going_on = scene.said(None, None, "Nothing moved at all", continues=0, quoted=True)
    reported = scene.said(None, "Reportedly", "nothing broke")
    _, _, answer = scene.resolve(Picks({2: "Mara Ilven and Teo Brandt"}), both, going_on, reported)
    assert scene.names(answer) == ["Mara Ilven", "Teo Brandt"]


def test_a_pronoun_is_asked_of_the_ranker_with_those_whom_grammar_allows():
    scene = make_scene("[p Mary Ilven] met [p Ernest Quy]. She said it was late.")
    picks = Picks({0: "Mary Ilven"})
    (answer,) = scene.resolve(picks, scene.said("She", "said", "it was late"))
    assert scene.names(answer) == ["Mary Ilven"]
    assert (answer.by, answer.confidence, answer.form) == ("heads", 0.8, "pronoun")
    assert offered(picks.asked[0]) == ["Mary Ilven", "somebody new", "nobody"]
    assert scene.referent("She").name == "Mary Ilven"


def test_who_has_seen_a_document_is_not_asked_for_it():
    scene = make_scene("[p Mary Ilven] left, a decree seen by [o Nordwire] said.")
    picks = Picks({0: "somebody new"})
    (answer,) = scene.resolve(picks, scene.said("a decree seen by Nordwire", "said", "left"))
    assert scene.names(answer) == ["a decree seen by Nordwire"]
    assert offered(picks.asked[0]) == ["Mary Ilven", "somebody new", "nobody"]


def test_what_is_left_open_has_a_reason_and_candidates():
    scene = make_scene("[p Mary Ilven] met [p Susan Pallen]. Then she said it was late.")
    (answer,) = scene.resolve(Picks({0: None}), scene.said("she", "said", "it was late"))
    assert answer.referents == ()
    assert answer.open == "ambiguous"
    assert [scene.discourse.referents[index].name for index in answer.candidates] == ["Mary Ilven", "Susan Pallen"]
    assert (answer.by, answer.confidence) == (None, None)


@pytest.mark.parametrize(
    ("source", "picked", "reason"),
    [("she", "nobody", "no antecedent"), (None, "nobody", "impersonal"), (None, "somebody new", "unsure")],
)
def test_why_nobody_answers_is_told(source, picked, reason):
    scene = make_scene(MET + "Then she said it was late.")
    (answer,) = scene.resolve(Picks({0: picked}), scene.said(source, "said", "it was late"))
    assert (answer.referents, answer.open) == ((), reason)


def test_somebody_new_is_called_by_the_description():
    scene = make_scene(MET + "Then an official from Orrin said it was late.")
    (answer,) = scene.resolve(Picks({0: "somebody new"}), scene.said("an official from Orrin", "said", "it was late"))
    assert scene.names(answer) == ["an official from Orrin"]
    assert (answer.by, answer.form) == ("description", "nominal")
    assert scene.discourse.referents[answer.referents[0]].kind == "unnamed"


def test_statements_inside_others_are_answered_after_all_the_rest():
    scene = make_scene("[p Mara Ilven] said that he said it was late. Then he said nothing.")
    picks = Picks({1: "somebody new", 2: "somebody new"})
    scene.resolve(
        picks,
        scene.said("Mara Ilven", "said", "that he said it was late"),
        scene.said("he", "said", "it was late", within=0),
        scene.said("he", "said", "nothing", 1),
    )
    assert [ask.query.span for ask in picks.asked] == [scene.span("he", 1), scene.span("he")]


def test_a_report_without_statements_has_no_answers():
    assert make_scene("").resolve(Picks({})) == []


def test_a_query_looks_back_over_a_bounded_part_of_the_report():
    """A thousand names: however long the report, no query is offered more candidates."""
    scene = make_scene(" ".join(f"[p Mary {surname(at)}] left." for at in range(1000)) + " She said it was late.")
    picks = Picks({0: f"Mary {surname(999)}"})
    (answer,) = scene.resolve(picks, scene.said("She", "said", "it was late"))
    assert scene.names(answer) == [f"Mary {surname(999)}"]
    assert len(picks.asked[0].candidates) <= MOST_CANDIDATES + 8  # those named most, somebody new, nobody


@pytest.mark.parametrize(
    ("marked", "source", "expected"),
    [
        ("[o Tarn Lines], a company that said it was late, left.", "that", "Tarn Lines"),
        ("[p Mara Ilven], a star anchor at [o Orrin News] who said it was late, left.", "who", "Mara Ilven"),
        ("[p Mara Ilven], who said it was late, left.", "who", "Mara Ilven"),
    ],
)
def test_a_relative_pronoun_means_the_name_that_a_description_stands_behind(marked, source, expected):
    scene = make_scene(marked)
    picks = Picks({})
    (answer,) = scene.resolve(picks, scene.said(source, "said", "it was late"))
    assert scene.names(answer) == [expected]
    assert (answer.by, picks.asked) == ("relative", [])


@pytest.mark.parametrize("source", ["Both candidates", "The two", "both women", "Neither woman"])
def test_those_who_are_counted_are_the_last_ones_named(source):
    text = f"[p Teo Brandt] left. [p Mara Ilven] spoke. It rained on [p Ada Karsh]. {source} said it was late."
    scene = make_scene(text)
    (answer,) = scene.resolve(Picks({}), scene.said(source, "said", "it was late"))
    assert scene.names(answer) == ["Mara Ilven", "Ada Karsh"]


def test_all_three_are_the_list_of_three():
    scene = make_scene("[p Teo Brandt], [p Mara Ilven] and [p Ada Karsh] met. All three rivals said it was late.")
    (answer,) = scene.resolve(Picks({}), scene.said("All three rivals", "said", "it was late"))
    assert scene.names(answer) == ["Teo Brandt", "Mara Ilven", "Ada Karsh"]


def test_a_poll_of_two_is_said_by_both():
    scene = make_scene("A new [o Belvar Herald]/[o Orrin News] tracking poll found that few had seen it.")
    (answer,) = scene.resolve(
        Picks({}), scene.said("A new Belvar Herald/Orrin News tracking poll", "found", "few had seen it")
    )
    assert scene.names(answer) == ["Belvar Herald", "Orrin News"]


def test_both_parties_are_no_persons():
    scene = make_scene("[p Teo Brandt] and [p Mara Ilven] met. Both parties said it was late.")
    picks = Picks({0: "somebody new"})
    (answer,) = scene.resolve(picks, scene.said("Both parties", "said", "it was late"))
    assert scene.names(answer) == ["Both parties"]


def test_both_are_the_two_named_together():
    scene = make_scene("[p Mara Ilven] and [p Teo Brandt] met. It rained. Then both said it was late.")
    (answer,) = scene.resolve(Picks({}), scene.said("both", "said", "it was late"))
    assert scene.names(answer) == ["Mara Ilven", "Teo Brandt"]
    assert answer.by == "together"


def test_you_are_nobody_whom_the_report_names():
    scene = make_scene(MET + "You know it was late.")
    picks = Picks({0: "somebody new"})
    (answer,) = scene.resolve(picks, scene.said("You", "know", "it was late"))
    assert scene.names(answer) == ["You"]
    assert offered(picks.asked[0]) == ["somebody new", "nobody"]


def test_a_company_is_no_council():
    met = "[o Orrin Council] met [o Merrow Lines]. "
    scene = make_scene(f"{met}The company said it was late. The council said it was not.")
    picks = Picks({0: "Merrow Lines", 1: "Orrin Council"})
    late, early = ("The company", "said", "it was late"), ("The council", "said", "it was not")
    scene.resolve(picks, scene.said(*late), scene.said(*early))
    assert offered(picks.asked[0])[0] == "Merrow Lines"
    assert "Orrin Council" not in offered(picks.asked[0])
    assert "Merrow Lines" not in offered(picks.asked[1])  # it has been called a company
