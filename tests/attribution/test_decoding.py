"""Scores to spans: consistent, exact and never outside what is allowed (TG4)."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from onrecord.attribution.decoding import (
    FAINT,
    LONGEST_SOURCE,
    Cue,
    decode_cues,
    decode_links,
    decode_spans,
    softmax,
)
from onrecord.model.scores import Dials, LinkLogits

OUTSIDE, FIRST, FURTHER = range(3)
SEQUENCES = 10_000


def encode(spans, size, *, certain=8.0):
    """The logits of a sequence that says ``spans``, as the training targets do."""
    logits = np.zeros((size, 3), dtype=np.float32)
    labels = np.zeros(size, dtype=np.int64)
    for first, last in spans:
        labels[first] = FIRST
        labels[first + 1 : last + 1] = FURTHER
    logits[np.arange(size), labels] = certain
    return logits


def random_spans(draw, size):
    """Disjoint spans in order, some of them touching."""
    edges = np.sort(draw.choice(size + 1, size=2 * draw.integers(0, (size + 1) // 2 + 1), replace=False)).tolist()
    spans = [(start, end - 1) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    gaps = [(start, end - 1) for start, end in zip(edges[1::2], edges[2::2], strict=False)]
    return sorted(spans + [gap for gap in gaps if draw.random() < 0.5])


def best_score(logits, allowed):
    """The score of the best consistent label sequence, found by trying every one."""
    size = len(logits)
    sequences = np.array(list(itertools.product(range(3), repeat=size)))
    before = np.concatenate([np.zeros((len(sequences), 1), dtype=int), sequences[:, :-1]], axis=1)
    consistent = ~((sequences == FURTHER) & (before == OUTSIDE)).any(axis=1)
    inside_allowed = ~((sequences != OUTSIDE) & ~allowed).any(axis=1)
    return logits[np.arange(size), sequences].sum(axis=1)[consistent & inside_allowed].max()


def score_of(spans, logits):
    labels = np.zeros(len(logits), dtype=np.int64)
    for first, last in spans:
        labels[first] = FIRST
        labels[first + 1 : last + 1] = FURTHER
    return logits[np.arange(len(logits)), labels].sum()


def test_any_scores_decode_to_spans_in_order_that_do_not_cross_and_are_allowed():
    draw = np.random.default_rng(4)
    for _ in range(SEQUENCES):
        size = int(draw.integers(1, 41))
        logits = draw.normal(scale=draw.choice([0.1, 1, 5, 50]), size=(size, 3)).astype(np.float32)
        allowed = draw.random(size) < draw.choice([0.5, 0.9, 1])
        spans = decode_spans(logits, allowed, bias=float(draw.normal()), start_cost=float(draw.exponential()))
        ends = [-1, *(last for _, last in spans)]
        assert all(end < first <= last < size for end, (first, last) in zip(ends, spans, strict=False))
        assert all(allowed[first : last + 1].all() for first, last in spans)


def test_what_was_encoded_is_decoded():
    draw = np.random.default_rng(41)
    for _ in range(SEQUENCES):
        size = int(draw.integers(1, 41))
        spans = random_spans(draw, size)
        assert decode_spans(encode(spans, size), np.ones(size, dtype=bool), bias=0.0, start_cost=0.0) == spans


def test_no_consistent_sequence_scores_better():
    draw = np.random.default_rng(42)
    for _ in range(600):
        size = int(draw.integers(1, 8))
        logits = draw.normal(scale=2, size=(size, 3)).astype(np.float32)
        bias, cost = float(draw.normal()), float(draw.exponential())
        allowed = draw.random(size) < 0.9
        spans = decode_spans(logits, allowed, bias=bias, start_cost=cost)
        faint = softmax(logits + np.array([0, bias, bias], dtype=np.float32))[:, OUTSIDE] > 1 - FAINT
        weighed = logits + np.array([0, bias - cost, bias], dtype=np.float32)
        assert score_of(spans, weighed) == pytest.approx(best_score(weighed, allowed & ~faint), abs=1e-3)


def test_a_further_token_without_a_first_begins_a_span():
    logits = np.array([[9, 0, 0], [0, 1, 9], [0, 0, 9], [9, 0, 0]], dtype=np.float32)
    assert decode_spans(logits, np.ones(4, dtype=bool), bias=0.0, start_cost=0.0) == [(1, 2)]


def test_two_spans_may_touch():
    assert decode_spans(encode([(0, 1), (2, 2)], 4), np.ones(4, dtype=bool), bias=0.0, start_cost=0.0) == [
        (0, 1),
        (2, 2),
    ]


def test_a_start_cost_joins_what_a_weak_first_token_parts():
    logits = encode([(0, 1)], 4, certain=4.0)
    logits[2:] = [0, 3.0, 2.0], [0, 0, 4.0]
    assert decode_spans(logits, np.ones(4, dtype=bool), bias=0.0, start_cost=0.0) == [(0, 1), (2, 3)]
    assert decode_spans(logits, np.ones(4, dtype=bool), bias=0.0, start_cost=1.5) == [(0, 3)]


def test_a_bias_brings_faint_spans_in():
    logits = np.tile(np.array([2, 0, 1], dtype=np.float32), (3, 1))
    allowed = np.ones(3, dtype=bool)
    assert decode_spans(logits, allowed, bias=0.0, start_cost=0.0) == []
    assert decode_spans(logits, allowed, bias=4.0, start_cost=0.0) == [(0, 2)]


def test_a_cue_ends_where_a_separator_stands():
    logits = encode([(1, 3), (4, 4)], 6)
    words = np.array([False, True, True, False, True, False])
    assert [(cue.first, cue.last) for cue in decode_cues(logits, words, Dials())] == [(1, 2), (4, 4)]


def test_a_cue_is_as_sure_as_its_tokens_are():
    logits = np.log(np.array([[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.4, 0.1, 0.5]], dtype=np.float32))
    (cue,) = decode_cues(logits, np.ones(3, dtype=bool), Dials())
    assert (cue.first, cue.last) == (1, 2)
    assert cue.score == pytest.approx((0.8 + 0.6) / 2, abs=1e-5)


WINDOW = 10
WORDS = np.array([False, *[True] * (WINDOW - 2), False])


def link_logits(*, source=(0, 0), content=(), valid=4.0, certain=8.0):
    """The linker's answer for one cue of a window of ten tokens."""
    start, end = (np.zeros((1, WINDOW), dtype=np.float32) for _ in range(2))
    start[0, source[0]] = end[0, source[1]] = certain
    return LinkLogits(
        source_start=start,
        source_end=end,
        content=encode(content, WINDOW, certain=certain)[None],
        valid=np.array([valid], dtype=np.float32),
    )


