"""Whether a name that somebody asks for is one that an entity goes by, for filters in SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

from onrecord.record.finding import is_whole_id, numbers_between, people_meant
from onrecord.record.identities import LINKED, NAMESAKES, key_of, number_of
from onrecord.record.opening import define
from onrecord.record.packing import number_list
from onrecord.record.querying import Term, find_terms, parse_query

_KEPT: Final = 100_000


class NameFilter:
    """Tells whether an entity goes by one of some names.

    It does if all words of one of the names stand one behind the other in its name or in another name that the report
    has for it, without regard to case and accents; or if it is the same person or organization of the record as
    somebody of that full name, or the one of that id.
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

    def may_be(self) -> str:
        """Return, as SQL on ``e``, what is so of every entity that goes by one of the names.

        SQLite tells it alone, four times as fast: a name in ASCII holds each word as it was typed; any other is looked
        at in full, as it may differ by an accent.
        """
        longest = {max(term.words, key=len) for term in self.terms if term.words}
        words = [word for word in sorted(longest) if word.isascii() and word.isalnum()]
        name, aliases = (
            " OR ".join(
                [f"length(CAST({each} AS BLOB)) > length({each})", *(f"{each} LIKE '%{word}%'" for word in words)]
            )
            for each in ("e.name", "e.aliases")
        )
        people = number_list(sorted(self.people))
        return f"({name} OR (e.aliases IS NOT NULL AND ({aliases})) OR e.person_id IN ({people}))"

    def _tell(self, name: str | None, aliases: str | None) -> bool:
        written = [name or "", *(json.loads(aliases) if aliases else ())]
        return any(find_terms(each, [term]) for each in written for term in self.terms if term.words)


def _whole(name: str) -> Term:
    """Return a name as one term; a ``*`` at its end stands for any ending."""
    words = tuple(word for term in parse_query(name.replace('"', " ")).terms for word in term.words)
    return Term(words, name.rstrip().endswith("*"))


def _people(connection: sqlite3.Connection, names: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the people and organizations of these full names or ids, those merged with them too."""
    keys = {key for name in names for kind in LINKED if (key := key_of(name, kind))}
    firsts = sorted(map(number_of, keys))
    own = {number for first in firsts for number in numbers_between(connection, first, first + NAMESAKES - 1)}
    own.update(number for name in names if is_whole_id(name) for number in people_meant(connection, name))
    merged = connection.execute("SELECT person_id, into_id FROM merged_people").fetchall()
    heads = {head for person, head in merged if person in own}
    return frozenset(own | heads | {person for person, head in merged if head in own | heads})


def make_name_test(connection: sqlite3.Connection, function: str, names: Sequence[str]) -> NameFilter:
    """Make an SQL function of name, aliases and person_id that tells whether an entity goes by one of the names."""
    goes_by = NameFilter(connection, names)
    define(connection, function, 3, goes_by)
    return goes_by
