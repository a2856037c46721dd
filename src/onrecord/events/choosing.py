"""From the triggers of a sentence to the events that it tells of: who is actor, and who recipient."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from onrecord.events.participants import Participant
from onrecord.events.scoring import Trigger
from onrecord.model.scores import Floats

JOINED: Final = re.compile(
    r"[^\w]{0,4}(?:(?:,|and|or|as well as|&)[^\w]{0,4})?(?:the|an?|its|his|her|their)?[^\w]{0,4}", re.IGNORECASE
)
"""What stands between the names of a list: "Ilven, Brandt and the council"."""
LEAST_OF_LIST: Final = 0.1
"""Share of the likeliest party's probability that another of its list has at least."""
NEED_RECIPIENT: Final = frozenset({"COOPERATE", "AID", "SANCTION"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An event of a sentence, its parties by index of the participant."""

    trigger: Trigger
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    actor_share: float
    """What the actors have of the probability of all who might be."""
    recipient_share: float


def choose(text: str, triggers: Sequence[Trigger], participants: Sequence[Participant]) -> list[Choice]:
    """Return the events among the triggers of a sentence, by their place.

    Each trigger takes the likeliest actor and the likeliest recipient, or nobody as its recipient, each with those who
    stand in one list with it. Without an actor it is no event, nor without a recipient where its type needs one.
    """
    chosen = (_choice(text, trigger, participants) for trigger in triggers)
    return [each for each in chosen if each is not None]


def _choice(text: str, trigger: Trigger, participants: Sequence[Participant]) -> Choice | None:
    actors, actor_share = _likeliest(text, trigger.actors, participants, ())
    recipients, recipient_share = _likeliest(text, trigger.recipients, participants, actors)
    if not actors or (not recipients and trigger.type in NEED_RECIPIENT):
        return None
    return Choice(
        trigger=trigger,
        actors=actors,
        recipients=recipients,
        actor_share=actor_share,
        recipient_share=recipient_share,
    )


def _likeliest(
    text: str, shares: Floats, participants: Sequence[Participant], taken: Sequence[int]
) -> tuple[tuple[int, ...], float]:
    """Return the likeliest party with those of its list, and what they have together; nobody for none."""
    open_ = shares.copy()
    for at in taken:
        open_[1 + at] = 0
    best = int(open_.argmax()) - 1
    if best < 0:
        return (), float(open_[0])
    spans = [participants[at].span for at in taken]
    found = [best]
    for at in np.argsort(-open_[1:], kind="stable"):
        each = participants[int(at)]
        if open_[1 + at] < LEAST_OF_LIST * open_[1 + best] or int(at) in found or each.span in spans:
            continue
        if any(_listed(text, each, participants[other]) for other in found):
            found.append(int(at))
    return tuple(sorted(found)), float(sum(open_[1 + at] for at in found))


def _listed(text: str, one: Participant, other: Participant) -> bool:
    """Tell whether two stand in one list; "Sel, Norland" is one place."""
    first, last = sorted((one, other), key=lambda each: each.span)
    between = text[first.span.end : last.span.start]
    if not first.span.end <= last.span.start <= first.span.end + 20 or (first.place and between.strip() == ","):
        return False
    return JOINED.fullmatch(between) is not None
