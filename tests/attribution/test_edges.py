"""The edges of a content: marks come along with the words that they enclose, and pieces without a word go."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.attribution.edges import square_edges
from onrecord.attribution.endings import DANGLING
from onrecord.attribution.linking import Attribution
from onrecord.document import Span
from onrecord.layout.quotemarks import pair_quotemarks
from onrecord.reading import Evidence
from strategies import hostile_texts

EVIDENCE = Evidence(cue_score=1.0, source_score=1.0, content_score=1.0, rule="linked")


def attribution(*content):
    return Attribution(source=(), cue=(Span(0, 0),), content=content, confidence=0.5, evidence=EVIDENCE)


def squared(text, *pieces):
    """The content that is left of pieces, given and returned as words."""
    content = tuple(Span(text.index(words), text.index(words) + len(words)) for words in pieces)
    found = square_edges(text, [attribution(*content)], pair_quotemarks(text))
    return [[span.of(text) for span in each.content] for each in found]


@pytest.mark.parametrize(
    ("text", "piece", "kept"),
    [
        ("“We go,” she said.", "We go,", "“We go,”"),
        ("''We go,'' she said.", "We go,", "''We go,''"),
        ("''We go,'' she said.", "'We go,'", "''We go,''"),  # cut in the middle of a mark
        ("“We go,” she said.", "“We go,", "“We go,”"),
        ("“We go. We run.”", "We run.", "We run.”"),
        ("“We go. We run.” She left.", "go", "go"),
        ("She said they go “at once”.", "they go “at once", "they go “at once”"),
        ("“We go. Nobody closed this", "We go. Nobody closed this", "“We go. Nobody closed this"),
    ],
)
def test_the_marks_around_quoted_words_come_along(text, piece, kept):
    assert squared(text, piece) == [[kept]]


@pytest.mark.parametrize(
    ("text", "pieces", "kept"),
    [
        ("“We go. We run.”", ["We go."], ["“We go. We run.”"]),
        ("“We won't go, Mira,” he said.", ["“We won't go"], ["“We won't go, Mira,”"]),
        ("“We won't go, Mira,” he said.", ["“We won't go", "ira,”"], ["“We won't go, Mira,”"]),
        ("He said: ‘We go. We run.’", ["We go."], ["‘We go. We run.’"]),
        ("He saw ‘the brothers’ quay’ there.", ["the brothers"], ["‘the brothers"]),
        ("“We go. We run, and nobody closed it.", ["We go."], ["“We go."]),
    ],
)
def test_a_content_that_begins_a_quotation_goes_on_to_its_closing_mark(text, pieces, kept):
    assert squared(text, *pieces) == [kept]


def test_a_content_ends_before_a_source_and_a_cue_inside_its_quotation():
    text = "“They go, Quy says. We run,” he said."
    says = Attribution(
        source=(Span(10, 13),), cue=(Span(14, 18),), content=(Span(1, 8),), confidence=0.5, evidence=EVIDENCE
    )
    (found,) = square_edges(text, [says], pair_quotemarks(text))
    assert found.content[0].of(text) == "“They go"


@pytest.mark.parametrize(
    ("text", "piece", "kept"),
    [
        ("According to Quy, the mayor, they go.", ", they go", "they go"),
        ("He has a new phrase, “they go,” for it.", ", “they go,", "“they go,”"),
        ("Quy said, they go.", " they go", " they go"),
    ],
)
def test_no_content_begins_with_a_comma(text, piece, kept):
    assert squared(text, piece) == [[kept]]


def test_a_piece_without_a_word_goes():
    assert squared("“We go”, she said. —", "We go", "—") == [["“We go”"]]


def test_an_attribution_without_a_word_of_content_goes():
    assert squared("She said: — …", "— …") == []


def test_pieces_that_meet_at_their_marks_are_one():
    assert squared("“We go”“We run”", "We go", "We run") == [["“We go”“We run”"]]
    assert squared("“We go” “We run”", "We go", "We run") == [["“We go”", "“We run”"]]


def test_a_mark_that_the_cue_has_is_left_to_it():
    text = "Quy said: “We go.”"
    said = Attribution(
        source=(), cue=(Span(4, 11),), content=(Span(11, len(text) - 1),), confidence=0.5, evidence=EVIDENCE
    )
    (found,) = square_edges(text, [said], pair_quotemarks(text))
    assert (found.cue[0].of(text), found.content[0].of(text)) == ("said: “", "We go.”")


@given(text=hostile_texts(), data=st.data())
def test_pieces_stay_in_the_text_in_order_and_apart_and_lose_no_word_but_of_a_phrase_that_breaks_off(text, data):
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pieces = tuple(Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=False))
    for each in square_edges(text, [attribution(*pieces)] if pieces else [], pair_quotemarks(text)):
        ends = [0, *(piece.end for piece in each.content)]
        assert all(end <= piece.start < piece.end <= len(text) for end, piece in zip(ends, each.content, strict=False))
        kept = {offset for piece in each.content for offset in range(*piece)}
        whole = (piece for piece in pieces if not breaks_off(text, piece))
        assert {offset for piece in whole for offset in range(*piece) if text[offset].isalnum()} <= kept


def breaks_off(text, piece):
    """Whether a piece, with the rest of its last word, ends in words that nothing ends in: what is lost of it."""
    word = re.compile(r"\w*").match(text, piece.end)
    return DANGLING.search(text[: word.end()]) is not None


def test_a_dateline_or_a_credit_is_cut_off_the_content():
    text = "QUAYSIDE — The ferry will stop, she said. (Photo: J. Orr)"
    silent = [Span(0, 11), Span(text.index("(Photo"), len(text))]
    said = attribution(Span(0, text.index(", she")), Span(text.index("she"), len(text)))
    (found,) = square_edges(text, [said], [], silent=silent)
    assert [span.of(text) for span in found.content] == ["The ferry will stop", "she said."]


def test_a_content_that_is_all_dateline_is_dropped():
    text = "QUAYSIDE — The ferry will stop."
    assert square_edges(text, [attribution(Span(0, 8))], [], silent=[Span(0, 11)]) == []


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("She wrote:\n\n> We are grateful.", "We are grateful."),
        ("She wrote:\n> > We are grateful.", "We are grateful."),
        ("She wrote: 5 > 3 is known.", "> 3 is known."),
    ],
)
def test_the_mark_of_a_block_quotation_is_none_of_its_words(text, content):
    assert squared(text, text[text.index(">") :]) == [[content]]


def parted(text, source, cue, content, silent=()):
    """The parts that are left of an attribution, given and returned as words."""
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in (source, cue, content)]
    given_ = Attribution(source=(spans[0],), cue=(spans[1],), content=(spans[2],), confidence=0.5, evidence=EVIDENCE)
    (found,) = square_edges(text, [given_], pair_quotemarks(text), silent=silent)
    return [span.of(text) for span in (*found.source, *found.cue, *found.content)]


def test_parts_are_of_whole_words_where_the_network_cuts_a_word_in_pieces():
    text = "An official said on condition of anonymity that Ostravia would pay."
    assert parted(text, "official", "said on condition of anony", "via would pay") == [
        "official",
        "said on condition of anonymity",
        "Ostravia would pay",
    ]


def test_a_part_does_not_grow_into_another():
    assert parted("They go,saidIlven.", "Ilven", "said", "They go,") == ["Ilven", "said", "They go,"]


def test_a_source_is_none_of_the_dateline():
    text = "OSLUND — Arkadi Beloz says he is nobody."
    assert parted(text, "OSLUND — Arkadi Beloz", "says", "he is nobody", silent=[Span(0, 8)])[0] == "Arkadi Beloz"
    assert parted(text, "OSLUND", "says", "he is nobody", silent=[Span(0, 8)])[0] == "OSLUND"


@pytest.mark.parametrize(
    ("text", "source", "cue", "left"),
    [
        ("Nobody hit Drenia. Vyhal said: Good morning", "Drenia. Vyhal", "said", "Vyhal"),
        ("Good morning, said Lt. Gen. Vyhal. The war goes on", "Lt. Gen. Vyhal. The war", "said", "Lt. Gen. Vyhal."),
        ("U.S. Sen. Ada Held said: Good morning", "U.S. Sen. Ada Held", "said", "U.S. Sen. Ada Held"),
        ("Sen. @Held says: Good morning", "Sen. @Held", "says", "Sen. @Held"),
        (
            "Orrin (Ill.) Sheriff Quill said: Good morning",
            "Orrin (Ill.) Sheriff Quill",
            "said",
            "Orrin (Ill.) Sheriff Quill",
        ),
        (
            "Held, D-Mich. -- a vote -- said: Good morning",
            "Held, D-Mich. -- a vote --",
            "said",
            "Held, D-Mich. -- a vote --",
        ),
        ("🇩🇷❗️Our sources say: Good morning", "🇩🇷❗️Our sources", "say", "Our sources"),
        ("▪️ The ministry said: Good morning", "▪️ The ministry", "said", "The ministry"),
    ],
)
def test_a_source_stands_in_the_sentence_of_its_cue_and_has_no_emoji(text, source, cue, left):
    assert parted(text, source, cue, "Good morning")[0] == left
