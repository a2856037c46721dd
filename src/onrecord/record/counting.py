"""Who is quoted, how often, at what length, where, directly or not, with which cues, and when; copies never count.

The statements are read as columns of numbers and counted by numpy: row by row, in Python,
it took more than twice as long.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.record.corrected import Rectified, rectified
from onrecord.record.facets import month_of
from onrecord.record.filtering import Filters, condition
from onrecord.record.finding import registered_names
from onrecord.record.identities import show_person
from onrecord.record.named import list_named
from onrecord.record.opening import define, one_moment
from onrecord.record.packing import SHORT, Terms, number_query, packed_size, unpack_date

By = Literal["speaker", "outlet", "form", "cue-class", "month"]
Numbers = NDArray[np.int64]
NONE: Final = -1
"""Stands for no outlet, no day and nobody."""
_CHUNK: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the statements of one speaker, outlet, form, cue class or month come to."""

    value: str | None
    """Its name: of speakers that of the user's register, or else what most statements have; None for statements without
    one: no speaker, outlet or day."""
    person: str | None = None
    """The record's id of the speaker that it is of; None for who can't be told, and for what is no speaker."""
    statements: int
    reports: int
    outlets: int
    speakers: int
    """Distinct ones, known by name; the same person of the record counts once."""
    direct: int
    indirect: int
    mixed: int
    length: float
    """Mean length of the content in characters."""
    cue_classes: dict[str, int]
    """How many statements each cue class has, the most frequent first."""
    first: str | None
    """The earliest day of publication; None where none is known."""
    last: str | None


def count_by(connection: sqlite3.Connection, by: By, filters: Filters) -> list[Tally]:
    """Return a tally for each value, the one of most statements first, months in their order.

    Goes through all statements, some seconds for a million.
    """
    with one_moment(connection):
        terms = Terms(connection)
        table = _read(connection, filters, terms)
    values, groups = np.unique(_key(table, by), return_inverse=True)
    name = _naming(connection, table, by, terms)
    named = [None if each == NONE else name(each) for each in values.tolist()]
    people = [
        show_person(table.people[each]) if by == "speaker" and each in table.people else None
        for each in values.tolist()
    ]
    tallies = list(_tallies(table, groups, named, people, terms))
    if by == "month":
        return sorted(tallies, key=lambda tally: tally.value or "")
    return sorted(
        tallies, key=lambda tally: (-tally.statements, tally.value is None, tally.value or "", tally.person or "")
    )


# ---- the statements as columns -------------------------------------------------------------------------------

# What is small of a statement goes into one number: each column of a million rows takes SQLite and Python 0.15 s.
_LENGTHS: Final = 1 << 26
_TERMS: Final = 1 << 18
_ROWS: Final = f"""SELECT s.document_id,
    (s.form * {_TERMS} + s.cue_class) * {_LENGTHS}
        + CASE typeof(s.content) WHEN 'integer' THEN s.content % {SHORT} ELSE packed_size(s.content) END,
    CASE WHEN s.speaker_name IS NULL THEN e.person_id END, coalesce(s.speaker_name, e.name)
    FROM statements s LEFT JOIN entities e ON e.id = s.speaker_id WHERE """


class _Table(NamedTuple):
    """The statements that are counted, one place in every column for each."""

    documents: Numbers
    outlets: Numbers
    days: Numbers
    forms: Numbers
    classes: Numbers
    lengths: Numbers
    speakers: Numbers
    """Each a number of this table's own: whoever is the same person of the record has one, or else the name has."""
    people: Mapping[int, int]
    """The record's numbers of people by the numbers in ``speakers``, where a person of the record has one."""
    names: Numbers
    """Places in ``named``."""
    named: Sequence[str | None]


def _read(connection: sqlite3.Connection, filters: Filters, terms: Terms) -> _Table:
    listed = list_named(connection, filters)
    where = condition(connection, replace(filters, copies=False), deleted=False, people="listed", named=listed)
    define(connection, "packed_size", 1, packed_size)
    heads = dict(connection.execute("SELECT person_id, into_id FROM merged_people"))
    speakers: dict[Hashable, int] = {None: NONE}
    named: dict[str | None, int] = {}
    columns = [np.empty((4, 0), np.int64)]
    for some in _rows(connection, where, terms):
        documents, packed, people, names = zip(*some, strict=True)
        who = (
            name if person is None else heads.get(person, person) for person, name in zip(people, names, strict=True)
        )
        said_by = [speakers.setdefault(each, len(speakers)) for each in who]
        said_as = [named.setdefault(name, len(named)) for name in names]
        columns.append(np.array([documents, packed, said_by, said_as], np.int64))
    documents, packed, said_by, names = np.concatenate(columns, axis=1)
    kinds, lengths = np.divmod(packed, _LENGTHS)
    forms, classes = np.divmod(kinds, _TERMS)
    outlets, days = _of_documents(connection, documents)
    whose = {number: who for who, number in speakers.items() if isinstance(who, int)}
    return _Table(documents, outlets, days, forms, classes, lengths, said_by, whose, names, tuple(named))


