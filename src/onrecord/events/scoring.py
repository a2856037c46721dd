"""What the event head says of a sentence: its triggers, their types, and who their parties might be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.attribution.decoding import softmax
from onrecord.attribution.linking import Scorer
from onrecord.document import Span
from onrecord.events.cueing import Cue
from onrecord.events.participants import Participant
from onrecord.events.triggers import hints_of
from onrecord.model.scores import EVENT_TYPES, Floats, PartyScores
from onrecord.model.states import SentenceStates
from onrecord.reading import EventType

LEAST: Final = 0.08
"""A word that tells of an event with less probability than this is no trigger, whoever is near."""
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

    triggers: tuple[Trigger, ...]
    read: Floats
    """[T, H] what the head made of it."""
    parties: Floats
    """[P, T] 1 for the tokens of each participant."""
    starts: Sequence[int]
    """The first token of each; 0 for those of which nothing is in the states."""


def score_sentence(
    text: str, states: SentenceStates, participants: Sequence[Participant], cues: Sequence[Cue], scorer: Scorer
) -> SentenceScores | None:
    """Return the triggers of a sentence, by place; None where it has none or names nobody.

    Participants of which nothing is in the states are nobody's parties, and places are no actors.
    """
    if not participants:
        return None
    hints = hints_of(text, states)
    told = scorer.tell(states.states.astype(np.float32), hints)
    telling = 1 - told.tags[:, -1]
    runs = list(_with_cues(states, _runs(told.tags, telling), cues))
    if not runs:
        return None
    parties = np.zeros((len(participants), len(states.starts)), dtype=np.float32)
    starts: list[int] = []
    barred = np.ones((2, 1 + len(participants)), dtype=np.bool_)
    barred[:, 0] = False
    for row, each in enumerate(participants):
        tokens = states.tokens_of(each.span)
        starts.append(0 if tokens is None else tokens.start)
        if tokens is not None:
            parties[row, tokens] = 1
            barred[:, 1 + row] = (each.place, False)
    actors, recipients = _shares(scorer.ask(told.read, parties), runs, barred)
    triggers = tuple(
        Trigger(
            span=_whole_words(text, states, run),
            tokens=run,
            type=EVENT_TYPES[kind],
            probability=max(telling[run].tolist()),
            known=float(hints[run].max()),
            known_as_this=max(hints[run, kind].tolist()),
            cue=cue,
            tagged=tagged,
            actors=actors[at],
            recipients=recipients[at],
        )
        for at, (run, kind, cue, tagged) in enumerate(runs)
    )
    return SentenceScores(triggers=triggers, read=told.read, parties=parties, starts=starts)


def _runs(tags: Floats, telling: Floats) -> list[tuple[slice, int]]:
    """Return the runs of tokens around the likeliest ones that tell of an event of one type, by place, and the type.

    Args:
        tags: [T, 17] the probability of each type, and of none.
        telling: [T] that of any.
    """
    likely = np.flatnonzero(telling >= LEAST)
    if not len(likely):
        return []
    # Few tokens are left: for each step over them, numpy takes longer than Python for all.
    open_ = dict(zip(likely.tolist(), telling[likely].tolist(), strict=True))
    kinds = tags[:, :-1].argmax(1).tolist()
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


def _with_cues(
    states: SentenceStates, runs: Sequence[tuple[slice, int]], cues: Sequence[Cue]
) -> Iterator[tuple[slice, int, Cue | None, bool]]:
    """Yield the runs with the cues that they are, and the cues of a telling class that no run touches, by place."""
    places = [(tokens, cue) for cue in cues if (tokens := states.tokens_of(cue.span)) is not None]
    found: list[tuple[slice, int, Cue | None, bool]] = []
    for run, kind in runs:
        cue = next((cue for tokens, cue in places if tokens.start < run.stop and run.start < tokens.stop), None)
        found.append((run, kind, cue, True))
    for tokens, cue in places:
        touched = any(tokens.start < run.stop and run.start < tokens.stop for run, *_ in found)
        if cue.type is not None and not touched:
            found.append((tokens, EVENT_TYPES.index(cue.type), cue, False))
    yield from sorted(found, key=lambda each: each[0].start)


def _shares(
    logits: PartyScores, runs: Sequence[tuple[slice, int, Cue | None, bool]], barred: NDArray[np.bool_]
) -> Floats:
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
    start, end = int(states.starts[first]), int(states.ends[last])
    words = _WORDS.search(text, start, end)
    return Span(*words.span()) if words is not None else Span(start, end)
