"""Statements that somebody said are none, taken out of the counts of people.

The tables keep them as they were read, with who says them and whom they mention. They are few, and looked for from the
corrections on: a record without any is counted as fast as ever.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple

from onrecord.record.corrected import deleted_statements
from onrecord.record.packing import COUNTING, number_array

# CROSS JOIN: in this order.
_PLACES: Final = """
SELECT d.hash, s.id - r.first_statement FROM json_each(?) gone CROSS JOIN statements s ON s.id = gone.value
CROSS JOIN readings r ON r.document_id = s.document_id CROSS JOIN documents d ON d.id = s.document_id"""
_WHOSE: Final = f"""
SELECT documents.hash, coalesce(m.into_id, e.person_id), e.says, e.about FROM json_each(?) gone
CROSS JOIN documents ON documents.hash = gone.value CROSS JOIN readings r ON r.document_id = documents.id
CROSS JOIN entities e ON e.id >= r.first_entity AND e.id < r.first_entity + r.entity_count
LEFT JOIN merged_people m ON m.person_id = e.person_id WHERE e.person_id IS NOT NULL AND {COUNTING}"""


class Lost(NamedTuple):
    """How many of these statements people make, and how many mention them, by the numbers of the people."""

    said: Counter[int]
    spoken: Counter[int]


def taken_away(connection: sqlite3.Connection) -> Mapping[str, set[int]]:
    """Return the positions of these statements in their reports, by the contract's ``document.id``."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    if gone := deleted_statements(connection):
        for report, place in connection.execute(_PLACES, (number_array(gone),)):
            found[report].add(place)
    return dict(found)


def lost_counts(connection: sqlite3.Connection) -> Lost:
    """Return of whom these statements are, each once, whatever names a report has for somebody; merges counted."""
    said: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    spoken: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    if gone := taken_away(connection):
        for report, person, says, about in connection.execute(_WHOSE, (json.dumps(list(gone)),)):
            said[person, report].update(gone[report].intersection(json.loads(says or "[]")))
            spoken[person, report].update(gone[report].intersection(json.loads(about or "[]")))
    return Lost(_sum(said), _sum(spoken))


def _sum(places: Mapping[tuple[int, str], set[int]]) -> Counter[int]:
    counts: Counter[int] = Counter()
    for (person, _), positions in places.items():
        counts[person] += len(positions)
    return counts
