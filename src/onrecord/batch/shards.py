"""One shard: its pieces to reports, reports to readings in a process of their own, readings to files and a mark.

A shard gives the same bytes whoever reads it and however often: its files are named by what it is, each appears whole,
and its mark last. Two that read it at once write the same.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from onrecord.adding.outcomes import with_culprit
from onrecord.adding.workers import CHILD, TRIES, Found, GivenUp, Workers
from onrecord.batch.inputs import Input
from onrecord.batch.pieces import read_piece
from onrecord.batch.places import Place, find_place, is_remote, reason_of, unavailable
from onrecord.batch.plan import Failure, Homes, Shard
from onrecord.batch.tables import PLACES, TABLES, Month, Rows, month_of, to_rows, write_groups
from onrecord.batch.underway import UnderWay
from onrecord.document import Document
from onrecord.errors import ModelError, ParserFailure, SourceError
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.sandbox import PageParser
from onrecord.reading import Reader, ReadingRecord, to_record
from onrecord.record.storable import faults_of
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.ingest.listings import Listing

DEATHS: Final = 5
"""How often the worker of a shard may die, before the shard is set aside: nodes of clusters are taken away, too."""
AHEAD: Final = 8
"""Reports that are taken out of a shard before they are read."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker of a run has to know, whatever shard it is given."""

    out: str
    """The output folder."""
    reader: Reader
    """Who reads; a worker that is somebody else reads nothing."""
    options: ReadOptions
    settings: Settings
    child: str = CHILD
    """What the process that reads runs."""
    run: str = ""
    """Which try of the run it is: what an earlier one died of is not held against a shard."""
    under_way: str = ""
    """The folder of :class:`~onrecord.batch.underway.UnderWay`."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """That a shard is read, and what was in it."""

    months: tuple[Month, ...]
    """In order; the row groups of each table are those of the months with rows in it."""
    rows: dict[str, tuple[int, ...]]
    """The rows of each month, by table."""
    documents: dict[int, int]
    """The reports that were read, by input."""
    failures: tuple[tuple[int, Failure], ...] = ()
    """What could not be read, with its input."""
    repeated: int = 0
    """Reports that stood in the shard before."""
    again: tuple[int, ...] = ()
    """The inputs that those are of."""

    @property
    def reports(self) -> int:
        """How many reports were read."""
        return sum(self.documents.values())


class ShardReader:
    """Reads shards, one after the other, with one model; what a Ray actor is made of.

    The model runs in a process of its own, as in ``onrecord add``: a report that kills it, hangs, or takes all memory
    ends that process and not this one, and is set aside after two tries.
    """

    def __init__(self, task: bytes) -> None:
        self._task = msgspec.json.decode(task, type=Task)
        self._open = ExitStack()
        self._workers = self._open.enter_context(
            Workers(1, replace(self._task.settings, threads=1), child=self._task.child)
        )
        self._parser = _PatientParser(self._open.enter_context(PageParser(self._task.settings)))
        self._homes = Homes(find_place(self._task.out))

    def close(self) -> None:
        """End the processes."""
        self._open.close()

    def read(self, shard: Shard, inputs: Sequence[Input]) -> Mark:
        """Read a shard, and leave its files and its mark.

        Args:
            shard: what to read.
            inputs: those that its pieces are of, as many as there are pieces.

        Raises:
            Unreachable: its input is gone or its store does not answer; nothing is marked.
            ModelError: another model, or another version, is installed here.
        """
        tries = self._homes.shards.child(f"{shard.name}.tries")
        if self._count(tries) > DEATHS:
            return self._give_up(shard, inputs)
        self._check_reader()
        filed, failures = _Filed(shard.number), list[tuple[int, Failure]]()
        with UnderWay(self._task.under_way).counting(shard) as count:
            for number, found in self._read_all(self._documents(shard, inputs)):
                if isinstance(found, ReadingRecord):
                    filed.add(number, found)
                    count()
                elif isinstance(found, Failure):
                    failures.append((number, found))
                else:
                    filed.repeated[number] += 1
        mark = filed.mark(failures)
        for table in TABLES:
            self._homes.table(shard, table).write(write_groups(table, filed.groups(table)))
        self._homes.mark(shard).write(msgspec.json.encode(mark))
        tries.remove()
        return mark

    def _count(self, tries: Place) -> int:
        """Note that this try begins; return how many have in this run, it included."""
        run, _, number = tries.read().decode().partition(" ") if tries.exists() else ("", "", "0")
        count = 1 + (int(number) if run == self._task.run else 0)
        tries.write(f"{self._task.run} {count}".encode())
        return count

    def _give_up(self, shard: Shard, inputs: Sequence[Input]) -> Mark:
        """Set a shard aside whose worker has died again and again, outside of the process that reads."""
        what = f"the worker died {DEATHS} times over it"
        failures = [
            (piece.input, Failure(where=each.name, what=what, kind="SetAside", tries=DEATHS))
            for piece, each in zip(shard.pieces, inputs, strict=True)
        ]
        mark = _Filed(shard.number).mark(failures)
        self._homes.mark(shard).write(msgspec.json.encode(mark))
        return mark

    def _check_reader(self) -> None:
        reader, wanted = self._workers.reader(), self._task.reader
        if reader != wanted:
            raise ModelError(
                f"a worker has onrecord {reader.version} with {reader.model}, and the run {wanted.version} with"
                f" {wanted.model}",
                advice="install the same onrecord on all nodes",
            )

    def _documents(self, shard: Shard, inputs: Sequence[Input]) -> Iterator[tuple[int, Document | SourceError]]:
        read = partial(read_piece, options=self._task.options, parser=self._parser, settings=self._task.settings)
        for piece, each in zip(shard.pieces, inputs, strict=True):
            try:
                for found in read(piece, each):
                    yield piece.input, found
            except Exception as error:
                if isinstance(error, OSError) or is_remote(each.name):  # stores raise errors of all kinds
                    raise unavailable(each.name, reason_of(error)) from error
                raise

    def _read_all(
        self, documents: Iterable[tuple[int, Document | SourceError]]
    ) -> Iterator[tuple[int, ReadingRecord | Failure | None]]:
        """Yield what was read, in order: a reading, a failure, or None for a report that stood there before."""
        waiting: deque[tuple[int, Document, Future[Found | GivenUp]] | tuple[int, Failure | None]] = deque()
        seen: set[str] = set()
        for number, found in documents:
            if isinstance(found, SourceError):
                waiting.append((number, to_failure(found)))
            elif found.id in seen:
                waiting.append((number, None))
            else:
                seen.add(found.id)
                waiting.append((number, found, self._workers.submit(found)))
            while len(waiting) > AHEAD:
                yield self._next(waiting.popleft())
        while waiting:
            yield self._next(waiting.popleft())

    def _next(
        self, first: tuple[int, Document, Future[Found | GivenUp]] | tuple[int, Failure | None]
    ) -> tuple[int, ReadingRecord | Failure | None]:
        list(self._workers.failed())  # of no use here, and not to be kept
        if len(first) == 2:
            return first
        number, document, future = first
        result = future.result()
        if isinstance(result, GivenUp):
            return number, set_aside(document, result.cause, result.tries)
        record = to_record(replace(result.reading, document=document))
        fault = next(faults_of(record), None)
        if fault is not None:
            return number, set_aside(document, f"gave what can't be kept: {fault}", 1)
        return number, record


class _PatientParser:
    """Parses pages with another parser, and tries a page once more that killed it."""

    def __init__(self, parser: PageParser) -> None:
        self._parser = parser

    def parse(self, raw: bytes, *, origin: str, url: str | None, declared_charset: str | None) -> Document:
        """Read one page's bytes as a report, at the second try if need be."""
        for _ in range(TRIES - 1):
            try:
                return self._parser.parse(raw, origin=origin, url=url, declared_charset=declared_charset)
            except ParserFailure:
                continue
        return self._parser.parse(raw, origin=origin, url=url, declared_charset=declared_charset)

    def parse_listing(
        self,
        raw: bytes,
        *,
        kind: Literal["feed", "sitemap"],
        origin: str,
        url: str | None,
        declared_charset: str | None,
    ) -> Listing:
        """Read what a feed or a sitemap lists."""
        return self._parser.parse_listing(raw, kind=kind, origin=origin, url=url, declared_charset=declared_charset)


