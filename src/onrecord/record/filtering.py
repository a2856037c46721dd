"""What a search or a count is narrowed to, and the condition on the table ``statements`` that does so."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from onrecord.document import ZoneKind, written_date
from onrecord.errors import BadQuery
from onrecord.reading import CueClass, EventType, Form
from onrecord.record.corrected import (
    AS_READ,
    Answers,
    answers_of_names,
    answers_of_people,
    answers_of_words,
    deleted_statements,
)
from onrecord.record.finding import find_person, members_of
from onrecord.record.naming import make_name_test
from onrecord.record.packing import COUNTS, Terms, number_list, number_query
from onrecord.record.querying import find_terms, index_words, parse_query

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")

Strings = str | Iterable[str] | None
"""One string or several; None for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What statements must be like to be found. Several of one kind: any of them; several kinds: all of them.

    Raises:
        BadQuery: a form, cue class, zone or type that there is none of, which would find nothing in silence.
        BadSetting: a day that is neither words nor a date.
    """

    speaker: tuple[str, ...] = ()
    """Names, or parts of names, of who says it."""
    about: tuple[str, ...] = ()
    """Names, or parts of names, of whom it mentions."""
    person: tuple[str, ...] = ()
    """Ids of people of the record, one of whom says it: found by an index, where names ask each statement's speaker."""
    subject: tuple[str, ...] = ()
    """Ids of people of the record, one of whom it mentions."""
    outlet: tuple[str, ...] = ()
    """Domains, names or parts of names of outlets; a full name means its own outlet alone."""
    form: tuple[Form, ...] = ()
    cue_class: tuple[CueClass, ...] = ()
    zone: tuple[ZoneKind, ...] = ()
    type: tuple[EventType, ...] = ()
    """Types of an event that the statement asserts."""
    since: str | None = None
    """The first day of publication: ``2024``, ``2024-05`` or ``2024-05-02``."""
    until: str | None = None
    """The last day of publication."""
    copies: bool = False
    """Find those in copies and in revised texts too."""

    if TYPE_CHECKING:  # what is given is wider than what is kept

        def __init__(
            self,
            *,
            speaker: Strings = (),
            about: Strings = (),
            person: Strings = (),
            subject: Strings = (),
            outlet: Strings = (),
            form: Form | Iterable[Form] | None = (),
            cue_class: CueClass | Iterable[CueClass] | None = (),
            zone: ZoneKind | Iterable[ZoneKind] | None = (),
            type: EventType | Iterable[EventType] | None = (),
            since: str | date | None = None,
            until: str | date | None = None,
            copies: bool = False,
        ) -> None: ...

    def __post_init__(self) -> None:
        """Take a string by itself for one of its kind, and not for its letters; None for none; a date for its words."""
        for name, known in _SEVERAL.items():
            given = getattr(self, name)
            several = (given,) if isinstance(given, str) else tuple(given or ())
            if wrong := [each for each in several if known and each not in known]:
                raise BadQuery(f"no {name.replace('_', ' ')}", where=str(wrong[0]), advice=f"one of {', '.join(known)}")
            object.__setattr__(self, name, several)
        for name in ("since", "until"):
            object.__setattr__(self, name, written_date(getattr(self, name), where=name))

    @property
    def of_reports(self) -> Filters:
        """Those that ask something of the report: outlet, days and copies."""
        return Filters(outlet=self.outlet, since=self.since, until=self.until, copies=self.copies)


_SEVERAL: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("speaker", "about", "person", "subject", "outlet"), ()),
    "form": get_args(Form),
    "cue_class": get_args(CueClass),
    "zone": get_args(ZoneKind),
    "type": get_args(EventType),
}
"""The filters that may be several, and the values that there are, where these are known."""


class Named(NamedTuple):
    """The record's own numbers of the statements that answer filters by names; None where they are not listed."""

    speaker: tuple[int, ...] | None = None
    about: tuple[int, ...] | None = None


NOT_LISTED: Final = Named()

People = Literal["each", "listed", "here"] | int
"""How a filter by ids of people is asked where one of them is in very many reports: of ``each`` statement, who says
it; or all of their statements ``listed`` first; or only those of their so many reports that were added last. ``here``
asks each statement in any case, for whoever looks into one report."""
MANY: Final = 5_000
"""Reports from which on somebody is in very many: to list the statements takes 2 microseconds for each report."""


