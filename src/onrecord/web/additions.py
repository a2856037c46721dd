"""Reports that were handed to the server to be added: one run after the other, in a thread beside the pages.

A run does what ``onrecord add`` does, with the same functions; what it has written is kept, whatever becomes of the
rest.
"""

from __future__ import annotations

import io
import logging
import queue
import secrets
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Final, Literal

from onrecord.adding import Counts, add_documents
from onrecord.adding.outcomes import Outcomes
from onrecord.adding.patience import PatientParser
from onrecord.cores import CORES
from onrecord.document import Document
from onrecord.errors import OnrecordError, SlowQuery, SourceError
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.sandbox import PageParser
from onrecord.ingest.sources import SourceRef, read_source
from onrecord.record.packing import stamp
from onrecord.settings import Settings
from onrecord.web.site import writing

WAITING: Final = 20
"""Runs that wait; each holds what was sent, 2 MiB at most."""
KEPT: Final = 50
"""Runs whose pages are still there."""
TOLD: Final = 200
"""Reports of a run of which its page tells each."""
SMALL: Final = 50_000
"""Bytes up to which one process reads what was sent: to start a second one takes longer than it saves."""
END_SECONDS: Final = 10.0
_LOG: Final = logging.getLogger("onrecord.web")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file, or a text, that was sent."""

    name: str
    body: bytes
    options: ReadOptions


@dataclass(slots=True, kw_only=True)
class Run:
    """One addition: what was sent, and how far it is."""

    id: str
    """Not to be guessed: whoever has it sees the names of what was sent."""
    names: tuple[str, ...]
    state: Literal["waiting", "reading", "done", "failed"] = "waiting"
    counts: Counts = field(default_factory=Counts)
    told: list[Outcomes] = field(default_factory=list)
    """The first that became of the reports, in their order."""
    number: int = 0
    """Reports that are through, whatever became of them."""
    problem: str | None = None
    """Why it ended early."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes."""
        return self.state in {"done", "failed"}


class Additions:
    """The runs of a server.

    Args:
        path: the record.
        settings: the limits.
        turn: is held while something is added, also by others.
        child: what each worker process runs, in the place of the reader of the package.
    """

    def __init__(self, path: Path, settings: Settings, turn: Lock, *, child: str | None = None) -> None:
        self._path = path
        self._settings = settings
        self._turn = turn
        self._child = child
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._waiting: queue.Queue[tuple[Run, Sequence[Given]] | None] = queue.Queue(WAITING)
        self._last: tuple[Run, Sequence[Given]] | None = None
        self._ending = Event()
        self._starting = Lock()
        self._thread: Thread | None = None

    def begin(self, given: Sequence[Given]) -> Run:
        """Have something added; return the run, which goes on by itself.

        What was sent twice, as by a double click, is one run while it lasts: the second would say that all was there
        already, and be the one that is looked at.

        Raises:
            SlowQuery: too many runs are waiting.
        """
        with self._starting:
            if self._last and self._last[1] == given and not self._last[0].is_over:
                return self._last[0]
            run = Run(id=secrets.token_urlsafe(12), names=tuple(each.name for each in given))
            try:
                self._waiting.put_nowait((run, given))
            except queue.Full as error:
                raise SlowQuery("others add reports", advice="try again in a moment") from error
            self._last = run, given
            self._runs[run.id] = run
            while len(self._runs) > KEPT:
                self._runs.popitem(last=False)
            if self._thread is None:
                self._thread = Thread(target=self._work, name="additions", daemon=True)
                self._thread.start()
        return run

    def find(self, id: str) -> Run | None:
        """Return a run that was begun here; None for an unknown one."""
        return self._runs.get(id)

    def close(self) -> None:
        """End the run that goes on, with what it has read so far kept, and begin none of those that wait."""
        self._ending.set()
        if self._thread is not None:
            with suppress(queue.Full):  # it looks whether it is to end before it begins the next one
                self._waiting.put_nowait(None)
            self._thread.join(END_SECONDS)

    def _work(self) -> None:
        while (order := self._waiting.get()) is not None and not self._ending.is_set():
            run, given = order
            with self._turn:
                self._add(run, given)

    def _add(self, run: Run, given: Sequence[Given]) -> None:
        run.state = "reading"
        try:
            for outcome in self._outcomes(run, given):
                run.number += 1
                if len(run.told) < TOLD:
                    run.told.append(outcome)
                if self._ending.is_set():
                    break
        except OnrecordError as error:
            run.problem = f"{error.what}; {error.advice}" if error.advice else error.what
        except Exception as error:  # noqa: BLE001 - a mistake of ours: the next run must not stop for it
            _LOG.exception("adding %s failed", ", ".join(run.names))
            run.problem = f"something went wrong here ({type(error).__name__})"
        run.state = "failed" if run.problem else "done"

    def _outcomes(self, run: Run, given: Sequence[Given]) -> Iterator[Outcomes]:
        small = len(given) == 1 and len(given[0].body) <= SMALL
        with writing(self._path) as record, PageParser(self._settings) as child:
            parser = PatientParser(child, record, retry=True, when=lambda: stamp(None))
            documents = chain.from_iterable(self._documents(each, parser) for each in given)
            with closing(
                add_documents(
                    record,
                    documents,
                    jobs=1 if small else CORES,
                    retry=True,
                    settings=self._settings,
                    sources=run.names,
                    counts=run.counts,
                    child=self._child,
                )
            ) as outcomes:
                yield from outcomes

    def _documents(self, given: Given, parser: PatientParser) -> Iterator[Document | SourceError]:
        return read_source(
            SourceRef(name=given.name, where="stdin"),
            options=given.options,
            parser=parser,
            settings=self._settings,
            stdin=io.BytesIO(given.body),
        )
