"""Worker processes that read side by side, each replaced when it dies: what a report does to its reader ends there."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from types import TracebackType
from typing import BinaryIO, Final, Self

import msgspec

from onrecord.adding.worker import Answer
from onrecord.child import Child, ChildGone
from onrecord.document import Document
from onrecord.errors import ModelError
from onrecord.reading import Reader, Reading
from onrecord.record.storing import Vectors
from onrecord.settings import Settings

CHILD = "from onrecord.adding.worker import serve; serve()"
TRIES: Final = 2
"""How often a report may kill its reader: the first time it may have been another's fault (no memory left, say)."""
CHARACTERS: Final = 100_000
"""What ``reader_seconds`` are given for."""
START_SECONDS: Final = 120.0
"""A cold disk and a busy machine; 1 s is usual."""

_FEWER: Final = "try again with fewer readers at once (--jobs, of onrecord batch --workers), or install onrecord again"
END_SECONDS: Final = 10.0
"""A thread whose process is killed ends at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a worker read in a document."""

    reading: Reading
    """Its document is an empty one."""
    vectors: Vectors | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """A document that its readers did not come through."""

    cause: str
    tries: int
    """In this run and in those before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """One try of a document that is tried again."""

    document: Document
    cause: str
    tries: int


class Workers:
    """Several processes that read; use as a context manager, which ends them.

    Args:
        jobs: how many processes.
        settings: ``reader_seconds`` and ``reader_memory_bytes`` bound each; the reading's own settings.
        child: what each process runs, in the place of ``CHILD``.
    """

    def __init__(self, jobs: int, settings: Settings, *, child: str | None = None) -> None:
        self._jobs: queue.SimpleQueue[tuple[Document, int, Future[Found | GivenUp]] | None] = queue.SimpleQueue()
        self._failed: queue.SimpleQueue[Failed] = queue.SimpleQueue()
        self._workers = [_Worker(settings, child or CHILD) for _ in range(jobs)]
        # Of the daemon kind: none of them keeps a process alive whose end was asked for.
        self._threads = [threading.Thread(target=self._work, args=(each,), daemon=True) for each in self._workers]
        self._settings = settings
        self._ended = False

    def __enter__(self) -> Self:
        for worker in self._workers:
            with contextlib.suppress(ModelError):  # told, if it is so again, to whoever waits for that worker
                worker.start()
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, whatever they are reading."""
        self._ended = True
        for worker in self._workers:
            worker.end()
            self._jobs.put(None)
        for worker, thread in zip(self._workers, self._threads, strict=True):
            thread.join(END_SECONDS)
            worker.close()

    def reader(self) -> Reader:
        """Wait for the first worker; return who reads.

        Raises:
            ModelError: the weights can't be used.
        """
        return self._workers[0].reader()

    def submit(self, document: Document, tries: int = 0) -> Future[Found | GivenUp]:
        """Have a document read by the first worker that is free; ``tries`` have failed in earlier runs."""
        future: Future[Found | GivenUp] = Future()
        self._jobs.put((document, tries, future))
        return future

    def failed(self) -> Iterator[Failed]:
        """Yield the tries that have failed since this was asked last, of documents that are being tried again."""
        with contextlib.suppress(queue.Empty):
            while True:
                yield self._failed.get_nowait()

    def _work(self, worker: _Worker) -> None:
        while (job := self._jobs.get()) is not None:
            document, tries, future = job
            try:
                future.set_result(self._read(worker, document, tries))
            except BaseException as error:  # noqa: BLE001 - it is for who waits for the future
                future.set_exception(error)

    def _read(self, worker: _Worker, document: Document, tries: int) -> Found | GivenUp:
        cause = "was not read"
        seconds = self._settings.reader_seconds * (1 + len(document.text) // CHARACTERS)
        while tries < TRIES and not self._ended:
            try:
                answer = worker.ask(document, seconds)
            except UnicodeEncodeError:
                return GivenUp(cause="holds halves of characters (lone surrogates)", tries=1)
            if isinstance(answer, Answer) and answer.reading is not None:
                return Found(reading=answer.reading, vectors=_vectors(answer))
            cause = answer if isinstance(answer, str) else (answer.failure or ("failed", "", ""))[0]
            tries += 1
            if tries < TRIES:
                self._failed.put(Failed(document=document, cause=cause, tries=tries))
        return GivenUp(cause=cause, tries=tries)


class _Worker:
    """One process and its pipes; started again when it has died."""

    def __init__(self, settings: Settings, child: str) -> None:
        self._settings = settings
        self._code = child
        self._child: Child | None = None
        self._reader: Reader | None = None
        self._is_ready = False
        self._is_ended = False
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start the process without waiting for it: it loads the model.

        Raises:
            ModelError: there can be no such process.
        """
        try:
            self._child = Child(self._code)
        except ChildGone as gone:
            raise ModelError(f"the reader {gone}", advice=_FEWER) from gone
        self._is_ready = False
        if self._is_ended:  # meanwhile
            self.end()
        with contextlib.suppress(OSError):  # it has died already; who asks it will be told
            _send(self._child.pipe, msgspec.json.encode(self._settings))

    def reader(self) -> Reader:
        """Wait until the process is ready; return who reads in it."""
        with self._lock:
            return self._prepared()

    def ask(self, document: Document, seconds: float) -> Answer | str:
        """Have a document read; return the answer, or why there is none."""
        # What the reading does not depend on stays here: JSON can't hold all of it.
        job = msgspec.json.encode(replace(document, extra={}, anchors=()))
        with self._lock:
            self._prepared()
            return self._exchange(job, seconds, f"took more than {seconds:g} s (reader_seconds)")

    def end(self) -> None:
        """Kill the process, and start no other."""
        self._is_ended = True
        child = self._child
        if child is not None:
            child.kill()

    def close(self) -> None:
        """Close the pipes of a process that has ended."""
        if self._child is not None:
            self._child.close()

    def _prepared(self) -> Reader:
        if self._child is None:
            self.start()
        if not self._is_ready:
            answer = self._exchange(None, START_SECONDS, f"took more than {START_SECONDS:.0f} s")
            if isinstance(answer, str):
                raise ModelError(f"the reader {answer} at its start", advice=_FEWER)
            if answer.failure is not None:
                what, where, advice = answer.failure
                raise ModelError(what, where=where, advice=advice)
            self._reader, self._is_ready = answer.reader, True
        if self._reader is None:
            raise ModelError("the reader does not say who it is", advice="report this as a fault of onrecord")
        return self._reader

    def _exchange(self, message: bytes | None, seconds: float, too_late: str) -> Answer | str:
        """Send a message and wait for the answer; a process that gives none in time is killed, and done with."""
        if self._child is None:
            return "is not there"

        def talk(sink: BinaryIO, source: BinaryIO) -> Answer:
            if message is not None:
                _send(sink, message)
            return msgspec.json.decode(source.readline(), type=Answer)

        try:
            return self._child.ask(talk, seconds=seconds, too_late=too_late)
        except ChildGone as gone:
            self._child = None
            return str(gone)


def _vectors(answer: Answer) -> Vectors | None:
    if answer.encoder is None:
        return None
    return Vectors(encoder=answer.encoder, dimensions=answer.dimensions, values=answer.vectors)


def _send(sink: BinaryIO, message: bytes) -> None:
    sink.write(message + b"\n")
    sink.flush()
