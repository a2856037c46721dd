"""The people and organizations of a record: names, roles with dates, countries, statements and outlets across reports.

Copies and revised texts count for nothing here: a person who is named in nothing else is not listed.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Final, cast

from onrecord.errors import MissingRecord
from onrecord.reading import EntityKind
from onrecord.record.damage import translated
from onrecord.record.deciding import Decisions, split_number
from onrecord.record.finding import find_person, is_id, members_of, registered_name
from onrecord.record.identities import show_person
from onrecord.record.linking import name_parts
from onrecord.record.narrowing import EVERYBODY, PersonFilter, Ranked, by_counts, listing, people_named, raised
from onrecord.record.packing import COUNTING, Terms
from onrecord.record.registering import Registered, registered_people
from onrecord.record.reported import COLUMNS, REPORTS, DatedRole, Reported, count_statements, dated_roles, ranked
from onrecord.record.takenaway import TakenAway, recount, taken_away
from onrecord.speakers.register import look_up


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReport:
    """One report that somebody is in."""

    document: str
    """The contract's ``document.id``; ``onrecord split`` takes it."""
    name: str
    """As the report names them."""
    outlet: str | None
    published: str | None
    title: str | None
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSummary:
    """A person, organization or country of the record."""

    id: str
    """Made of the name, so that it is the same in every record; ``onrecord merge`` and ``split`` take it."""
    name: str
    """As the user's register has it; else what most reports call it, of several the longest. Of merged people, whom the
    others were merged into; of countries their English name."""
    kind: EntityKind
    names: tuple[str, ...]
    """The other names that reports and the register have for it, the most frequent first."""
    countries: tuple[str, ...]
    """ISO 3166-1 alpha-2, the one that most reports tie it to first."""
    roles: tuple[DatedRole, ...]
    """What most reports say first."""
    statements: int
    """That it makes."""
    about: int
    """Statements whose content mentions it."""
    reports: int
    outlets: tuple[str, ...]
    """Those that have most reports of it first."""
    first: str | None
    """The day of the earliest report, ISO 8601."""
    last: str | None
    wikidata: str | None
    """From the register, such as ``Q42``."""
    because: str
    """The rule that says that all of these are one, and what parted namesakes or merged others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(PersonSummary):
    """A person, organization or country of the record, with the reports that it is in."""

    found_in: tuple[PersonReport, ...]
    """The reports, by date."""

    def without_reports(self) -> PersonSummary:
        """Return who it is without the reports."""
        return PersonSummary(**{each.name: getattr(self, each.name) for each in fields(PersonSummary)})


class People:
    """The people of a record, those who make most statements first, then those whom most are about; read one by one.

    Args:
        connection: of :func:`onrecord.record.opening.open_record`.
        path: the record's file, for messages.
        which: whom to list.
        limit: how many at most; None for all.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path, which: PersonFilter = EVERYBODY, *, limit: int | None = None
    ) -> None:
        self._connection = connection
        self._path = path
        self._which = which
        self._limit = limit

    def __iter__(self) -> Iterator[Person]:
        """Yield them.

        Raises:
            MissingRecord: nobody has an id that is asked for.
            BadChange: the beginning of an id that several people have.
        """
        terms = Terms(self._connection)
        with translated(self._path):
            told = Told(self._connection)

            def read(listed: Ranked) -> tuple[int, int, Person]:
                person = read_person(self._connection, listed.person, terms, told=told)
                return person.statements, person.about, person

            listed = raised(self._listed, recount(self._connection, told.taken).given)
            yield from islice(by_counts(listed, read), self._limit)

    def count(self) -> int:
        """Return how many there are, whatever the limit."""
        with translated(self._path):
            return len(self._listed)

    @cached_property
    def _listed(self) -> list[Ranked]:
        """The people to list."""
        named = _named(self._connection, self._which.names) if self._which.names else None
        return [Ranked.of(row) for row in self._connection.execute(listing(self._connection, self._which, named))]


def _named(connection: sqlite3.Connection, names: Sequence[str]) -> set[int]:
    """Return who goes by one of some names, or has one of some ids."""
    words = [name for name in names if not is_id(name)]
    found = {find_person(connection, name) for name in names if is_id(name)}
    return found | (people_named(connection, words) if words else set())


# ---- one person ----------------------------------------------------------------------------------------------


_ROWS: Final = f"""
SELECT {COLUMNS} FROM entities AS e {REPORTS}
WHERE e.id IN (SELECT id FROM entities WHERE person_id = ? ORDER BY id DESC LIMIT ?) AND {COUNTING}
ORDER BY published, hash, e.id"""