def condition(
    connection: sqlite3.Connection,
    filters: Filters,
    *,
    deleted: bool = True,
    corrected: bool = True,
    people: People = "each",
    named: Named = NOT_LISTED,
) -> str:
    """Return the filters as SQL on ``s``, a row of ``statements``; cheap tests come first.

    Names are looked for by functions that are made for this connection, and hold until the next call for it.

    Args:
        connection: of the record.
        filters: what is wanted.
        deleted: with statements that somebody said are none; without them ``s`` needs an ``id``.
        corrected: ask for speakers, forms and cue classes as somebody corrected them, not as they were read.
        people: how ids of people are asked, mostly of those who are in very many reports.
        named: what answers the filters by names, where it was listed: see :mod:`onrecord.record.named`.

    Raises:
        BadQuery: a day that is none.
    """
    tests = [*_tests(connection, filters), *_tests_of_words(connection, filters, corrected=corrected)]
    tests += _tests_of_people(connection, filters, people, corrected=corrected)
    tests += _tests_of_names(connection, filters, named, corrected=corrected)
    return " AND ".join([*tests, *(() if deleted else _not_deleted(connection))]) or "1"


def _tests(connection: sqlite3.Connection, filters: Filters) -> Iterator[str]:
    if not filters.copies:
        yield f"s.standing = {COUNTS}"
    if filters.outlet:
        yield f"s.outlet_id IN ({number_list(_outlets(connection, filters.outlet))})"
    if filters.since is not None:
        yield f"s.published >= {first_day(filters.since)}"
    if filters.until is not None:
        yield f"s.published <= {last_day(filters.until)}"


def _tests_of_words(connection: sqlite3.Connection, filters: Filters, *, corrected: bool) -> Iterator[str]:
    terms = Terms(connection)
    for column in ("form", "cue_class", "zone"):
        if wanted := getattr(filters, column):
            test = f"s.{column} IN ({number_list(terms.numbers(wanted))})"
            rectified = corrected and column != "zone"  # which nobody corrects
            yield answers_of_words(connection, column, wanted).over(test) if rectified else test
    if filters.type:
        yield _asserts(terms.numbers(filters.type))


def _tests_of_people(
    connection: sqlite3.Connection, filters: Filters, people: People, *, corrected: bool
) -> Iterator[str]:
    if filters.person:
        numbers = numbers_of(connection, filters.person)
        answers = answers_of_people(connection, numbers) if corrected else AS_READ
        yield _takes_part(connection, "says", numbers, people, answers)
    if filters.subject:
        yield _takes_part(connection, "about", numbers_of(connection, filters.subject), people, AS_READ)


def _tests_of_names(
    connection: sqlite3.Connection, filters: Filters, named: Named, *, corrected: bool
) -> Iterator[str]:
    if named.speaker is not None:
        yield f"s.id IN ({number_list(named.speaker)})"
    elif filters.speaker:
        speaks_as = make_name_test(connection, "speaks_as", filters.speaker)
        yield answers_of_names(connection, speaks_as).over(_SPEAKS) if corrected else _SPEAKS
    if named.about is not None:
        yield f"s.id IN ({number_list(named.about)})"
    elif filters.about:
        make_name_test(connection, "is_told_of_as", filters.about)
        yield _ABOUT


def _not_deleted(connection: sqlite3.Connection) -> Iterator[str]:
    if gone := deleted_statements(connection):
        yield f"s.id NOT IN ({number_query(gone)})"


def numbers_of(connection: sqlite3.Connection, people: Sequence[str]) -> list[int]:
    """Return the numbers of people by their ids or full names, those merged into them too.

    Raises:
        MissingRecord: nobody has this id or name.
        BadChange: several have.
    """
    return sorted({each for words in people for each in members_of(connection, find_person(connection, words))})


def are_many(connection: sqlite3.Connection, numbers: Sequence[int]) -> bool:
    """Tell whether people are in :data:`MANY` reports or more."""
    return _last_of(connection, numbers, MANY) is not None


def _last_of(connection: sqlite3.Connection, numbers: Sequence[int], count: int) -> int | None:
    """Return the ``count``-th last of the entities that some people are; None where there are fewer."""
    row = connection.execute(
        f"SELECT id FROM entities WHERE person_id IN ({number_list(numbers)}) ORDER BY id DESC LIMIT 1 OFFSET ?",
        (count - 1,),
    ).fetchone()
    return None if row is None else int(row[0])


def _takes_part(
    connection: sqlite3.Connection, column: str, numbers: Sequence[int], people: People, answers: Answers
) -> str:
    """Return that somebody says a statement, or is mentioned in it."""
    is_one = f"e.person_id IN ({number_list(numbers)})"
    if people == "here":
        return answers.over(_TAKES_PART.format(column=column, is_one=is_one))
    if people == "each" and column == "says" and are_many(connection, numbers):
        return answers.over(_says(is_one))
    last = _last_of(connection, numbers, people) if isinstance(people, int) else None
    # Reports are numbered as they are added, and so are their statements and entities: whole reports are left out.
    bounds = ""
    if last is not None:
        entity, statement = _firsts_of(connection, last)
        bounds, answers = f" AND e.id >= {entity}", answers.behind(statement)
    listed = f"""SELECT r.first_statement + part.value FROM entities e
        JOIN readings r ON r.document_id = e.document_id, json_each(e.{column}) part
        WHERE {is_one}{bounds}"""
    return f"s.id IN ({answers.over_list(listed, 'r.first_statement + part.value')})"


