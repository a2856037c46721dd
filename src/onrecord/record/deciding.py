"""What a user decided of people, as linking needs it: who was split off, and who the register says that somebody is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

from onrecord.record.identities import key_of, number_of
from onrecord.record.packing import Terms
from onrecord.speakers.register import fold


class EntityRow(NamedTuple):
    """An entity as linking sees it."""

    id: int
    name: str
    kind: int
    country: str | None
    roles: str | None
    aliases: str | None
    person_id: int | None
    document: str = ""
    """The hash of its document, where splits are looked for."""


class Decisions:
    """The splits that stand, and the register of a record."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._terms = Terms(connection)
        self._splits = load_splits(connection)
        self._numbers = frozenset(self._splits.values())
        # Not of merged_people: it holds nobody while reports tell of both sides of a merge as one person.
        merges = "SELECT 1 FROM changes WHERE kind = 'merge' AND undone_at IS NULL LIMIT 1"
        self.has_merges = connection.execute(merges).fetchone() is not None
        """Whether a merge stands: whom it means may have to be looked up again."""
        self._has_register = connection.execute("SELECT 1 FROM register LIMIT 1").fetchone() is not None

    def number_of(self, row: EntityRow) -> int | None:
        """Return the number of an entity's person, before namesakes are parted; None for who can't be told."""
        split = self._splits.get((row.document, row.name))
        if split is not None:
            return split
        return self.number_named(row.name, self._terms.word(row.kind), row.country)

    def number_named(self, name: str, kind: str, country: str | None = None) -> int | None:
        """Return the number of whoever has a name, before namesakes are parted; None for who can't be told."""
        registered, _ = self._look_up(name, kind, country)
        if registered is not None:
            return number_of(registered_key(registered, kind))
        key = key_of(name, kind)
        return None if key is None else number_of(key)

    def is_split(self, number: int) -> bool:
        """Tell whether a number is that of entities that were split off: they have no namesakes."""
        return number in self._numbers

    def known_as(self, row: EntityRow) -> tuple[str, str | None]:
        """Return the name and the country of an entity, as the register has them where it has it."""
        registered, country = self._look_up(row.name, self._terms.word(row.kind), row.country)
        return registered or row.name, row.country or country

    def _look_up(self, name: str, kind: str, country: str | None) -> tuple[str | None, str | None]:
        """Return the register's name and country of somebody; no name for one that it has not."""
        if not self._has_register:
            return None, None
        found = self._connection.execute(
            "SELECT register.name, register.country FROM register_names JOIN register USING (kind, name)"
            " WHERE folded = ? AND kind = ?",
            (fold(name), kind),
        ).fetchone()
        if found is None or (found[1] and country and found[1] != country):
            return None, None
        return str(found[0]), found[1]


def load_splits(connection: sqlite3.Connection) -> dict[tuple[str, str], int]:
    """Return the number that each split entity got, by document hash and name; a later split goes over an earlier."""
    splits: dict[tuple[str, str], int] = {}
    for change, what in _standing_splits(connection):
        number = split_number(change, what)
        splits |= {(document, name): number for document, name in what["entities"]}  # noqa: C420 - lists are no keys
    return splits


def split_changes(connection: sqlite3.Connection) -> dict[int, int]:
    """Return the change that made each person that a split made."""
    return {split_number(change, what): change for change, what in _standing_splits(connection)}


def _standing_splits(connection: sqlite3.Connection) -> list[tuple[int, dict[str, Any]]]:
    rows = connection.execute("SELECT id, what FROM changes WHERE kind = 'split' AND undone_at IS NULL ORDER BY id")
    return [(change, json.loads(written)) for change, written in rows]


def split_number(change: int, what: Mapping[str, Any]) -> int:
    """Return the number of the person that a split makes, by the number and the JSON of the change."""
    if "number" in what:  # reports that it was told from were taken out since
        return int(what["number"])
    document, name = min((document, name) for document, name in what["entities"])
    return number_of(f"split|{change}|{document}|{name}")


def registered_key(name: str, kind: str) -> str:
    """Return the key of a name of the register: that of other entities of this name, where such a name has one."""
    return key_of(name, kind) or f"{kind}|register|{fold(name)}"
