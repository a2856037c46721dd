"""What the event head says of a sentence: its triggers, their types, and who their parties might be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.attribution.decoding import softmax
from onrecord.attribution.linking import Scorer
from onrecord.document import Span
from onrecord.events.cueing import Cue, Cues
from onrecord.events.participants import Participant
from onrecord.events.triggers import hints_of
from onrecord.model.scores import EVENT_TYPES, EventScores, Floats, PartyScores
from onrecord.model.states import SentenceStates
from onrecord.reading import EventType

LEAST: Final = 0.08
"""A word that tells of an event with less probability than this is no trigger, whoever is near."""
Run = tuple[slice, int, Cue | None, bool]
"""Tokens that tell of an event, of which type, the cue that they are, and whether the network took them for it."""
_WORDS: Final = re.compile(r"\w(?:.*\w)?", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A word, or several in a row, that may tell of an event among P participants."""

    span: Span
    tokens: slice
    type: EventType
    probability: float
    """Of telling of an event at all, 0 to 1."""
    known: float
    """The highest weight that the lexicon gives its words, for any type."""
    known_as_this: float
    """The same for its own type."""
    cue: Cue | None
    """The cue of a statement that it is."""
    tagged: bool
    """The network took it for a trigger; otherwise only the cue's class did."""
    actors: Floats
    """[1 + P] the probability of nobody, and of each participant, as its actor."""
    recipients: Floats
    """[1 + P] likewise, as its recipient."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceScores:
    """A sentence that has triggers."""

    span: Span
    participants: Sequence[Participant]
    triggers: tuple[Trigger, ...]
    read: Floats
    """[T, H] what the head made of it."""
    parties: Floats
    """[P, T] 1 for the tokens of each participant."""
    starts: Sequence[int]
    """The first token of each; 0 for those of which nothing is in the states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tagged:
    """A sentence, once it is known which of its words tell of events, and not yet whose."""

    states: SentenceStates
    participants: Sequence[Participant]
    hints: Floats
    told: EventScores
    runs: Sequence[Run]
    parties: Floats
    starts: Sequence[int]
    barred: NDArray[np.bool_]
    """[2, 1 + P] who is no choice, as actor and as recipient."""


def score_sentences(
    text: str, sentences: Sequence[tuple[SentenceStates, Sequence[Participant]]], cues: Cues, scorer: Scorer
) -> list[SentenceScores]:
    """Return those of the sentences that have triggers and name somebody.

    Participants of which nothing is in the states are nobody's parties, and places are no actors. Each network is asked
    about all sentences in a row: its weights, and the code between, then stay in the processor's caches.
    """
    peopled = [(states, participants, hints_of(text, states)) for states, participants in sentences if participants]
    told = [scorer.tell(states.states.astype(np.float32), hints) for states, _, hints in peopled]
    tagged = [
        _tagged(states, participants, hints, answer, runs)
        for (states, participants, hints), answer in zip(peopled, told, strict=True)
        if (runs := _with_cues(states, _runs(answer), cues))
    ]
    asked = [scorer.ask(each.told.read, each.parties) for each in tagged]
    return [_scored(text, each, answer) for each, answer in zip(tagged, asked, strict=True)]


def _tagged(
    states: SentenceStates, participants: Sequence[Participant], hints: Floats, told: EventScores, runs: Sequence[Run]
) -> _Tagged:
    parties = np.zeros((len(participants), len(states.starts)), dtype=np.float32)
    starts: list[int] = []
    barred = [[False], [False]]
    for row, each in enumerate(participants):
        tokens = states.tokens_of(each.span)
        starts.append(0 if tokens is None else tokens.start)
        if tokens is not None:
            parties[row, tokens] = 1
        barred[0].append(tokens is None or each.place)
        barred[1].append(tokens is None)
    return _Tagged(
        states=states,
        participants=participants,
        hints=hints,
        told=told,
        runs=runs,
        parties=parties,
        starts=starts,
        barred=np.array(barred),
    )


