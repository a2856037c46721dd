"""Speech reported inside speech: which contents are read again, what is kept of them, and what lies in what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.attribution.linking import Attribution
from onrecord.attribution.nesting import contents_to_reread, find_outer, keep_nested
from onrecord.attribution.ordering import position
from onrecord.document import Span
from onrecord.reading import Evidence

EVIDENCE = Evidence(cue_score=1.0, source_score=1.0, content_score=1.0, rule="linked")


def attribution(*, source=(), cue=(), content=()):
    return Attribution(
        source=tuple(Span(*span) for span in source),
        cue=tuple(Span(*span) for span in cue),
        content=tuple(Span(*span) for span in content),
        confidence=0.5,
        evidence=EVIDENCE,
    )


@pytest.mark.parametrize(
    ("content", "read_again"),
    [
        ("Quy had said that the money was gone", True),
        ("According to Quy the money was gone", True),
        ("the money was gone by the end of March", False),
        ("Quy said no", False),  # too few words for a source, a cue and a content
        ("the unsaid was louder than the rest", False),
        ("QUY TOLD THEM THE MONEY WAS GONE", True),
        ("the United States and its allies kept the money", False),
        ("Quy states that the money was gone", True),
        ("I don't think that we have ever said where it went", False),  # whose own speech that is, is known
        ("I think that Quy has promised to look for the money", True),
        ("I was told by Quy that the money was gone", True),  # what somebody was told is another's
        ("I'm telling you that the money is all gone", False),
    ],
)
def test_a_content_with_a_word_of_saying_is_read_again(content, read_again):
    found = list(contents_to_reread(content, [attribution(content=[(0, len(content))])]))
    assert found == ([Span(0, len(content))] if read_again else [])


def test_each_piece_of_a_content_is_read_by_itself():
    text = "Quy said the money was gone, and nobody told us where it went."
    pieces = [(0, 27), (29, len(text))]
    assert list(contents_to_reread(text, [attribution(content=pieces)])) == [Span(*piece) for piece in pieces]


def test_a_piece_that_two_attributions_share_is_read_once():
    text = "that Quy had said that the money was gone"
    twice = [attribution(cue=[(0, 4)], content=[(5, len(text))]), attribution(cue=[(5, 8)], content=[(5, len(text))])]
    assert list(contents_to_reread(text, twice)) == [Span(5, len(text))]


def test_what_is_found_inside_is_marked_so():
    inner = attribution(source=[(0, 3)], cue=[(4, 8)], content=[(9, 12)])
    (kept,) = keep_nested("Quy said yes.", [inner], [])
    assert (kept.source, kept.cue, kept.content) == (inner.source, inner.cue, inner.content)
    assert kept.evidence.rule == "linked-within"


def test_what_was_found_outside_is_not_kept_twice():
    inner = attribution(source=[(0, 3)], cue=[(4, 8)], content=[(9, 12)])
    assert keep_nested("Quy said yes.", [inner], [inner]) == []


@pytest.mark.parametrize("source", ["I", "We", "you"])
def test_a_speaker_who_speaks_of_themselves_reports_nobody(source):
    text = f"{source} said yes."
    at = len(source)
    inner = attribution(source=[(0, at)], cue=[(at + 1, at + 5)], content=[(at + 6, at + 9)])
    assert keep_nested(text, [inner], []) == []


def test_a_cue_without_a_source_inside_a_content_is_not_kept():
    assert keep_nested("was said yes", [attribution(cue=[(4, 8)], content=[(9, 12)])], []) == []


def test_an_attribution_lies_within_the_smallest_content_that_holds_it():
    attributions = [
        attribution(source=[(0, 3)], cue=[(4, 8)], content=[(10, 90)]),
        attribution(source=[(10, 13)], cue=[(14, 18)], content=[(20, 80)]),
        attribution(source=[(20, 23)], cue=[(24, 28)], content=[(30, 60)]),
        attribution(source=[(82, 84)], cue=[(84, 86)], content=[(87, 90)]),
        attribution(source=[(92, 94)], cue=[(94, 96)], content=[(97, 99)]),
    ]
    assert find_outer(attributions) == [None, 0, 1, 0, None]


def test_a_source_may_stand_outside_the_content_that_holds_its_cue():
    outer = attribution(cue=[(4, 8)], content=[(10, 40)])
    inner = attribution(source=[(0, 3)], cue=[(12, 14)], content=[(15, 20)])
    assert find_outer([inner, outer]) == [1, None]


def test_an_outer_content_may_stand_before_its_cue():
    inner = attribution(source=[(2, 5)], cue=[(6, 8)], content=[(9, 20)])
    outer = attribution(source=[(30, 33)], cue=[(34, 38)], content=[(0, 28)])
    assert find_outer([outer, inner]) == [None, 0]


def test_two_of_the_same_words_do_not_nest():
    same = attribution(content=[(0, 9)])
    assert find_outer([same, same]) == [None, None]


def test_an_attribution_that_is_partly_outside_does_not_nest():
    outer = attribution(cue=[(0, 4)], content=[(5, 20)])
    assert find_outer([outer, attribution(cue=[(6, 8)], content=[(10, 30)])]) == [None, None]


SPANS = st.tuples(st.integers(0, 40), st.integers(1, 25)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(roles=st.lists(st.tuples(st.lists(SPANS, max_size=1), st.lists(SPANS, max_size=1), SPANS), max_size=12))
def test_nesting_is_the_same_as_when_every_pair_is_tried_and_has_no_cycles(roles):
    made = [attribution(source=source, cue=cue, content=[content]) for source, cue, content in roles]
    attributions = sorted(made, key=position)
    outer = find_outer(attributions)
    assert outer == [smallest_holder(attributions, index) for index in range(len(attributions))]
    for start in range(len(outer)):
        seen, at = set(), start
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = outer[at]


def smallest_holder(attributions, index):
    inner = attributions[index]
    parts, size = (*inner.cue, *inner.content), inner.content[0].size
    holders = [
        (other.content[0].size, number)
        for number, other in enumerate(attributions)
        if other.content[0].size > size and all(other.content[0].contains(part) for part in parts)
    ]
    return min(holders)[1] if holders else None
