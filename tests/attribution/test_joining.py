"""One attribution where the network tells the same content twice: cues in two pieces, sources told as cues."""

from __future__ import annotations

import pytest

from onrecord.attribution.joining import join_twins
from onrecord.attribution.linking import Attribution
from onrecord.document import Span
from onrecord.reading import Evidence

EVIDENCE = Evidence(cue_score=1.0, source_score=1.0, content_score=1.0, rule="linked")


def joined(text, *attributions):
    """What is left of attributions, each given and returned as the words of source, cue and content."""

    def pin(words):
        return (Span(text.index(words), text.index(words) + len(words)),) if words else ()

    given = [
        Attribution(source=pin(source), cue=pin(cue), content=pin(content), confidence=0.5 + at / 10, evidence=EVIDENCE)
        for at, (source, cue, content) in enumerate(attributions)
    ]
    return [
        tuple(" ".join(span.of(text) for span in part) for part in (each.source, each.cue, each.content))
        for each in join_twins(text, given)
    ]


def test_a_cue_in_two_pieces_is_one():
    text = "Merrow sharply criticized the pier."
    twins = ("Merrow", "sharply", "the pier"), ("Merrow", "criticized", "the pier")
    assert joined(text, *twins) == [("Merrow", "sharply criticized", "the pier")]


def test_a_cue_in_three_pieces_is_one():
    text = "Merrow last year sharply criticized the pier."
    pieces = "last year", "criticized", "sharply"
    assert joined(text, *(("Merrow", piece, "the pier") for piece in pieces)) == [
        ("Merrow", "last year sharply criticized", "the pier")
    ]


def test_a_cue_inside_the_source_of_its_twin_goes():
    text = "Last week, reports began to surface that the pier had sunk."
    content = "that the pier had sunk"
    assert joined(text, ("", "reports", content), ("reports", "began to surface", content)) == [
        ("reports", "began to surface", content)
    ]
    assert joined(text, ("reports", "began to surface", content), ("", "reports", content)) == [
        ("reports", "began to surface", content)
    ]


@pytest.mark.parametrize(
    "twins",
    [
        (("Merrow", "praised", "the pier"), ("Merrow", "blamed", "the harbour")),
        (("Merrow", "praised", "the pier"), ("Ilven", "blamed", "the pier")),
        (("Merrow", "praised", "the pier"), ("Merrow", "blamed", "the pier")),
    ],
)
def test_others_stay_as_they_are(twins):
    text = "Merrow praised the pier, and Ilven blamed the harbour."
    assert joined(text, *twins) == list(twins)


def test_quotations_without_a_cue_stay():
    text = "“It sank.” It was late."
    assert joined(text, ("", "", "“It sank.”"), ("", "", "“It sank.”")) == [("", "", "“It sank.”")] * 2
