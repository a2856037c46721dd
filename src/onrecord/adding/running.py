"""One run of adding: documents out to the workers, what comes back into the record, in the order of the documents."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Final

from onrecord.adding.outcomes import Counts, Kept, Outcomes, PassedOver, SetAside, outcome_of
from onrecord.adding.patience import PageSetAside, PatientParser
from onrecord.adding.workers import Failed, Found, GivenUp, Workers
from onrecord.cores import CORES
from onrecord.document import Document
from onrecord.errors import BadSetting, LockedRecord, RecordError, SourceError, UnstorableReading
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.sandbox import PageParser
from onrecord.ingest.sources import Named, expand, names_in, read_source
from onrecord.reading import Reader
from onrecord.record import Record
from onrecord.record.damage import translated
from onrecord.record.opening import tidy, transaction
from onrecord.record.packing import stamp
from onrecord.record.runs import Aside, begin_run, end_run, find_aside, set_aside, take_back
from onrecord.record.writing import add_reading, is_known, removal_of
from onrecord.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from onrecord.ingest.fetching import Network

AHEAD: Final = 8
"""Documents held for each worker: enough that none waits while a long report is read, or a batch written."""
BATCH: Final = 64
"""Reports written in one transaction, at most."""
BATCH_SECONDS: Final = 1.0
"""How long a reading waits to be written: what a kill costs is read again."""
MANY: Final = 1_000
"""From so many reports on the record is tidied after a run."""


def add_sources(
    record: Record,
    sources: Named,
    *,
    options: ReadOptions | None = None,
    jobs: int = 0,
    retry: bool = False,
    settings: Settings = DEFAULTS,
    counts: Counts | None = None,
    network: Network | None = None,
) -> Generator[Outcomes, None, None]:
    """Read sources, whatever they hold, and add their reports to a record; yield what became of each, in order.

    An outcome is yielded when it is on the disk. A source that can't be read is yielded as its error, and the rest is
    done. Ended at any moment, whether by an error, a closed generator or ``kill -9``, the record holds all reports
    that were yielded, whole, and none twice; the same call again does the rest.

    Args:
        record: one that may be written.
        sources: files, folders, patterns, addresses, ``-`` for standard input.
        options: what is known of the sources beside their names.
        jobs: worker processes; 0, one for each core.
        retry: try those again that were set aside in earlier runs.
        settings: the limits.
        counts: where what becomes of the reports is counted, those included that are kept as a run is interrupted.
        network: how the net is reached; the internet if not given.

    Raises:
        RecordError: the record is locked, damaged, or its disk is full; what was yielded is kept.
        ModelError: the weights can't be used.
    """
    names = tuple(names_in(sources))
    with PageParser(settings) as child:
        parser = PatientParser(child, record, retry=retry, when=lambda: stamp(None))
        options = options or ReadOptions()
        read = partial(read_source, options=options, parser=parser, settings=settings, network=network)
        documents = chain.from_iterable(
            [each] if isinstance(each, SourceError) else read(each) for each in expand(names, url=options.url)
        )
        yield from add_documents(
            record, documents, jobs=jobs, retry=retry, settings=settings, sources=names, counts=counts
        )


def add_documents(
    record: Record,
    documents: Iterable[Document | SourceError],
    *,
    jobs: int = 0,
    retry: bool = False,
    settings: Settings = DEFAULTS,
    sources: Sequence[str] = (),
    counts: Counts | None = None,
    child: str | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Generator[Outcomes, None, None]:
    """Add documents that are at hand to a record, as :func:`add_sources` does with those of sources.

    Args:
        record: one that may be written.
        documents: in the order in which they are to be written; errors among them are yielded in their place.
        jobs: worker processes; 0, one for each core.
        retry: try those again that were set aside in earlier runs.
        settings: the limits.
        sources: what the record notes as the run's sources.
        counts: where what becomes of the reports is counted.
        child: what each worker process runs, in the place of ``CHILD``.
        now: the time that is noted.

    Raises:
        BadSetting: fewer processes than none.
    """
    if jobs < 0:
        raise BadSetting(f"can't be {jobs} processes", where="jobs", advice="give 0 or more")
    jobs = jobs or CORES
    with Workers(jobs, replace(settings, threads=1), child=child) as workers:
        run = _Run(record, workers, retry=retry, now=now, counts=counts or Counts())
        yield from run.add(documents, sources, ahead=AHEAD * jobs)


def tidy_after(record: Record, counts: Counts) -> None:
    """Tidy a record that many reports have come into; where another process writes to it, that one may later."""
    if counts.written >= MANY:
        with suppress(LockedRecord), translated(record.path):
            tidy(record.connection)


Read = tuple[Document, Found | GivenUp]
"""A document and what came back of it."""


class _Run:
    """The state of one run: what is being read, what is read and not yet written, what was counted."""

    def __init__(
        self, record: Record, workers: Workers, *, retry: bool, now: Callable[[], datetime], counts: Counts
    ) -> None:
        self._record = record
        self._connection = record.connection
        self._workers = workers
        self._retry = retry
        self._now = now
        self._waiting: deque[tuple[Document, Future[Found | GivenUp]] | Outcomes] = deque()
        self._in_flight: dict[str, Future[Found | GivenUp]] = {}
        self._batch: list[Read | Outcomes] = []
        self._batch_began = 0.0
        self._counts = counts

    def add(
        self, documents: Iterable[Document | SourceError], sources: Sequence[str], *, ahead: int
    ) -> Iterator[Outcomes]:
        """Add documents; yield what became of each, in order."""
        reader = self._workers.reader()
        with translated(self._record.path):
            run = begin_run(self._connection, sources, self._when())
        try:
            for document in documents:
                self._waiting.append(self._take(document, reader))
                while self._waiting and (len(self._waiting) >= ahead or _is_there(self._waiting[0], 0)):
                    yield from self._next()
                if self._is_due():
                    yield from self._write()
            while self._waiting:
                yield from self._next()
            yield from self._write()
        except RecordError:
            raise
        except BaseException:  # an interrupt, too, and a consumer that wants no more: what is read is kept
            list(self._write())
            self._end(run)
            raise
        self._end(run)
        tidy_after(self._record, self._counts)

    def _take(
        self, document: Document | SourceError, reader: Reader
    ) -> tuple[Document, Future[Found | GivenUp]] | Outcomes:
        """Hand a document over to be read, unless it is known what becomes of it."""
        if isinstance(document, PageSetAside):
            return SetAside(aside=document.aside, when=document.when)
        if isinstance(document, SourceError):
            return document
        origin = document.provenance.origin
        with translated(self._record.path):
            if is_known(self._connection, document, reader):
                return Kept(origin=origin, outcome="skipped", document=document.id)
            removal = removal_of(self._connection, document)
            if removal is not None:
                return PassedOver(origin=origin, document=document.id, removal=removal)
            aside = None if self._retry else find_aside(self._connection, document.provenance.sha256)
        if aside is not None and aside.is_final:
            return SetAside(aside=replace(aside, origin=origin), when="before")
        if document.id not in self._in_flight:
            self._in_flight[document.id] = self._workers.submit(document, aside.tries if aside else 0)
        return document, self._in_flight[document.id]

    def _next(self) -> Iterator[Outcomes]:
        """Wait for the first of those that wait; write the batch in between, when it is time."""
        while not _is_there(self._waiting[0], BATCH_SECONDS):
            self._note_failed()
            yield from self._write()
        first = self._waiting.popleft()
        if not self._batch:
            self._batch_began = time.monotonic()
        self._batch.append((first[0], first[1].result()) if isinstance(first, tuple) else first)
        if self._is_due():
            yield from self._write()

    def _is_due(self) -> bool:
        is_old = bool(self._batch) and time.monotonic() - self._batch_began >= BATCH_SECONDS
        return is_old or len(self._batch) >= BATCH

    def _note_failed(self) -> None:
        """Note failed tries at once: a run that ends before the next one must not begin to count again."""
        for failed in self._workers.failed():
            with translated(self._record.path):
                self._set_aside(failed.document, failed)

    def _write(self) -> Iterator[Outcomes]:
        """Write what is read, all of it in one transaction; yield what became of it."""
        self._note_failed()
        batch, self._batch = self._batch, []
        outcomes = [each for each in batch if not isinstance(each, tuple)]
        if len(outcomes) < len(batch):
            with translated(self._record.path), transaction(self._connection):
                outcomes = [self._keep(*each) if isinstance(each, tuple) else each for each in batch]
        for each, outcome in zip(batch, outcomes, strict=True):
            if isinstance(each, tuple):
                self._in_flight.pop(each[0].id, None)
            self._counts.add(outcome)
        yield from outcomes

    def _keep(self, document: Document, result: Found | GivenUp) -> Outcomes:
        """Write one report, or that it is set aside."""
        if isinstance(result, GivenUp):
            return self._set_aside(document, result)
        reading = replace(result.reading, document=document)
        try:
            added = add_reading(self._connection, reading, vectors=result.vectors, now=self._now())
        except UnstorableReading as error:
            return self._set_aside(document, GivenUp(cause=f"gave what can't be kept: {error.what}", tries=1))
        take_back(self._connection, document.provenance.sha256)
        return outcome_of(document.provenance.origin, added, document)

    def _set_aside(self, document: Document, why: GivenUp | Failed) -> SetAside:
        source = document.provenance
        aside = Aside(
            raw_sha256=source.sha256,
            origin=source.origin,
            tries=why.tries,
            cause=why.cause,
            is_final=isinstance(why, GivenUp),
        )
        set_aside(self._connection, aside, self._when())
        return SetAside(aside=aside, when="now")

    def _end(self, run: int) -> None:
        with translated(self._record.path):
            end_run(self._connection, run, self._counts.as_dict(), self._when())

    def _when(self) -> str:
        return stamp(self._now())


def _is_there(waiting: tuple[Document, Future[Found | GivenUp]] | Outcomes, seconds: float) -> bool:
    """Wait so long at most for what comes back of a document; tell whether it is there."""
    if not isinstance(waiting, tuple):
        return True
    try:
        waiting[1].exception(timeout=seconds)
    except TimeoutError:
        return False
    return True
