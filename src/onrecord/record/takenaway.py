"""What somebody said of statements that changes the counts of people: that they are none, or that others say them.

The tables keep them as they were read, with who says them and whom they mention. They are few, and looked for from the
corrections on: a record without any is counted as fast as ever.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final, NamedTuple

from onrecord.record.corrected import corrected_speakers, deleted_statements
from onrecord.record.packing import COUNTING, COUNTS, number_array

# CROSS JOIN: in this order.
_PLACES: Final = f"""
SELECT s.id, d.hash, s.id - r.first_statement FROM json_each(?) wanted CROSS JOIN statements s ON s.id = wanted.value
CROSS JOIN readings r ON r.document_id = s.document_id CROSS JOIN documents d ON d.id = s.document_id
WHERE s.standing = {COUNTS}"""
_WHOSE: Final = f"""
SELECT documents.hash, coalesce(m.into_id, e.person_id), e.says, e.about FROM json_each(?) wanted
CROSS JOIN documents ON documents.hash = wanted.value CROSS JOIN readings r ON r.document_id = documents.id
CROSS JOIN entities e ON e.id >= r.first_entity AND e.id < r.first_entity + r.entity_count
LEFT JOIN merged_people m ON m.person_id = e.person_id WHERE e.person_id IS NOT NULL AND {COUNTING}"""


class TakenAway(NamedTuple):
    """Statements that count by their positions in their reports, and these by the contract's ``document.id``."""

    gone: Mapping[str, set[int]]
    """Those that somebody said are none."""
    not_theirs: Mapping[str, set[int]]
    """Those, and the ones that are not, or not only, whose they were read as."""
    given: Mapping[str, Mapping[int, frozenset[int]]]
    """Of whom these are, by the numbers of people, merges counted."""

    def given_to(self, people: Collection[int], reports: Iterable[str] | None = None) -> int:
        """Count the statements of some reports, or all, that somebody said are theirs, in place of what was read."""
        looked = self.given if reports is None else reports
        return sum(not whose.isdisjoint(people) for report in looked for whose in self.given.get(report, {}).values())


class Recount(NamedTuple):
    """How much the counts of people change, by their numbers."""

    not_theirs: Counter[int]
    """Statements that they were read to make, and do not, or may not."""
    given: Counter[int]
    """Statements that they make as somebody corrected them."""
    not_about: Counter[int]
    """Statements that were read to mention them, and are none."""


def taken_away(connection: sqlite3.Connection) -> TakenAway:
    """Return the statements that somebody said are none, or others'."""
    deleted, speakers = deleted_statements(connection), corrected_speakers(connection)
    gone: defaultdict[str, set[int]] = defaultdict(set)
    not_theirs: defaultdict[str, set[int]] = defaultdict(set)
    given: defaultdict[str, dict[int, frozenset[int]]] = defaultdict(dict)
    if not deleted and not speakers:
        return TakenAway({}, {}, {})
    heads = dict(connection.execute("SELECT person_id, into_id FROM merged_people"))
    are_none = set(deleted)
    for statement, report, place in connection.execute(_PLACES, (number_array([*are_none, *speakers]),)):
        not_theirs[report].add(place)
        if statement in are_none:
            gone[report].add(place)
        else:
            people = (each.person for each in speakers[statement].each if each.person is not None)
            given[report][place] = frozenset(heads.get(person, person) for person in people)
    return TakenAway(dict(gone), dict(not_theirs), dict(given))


def recount(connection: sqlite3.Connection, taken: TakenAway) -> Recount:
    """Return what these statements change, each once, whatever names a report has for somebody; merges counted."""
    if not taken.not_theirs:
        return Recount(Counter(), Counter(), Counter())
    said: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    spoken: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    for report, person, says, about in connection.execute(_WHOSE, (json.dumps(list(taken.not_theirs)),)):
        said[person, report].update(taken.not_theirs[report].intersection(json.loads(says or "[]")))
        spoken[person, report].update(taken.gone.get(report, set()).intersection(json.loads(about or "[]")))
    given = Counter(person for places in taken.given.values() for whose in places.values() for person in whose)
    return Recount(_sum(said), given, _sum(spoken))


def _sum(places: Mapping[tuple[int, str], set[int]]) -> Counter[int]:
    counts: Counter[int] = Counter()
    for (person, _), positions in places.items():
        counts[person] += len(positions)
    return counts
