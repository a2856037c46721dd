"""What a user says of people: these are one, this is another; and the undoing of it, of outlets too.

Each change is kept with who made it, when and why (table ``changes``) and can be undone. It names people by reports and
the names there, not by numbers, so that it holds for reports that are added later and after a second reading:

- merge: ``{"people": [{"person": NUMBER, "reports": [[HASH, NAME], ...]}, ...]}``, the first one keeps its id
- split: ``{"person": NUMBER, "entities": [[HASH, NAME], ...]}``, those are somebody else; with the ``number`` of who
  that is, once reports of it were taken out (:mod:`onrecord.record.mending`)
- join outlets, split outlet: ``{"name": OUTLET, "domains": [DOMAIN, ...]}``
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from onrecord.encoding import clean
from onrecord.errors import BadChange, MissingRecord
from onrecord.record.deciding import EntityRow, split_number
from onrecord.record.finding import find_person, members_of, name_of
from onrecord.record.identities import show_person
from onrecord.record.ids import ID
from onrecord.record.linking import ENTITY_ROW, link_again
from onrecord.record.merging import describe_side, settle_merges
from onrecord.record.opening import transaction
from onrecord.record.outlets import check_split, known_domains, place_domains
from onrecord.record.packing import COUNTING, clean_or_none, number_list, stamp

ChangeKind = Literal["merge", "split", "join outlets", "split outlet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What somebody decided of people or outlets."""

    id: int
    kind: ChangeKind
    summary: str
    """What it did, such as ``Ada Harrow (p446962e9d2) <- A. B. Harrow (p0c1de2f3a4)``."""
    who: str | None
    made_at: str
    """UTC."""
    why: str | None
    undone_at: str | None
    """None while it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who makes a change, and why."""

    who: str | None = None
    why: str | None = None
    now: datetime | None = None
    """The clock's if not given."""


NOBODY: Final[By] = By()
_REPORTS: Final = "see: onrecord people --in FILE --name NAME --reports"


def merge_people(connection: sqlite3.Connection, people: Sequence[str], by: By = NOBODY) -> Change:
    """Make people of the record one; the first keeps its id.

    Args:
        connection: of the record.
        people: ids, their beginnings, or full names that only one person has.
        by: who says so, and why.

    Raises:
        MissingRecord: nobody has this id or name.
        BadChange: fewer than two people, or several of one name.
    """
    people = (people,) if isinstance(people, str) else people  # never its letters
    with transaction(connection):
        numbers = list(dict.fromkeys(find_person(connection, words) for words in people))
        if len(numbers) < 2:
            raise BadChange(
                "a merge takes two people, and these are one",
                where=" ".join(people),
                advice="name another: see onrecord people --in FILE",
            )
        sides = [describe_side(connection, number) for number in numbers]
        summary = " <- ".join(f"{name_of(connection, number)} ({show_person(number)})" for number in numbers)
        change = note_change(connection, "merge", {"people": sides, "summary": summary}, by)
        settle_merges(connection)
    return change


def split_person(connection: sqlite3.Connection, person: str, reports: Sequence[str], by: By = NOBODY) -> Change:
    """Make what some reports say of somebody somebody else's.

    Args:
        connection: of the record.
        person: an id, its beginning, or a full name that only one person has.
        reports: ids of documents or statements; what those documents say of the person is parted from it.
        by: who says so, and why.

    Raises:
        MissingRecord: nobody has this id or name, or no such document, or the person is not in it.
        BadChange: several people of the name, or nothing would be left of the person.
    """
    with transaction(connection):
        number = find_person(connection, person)
        rows = [row for report in dict.fromkeys(reports) for row in _entities_in(connection, number, report)]
        if not rows:
            raise BadChange("a split names reports of the other one", where=person, advice=_REPORTS)
        if not _keeps_reports(connection, number, {row.id for row in rows}):
            raise BadChange(
                "these are all the reports of this person: nobody would be left",
                where=person,
                advice="leave out those that are of the person",
            )
        name = name_of(connection, number)
        documents = sorted({row.document for row in rows})
        what = {
            "person": number,
            "entities": sorted({(row.document, row.name) for row in rows}),
            "summary": f"{name} ({show_person(number)}) -> another of the name in {', '.join(documents)}",
        }
        change = note_change(connection, "split", what, by)
        link_again(connection, rows)
    return change


def join_outlets(connection: sqlite3.Connection, name: str, domains: Sequence[str], by: By = NOBODY) -> Change:
    """Make domains those of one outlet, for reports that are added later too.

    Args:
        connection: of the record.
        name: of the outlet: one that there is, or a new one.
        domains: domains, addresses, or names of outlets, for all of their domains.
        by: who says so, and why.

    Raises:
        MissingRecord: no such domain or outlet.
        BadChange: no name.
    """
    name = clean(" ".join(name.split()))
    if not name or not domains:
        raise BadChange("an outlet has a name and domains", advice="give both: see onrecord outlets --in FILE")
    with transaction(connection):
        return _place(connection, "join outlets", name, known_domains(connection, domains), by)


def split_outlet(connection: sqlite3.Connection, domain: str, by: By = NOBODY, *, name: str | None = None) -> Change:
    """Make a domain an outlet of its own, of the name of the domain if no other is given.

    Raises:
        MissingRecord: no such domain.
        BadChange: it is the only one of its outlet.
    """
    with transaction(connection):
        known, *more = known_domains(connection, [domain])
        if more:
            raise BadChange("is the name of an outlet, not a domain", where=domain, advice="name one of its domains")
        check_split(connection, known)
        return _place(connection, "split outlet", clean(" ".join((name or "").split())) or known, [known], by)


