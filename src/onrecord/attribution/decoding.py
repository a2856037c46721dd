"""Scores of one window to attributions in tokens: label-consistent and by exact search.

A label sequence over outside, first and further tokens (O, B, I) is consistent when no I follows
an O. The best consistent sequence is found by dynamic programming over the islands of tokens that
may lie in a span at all; outside them O is certain enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.model.scores import Dials, Floats, LinkLogits

Bools = NDArray[np.bool_]
TokenSpan = tuple[int, int]
"""First and last token, both included."""

LABELS = 3
"""Outside, first, further."""
FAINT = 0.02
"""Tokens less likely than this to lie in a span are left outside; the search then runs over a tenth of the tokens."""
LONGEST_SOURCE = 60
"""Tokens; the 99.9th percentile of PolNeAR's sources is 41."""
BEST_EDGES = 8
"""Source starts and ends that are tried in pairs; the right one is among the first 8 in all of PolNeAR train."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue in tokens of its window."""

    first: int
    last: int
    score: float
    """Mean probability of its tokens being in a cue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An attribution in tokens of its window."""

    cue: Cue
    source: TokenSpan | None
    content: tuple[TokenSpan, ...]
    valid: float
    """Probability that the cue is one."""
    source_score: float
    """Probability of the source's edges, or of there being none."""
    content_score: float
    """Mean probability of the content's tokens."""
    edge_score: float
    """Least certain token at an edge of the content: how sure its extent is."""
    inside: Floats
    """[T] probability of each token of the window lying in the content."""


def softmax(logits: Floats) -> Floats:
    """Normalise the last axis to probabilities."""
    if logits.shape[-1] == LABELS:  # column by column, numpy takes a fifth of the time that rows of three cost it
        first, second, third = (logits[..., column] for column in range(LABELS))
        powers = np.exp(logits - np.maximum(np.maximum(first, second), third)[..., None])
        total = (powers[..., 0] + powers[..., 1] + powers[..., 2])[..., None]
    else:
        powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
        total = powers.sum(axis=-1, keepdims=True)
    result: Floats = powers / total
    return result


def decode_cues(logits: Floats, words: Bools, dials: Dials) -> list[Cue]:
    """Find the cues of a window.

    Args:
        logits: [T, 3] of outside, first and further token of a cue.
        words: [T] False for [CLS] and [SEP], which lie in no span and end one.
        dials: the tuned biases.
    """
    spans = decode_spans(logits, words, bias=dials.cue_bias, start_cost=0.0)
    if not spans:
        return []
    inside = 1 - softmax(logits)[:, 0]
    return [Cue(first=first, last=last, score=_mean(inside, first, last)) for first, last in spans]


def _mean(values: Floats, first: int, last: int) -> float:
    """Return the mean of a stretch; most cues have one token, and numpy's mean takes forty times as long."""
    return float(values[first] if first == last else values[first : last + 1].mean())


def decode_spans(logits: Floats, allowed: Bools, *, bias: float, start_cost: float) -> list[TokenSpan]:
    """Return the spans of the best consistent label sequence, in order.

    Args:
        logits: [T, 3] of outside, first, further.
        allowed: [T] tokens that may lie in a span.
        bias: added to the logits of first and further.
        start_cost: taken off the logit of first.

    >>> logits = np.log(np.array([[.9, .05, .05], [.1, .8, .1], [.2, .1, .7], [.9, .0501, .0499]], dtype=np.float32))
    >>> decode_spans(logits, np.ones(4, dtype=bool), bias=0.0, start_cost=0.0)
    [(1, 2)]
    """
    return _best_spans(_with_start_cost(logits, bias, start_cost), allowed & _may_lie_in_span(logits, bias))


def _with_start_cost(logits: Floats, bias: float, start_cost: float) -> Floats:
    return logits + np.array([0.0, bias - start_cost, bias], dtype=np.float32)


def _may_lie_in_span(logits: Floats, bias: float) -> Bools:
    """Tell which tokens are not outside for certain, by [..., 3] logits."""
    may: Bools = 1 - softmax(logits + np.array([0.0, bias, bias], dtype=np.float32))[..., 0] >= FAINT
    return may


def _best_spans(logits: Floats, probable: Bools) -> list[TokenSpan]:
    """Return the spans of the best label sequence that lie in the islands of probable tokens, in order."""
    spans: list[TokenSpan] = []
    for low, high in _islands(probable):
        spans.extend((low + first, low + last) for first, last in _best_path(logits[low:high]))
    return spans


