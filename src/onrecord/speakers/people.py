"""Who a reading is about, counted: how often each entity speaks, is spoken about and is mentioned."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from onrecord.reading import EntityKind, Reading, Role

# Places and documents are named all over a report and seldom who it is about.
MAIN_KINDS: Final[frozenset[EntityKind]] = frozenset({"person", "organization", "country", "group", "unnamed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An entity of a reading, of whatever kind, with its counts."""

    id: str
    """The entity's id, such as ``e1``."""
    name: str
    kind: EntityKind
    roles: tuple[Role, ...]
    country: str | None
    aliases: tuple[str, ...]
    speaks: int
    """Statements of which it is a speaker, those too that the report says were not made."""
    spoken_about: int
    """Statements whose content mentions it, or whose cue accuses or praises it."""
    mentioned: int
    """Places where the text refers to it, by name, description, pronoun or metonym."""
    statements: tuple[str, ...]
    """Ids of the statements of which it is a speaker, in the order of the text."""
    about: tuple[str, ...]
    """Ids of the statements that are about it, in the order of the text."""


def count_people(reading: Reading) -> tuple[Person, ...]:
    """Count what each entity of a reading does: who speaks most comes first, then who is most spoken about.

    Entities with the same counts stand by name. An id in a statement that no entity has is passed over. Takes
    time linear in statements and mentions, apart from the sorting.
    """
    statements: dict[str, list[str]] = {entity.id: [] for entity in reading.entities}
    about: dict[str, list[str]] = {entity.id: [] for entity in reading.entities}
    for statement in reading.statements:
        _enter(statement.id, statement.speakers, statements)
        _enter(statement.id, (*statement.about, *statement.targets), about)
    people = [
        Person(
            id=entity.id,
            name=entity.name,
            kind=entity.kind,
            roles=entity.roles,
            country=entity.country,
            aliases=entity.aliases,
            speaks=len(statements[entity.id]),
            spoken_about=len(about[entity.id]),
            mentioned=len(entity.mentions),
            statements=tuple(statements[entity.id]),
            about=tuple(about[entity.id]),
        )
        for entity in reading.entities
    ]
    return tuple(sorted(people, key=lambda person: (-person.speaks, -person.spoken_about, person.name.casefold())))


def _enter(statement: str, entities: Iterable[str], found: dict[str, list[str]]) -> None:
    """Note the statement once under each of its entities."""
    for entity in dict.fromkeys(entities):
        if entity in found:
            found[entity].append(statement)


def stands_out(person: Person, kinds: Collection[EntityKind] = ()) -> bool:
    """Tell whether somebody speaks, or is mentioned more than once: the rest of a report's names are in passing.

    Args:
        person: who it is about.
        kinds: the kinds that are asked for; where none is, any kind that speaks, and the main ones that don't.
    """
    if kinds and person.kind not in kinds:
        return False
    return person.speaks > 0 or (person.mentioned > 1 and person.kind in (kinds or MAIN_KINDS))
