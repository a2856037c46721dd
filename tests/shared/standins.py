"""Stand-ins for the network, for tests where it is not the point: one that knows the answers, one that guesses.

Both have the interface of ``onrecord.attribution.linking.Scorer``. They hand the offsets of a window's tokens on to
themselves in the place of its hidden states, so that they hold no state and any number of threads may ask them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
from tokenizers import Tokenizer

from onrecord.document import Span
from onrecord.model.manifest import Manifest
from onrecord.model.scores import (
    EVENT_TYPES,
    NAME_KINDS,
    NOMINAL_KINDS,
    CueScores,
    EventScores,
    Floats,
    LinkLogits,
    MentionScores,
    PairScores,
    PartyScores,
    Sightings,
    WindowScores,
)
from onrecord.model.windows import Window

CERTAIN = 12.0
"""A logit that leaves no doubt: a probability of 0.99999 against two others of 0."""
NAME_TAGS = 1 + 2 * len(NAME_KINDS)
NOMINAL_TAGS = 1 + 2 * len(NOMINAL_KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One attribution of the table: the words of its source, cue and content, each their first place in the text."""

    source: str | None = None
    cue: str
    content: tuple[str, ...]
    within: str | None = None
    """The cue of the attribution whose content holds this one; a network sees it only when that content is reread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A row pinned to the text."""

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    outer_cue: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedScorer:
    """A network that answers from a table."""

    manifest: Manifest
    tokenizer: Tokenizer
    answers: tuple[Answer, ...]
    names: tuple[tuple[Span, str], ...] = ()
    """Names that it tags, each with its kind; it knows no descriptions, and what refers to what it leaves open."""
    version: str = "scripted"

    def tag(self, window: Window) -> WindowScores:
        """Score the tokens of the answers' cues, and those of the names, as certain."""
        offsets = np.stack([window.starts, window.ends], axis=1)
        cues = [answer.cue for answer in self.answers if _is_seen(answer, offsets)]
        mentions = MentionScores(
            names=_tagged(offsets, [(span, NAME_KINDS.index(kind)) for span, kind in self.names], NAME_TAGS),
            nominals=_tagged(offsets, [], NOMINAL_TAGS),
            vectors=np.zeros((len(window), 4 * len(self.manifest.pairing.none)), dtype=np.float16),
            read=np.zeros((len(window), 2), dtype=np.float16),
        )
        return WindowScores(
            hidden=offsets[None].astype(np.float32),
            cue=_tagged(offsets, [(span, 0) for span in cues], 3),
            mentions=mentions,
            lower=np.zeros((len(window), 4), dtype=np.float32),
        )

    def tag_cues(self, window: Window) -> CueScores:
        """Score the tokens of the answers' cues alone."""
        return self.tag(window)

    def link(self, scores: CueScores, cues: Sequence[tuple[int, int]]) -> LinkLogits:
        """Give each cue its answer; the edges of a source that is not there are those of [CLS]."""
        offsets = scores.hidden[0]
        answers = [self._answer(offsets, first) for first, _ in cues]
        sources = [_touched(offsets, answer.source) if answer.source else (0, 0) for answer in answers]
        return LinkLogits(
            source_start=_one_hot([first for first, _ in sources], len(offsets)),
            source_end=_one_hot([last for _, last in sources], len(offsets)),
            content=np.stack([_tagged(offsets, [(span, 0) for span in answer.content], 3) for answer in answers]),
            valid=np.full(len(cues), CERTAIN, dtype=np.float32),
        )

    def rank(self, rows: Floats, seen: Sightings) -> Floats:
        """Score no candidate above another."""
        return np.zeros(len(rows), dtype=np.float32)

    def tell(self, states: Floats, hints: Floats) -> EventScores:
        """Tell of no event."""
        tags = np.zeros((len(states), len(EVENT_TYPES) + 1), dtype=np.float32)
        tags[:, -1] = 1
        return EventScores(read=states, tags=tags)

    def ask(self, read: Floats, parties: Floats) -> PartyScores:
        """Find nobody."""
        choices = np.zeros((len(read), 1 + len(parties)), dtype=np.float32)
        return PartyScores(actors=choices, recipients=choices)

    def code(self, read: Floats, actors: Floats, recipients: Floats) -> PairScores:
        """Find nothing."""
        types = np.zeros((len(actors), len(EVENT_TYPES) + 1), dtype=np.float32)
        return PairScores(types=types, trigger=np.full_like(actors, 1 / len(read)))

    def _answer(self, offsets: Floats, first: int) -> Answer:
        return next(answer for answer in self.answers if answer.cue.start <= offsets[first, 0] < answer.cue.end)


