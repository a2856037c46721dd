"""What CSV and workbooks hold: a table of statements or of events, one row each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from onrecord.exports.cells import cell
from onrecord.exports.formats import Options
from onrecord.exports.recordevents import RecordEvent, events_of
from onrecord.record.choosing import Kept
from onrecord.record.statements import StatementRow, rows_of


def table(readings: Iterable[Kept], options: Options) -> Iterator[list[Any]]:
    """Yield the names of the columns, then the rows, of statements or of events."""
    row_type = RecordEvent if options.what == "events" else StatementRow
    names = [each.name for each in fields(row_type)]
    yield names
    for kept in readings:
        for row in _rows(kept, options):
            yield [cell(getattr(row, name)) for name in names]


def _rows(kept: Kept, options: Options) -> Iterator[StatementRow] | Iterator[RecordEvent]:
    if options.what == "events":
        return events_of(kept, with_text=options.with_text)
    return rows_of(kept, with_text=options.with_text)
