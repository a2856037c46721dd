"""The reader of one server: one network, one parser of pages, and as many reports at once as there are cores."""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import BoundedSemaphore, Lock
from typing import Final, Literal

from onrecord.cores import CORES
from onrecord.document import Document
from onrecord.errors import BadLine, SlowQuery, SourceError
from onrecord.ingest.listings import Listing
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.reports import SourceReader
from onrecord.ingest.sandbox import PageParser
from onrecord.model import Model
from onrecord.pipeline import Part, read
from onrecord.reading import Reading
from onrecord.settings import Settings

WAIT_SECONDS: Final = 20.0
"""How long a report waits for its turn."""
Kind = Literal["json", "jsonl"]


class Reader:
    """Reads reports that requests hold; for any number of threads.

    Args:
        settings: the limits.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = replace(settings, threads=1)
        self._parser = PageParser(self._settings)
        self._model: Model | None = None
        self._loading, self._parsing = Lock(), Lock()
        self._turns = BoundedSemaphore(CORES)

    def read(self, document: Document, parts: Collection[Part]) -> Reading:
        """Read a report.

        Raises:
            SlowQuery: too many others are being read.
            ModelError: the weights can't be used.
        """
        with self._turn():
            return read(document, self._loaded(), settings=self._settings, parts=parts)

    def documents(self, body: bytes, kind: Kind, options: ReadOptions) -> Iterator[Document | SourceError]:
        """Yield the reports of a body, as ``onrecord read`` takes them from a file; errors stand in their place."""
        # A file may be a page or an archive: a body is JSON.
        if body.removeprefix(BOM_UTF8).lstrip()[:1] not in {b"{", b"["}:
            yield BadLine("holds no JSON object", where="body", advice='send {"text": "..."} or {"html": "..."}')
            return
        reader = SourceReader(options=options, parser=_OneAtATime(self._parser, self._parsing), settings=self._settings)
        try:
            yield from reader.read_stream(io.BytesIO(body), name=f"request.{kind}")
        except SourceError as error:
            yield error

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=WAIT_SECONDS):
            raise SlowQuery("too many reports are being read", advice="try again in a moment")
        try:
            yield
        finally:
            self._turns.release()

    def _loaded(self) -> Model:
        with self._loading:
            self._model = self._model or Model.load()
            return self._model

    def close(self) -> None:
        """End the parser's process; a later page starts another."""
        with self._parsing:
            self._parser.close()


class _OneAtATime:
    """A parser of pages for several threads, which wait for each other."""

    def __init__(self, parser: PageParser, lock: Lock) -> None:
        self._parser = parser
        self._lock = lock

    def parse(self, raw: bytes, *, origin: str, url: str | None, declared_charset: str | None) -> Document:
        with self._lock:
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
        with self._lock:
            return self._parser.parse_listing(raw, kind=kind, origin=origin, url=url, declared_charset=declared_charset)