def _firsts_of(connection: sqlite3.Connection, entity: int) -> tuple[int, int]:
    """Return the first entity and the first statement of the report that an entity is of."""
    first, statement = connection.execute(
        "SELECT first_entity, first_statement FROM readings JOIN entities USING (document_id) WHERE entities.id = ?",
        (entity,),
    ).fetchone()
    return int(first), int(statement)


_TAKES_PART: Final = """EXISTS (
    SELECT 1 FROM readings r JOIN entities e ON e.id >= r.first_entity AND e.id < r.first_entity + r.entity_count,
        json_each(e.{column}) part
    WHERE r.document_id = s.document_id AND part.value = s.id - r.first_statement AND {is_one})"""


def _says(is_one: str, *, or_heading: str = "0") -> str:
    """Return that one of a statement's speakers is of some kind, or the name that it has as a heading."""
    # The first speaker's row is at hand; the others' are looked up only where the statement has a name as a heading,
    # which is where there are several.
    others = _TAKES_PART.format(column="says", is_one=is_one)
    return f"""(
    EXISTS (SELECT 1 FROM entities e WHERE e.id = s.speaker_id AND {is_one})
    OR (s.speaker_name IS NOT NULL AND ({or_heading} OR {others})))"""


_SPEAKS: Final = _says("speaks_as(e.name, e.aliases, e.person_id)", or_heading="speaks_as(s.speaker_name, NULL, NULL)")
_ABOUT: Final = """EXISTS (
    SELECT 1 FROM readings r JOIN entities e ON e.id >= r.first_entity AND e.id < r.first_entity + r.entity_count
    WHERE r.document_id = s.document_id AND e.about IS NOT NULL AND is_told_of_as(e.name, e.aliases, e.person_id)
        AND EXISTS (SELECT 1 FROM json_each(e.about) part WHERE part.value = s.id - r.first_statement))"""


def _asserts(types: Sequence[int]) -> str:
    return f"""EXISTS (
    SELECT 1 FROM readings r JOIN events v ON v.id >= r.first_event AND v.id < r.first_event + r.event_count
    WHERE r.document_id = s.document_id AND v.claimed_in = s.id - r.first_statement
        AND v.type IN ({number_list(types)}))"""


def _outlets(connection: sqlite3.Connection, names: Sequence[str]) -> list[int]:
    """Return the numbers of outlets by their domains, their full names, or words that stand in their names.

    A full name means its own outlet alone, where one of its words would: "Herald" is not the "Morning Herald" too.
    """
    folded = {name.strip().lower().removeprefix("www.") for name in names}
    by_domain = connection.execute("SELECT domain, outlet_id FROM outlet_domains")
    found = {outlet for domain, outlet in by_domain if domain.lower() in folded}
    wanted = {term for name in names for term in parse_query(f'"{name.replace(chr(34), " ")}"').terms}
    outlets = connection.execute("SELECT id, name FROM outlets").fetchall()
    full = {term.words for term in wanted} & {tuple(index_words(name)) for _, name in outlets}
    parts = [term for term in wanted if term.words not in full]
    found.update(outlet for outlet, name in outlets if tuple(index_words(name)) in full or find_terms(name, parts))
    return sorted(found)


def first_day(day: str | date) -> int:
    """Return the first day of a year, month or day as the tables have it; of a date itself.

    >>> first_day("2024-05"), last_day("2024-05")
    (20240500, 20240599)

    Raises:
        BadQuery: it is none.
    """
    year, month, number = _parts(day)
    return int(f"{year}{month or '00'}{number or '00'}")


def last_day(day: str | date) -> int:
    """Return the last day of a year, month or day as the tables have it; of a date itself.

    Raises:
        BadQuery: it is none.
    """
    year, month, number = _parts(day)
    return int(f"{year}{month or '99'}{number or '99'}")


def _parts(given: str | date) -> tuple[str, str | None, str | None]:
    day = written_date(given, where="day") or ""
    found = _DATE.fullmatch(day.strip()) if day.isascii() else None
    if found is None or not _is_day(found[1], found[2] or "01", found[3] or "01"):
        raise BadQuery("no day", where=day, advice="write 2024-05-02, 2024-05 or 2024")
    return found[1], found[2], found[3]


def _is_day(year: str, month: str, number: str) -> bool:
    try:
        date(int(year), int(month), int(number))
    except ValueError:
        return False
    return True
