"""Whether a name that somebody asks for is one that an entity goes by, for filters in SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

from onrecord.record.finding import numbers_between
from onrecord.record.identities import LINKED, PARTS, key_of, number_of
from onrecord.record.querying import Term, find_terms, parse_query

_KEPT: Final = 100_000


class NameFilter:
    """Tells whether an entity goes by one of some names.

    It does if all words of one of the names stand one behind the other in its name or in another name that the report
    has for it, without regard to case and accents; or if it is the same person or organization of the record as
    somebody of that full name.
    """

    def __init__(self, connection: sqlite3.Connection, names: Sequence[str]) -> None:
        self.terms = [_whole(name) for name in names]
        """The names, a term each; one without words is nobody's."""
        self.people = _people(connection, names)
        """The numbers of those of these full names, and of those merged with them."""
        self._known: dict[tuple[str | None, str | None], bool] = {}

    def __call__(self, name: str | None, aliases: str | None, person: int | None) -> bool:
        """Tell it of the columns of an entity."""
        if person is not None and person in self.people:
            return True
        known = self._known.get((name, aliases))
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = self._known[name, aliases] = self._tell(name, aliases)
        return known

    def _tell(self, name: str | None, aliases: str | None) -> bool:
        written = [name or "", *(json.loads(aliases) if aliases else ())]
        return any(find_terms(each, [term]) for each in written for term in self.terms if term.words)


def _whole(name: str) -> Term:
    """Return a name as one term; a ``*`` at its end stands for any ending."""
    words = tuple(word for term in parse_query(name.replace('"', " ")).terms for word in term.words)
    return Term(words, name.rstrip().endswith("*"))


def _people(connection: sqlite3.Connection, names: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the people and organizations of these full names, those merged with them too."""
    keys = {key for name in names for kind in LINKED if (key := key_of(name, kind))}
    firsts = sorted(map(number_of, keys))
    own = {number for first in firsts for number in numbers_between(connection, first, first + PARTS - 1)}
    merged = connection.execute("SELECT person_id, into_id FROM merged_people").fetchall()
    heads = {head for person, head in merged if person in own}
    return frozenset(own | heads | {person for person, head in merged if head in own | heads})


def register(connection: sqlite3.Connection, name: str, names: Sequence[str]) -> None:
    """Make an SQL function of name, aliases and person_id that tells whether an entity goes by one of the names."""
    connection.create_function(name, 3, NameFilter(connection, names), deterministic=True)
