"""Searching a record: by words, by meaning, or by both, narrowed by who, about whom, where, how and when.

:class:`Search` says what is looked for and looks only when it is asked: for its hits, for how many there are, or for
what they have in common.

1. words become a full-text query that can't fail          querying
2. filters become a condition on the table of statements   filtering
3. statements are ranked                                   ranking
4. those asked for are read, with their citations          hits
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal, get_args

from onrecord.errors import BadQuery, BadSetting
from onrecord.record.damage import translated
from onrecord.record.facets import COLUMNS, COUNTED, JOINS, Count, Facet, Facets, count_days, count_facets
from onrecord.record.filtering import NOT_LISTED, Filters, Named, People, are_many, condition, numbers_of
from onrecord.record.hits import Hit, pages, read_hits
from onrecord.record.named import list_named
from onrecord.record.namesakes import tell_apart
from onrecord.record.opening import state_of
from onrecord.record.packing import COUNTS, number_list
from onrecord.record.querying import WordQuery, parse_query
from onrecord.record.ranking import (
    NEAREST,
    MeaningIndex,
    date_by_words,
    join_rankings,
    rank_by_words,
    sort_by_date,
    walk_calendar,
)
from onrecord.record.subjects import Subjects, count_subjects

Sort = Literal["best", "newest", "oldest", "added"]
"""The best first; by the day of publication; or those added last first, which costs nothing in a large record."""
PAGE: Final = 100
"""Hits that are read at once."""
MOST_HITS: Final = 2**48
"""No record has more; SQLite counts to 2**63, and would be asked for some of these several times over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for."""

    words: str | None = None
    meaning: str | None = None
    filters: Filters
    sort: Sort = "best"
    limit: int | None = 20
    offset: int = 0
    up_to: int | None = None
    """The record's own number of the last statement to be found: those added later are left out."""

    def __post_init__(self) -> None:
        """Refuse what no search can be asked for.

        Raises:
            BadQuery: there is no such order.
            BadSetting: a limit or an offset is below nothing.
        """
        if self.sort not in get_args(Sort):
            raise BadQuery("no sort", where=str(self.sort), advice=f"one of {', '.join(get_args(Sort))}")
        for name, number in (("limit", self.limit), ("offset", self.offset)):
            if number is not None and number < 0:
                raise BadSetting(f"{name} is {number}", where=name, advice="give 0 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """What answers have in common, counted in one pass over those added last."""

    facets: Facets
    subjects: Subjects
    day: tuple[Facet, ...]
    """Days of publication in their order, as far as they are known."""


class Search:
    """A search of a record. Iterating over it yields :class:`onrecord.record.hits.Hit`, the best first."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, wanted: Wanted, index: Callable[[], MeaningIndex]
    ) -> None:
        self.wanted = wanted
        self.query: WordQuery = parse_query(wanted.words or "")
        """The words as they were understood."""
        self._connection = connection
        self._path = path
        self._index = index
        self._near: tuple[MeaningIndex, list[int]] | None = None
        self._named: tuple[Hashable, Named] | None = None

    def __iter__(self) -> Iterator[Hit]:
        """Yield the hits, read from the record a page at a time."""
        for rows in pages(self.rows(), PAGE):
            with translated(self._path):
                found = read_hits(self._connection, rows, self.query.terms)
            yield from found

    def rows(self) -> list[int]:
        """Return the record's own numbers of the hits."""
        with translated(self._path):
            found = self._rank()
        end = None if self.wanted.limit is None else self.wanted.offset + self.wanted.limit
        return found[self.wanted.offset : end]

    def count(self) -> Count:
        """Return how many statements answer; by meaning, how many of the nearest were kept."""
        if self.wanted.meaning is not None:
            with translated(self._path):
                return Count(len(self._ranked(None)))
        source = self._source()
        if source is None:
            return Count(0)
        with translated(self._path):
            for where in self._wheres(COUNTED + 1):
                query = f"SELECT count(*) FROM (SELECT 1 FROM {source} AND {where} LIMIT {COUNTED + 1})"
                number = self._connection.execute(query, {"words": str(self.query)}).fetchone()[0]
                if number > COUNTED:
                    break
        return Count(min(number, COUNTED), is_least=number > COUNTED)

    def with_copies(self) -> Search:
        """Return the same search of those in copies and in revised texts too."""
        filters = replace(self.wanted.filters, copies=True)
        return Search(self._connection, self._path, replace(self.wanted, filters=filters), self._index)

    def without_meaning(self) -> int:
        """Return how many statements no search by meaning finds: by another version's table, or added without."""
        with translated(self._path):
            (statements,) = self._connection.execute("SELECT count(*) FROM statements").fetchone()
            return int(statements) - len(self._index())

    def facets(self) -> Facets:
        """Return how many of the answers each speaker, outlet, form, cue class and month has; copies never count."""
        with translated(self._path):
            rows = self._facet_rows(COUNTED)
            return count_facets(self._connection, rows[:COUNTED], is_least=len(rows) > COUNTED)

    def tell_apart(self, facets: Facets) -> dict[str, str]:
        """Return what tells speakers of one name apart, by ids: see :func:`onrecord.record.namesakes.tell_apart`."""
        return tell_apart(self._connection, ((each.person, each.value) for each in facets.speaker))

    def common(self, most: int = COUNTED) -> Common:
        """Return what the answers added last have in common, so many at most; copies never count."""
        with translated(self._path):
            rows = self._facet_rows(most)
            return Common(
                facets=count_facets(self._connection, rows[:most], is_least=len(rows) > most),
                subjects=count_subjects(self._connection, [row[-1] for row in rows]),
                day=count_days(row[2] for row in rows[:most]),
            )

    def _facet_rows(self, most: int) -> list[tuple[Any, ...]]:
        """Return the columns that are counted, of one answer more than asked for."""
        if self.wanted.meaning is not None:
            source = f"statements s WHERE s.id IN ({number_list(self._ranked(None))})"
        else:
            source = self._source() or "statements s WHERE 0"
        rows: list[tuple[Any, ...]] = []
        for where in self._wheres(most + 1):
            last = (
                f"SELECT s.* FROM {source} AND {where} AND s.standing = {COUNTS}"
                f" ORDER BY {_number_in(source)} DESC LIMIT {most + 1}"
            )
            query = f"SELECT {COLUMNS} FROM ({last}) s {JOINS}"
            rows = self._connection.execute(query, {"words": str(self.query)}).fetchall()
            if len(rows) > most:
                break
        return rows

    def _source(self) -> str | None:
        """Return the tables to look in, with the words as their condition; None where there is no word to look for."""
        if self.wanted.words is None:
            return "statements s WHERE 1"
        if not self.query.terms:
            return None
        return "statements_fts f CROSS JOIN statements s ON s.id = f.rowid WHERE statements_fts MATCH :words"

    def _wheres(self, most: int | None) -> Iterator[str]:
        """Yield conditions, each of which more statements answer, all that there are the last one.

        Each holds for all answers that were added behind some statement: where ``most`` are found, the latest are among
        them. Of somebody who is quoted in 87,000 reports, thousands are enough to tell that there are 10,000 and more.
        """
        if self.wanted.words is None and self.wanted.meaning is None and self._asks_for_many():
            for reports in () if most is None else (most + most // 4, 8 * most):
                yield self._where(reports)
            yield self._where("listed")
        else:
            yield self._where()

    def _asks_for_many(self) -> bool:
        """Tell whether a filter by ids is for people who are in very many reports."""
        filters = self.wanted.filters
        return any(
            are_many(self._connection, numbers_of(self._connection, people))
            for people in (filters.person, filters.subject)
            if people
        )

    def _where(self, people: People = "each") -> str:
        where = condition(
            self._connection, self.wanted.filters, deleted=False, people=people, named=self._names_listed()
        )
        return where if self.wanted.up_to is None else f"s.id <= {self.wanted.up_to} AND {where}"

    def _names_listed(self) -> Named:
        """Return what answers the filters by names, where nothing else narrows them; listed once for each state."""
        filters = self.wanted.filters
        if self.wanted.words is not None or self.wanted.meaning is not None or not (filters.speaker or filters.about):
            return NOT_LISTED
        state = state_of(self._connection)
        if self._named is None or self._named[0] != state:
            self._named = (state, list_named(self._connection, filters))
        return self._named[1]

    def _rank(self) -> list[int]:
        most = None if self.wanted.limit is None else min(self.wanted.offset + self.wanted.limit, MOST_HITS)
        if self.wanted.sort == "best":
            return self._ranked(most)
        if self.wanted.sort == "added":
            return self._added_last(most)
        newest = self.wanted.sort == "newest"
        if self.wanted.meaning is not None:
            return sort_by_date(self._connection, self._ranked(None), newest=newest)
        if self.wanted.words is None:
            return self._by_date(most, newest=newest)
        if self._source() is None:
            return []
        return date_by_words(self._connection, str(self.query), self._where(), most, newest=newest)

    def _by_date(self, most: int | None, *, newest: bool) -> list[int]:
        """Return what filters alone let by, by the day of publication."""
        filters = self.wanted.filters
        found = None
        # Where the statements of somebody can be listed, nothing is shorter than that list.
        is_listed = (
            bool(filters.subject)
            or (bool(filters.person) and not self._asks_for_many())
            or self._names_listed() != NOT_LISTED
        )
        if most is not None and not filters.copies and not is_listed:
            days = (filters.since, filters.until)
            found = walk_calendar(self._connection, self._where(), most, newest=newest, days=days)
        if found is None:
            return date_by_words(self._connection, None, self._where("listed"), most, newest=newest)
        return found

    def _nearest(self, meaning: str) -> list[int]:
        """Return the statements nearest in meaning; looked for once, as long as nothing is added."""
        index = self._index()
        if self._near is None or self._near[0] is not index:
            self._near = (index, index.rank(meaning, self._where()))
        return self._near[1]

    def _added_last(self, most: int | None) -> list[int]:
        """Return the answers, those added last first."""
        if self.wanted.meaning is not None:
            return sorted(self._ranked(None), reverse=True)
        source = self._source()
        if source is None:
            return []
        rows: list[int] = []
        for where in self._wheres(most):
            query = f"SELECT s.id FROM {source} AND {where} ORDER BY {_number_in(source)} DESC LIMIT :most"
            found = self._connection.execute(query, {"words": str(self.query), "most": -1 if most is None else most})
            rows = [row for (row,) in found]
            if most is not None and len(rows) >= most:
                break
        return rows

    def _ranked(self, most: int | None) -> list[int]:
        """Return the answers, the best first; by meaning, or by words and meaning, of each the first 200."""
        words = self.wanted.words
        if self.wanted.meaning is None:
            if words is None:
                return self._by_date(most, newest=True)
            return rank_by_words(self._connection, self.query, self._where(), most) if self.query.terms else []
        near = self._nearest(self.wanted.meaning)
        if words is None:
            return near
        said = rank_by_words(self._connection, self.query, self._where(), NEAREST) if self.query.terms else []
        return join_rankings([said, near])


def _number_in(source: str) -> str:
    """Return the column of a source that numbers statements without sorting them."""
    return "f.rowid" if " f " in source else "s.id"
