"""What is in a record at a glance; nothing here goes through all statements."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Final

from onrecord.record.choosing import STANDINGS, Standing
from onrecord.record.outlets import statements_by_outlet
from onrecord.record.packing import COUNTING, STANDING
from onrecord.record.runs import Aside

SHOWN: Final = 10
"""Reports and problems that are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A report that came into the record."""

    document: str
    """The contract's ``document.id``."""
    title: str | None
    outlet: str | None
    """As the record calls it."""
    published: str | None
    added: str
    """UTC."""
    statements: int
    checks: int
    """How many things in it do not fit the rest of it."""
    standing: Standing
    """What it counts as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """Counts, the last additions, and what went wrong."""

    reports: int
    """Present texts that are no copies."""
    copies: int
    revised: int
    """Texts that another one stands in the place of."""
    statements: int
    """In the present texts that are no copies, none that somebody said is none: as many as a search of everything
    finds."""
    outlets: int
    """Of the present texts that are no copies, as the days are."""
    first: str | None
    """The day of the earliest report, ISO 8601, as far as it is known."""
    last: str | None
    latest: tuple[Addition, ...]
    """Those added last, the last one first."""
    set_aside: tuple[Aside, ...]
    """Reports that their readers did not come through, the latest tries first."""
    set_aside_count: int
    adrift: int
    """Corrections whose statement is not there any more."""
    unfinished: bool
    """The last run of adding has no end: it runs still, or was killed."""


def glance(connection: sqlite3.Connection) -> Glance:
    """Return what is in a record."""
    reports, revised = connection.execute("SELECT count(*), coalesce(sum(NOT is_current), 0) FROM documents").fetchone()
    # One end at a time, each is found at its end of an index.
    first, last = (
        connection.execute(f"SELECT substr({end}(published), 1, 10) FROM documents WHERE {COUNTING}").fetchone()[0]
        for end in ("min", "max")
    )
    copies = _one(
        connection, "SELECT count(*) FROM copies JOIN documents d ON d.id = copies.document_id WHERE d.is_current"
    )
    said = statements_by_outlet(connection)
    return Glance(
        reports=reports - revised - copies,
        copies=copies,
        revised=revised,
        statements=sum(said.values()),
        outlets=len(said.keys() - {None}),
        first=first,
        last=last,
        latest=tuple(_latest(connection)),
        set_aside=tuple(_set_aside(connection)),
        set_aside_count=_one(connection, "SELECT count(*) FROM quarantine WHERE is_final"),
        adrift=_one(connection, "SELECT count(*) FROM corrections WHERE standing = 'adrift' AND field <> 'added'"),
        unfinished=connection.execute("SELECT ended_at FROM runs ORDER BY id DESC LIMIT 1").fetchone() == (None,),
    )


def table_names(connection: sqlite3.Connection) -> list[str]:
    """Return the names of a record's tables, those of the full-text index among them, without its views."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows]


def _one(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def _latest(connection: sqlite3.Connection) -> list[Addition]:
    rows = connection.execute(
        "SELECT hash, title, coalesce(o.name, documents.outlet), published, added_at, r.statement_count, r.checks,"
        f" {STANDING} FROM documents JOIN readings r ON r.document_id = documents.id"
        " LEFT JOIN outlets o ON o.id = documents.outlet_id ORDER BY documents.id DESC LIMIT ?",
        (SHOWN,),
    )
    return [
        Addition(
            document=document,
            title=title,
            outlet=outlet,
            published=published,
            added=added,
            statements=statements,
            checks=len(json.loads(checks)) if checks else 0,
            standing=STANDINGS[standing],
        )
        for document, title, outlet, published, added, statements, checks, standing in rows
    ]


def _set_aside(connection: sqlite3.Connection) -> list[Aside]:
    rows = connection.execute(
        "SELECT raw_sha256, origin, tries, cause FROM quarantine WHERE is_final"
        " ORDER BY tried_at DESC, raw_sha256 LIMIT ?",
        (SHOWN,),
    )
    return [
        Aside(raw_sha256=digest, origin=origin, tries=tries, cause=cause, is_final=True)
        for digest, origin, tries, cause in rows
    ]
