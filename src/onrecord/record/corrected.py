"""What somebody corrected, by the numbers of the statements: the tables and indexes hold what was read or put in.

Filters and counts take what stands there for all statements but these, which are few, and are looked for from the
corrections on: a record without any is searched as fast as ever. Of thousands, that takes 10 microseconds each: it is
done once for each state of the tables.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

from onrecord.record.deciding import Decisions
from onrecord.record.identities import NAMESAKES
from onrecord.record.naming import NameFilter
from onrecord.record.opening import once_a_state
from onrecord.record.overlaying import kind_named
from onrecord.record.packing import COUNTING, Terms, number_array, number_list, number_query
from onrecord.speakers.namewords import fold

# In this order, and the plus: else SQLite makes an index of the marks of all statements, for each question anew.
_WALK: Final = """
SELECT s.id, s.document_id, c.field, c.value FROM corrections c CROSS JOIN documents d ON d.hash = c.document_hash
CROSS JOIN readings r ON r.document_id = d.id CROSS JOIN statements s
ON s.id >= r.first_statement AND s.id < r.first_statement + r.statement_count AND +s.mark = c.mark
WHERE {which} ORDER BY c.id"""
_ONLY: Final = _WALK.format(which="c.field = ? AND c.standing = 'stands'")
# Whoever put a statement in that a reading has found since said who says it, and how. Of one that stands there as it
# was put in, behind those of its report that were read, the tables know it.
_OR_PUT_IN: Final = _WALK.format(
    which="(c.field = ? AND c.standing = 'stands' OR c.field = 'added' AND c.standing <> 'withdrawn'"
    " AND s.id < r.first_statement + r.statement_count - r.added_statements)"
)
_OF_FORMS: Final = _WALK.format(which="c.field IN ('content', 'form') AND c.standing = 'stands'")
_NAMED: Final = """
SELECT e.document_id, e.name, e.aliases, e.person_id FROM readings r
CROSS JOIN entities e ON e.id >= r.first_entity AND e.id < r.first_entity + r.entity_count
WHERE r.document_id IN ({reports}) ORDER BY e.id"""


_SAYING: Final = """
SELECT s.id, e.name, e.aliases, e.person_id FROM json_each(?) wanted CROSS JOIN statements s ON s.id = wanted.value
CROSS JOIN readings r ON r.document_id = s.document_id
CROSS JOIN entities e ON e.id >= r.first_entity AND e.id < r.first_entity + r.entity_count AND e.says IS NOT NULL
CROSS JOIN json_each(e.says) part ON part.value = s.id - r.first_statement"""


class Entity(NamedTuple):
    """Somebody as the tables have them, or as somebody named them whom the report does not."""

    name: str
    aliases: str | None = None
    person: int | None = None
    """The record's number, before merges."""


class Speakers(NamedTuple):
    """Who says a statement, as somebody corrected it; nobody where the report names nobody."""

    heading: str | None
    each: tuple[Entity, ...]

    def go_by(self, goes_by: NameFilter) -> bool:
        """Tell whether one of them goes by a name."""
        return goes_by(self.heading, None, None) or any(goes_by(*each) for each in self.each)

    def are_of(self, people: Collection[int]) -> bool:
        """Tell whether one of them is one of some people."""
        return any(each.person in people for each in self.each)


class Answers(NamedTuple):
    """How statements that somebody corrected answer a filter."""

    corrected: Sequence[int]
    answering: Sequence[int]
    """Those of them that it lets by."""

    def behind(self, first: int) -> Answers:
        """Return these without those answers that were added before a statement."""
        return self._replace(answering=[each for each in self.answering if each >= first])

    def over(self, test: str) -> str:
        """Return a condition on ``s`` that holds for statements as they were read, with these over it."""
        if not self.corrected:
            return test
        return (
            f"CASE WHEN s.id IN ({number_query(self.corrected)}) THEN s.id IN ({number_query(self.answering)})"
            f" ELSE {test} END"
        )

    def over_list(self, listed: str, number: str) -> str:
        """Return a query that lists statements, by a column that has their number, with these over it."""
        if not self.corrected:
            return listed
        return f"{listed} AND {number} NOT IN ({number_query(self.corrected)}) UNION ALL {number_query(self.answering)}"


