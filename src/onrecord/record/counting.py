"""Who is quoted, how often, at what length, where, directly or not, with which cues, and when; copies never count."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

from onrecord.record.facets import JOINS, month_of
from onrecord.record.filtering import Filters, condition
from onrecord.record.packing import Terms, packed_size, unpack_date

By = Literal["speaker", "outlet", "form", "cue-class", "month"]
BY: Final[tuple[By, ...]] = ("speaker", "outlet", "form", "cue-class", "month")
_CHUNK: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the statements of one speaker, outlet, form, cue class or month come to."""

    value: str | None
    """Its name; None for statements without one: no speaker, outlet or day."""
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


@dataclass(slots=True)
class _Sum:
    """What is added up for one value."""

    names: Counter[str] = field(default_factory=Counter)
    statements: int = 0
    characters: int = 0
    reports: set[int] = field(default_factory=set)
    outlets: set[int] = field(default_factory=set)
    speakers: set[Hashable] = field(default_factory=set)
    forms: Counter[int] = field(default_factory=Counter)
    classes: Counter[int] = field(default_factory=Counter)
    days: tuple[int, int] | None = None


_COLUMNS: Final = """s.document_id, s.outlet_id, s.published, s.form, s.cue_class, s.content,
    CASE WHEN s.speaker_name IS NULL THEN coalesce(m.into_id, e.person_id) END, coalesce(s.speaker_name, e.name)"""


def count_by(connection: sqlite3.Connection, by: By, filters: Filters) -> list[Tally]:
    """Return a tally for each value, the one of most statements first, months in their order.

    Goes through all statements: 5 seconds for a million.
    """
    where = condition(connection, replace(filters, copies=False), deleted=False, people="listed")
    rows = connection.execute(f"SELECT {_COLUMNS} FROM statements s {JOINS} WHERE {where}")
    sums: dict[Hashable, _Sum] = {}
    for row in _fetched(rows):
        _add(sums, by, row)
    terms = Terms(connection)
    outlets = dict(connection.execute("SELECT id, name FROM outlets"))
    tallies = [_tally(_name(by, value, each, terms, outlets), each, terms) for value, each in sums.items()]
    if by == "month":
        return sorted(tallies, key=lambda tally: tally.value or "")
    return sorted(tallies, key=lambda tally: (-tally.statements, tally.value is None, tally.value or ""))


def _fetched(rows: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
    while some := rows.fetchmany(_CHUNK):
        yield from some


def _add(sums: dict[Hashable, _Sum], by: By, row: tuple[Any, ...]) -> None:
    document, outlet, published, form, cue_class, content, person, name = row
    who = name if person is None else person
    value: Hashable = (who, outlet, form, cue_class, published and published // 100)[BY.index(by)]
    into = sums.get(value)
    if into is None:
        into = sums[value] = _Sum()
    into.statements += 1
    into.characters += packed_size(content)
    into.reports.add(document)
    into.forms[form] += 1
    into.classes[cue_class] += 1
    if outlet is not None:
        into.outlets.add(outlet)
    if who is not None:
        into.speakers.add(who)
        if by == "speaker":
            into.names[name] += 1
    if published is not None:
        first, last = into.days or (published, published)
        into.days = (min(first, published), max(last, published))


def _name(by: By, value: Any, added: _Sum, terms: Terms, outlets: dict[int, str]) -> str | None:
    if value is None:
        return None
    match by:
        case "speaker":  # the name that most of the reports use
            return min(added.names, key=lambda name: (-added.names[name], name))
        case "outlet":
            return outlets.get(value)
        case "month":
            return month_of(value)
        case _:
            return str(terms.word(value))


def _tally(value: str | None, added: _Sum, terms: Terms) -> Tally:
    forms = {terms.word(form): count for form, count in added.forms.items()}
    classes = sorted(((terms.word(each), count) for each, count in added.classes.items()), key=lambda c: (-c[1], c[0]))
    first, last = added.days or (None, None)
    return Tally(
        value=value,
        statements=added.statements,
        reports=len(added.reports),
        outlets=len(added.outlets),
        speakers=len(added.speakers),
        direct=forms.get("direct", 0),
        indirect=forms.get("indirect", 0),
        mixed=forms.get("mixed", 0),
        length=round(added.characters / added.statements, 1),
        cue_classes=dict(classes),
        first=unpack_date(first),
        last=unpack_date(last),
    )