def _scored(text: str, tagged: _Tagged, asked: PartyScores) -> SentenceScores:
    telling = _telling(tagged.told)
    actors, recipients = _shares(asked, tagged.runs, tagged.barred)
    triggers = tuple(
        [
            Trigger(
                span=_whole_words(text, tagged.states, run),
                tokens=run,
                type=EVENT_TYPES[kind],
                probability=max(telling[run].tolist()),
                known=float(tagged.hints[run].max()),
                known_as_this=max(tagged.hints[run, kind].tolist()),
                cue=cue,
                tagged=by_network,
                actors=actors[at],
                recipients=recipients[at],
            )
            for at, (run, kind, cue, by_network) in enumerate(tagged.runs)
        ]
    )
    return SentenceScores(
        span=tagged.states.span,
        participants=tagged.participants,
        triggers=triggers,
        read=tagged.told.read,
        parties=tagged.parties,
        starts=tagged.starts,
    )


def _telling(told: EventScores) -> Floats:
    """Return [T] how likely each token tells of any event."""
    telling: Floats = 1 - told.tags[:, -1]
    return telling


def _runs(told: EventScores) -> list[tuple[slice, int]]:
    """Return the runs of tokens around the likeliest ones that tell of an event of one type, by place, and the type."""
    telling = _telling(told)
    likely = np.flatnonzero(telling >= LEAST)
    if not len(likely):
        return []
    # Few tokens are left: for each step over them, numpy takes longer than Python for all.
    open_ = dict(zip(likely.tolist(), telling[likely].tolist(), strict=True))
    kinds = told.tags[:, :-1].argmax(1).tolist()
    runs: list[tuple[int, int, int]] = []
    for peak in sorted(open_, key=open_.__getitem__, reverse=True):
        if peak not in open_:
            continue
        least = open_[peak] / 2
        first = last = peak
        while open_.get(first - 1, 0.0) >= least and kinds[first - 1] == kinds[peak]:
            first -= 1
        while open_.get(last + 1, 0.0) >= least and kinds[last + 1] == kinds[peak]:
            last += 1
        for at in range(first - 1, last + 2):  # words that touch a trigger tell of the same
            open_.pop(at, None)
        runs.append((first, last + 1, kinds[peak]))
    return [(slice(first, end), kind) for first, end, kind in sorted(runs)]


def _with_cues(states: SentenceStates, runs: Sequence[tuple[slice, int]], cues: Cues) -> list[Run]:
    """Return the runs with the cues that they are, and the cues of a telling class that no run touches, by place."""
    places = [(tokens, cue) for cue in cues.within(states.span) if (tokens := states.tokens_of(cue.span)) is not None]
    found: list[Run] = []
    for run, kind in runs:
        cue = next((cue for tokens, cue in places if tokens.start < run.stop and run.start < tokens.stop), None)
        found.append((run, kind, cue, True))
    for tokens, cue in places:
        touched = any(tokens.start < run.stop and run.start < tokens.stop for run, *_ in found)
        if cue.type is not None and not touched:
            found.append((tokens, EVENT_TYPES.index(cue.type), cue, False))
    return sorted(found, key=lambda each: each[0].start)


def _shares(logits: PartyScores, runs: Sequence[Run], barred: NDArray[np.bool_]) -> Floats:
    """Scores of a sentence's tokens to [2, R, 1 + P] probabilities, as actor and as recipient, of R runs of them."""
    rows = [
        each[run].mean(0) if run.stop - run.start > 1 else each[run.start]
        for each in (logits.actors, logits.recipients)
        for run, *_ in runs
    ]
    means = np.concatenate(rows).reshape(2, len(runs), -1)
    return softmax(np.where(barred[:, None], np.float32(-1e4), means))


def _whole_words(text: str, states: SentenceStates, run: slice) -> Span:
    """Return the words that a run of tokens is part of, without the marks around them: "resign", not "resign."."""
    first, last = run.start, run.stop - 1
    while first > 0 and states.starts[first] == states.ends[first - 1]:
        first -= 1
    while last + 1 < len(states.starts) and states.starts[last + 1] == states.ends[last]:
        last += 1
    start, end = states.starts[first], states.ends[last]
    words = _WORDS.search(text, start, end)
    return Span(*words.span()) if words is not None else Span(start, end)