class Rectified(NamedTuple):
    """What is counted of the statements that somebody corrected, in place of what the tables have."""

    form: Mapping[int, int]
    cue_class: Mapping[int, int]
    speaker: Mapping[int, tuple[int | None, str | None]]
    """The record's number of the one who says it, merged if they are, where there is one; and the name."""

    @property
    def statements(self) -> list[int]:
        """Return their numbers."""
        return sorted({*self.form, *self.cue_class, *self.speaker})


AS_READ: Final = Answers((), ())
"""Nothing was corrected."""


@once_a_state
def deleted_statements(connection: sqlite3.Connection) -> Sequence[int]:
    """Return the numbers of the statements that somebody said are none."""
    return sorted({statement for statement, *_ in connection.execute(_ONLY, ("deleted",))})


def rewritten(connection: sqlite3.Connection) -> dict[int, str]:
    """Return the words of all statements whose content somebody corrected, as they should be."""
    made = connection.execute(_ONLY, ("content",))
    return {statement: json.loads(value)["words"] for statement, _, _, value in made}  # of several the last one holds


@once_a_state
def corrected_words(connection: sqlite3.Connection, field: str) -> Mapping[int, str]:
    """Return what the form or the cue class of statements should be."""
    if field == "form":
        return _forms(connection)
    found: dict[int, str] = {}
    for statement, _, made, value in _made(connection, field):
        words = value["words"] if made == field else value.get(field)
        if words is not None:
            found[statement] = words
    return found


def _forms(connection: sqlite3.Connection) -> Mapping[int, str]:
    told: dict[int, str] = {}
    follows: dict[int, str | None] = {}
    for statement, _, field, packed in connection.execute(_OF_FORMS):
        value = json.loads(packed)
        if field == "form":
            told[statement] = value["words"]
        else:
            follows[statement] = value.get("form")
    # What somebody said of the form is stronger than what follows from the words.
    return {statement: form for statement, form in follows.items() if form is not None} | told


@once_a_state
def corrected_speakers(connection: sqlite3.Connection) -> Mapping[int, Speakers]:
    """Return who should be told to say statements."""
    found: dict[int, tuple[int, str | None, list[str]]] = {}
    for statement, report, made, value in _made(connection, "speaker"):
        names = value["names"]
        if made == "speaker":
            found[statement] = (report, value["words"], names)
        elif names:
            found[statement] = (report, ", ".join(names), names)
    named = _named(connection, {report for report, _, _ in found.values()})
    elsewhere = Elsewhere(connection)
    return {
        statement: Speakers(heading, tuple(_entity(name, named[report], elsewhere) for name in names))
        for statement, (report, heading, names) in found.items()
    }


def names_of_known(connection: sqlite3.Connection, statements: Iterable[int]) -> dict[int, set[str]]:
    """Return by what names, folded, those say statements of whom the record knows who they are, as corrected."""
    wanted = set(statements)
    corrected = corrected_speakers(connection)
    saying = [(row, Entity(*entity)) for row, *entity in connection.execute(_SAYING, (number_array(wanted),))]
    told = [(row, each) for row, each in saying if row not in corrected]
    told += [(row, each) for row in wanted.intersection(corrected) for each in corrected[row].each]
    found: defaultdict[int, set[str]] = defaultdict(set)
    for row, each in told:
        if each.person is not None:
            found[row].update(map(fold, (each.name, *json.loads(each.aliases or "[]"))))
    return found


