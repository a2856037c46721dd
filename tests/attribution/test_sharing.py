"""A piece of content that two cues claim belongs to one of them."""

from __future__ import annotations

from onrecord.attribution.linking import Attribution
from onrecord.attribution.sharing import part_shared
from onrecord.document import Span
from onrecord.reading import Evidence

EVIDENCE = Evidence(cue_score=1.0, source_score=1.0, content_score=1.0, rule="linked")


def parted(text, *attributions):
    """The contents that are left of attributions, each given as its cue and the pieces of its content."""

    def pin(words):
        return Span(text.index(words), text.index(words) + len(words))

    given = [
        Attribution(
            source=(),
            cue=(pin(cue),) if cue else (),
            content=tuple(pin(piece) for piece in pieces),
            confidence=0.5,
            evidence=EVIDENCE,
        )
        for cue, *pieces in attributions
    ]
    return [[span.of(text) for span in each.content] for each in part_shared(text, given)]


def test_words_behind_a_second_cue_are_its_own():
    text = "The mill will close, Toren said. “We tried,” she added, “and we failed.”"
    assert parted(
        text, ("said", "The mill will close", "“and we failed.”"), ("added", "“We tried,”", "“and we failed.”")
    ) == [["The mill will close"], ["“We tried,”", "“and we failed.”"]]


def test_who_has_nothing_else_keeps_a_piece_however_far_it_is():
    text = "Asked how the work was going and whether it would ever end, Toren said: how, indeed."
    shared = "how the work was going"
    assert parted(text, ("Asked", shared), ("said", shared, "how, indeed")) == [[shared], ["how, indeed"]]


def test_a_cue_in_the_same_line_is_nearer_than_one_in_the_line_before():
    text = "“It sank,” ― Ada Quill\n“It was old, and nobody had looked at it for years,” ― Teo Brandt wrote"
    first, second = "“It sank,”", "“It was old, and nobody had looked at it for years,”"
    assert parted(text, ("―", first, second), ("wrote", second, "Teo Brandt")) == [[first], [second, "Teo Brandt"]]


def test_both_keep_what_is_all_that_they_have():
    text = "Quill opposed the levy, which never became law."
    assert parted(text, ("opposed", "the levy"), ("never became law", "the levy")) == [["the levy"], ["the levy"]]


def test_a_quotation_without_a_cue_gives_way():
    text = "“It sank,” Quill said. “It was old.” “Very.”"
    assert parted(text, ("", "“It was old.”", "“Very.”"), ("said", "“It sank,”", "“It was old.”")) == [
        ["“Very.”"],
        ["“It sank,”", "“It was old.”"],
    ]
