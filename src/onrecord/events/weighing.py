"""How likely a told event is right: what trigger, parties and pair say of it, weighed together.

The tags, the arcs and the pairs are trained on different texts and are sure of different things. A logistic regression
over what they say, fitted on labelled reports that the head was not trained on, gives one calibrated confidence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from operator import mul
from typing import Final

from onrecord.model.odds import log_odds, probability_of

WEIGHED: Final = (
    "always",
    "trigger",
    "actor",
    "recipient",
    "known",
    "known as this",
    "pair",
    "pair none",
    "pair trigger",
    "has recipient",
    "actor first",
    "actor far",
    "recipient far",
    "actor pronoun",
    "actor name",
    "recipient name",
    "actor found by rule",
    "recipient found by rule",
    "cue",
    "cue of this type",
    "tagged",
    "quoted",
)
"""What is weighed, in the order of the manifest's weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What speaks for and against an event."""

    trigger: float
    """Probability of its trigger, 0 to 1."""
    actor: float
    """Share of its actors among all who might be, 0 to 1."""
    recipient: float
    known: float
    """The highest weight that the lexicon gives its words, for any type."""
    known_as_this: float
    """The same for the event's type."""
    pair: float
    """Probability of the type for its actor and recipient, without regard to the trigger."""
    pair_none: float
    pair_trigger: float
    """Weight of its trigger's words for that pair."""
    has_recipient: bool
    actor_before: bool
    """The actor stands before the trigger."""
    actor_steps: int
    """Word pieces between actor and trigger."""
    recipient_steps: int
    actor_form: str
    """``name``, ``nominal``, ``pronoun``, or ``rule`` for a description that no tag found."""
    recipient_form: str
    cue: bool
    """The trigger is the cue of a statement."""
    cue_of_type: bool
    """And one whose class is that of the event's type."""
    tagged: bool
    """The network took it for a trigger."""
    quoted: bool


def weigh(signs: Signs, weights: Mapping[str, float]) -> float:
    """Return the calibrated probability that type, actors and recipients are right."""
    total = sum(map(mul, [weights.get(name, 0.0) for name in WEIGHED], values_of(signs)))
    return probability_of(total)


def values_of(signs: Signs) -> tuple[float, ...]:
    """Return what is weighed as numbers, in the order of :data:`WEIGHED`."""
    return (
        1.0,
        log_odds(signs.trigger),
        log_odds(signs.actor),
        log_odds(signs.recipient),
        signs.known,
        signs.known_as_this,
        math.log(max(signs.pair, 1e-3)),
        log_odds(signs.pair_none),
        signs.pair_trigger,
        float(signs.has_recipient),
        float(signs.actor_before),
        math.log1p(signs.actor_steps),
        math.log1p(signs.recipient_steps),
        float(signs.actor_form == "pronoun"),
        float(signs.actor_form == "name"),
        float(signs.recipient_form == "name"),
        float(signs.actor_form == "rule"),
        float(signs.recipient_form == "rule"),
        float(signs.cue),
        float(signs.cue_of_type),
        float(signs.tagged),
        float(signs.quoted),
    )
