"""What a person or organization of the record says, to whom and about whom, and who says what of it.

Only what counts: statements in copies and in revised texts are left out, and those that somebody said are none. Lists
go up to a number of statements, so that somebody who is quoted in ten thousand reports costs no more than that.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.record.corrected import answers_of_people, rectified
from onrecord.record.facets import (
    COLUMNS,
    COUNTED,
    JOINS,
    Count,
    Facet,
    Facets,
    PeopleTally,
    count_days,
    count_facets,
)
from onrecord.record.filtering import Filters, condition
from onrecord.record.finding import members_of
from onrecord.record.packing import COUNTING, PARTS, Terms, number_array

REPORTS: Final = 5_000
"""Reports that are looked at, those added last: a page can't wait for all 87,000 of a head of state, which take 3 s."""
LOOKED_AT: Final = 1_000
"""Statements of which it is told to whom and about whom they are: each report has some 20 entities to look at."""
SHOWN: Final = 12
"""People of a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Companion:
    """Somebody who has to do with somebody's statements."""

    name: str
    """As the user's register has it, or else most of the reports."""
    person: str | None
    """The record's id; None for who can't be told."""
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """What somebody says, and what is said of somebody."""

    said: tuple[int, ...]
    """The record's numbers of the statements, the newest first."""
    spoken: tuple[int, ...]
    """Those of others that mention somebody, the newest first."""
    facets: Facets
    """What the statements have in common: outlets, forms, cue classes, months."""
    spoken_months: tuple[Facet, ...]
    """When others spoke of somebody."""
    days: tuple[Facet, ...]
    """Days of publication of what somebody says, in their order."""
    spoken_days: tuple[Facet, ...]
    to: tuple[Companion, ...]
    about: tuple[Companion, ...]
    counted: Count
    """Of how many statements ``to`` and ``about`` are."""
    by: tuple[Companion, ...]
    """Who else speaks of somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFound:
    """A name that reports have for somebody."""

    name: str
    reports: int
    document: str
    """The earliest report that has it: the contract's ``document.id``."""
    outlet: str | None
    published: str | None


def portray(connection: sqlite3.Connection, person: int) -> Portrait:
    """Return what a person says and what others say of it; ``person`` is its number, merges counted."""
    members = members_of(connection, person)
    said, spoken = _statements(connection, members)
    spoken -= said
    newest = _newest_first(connection, said)
    looked = set(newest[:LOOKED_AT])
    to, about = _companions(connection, looked, set(members))
    of_them = _newest_first(connection, spoken)
    facets, days = _facets(connection, newest)
    spoken_facets, spoken_days = _facets(connection, of_them)
    return Portrait(
        said=tuple(newest),
        spoken=tuple(of_them),
        facets=facets,
        spoken_months=spoken_facets.month,
        days=days,
        spoken_days=spoken_days,
        to=to,
        about=about,
        counted=Count(len(looked), is_least=len(newest) > LOOKED_AT),
        by=_speakers(connection, of_them),
    )


_NEWEST: Final = f"e.id IN (SELECT id FROM entities WHERE person_id = ? ORDER BY id DESC LIMIT ?) AND {COUNTING}"


def _statements(connection: sqlite3.Connection, members: Sequence[int]) -> tuple[set[int], set[int]]:
    """Return the numbers of the statements that somebody makes, and of those that mention somebody."""
    said: set[int] = set()
    spoken: set[int] = set()
    earliest: int | None = None
    is_all = True
    for member in members:
        rows = connection.execute(
            "SELECT first_statement, says, about FROM entities e JOIN documents ON documents.id = e.document_id"
            f" JOIN readings r ON r.document_id = e.document_id WHERE {_NEWEST}",
            (member, REPORTS),
        ).fetchall()
        is_all = is_all and len(rows) < REPORTS
        for first, says, about in rows:
            earliest = first if earliest is None else min(earliest, first)
            said.update(first + place for place in json.loads(says or "[]"))
            spoken.update(first + place for place in json.loads(about or "[]"))
    # Of the reports that are looked at; of all, where all are, those too that do not name somebody.
    answers = answers_of_people(connection, members).behind(0 if is_all else earliest or 0)
    return said.difference(answers.corrected).union(answers.answering), spoken


def _newest_first(connection: sqlite3.Connection, rows: Iterable[int]) -> list[int]:
    counting = condition(connection, Filters(), deleted=False)
    found = connection.execute(
        "SELECT s.id FROM json_each(?) wanted JOIN statements s ON s.id = wanted.value"
        f" WHERE {counting} ORDER BY s.published DESC, s.id",
        (number_array(sorted(rows)),),
    )
    return [row for (row,) in found]


