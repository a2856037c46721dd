"""From an older version of the tables to the newest, in order, each step and its mark in one transaction."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from typing import Final

APPLICATION = 0x6F6E7263
"""SQLite's ``application_id`` of a record: "onrc"."""
STEP_NAME = re.compile(r"(\d{4})\.sql")
_BEHIND: Final = {
    2: ("onrecord.record.putting", "put_all_again"),
    4: ("onrecord.record.copies", "place_again"),
    5: ("onrecord.record.copies", "place_again"),
    6: ("onrecord.record.overlaying", "note_forms"),
}
"""What SQL can't do of a step: the functions that do it. They write, and so stand above this module."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What makes a record of ``version`` from one of the version before it; version 1 from an empty file."""

    version: int
    sql: str
    behind: tuple[str, str] | None = None
    """The module and the name of a function of the connection that does the rest, in the same transaction."""


def known_steps() -> tuple[Step, ...]:
    """Return the steps that ship with this version of onrecord, the first one first."""
    here = files(__package__)
    steps = [Step(version=1, sql=here.joinpath("schema.sql").read_text(encoding="utf-8"))]
    folder = here.joinpath("migrations")
    found = sorted((file.name for file in folder.iterdir()) if folder.is_dir() else ())
    for match in filter(None, map(STEP_NAME.fullmatch, found)):
        sql = folder.joinpath(match[0]).read_text(encoding="utf-8")
        version = int(match[1])
        steps.append(Step(version=version, sql=sql, behind=_BEHIND.get(version)))
    return tuple(steps)


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of the record's tables; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, steps: Sequence[Step]) -> int:
    """Take the steps that the record has not taken yet; return how many those were.

    Each step and its mark are one transaction: whoever is killed in between finds the record as it was before the
    step. Two processes may try at once: the second waits, and finds nothing left to do.
    """
    taken = 0
    for step in steps:
        if version_of(connection) >= step.version:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            if version_of(connection) < step.version:
                _take(connection, step)
                taken += 1
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk ends the transaction by itself
                connection.execute("ROLLBACK")
            raise
    return taken


def _take(connection: sqlite3.Connection, step: Step) -> None:
    for statement in split_sql(step.sql):
        connection.execute(statement)
    if step.behind is not None:
        module, name = step.behind
        getattr(import_module(module), name)(connection)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {step.version}")


def split_sql(script: str) -> Iterator[str]:
    r"""Yield the statements of a script (``executescript`` would commit the transaction that it runs in).

    >>> list(split_sql("CREATE TABLE a (b); -- note, more\nDROP TABLE a;"))
    ['CREATE TABLE a (b);', '-- note, more\nDROP TABLE a;']
    """
    statement = ""
    for line in re.split(r"(?<=;)", script):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
