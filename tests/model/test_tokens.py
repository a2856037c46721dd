"""Text to word pieces: each knows its characters, and what the eye sees of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.document import Span
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.model.tokens import FEATURES, QUOTED, SHAPES, SPACED, tokenize
from strategies import hostile_texts


def tokens_of(text, model, *, quoted=()):
    (tokens,) = tokenize(text, [Span(0, len(text))], quoted, model.tokenizer)
    return tokens


def pieces_of(text, model):
    tokens = tokens_of(text, model)
    return [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]


def feature(shape, *, quoted=False, spaced=True):
    return (SHAPES.index(shape) * len(QUOTED) + quoted) * len(SPACED) + spaced


def test_a_piece_names_its_characters_of_the_document(model):
    text = "First.\n\nRuiz said no."
    first, second = tokenize(text, find_paragraphs(text), [], model.tokenizer)
    assert [text[start:end] for start, end in zip(first.starts, first.ends, strict=True)] == ["First", "."]
    assert text[second.starts[0] : second.ends[-1]] == "Ruiz said no."


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("café, said", ["café", ",", "said"]),
        ("cafe\u0301, said", ["cafe\u0301", ",", "said"]),  # decomposed, as texts from macOS are
        ("so ❤\ufe0f, said", ["so", "❤\ufe0f", ",", "said"]),
        ("a \U0001f600 b", ["a", "\U0001f600", "b"]),
        ("no\u200b way", ["no", "way"]),
    ],
)
def test_a_piece_keeps_what_combines_with_it(model, text, pieces):
    assert pieces_of(text, model) == pieces


def test_the_eye_sees_case_digits_and_marks(model):
    tokens = tokens_of("the Mayor NATO 12 ,", model)
    wanted = [feature(shape) for shape in ("lower", "title", "upper", "digit", "mark")]
    assert tokens.features[[0, 1, 2, -2, -1]].tolist() == wanted


def test_the_eye_sees_what_is_quoted_and_what_is_joined(model):
    text = "said “no”."
    tokens = tokens_of(text, model, quoted=[Span(6, 8)])
    assert tokens.features.tolist() == [
        feature("lower"),
        feature("mark"),
        feature("lower", quoted=True, spaced=False),
        feature("mark", spaced=False),
        feature("mark", spaced=False),
    ]


def test_a_paragraph_without_letters_or_marks_has_no_pieces(model):
    assert len(tokens_of("\u200b\ufeff\u0301", model)) == 0


def test_a_paragraph_is_read_the_same_alone_and_among_others(model):
    text = "“No,” Ruiz said.\nNobody asked.\n“Why not?” he added."
    paragraphs, quoted = find_paragraphs(text), [each.inner for each in outermost(text, pair_quotemarks(text))]
    together = tokenize(text, paragraphs, quoted, model.tokenizer)
    for paragraph, tokens in zip(paragraphs, together, strict=True):
        (alone,) = tokenize(text, [paragraph], quoted, model.tokenizer)
        assert (alone.ids.tolist(), alone.features.tolist()) == (tokens.ids.tolist(), tokens.features.tolist())
        assert (alone.starts.tolist(), alone.ends.tolist()) == (tokens.starts.tolist(), tokens.ends.tolist())


def check_offsets(text, tokenized, paragraphs):
    for tokens, paragraph in zip(tokenized, paragraphs, strict=True):
        spans = [Span(*pair) for pair in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]
        assert all(paragraph.contains(span) and span.of(text).strip() for span in spans)
        # Pieces of one letter (Hangul is taken apart) share its place; else none reaches into the next.
        assert all(one.end <= other.start or one == other for one, other in pairwise(spans))
        assert all(0 <= feature < FEATURES for feature in tokens.features.tolist())


@given(text=hostile_texts())
def test_pieces_of_any_text_lie_in_their_paragraph_in_order(model, text):
    paragraphs, quoted = find_paragraphs(text), [each.inner for each in outermost(text, pair_quotemarks(text))]
    check_offsets(text, tokenize(text, paragraphs, quoted, model.tokenizer), paragraphs)


@given(text=st.text(st.characters(exclude_categories=("Cs", "Z", "Cc")), min_size=1))
def test_pieces_of_any_characters_lie_in_their_paragraph_in_order(model, text):
    paragraphs = [Span(0, len(text))]
    check_offsets(text, tokenize(text, paragraphs, [], model.tokenizer), paragraphs)
