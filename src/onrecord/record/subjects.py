"""Whom some statements are about and what events they tell of, counted; and who says them, as people of the record."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.record.corrected import rectified
from onrecord.record.facets import SHOWN, Count, Facet, PeopleTally
from onrecord.record.identities import show_person
from onrecord.record.packing import Terms, number_array

LOOKED_AT: Final = 1_000
"""Statements whose reports are looked into; each report has some 20 entities to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """What statements are about, the most frequent first."""

    counted: Count
    """Of how many statements."""
    about: tuple[Facet, ...]
    """People and organizations that the contents mention."""
    type: tuple[Facet, ...]
    """Types of the events that the statements tell of."""


def count_subjects(connection: sqlite3.Connection, rows: Sequence[int]) -> Subjects:
    """Count for the first :data:`LOOKED_AT` of some statements, given by the record's own numbers."""
    wanted = set(rows[:LOOKED_AT])
    return Subjects(
        counted=Count(len(wanted), is_least=len(rows) > LOOKED_AT),
        about=_about(connection, wanted),
        type=_top(_types(connection, wanted)),
    )


_REPORTS: Final = """(SELECT DISTINCT s.document_id FROM json_each(?) wanted JOIN statements s ON s.id = wanted.value) d
    JOIN readings r ON r.document_id = d.document_id"""


def _about(connection: sqlite3.Connection, wanted: set[int]) -> tuple[Facet, ...]:
    """Return who is mentioned."""
    people = PeopleTally()
    for first, about, person, name in connection.execute(
        "SELECT r.first_statement, e.about, coalesce(m.into_id, e.person_id), e.name"
        f" FROM {_REPORTS} JOIN entities e ON e.id >= r.first_entity AND e.id < r.first_entity + r.entity_count"
        " LEFT JOIN merged_people m ON m.person_id = e.person_id WHERE e.about IS NOT NULL",
        (number_array(sorted(wanted)),),
    ):
        people.add_each(person, name, wanted.intersection(first + position for position in json.loads(about)))
    return people.most(connection, SHOWN)


def _types(connection: sqlite3.Connection, wanted: set[int]) -> Iterator[Facet]:
    """Yield the types with the number of statements that tell of such an event."""
    told = set(
        connection.execute(
            f"SELECT v.type, r.first_statement + v.claimed_in FROM {_REPORTS}"
            " JOIN events v ON v.id >= r.first_event AND v.id < r.first_event + r.event_count"
            " WHERE v.claimed_in IS NOT NULL",
            (number_array(sorted(wanted)),),
        )
    )
    terms = Terms(connection)
    counts = Counter(kind for kind, statement in told if statement in wanted)
    return (Facet(terms.word(kind), number) for kind, number in counts.items())


def _top(facets: Iterable[Facet]) -> tuple[Facet, ...]:
    return tuple(sorted(facets, key=lambda each: (-each.count, each.value or ""))[:SHOWN])


def speakers_of(connection: sqlite3.Connection, rows: Iterable[int]) -> dict[int, str]:
    """Return the ids of the people who say some statements; those said by several or by nobody known are left out.

    Of a statement whose speaker somebody corrected, the one whom its report names so.
    """
    rows = sorted(rows)
    people = dict(
        connection.execute(
            "SELECT s.id, coalesce(m.into_id, e.person_id) FROM json_each(?) wanted"
            " JOIN statements s ON s.id = wanted.value JOIN entities e ON e.id = s.speaker_id"
            " LEFT JOIN merged_people m ON m.person_id = e.person_id WHERE s.speaker_name IS NULL",
            (number_array(rows),),
        )
    )
    corrected = rectified(connection, Terms(connection)).speaker
    people.update((row, corrected[row][0]) for row in rows if row in corrected)
    return {row: show_person(person) for row, person in people.items() if person is not None}
