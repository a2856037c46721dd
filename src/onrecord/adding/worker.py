"""A process that reads: one model, one report after the other, over its standard streams.

A report that kills the process takes no other one with it. Messages are lines of JSON of known shapes.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from onrecord.child import limit_memory, take_streams
from onrecord.document import Document
from onrecord.errors import OnrecordError
from onrecord.reading import Reader, Reading, to_record
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.record.storing import Vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a worker says: at its start who it is, then what it read in each report; or what went wrong."""

    reader: Reader | None = None
    reading: Reading | None = None
    """Its document is an empty one: the parent has it."""
    encoder: str | None = None
    """What made the vectors; None where there are none."""
    dimensions: int = 0
    vectors: bytes = b""
    """The meanings of the statements, as :class:`onrecord.record.storing.Vectors` has them."""
    failure: tuple[str, str, str] | None = None
    """What, where and advice of an error."""


Read = Callable[[Document], "tuple[Reading, Vectors]"]
"""What a worker does with a document."""


def serve() -> None:
    """Answer jobs on the standard streams with the model of the package; the child's main function."""
    run_worker(load_reader)


def load_reader(settings: Settings) -> tuple[Reader, Read]:
    """Return who reads, and what reads.

    Raises:
        ModelError: the weights can't be used.
    """
    from onrecord.model import Model  # what the parent need not wait for
    from onrecord.pipeline import read
    from onrecord.record.meaning import shipped_meanings, vectors_of
    from onrecord.version import VERSION

    model, meanings = Model.load(), shipped_meanings()

    def read_one(document: Document) -> tuple[Reading, Vectors]:
        reading = read(document, model, settings=settings)
        return reading, vectors_of(to_record(reading), meanings)

    return Reader(version=VERSION, model=model.version), read_one


def run_worker(load: Callable[[Settings], tuple[Reader, Read]]) -> None:
    """Load what reads, then answer each line of standard input; end at once when it closes, whatever is being read."""
    source, sink = take_streams()
    jobs: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(source, jobs), daemon=True).start()
    settings = msgspec.json.decode(jobs.get(), type=Settings)
    try:
        reader, read = load(settings)
    except OnrecordError as error:
        _say(sink, Answer(failure=(error.what, error.where, error.advice)))
        return
    except MemoryError:
        _say(sink, Answer(failure=("the reader can't start: there is not enough memory for it", "", "free some")))
        return
    except Exception as error:  # noqa: BLE001 - its words would go nowhere
        _say(sink, Answer(failure=(f"the reader can't start ({type(error).__name__}: {error})", "", "")))
        return
    limit_memory(settings.reader_memory_bytes)
    _say(sink, Answer(reader=reader))
    while True:
        _say(sink, _answer(jobs.get(), read, settings))


def _listen(source: BinaryIO, jobs: queue.SimpleQueue[bytes]) -> None:
    """Put each line into the queue; a parent that is gone wants no answer any more."""
    for line in source:
        jobs.put(line)
    os._exit(0)


def _say(sink: BinaryIO, answer: Answer) -> None:
    sink.write(msgspec.json.encode(answer) + b"\n")
    sink.flush()


def _answer(job: bytes, read: Read, settings: Settings) -> Answer:
    try:
        document = msgspec.json.decode(job, type=Document)
        reading, vectors = read(document)
        return Answer(
            reading=replace(reading, document=replace(document, text="", zones=())),
            encoder=vectors.encoder,
            dimensions=vectors.dimensions,
            vectors=vectors.values,
        )
    except MemoryError:
        return Answer(failure=(f"took more than {settings.reader_memory_bytes:,} bytes (reader_memory_bytes)", "", ""))
    except Exception as error:  # noqa: BLE001 - a mistake of ours must not stop the reports after this one
        return Answer(failure=(f"failed ({type(error).__name__}: {error})"[:300], "", ""))
