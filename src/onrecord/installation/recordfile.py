"""A record from outside: how large it is, of which version, what is in it, and whether its file is whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import OnrecordError
from onrecord.installation.examining import Fault
from onrecord.record import Record
from onrecord.record.damage import translated
from onrecord.record.migrating import version_of
from onrecord.record.overview import glance


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What is in a record."""

    tables: int
    """The version of its tables."""
    reports: int
    """Present texts that are no copies."""
    copies: int
    revised: int
    statements: int
    outlets: int
    first: str | None
    """The day of the earliest report, ISO 8601, as far as it is known."""
    last: str | None
    readers: dict[str, int]
    """How many reports were read by each version of onrecord and its model."""
    set_aside: int
    """Reports that their readers did not come through."""
    unfinished: bool
    """The last run of adding has no end: it runs still, or was killed, and the same command does the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFile:
    """A record and what is wrong with it."""

    path: str
    bytes: int | None
    """Of the file and of what was written beside it last (its write-ahead log); None where there is no file."""
    contents: Contents | None
    """None where it can't be read."""
    faults: tuple[Fault, ...]


def examine_record(path: Path) -> RecordFile:
    """Look at a record, and at each page of its file (some seconds a gigabyte); ``Record.check`` looks at all in it.

    One that an earlier version of onrecord made is brought up to date, as by every command.
    """
    contents, faults = None, []
    try:
        with Record.open(path, read_only=True) as record, translated(path):
            contents = _contents(record)
            faults = [_torn(str(message)) for (message,) in record.connection.execute("PRAGMA quick_check(3)")]
    except OnrecordError as error:
        return RecordFile(path=str(path), bytes=_size(path), contents=contents, faults=(_unread(error),))
    return RecordFile(
        path=str(path), bytes=_size(path), contents=contents, faults=tuple(each for each in faults if each)
    )


def _torn(message: str) -> Fault | None:
    if message == "ok":
        return None
    advice = "see all that is wrong: onrecord check-record FILE; or go back to a copy"
    return Fault(part="record", what=f"the file is damaged ({' '.join(message.split())[:200]})", advice=advice)


def _unread(error: OnrecordError) -> Fault:
    return Fault(part="record", what=f"{error.where}: {error.what}" if error.where else error.what, advice=error.advice)


def _size(path: Path) -> int | None:
    try:
        log = path.with_name(path.name + "-wal")
        return path.stat().st_size + (log.stat().st_size if log.exists() else 0)
    except (OSError, ValueError):
        return None


def _contents(record: Record) -> Contents:
    seen = glance(record.connection)
    readers = record.connection.execute(
        "SELECT readers.version || ', ' || readers.model, count(*) FROM readings"
        " JOIN readers ON readers.id = reader_id GROUP BY 1 ORDER BY 1"
    )
    return Contents(
        tables=version_of(record.connection),
        reports=seen.reports,
        copies=seen.copies,
        revised=seen.revised,
        statements=seen.statements,
        outlets=seen.outlets,
        first=seen.first,
        last=seen.last,
        readers=dict(readers.fetchall()),
        set_aside=seen.set_aside_count,
        unfinished=seen.unfinished,
    )
