"""Merges and splits that name reports which are taken out: each stays for what is left of it, or ends.

One that ends stays in the list as undone; neither names nor the reason that somebody gave are kept of it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any, Final

from onrecord.record.deciding import split_changes, split_number
from onrecord.record.identities import show_person
from onrecord.record.merging import anchors_of, find_side
from onrecord.record.packing import stamp

ENDED: Final = "ended: what it was of was taken out"
"""What is told of a change that has nothing left."""


def mend_changes(connection: sqlite3.Connection, gone: Collection[str]) -> None:
    """Let changes name none of some documents, by their hashes, which are still in the record."""
    rows = connection.execute("SELECT id, kind, what FROM changes WHERE kind IN ('merge', 'split') ORDER BY id")
    left = {"merge": _left_of_merge, "split": _left_of_split}
    found = [(number, kind, json.loads(written)) for number, kind, written in rows.fetchall()]
    mended = [(left[kind](connection, number, what, gone), number) for number, kind, what in found]
    connection.executemany(
        "UPDATE changes SET what = ? WHERE id = ?",
        [(json.dumps(what, ensure_ascii=False), number) for what, number in mended if what is not None],
    )
    connection.executemany(
        "UPDATE changes SET undone_at = coalesce(undone_at, ?), why = NULL WHERE id = ?",
        [(stamp(None), number) for what, number in mended if what is not None and what["summary"] == ENDED],
    )


def _left_of_merge(
    connection: sqlite3.Connection, number: int, what: dict[str, Any], gone: Collection[str]
) -> dict[str, Any] | None:
    """Return what is left of a merge; None where all of it is."""
    if not any(document in gone for side in what["people"] for document, _ in side["reports"]):
        return None
    later = {person for person, split in split_changes(connection).items() if split > number}
    sides = [
        side
        | {"reports": _kept(side["reports"], gone) or anchors_of(connection, find_side(connection, side, later), gone)}
        for side in what["people"]
    ]
    left = [side for side in sides if side["reports"]]
    if len(left) < 2:
        return {"people": [], "summary": ENDED}
    told = (f"{_name(side['reports'])} ({show_person(side['person'])})" for side in left)
    return {"people": left, "summary": " <- ".join(told)}


def _left_of_split(
    _connection: sqlite3.Connection, number: int, what: dict[str, Any], gone: Collection[str]
) -> dict[str, Any] | None:
    """Return what is left of a split; None where all of it is. Who was split off keeps the id."""
    left = _kept(what["entities"], gone)
    if len(left) == len(what["entities"]):
        return None
    kept = {"person": what["person"], "number": split_number(number, what), "entities": left}
    if not left:
        return kept | {"summary": ENDED}
    documents = ", ".join(sorted({document for document, _ in left}))
    name = f"{_name(left)} ({show_person(what['person'])})"
    return kept | {"summary": f"{name} -> another of the name in {documents}"}


def _kept(anchors: Iterable[Any], gone: Collection[str]) -> list[Any]:
    return [(document, name) for document, name in anchors if document not in gone]


def _name(anchors: Iterable[Any]) -> str:
    """Return what most of the reports that are left call somebody."""
    counts = Counter(name for _, name in anchors)
    return str(min(counts, key=lambda name: (-counts[name], -len(name), name)))
