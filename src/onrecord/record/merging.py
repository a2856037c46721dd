"""Which people are one by the user's word: the merges that stand, put into the table ``merged_people``.

A merge names people by some of the reports that they are in, so that it holds when namesakes are parted
otherwise later. What a later split took out of these reports is that person's no more, and follows nobody.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from onrecord.record.deciding import split_changes

Anchor = tuple[str, str]
"""The hash of a document, and the name of an entity there."""
MOST_ANCHORS = 5


def anchors_of(connection: sqlite3.Connection, person: int, gone: Collection[str] = ()) -> list[Anchor]:
    """Return some reports that somebody is in, none of ``gone``, with the name there: those with the lowest hashes."""
    rows = connection.execute(
        "SELECT hash, name FROM entities JOIN documents ON documents.id = document_id"
        " WHERE person_id = ? AND hash NOT IN (SELECT value FROM json_each(?)) ORDER BY 1, 2 LIMIT ?",
        (person, json.dumps(list(gone)), MOST_ANCHORS),
    )
    return [(document, name) for document, name in rows]


def describe_side(connection: sqlite3.Connection, person: int) -> dict[str, Any]:
    """Return what a merge keeps of somebody."""
    return {"person": person, "reports": anchors_of(connection, person)}


def settle_merges(connection: sqlite3.Connection) -> None:
    """Write ``merged_people`` anew from the merges that stand."""
    rows = connection.execute("SELECT id, what FROM changes WHERE kind = 'merge' AND undone_at IS NULL ORDER BY id")
    splits = split_changes(connection)
    into: dict[int, int] = {}
    for change, what in rows.fetchall():
        later = {number for number, split in splits.items() if split > change}
        people = [find_side(connection, side, later) for side in json.loads(what)["people"]]
        root = _root(into, people[0])
        for person in people[1:]:
            other = _root(into, person)
            if other != root:
                into[other] = root
    connection.execute("DELETE FROM merged_people")
    connection.executemany(
        "INSERT INTO merged_people VALUES (?, ?)", [(person, _root(into, person)) for person in sorted(into)]
    )


def _root(into: dict[int, int], person: int) -> int:
    while person in into:
        person = into[person]
    return person


def find_side(connection: sqlite3.Connection, side: dict[str, Any], later: Collection[int]) -> int:
    """Return who somebody of a merge is now: who most of the reports that it names tell of, if not split off since."""
    found = Counter(person for person in _people_at(connection, side["reports"]) if person not in later)
    if not found:
        return int(side["person"])
    return min(found, key=lambda person: (-found[person], person != side["person"], person))


def _people_at(connection: sqlite3.Connection, anchors: Iterable[Anchor]) -> Iterable[int]:
    for document, name in anchors:
        row = connection.execute(
            "SELECT person_id FROM documents JOIN readings ON readings.document_id = documents.id"
            " JOIN entities ON entities.id >= first_entity AND entities.id < first_entity + entity_count"
            " WHERE hash = ? AND name = ? AND person_id IS NOT NULL",
            (document, name),
        ).fetchone()
        if row is not None:
            yield int(row[0])