def pinned(text: str, row: Row) -> Answer:
    """Find a row's words in a text."""
    return Answer(
        source=_span_of(text, row.source) if row.source else None,
        cue=_span_of(text, row.cue),
        content=tuple(_span_of(text, words) for words in row.content),
        outer_cue=_span_of(text, row.within) if row.within else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomScorer:
    """A network that has learned nothing: random scores, the same for the same tokens and seed."""

    manifest: Manifest
    tokenizer: Tokenizer
    seed: int
    outside: float = 3.0
    """Added to the logit of "outside": about every fifth token is in a cue at 3, one in 200 at 8."""
    version: str = "random"

    def tag(self, window: Window) -> WindowScores:
        """Score each token at random."""
        draw = np.random.default_rng([self.seed, crc32(window.ids.tobytes())])
        size = len(window)
        cue = self._tags(draw, size, 3)
        hidden = draw.normal(size=(1, size, 4)).astype(np.float32)
        mentions = MentionScores(
            names=self._tags(draw, size, NAME_TAGS),
            nominals=self._tags(draw, size, NOMINAL_TAGS),
            vectors=draw.normal(size=(size, 4 * len(self.manifest.pairing.none))).astype(np.float16),
            read=draw.normal(size=(size, 2)).astype(np.float16),
        )
        return WindowScores(hidden=hidden, cue=cue, mentions=mentions, lower=hidden[0])

    def tag_cues(self, window: Window) -> CueScores:
        """Score each token as :meth:`tag` does."""
        return self.tag(window)

    def link(self, scores: CueScores, cues: Sequence[tuple[int, int]]) -> LinkLogits:
        """Score each token at random as part of each cue's source and content."""
        draw = np.random.default_rng([self.seed, crc32(scores.hidden.tobytes()), len(cues)])
        shape = (len(cues), scores.cue.shape[0])
        return LinkLogits(
            source_start=draw.normal(scale=3, size=shape).astype(np.float32),
            source_end=draw.normal(scale=3, size=shape).astype(np.float32),
            content=draw.normal(scale=3, size=(*shape, 3)).astype(np.float32),
            valid=draw.normal(loc=1, size=len(cues)).astype(np.float32),
        )

    def rank(self, rows: Floats, seen: Sightings) -> Floats:
        """Score each candidate at random."""
        draw = np.random.default_rng([self.seed, crc32(rows.tobytes())])
        return draw.normal(scale=3, size=len(rows)).astype(np.float32)

    def tell(self, states: Floats, hints: Floats) -> EventScores:
        """Score each token at random."""
        draw = np.random.default_rng([self.seed, crc32(states.tobytes())])
        tags = draw.dirichlet(np.full(len(EVENT_TYPES) + 1, 0.1), len(states)).astype(np.float32)
        return EventScores(read=states, tags=tags)

    def ask(self, read: Floats, parties: Floats) -> PartyScores:
        """Score each party at random."""
        draw = np.random.default_rng([self.seed, crc32(read.tobytes()), len(parties)])
        actors, recipients = draw.normal(scale=5, size=(2, len(read), 1 + len(parties))).astype(np.float32)
        return PartyScores(actors=actors, recipients=recipients)

    def code(self, read: Floats, actors: Floats, recipients: Floats) -> PairScores:
        """Score each pair at random."""
        draw = np.random.default_rng([self.seed, crc32(read.tobytes()), len(actors)])
        types = draw.dirichlet(np.full(len(EVENT_TYPES) + 1, 0.1), len(actors)).astype(np.float32)
        trigger = draw.dirichlet(np.full(len(read), 0.1), len(actors)).astype(np.float32)
        return PairScores(types=types, trigger=trigger)

    def _tags(self, draw: np.random.Generator, size: int, kinds: int) -> Floats:
        tags: Floats = draw.normal(scale=2, size=(size, kinds)).astype(np.float32)
        tags[:, 0] += self.outside
        return tags


def plain(manifest: Manifest) -> Manifest:
    """Return a manifest with the dials at rest, so that a script's answers come out as they stand."""
    return replace(manifest, dials=type(manifest.dials)())


def pinned_names(text: str, names: Sequence[tuple[str, str]]) -> tuple[tuple[Span, str], ...]:
    """Find every place of some names, given with their kinds, in a text."""
    return tuple(
        (Span(found.start(), found.end()), kind)
        for words, kind in names
        for found in re.finditer(re.escape(words), text)
    )


def _span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _is_seen(answer: Answer, offsets: Floats) -> bool:
    """Tell whether a network would tag the cue: inside a content only where the window does not show its cue."""
    return answer.outer_cue is None or _touched(offsets, answer.outer_cue) is None


def _touched(offsets: Floats, span: Span) -> tuple[int, int] | None:
    """Return the first and last token of a span."""
    starts, ends = offsets[:, 0], offsets[:, 1]
    touched = np.flatnonzero((ends > span.start) & (starts < span.end) & (ends > starts))
    return (int(touched[0]), int(touched[-1])) if len(touched) else None


def _tagged(offsets: Floats, spans: Sequence[tuple[Span, int]], tags: int) -> Floats:
    """Return [T, tags] logits that say outside, or first and further of a span's kind, for certain."""
    labels = np.zeros(len(offsets), dtype=np.int64)
    for span, kind in spans:
        tokens = _touched(offsets, span)
        if tokens:
            labels[tokens[0]] = 1 + 2 * kind
            labels[tokens[0] + 1 : tokens[1] + 1] = 2 + 2 * kind
    return _one_hot(labels.tolist(), tags)


def _one_hot(places: Sequence[int], size: int) -> Floats:
    result: Floats = np.eye(size, dtype=np.float32)[list(places)] * np.float32(CERTAIN)
    return result
