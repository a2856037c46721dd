"""Any slice of an archive into a record, by the same writer as ``onrecord add``; DuckDB chooses the reports.

A report that the record holds is skipped, so that the same call again does the rest of one that was interrupted.
"""

from __future__ import annotations

import glob
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Any, Final

import msgspec

from onrecord.adding.outcomes import Counts, Kept, Outcomes, outcome_of
from onrecord.adding.running import BATCH, tidy_after
from onrecord.batch.places import READ_AGAIN, Place, find_place, is_remote, needs_batch
from onrecord.batch.plan import HOME, Homes
from onrecord.batch.tables import TABLES, from_row, schema_of
from onrecord.document import Document, Provenance
from onrecord.errors import BadQuery, BatchError, SourceError, UnstorableReading
from onrecord.ingest.addresses import shown
from onrecord.reading import ReadingRecord
from onrecord.record import Record
from onrecord.record.damage import translated
from onrecord.record.meaning import vectors_of
from onrecord.record.opening import transaction
from onrecord.record.packing import stamp
from onrecord.record.runs import begin_run, end_run
from onrecord.record.writing import add_reading, is_known

MEMORY: Final = "1GB"
"""What DuckDB may take; what it sorts beyond that lies in a temporary file."""
_PARTED: Final = "hive_partitioning = true, hive_types = {'year': SMALLINT, 'month': TINYINT}"
COLUMNS: Final = "reading, text, extra"


@dataclass(frozen=True, slots=True)
class Archive:
    """The tables of a run that is complete, as views of DuckDB."""

    place: Place
    connection: Any

    def count(self, where: str | None) -> int:
        """Return how many reports a condition chooses.

        Raises:
            BadQuery: DuckDB does not understand the condition.
        """
        with _understood():
            rows = self.connection.execute(f"SELECT count(*) FROM documents {_clause(where)}")  # noqa: S608 - the user's own
            return int(rows.fetchone()[0])

    def readings(self, where: str | None) -> Iterator[ReadingRecord]:
        """Yield the readings that a condition chooses, in the order of the inputs.

        Raises:
            BadQuery: DuckDB does not understand the condition.
            BatchError: a reading is not as this version of onrecord writes it.
        """
        query = f"SELECT {COLUMNS} FROM documents {_clause(where)} ORDER BY position"  # noqa: S608 - the user's own
        with _understood():
            rows = self.connection.execute(query)
        while True:
            with _understood():
                several = rows.fetchmany(BATCH)
            if not several:
                return
            for row in several:
                yield self._reading(*row)

    def _reading(self, reading: str, text: str, extra: str) -> ReadingRecord:
        try:
            return from_row(reading, text, extra)
        except (msgspec.ValidationError, ValueError) as error:
            what = "a reading in it is of another shape: another version of onrecord made it, or it was altered"
            raise BatchError(what, where=shown(self.place.name), advice=READ_AGAIN) from error