def rectified(connection: sqlite3.Connection, terms: Terms) -> Rectified:
    """Return what is counted of the statements that somebody corrected."""
    form, cue_class = (
        {statement: terms.passing_number(words) for statement, words in corrected_words(connection, field).items()}
        for field in ("form", "cue_class")
    )
    speakers = corrected_speakers(connection)
    heads = dict(connection.execute("SELECT person_id, into_id FROM merged_people")) if speakers else {}
    return Rectified(form, cue_class, {statement: _counted(each, heads) for statement, each in speakers.items()})


def _counted(speakers: Speakers, heads: Mapping[int, int]) -> tuple[int | None, str | None]:
    one = speakers.each[0] if len(speakers.each) == 1 else None
    if one is None or one.person is None:
        return None, speakers.heading
    return heads.get(one.person, one.person), one.name


def answers_of_words(connection: sqlite3.Connection, field: str, wanted: Collection[str]) -> Answers:
    """Return which statements have one of some forms or cue classes."""
    words = corrected_words(connection, field)
    return Answers([*words], [statement for statement, word in words.items() if word in wanted])


def answers_of_names(connection: sqlite3.Connection, goes_by: NameFilter) -> Answers:
    """Return which statements somebody says who goes by a name."""
    speakers = corrected_speakers(connection)
    return Answers([*speakers], [statement for statement, each in speakers.items() if each.go_by(goes_by)])


def answers_of_people(connection: sqlite3.Connection, people: Collection[int]) -> Answers:
    """Return which statements are by one of some people, by their numbers."""
    speakers = corrected_speakers(connection)
    return Answers([*speakers], [statement for statement, each in speakers.items() if each.are_of(people)])


def _made(connection: sqlite3.Connection, field: str) -> Iterator[tuple[int, int, str, Mapping[str, Any]]]:
    """Yield the corrections of a field, and what somebody said of it who put a statement in; the last one holds."""
    for statement, report, made, value in connection.execute(_OR_PUT_IN, (field,)):
        yield statement, report, made, json.loads(value)


def _named(connection: sqlite3.Connection, reports: Collection[int]) -> dict[int, list[Entity]]:
    """Return the entities of reports."""
    found: defaultdict[int, list[Entity]] = defaultdict(list)
    for report, *entity in connection.execute(_NAMED.format(reports=number_list(sorted(reports)))):
        found[report].append(Entity(*entity))
    return found


class Elsewhere:
    """People whom other reports name: whoever corrects a speaker may name one whom the report itself does not."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[str, int | None] = {}

    def person(self, name: str) -> int | None:
        """Return the number of the only one whom reports that count name so; None for nobody, and for namesakes."""
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    @cached_property
    def _decisions(self) -> Decisions:
        return Decisions(self._connection)

    def _find(self, name: str) -> int | None:
        number = self._decisions.number_named(name, kind_named(name))
        if number is None:
            return None
        last = number // NAMESAKES * NAMESAKES + NAMESAKES - 1
        people = self._connection.execute(
            "SELECT DISTINCT person_id FROM entities WHERE person_id BETWEEN ? AND ? LIMIT 2", (number, last)
        ).fetchall()
        if len(people) != 1:
            return None
        (counts,) = self._connection.execute(
            "SELECT EXISTS (SELECT 1 FROM entities e CROSS JOIN documents ON documents.id = e.document_id"
            f" WHERE e.person_id = ? AND {COUNTING})",
            people[0],
        ).fetchone()
        return int(people[0][0]) if counts else None


def _entity(name: str, entities: Sequence[Entity], elsewhere: Elsewhere) -> Entity:
    """Return the one entity that goes by a name, as :func:`onrecord.record.overlaying.entity_named` chooses it.

    Where the report has none, whoever goes by it in others.
    """
    wanted = fold(name)
    found = [each for each in entities if fold(each.name) == wanted] or [
        each for each in entities if each.aliases and wanted in map(fold, json.loads(each.aliases))
    ]
    if len(found) == 1:
        return found[0]
    return Entity(name, person=None if found else elsewhere.person(name))
