"""Linking: which person or organization of the record each entity of a report is.

``entities.person_id`` is the number of the entity's key (:mod:`onrecord.record.identities`) and, where several people
share a key, of the part that it falls to (:mod:`onrecord.record.parting`). It is written with the entity; what is left
to do after a report is written is to look at the namesakes of its persons again. A key that few entities have is
looked at whole; for one of many the profiles are kept counted in ``person_profiles``.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Final, NamedTuple

import msgspec

from onrecord.record.deciding import Decisions, EntityRow
from onrecord.record.identities import NAMESAKES
from onrecord.record.merging import settle_merges
from onrecord.record.packing import Terms
from onrecord.record.parting import number_parts, part
from onrecord.record.profiles import Profile, profile_of

FEW: Final = 64
"""Entities of one key that are looked at one by one: a new report with such a name then costs under a millisecond."""
ENTITY_ROW: Final = "entities.id, name, kind, country, roles, aliases, entities.person_id"


class Namesake(NamedTuple):
    """A person's entity in a report."""

    id: int
    person_id: int
    profile: Profile


def link_people(
    connection: sqlite3.Connection, documents: Iterable[int], *, also: Collection[int] | None = None
) -> None:
    """Link the entities of documents that were just written, in the caller's transaction.

    Args:
        connection: of the record.
        documents: their numbers.
        also: keys that lost an entity, as :func:`unlink_people` returned them; None where no reading was taken away.
    """
    decisions = Decisions(connection)
    person = Terms(connection).number("person")
    came: defaultdict[int, list[Namesake]] = defaultdict(list)
    for document in documents:
        for row in _entities_of(connection, document):
            number = decisions.number_of(row)
            if number != row.person_id:
                connection.execute("UPDATE entities SET person_id = ? WHERE id = ?", (number, row.id))
            if number is not None and row.kind == person and not decisions.is_split(number):
                came[number // NAMESAKES].append(_namesake(row, number, decisions))
    moved = [_part_key(connection, key, came[key], decisions) for key in sorted({*came, *(also or ())})]
    if decisions.has_merges and (also is not None or any(moved)):
        settle_merges(connection)


def unlink_people(connection: sqlite3.Connection, document: int) -> set[int]:
    """Forget a document's persons, before its reading is taken away; return their keys, to be linked again."""
    decisions = Decisions(connection)
    person = Terms(connection).number("person")
    keys = set()
    for row in _entities_of(connection, document):
        if row.person_id is None or row.kind != person or decisions.is_split(row.person_id):
            continue
        key = row.person_id // NAMESAKES
        keys.add(key)
        profile = _pack(_namesake(row, row.person_id, decisions).profile)
        counted = connection.execute(
            "UPDATE person_profiles SET count = count - 1 WHERE key = ? AND profile = ?", (key, profile)
        )
        if not counted.rowcount:  # by another version of onrecord: all are counted anew
            connection.execute("DELETE FROM person_profiles WHERE key = ?", (key,))
    connection.executemany("DELETE FROM person_profiles WHERE key = ? AND count = 0", [(key,) for key in keys])
    return keys


def _entities_of(connection: sqlite3.Connection, document: int) -> list[EntityRow]:
    rows = connection.execute(
        f"SELECT {ENTITY_ROW}, documents.hash FROM readings JOIN entities"
        " ON entities.id >= first_entity AND entities.id < first_entity + entity_count"
        " JOIN documents ON documents.id = readings.document_id WHERE readings.document_id = ?",
        (document,),
    )
    return [EntityRow(*row) for row in rows]


def _namesake(row: EntityRow, number: int, decisions: Decisions) -> Namesake:
    name, country = decisions.known_as(row)
    return Namesake(row.id, number, profile_of(name, country, row.roles, row.aliases))


def link_again(connection: sqlite3.Connection, rows: Iterable[EntityRow]) -> None:
    """Link entities by what is decided now, and again those that they were among before, or are now."""
    decisions = Decisions(connection)
    person = Terms(connection).number("person")
    keys = set()
    for row in rows:
        number = decisions.number_of(row)
        connection.execute("UPDATE entities SET person_id = ? WHERE id = ?", (number, row.id))
        if row.kind == person:
            both = {each for each in (row.person_id, number) if each is not None}
            keys |= {each // NAMESAKES for each in both if not decisions.is_split(each)}
    _part_again(connection, keys, decisions)
    settle_merges(connection)


def part_again(connection: sqlite3.Connection, keys: Iterable[int]) -> None:
    """Say again who is who among the entities of keys, as if those that are gone had never been there."""
    _part_again(connection, keys, Decisions(connection))
    settle_merges(connection)


def name_parts(connection: sqlite3.Connection, person: int, decisions: Decisions) -> str:
    """Say how many namesakes somebody is kept apart from, and by what; empty for none."""
    key = person // NAMESAKES
    if decisions.is_split(person):
        return ""
    people = connection.execute(
        "SELECT count(DISTINCT person_id) FROM entities WHERE person_id BETWEEN ? AND ?",
        (key * NAMESAKES, key * NAMESAKES + NAMESAKES - 1),
    ).fetchone()[0]
    if people < 2:
        return ""
    counted = connection.execute("SELECT profile, count FROM person_profiles WHERE key = ?", (key,)).fetchall()
    counts = Counter({_unpack(profile): count for profile, count in counted})
    labels = part(counts or Counter(each.profile for each in _namesakes(connection, key, decisions)))
    named = {key * NAMESAKES + number: label for label, number in number_parts(labels.values()).items()}
    by = f" by {named[person]}" if named.get(person) else ""
    return f"apart from {people - 1} namesake{'s' * (people > 2)}{by}"


def _part_again(connection: sqlite3.Connection, keys: Iterable[int], decisions: Decisions) -> None:
    """Say again who is who among the entities of keys, after some came or went in other ways than with a document."""
    for key in sorted(keys):
        connection.execute("DELETE FROM person_profiles WHERE key = ?", (key,))
        _part_key(connection, key, [], decisions)


# ---- the namesakes of one key --------------------------------------------------------------------------------


def _part_key(connection: sqlite3.Connection, key: int, came: list[Namesake], decisions: Decisions) -> bool:
    """Say again who is who among all entities of a key, of which some have just come; tell whether others moved."""
    if _count(connection, key, came):
        return _part_many(connection, key, came, decisions)
    namesakes = list(_namesakes(connection, key, decisions, FEW + 1))
    if len(namesakes) > FEW:
        namesakes = list(_namesakes(connection, key, decisions))
        _start_counting(connection, key, namesakes)
    persons = _parts(key, Counter(each.profile for each in namesakes))
    new = {each.id for each in came}
    return any(each not in new for each in _write(connection, namesakes, persons))


def _namesakes(connection: sqlite3.Connection, key: int, decisions: Decisions, most: int = -1) -> Iterator[Namesake]:
    rows = connection.execute(
        f"SELECT {ENTITY_ROW} FROM entities WHERE person_id BETWEEN ? AND ? LIMIT ?",
        (key * NAMESAKES, key * NAMESAKES + NAMESAKES - 1, most),
    )
    found = (EntityRow(*row) for row in rows)
    return (_namesake(row, row.person_id or 0, decisions) for row in found)


def _parts(key: int, counts: Counter[Profile]) -> dict[Profile, int]:
    """Return the number of each profile's person."""
    labels = part(counts)
    numbers = number_parts(labels.values())
    return {profile: key * NAMESAKES + numbers[label] for profile, label in labels.items()}


def _write(connection: sqlite3.Connection, namesakes: Iterable[Namesake], persons: dict[Profile, int]) -> list[int]:
    """Write who is who where it is not so yet; return those entities."""
    moved = [each for each in namesakes if persons[each.profile] != each.person_id]
    connection.executemany(
        "UPDATE entities SET person_id = ? WHERE id = ?", [(persons[each.profile], each.id) for each in moved]
    )
    return [each.id for each in moved]


# ---- keys of many entities -----------------------------------------------------------------------------------


def _count(connection: sqlite3.Connection, key: int, came: list[Namesake]) -> bool:
    """Count what came among the profiles of a key; False where they are not kept counted."""
    if connection.execute("SELECT 1 FROM person_profiles WHERE key = ? LIMIT 1", (key,)).fetchone() is None:
        return False
    # Person 0 is nobody: who somebody with a new profile is, is written by what comes next.
    connection.executemany(
        "INSERT INTO person_profiles (key, profile, count, person_id) VALUES (?, ?, 1, 0)"
        " ON CONFLICT DO UPDATE SET count = count + 1",
        [(key, _pack(each.profile)) for each in came],
    )
    return True


def _start_counting(connection: sqlite3.Connection, key: int, namesakes: Iterable[Namesake]) -> None:
    counts = Counter(each.profile for each in namesakes)
    persons = _parts(key, counts)
    connection.executemany(
        "INSERT INTO person_profiles (key, profile, count, person_id) VALUES (?, ?, ?, ?)",
        [(key, _pack(profile), count, persons[profile]) for profile, count in counts.items()],
    )


def _part_many(connection: sqlite3.Connection, key: int, came: list[Namesake], decisions: Decisions) -> bool:
    if _are_one(connection, key):
        # Nobody is parted from anybody, and nobody new has come: how many say the same does not matter.
        _write(connection, came, dict.fromkeys((each.profile for each in came), key * NAMESAKES))
        return False
    rows = connection.execute("SELECT profile, count, person_id FROM person_profiles WHERE key = ?", (key,)).fetchall()
    before = {_unpack(profile): person for profile, _, person in rows}
    persons = _parts(key, Counter({_unpack(profile): count for profile, count, _ in rows}))
    changed = [profile for profile, person in persons.items() if before[profile] != person]
    connection.executemany(
        "UPDATE person_profiles SET person_id = ? WHERE key = ? AND profile = ?",
        [(persons[profile], key, _pack(profile)) for profile in changed],
    )
    is_moved = any(before[profile] for profile in changed)
    namesakes = list(_namesakes(connection, key, decisions)) if is_moved else came
    if any(each.profile not in persons for each in namesakes):  # some were counted by another version of onrecord
        _part_again(connection, [key], decisions)
    else:
        _write(connection, namesakes, persons)
    return is_moved


def _are_one(connection: sqlite3.Connection, key: int) -> bool:
    row = connection.execute(
        "SELECT NOT EXISTS (SELECT 1 FROM person_profiles WHERE key = ? AND person_id <> ?)", (key, key * NAMESAKES)
    ).fetchone()
    return bool(row[0])


def _pack(profile: Profile) -> str:
    return msgspec.json.encode(profile).decode()


def _unpack(packed: str) -> Profile:
    return msgspec.json.decode(packed, type=Profile)
