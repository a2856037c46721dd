"""Pull quotes: those that only repeat the story are told from those that say more."""

from __future__ import annotations

import pytest

from onrecord.document import Zone
from onrecord.layout.pullquotes import MOST, repeated_pullquotes


def lay_out(*pieces):
    """A text of pieces, each its kind and words."""
    text, zones = "", []
    for kind, words in pieces:
        zones.append(Zone(kind=kind, start=len(text), end=len(text) + len(words)))
        text += f"{words}\n\n"
    return text, zones


@pytest.mark.parametrize(
    ("pull", "repeated"),
    [
        ("“They begged them in writing”", True),
        ("'THEY BEGGED THEM'", False),
        ("“They begged them on the phone”", False),
        ("“They begged them in writing” — Bethan Rooke", False),
        ("“told to mind their own business”", False),
        ("…", False),
    ],
)
def test_a_pull_quote_is_repeated_where_one_part_of_the_story_has_its_words_in_their_order(pull, repeated):
    text, zones = lay_out(
        ("body", "Quy said no."),
        ("pullquote", pull),
        ("body", "“They begged them in writing, and were told"),
        ("caption", "Rooke"),
        ("body", "to mind their own business,” Rooke said."),
    )
    assert repeated_pullquotes(text, zones) == ([zones[1].span] if repeated else [])


def test_a_page_of_pull_quotes_is_looked_through_only_so_far():
    text, zones = lay_out(("body", "We go."), *[("pullquote", "We go.")] * (MOST + 1))
    assert len(repeated_pullquotes(text, zones)) == MOST
