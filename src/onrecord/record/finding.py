"""Who is meant by an id or a name: a person or organization of the record."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from onrecord.errors import BadChange, MissingRecord
from onrecord.record.deciding import load_splits
from onrecord.record.identities import LINKED, NAMESAKES, key_of, number_of, show_person
from onrecord.record.namesakes import tell_apart
from onrecord.record.packing import COUNTING, number_array

_ID: Final = re.compile(r"p(?P<key>[0-9a-f]{2,10})(?:\.(?P<part>\d{1,3}))?")
DIGITS: Final = 10
NAMED: Final = 5
"""How many are named where several are meant."""
NAMINGS: Final = 500


def find_person(connection: sqlite3.Connection, words: str) -> int:
    """Return the number of the person that an id, its beginning or a full name means, merges counted.

    Raises:
        MissingRecord: nobody has this id or name.
        BadChange: several have.
    """
    people = people_meant(connection, words)
    if not people:
        raise MissingRecord("nobody of this id or full name", where=words, advice="see: onrecord people --in FILE")
    if len(people) > 1:
        listed = ", ".join(_listed(connection, people[:NAMED]))
        raise BadChange(f"means {len(people)} people: {listed}", where=words, advice="give the id of one")
    return people[0]


def people_meant(connection: sqlite3.Connection, words: str) -> list[int]:
    """Return the numbers of all whom an id, its beginning or a full name means, merges counted."""
    found = _ID.fullmatch(words.strip().lower())
    people = _by_id(connection, found) if found and is_id(words) else []
    return people or _by_name(connection, words) or (_by_id(connection, found) if found else [])


def _listed(connection: sqlite3.Connection, people: Sequence[int]) -> Iterator[str]:
    """Return the id and name of each, with what tells apart those of one name."""
    named = [(show_person(each), name_of(connection, each)) for each in people]
    apart = tell_apart(connection, named)
    return (f"{person} {name}" + (f" ({apart[person]})" if person in apart else "") for person, name in named)


def is_id(words: str) -> bool:
    """Tell whether words are an id of a person or the beginning of one; without a digit, "Pace" say, only a whole one.

    >>> is_id("p446962e9d2"), is_id("p44"), is_id("Pace")
    (True, True, False)
    """
    found = _ID.fullmatch(words.strip().lower())
    return found is not None and (len(found["key"]) == DIGITS or any(map(str.isdigit, words)))


def is_whole_id(words: str) -> bool:
    """Tell whether words are all digits of an id, as lists show it.

    >>> is_whole_id("p446962e9d2"), is_whole_id("p446962e9d2.7"), is_whole_id("p44")
    (True, True, False)
    """
    found = _ID.fullmatch(words.strip().lower())
    return found is not None and len(found["key"]) == DIGITS


def _by_id(connection: sqlite3.Connection, found: re.Match[str]) -> list[int]:
    low = int(found["key"].ljust(DIGITS, "0"), 16) * NAMESAKES
    high = int(found["key"].ljust(DIGITS, "f"), 16) * NAMESAKES + NAMESAKES - 1
    if len(found["key"]) == DIGITS:
        one = low + int(found["part"] or 0)
        return _between(connection, one, one) or ([] if found["part"] else _between(connection, low, high))
    return _between(connection, low, high)


def _by_name(connection: sqlite3.Connection, name: str) -> list[int]:
    keys = {key for kind in LINKED if (key := key_of(name, kind))}
    found = {each for key in keys for each in _between(connection, number_of(key), number_of(key) + NAMESAKES - 1)}
    for (_, named), number in load_splits(connection).items():
        if keys & {key_of(named, kind) for kind in LINKED}:
            found.update(_between(connection, number, number))
    return sorted(found)


# From one number to the next in the index: somebody who is quoted 87,000 times costs one step, not 87,000.
_BETWEEN: Final = """
WITH RECURSIVE own (number) AS (
    SELECT min(person_id) FROM entities WHERE person_id BETWEEN :low AND :high
    UNION ALL
    SELECT (SELECT min(person_id) FROM entities WHERE person_id > number AND person_id <= :high) FROM own
    WHERE number IS NOT NULL)
SELECT number, coalesce(into_id, number) FROM own LEFT JOIN merged_people ON person_id = number
WHERE number IS NOT NULL"""


def numbers_between(connection: sqlite3.Connection, low: int, high: int) -> dict[int, int]:
    """Return the people from ``low`` to ``high`` that reports have, each with the number of whom it was merged into."""
    return dict(connection.execute(_BETWEEN, {"low": low, "high": high}).fetchall())


def _between(connection: sqlite3.Connection, low: int, high: int) -> list[int]:
    return sorted(set(numbers_between(connection, low, high).values()))


def members_of(connection: sqlite3.Connection, person: int) -> list[int]:
    """Return the numbers of all that were merged into a person, and its own first."""
    rows = connection.execute("SELECT person_id FROM merged_people WHERE into_id = ? ORDER BY 1", (person,))
    return [person, *(number for (number,) in rows)]


def name_of(connection: sqlite3.Connection, person: int) -> str:
    """Return the name of a person: that of the user's register, or what most reports call it, of several the longest.

    Copies and revised texts count only for who is in nothing else, as on the person's page. Of somebody who is in more
    than :data:`NAMINGS` reports, those added last are asked. Whoever is left with the id of somebody whose reports were
    all split off goes by a name of those that were merged into it.
    """
    if (registered := registered_name(connection, person)) is not None:
        return registered
    own, merged = "person_id = ?", "person_id IN (SELECT person_id FROM merged_people WHERE into_id = ?)"
    for asked in (f"{own} AND {COUNTING}", f"{merged} AND {COUNTING}", own, merged):
        row = connection.execute(
            "SELECT name FROM (SELECT name FROM entities JOIN documents ON documents.id = document_id"
            f" WHERE {asked} ORDER BY entities.id DESC LIMIT ?)"
            " GROUP BY name ORDER BY count(*) DESC, length(name) DESC, name",
            (person, NAMINGS),
        ).fetchone()
        if row is not None:
            return str(row[0])
    return show_person(person)


def registered_name(connection: sqlite3.Connection, person: int) -> str | None:
    """Return how the user's register calls a person; None for who is not in it, and for another of that name."""
    return registered_names(connection, [person]).get(person)


def registered_names(connection: sqlite3.Connection, people: Iterable[int]) -> dict[int, str]:
    """Return how the user's register calls some people, by which every list names them; without who is not in it."""
    keys = [person // NAMESAKES for person in people if person % NAMESAKES == 0]
    rows = connection.execute(
        "SELECT r.key, min(r.name) FROM json_each(?) wanted JOIN register r ON r.key = wanted.value GROUP BY r.key",
        (number_array(keys),),
    )
    return {key * NAMESAKES: name for key, name in rows}
