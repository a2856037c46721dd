"""What the event head says of a sentence: for each actor and recipient that might be, the types and the trigger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from onrecord.attribution.linking import Scorer
from onrecord.document import Span
from onrecord.events.participants import Participant
from onrecord.model.scores import EVENT_TYPES, Floats
from onrecord.model.states import SentenceStates
from onrecord.reading import EventType

MOST_PARTICIPANTS: Final = 12
"""Of a sentence that names more, the first are asked about: pairs grow with the square."""


class Scored(NamedTuple):
    """A pair that the head takes for an event, more or less."""

    actor: int
    """Index of the participant."""
    recipient: int | None
    type: EventType
    probability: float
    """Of the type, 0 to 1."""
    trigger: Span


def pairs_of(count: int) -> list[tuple[int, int | None]]:
    """Return every ordered pair of participants, and each alone."""
    numbers = range(count)
    return [(a, r) for a in numbers for r in (*numbers, None) if a != r]


def score_pairs(states: SentenceStates, participants: Sequence[Participant], scorer: Scorer) -> list[Scored]:
    """Return the best type of each pair of a sentence's participants, the likeliest pair first."""
    rows = [(index, states.tokens_of(each.span)) for index, each in enumerate(participants[:MOST_PARTICIPANTS])]
    known = [(index, tokens) for index, tokens in rows if tokens is not None]
    pairs = [
        (a, r)
        for a, r in pairs_of(len(known))
        if not participants[known[a][0]].place
        if r is None or not _overlap(participants, known[a][0], known[r][0])
    ]
    if not pairs:
        return []
    size = len(states.starts)
    masks = np.zeros((len(known) + 1, size), dtype=np.float32)  # the last row is nobody's
    for row, (_, tokens) in enumerate(known):
        masks[row, tokens] = 1
    actors = masks[[a for a, _ in pairs]]
    recipients = masks[[len(known) if r is None else r for _, r in pairs]]
    answer = scorer.tell(states.states.astype(np.float32), actors, recipients)
    found = [
        Scored(
            actor=known[a][0],
            recipient=None if r is None else known[r][0],
            type=EVENT_TYPES[int(types.argmax())],
            probability=float(types.max()),
            trigger=_trigger(states, weights),
        )
        for (a, r), types, weights in zip(pairs, answer.types[:, :-1], answer.trigger, strict=True)
    ]
    return sorted(
        found, key=lambda each: (-each.probability, each.actor, -1 if each.recipient is None else each.recipient)
    )


def _overlap(participants: Sequence[Participant], one: int, other: int) -> bool:
    a, b = participants[one].span, participants[other].span
    return a.start < b.end and b.start < a.end


def _trigger(states: SentenceStates, weights: Floats) -> Span:
    """Return the run of word pieces around the heaviest one that weigh at least a third of it, whole words only."""
    best = int(weights.argmax())
    first = last = best
    least = weights[best] / 3
    while first > 0 and weights[first - 1] >= least:
        first -= 1
    while last + 1 < len(weights) and weights[last + 1] >= least:
        last += 1
    while first > 0 and states.starts[first] == states.ends[first - 1]:
        first -= 1
    while last + 1 < len(weights) and states.starts[last + 1] == states.ends[last]:
        last += 1
    return Span(int(states.starts[first]), int(states.ends[last]))
