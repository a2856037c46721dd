"""What the network says of a window, and the values that its scores are read with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from onrecord.model.rows import Rows
from onrecord.reading import EventType

Floats = NDArray[np.float32]
BUCKETS: Final = 12
"""Of how far off a mention is: by mentions, and by sentences."""

NAME_KINDS: Final = ("person", "organization", "place", "group", "other")
"""Kinds of the name tags, in the order of the logits: outside, then first and further token of each kind."""
NOMINAL_KINDS: Final = ("person", "group")
"""Kinds of the description tags, likewise."""
EVENT_TYPES: Final[tuple[EventType, ...]] = get_args(EventType)
"""PLOVER's root types, in the order of the logits of a pair; none comes last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionScores:
    """What the mention heads say of a window of T tokens."""

    names: Floats
    """[T, 11] logits of the name tags."""
    nominals: Floats
    """[T, 5] logits of the description tags."""
    vectors: Floats
    """[T, 4 D] what a mention asks with (by its first token, by its last) and answers with (likewise)."""
    read: Floats
    """[T, W] what the ranker's network made of each token, the input of its questions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sightings:
    """Where K candidates for a source were mentioned near it, M times in all, as the ranker's network asks for it."""

    read: Rows
    """[T, W] what that network made of each token of the report."""
    query: NDArray[np.intp]
    """[3, 2] first and last token of the source, of the cue and of the content; without a source that of the cue."""
    mentions: NDArray[np.intp]
    """[M, 2] first and last token of each mention."""
    places: NDArray[np.int64]
    """[M, 5] its form (name, description, pronoun), how far off it is by mentions and by sentences, in buckets below
    :data:`BUCKETS`, and 1 where it is quoted and where it comes after the source."""
    whose: Floats
    """[K, M] 1 where a mention is one of the candidate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CueScores:
    """What the encoder says of the cues in a window of T tokens."""

    hidden: Floats
    """[1, T, H] hidden states, the input of every further head."""
    cue: Floats
    """[T, 3] logits of outside, first and further token of a cue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowScores(CueScores):
    """All that it says of a window."""

    mentions: MentionScores
    lower: Floats
    """[T, H] states of a lower layer, the input of the event head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventScores:
    """The event head's answer for a sentence of T tokens."""

    read: Floats
    """[T, H] what its layers made of the sentence, the input of further questions."""
    tags: Floats
    """[T, 17] probabilities of each token being a trigger of each type, and none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyScores:
    """Its answer for C parties of the sentence."""

    actors: Floats
    """[T, 1 + C] logits of nobody, and of each party, being the actor of what the token tells."""
    recipients: Floats
    """[T, 1 + C] likewise, being its recipient."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairScores:
    """Its answer for P pairs of an actor and a recipient."""

    types: Floats
    """[P, 17] probabilities of the event types, and of none."""
    trigger: Floats
    """[P, T] how much of what is done each token tells; each row sums to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkLogits:
    """The linker's answer for C cues of a window of T tokens."""

    source_start: Floats
    """[C, T] logits of the source's first token; token 0, which is [CLS], stands for "no source"."""
    source_end: Floats
    """[C, T] logits of its last token."""
    content: Floats
    """[C, T, 3] logits of outside, first and further token of a content span."""
    valid: Floats
    """[C] logits of the cue being the cue of an attribution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dials:
    """What the decoding was tuned to on reports that the network was not trained on."""

    cue_bias: float = 0.0
    """Added to the log odds of a token being in a cue."""
    content_start_cost: float = 0.0
    """Log-probability that each piece of a content costs."""
    content_bias: float = 0.0
    """Added to the log odds of a token being in the content."""
    no_source_bias: float = 0.0
    """Added to the log-probability of "no source"."""
    least_valid: float = 0.5
    """A cue is kept when the linker takes it for one with at least this probability."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The weights of the confidence, one a feature, and what each rule is worth."""

    weights: dict[str, float]
    rules: dict[str, float]
    """Share of the statements added by each rule that were right on held-out reports."""
