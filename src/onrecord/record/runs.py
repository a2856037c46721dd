"""What a record knows of the runs that filled it, and of the reports that were set aside."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.encoding import clean
from onrecord.record.opening import transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A report that its readers did not come through."""

    raw_sha256: str
    origin: str
    tries: int
    cause: str
    is_final: bool
    """It is set aside; or else it is to be tried once more."""


def begin_run(connection: sqlite3.Connection, sources: Sequence[str], when: str) -> int:
    """Note that a run begins; return its number. A run without an end runs still, or was killed."""
    names = clean(json.dumps(list(sources), ensure_ascii=False))
    with transaction(connection):  # which says that it waits, where another process writes
        row = connection.execute("INSERT INTO runs (started_at, sources) VALUES (?, ?)", (when, names))
    return int(row.lastrowid or 0)


def end_run(connection: sqlite3.Connection, run: int, counts: Mapping[str, int], when: str) -> None:
    """Note that a run has ended, and what became of its reports."""
    with transaction(connection):
        connection.execute("UPDATE runs SET ended_at = ?, counts = ? WHERE id = ?", (when, json.dumps(counts), run))


def set_aside(connection: sqlite3.Connection, aside: Aside, when: str) -> None:
    """Note that a report is set aside, or that a try has failed."""
    values = (aside.raw_sha256, clean(aside.origin), aside.tries, clean(aside.cause), when, aside.is_final)
    connection.execute("INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?, ?)", values)


def find_aside(connection: sqlite3.Connection, raw_sha256: str) -> Aside | None:
    """Return what is known of a report that was set aside or that failed once; None for others."""
    row = connection.execute(
        "SELECT raw_sha256, origin, tries, cause, is_final FROM quarantine WHERE raw_sha256 = ?", (raw_sha256,)
    ).fetchone()
    return (
        None
        if row is None
        else Aside(raw_sha256=row[0], origin=row[1], tries=row[2], cause=row[3], is_final=bool(row[4]))
    )


def take_back(connection: sqlite3.Connection, raw_sha256: str) -> None:
    """Forget that a report was set aside or failed: it has been read."""
    connection.execute("DELETE FROM quarantine WHERE raw_sha256 = ?", (raw_sha256,))