def to_failure(error: SourceError) -> Failure:
    """Return an error as it is kept."""
    return Failure(where=error.where, what=error.what, advice=error.advice, kind=type(error).__name__)


def set_aside(document: Document, cause: str, tries: int) -> Failure:
    """Return what is kept of a report that its reader did not come through."""
    source = document.provenance
    return Failure(where=source.origin, what=with_culprit(cause), kind="SetAside", tries=tries, sha256=source.sha256)


class _Filed:
    """The rows of a shard, by month and table."""

    def __init__(self, shard: int) -> None:
        self.repeated: Counter[int] = Counter()
        self._base = shard * PLACES
        self._months: dict[Month, dict[str, Rows]] = {}
        self._documents: Counter[int] = Counter()

    def add(self, number: int, record: ReadingRecord) -> None:
        """Add the rows of one reading."""
        tables = self._months.setdefault(month_of(record.document.published), {table: [] for table in TABLES})
        for table, rows in to_rows(record, self._base + self._documents.total()).items():
            tables[table] += rows
        self._documents[number] += 1

    def groups(self, table: str) -> list[Rows]:
        """Return the rows of a table, those of each month that has some."""
        return [self._months[month][table] for month in self._in_order() if self._months[month][table]]

    def mark(self, failures: Sequence[tuple[int, Failure]]) -> Mark:
        """Return what the shard holds."""
        months = self._in_order()
        return Mark(
            months=tuple(months),
            rows={table: tuple(len(self._months[month][table]) for month in months) for table in TABLES},
            documents=dict(sorted(self._documents.items())),
            failures=tuple(failures),
            repeated=self.repeated.total(),
            again=tuple(sorted(self.repeated)),
        )

    def _in_order(self) -> list[Month]:
        return sorted(self._months, key=order_of)


def order_of(month: Month) -> tuple[int, int]:
    """Return what months are sorted by: what is not known comes last."""
    year, number = month
    return (9_999 if year is None else year, 99 if number is None else number)