def _rows(connection: sqlite3.Connection, where: str, terms: Terms) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Yield the rows of statements, many at a time; those that somebody corrected last, as they should be."""
    corrected = rectified(connection, terms)
    few = number_query(corrected.statements) if corrected.statements else None
    rows = connection.execute(f"{_ROWS}{where} AND s.id NOT IN ({few})" if few else _ROWS + where)
    while some := rows.fetchmany(_CHUNK):
        yield some
    if not few:
        return
    rows = connection.execute(_ROWS.replace("SELECT ", "SELECT s.id, ", 1) + f"{where} AND s.id IN ({few})")
    if put_right := [_put_right(row, corrected) for row in rows]:
        yield put_right


def _put_right(row: tuple[Any, ...], corrected: Rectified) -> tuple[Any, ...]:
    statement, document, packed, person, name = row
    kind, length = divmod(packed, _LENGTHS)
    form, cue_class = divmod(kind, _TERMS)
    kind = corrected.form.get(statement, form) * _TERMS + corrected.cue_class.get(statement, cue_class)
    return document, kind * _LENGTHS + length, *corrected.speaker.get(statement, (person, name))


def _of_documents(connection: sqlite3.Connection, documents: Numbers) -> tuple[Numbers, Numbers]:
    """Return outlet and day of publication for each of some documents; all statements of one have the same."""
    rows = connection.execute(
        f"SELECT r.document_id, coalesce(s.outlet_id, {NONE}), coalesce(s.published, {NONE})"
        " FROM readings r JOIN statements s ON s.id = r.first_statement WHERE r.statement_count ORDER BY r.document_id"
    )
    known, outlets, days = np.array(rows.fetchall(), np.int64).reshape(-1, 3).T
    places = np.searchsorted(known, documents)
    return outlets[places], days[places]


def _key(table: _Table, by: By) -> Numbers:
    """Return by what number each statement is counted."""
    match by:
        case "speaker":
            return table.speakers
        case "outlet":
            return table.outlets
        case "form":
            return table.forms
        case "cue-class":
            return table.classes
        case "month":
            return np.where(table.days == NONE, NONE, table.days // 100)


# ---- what each value comes to --------------------------------------------------------------------------------


def _naming(connection: sqlite3.Connection, table: _Table, by: By, terms: Terms) -> Callable[[int], str | None]:
    """Return what names the numbers by which statements are counted."""
    match by:
        case "speaker":
            return _speaker_names(connection, table).__getitem__
        case "outlet":
            return dict(connection.execute("SELECT id, name FROM outlets")).get
        case "month":
            return month_of
        case _:
            return terms.word


def _speaker_names(connection: sqlite3.Connection, table: _Table) -> dict[int, str]:
    """Return the register's name of each speaker, or else the one of most statements, the first in the alphabet."""
    found: dict[int, str] = {}
    for speaker, names in _frequencies(table.speakers, table.names).items():
        found[speaker] = min((-count, table.named[name] or "") for name, count in names.items())[1]
    registered = registered_names(connection, table.people.values())
    found.update((each, registered[who]) for each, who in table.people.items() if who in registered)
    return found


def _tallies(
    table: _Table, groups: Numbers, values: Sequence[str | None], people: Sequence[str | None], terms: Terms
) -> Iterator[Tally]:
    """Yield the tally of each group of statements; groups are numbered as their values are."""
    size = len(values)
    statements = np.bincount(groups, minlength=size).tolist()
    lengths = np.bincount(groups, table.lengths, minlength=size).tolist()
    reports, outlets, speakers = (
        _distinct(groups, each, size) for each in (table.documents, table.outlets, table.speakers)
    )
    forms, classes = _frequencies(groups, table.forms), _frequencies(groups, table.classes)
    first, last = _first_and_last(groups, table.days, size)
    for group, value in enumerate(values):
        of_form = {terms.word(form): count for form, count in forms[group].items()}
        of_class = {terms.word(each): count for each, count in classes[group].items()}
        yield Tally(
            value=value,
            person=people[group],
            statements=statements[group],
            reports=reports[group],
            outlets=outlets[group],
            speakers=speakers[group],
            direct=of_form.get("direct", 0),
            indirect=of_form.get("indirect", 0),
            mixed=of_form.get("mixed", 0),
            length=round(lengths[group] / statements[group], 1),
            cue_classes=dict(sorted(of_class.items(), key=lambda each: (-each[1], each[0]))),
            first=unpack_date(first.get(group)),
            last=unpack_date(last.get(group)),
        )


def _distinct(groups: Numbers, values: Numbers, size: int) -> list[int]:
    """Return how many different values each group has."""
    is_known = values != NONE
    found, _, _ = _pairs(groups[is_known], values[is_known])
    return [int(number) for number in np.bincount(found, minlength=size)]


def _frequencies(groups: Numbers, values: Numbers) -> Mapping[int, dict[int, int]]:
    """Return how often each group has each value."""
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    columns = (each.tolist() for each in _pairs(groups, values))
    for group, value, count in zip(*columns, strict=True):
        found[group][value] = count
    return found


def _pairs(groups: Numbers, values: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return the different pairs of a group and a value, and how often each comes; no value is negative."""
    span = int(values.max(initial=0)) + 1
    pairs, counts = np.unique(groups * span + values, return_counts=True)
    return *np.divmod(pairs, span), counts


def _first_and_last(groups: Numbers, days: Numbers, size: int) -> tuple[dict[int, int], dict[int, int]]:
    """Return the earliest and the latest day of each group that has any."""
    is_known = days != NONE
    first, last = np.full(size, np.iinfo(np.int64).max), np.full(size, NONE)
    np.minimum.at(first, groups[is_known], days[is_known])
    np.maximum.at(last, groups[is_known], days[is_known])
    dated = np.flatnonzero(last != NONE).tolist()
    return {each: int(first[each]) for each in dated}, {each: int(last[each]) for each in dated}
