import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.events.asserting import Claims, asserts
from onrecord.reading import Statement

BLANK = "x" * 100


def statement(name, *content, cue=(), cue_class="neutral", form="direct"):
    return Statement(
        id=name,
        form=form,
        source=(),
        cue=cue,
        content=tuple(Span(*span) for span in content),
        cue_class=cue_class,
        negated=False,
        modality="said",
        zone="body",
        confidence=0.9,
    )


def told(text, cue, content, cue_class):
    places = [Span(text.index(words), text.index(words) + len(words)) for words in (cue, content)]
    return statement("s1", places[1], cue=(places[0],), cue_class=cue_class, form="indirect")


def test_what_stands_in_no_content_the_outlet_asserts():
    assert Claims(BLANK, [statement("s1", (10, 50))]).innermost(Span(60, 66)) is None


def test_the_innermost_content_asserts():
    claims = Claims(BLANK, [statement("s1", (10, 90)), statement("s2", (40, 80)), statement("s3", (45, 50))])
    assert claims.innermost(Span(60, 66)) == "s2"


def test_a_content_in_pieces_asserts_what_stands_in_any():
    assert Claims(BLANK, [statement("s1", (0, 10), (30, 60))]).innermost(Span(40, 45)) == "s1"


@pytest.mark.parametrize(
    ("text", "cue", "content", "cue_class", "claimed"),
    [
        ("Ilven said the army bombed the port", "said", "the army bombed the port", "neutral", True),
        ("The army bombed the port, Ilven recalled", "recalled", "The army bombed the port", "neutral", True),
        ("Ilven condemned the bombing of the port", "condemned", "the bombing of the port", "accusing", False),
        ("Ilven accused Norland of bombing the port", "accused", "Norland of bombing the port", "accusing", True),
        ("Ilven praised Norland's raid", "praised", "Norland's raid", "praising", False),
        ("Ilven discussed the raid on the port", "discussed", "the raid on the port", "neutral", False),
        ("Ilven plans to boycott the vote", "plans", "to boycott the vote", "thinking", False),
        ("Ilven urged Norland to arrest them", "urged", "Norland to arrest them", "demanding", True),
        ("Norland denied attacking the port", "denied", "attacking the port", "denying", True),
        ("Ilven regrets that Norland attacked", "regrets", "that Norland attacked", "feeling", True),
        ("Ilven regrets the raid on the port", "regrets", "the raid on the port", "feeling", False),
        ("Ilven has vowed to seize the port", "vowed", "to seize the port", "promising", True),
        ("Ilven sought to seize the port", "sought", "to seize the port", "demanding", False),
        ("Ilven called on Norland to leave", "called on", "Norland to leave", "neutral", True),
        ("The goal of seizing the port", "goal of", "seizing the port", "thinking", False),
        ("Ilven backed a law that has hurt the miners", "backed", "a law that has hurt the miners", "praising", False),
        ("Ilven indicated her support for the raid", "indicated", "her support for the raid", "neutral", True),
        ("Ilven called a meeting with Norland", "called", "a meeting with Norland", "neutral", False),
        ("Ilven called Norland's raid a crime", "called", "Norland's raid a crime", "accusing", True),
        ("Ilven answered, blasting Norland", "answered", "blasting Norland", "neutral", False),
        ("The call to bomb the port has support", "has support", "The call to bomb the port", "praising", False),
        ("Norland raided the port, according to Ilven", "according to", "Norland raided the port", "neutral", True),
    ],
)
def test_a_clause_is_claimed_and_a_thing_that_is_talked_about_is_not(text, cue, content, cue_class, claimed):
    assert asserts(text, told(text, cue, content, cue_class)) == claimed


def test_a_statement_that_was_not_made_claims_nothing_and_a_denial_does():
    text = "Ilven never said that Norland bombed the port"
    said = told(text, "said", "that Norland bombed the port", "neutral")
    assert not asserts(text, dataclasses.replace(said, negated=True))
    assert asserts(text, dataclasses.replace(said, negated=True, cue_class="denying"))


SPANS = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(SPANS, max_size=8), SPANS)
def test_it_is_the_shortest_content_that_holds_the_trigger(contents, trigger):
    claims = Claims(BLANK, [statement(f"s{at}", span) for at, span in enumerate(contents)])
    found = claims.innermost(Span(*trigger))
    holding = [span for span in contents if span[0] <= trigger[0] and trigger[1] <= span[1]]
    if not holding:
        assert found is None
    else:
        start, end = contents[int(found[1:])]
        assert end - start == min(last - first for first, last in holding)
