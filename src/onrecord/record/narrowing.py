"""Which people of a record are listed: by words of a name, by kind and by country; and in which order.

Copies and revised texts count for nothing: who is named in nothing else is not listed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, get_args

from onrecord.errors import BadQuery
from onrecord.reading import EntityKind
from onrecord.record.filtering import Strings
from onrecord.record.naming import make_name_test
from onrecord.record.packing import COUNTING, Terms, number_list

KINDS: Final = get_args(EntityKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFilter:
    """Which people are listed.

    Raises:
        BadQuery: a kind that there is none of.
    """

    names: tuple[str, ...] = ()
    """Ids, or words of a name; several: any of them."""
    kinds: tuple[EntityKind, ...] = ()
    countries: tuple[str, ...] = ()

    if TYPE_CHECKING:  # what is given is wider than what is kept

        def __init__(
            self, *, names: Strings = (), kinds: EntityKind | Iterable[EntityKind] | None = (), countries: Strings = ()
        ) -> None: ...

    def __post_init__(self) -> None:
        """Take a string by itself for one of its kind, and not for its letters; None for none."""
        for name in ("names", "kinds", "countries"):
            given = getattr(self, name)
            object.__setattr__(self, name, (given,) if isinstance(given, str) else tuple(given or ()))
        if wrong := [kind for kind in self.kinds if kind not in KINDS]:
            raise BadQuery("no kind", where=str(wrong[0]), advice=f"one of {', '.join(KINDS)}")


T = TypeVar("T")
EVERYBODY: Final = PersonFilter()


class Ranked(NamedTuple):
    """Somebody in the order of :func:`listing`."""

    person: int
    """The number."""
    said: int
    """How many statements they make, or more: one counts again for each way in which its report names them, and one
    counts that somebody said is none."""
    spoken: int
    """How many are about them, or more."""
    name: str
    more: tuple[int, ...]
    """The other columns that were asked for."""

    @classmethod
    def of(cls, row: Sequence[Any]) -> Ranked:
        """Return a row of the query."""
        person, said, spoken, name, *more = row
        return cls(person, said, spoken, name, tuple(more))


def listing(
    connection: sqlite3.Connection, which: PersonFilter, people: Collection[int] | None, *, columns: str = ""
) -> str:
    """Return the query that lists people, those who make most statements first, then those whom most are about.

    By what is counted fast, which may be too much: see :func:`by_counts`.

    Args:
        connection: of the record.
        which: their kinds and countries; names are not looked at.
        people: the numbers of whom to list, merges counted; None for all.
        columns: what to give besides a :class:`Ranked`.
    """
    tests = [COUNTING]
    if people is not None:
        listed = number_list(sorted(people))
        merged = f"SELECT person_id FROM merged_people WHERE into_id IN ({listed})"
        tests.append(f"(e.person_id IN ({listed}) OR e.person_id IN ({merged}))")
    # Of whom one report has the kind, all reports are counted.
    looks = " AND ".join(_looks(connection, which))
    having = f"HAVING max({looks})" if looks else ""
    return f"""
        SELECT coalesce(into_id, e.person_id) AS person, sum(coalesce(json_array_length(says), 0)) AS said,
            sum(coalesce(json_array_length(about), 0)) AS spoken,
            min(e.name) AS called{columns}
        FROM entities AS e JOIN documents ON documents.id = e.document_id
        LEFT JOIN merged_people ON merged_people.person_id = e.person_id
        WHERE e.person_id IS NOT NULL AND {" AND ".join(tests)}
        GROUP BY person {having} ORDER BY said DESC, spoken DESC, called, person"""


def raised(people: Iterable[Ranked], given: Mapping[int, int]) -> Iterable[Ranked]:
    """Return people in the order of :func:`listing` with what their statements come to at most.

    Args:
        people: as they were listed.
        given: how many statements somebody said are theirs that were read as others', by their numbers.
    """
    if not given:
        return people
    more = (each._replace(said=each.said + given.get(each.person, 0)) for each in people)
    return sorted(more, key=lambda each: (-each.said, -each.spoken, each.name, each.person))


def by_counts(people: Iterable[Ranked], count: Callable[[Ranked], tuple[int, int, T]]) -> Iterator[T]:
    """Yield what is told of people, ordered as :func:`listing` does, but by what their statements really come to.

    Whoever was counted waits until nobody who is not yet counted can have more.

    Args:
        people: in the order of :func:`listing`.
        count: gives both counts of somebody, and what to yield.
    """
    waiting: list[tuple[int, int, str, int, T]] = []
    for each in people:
        while waiting and waiting[0][:4] < (-each.said, -each.spoken, each.name, each.person):
            yield heappop(waiting)[4]
        said, spoken, told = count(each)
        heappush(waiting, (-said, -spoken, each.name, each.person, told))
    while waiting:
        yield heappop(waiting)[4]


def people_named(connection: sqlite3.Connection, names: Sequence[str]) -> set[int]:
    """Return the numbers of those who go by one of some names in any report, merges counted; asks all entities."""
    goes_by = make_name_test(connection, "goes_by", names)
    rows = connection.execute(
        "SELECT DISTINCT coalesce(into_id, e.person_id) FROM entities AS e"
        " LEFT JOIN merged_people ON merged_people.person_id = e.person_id"
        f" WHERE e.person_id IS NOT NULL AND {goes_by.may_be()} AND goes_by(e.name, e.aliases, e.person_id)"
    )
    return {number for (number,) in rows}


def tests_of_entities(connection: sqlite3.Connection, which: PersonFilter) -> str:
    """Return a filter as SQL on ``e``, a row of ``entities``, with its row of ``documents``; asks for no other row."""
    tests = [COUNTING, *_looks(connection, which)]
    if which.names:
        make_name_test(connection, "goes_by", which.names)
        tests.append("goes_by(e.name, e.aliases, e.person_id)")
    return " AND ".join(tests)


def _looks(connection: sqlite3.Connection, which: PersonFilter) -> Iterator[str]:
    if which.kinds:
        yield f"e.kind IN ({number_list(Terms(connection).numbers(which.kinds))})"
    if which.countries:
        listed = ",".join(f"'{country}'" for country in which.countries if country.isalpha())
        yield f"e.country IN ({listed})"
