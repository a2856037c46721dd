"""Where those who might be meant are mentioned near a source: what the ranker's network reads besides the features."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from onrecord.document import Span
from onrecord.model.scores import BUCKETS, Floats, Sightings
from onrecord.speakers.antecedents import FORMS
from onrecord.speakers.discourse import Discourse, Occurrence
from onrecord.speakers.features import Candidate, Query
from onrecord.speakers.vectors import Vectors

REACH: Final = 400
"""Earlier occurrences that are looked through."""
AHEAD: Final = 4
"""Later ones, in the same sentence."""
MOST: Final = 10
"""Mentions of one candidate, the nearest first."""


def sightings_of(discourse: Discourse, vectors: Vectors, query: Query, candidates: Sequence[Candidate]) -> Sightings:
    """Return where the candidates of a query are mentioned near it.

    Somebody made up of several is mentioned where its members are.
    """
    owners = _owners(candidates)
    at = discourse.index_at(query.span.start)
    sentence = discourse.sentence_at(query.span.start)
    spans: list[Span] = []
    places: list[tuple[int, ...]] = []
    whose: list[tuple[int, int]] = []
    counts: dict[int, int] = {}
    for index, occurrence in _around(discourse, query, at, sentence):
        referent = occurrence.referent
        if referent is None or referent not in owners or counts.get(referent, 0) == MOST:
            continue
        counts[referent] = counts.get(referent, 0) + 1
        whose.extend((owner, len(spans)) for owner in owners[referent])
        spans.append(occurrence.span)
        places.append(_place(occurrence, at - index, sentence - occurrence.sentence))
    cue, content = query.cue or (query.span,), query.content or (query.span,)
    return Sightings(
        read=vectors.read,
        query=vectors.edges([query.span, cue[0], content[0]]),
        mentions=vectors.edges(spans),
        places=np.array(places, dtype=np.int64).reshape(-1, 5),
        whose=_matrix(whose, len(candidates), len(spans)),
    )


def _owners(candidates: Sequence[Candidate]) -> dict[int, list[int]]:
    """Return for each referent the candidates whose mentions its mentions are."""
    owners: dict[int, list[int]] = {}
    for at, candidate in enumerate(candidates):
        if candidate.referent is not None:
            for index in (candidate.referent.index, *candidate.referent.members):
                owners.setdefault(index, []).append(at)
    return owners


def _around(discourse: Discourse, query: Query, at: int, sentence: int) -> Iterator[tuple[int, Occurrence]]:
    """Yield the occurrences behind a query in its sentence, and those before it, the nearest first."""
    occurrences = discourse.occurrences
    for index in discourse.ahead(at, sentence, AHEAD):
        if occurrences[index].span != query.span:
            yield index, occurrences[index]
    for index in range(at - 1, max(-1, at - 1 - REACH), -1):
        yield index, occurrences[index]


def _place(occurrence: Occurrence, mentions: int, sentences: int) -> tuple[int, ...]:
    """Return what the network is told of a mention's place, so many mentions and sentences before the query."""
    ahead = mentions <= 0
    return (
        FORMS.index(occurrence.form),
        BUCKETS - 1 if ahead else min(int(2 * math.log2(mentions)), BUCKETS - 2),
        min(max(sentences, -1), BUCKETS - 2) + 1,
        int(occurrence.quoted),
        int(ahead),
    )


def _matrix(whose: Sequence[tuple[int, int]], candidates: int, mentions: int) -> Floats:
    matrix = np.zeros((candidates, mentions), np.float32)
    for owner, mention in whose:
        matrix[owner, mention] = 1
    return matrix
