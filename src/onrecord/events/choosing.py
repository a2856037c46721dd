"""From scored pairs of a sentence to the events that it tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from onrecord.document import Span
from onrecord.events.participants import Participant
from onrecord.events.scoring import Scored
from onrecord.reading import EventType

JOINED: Final = re.compile(
    r"[^\w]*(?:(?:,|and|or|as well as|&)[^\w]*)?(?:the|an?|its|his|her|their)?[^\w]*", re.IGNORECASE
)
"""What stands between the names of a list: "Ilven, Brandt and the council"."""
NEED_RECIPIENT: Final = frozenset({"COOPERATE", "AID", "SANCTION"})


@dataclass(slots=True, kw_only=True)
class Choice:
    """An event of a sentence, its parties by index of the participant."""

    type: EventType
    actors: list[int]
    recipients: list[int] = field(default_factory=list)
    trigger: Span
    probability: float


def choose(text: str, scored: Sequence[Scored], participants: Sequence[Participant], *, least: float) -> list[Choice]:
    """Return the events among scored pairs, by the place of their triggers.

    The likeliest pair is an event; of what is left, a pair of the same type around the same trigger adds to it where
    its actor or recipient is joined to the one that is there by "and" or a comma, and is none of its own otherwise.
    """
    chosen: list[Choice] = []
    for each in scored:
        if each.probability < least:
            break
        if each.recipient is None and each.type in NEED_RECIPIENT:
            continue
        rivals = [choice for choice in chosen if _same_trigger(choice.trigger, each.trigger)]
        same = next((choice for choice in rivals if choice.type == each.type), None)
        if same is not None:
            _join(text, same, each, participants)
        elif not any(_same_parties(choice, each) for choice in chosen) and not rivals:
            parties = [] if each.recipient is None else [each.recipient]
            chosen.append(
                Choice(
                    type=each.type,
                    actors=[each.actor],
                    recipients=parties,
                    trigger=each.trigger,
                    probability=each.probability,
                )
            )
    return sorted(chosen, key=lambda choice: (choice.trigger, choice.type))


def _same_trigger(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _same_parties(choice: Choice, each: Scored) -> bool:
    """Tell whether a pair is that of an event already, in either direction: a sentence seldom tells two of one pair."""
    recipient = [] if each.recipient is None else [each.recipient]
    return (choice.actors == [each.actor] and choice.recipients == recipient) or (
        choice.actors == recipient and choice.recipients == [each.actor]
    )


def _join(text: str, choice: Choice, each: Scored, participants: Sequence[Participant]) -> None:
    """Add the parties of a pair to an event that they share a side with, where they stand in one list."""
    if (
        each.actor in choice.actors
        and each.recipient is not None
        and each.recipient not in (*choice.actors, *choice.recipients)
        and any(_listed(text, participants[each.recipient], participants[at]) for at in choice.recipients)
    ):
        choice.recipients.append(each.recipient)
    elif (
        (each.recipient in choice.recipients or (each.recipient is None and not choice.recipients))
        and each.actor not in (*choice.actors, *choice.recipients)
        and any(_listed(text, participants[each.actor], participants[at]) for at in choice.actors)
    ):
        choice.actors.append(each.actor)


def _listed(text: str, one: Participant, other: Participant) -> bool:
    """Tell whether two stand in one list; "Sel, Norland" is one place."""
    first, last = sorted((one, other), key=lambda each: each.span)
    between = text[first.span.end : last.span.start]
    if not first.span.end <= last.span.start <= first.span.end + 20 or (first.place and between.strip() == ","):
        return False
    return JOINED.fullmatch(between) is not None
