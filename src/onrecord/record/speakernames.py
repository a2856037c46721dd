"""The names of a statement's speakers one by one: its heading joins them, and whoever types them does in one text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from onrecord.errors import BadChange
from onrecord.reading import Entity, Statement
from onrecord.speakers.namewords import fold

BETWEEN_NAMES: Final = "; "
"""What parts several names in one text."""


def split_names(words: str) -> tuple[str, ...]:
    """Return the names of a text that may have several, or none.

    >>> split_names("Mara Ilven; Teo  Brandt;"), split_names(" ")
    (('Mara Ilven', 'Teo Brandt'), ())
    """
    return tuple(name for part in words.split(BETWEEN_NAMES.strip()) if (name := " ".join(part.split())))


def names_given(several: Iterable[str]) -> tuple[str, ...]:
    """Return the names of texts that have one at least.

    Raises:
        BadChange: one has none.
    """
    found = [split_names(words) for words in several]
    if not all(found):
        raise BadChange("a speaker without a name", advice="give the name, or nobody at all")
    return tuple(name for names in found for name in names)


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
