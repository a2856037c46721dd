"""The names of a statement's speakers one by one, for whoever wants them in a list: its heading joins them."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.reading import Entity, Statement
from onrecord.speakers.namewords import fold


def speaker_names(statement: Statement, entities: Mapping[str, Entity]) -> tuple[str, ...]:
    """Return the names of the speakers, those of their entities; none where nobody is named.

    A single speaker is called what the heading says if it goes by that: somebody who corrected it may have named it so.

    Args:
        statement: of a reading.
        entities: those of the reading, by their ids.
    """
    heading, speakers = statement.speaker_name, [entities[each] for each in statement.speakers if each in entities]
    if heading is not None and len(speakers) == 1 and _goes_by(speakers[0], heading):
        return (heading,)
    names = tuple(each.name for each in speakers if each.name.strip())
    return names or ((heading,) if heading else ())


def _goes_by(entity: Entity, name: str) -> bool:
    return name == entity.name or fold(name) in {fold(each) for each in (entity.name, *entity.aliases)}
