"""Records as an earlier version of onrecord left them."""

from __future__ import annotations

import re
import sqlite3

from onrecord.record.migrating import known_steps


def make_older(connection: sqlite3.Connection, version: int) -> None:
    """Take away the tables that came later, and mark the record as one of a version."""
    later = "".join(step.sql for step in known_steps() if step.version > version)
    connection.execute("PRAGMA foreign_keys = OFF")
    for table in re.findall(r"^CREATE TABLE (\w+)", later, re.MULTILINE):
        connection.execute(f"DROP TABLE {table}")
    connection.execute(f"PRAGMA user_version = {version}")