@contextmanager
def _understood() -> Iterator[None]:
    """Turn what DuckDB says of a condition into an error of ours."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        advice = "the tables are described in the how-to on archives"
        raise BadQuery(f"DuckDB says: {_words_of(error)}", advice=advice) from error


def _words_of(error: Exception) -> str:
    return " ".join(str(error).split())[:300]


def _clause(where: str | None) -> str:
    return f"WHERE ({where}\n)" if where else ""


@contextmanager
def open_archive(folder: str) -> Iterator[Archive]:
    """Open the output of ``onrecord batch`` with DuckDB, for the length of a ``with`` block.

    Its tables are the views documents, statements, entities, events and amounts. SQL reaches no other file of this
    machine than those below the folder, and no network.

    Raises:
        MissingExtra: DuckDB is not installed.
        BatchError: the folder holds no run that is complete, or a table of it can't be read.
    """
    try:
        import duckdb
    except ImportError as error:
        raise needs_batch("archives are searched with DuckDB") from error
    place = find_place(folder)
    if not Homes(place).manifest.exists():
        what = "not read to its end yet" if place.child(HOME).exists() else "no output of onrecord batch"
        raise BatchError(what, where=folder, advice="run onrecord batch until it says that all is read")
    with tempfile.TemporaryDirectory() as spill, closing(duckdb.connect()) as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = {_quoted(spill)}")
        connection.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
        if is_remote(folder):
            connection.register_filesystem(place.store)
        else:
            # As a pattern that stands for itself, too: a folder's name may hold what patterns are made of.
            allowed = ", ".join(map(_quoted, (place.path, glob.escape(place.path), spill)))
            connection.execute(f"SET allowed_directories = [{allowed}]; SET enable_external_access = false")
        base = glob.escape(folder.rstrip("/") if is_remote(folder) else place.path)
        for table in TABLES:
            if place.child(table).names():
                files = _quoted(f"{base}/{table}/**/*.parquet")
                query = f"SELECT * FROM read_parquet({files}, {_PARTED})"  # noqa: S608 - quoted above
                try:
                    connection.execute(f"CREATE VIEW {table} AS {query}")
                except duckdb.Error as error:
                    what = f"its {table} can't be read ({_words_of(error)})"
                    raise BatchError(what, where=shown(folder), advice=READ_AGAIN) from error
            else:  # no report of it has any
                connection.register(table, _empty(table))
        connection.execute("SET lock_configuration = true")
        yield Archive(place=place, connection=connection)


def _empty(table: str) -> Any:
    """Return a table without rows that has the columns of the others."""
    import pyarrow as pa

    parts = [pa.field("year", pa.int16()), pa.field("month", pa.int8())]
    return pa.schema([*schema_of(table), *parts]).empty_table()


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def load_archive(
    record: Record,
    archive: Archive,
    *,
    where: str | None = None,
    counts: Counts | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Generator[Outcomes, None, None]:
    """Add the reports that a condition chooses to a record; yield what became of each, when it is on the disk.

    Args:
        record: one that may be written.
        archive: of :func:`open_archive`.
        where: a condition of SQL on ``documents``; None for all.
        counts: where what becomes of the reports is counted.
        now: the time that is noted.

    Raises:
        BadQuery: DuckDB does not understand the condition.
        RecordError: the record is locked, damaged, or its disk is full; what was yielded is kept.
    """
    counts = counts or Counts()
    readings = archive.readings(where)
    first = list(islice(readings, 1))  # a condition that is not understood leaves nothing behind
    with translated(record.path):
        run = begin_run(record.connection, [archive.place.name], stamp(now()))
    try:
        batch: list[ReadingRecord] = []
        for reading in chain(first, readings):
            batch.append(reading)
            if len(batch) == BATCH:
                yield from _write(record, batch, counts, now)
                batch = []
        yield from _write(record, batch, counts, now)
    finally:
        with translated(record.path):
            end_run(record.connection, run, counts.as_dict(), stamp(now()))
    tidy_after(record, counts)


def _write(
    record: Record, batch: Sequence[ReadingRecord], counts: Counts, now: Callable[[], datetime]
) -> list[Outcomes]:
    """Write some readings in one transaction; return what became of them."""
    with translated(record.path), transaction(record.connection):
        outcomes = [_keep(record, reading, now()) for reading in batch]
    for outcome in outcomes:
        counts.add(outcome)
    return outcomes


def _keep(record: Record, reading: ReadingRecord, now: datetime) -> Outcomes:
    origin = reading.document.origin
    if is_known(record.connection, _document(reading), reading.reader):
        return Kept(origin=origin, outcome="skipped", document=reading.document.id)
    try:
        added = add_reading(record.connection, reading, vectors=vectors_of(reading), now=now)
    except UnstorableReading as error:
        return SourceError(f"can't be kept: {error.what}", where=origin)
    return outcome_of(origin, added, reading.document)


def _document(reading: ReadingRecord) -> Document:
    """Return what tells whether a record holds the report."""
    each = reading.document
    return Document(
        id=each.id,
        text="",
        zones=(),
        url=each.url,
        provenance=Provenance(origin=each.origin, sha256=each.sha256, method=each.method, charset=each.charset),
    )
