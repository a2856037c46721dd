"""Quotations that go on: kept without a source of their own, tied to the speech before them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.attribution.continuation import RULES, continue_quotations, index_at
from onrecord.attribution.linking import Attribution
from onrecord.attribution.ordering import position
from onrecord.document import Span
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.reading import Evidence
from strategies import hostile_texts

WORTH = {rule: 0.1 * number for number, rule in enumerate(RULES, 1)}
LINKED = Evidence(cue_score=1.0, source_score=1.0, content_score=1.0, rule="linked")


def linked(text, source, cue, *content):
    """An attribution as the model makes it, by the words of its roles."""
    sources, cues, contents = (
        tuple(Span(text.index(words), text.index(words) + len(words)) for words in role)
        for role in ((source,), (cue,), content)
    )
    return Attribution(source=sources, cue=cues, content=contents, confidence=0.9, evidence=LINKED)


def go_on(text, *attributions, paragraphs=None):
    return continue_quotations(
        text,
        attributions,
        outermost(text, pair_quotemarks(text)),
        find_paragraphs(text) if paragraphs is None else paragraphs,
        confidence=WORTH,
    )


def told(text, *attributions, **options):
    """Each attribution's content and the index of the one that it continues."""
    found = go_on(text, *attributions, **options)
    return [(" … ".join(span.of(text) for span in each.content), each.continues) for each in found]


def test_a_second_sentence_in_marks_goes_on_from_the_first():
    text = "“We go,” Ilven said. “Nobody asked us to stay.”"
    assert told(text, linked(text, "Ilven", "said", "“We go,”")) == [
        ("“We go,”", None),
        ("“Nobody asked us to stay.”", 0),
    ]


def test_an_answer_does_not_go_on_from_its_question():
    text = "Asked whether they would stay, Ilven laughed. “Nobody asked us to stay.”"
    question = replace(linked(text, "Ilven", "Asked", "whether they would stay"), source=())
    assert told(text, question)[1] == ("“Nobody asked us to stay.”", None)


def test_what_goes_on_has_no_source_and_no_cue():
    text = "“We go,” Ilven said. “Nobody asked us to stay.”"
    (_, added) = go_on(text, linked(text, "Ilven", "said", "“We go,”"))
    assert (added.source, added.cue, added.evidence.rule) == ((), (), "quotation-goes-on")
    assert added.confidence == WORTH["quotation-goes-on"]
    assert added.evidence.source_score is None


def test_a_quotation_goes_on_through_paragraphs_one_from_the_other():
    text = "Ilven said: “We will go.\n\n“Nobody asked us to stay.\n\n“We will not be back.”"
    assert told(text, linked(text, "Ilven", "said", "“We will go.")) == [
        ("“We will go.", None),
        ("“Nobody asked us to stay.", 0),
        ("“We will not be back.”", 1),
    ]


def test_speech_two_paragraphs_on_goes_on_from_nobody():
    text = "“We go,” Ilven said.\n\nThe quay was empty.\n\n“Nobody asked us to stay.”"
    assert told(text, linked(text, "Ilven", "said", "“We go,”"))[1] == ("“Nobody asked us to stay.”", None)


@pytest.mark.parametrize(
    "between",
    [
        " The coach of Belvar, Teo Brandt, was furious. ",
        "\n\nTeo Brandt was furious. ",
        " The quay was empty when Brandt came.\n\n",
        " Brandt had an answer: ",
        " To which, Brandt: ",
    ],
)
def test_speech_before_which_the_reporter_speaks_goes_on_from_nobody(between):
    """Somebody else may have come in: who speaks is asked as of any statement without a source."""
    text = f"“We go,” Ilven said.{between}“Nobody asked us to stay.”"
    assert told(text, linked(text, "Ilven", "said", "“We go,”"))[1] == ("“Nobody asked us to stay.”", None)


@pytest.mark.parametrize(
    "between",
    [
        " on Friday, and left the quay. ",  # the rest of the sentence that it was said in
        " to Sen. Orrin Quay of Belvar. ",  # an abbreviation ends no sentence
        ". And then? ",  # too short to bring somebody in
        ".\n\n",
    ],
)
def test_the_rest_of_a_sentence_and_a_word_or_two_part_no_speech(between):
    text = f"“We go,” Ilven said{between}“Nobody asked us to stay.”"
    assert told(text, linked(text, "Ilven", "said", "“We go,”"))[1] == ("“Nobody asked us to stay.”", 0)


