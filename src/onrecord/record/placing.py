"""Which outlet a report is from: its domain's, or else that of the name it gives itself."""

from __future__ import annotations

import sqlite3

from onrecord.record.mirrors import domain_of


def place_outlet(connection: sqlite3.Connection, name: str | None, address: str | None) -> int | None:
    """Return the number of a report's outlet, a new one if need be; None where neither name nor address is known."""
    domain = domain_of(address)
    if domain is not None:
        found = connection.execute("SELECT outlet_id FROM outlet_domains WHERE domain = ?", (domain,)).fetchone()
        if found is not None:
            return int(found[0])
    named = name or domain
    if named is None:
        return None
    connection.execute("INSERT OR IGNORE INTO outlets (name) VALUES (?)", (named,))
    outlet = int(connection.execute("SELECT id FROM outlets WHERE name = ?", (named,)).fetchone()[0])
    if domain is not None:
        how = "site name" if name else "domain"
        connection.execute("INSERT INTO outlet_domains VALUES (?, ?, ?)", (domain, outlet, how))
    return outlet
