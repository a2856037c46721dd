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
SURE_SOURCE: Final = 0.8
"""Share of a statement's source as the actor of its cue: about as often sources are right."""
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
    speakers: tuple[int, ...] = ()
    """The referents that act, where the trigger is the cue of what they say."""


def choose(text: str, triggers: Sequence[Trigger], participants: Sequence[Participant]) -> list[Choice]:
    """Return the events among the triggers of a sentence, by their place.

    Each trigger takes the likeliest actor and the likeliest recipient, or nobody as its recipient, each with those who
    stand in one list with it. Without an actor it is no event, nor without a recipient where its type needs one.
    """
    chosen = (_choice(text, trigger, participants) for trigger in triggers)
    return [each for each in chosen if each is not None]


def keep_likeliest(weighed: Sequence[tuple[float, Choice]]) -> list[tuple[float, Choice]]:
    """Return the events of a sentence, by place, without what a likelier one tells already.

    Several words of a sentence may tell of one event ("issued a call"): of those of one type that share an actor, and a
    recipient where both have one, the likeliest stays.
    """
    kept: list[tuple[float, Choice]] = []
    for confidence, choice in sorted(weighed, key=lambda each: (-each[0], each[1].trigger.span)):
        if not any(_tells_same(choice, other) for _, other in kept):
            kept.append((confidence, choice))
    return sorted(kept, key=lambda each: each[1].trigger.span)


def _tells_same(one: Choice, other: Choice) -> bool:
    if one.trigger.type != other.trigger.type or set(one.actors).isdisjoint(other.actors):
        return False
    return not one.recipients or not other.recipients or not set(one.recipients).isdisjoint(other.recipients)


def _choice(text: str, trigger: Trigger, participants: Sequence[Participant]) -> Choice | None:
    source = _source(trigger, participants)
    actors, actor_share = source or _likeliest(text, trigger.actors, participants, ())
    recipients, recipient_share = _likeliest(text, trigger.recipients, participants, actors)
    if not actors or (not recipients and trigger.type in NEED_RECIPIENT):
        return None
    return Choice(
        trigger=trigger,
        actors=actors,
        recipients=recipients,
        actor_share=actor_share,
        recipient_share=recipient_share,
        speakers=trigger.cue.speakers if source is not None and trigger.cue is not None else (),
    )


def _source(trigger: Trigger, participants: Sequence[Participant]) -> tuple[tuple[int, ...], float] | None:
    """Return whom the source of the statement names whose cue a trigger is; None where that names no participant.

    Those whom it was resolved to, where they are named in it ("Ilven of the Port Council"); else the widest.
    """
    cue = trigger.cue
    if cue is None or cue.source is None:
        return None
    named = [at for at, each in enumerate(participants) if each.span.overlaps(cue.source) and not each.place]
    if not named:
        return None
    speaking = tuple(at for at in named if _referent(participants[at]) in cue.speakers)
    actors = speaking or (max(named, key=lambda at: (participants[at].span.size, -at)),)
    return actors, float(max(SURE_SOURCE, *(trigger.actors[1 + at] for at in actors)))


def _referent(participant: Participant) -> int | None:
    return participant.occurrence.referent if participant.occurrence is not None else None


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
    near = np.flatnonzero(open_[1:] >= LEAST_OF_LIST * open_[1 + best])
    if len(near) == 1:
        return (best,), float(open_[1 + best])
    spans = [participants[at].span for at in taken]
    found = [best]
    for at in near[np.argsort(-open_[1 + near], kind="stable")].tolist():
        each = participants[at]
        if at in found or each.span in spans:
            continue
        if any(_listed(text, each, participants[other]) for other in found):
            found.append(at)
    return tuple(sorted(found)), float(sum(open_[1 + at] for at in found))


def _listed(text: str, one: Participant, other: Participant) -> bool:
    """Tell whether two stand in one list; "Sel, Norland" is one place."""
    first, last = sorted((one, other), key=lambda each: each.span)
    between = text[first.span.end : last.span.start]
    if not first.span.end <= last.span.start <= first.span.end + 20 or (first.place and between.strip() == ","):
        return False
    return JOINED.fullmatch(between) is not None
