"""One occurrence told several times is one event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from onrecord.document import Span
from onrecord.reading import EventModality, EventType, Place, When


@dataclass(slots=True, kw_only=True)
class Told:
    """An event as one sentence tells it; the parties are referents of the discourse."""

    type: EventType
    mode: str | None
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    span: Span
    trigger: Span
    modality: EventModality
    claimed_in: str | None
    confidence: float
    when: When | None = None
    where: Place | None = None


STANCES: Final = frozenset({"ACCUSE", "SUPPORT", "REJECT", "REQUEST", "AGREE"})
"""What somebody goes on doing: a stance told five times, now as a fact and now as a wish, is one."""


def merge(told: list[Told]) -> list[list[Told]]:
    """Group what is the same occurrence, each group by place: one type, the same parties, and one mode and reality.

    A telling without recipient joins one with, and tellings that give different dates stay apart: "attacked on Monday",
    "attacked again on Thursday". Stances are told in many ways, and of them mode and reality may differ.
    """
    groups: list[list[Told]] = []
    by_kind: dict[tuple[EventType, int], list[list[Told]]] = {}
    for each in sorted(told, key=lambda one: (one.trigger, one.type)):
        keys = [(each.type, actor) for actor in each.actors]
        group = next((group for key in keys for group in by_kind.get(key, ()) if _is_same(group, each)), None)
        if group is None:
            group = []
            groups.append(group)
        for key in keys:
            known = by_kind.setdefault(key, [])
            if not any(other is group for other in known):
                known.append(group)
        group.append(each)
    return groups


def _is_same(group: list[Told], each: Told) -> bool:
    first = group[0]
    recipients = {party for one in group for party in one.recipients}
    if recipients and each.recipients and recipients.isdisjoint(each.recipients):
        return False
    modes = {one.mode for one in group if one.mode}
    dates = {one.when.value for one in group if one.when is not None}
    as_real = first.modality == each.modality and (not modes or each.mode is None or each.mode in modes)
    return (as_real or first.type in STANCES) and (not dates or each.when is None or each.when.value in dates)
