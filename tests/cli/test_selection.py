"""Leaving out what is not sure enough."""

from __future__ import annotations

from dataclasses import replace

from onrecord.cli.selection import sure_enough
from onrecord.document import Span
from onrecord.reading import Event, EventMention


def test_nothing_is_left_out_at_zero(harbour):
    assert sure_enough(harbour, 0.0) is harbour


def test_only_the_sure_ones_stay(harbour):
    kept = sure_enough(harbour, 0.9).statements
    assert kept
    assert all(statement.confidence >= 0.9 for statement in kept)


def test_what_was_inside_one_left_out_points_at_the_next_outer_one(harbour):
    model = harbour.statements[0]
    chain = (
        replace(model, id="a", confidence=0.9),
        replace(model, id="b", within="a", confidence=0.1),
        replace(model, id="c", within="b", continues="b", confidence=0.9),
    )
    first, last = sure_enough(replace(harbour, statements=chain), 0.5).statements
    assert (first.id, last.id, last.within, last.continues) == ("a", "c", "a", None)


def test_an_event_that_the_outlet_tells_too_stays_without_the_statement_that_told_it_first(harbour):
    doubtful = replace(harbour.statements[0], id="s1", confidence=0.1)
    claimed = Event(
        id="v1", type="REJECT", actors=("e1",), span=Span(0, 9), trigger=Span(0, 3), claimed_in="s1", confidence=0.9
    )
    own = EventMention(span=Span(20, 40), trigger=Span(25, 30))
    told_twice = replace(
        claimed, id="v2", also=(own, EventMention(span=Span(50, 60), trigger=Span(50, 55), claimed_in="s1"))
    )
    [kept] = sure_enough(replace(harbour, statements=(doubtful,), events=(claimed, told_twice)), 0.5).events
    assert (kept.id, kept.span, kept.trigger, kept.claimed_in, kept.also) == ("v2", own.span, own.trigger, None, ())
