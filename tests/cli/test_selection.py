"""Leaving out what is not sure enough."""

from __future__ import annotations

from dataclasses import replace

from onrecord.cli.selection import sure_enough


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
