"""Which reports and statements of a record are handed on: the same filters as those of a search.

Reports come in the order of their hashes, whatever order they were added in, revised texts before, and one at a time:
what this takes in memory does not grow with the record, save for a number for each report.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from onrecord.document import Span
from onrecord.reading import Entity, ReadingRecord, Statement, keep_events, keep_statements
from onrecord.record.corrected import Elsewhere
from onrecord.record.filtering import Filters, condition
from onrecord.record.identities import show_person
from onrecord.record.ids import StatementId, mark_statements, parse_statement_id
from onrecord.record.opening import define, one_moment
from onrecord.record.overlaying import annotated_reading
from onrecord.record.packing import EARLIER_FIRST, ENTITIES_OF, STANDING, STATEMENTS_OF, Terms, pack_date
from onrecord.record.restoring import restore_whole
from onrecord.record.whole import Whole
from onrecord.speakers.namewords import fold

Standing = Literal["counts", "copy", "revised"]
STANDINGS: Final[tuple[Standing, ...]] = ("counts", "copy", "revised")
# What filters of statements ask of a report, told from the report itself: one without statements is found too.
_REPORTS: Final = f"""
    SELECT documents.id AS document_id, hash, is_current, outlet_id, packed_date(published) AS published,
        {STANDING} AS standing
    FROM documents"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A reading with what the record knows of its report."""

    reading: ReadingRecord
    """With the statements that were chosen, and all else that was read; corrections are put over it."""
    ids: Mapping[str, str]
    """The record-wide ids of all statements of the report, by those of the reading."""
    outlet: str | None
    """As the record calls it."""
    standing: Standing
    copy_of: str | None
    """The ``document.id`` of the report that it repeats."""
    people: Mapping[str, int]
    """The record's numbers of the people and organizations that its entities are."""

    @property
    def text(self) -> str:
        """The text that all spans count in."""
        return self.reading.document.text

    def person_of(self, entity: Entity) -> str | None:
        """Return the record's id of an entity, as lists of people have it; None for whom only the report knows."""
        number = self.people.get(entity.id)
        return None if number is None else show_person(number)


def kept_readings(connection: sqlite3.Connection, filters: Filters, *, corrected: bool = True) -> Iterator[Kept]:
    """Yield the readings that filters choose, revised texts first, by the document's hash, with corrections over them.

    Where filters are on statements (speaker, about, form ...), a report has only the statements that they choose, and
    the events and amounts that those claim; one without any is left out. What pointed at a statement that is left out
    points at the next one that is not. With corrections, filters go by the corrected speaker, form and cue class.
    """
    reports = _choose_reports(connection, filters)
    only = replace(filters, outlet=(), since=None, until=None, copies=True)
    narrowed = only != Filters(copies=True)
    if narrowed:
        there = _reports_with(connection, only, corrected=corrected)
        reports = [each for each in reports if each[0] in there]
    terms = Terms(connection)
    for number, standing in reports:
        with one_moment(connection):
            chosen = _choose_statements(connection, number, only, corrected=corrected) if narrowed else None
            whole = None if chosen == set() else restore_whole(connection, number, terms)
            kept = None if whole is None else _keep(connection, number, whole, STANDINGS[standing], corrected=corrected)
        narrow = kept if kept is None or chosen is None else _narrow(kept, chosen)
        if narrow is not None and (chosen is None or narrow.reading.statements):
            yield narrow


def keep_report(connection: sqlite3.Connection, document: str, *, corrected: bool = True) -> Kept | None:
    """Return one report by its ``document.id``, whatever its standing; None where there is none."""
    define(connection, "packed_date", 1, pack_date)
    query = f"SELECT document_id, standing FROM ({_REPORTS}) WHERE hash = ?"
    row = connection.execute(query, (document,)).fetchone()
    if row is None:
        return None
    number, standing = row
    with one_moment(connection):
        whole = restore_whole(connection, number, Terms(connection))
        return _keep(connection, number, whole, STANDINGS[standing], corrected=corrected)


def count_reports(connection: sqlite3.Connection, filters: Filters) -> tuple[int, int]:
    """Return how many reports filters of reports choose, and how many copies and revised texts they leave out."""
    chosen = len(_choose_reports(connection, filters))
    return chosen, len(_choose_reports(connection, replace(filters, copies=True))) - chosen


