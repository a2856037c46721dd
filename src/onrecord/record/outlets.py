"""The outlets of a record: their domains and counts, and joining and parting them by the user's word."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.errors import BadChange, MissingRecord
from onrecord.record.corrected import deleted_statements
from onrecord.record.mirrors import domain_of
from onrecord.record.packing import COUNTING, COUNTS, number_array
from onrecord.record.placing import has_addresses, join_domain, outlet_of, place_domain


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """A domain of an outlet, or a name that reports without an address give."""

    name: str
    joined_by: str
    """``site name``: most of its reports call the outlet so; ``domain``: none names it; ``user``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An outlet of the record."""

    name: str
    domains: tuple[Domain, ...]
    reports: int
    """Each once: copies and texts that were revised later are none."""
    copies: int
    """Reports that have the text of an earlier one."""
    revised: int
    """Earlier texts of reports, in whose place another one stands."""
    statements: int
    """Those that count: not in copies, nor in revised texts, and none that somebody said is none."""
    first: str | None
    """The first day of publication, ISO 8601."""
    last: str | None


def list_outlets(connection: sqlite3.Connection) -> list[Outlet]:
    """Return the outlets, the one with most statements first."""
    domains: dict[int, list[Domain]] = {}
    for outlet, domain, how in connection.execute(
        "SELECT outlet_id, domain, joined_by FROM outlet_domains ORDER BY domain"
    ):
        domains.setdefault(outlet, []).append(Domain(name=domain, joined_by=how))
    said = statements_by_outlet(connection)
    rows = connection.execute(
        "SELECT outlets.id, outlets.name, coalesce(sum(is_current AND copies.document_id IS NULL), 0),"
        " count(CASE WHEN is_current THEN copies.document_id END), coalesce(sum(NOT is_current), 0),"
        " min(substr(published, 1, 10)), max(substr(published, 1, 10))"
        " FROM outlets LEFT JOIN documents ON documents.outlet_id = outlets.id"
        " LEFT JOIN copies ON copies.document_id = documents.id GROUP BY outlets.id"
    )
    found = [
        Outlet(
            name=name,
            domains=tuple(domains.get(number, ())),
            reports=reports,
            copies=copies,
            revised=revised,
            statements=said[number],
            first=first,
            last=last,
        )
        for number, name, reports, copies, revised, first, last in rows
    ]
    return sorted(found, key=lambda outlet: (-outlet.statements, -outlet.reports, outlet.name))


def statements_by_outlet(connection: sqlite3.Connection) -> Counter[int | None]:
    """Return how many statements that count each outlet has, by its number; None for reports without an outlet."""
    # Statements count where their report does: a look at the reports, a twentieth of the rows.
    rows = connection.execute(
        "SELECT outlet_id, sum(statement_count) FROM documents JOIN readings ON document_id = documents.id"
        f" WHERE {COUNTING} GROUP BY outlet_id"
    )
    gone = connection.execute(
        "SELECT outlet_id FROM json_each(?) AS gone JOIN statements s ON s.id = gone.value"
        f" WHERE s.standing = {COUNTS}",
        (number_array(deleted_statements(connection)),),
    )
    said: Counter[int | None] = Counter(dict(rows))
    said.subtract(outlet for (outlet,) in gone)
    return said


# ---- the user's word -----------------------------------------------------------------------------------------


def known_domains(connection: sqlite3.Connection, given: Sequence[str]) -> list[str]:
    """Return domains as the record has them, of addresses, domains or names of outlets.

    Raises:
        MissingRecord: neither a domain of the record nor the name of an outlet.
    """
    found = [each for words in given for each in _domains(connection, words)]
    return list(dict.fromkeys(found))


def _domains(connection: sqlite3.Connection, words: str) -> Iterator[str]:
    domain = domain_of(words if "://" in words else f"https://{words.strip()}") or words
    for each in dict.fromkeys((words, domain)):
        if connection.execute("SELECT 1 FROM outlet_domains WHERE domain = ?", (each,)).fetchone():
            yield each
            return
    of = "outlet_id = (SELECT id FROM outlets WHERE name = ?)"
    found = [each for (each,) in connection.execute(f"SELECT domain FROM outlet_domains WHERE {of}", (words,))]
    rows = connection.execute(f"SELECT address FROM documents WHERE {of} AND outlet = ?", (words, words))
    if any(domain_of(address) is None for (address,) in rows):
        found.append(words)
    if not found:
        raise MissingRecord(
            "no domain and no outlet of the record", where=words, advice="see: onrecord outlets --in FILE"
        )
    yield from found


def check_split(connection: sqlite3.Connection, domain: str) -> None:
    """Check that a domain has something to be parted from.

    Raises:
        BadChange: it is its outlet's only one.
    """
    count, name = connection.execute(
        "SELECT count(*), outlets.name FROM outlet_domains JOIN outlets ON outlets.id = outlet_id"
        " WHERE outlet_id = (SELECT outlet_id FROM outlet_domains WHERE domain = ?)",
        (domain,),
    ).fetchone()
    if count < 2:
        raise BadChange(
            f"is the only domain of {name or domain}", where=domain, advice="there is nothing to part it from"
        )


def place_domains(connection: sqlite3.Connection, domains: Sequence[str]) -> None:
    """Join each domain to the outlet that the latest change that stands says, or to the one its reports name."""
    wanted = _decided(connection)
    for domain in domains:
        name = wanted.get(domain)
        if name is not None:
            join_domain(connection, domain, outlet_of(connection, name), "user")
        elif ("." in domain and domain_of(f"https://{domain}") == domain) or has_addresses(connection, domain):
            connection.execute("UPDATE outlet_domains SET joined_by = 'site name' WHERE domain = ?", (domain,))
            place_domain(connection, domain)
        else:  # a name that reports without an address give
            join_domain(connection, domain, outlet_of(connection, domain), "user")
            connection.execute("DELETE FROM outlet_domains WHERE domain = ?", (domain,))


def _decided(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the outlet's name that the user gave each domain."""
    rows = connection.execute(
        "SELECT what FROM changes WHERE kind IN ('join outlets', 'split outlet') AND undone_at IS NULL ORDER BY id"
    )
    changes = [json.loads(what) for (what,) in rows]
    return {domain: change["name"] for change in changes for domain in change["domains"]}
