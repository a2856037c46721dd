"""What the tests of exports share: a record of one reading, and what an export of it holds."""

from __future__ import annotations

import io
from contextlib import contextmanager

from onrecord.exports.exporting import export
from onrecord.exports.formats import BY_NAME, Options
from onrecord.record import Record


@contextmanager
def record_of(folder, *readings):
    """Make a record of readings in a folder."""
    with Record.open(folder / "news.db", create=True) as record:
        record.add(readings)
        yield record


def stream(record, name, *, filters=None, **options):
    """Return the bytes of an export that is a stream."""
    target = io.BytesIO()
    export(record, BY_NAME[name], target, filters=filters, options=Options(**options))
    return target.getvalue()


def made(record, name, to, *, filters=None, replace=False, **options):
    """Make an export with a name; return the name."""
    export(record, BY_NAME[name], to, filters=filters, options=Options(**options), replace=replace)
    return to


def kept_of(record):
    """Return all readings of a record as exports see them."""
    from onrecord.record import Filters
    from onrecord.record.choosing import kept_readings

    return list(kept_readings(record.connection, Filters(copies=True)))