def _islands(mask: Bools) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of True; a byte each, they are found as in a text."""
    marks = mask.tobytes()
    start = marks.find(1)
    while start >= 0:
        end = marks.find(0, start)
        end = len(marks) if end < 0 else end
        yield start, end
        start = marks.find(1, end)


def _best_path(logits: Floats) -> list[TokenSpan]:
    """Viterbi over outside / inside; a token inside is first or further, and never further after outside."""
    outside, inside = 0.0, float("-inf")
    back: list[tuple[bool, int]] = []
    for out, first, further in logits.tolist():
        stay = inside + max(first, further)
        enter = outside + first
        starts = 2 if enter >= stay else int(first > further)
        back.append((inside > outside, starts))
        outside, inside = max(outside, inside) + out, max(stay, enter)
    return _trace(back, inside > outside)


def _trace(back: list[tuple[bool, int]], inside: bool) -> list[TokenSpan]:  # noqa: FBT001 - a state of the search
    spans: list[TokenSpan] = []
    last = -1
    for at in range(len(back) - 1, -1, -1):
        came_from_inside, starts = back[at]
        if not inside:
            inside = came_from_inside
            continue
        last = at if last < 0 else last
        if starts:
            spans.append((at, last))
            last = -1
            inside = starts == 1
    return spans[::-1]


def decode_links(cues: list[Cue], logits: LinkLogits, words: Bools, dials: Dials) -> list[Link]:
    """Give each cue its source and content; cues that the linker rejects, or without content, are dropped."""
    valid = 1 / (1 + np.exp(-logits.valid))
    start = softmax(logits.source_start)
    end = softmax(logits.source_end)
    inside_content = 1 - softmax(logits.content)[..., 0]
    may_be_content = _may_lie_in_span(logits.content, dials.content_bias)
    biased = _with_start_cost(logits.content, dials.content_bias, dials.content_start_cost)
    breaks = np.cumsum(~words).tolist()
    links: list[Link] = []
    for index, cue in enumerate(cues):
        if valid[index] < dials.least_valid:
            continue
        source, source_score = _decode_source(start[index], end[index], cue, breaks, dials)
        allowed = words.copy()
        allowed[cue.first : cue.last + 1] = False
        if source is not None:
            allowed[source[0] : source[1] + 1] = False
        spans = _best_spans(biased[index], allowed & may_be_content[index])
        if spans:
            inside = inside_content[index]
            links.append(
                Link(
                    cue=cue,
                    source=source,
                    content=tuple(spans),
                    valid=float(valid[index]),
                    source_score=source_score,
                    content_score=float(np.concatenate([inside[a : b + 1] for a, b in spans]).mean()),
                    edge_score=_edge_score(inside, spans),
                    inside=inside,
                )
            )
    return links


def _decode_source(
    start: Floats, end: Floats, cue: Cue, breaks: Sequence[int], dials: Dials
) -> tuple[TokenSpan | None, float]:
    """Return the best source and its probability; position 0 is "no source", and no source spans two paragraphs.

    ``breaks`` has for each token how many of those up to it, itself among them, are no words.
    """
    none = float(start[0] * end[0])
    starts = np.argsort(-start, kind="stable")[:BEST_EDGES].tolist()
    ends = np.argsort(-end, kind="stable")[:BEST_EDGES].tolist()
    best: tuple[float, TokenSpan] | None = None
    for first, scores in zip(starts, np.outer(start[starts], end[ends]).tolist(), strict=True):
        for last, score in zip(ends, scores, strict=True):
            apart = last < cue.first or first > cue.last
            whole = 0 < first <= last < first + LONGEST_SOURCE and breaks[last] == breaks[first - 1]
            if whole and apart and (best is None or score > best[0]):
                best = (score, (first, last))
    if best is None or none * np.exp(dials.no_source_bias) >= best[0]:
        return None, none**0.5
    return best[1], best[0] ** 0.5


def _edge_score(inside: Floats, spans: list[TokenSpan]) -> float:
    """Return the least certain decision at an edge: the edge token being in, or its outer neighbour being out."""
    scores = [1.0]
    for first, last in spans:
        scores += [float(inside[first]), float(inside[last])]
        if first > 0:
            scores.append(1 - float(inside[first - 1]))
        if last + 1 < len(inside):
            scores.append(1 - float(inside[last + 1]))
    return min(scores)
