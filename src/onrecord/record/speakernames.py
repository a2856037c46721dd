"""The names of a statement's speakers one by one: its heading joins them, and whoever types them does in one text."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from onrecord.errors import BadChange
from onrecord.reading import Entity, Statement
from onrecord.record.packing import Terms, number_array, unpack_json
from onrecord.record.restoring import restore_whole
from onrecord.speakers.namewords import fold

BETWEEN_NAMES: Final = "; "
"""What parts several names in one text."""


def split_names(words: str) -> tuple[str, ...]:
    """Return the names of a text that may have several, or none.

    >>> split_names("Mara Ilven; Teo  Brandt;"), split_names(" ")
    (('Mara Ilven', 'Teo Brandt'), ())
    """
    return tuple(name for part in words.split(BETWEEN_NAMES.strip()) if (name := " ".join(part.split())))


def names_given(several: str | Iterable[str]) -> tuple[str, ...]:
    """Return the names of texts that have one at least; of a text by itself, which types can't tell from several.

    Raises:
        BadChange: one has none.
    """
    found = [split_names(words) for words in ([several] if isinstance(several, str) else several)]
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
    speakers = [entities[each] for each in statement.speakers if each in entities]
    return _one_by_one(statement.speaker_name, [(each.name, *each.aliases) for each in speakers])


def named_among(ids: Iterable[str], entities: Mapping[str, Entity]) -> tuple[Entity, ...]:
    """Return the entities that have a name, one for each that :func:`speaker_names` gives where nobody corrected it."""
    return tuple(entities[each] for each in ids if each in entities and entities[each].name.strip())


_SPOKEN_BY: Final = """
SELECT s.id, s.document_id, s.id - r.first_statement, s.speaker_name, e.name, e.aliases
FROM json_each(?) wanted CROSS JOIN statements s ON s.id = wanted.value
CROSS JOIN readings r ON r.document_id = s.document_id
CROSS JOIN entities e ON e.id >= r.first_entity AND e.id < r.first_entity + r.entity_count AND e.says IS NOT NULL
CROSS JOIN json_each(e.says) part ON part.value = s.id - r.first_statement
ORDER BY s.id, e.id <> s.speaker_id, e.id"""


def read_speaker_names(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return what :func:`speaker_names` does for statements as they were read or put in, by the record's numbers.

    Those of whom no entity of their report is a speaker are left out.
    """
    found = defaultdict(list)
    for row, document, position, heading, name, aliases in connection.execute(_SPOKEN_BY, (number_array(set(rows)),)):
        found[row].append((document, position, heading, (name, *unpack_json(aliases, ()))))
    names = {}
    for row, speakers in found.items():
        document, position, heading, _ = speakers[0]
        if len(speakers) > 2:  # of the order, the tables tell which is the first, and no more
            reading = restore_whole(connection, document, Terms(connection)).reading
            names[row] = speaker_names(reading.statements[position], {each.id: each for each in reading.entities})
        else:
            called = [each for *_, each in speakers]
            names[row] = _one_by_one(called[0][0] if heading is None else heading, called)
    return names


def _one_by_one(heading: str | None, speakers: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the names of speakers, given by their names and aliases; a name of nothing but spaces is none."""
    shown = (heading,) if heading is not None and heading.strip() else ()
    if shown and len(speakers) == 1 and _goes_by(speakers[0], *shown):
        return shown
    return tuple(name for name, *_ in speakers if name.strip()) or shown


def _goes_by(called: Sequence[str], name: str) -> bool:
    return name == called[0] or fold(name) in map(fold, called)
