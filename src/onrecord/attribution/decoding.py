"""Scores of one window to attributions in tokens: label-consistent and by exact search.

A label sequence over outside, first and further tokens (O, B, I) is consistent when no I follows
an O. The best consistent sequence is found by dynamic programming over the islands of tokens that
may lie in a span at all; outside them O is certain enough.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.model.scores import Dials, Floats, LinkLogits

Bools = NDArray[np.bool_]
TokenSpan = tuple[int, int]
"""First and last token, both included."""

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
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return result


def inside_of(logits: Floats, bias: float = 0.0) -> Floats:
    """Return the probability of each token lying in a span, by [..., 3] logits of outside, first, further.

    Column by column, which takes numpy a fraction of what :func:`softmax` costs it on rows of three.
    """
    outside, first, further = logits[..., 0], logits[..., 1] + bias, logits[..., 2] + bias
    most = np.maximum(np.maximum(outside, first), further)
    power = np.exp(outside - most)
    result: Floats = 1 - power / (power + np.exp(first - most) + np.exp(further - most))
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
    inside = inside_of(logits)
    return [Cue(first=first, last=last, score=mean(inside[first : last + 1])) for first, last in spans]


def mean(values: Floats) -> float:
    """Return the mean of a few values, for which numpy's own takes five times as long."""
    return float(np.add.reduce(values) / len(values))


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
    return _best_spans(_with_start_cost(logits, bias, start_cost), allowed & (inside_of(logits, bias) >= FAINT))


def _with_start_cost(logits: Floats, bias: float, start_cost: float) -> Floats:
    return logits + np.array([0.0, bias - start_cost, bias], dtype=np.float32)


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
        begins, was_inside = first > further, inside > outside
        stay = inside + (first if begins else further)
        enter = outside + first
        enters = enter >= stay
        back.append((was_inside, 2 if enters else int(begins)))
        outside = (inside if was_inside else outside) + out
        inside = enter if enters else stay
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
    starts, ends = softmax(logits.source_start), softmax(logits.source_end)
    inside_contents = inside_of(logits.content)
    may_be_content = words & (inside_of(logits.content, dials.content_bias) >= FAINT)
    biased = _with_start_cost(logits.content, dials.content_bias, dials.content_start_cost)
    breaks = (~words).cumsum().tolist()
    links: list[Link] = []
    for index, cue in enumerate(cues):
        if valid[index] < dials.least_valid:
            continue
        source, source_score = _decode_source(starts[index], ends[index], cue, breaks, dials)
        allowed = may_be_content[index]
        allowed[cue.first : cue.last + 1] = False
        if source is not None:
            allowed[source[0] : source[1] + 1] = False
        spans = _best_spans(biased[index], allowed)
        if spans:
            inside = inside_contents[index]
            pieces = [inside[first : last + 1] for first, last in spans]
            links.append(
                Link(
                    cue=cue,
                    source=source,
                    content=tuple(spans),
                    valid=float(valid[index]),
                    source_score=source_score,
                    content_score=mean(np.concatenate(pieces)),
                    edge_score=_edge_score(inside, spans),
                    inside=inside,
                )
            )
    return links


def _decode_source(
    start: Floats, end: Floats, cue: Cue, breaks: Sequence[int], dials: Dials
) -> tuple[TokenSpan | None, float]:
    """Return the best source and its probability, by [T] probabilities of its edges; position 0 is "no source".

    ``breaks`` has for each token how many of those up to it, itself among them, are no words.
    """
    none = float(start[0] * end[0])
    first, last = int(start.argmax()), int(end.argmax())
    source: TokenSpan | None = (first, last)
    best = float(start[first] * end[last])
    if not _may_be_source(first, last, cue, breaks):  # as in one cue of 25
        source, best = _likeliest_source(start, end, cue, breaks)
    if source is None or none * math.exp(dials.no_source_bias) >= best:
        return None, none**0.5
    return source, best**0.5


def _likeliest_source(start: Floats, end: Floats, cue: Cue, breaks: Sequence[int]) -> tuple[TokenSpan | None, float]:
    """Return the likeliest source of the likeliest starts and ends, with its probability."""
    starts = (-start).argsort(kind="stable")[:BEST_EDGES]
    ends = (-end).argsort(kind="stable")[:BEST_EDGES]
    scores = start[starts][:, None] * end[ends]  # they fall along rows and columns
    best, source = -1.0, None
    for first, row in zip(starts.tolist(), scores.tolist(), strict=True):
        if row[0] <= best:
            break
        for last, score in zip(ends.tolist(), row, strict=True):
            if score <= best:
                break
            if _may_be_source(first, last, cue, breaks):
                best, source = score, (first, last)
    return source, best


def _may_be_source(first: int, last: int, cue: Cue, breaks: Sequence[int]) -> bool:
    """Tell whether a source may run so: of words of one paragraph, apart from the cue."""
    apart = last < cue.first or first > cue.last
    return apart and 0 < first <= last < first + LONGEST_SOURCE and breaks[last] == breaks[first - 1]


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