def _choose_reports(connection: sqlite3.Connection, filters: Filters) -> list[tuple[int, int]]:
    """Return the numbers of reports and their standings."""
    define(connection, "packed_date", 1, pack_date)
    wanted = condition(connection, filters.of_reports)
    query = f"SELECT document_id, standing FROM ({_REPORTS}) AS s WHERE {wanted} ORDER BY {EARLIER_FIRST}"
    return connection.execute(query).fetchall()


def _reports_with(connection: sqlite3.Connection, filters: Filters, *, corrected: bool) -> set[int]:
    """Return the numbers of the reports that have a statement that filters choose: all of them are asked at once."""
    wanted = condition(connection, filters, corrected=corrected, people="listed")
    rows = connection.execute(f"SELECT DISTINCT s.document_id FROM statements AS s WHERE {wanted}")
    return {number for (number,) in rows}


def _choose_statements(connection: sqlite3.Connection, number: int, filters: Filters, *, corrected: bool) -> set[int]:
    """Return the marks of the statements of a report that filters choose."""
    wanted = condition(connection, filters, corrected=corrected, people="here")
    rows = connection.execute(
        f"SELECT s.mark FROM statements AS s WHERE s.{STATEMENTS_OF} AND {wanted}",
        {"row": number},
    )
    return {mark for (mark,) in rows}


def _keep(connection: sqlite3.Connection, number: int, whole: Whole, standing: Standing, *, corrected: bool) -> Kept:
    read = whole.as_read
    reading, marks = annotated_reading(connection, whole) if corrected else (read, mark_statements(read.statements))
    outlet, copy_of = connection.execute(
        "SELECT coalesce(outlets.name, documents.outlet), original.hash FROM documents"
        " LEFT JOIN outlets ON outlets.id = documents.outlet_id"
        " LEFT JOIN copies ON copies.document_id = documents.id"
        " LEFT JOIN documents AS original ON original.id = copies.copy_of WHERE documents.id = ?",
        (number,),
    ).fetchone()
    document = reading.document.id
    return Kept(
        reading=reading,
        ids={each.id: str(StatementId(document, mark)) for each, mark in zip(reading.statements, marks, strict=True)},
        outlet=outlet,
        standing=standing,
        copy_of=copy_of,
        people=_people(connection, number, whole.reading) | _named_since(connection, whole.reading, reading),
    )


def _people(connection: sqlite3.Connection, number: int, reading: ReadingRecord) -> dict[str, int]:
    # As the view person_entities has it; through the view, SQLite would look at all entities of the record each time.
    rows = connection.execute(
        "SELECT id, coalesce(into_id, entities.person_id) FROM entities"
        f" LEFT JOIN merged_people ON merged_people.person_id = entities.person_id WHERE {ENTITIES_OF} ORDER BY id",
        {"row": number},
    ).fetchall()
    numbered = zip(reading.entities, rows, strict=True)
    return {entity.id: person for entity, (_, person) in numbered if person is not None}


def _named_since(connection: sqlite3.Connection, read: ReadingRecord, corrected: ReadingRecord) -> dict[str, int]:
    """Return whom only corrections of a report name, where other reports name one alone so: counts have them, too."""
    known = {each.id for each in read.entities}
    here = {fold(name) for each in read.entities for name in (each.name, *each.aliases)}
    # Who goes by a name that several of the report go by is not told by another report.
    named = [each for each in corrected.entities if each.id not in known and fold(each.name) not in here]
    if not named:
        return {}
    elsewhere = Elsewhere(connection)
    found = {each.id: person for each in named if (person := elsewhere.person(each.name)) is not None}
    heads = dict(connection.execute("SELECT person_id, into_id FROM merged_people"))
    return {entity: heads.get(person, person) for entity, person in found.items()}


def _narrow(kept: Kept, chosen: set[int]) -> Kept:
    reading = kept.reading
    left = {name for name, known in kept.ids.items() if parse_statement_id(known).mark in chosen}
    statements = keep_statements(reading.statements, left)
    events = keep_events(reading.events, left)
    amounts = tuple(each for each in reading.amounts if each.claimed_in in left)
    return replace(kept, reading=replace(reading, statements=statements, events=events, amounts=amounts))


def all_spans(statement: Statement) -> tuple[tuple[str, Span], ...]:
    """Return the spans of a statement with the part that each is of, in the order source, cue, content."""
    parts = (("source", statement.source), ("cue", statement.cue), ("content", statement.content))
    return tuple((part, span) for part, spans in parts for span in spans)
