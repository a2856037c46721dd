"""What a server keeps: the record, which can't be written, and the network, loaded for the first text to read."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from onrecord.assistants.asking import ReadAsked
from onrecord.errors import ForeignLanguage, SourceError
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.reports import SourceReader
from onrecord.ingest.sandbox import PageParser
from onrecord.model import Model
from onrecord.pipeline import Part, read
from onrecord.reading import Reading
from onrecord.record.damage import translated
from onrecord.record.readonly import ReadOnlyRecord
from onrecord.settings import DEFAULTS

PARTS: Final[tuple[Part, ...]] = ("times",)
SECONDS: Final = 20.0
"""What the record's queries for one call may take together: clients give up after 30 to 60 seconds."""


class Desk:
    """One record and one reader; for any number of threads, one at a time.

    Args:
        path: the record; a RecordError is raised where it can't be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._record = ReadOnlyRecord(path)
        self._model: Model | None = None

    @contextmanager
    def record(self) -> Iterator[ReadOnlyRecord]:
        """Lend the record for one call.

        Raises:
            SlowQuery: a query was ended.
            RecordError: the record can't be read.
        """
        self._record.give_time(SECONDS)
        try:
            with translated(self.path):
                yield self._record
        finally:
            if self._record.connection.in_transaction:
                self._record.connection.rollback()

    def read(self, asked: ReadAsked) -> Reading:
        """Read a text; nothing is kept.

        Raises:
            SourceError: it can't be read: not English, say.
            ModelError: the weights can't be used.
        """
        given = {
            "text": asked.text,
            "title": asked.title,
            "outlet": asked.outlet,
            "url": asked.url,
            "date": asked.published,
        }
        body = json.dumps({name: value for name, value in given.items() if value is not None}).encode()
        # A text needs no parser of pages, which starts its process only when it is asked for one.
        with PageParser(DEFAULTS) as parser:
            reader = SourceReader(options=ReadOptions(), parser=parser, settings=DEFAULTS)
            (document,) = reader.read_stream(io.BytesIO(body), name="text.json")
        if isinstance(document, ForeignLanguage):
            raise ForeignLanguage(document.what, where="text", advice="give a report in English")
        if isinstance(document, SourceError):
            raise type(document)(document.what, where="text", advice=document.advice)
        self._model = self._model or Model.load()
        return read(document, self._model, parts=PARTS)

    def close(self) -> None:
        """Close the record."""
        self._record.close()