def decode_one(logits, *, cue=(3, 3), dials=None, words=WORDS):
    links = decode_links([Cue(first=cue[0], last=cue[1], score=0.9)], logits, words, dials or Dials())
    return links[0] if links else None


def test_a_cue_gets_its_source_and_content():
    link = decode_one(link_logits(source=(1, 2), content=[(4, 6), (8, 8)]))
    assert link.source == (1, 2)
    assert link.content == ((4, 6), (8, 8))
    assert link.valid == pytest.approx(1 / (1 + np.exp(-4.0)))
    assert min(link.source_score, link.content_score, link.edge_score) > 0.98


def test_a_cue_that_points_at_the_start_of_the_window_has_no_source():
    link = decode_one(link_logits(source=(0, 0), content=[(4, 6)]))
    assert link.source is None
    assert link.source_score > 0.98


def test_a_bias_against_no_source_lets_a_weak_one_through():
    logits = link_logits(source=(1, 2), content=[(4, 6)], certain=2.0)
    logits.source_start[0, 0] = logits.source_end[0, 0] = 3.0
    assert decode_one(logits).source is None
    assert decode_one(logits, dials=Dials(no_source_bias=-4.0)).source == (1, 2)


def test_a_source_is_never_the_cue():
    assert decode_one(link_logits(source=(3, 3), content=[(4, 6)]), dials=Dials(no_source_bias=-9.0)).source != (3, 3)


@pytest.mark.parametrize("edges", [(9, 9), (2, 9), (1, 5)])
def test_a_source_stays_in_its_paragraph(edges):
    words = WORDS.copy()
    words[4] = False  # a separator after the fourth word
    link = decode_one(link_logits(source=edges, content=[(6, 7)]), words=words, dials=Dials(no_source_bias=-9.0))
    assert link.source is None or words[link.source[0] : link.source[1] + 1].all()


def test_a_source_is_at_most_60_tokens_long():
    size = LONGEST_SOURCE + 10
    start, end = (np.zeros((1, size), dtype=np.float32) for _ in range(2))
    start[0, 5] = end[0, 5 + LONGEST_SOURCE] = 20
    logits = LinkLogits(
        source_start=start, source_end=end, content=encode([(2, 3)], size)[None], valid=np.ones(1, dtype=np.float32)
    )
    (link,) = decode_links([Cue(first=1, last=1, score=1.0)], logits, np.ones(size, dtype=bool), Dials())
    assert link.source is None or link.source[1] - link.source[0] < LONGEST_SOURCE


def test_a_content_leaves_its_cue_and_its_source_out():
    link = decode_one(link_logits(source=(1, 2), content=[(1, 8)]))
    assert link.content == ((4, 8),)


def test_a_cue_that_the_linker_rejects_is_dropped():
    assert decode_one(link_logits(content=[(4, 6)], valid=-0.1)) is None
    assert decode_one(link_logits(content=[(4, 6)], valid=-0.1), dials=Dials(least_valid=0.4)) is not None


def test_a_cue_without_a_content_is_dropped():
    assert decode_one(link_logits(source=(1, 2))) is None


def test_links_of_random_scores_keep_their_roles_apart():
    draw = np.random.default_rng(43)
    for _ in range(500):
        size = int(draw.integers(3, 40))
        words = draw.random(size) < 0.9
        words[0] = False
        cues = decode_cues(draw.normal(scale=3, size=(size, 3)).astype(np.float32), words, Dials())
        start, end, valid = (
            draw.normal(scale=3, size=shape).astype(np.float32)
            for shape in ((len(cues), size), (len(cues), size), len(cues))
        )
        content = draw.normal(scale=3, size=(len(cues), size, 3)).astype(np.float32)
        logits = LinkLogits(source_start=start, source_end=end, content=content, valid=valid)
        for link in decode_links(cues, logits, words, Dials()):
            spans = [(link.cue.first, link.cue.last), *link.content, *([link.source] if link.source else [])]
            tokens = [token for first, last in spans for token in range(first, last + 1)]
            assert len(tokens) == len(set(tokens))
            assert words[tokens].all()
            assert min(link.valid, link.source_score, link.content_score, link.edge_score) >= 0
            assert max(link.valid, link.source_score, link.content_score, link.edge_score) <= 1 + 1e-6
