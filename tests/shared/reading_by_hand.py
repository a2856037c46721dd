"""A worker without a network, run by the tests of adding: each paragraph is a statement, and some words are poison.

``PAUSE`` takes its time, ``CRASH`` kills the process, ``CRASH ONCE`` with the name of a file only if that is not there
yet, ``HANG`` never ends, ``GORGE`` takes all memory, ``RAISE`` raises, ``BABBLE`` says what is no answer, ``ASTRAY``
gives a span outside the text.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import NamedTuple

from onrecord.adding.worker import run_worker
from onrecord.document import Document, Span
from onrecord.reading import Reader, Reading, Statement
from onrecord.settings import Settings

READER = Reader(version="0.1.0", model="hand")
CHILD = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); from reading_by_hand import serve; serve()"


def serve() -> None:
    """Answer jobs; what a worker of the tests runs in the place of the real one."""
    run_worker(load)


def load(_settings: Settings) -> tuple[Reader, object]:
    """Return who reads, and what reads."""
    return READER, read


class Vectors(NamedTuple):
    """As onrecord.record.storing has them, without the half a second of loading the record."""

    encoder: str
    dimensions: int
    values: bytes


def read(document: Document) -> tuple[Reading, Vectors]:
    """Read a document, or die of it."""
    meet(document.text)
    spans = [Span(*found.span()) for found in re.finditer(r"[^\n]+", document.text)]
    if "ASTRAY" in document.text:
        spans = [Span(0, len(document.text) + 1)]
    statements = tuple(
        Statement(
            id=f"s{number}",
            form="indirect",
            source=(),
            cue=(),
            content=(span,),
            cue_class="none",
            negated=False,
            modality="said",
            zone="body",
            confidence=0.5,
        )
        for number, span in enumerate(spans, 1)
    )
    vectors = Vectors(encoder="hand", dimensions=2, values=bytes([len(spans) % 128, 1]) * len(statements))
    return Reading(document=document, reader=READER, statements=statements), vectors


def meet(text: str) -> None:
    """Do what the poison in a text does."""
    if "PAUSE" in text:
        time.sleep(0.02 * (len(text) % 4))
    once = re.search(r"CRASH ONCE (\S+)", text)
    if "CRASH" in text and not (once and Path(once[1]).exists()):
        if once:
            Path(once[1]).touch()
        os.kill(os.getpid(), signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    if "HANG" in text:
        time.sleep(600)
    if "GORGE" in text:
        bytearray(1 << 40)
    if "RAISE" in text:
        raise IndexError("list index out of range")
    if "BABBLE" in text:
        os.write(1, b"")
        os._exit(7)