def test_what_other_statements_hold_is_not_said_by_the_reporter_between():
    text = "“We go,” said Ilven, who thinks it is late. “The quay is empty. We leave.” “Come along to the boat.”"
    outer = linked(text, "Ilven", "said", "“We go,”", "“The quay is empty. We leave.”")
    inner = linked(text, "who", "thinks", "it is late")
    assert told(text, outer, inner)[-1] == ("“Come along to the boat.”", 1)


def test_speech_that_a_clause_behind_it_reports_goes_on_from_nobody():
    """The model missed the cue: whoever it names is not the speaker before."""
    text = "“We go,” Ilven said.\n\n“Nobody asked us to stay,” sniffs the Quay Gazette."
    assert told(text, linked(text, "Ilven", "said", "“We go,”"))[1] == ("“Nobody asked us to stay,”", None)


def test_a_comma_at_the_end_of_a_paragraph_reports_nothing():
    text = "“We go,” Ilven said.\n\n“Nobody asked us to stay,”\n\nThe quay was empty."
    assert told(text, linked(text, "Ilven", "said", "“We go,”"))[1] == ("“Nobody asked us to stay,”", 0)


def test_speech_before_anybody_spoke_goes_on_from_nobody():
    text = "“Nobody asked us to stay.” The quay was empty. “We go,” Ilven said."
    assert told(text, linked(text, "Ilven", "said", "“We go,”")) == [
        ("“Nobody asked us to stay.”", None),
        ("“We go,”", None),
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "“a slow walk home.”",  # begins in the middle of a sentence
        "“The Quay”",  # too short
        "“The Long Winter of Orrin Quay.”",  # a title
        "“We never asked anybody for it”",  # no stop: words inside a sentence
    ],
)
def test_words_in_marks_that_are_no_sentence_are_nobodys(marked):
    assert told(f"They saw {marked} there.") == []


@pytest.mark.parametrize(
    "marked",
    [
        "“We do not do it.”",  # no long word
        "“They did not do it.”",  # a single one, the first
        "“He told me, ‘Now you have to go.’”",  # the stop stands before two marks
    ],
)
def test_a_short_sentence_in_marks_is_no_title(marked):
    assert told(marked) == [(marked, None)]


def test_a_quotation_that_the_model_took_is_not_added_again():
    text = "“We will not go,” Ilven said."
    assert told(text, linked(text, "Ilven", "said", "We will not")) == [("We will not", None)]


def test_a_quotation_inside_another_is_not_speech_by_itself():
    text = "“He said: ‘Nobody asked us to stay.’ So we went home.”"
    assert told(text) == [(text, None)]


def test_quotations_outside_the_paragraphs_that_are_read_are_left_alone():
    text = "“We go,” Ilven said.\n“Nobody asked us to stay.”"
    assert told(text, paragraphs=find_paragraphs(text)[:1]) == []


def test_a_label_counts_where_the_model_found_no_more_than_speech_inside_the_turn():
    text = "TARROW: Why now?\nQUY: Because I say so."
    assert told(text) == [("Why now?", None), ("Because I say so.", None)]
    assert told(text, linked(text, "I", "say", "so")) == [("Why now?", None), ("Because I say so.", None), ("so", None)]


def test_a_label_does_not_count_where_the_model_took_its_name_or_more_than_the_turn():
    text = "TARROW: Why now?\nQUY: Because I say so."
    assert told(text, linked(text, "QUY", "say", "so")) == [("Why now?", None), ("so", None)]


def test_the_attributions_come_by_position():
    text = "“We go,” Ilven said. “Nobody asked us to stay,” Quy added."
    said, added = linked(text, "Ilven", "said", "“We go,”"), linked(text, "Quy", "added", "“Nobody asked us to stay,”")
    assert go_on(text, added, said) == [said, added]


def test_a_paragraph_is_found_by_any_of_its_characters():
    paragraphs = [Span(2, 5), Span(7, 9)]
    assert [index_at(paragraphs, offset) for offset in range(10)] == [None, None, 0, 0, 0, None, None, 1, 1, None]


@given(text=hostile_texts(), data=st.data())
def test_whatever_is_added_is_apart_from_all_else_and_continues_what_stands_before_it(text, data):
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=False)]
    given_ = [Attribution(source=(), cue=(s,), content=(s,), confidence=0.5, evidence=LINKED) for s in spans]
    found = go_on(text, *given_)
    assert [each for each in found if each.evidence.rule == "linked"] == given_
    assert [position(each) for each in found] == sorted(position(each) for each in found)
    for index, each in enumerate(found):
        assert each.continues is None or (each.continues == index - 1 and not each.cue)
        if each.evidence.rule == "quotation-goes-on":
            assert 0 <= each.content[0].start < each.content[0].end <= len(text)
            assert not any(each.content[0].overlaps(span) for span in spans if span.of(text).isalnum())