def _facets(connection: sqlite3.Connection, rows: Sequence[int]) -> tuple[Facets, tuple[Facet, ...]]:
    """Return what statements have in common, and their days."""
    found = connection.execute(
        f"SELECT {COLUMNS} FROM json_each(?) wanted JOIN statements s ON s.id = wanted.value {JOINS}",
        (number_array(sorted(rows[:COUNTED])),),
    ).fetchall()
    return count_facets(connection, found, is_least=len(rows) > COUNTED), count_days(row[2] for row in found)


# ---- companions ----------------------------------------------------------------------------------------------

_IN_THEIR_REPORTS: Final = """
SELECT r.first_statement, e.about, e.parts, coalesce(m.into_id, e.person_id), e.name
FROM (SELECT DISTINCT s.document_id FROM json_each(?) wanted JOIN statements s ON s.id = wanted.value) d
JOIN readings r ON r.document_id = d.document_id
JOIN entities e ON e.id >= r.first_entity AND e.id < r.first_entity + r.entity_count
LEFT JOIN merged_people m ON m.person_id = e.person_id WHERE e.about IS NOT NULL OR e.parts IS NOT NULL"""


def _most(connection: sqlite3.Connection, tally: PeopleTally) -> tuple[Companion, ...]:
    """Return those who have most."""
    return tuple(
        Companion(name=each.value or "", person=each.person, statements=each.count)
        for each in tally.most(connection, SHOWN)
    )


def _companions(
    connection: sqlite3.Connection, wanted: set[int], members: set[int]
) -> tuple[tuple[Companion, ...], tuple[Companion, ...]]:
    """Return to whom statements are said, and whom they mention; the speaker is neither."""
    to, of = PeopleTally(), PeopleTally()
    for first, about, parts, person, name in connection.execute(_IN_THEIR_REPORTS, (number_array(sorted(wanted)),)):
        if person in members:
            continue
        of.add_each(person, name, wanted.intersection(first + place for place in json.loads(about or "[]")))
        addressed = (place for part, place in json.loads(parts or "[]") if part == PARTS["addressees"])
        to.add_each(person, name, wanted.intersection(first + place for place in addressed))
    return _most(connection, to), _most(connection, of)


def _speakers(connection: sqlite3.Connection, rows: Sequence[int]) -> tuple[Companion, ...]:
    """Return who makes statements, as they were corrected; of those that several make, the heading is the name."""
    tally = PeopleTally()
    corrected = rectified(connection, Terms(connection)).speaker
    for statement, *as_read in connection.execute(
        "SELECT s.id, CASE WHEN s.speaker_name IS NULL THEN coalesce(m.into_id, e.person_id) END,"
        f" coalesce(s.speaker_name, e.name) FROM json_each(?) wanted JOIN statements s ON s.id = wanted.value {JOINS}",
        (number_array(sorted(rows[:COUNTED])),),
    ):
        person, name = corrected.get(statement, as_read)
        if name is not None:
            tally.add(person, name)
    return _most(connection, tally)


# ---- names ---------------------------------------------------------------------------------------------------


def names_found(connection: sqlite3.Connection, person: int) -> list[NameFound]:
    """Return the names that reports have for a person, each with the earliest report; those of most reports first."""
    found: dict[str, list[tuple[str, str | None, str | None]]] = defaultdict(list)
    for name, where in _namings(connection, members_of(connection, person)):
        found[name].append(where)
    listed = [
        NameFound(
            name=name,
            reports=len({document for document, _, _ in places}),
            document=document,
            outlet=outlet,
            published=day,
        )
        for name, places in found.items()
        for document, outlet, day in places[:1]
    ]
    return sorted(listed, key=lambda each: (-each.reports, -len(each.name), each.name))


def _namings(
    connection: sqlite3.Connection, members: Sequence[int]
) -> Iterator[tuple[str, tuple[str, str | None, str | None]]]:
    """Yield each name with the report that has it, the earliest report first."""
    query = (
        "SELECT coalesce(published, '9'), hash, e.id, e.name, e.aliases, coalesce(o.name, documents.outlet), published"
        " FROM entities e JOIN documents ON documents.id = e.document_id"
        f" LEFT JOIN outlets o ON o.id = documents.outlet_id WHERE {_NEWEST}"
    )
    rows = sorted(row for member in members for row in connection.execute(query, (member, REPORTS)))
    for _, document, _, name, aliases, outlet, published in rows:
        for called in dict.fromkeys((name, *json.loads(aliases or "[]"))):
            yield called, (document, outlet, published)
