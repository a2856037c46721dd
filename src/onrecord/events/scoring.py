"""What the event head says of a sentence: its triggers, their types, and who their parties might be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.attribution.decoding import softmax
from onrecord.attribution.linking import Scorer
from onrecord.document import Span
from onrecord.events.participants import Participant
from onrecord.events.triggers import hints_of
from onrecord.model.scores import EVENT_TYPES, Floats
from onrecord.model.states import SentenceStates
from onrecord.reading import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A word, or several in a row, that may tell of an event among P participants."""

    span: Span
    type: EventType
    probability: float
    """Of telling of an event at all, 0 to 1."""
    actors: Floats
    """[1 + P] the probability of nobody, and of each participant, as its actor."""
    recipients: Floats
    """[1 + P] likewise, as its recipient."""


def find_triggers(
    text: str, states: SentenceStates, participants: Sequence[Participant], scorer: Scorer, *, least: float
) -> list[Trigger]:
    """Return the words of a sentence that tell of an event with a probability of at least ``least``, by place.

    Participants of which nothing is in the states are nobody's parties, and places are no actors.
    """
    parties = np.zeros((len(participants), len(states.starts)), dtype=np.float32)
    for row, each in enumerate(participants):
        tokens = states.tokens_of(each.span)
        if tokens is not None:
            parties[row, tokens] = 1
    if not len(participants):
        return []
    scores = scorer.tell(states.states.astype(np.float32), hints_of(text, states), parties)
    away = np.concatenate([[False], ~parties.any(1)])
    placed = np.concatenate([[False], [each.place for each in participants]]) | away
    return [
        Trigger(
            span=_whole_words(states, first, last),
            type=EVENT_TYPES[kind],
            probability=float(1 - scores.tags[first : last + 1, -1].min()),
            actors=_shares(scores.actors[first : last + 1], placed),
            recipients=_shares(scores.recipients[first : last + 1], away),
        )
        for first, last, kind in _runs(scores.tags, least)
    ]


def _runs(tags: Floats, least: float) -> Iterator[tuple[int, int, int]]:
    """Yield first and last token, and the type, of each run of tokens that tell of an event of one type."""
    telling = 1 - tags[:, -1]
    kinds = tags[:, :-1].argmax(1)
    taken = telling < least
    runs = []
    for peak in np.argsort(-telling, kind="stable"):
        if taken[peak]:
            continue
        first = last = int(peak)
        enough = max(least, telling[peak] / 2)
        while first > 0 and not taken[first - 1] and telling[first - 1] >= enough and kinds[first - 1] == kinds[peak]:
            first -= 1
        while (
            last + 1 < len(tags)
            and not taken[last + 1]
            and telling[last + 1] >= enough
            and kinds[last + 1] == kinds[peak]
        ):
            last += 1
        taken[max(0, first - 1) : last + 2] = True  # words that touch a trigger tell of the same
        runs.append((first, last, int(kinds[peak])))
    yield from sorted(runs)


def _shares(logits: Floats, barred: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    """[N, 1 + P] logits of a run's tokens to the probabilities of the run."""
    mean = np.where(barred, -1e4, logits.mean(0))
    shares: Floats = softmax(mean[None])[0]
    return shares


def _whole_words(states: SentenceStates, first: int, last: int) -> Span:
    while first > 0 and states.starts[first] == states.ends[first - 1]:
        first -= 1
    while last + 1 < len(states.starts) and states.starts[last + 1] == states.ends[last]:
        last += 1
    return Span(int(states.starts[first]), int(states.ends[last]))
