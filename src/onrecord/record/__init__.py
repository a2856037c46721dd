"""The record: one SQLite file that keeps readings, finds, cites and hands them on. ``schema.sql`` is its shape.

Which module does what:

    open      opening, migrating, readonly       the file; checking, damage: whether it is whole
    write     writing                            the only place that writes documents and statements: storable, storing,
                                                 rows, packing, columns, details, happenings, parts, ids
                                                 whole, putting: with what somebody put in behind it
              copies, mirrors, revising, runs    what repeats what; what a run did
    read      restoring, reports, days           the same reading again; lists of reports; overview
    people    linking, identities, profiles      whose entity it is: parting namesakes, naming, deciding
              people, roll, portrait, finding    who there is, and what each says; narrowing: whom to list
              reported, namesakes                what reports say of each; what tells those of one name apart
    outlets   placing, outlets                   which outlet a report is of
    decide    userword                           what a user says over it: changing, merging, registering, correcting,
                                                 annotating, missed, retyped; overlaying: shown over what was read
                                                 csvfiles: the tables of CSV that a user gives
    take out                                     removing: reports, with all of it; mending: changes that name them
                                                 removals: what is not to come back
    find      searching, querying, filtering     words and filters to SQL; ranking: by words, by meaning; naming,
                                                 named: by names that somebody typed
              hits, facets, lookup, paging       what is found; subjects, counting, frames: counted
              wholetexts                         words of a report that no statement has
              corrected                          what somebody corrected, over the tables: for filters and counts
              takenaway                          what is no statement, or another's, in the counts of people
    mean      meaning, nibbles                   48 numbers a statement
    cite      citing, fragments, locating        styles; addresses that lead to the words
    hand on   choosing, statements               filters to a stream of readings, or of rows; speakernames: one by one
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from onrecord.reading import Reading, ReadingRecord, to_record
from onrecord.record.changing import By, Change
from onrecord.record.checking import Finding, check_record
from onrecord.record.correcting import Correction, Should
from onrecord.record.damage import translated
from onrecord.record.filtering import Filters
from onrecord.record.hits import Citation, Hit
from onrecord.record.meaning import vectors_of
from onrecord.record.missed import Missed
from onrecord.record.narrowing import PersonFilter
from onrecord.record.opening import RecordConnection, leave_whole, open_record, transaction
from onrecord.record.outlets import Outlet
from onrecord.record.people import Person
from onrecord.record.ranking import MeaningIndex
from onrecord.record.registering import Registered
from onrecord.record.removals import Removal
from onrecord.record.removing import Removed, ToRemove
from onrecord.record.restoring import read_reading, read_readings
from onrecord.record.searching import Search, Sort, Wanted
from onrecord.record.statements import StatementRow, Statements
from onrecord.record.userword import UserWord
from onrecord.record.writing import Added, add_reading

__all__ = [
    "Added",
    "By",
    "Change",
    "Citation",
    "Correction",
    "Filters",
    "Finding",
    "Hit",
    "Missed",
    "Outlet",
    "Person",
    "PersonFilter",
    "Record",
    "Registered",
    "Removal",
    "Removed",
    "Search",
    "Should",
    "StatementRow",
    "Statements",
    "ToRemove",
]


class Record(UserWord):
    """A record that is open.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Record.open(f"{folder}/news.db", create=True) as record:
    ...     len(list(record.readings()))
    0
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        """For SQL of your own; see ``schema.sql``."""
        self.path = path
        self._index: MeaningIndex | None = None

    @classmethod
    def open(
        cls, path: str | Path, *, create: bool = False, read_only: bool = False, across_threads: bool = False
    ) -> Self:
        """Open the record at ``path``; see :func:`onrecord.record.opening.open_record`.

        Raises:
            RecordError: the file is missing, locked, forbidden, damaged, no record, or from another version.
        """
        connection = open_record(path, create=create, read_only=read_only, across_threads=across_threads)
        return cls(connection, Path(path))

    def tell_waiting(self, tell: Callable[[], None]) -> None:
        """Call ``tell`` once, when a change has waited two seconds for another process's, which it does for thirty."""
        if isinstance(self.connection, RecordConnection):
            self.connection.when_waiting = tell

    def close(self) -> None:
        """Close the file."""
        leave_whole(self.connection)
        self.connection.close()

    def __repr__(self) -> str:
        """Return which record it is: a notebook shows this."""
        return f"<Record {self.path}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, readings: Reading | ReadingRecord | Iterable[Reading | ReadingRecord]) -> list[Added]:
        """Write readings with the meanings of their statements, all in one transaction; say what became of each.

        Raises:
            RecordError: the file is locked, the disk is full, or a reading can't be stored; nothing was written then.
        """
        several = [readings] if isinstance(readings, Reading | ReadingRecord) else readings
        with translated(self.path), transaction(self.connection):
            return [
                self._add(reading if isinstance(reading, ReadingRecord) else to_record(reading)) for reading in several
            ]

    def _add(self, reading: ReadingRecord) -> Added:
        return add_reading(self.connection, reading, vectors=vectors_of(reading))

    def check(self, tell: Callable[[str], None] = lambda _: None) -> list[Finding]:
        """Return what is wrong with the record; reads all of the file, and tells what it looks at next.

        Raises:
            RecordError: the file is too damaged to go on.
        """
        with translated(self.path):
            return list(check_record(self.connection, tell))

    def reading(self, document: str) -> ReadingRecord:
        """Return the reading of a document by its id.

        Raises:
            MissingRecord: no such document.
        """
        with translated(self.path):
            return read_reading(self.connection, document)

    def readings(self) -> Iterator[ReadingRecord]:
        """Yield all readings by the document's id, revised texts before: added in this order, the same ones count."""
        with translated(self.path):
            yield from read_readings(self.connection)

    def statements(self, filters: Filters | None = None, *, corrected: bool = True) -> Statements:
        """Return the statements as rows, read as they are gone through; without filters, all that count.

        Copies and revised texts are left out unless ``Filters(copies=True)``; corrections stand over what was read
        unless ``corrected=False``. ``.to_arrow()`` gives a table.
        """
        return Statements(self.connection, self.path, filters or Filters(), corrected=corrected)

    def search(
        self,
        words: str | None = None,
        *,
        meaning: str | None = None,
        filters: Filters | None = None,
        sort: Sort = "best",
        limit: int | None = 20,
        offset: int = 0,
        up_to: int | None = None,
    ) -> Search:
        """Look for statements by their words, their meaning, or both; without either, all that the filters let by.

        Nothing is looked for until the hits, ``count()`` or ``facets()`` are asked for.

        Args:
            words: all of them are to be there; ``"a phrase"``; ``begin*``. Never fails, whatever is in it.
            meaning: what is to be said in other words; gives the 200 nearest at most.
            filters: who, about whom, in which outlets, how, and when.
            sort: the best first, by the day of publication, or those added last first.
            limit: how many hits; None for all.
            offset: how many of the first to leave out.
            up_to: the record's own number of the last statement to be found, for pages of one search while others add.

        Raises:
            BadQuery: there is no such sort.
            BadSetting: the limit or the offset is below nothing.
        """
        wanted = Wanted(
            words=words,
            meaning=meaning,
            filters=filters or Filters(),
            sort=sort,
            limit=limit,
            offset=offset,
            up_to=up_to,
        )
        return Search(self.connection, self.path, wanted, self.meaning_index)

    def meaning_index(self) -> MeaningIndex:
        """Return the meanings of all statements, loaded again where the record was written since."""
        if self._index is None or not self._index.is_current():
            self._index = MeaningIndex(self.connection)
        return self._index
