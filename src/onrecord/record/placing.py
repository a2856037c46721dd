"""Which outlet a report is from: its domain's, or else that of the name it gives itself.

A domain's outlet is the one the user joined it to, or else what most reports under it call their outlet (of several as
frequent the first in the alphabet), so that the order in which reports come does not matter. Domains whose reports
call their outlet the same are one outlet.
"""

from __future__ import annotations

import sqlite3

from onrecord.record.mirrors import domain_of


def place_outlet(connection: sqlite3.Connection, name: str | None, address: str | None) -> int | None:
    """Return the number of a report's outlet, a new one if need be; None where neither name nor address is known."""
    domain = domain_of(address)
    if domain is not None:
        if name:
            connection.execute(
                "INSERT INTO site_names VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1", (domain, name)
            )
        return place_domain(connection, domain)
    if not name:
        return None
    joined = _joined(connection, name)
    return outlet_of(connection, name) if joined is None else joined[0]


def forget_outlet(connection: sqlite3.Connection, document: int) -> int | None:
    """Take back what :func:`place_outlet` noted of a document, before its outlet is placed again; return the outlet."""
    outlet, name, address = connection.execute(
        "SELECT outlet_id, outlet, address FROM documents WHERE id = ?", (document,)
    ).fetchone()
    of = (domain_of(address), name)
    connection.execute("UPDATE site_names SET count = count - 1 WHERE domain = ? AND name = ?", of)
    connection.execute("DELETE FROM site_names WHERE domain = ? AND name = ? AND count = 0", of)
    return None if outlet is None else int(outlet)


def place_domain(connection: sqlite3.Connection, domain: str) -> int:
    """Return the number of a domain's outlet; where that is another one than before, its reports go with it."""
    before = _joined(connection, domain)
    if before is not None and before[1] == "user":
        return before[0]
    row = connection.execute(
        "SELECT name FROM site_names WHERE domain = ? ORDER BY count DESC, name LIMIT 1", (domain,)
    ).fetchone()
    name, how = (row[0], "site name") if row else (domain, "domain")
    is_renamed = before is not None and _rename(connection, before[0], domain, name)
    outlet = before[0] if before is not None and is_renamed else outlet_of(connection, name)
    join_domain(connection, domain, outlet, how)
    return outlet


def _rename(connection: sqlite3.Connection, outlet: int, domain: str, name: str) -> bool:
    """Give an outlet another name, if no other has it and all of the outlet is a domain's; tell whether that was so.

    Where two names are as frequent, every report may call the outlet another way: to move all of them each time would
    take time quadratic in their number.
    """
    if _find_outlet(connection, name) is not None:
        return False
    if connection.execute(
        "SELECT 1 FROM outlet_domains WHERE outlet_id = ? AND domain <> ?", (outlet, domain)
    ).fetchone():
        return False
    # Reports without a domain are an outlet's by its name. SQLite tells of most that they have one, in less time.
    rows = connection.execute(
        "SELECT address FROM documents WHERE outlet_id = ? AND (address IS NULL OR address NOT LIKE ?)",
        (outlet, f"http%://%{domain}%"),
    )
    if any(domain_of(address) is None for (address,) in rows):
        return False
    connection.execute("UPDATE outlets SET name = ? WHERE id = ?", (name, outlet))
    return True


def join_domain(connection: sqlite3.Connection, domain: str, outlet: int, how: str) -> None:
    """Make a domain, or a name that reports without an address give, one of an outlet's, and its reports too."""
    before = _joined(connection, domain)
    if before == (outlet, how):
        return
    connection.execute(
        "INSERT INTO outlet_domains VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET outlet_id = excluded.outlet_id, joined_by = excluded.joined_by",
        (domain, outlet, how),
    )
    previous = _find_outlet(connection, domain) if before is None else before[0]
    if previous is not None and previous != outlet:
        move_reports(connection, domain, previous, outlet)


def move_reports(connection: sqlite3.Connection, domain: str, previous: int, outlet: int) -> None:
    """Move the reports of a domain, or of a name without a domain, from one outlet to another."""
    rows = connection.execute("SELECT id, address, outlet FROM documents WHERE outlet_id = ?", (previous,)).fetchall()
    moved = [(outlet, row) for row, address, name in rows if (domain_of(address) or name) == domain]
    connection.executemany("UPDATE documents SET outlet_id = ? WHERE id = ?", moved)
    connection.executemany(
        "UPDATE statements SET outlet_id = ? WHERE id >= (SELECT first_statement FROM readings WHERE document_id = ?2)"
        " AND id < (SELECT first_statement + statement_count FROM readings WHERE document_id = ?2)",
        moved,
    )
    drop_empty_outlet(connection, previous)


def settle_domain(connection: sqlite3.Connection, domain: str) -> None:
    """Say again whose a domain is that lost reports; without any left it is nobody's, unless the user said whose."""
    joined = _joined(connection, domain)
    if joined is None or joined[1] == "user":
        return
    if has_addresses(connection, domain):
        place_domain(connection, domain)
    else:
        connection.execute("DELETE FROM outlet_domains WHERE domain = ?", (domain,))
        drop_empty_outlet(connection, joined[0])


def has_addresses(connection: sqlite3.Connection, domain: str) -> bool:
    """Tell whether reports have addresses under what may be a name or a host such as ``intranet``."""
    rows = connection.execute(
        "SELECT address FROM documents JOIN outlet_domains USING (outlet_id) WHERE domain = ?", (domain,)
    )
    return any(domain_of(address) == domain for (address,) in rows)


def drop_empty_outlet(connection: sqlite3.Connection, outlet: int) -> None:
    """Take an outlet away that has neither a report nor a domain left."""
    connection.execute(
        "DELETE FROM outlets WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM documents WHERE outlet_id = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM outlet_domains WHERE outlet_id = ?1)",
        (outlet,),
    )


def _joined(connection: sqlite3.Connection, domain: str) -> tuple[int, str] | None:
    row = connection.execute("SELECT outlet_id, joined_by FROM outlet_domains WHERE domain = ?", (domain,)).fetchone()
    return None if row is None else (int(row[0]), str(row[1]))


def _find_outlet(connection: sqlite3.Connection, name: str) -> int | None:
    row = connection.execute("SELECT id FROM outlets WHERE name = ?", (name,)).fetchone()
    return None if row is None else int(row[0])


def outlet_of(connection: sqlite3.Connection, name: str) -> int:
    """Return the number of the outlet of a name, a new one if there is none."""
    found = _find_outlet(connection, name)
    if found is not None:
        return found
    return int(connection.execute("INSERT INTO outlets (name) VALUES (?)", (name,)).lastrowid or 0)