def read_person(
    connection: sqlite3.Connection, number: int, terms: Terms, *, newest: int = -1, told: Told | None = None
) -> Person:
    """Return who has a number.

    Args:
        connection: of the record.
        number: of the person.
        terms: of the record.
        newest: look only at so many of the reports that were added last, of each who was merged; -1 for all.
        told: what the user decided, for whoever reads several people.

    Raises:
        MissingRecord: no report that counts names anybody of this number.
    """
    told = told or Told(connection)
    members = members_of(connection, number)
    by_member = [[Reported(*row) for row in connection.execute(_ROWS, (member, newest))] for member in members]
    rows = [row for several in by_member for row in several]
    if not rows:
        raise MissingRecord(
            "only in copies or revised texts, which count for nothing",
            where=show_person(number),
            advice="see: onrecord people --in FILE",
        )
    # Who was merged goes by the name of whom it was merged into.
    registered_as = registered_name(connection, members[0])
    own = (registered_as,) if registered_as else ranked(row.name for row in by_member[0])
    rows.sort(key=lambda row: (row.published or "9999", row.document))
    kind = cast("EntityKind", ranked(terms.word(row.kind) for row in rows)[0])
    called = (*own[:1], *ranked(row.name for row in rows))
    names = tuple(dict.fromkeys((proper_name(called[0], kind), *called)))
    countries = ranked(country for row in rows if (country := row.country))
    registered = [
        each for each in registered_people(connection, members) if not countries or each.country in (None, *countries)
    ]
    days = [row.day for row in rows if row.day]
    return Person(
        id=show_person(number),
        name=names[0],
        kind=kind,
        names=tuple(dict.fromkeys((*names[1:], *_more_names(registered, names)))),
        countries=countries or ranked(each.country for each in registered if each.country),
        roles=tuple(dated_roles(rows)),
        statements=_count_said(rows, members, told.taken, is_all=newest < 0),
        about=count_statements(((row.document, row.about) for row in rows), told.taken.gone),
        reports=len({row.document for row in rows}),
        outlets=ranked(row.outlet for row in rows if row.outlet),
        first=min(days, default=None),
        last=max(days, default=None),
        wikidata=next((each.wikidata for each in registered if each.wikidata), None),
        because=_because(connection, members, kind, registered, told),
        found_in=tuple(_reports(rows, members, told.taken)),
    )


def proper_name(name: str, kind: str) -> str:
    """Return the register's name of a country: reports call Russia "Moscow" and "the Kremlin" too; others as it is."""
    entry = look_up(name) if kind == "country" else None
    return name if entry is None else entry.name


def _more_names(registered: Sequence[Registered], names: Sequence[str]) -> list[str]:
    return [name for each in registered for name in (each.name, *each.aliases) if name not in names]


def _count_said(rows: Sequence[Reported], members: Sequence[int], taken: TakenAway, *, is_all: bool = False) -> int:
    """Return how many statements somebody makes in some reports, as they were corrected.

    Of all reports there are, those count too that do not name somebody and have what somebody said is theirs.
    """
    as_read = count_statements(((row.document, row.says) for row in rows), taken.not_theirs)
    return as_read + taken.given_to(members, None if is_all else {row.document for row in rows})


def _reports(rows: Sequence[Reported], members: Sequence[int], taken: TakenAway) -> Iterator[PersonReport]:
    for document, several in groupby(rows, key=itemgetter(Reported._fields.index("document"))):
        same = list(several)
        yield PersonReport(
            document=document,
            name=ranked(row.name for row in same)[0],
            outlet=same[0].outlet,
            published=same[0].published,
            title=same[0].title,
            statements=_count_said(same, members, taken),
        )


# ---- why -----------------------------------------------------------------------------------------------------


class Told:
    """What the user decided of people and statements, read once: there may be thousands of each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.decisions = Decisions(connection)
        self.taken = taken_away(connection)
        self._changes: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        rows = connection.execute(
            "SELECT id, kind, what, who, why FROM changes"
            " WHERE kind IN ('merge', 'split') AND undone_at IS NULL ORDER BY id"
        )
        for number, kind, what, who, why in rows:
            change = json.loads(what)
            people = (
                {each["person"] for each in change["people"]} if kind == "merge" else {split_number(number, change)}
            )
            words = f"{kind} {number}" + (f" by {who}" if who else "") + (f" ({why})" if why else "")
            for person in people:
                self._changes[person].append((number, words))

    def of(self, members: Sequence[int]) -> Iterator[str]:
        """Yield what the changes say of somebody; a merge that came to nothing says nothing."""
        found = {change for member in members for change in self._changes.get(member, ())}
        return (words for _, words in sorted(found) if len(members) > 1 or words.startswith("split"))


def _because(
    connection: sqlite3.Connection, members: Sequence[int], kind: str, registered: Sequence[Registered], told: Told
) -> str:
    """Say by which rule all of these are one."""
    rules = {"person": "same full name", "country": "names of one country"}
    why = [rules.get(kind, "same name")]
    if registered:
        why.append("your register")
    why += dict.fromkeys(label for member in members if (label := name_parts(connection, member, told.decisions)))
    why += told.of(members)
    return "; ".join(why)
