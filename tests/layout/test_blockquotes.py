"""Block quotations: words that stand apart from the story instead of in quotation marks."""

from __future__ import annotations

from onrecord.document import Zone
from onrecord.layout.blockquotes import find_quotations
from onrecord.layout.quotemarks import pair_quotemarks


def quoted(*pieces):
    text, zones = "", []
    for kind, words in pieces:
        zones.append(Zone(kind=kind, start=len(text), end=len(text) + len(words)))
        text += f"{words}\n\n"
    return [quotation.outer.of(text) for quotation in find_quotations(text, zones)]


def test_each_paragraph_of_a_block_is_a_quotation():
    block = ("blockquote", "We go.\nWe said “no”.")
    assert quoted(("body", "She said “never”:"), block) == ["“never”", "We go.", "We said “no”.", "“no”"]


def test_words_with_marks_of_their_own_stand_in_these():
    assert quoted(("blockquote", "“We go.”"), ("blockquote", "“We go, all of us.")) == [
        "“We go.”",
        "“We go, all of us.",
    ]


def test_what_introduces_others_words_in_a_block_is_no_part_of_them():
    assert quoted(("blockquote", "The letter goes on:"), ("blockquote", "We go.")) == ["We go."]


def test_who_signs_a_block_is_no_part_of_it_but_a_dash_may_begin_a_sentence():
    block = ("blockquote", "We go.\n— Mara Ilven, mayor")
    assert quoted(block, ("blockquote", "— We go.")) == ["We go.", "— We go."]


def test_without_blocks_there_are_the_marks():
    text = "She said “no”."
    assert find_quotations(text, [Zone(kind="body", start=0, end=len(text))]) == pair_quotemarks(text)
