"""Where those who might be meant are mentioned near a source: what the ranker's network reads besides the features."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import chain
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
FORM_AT: Final = {form: at for at, form in enumerate(FORMS)}
BUCKET_AT: Final = (BUCKETS - 1, *(min(int(2 * math.log2(mentions)), BUCKETS - 2) for mentions in range(1, REACH + 1)))
"""By how many mentions one stands before the query; the first is for those behind it."""


def sightings_of(discourse: Discourse, vectors: Vectors, query: Query, candidates: Sequence[Candidate]) -> Sightings:
    """Return where the candidates of a query are mentioned near it.

    Somebody made up of several is mentioned where its members are.
    """
    owners = _owners(candidates)
    at = discourse.index_at(query.span.start)
    sentence = discourse.sentence_at(query.span.start)
    spans: list[Span] = []
    places: list[int] = []
    whose: list[tuple[int, int]] = []
    room: dict[int | None, int] = dict.fromkeys(owners, MOST)
    occurrences = discourse.occurrences
    for index in _around(discourse, query, at, sentence):
        occurrence = occurrences[index]
        referent = occurrence.referent
        if referent is None or not room.get(referent):
            continue
        room[referent] -= 1
        whose.extend((owner, len(spans)) for owner in owners[referent])
        spans.append(occurrence.span)
        places += _place(occurrence, at - index, sentence - occurrence.sentence)
    cue, content = query.cue or (query.span,), query.content or (query.span,)
    edges = vectors.edges([query.span, cue[0], content[0], *spans])
    return Sightings(
        read=vectors.read,
        query=edges[:3],
        mentions=edges[3:],
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


def _around(discourse: Discourse, query: Query, at: int, sentence: int) -> Iterable[int]:
    """Return the occurrences behind a query in its sentence, and those before it, the nearest first."""
    occurrences = discourse.occurrences
    ahead = (index for index in discourse.ahead(at, sentence, AHEAD) if occurrences[index].span != query.span)
    return chain(ahead, range(at - 1, max(-1, at - 1 - REACH), -1))


def _place(occurrence: Occurrence, mentions: int, sentences: int) -> tuple[int, ...]:
    """Return what the network is told of a mention's place, so many mentions and sentences before the query."""
    return (
        FORM_AT[occurrence.form],
        BUCKET_AT[max(0, mentions)],
        min(max(sentences, -1), BUCKETS - 2) + 1,
        int(occurrence.quoted),
        int(mentions <= 0),
    )


def _matrix(whose: Sequence[tuple[int, int]], candidates: int, mentions: int) -> Floats:
    matrix = np.zeros((candidates, mentions), np.float32)
    for owner, mention in whose:
        matrix[owner, mention] = 1
    return matrix
