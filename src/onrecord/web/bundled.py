"""The record that ``onrecord serve`` shows when none is named: eight invented reports, read when the server starts.

They ship as text, not as a finished record: so what a first look shows is what this version reads, whatever changed
since, and no binary file has to be made anew for each change of the tables. It takes some two seconds. The same
version always makes the same record.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from onrecord.errors import SourceError
from onrecord.examples import example_reports
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.sandbox import PageParser
from onrecord.ingest.sources import SourceRef, read_source
from onrecord.model import Model
from onrecord.pipeline import read
from onrecord.reading import to_record
from onrecord.record import Record
from onrecord.record.meaning import vectors_of
from onrecord.record.opening import transaction
from onrecord.record.writing import add_reading
from onrecord.settings import DEFAULTS

WHEN: Final = datetime(2024, 5, 16, tzinfo=UTC)
"""When the reports are said to have been added: the day after the last of them."""
NAME: Final = "saltmere (invented)"
"""How the record is called."""


def make_bundled(folder: Path) -> Path:
    """Make the record in a folder; return its path.

    Raises:
        ModelError: the weights can't be used.
    """
    path = folder / "saltmere.db"
    model = Model.load()
    with PageParser(DEFAULTS) as parser, Record.open(path, create=True) as record, transaction(record.connection):
        for report in example_reports():
            source = SourceRef(name=str(report), where="file")
            for document in read_source(source, options=ReadOptions(), parser=parser, settings=DEFAULTS):
                if isinstance(document, SourceError):
                    raise document
                reading = to_record(read(document, model))
                add_reading(record.connection, reading, vectors=vectors_of(reading), now=WHEN)
    return path