def _place(connection: sqlite3.Connection, kind: ChangeKind, name: str, domains: Sequence[str], by: By) -> Change:
    summary = f"{name} <- {', '.join(domains)}" if kind == "join outlets" else f"{', '.join(domains)} -> {name}"
    change = note_change(connection, kind, {"name": name, "domains": list(domains), "summary": summary}, by)
    place_domains(connection, domains)
    return change


def undo_change(connection: sqlite3.Connection, number: int) -> Change:
    """Undo a change of people or outlets.

    Raises:
        MissingRecord: no such change.
        BadChange: it was undone before.
    """
    with transaction(connection):
        change = _change(connection, number)
        if change.undone_at is not None:
            raise BadChange(
                f"was undone at {change.undone_at}", where=f"change {number}", advice="make it anew, if it should stand"
            )
        connection.execute("UPDATE changes SET undone_at = ? WHERE id = ?", (stamp(None), number))
        what = json.loads(connection.execute("SELECT what FROM changes WHERE id = ?", (number,)).fetchone()[0])
        if change.kind == "merge":
            settle_merges(connection)
        elif change.kind == "split":
            link_again(connection, _entities_named(connection, what["entities"]))
        else:
            place_domains(connection, what["domains"])
        return _change(connection, number)


def list_changes(connection: sqlite3.Connection, *, after: int = 0, most: int | None = None) -> list[Change]:
    """Return the changes, the first one first, undone ones among them.

    Args:
        connection: of the record.
        after: only those with a greater number: where a page before ended.
        most: so many at most.
    """
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM changes WHERE id > ? ORDER BY id LIMIT ?", (after, -1 if most is None else most)
    )
    return [_read(row) for row in rows]


def newest_changes(connection: sqlite3.Connection, most: int) -> list[Change]:
    """Return the changes that were made last, the last one first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM changes ORDER BY made_at DESC, id DESC LIMIT ?", (most,))
    return [_read(row) for row in rows]


def count_changes(connection: sqlite3.Connection) -> int:
    """Return how many changes there are, undone ones among them."""
    return int(connection.execute("SELECT count(*) FROM changes").fetchone()[0])


def people_of(connection: sqlite3.Connection, change: Change) -> tuple[str, ...]:
    """Return the ids of the people that a change is of: the one that keeps its id first; none for one of outlets."""
    what = json.loads(connection.execute("SELECT what FROM changes WHERE id = ?", (change.id,)).fetchone()[0])
    if change.kind == "merge":
        return tuple(show_person(each["person"]) for each in what["people"])
    if change.kind == "split":
        return show_person(what["person"]), show_person(split_number(change.id, what))
    return ()


# ---- keeping -------------------------------------------------------------------------------------------------

_COLUMNS: Final = "id, kind, json_extract(what, '$.summary'), who, made_at, why, undone_at"


def note_change(connection: sqlite3.Connection, kind: ChangeKind, what: dict[str, Any], by: By) -> Change:
    """Write a change down."""
    written = json.dumps(what, ensure_ascii=False)
    number = connection.execute(
        "INSERT INTO changes (kind, what, who, made_at, why) VALUES (?, ?, ?, ?, ?)",
        (kind, written, clean_or_none(by.who), stamp(by.now), clean_or_none(by.why)),
    ).lastrowid
    return _change(connection, number or 0)


def _change(connection: sqlite3.Connection, number: int) -> Change:
    row = connection.execute(f"SELECT {_COLUMNS} FROM changes WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise MissingRecord("no such change", where=str(number), advice="see: onrecord undo --list")
    return _read(row)


def _read(row: Sequence[Any]) -> Change:
    number, kind, summary, who, made_at, why, undone_at = row
    return Change(id=number, kind=kind, summary=summary, who=who, made_at=made_at, why=why, undone_at=undone_at)


# ---- splits --------------------------------------------------------------------------------------------------

_OF_DOCUMENT: Final = (
    "FROM documents JOIN readings ON readings.document_id = documents.id"
    " JOIN entities ON entities.id >= first_entity AND entities.id < first_entity + entity_count"
)


def _entities_in(connection: sqlite3.Connection, person: int, report: str) -> list[EntityRow]:
    """Return what a report says of somebody."""
    named = report.strip().lower()
    document = named.partition("-")[0] if ID.fullmatch(named) else named
    if connection.execute("SELECT 1 FROM documents WHERE hash = ?", (document,)).fetchone() is None:
        raise MissingRecord("no such document in the record", where=report, advice=_REPORTS)
    rows = connection.execute(
        f"SELECT {ENTITY_ROW}, hash {_OF_DOCUMENT} LEFT JOIN merged_people USING (person_id)"
        " WHERE hash = ? AND coalesce(into_id, entities.person_id) = ?",
        (document, person),
    ).fetchall()
    if not rows:
        raise MissingRecord(f"{show_person(person)} is not in this document", where=report, advice=_REPORTS)
    return [EntityRow(*row) for row in rows]


def _entities_named(connection: sqlite3.Connection, entities: Sequence[Sequence[str]]) -> list[EntityRow]:
    return [
        EntityRow(*row)
        for document, name in entities
        for row in connection.execute(
            f"SELECT {ENTITY_ROW}, hash {_OF_DOCUMENT} WHERE hash = ? AND name = ?",
            (document, name),
        )
    ]


def _keeps_reports(connection: sqlite3.Connection, person: int, parted: Collection[int]) -> bool:
    """Tell whether somebody is left in a report that counts once these entities are parted; copies show nobody."""
    # Not of the view person_entities, for which SQLite goes through all entities of the record.
    members = number_list(members_of(connection, person))
    rows = connection.execute(
        "SELECT entities.id FROM entities JOIN documents ON documents.id = document_id"
        f" WHERE person_id IN ({members}) AND {COUNTING}"
    )
    return any(number not in parted for (number,) in rows)
