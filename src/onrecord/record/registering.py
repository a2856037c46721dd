"""The user's own register: names of people, organizations and countries, from a CSV file, that linking goes by.

A name or an alias of the register is who the register says, for every report that gives that name, unless report and
register tie it to different countries. What comes with onrecord itself is :mod:`onrecord.speakers.register`.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final, Literal, cast, get_args

from onrecord.errors import BadRow, MissingRecord
from onrecord.record.csvfiles import delimiter_of, read_csv_text
from onrecord.record.deciding import EntityRow, registered_key
from onrecord.record.identities import NAMESAKES, number_of
from onrecord.record.linking import ENTITY_ROW, link_again
from onrecord.record.opening import transaction
from onrecord.record.packing import Terms, number_list, pack_json
from onrecord.speakers.register import fold, look_up, metonym

RegisteredKind = Literal["person", "organization", "country"]
COLUMNS: Final = ("name", "kind", "aliases", "country", "wikidata")
WIKIDATA: Final = re.compile(r"Q[1-9]\d{0,12}")
BETWEEN_ALIASES: Final = re.compile(r"[;|]")
LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """An entry of the user's register."""

    name: str
    kind: RegisteredKind
    aliases: tuple[str, ...] = ()
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    wikidata: str | None = None
    """Such as ``Q42``."""


# ---- reading a file ------------------------------------------------------------------------------------------


def read_register(path: Path) -> tuple[list[Registered], list[BadRow]]:
    """Return the entries of a CSV file or of standard input (``-``), and what is wrong with rows that are none.

    The first row names the columns: ``name`` and ``kind``, and of ``aliases`` (several are parted by ``;``),
    ``country`` (its code or name) and ``wikidata`` those that there are. Commas, semicolons or tabs stand between them.

    Raises:
        MissingSource: no such file.
        OversizedSource: more than 50 MB.
        UndecodableSource: not in UTF-8.
        BadRow: the first row names no such columns.
    """
    text = read_csv_text(path)
    # Not splitlines(): it would cut a name at a line separator or a form feed in it.
    lines = StringIO(text, newline="")
    try:
        rows = csv.DictReader(lines, delimiter=delimiter_of(text, "name"), skipinitialspace=True)
        _check_columns(rows.fieldnames or (), path)
    except csv.Error as error:
        raise BadRow(f"no CSV ({error})", where=f"{path}:1", advice="save it as CSV in UTF-8") from error
    entries, wrong = [], []
    try:
        for row in rows:
            try:
                entries.append(_entry(row))
            except ValueError as error:
                wrong.append(BadRow(str(error), where=f"{path}:{rows.line_num}"))
    except csv.Error as error:
        wrong.append(BadRow(f"no CSV ({error})", where=f"{path}:{rows.line_num}"))
    return entries, wrong


def _check_columns(names: Sequence[str], path: Path) -> None:
    unknown = [name for name in names if name not in COLUMNS]
    missing = [name for name in COLUMNS[:2] if name not in names]
    if unknown or missing:
        what = f"no column {', '.join(missing)}" if missing else f"unknown column {', '.join(map(repr, unknown))}"
        raise BadRow(what, where=f"{path}:1", advice=f"the first row names the columns: {','.join(COLUMNS)}")


def _entry(row: Mapping[str | None, str | list[str] | None]) -> Registered:
    """Return the entry of a row; a ValueError says what is wrong."""
    if None in row:
        raise ValueError("more fields than columns: put those with a comma (or what parts fields) in quotation marks")
    fields = {column: " ".join(str(row.get(column) or "").split()) for column in COLUMNS}
    if not fold(fields["name"]) or len(fields["name"]) > LONGEST_NAME:
        raise ValueError(f"no name, or one of more than {LONGEST_NAME} characters")
    if fields["kind"] not in get_args(RegisteredKind):
        raise ValueError(f"kind {fields['kind']!r} is none of {', '.join(get_args(RegisteredKind))}")
    if fields["wikidata"] and not WIKIDATA.fullmatch(fields["wikidata"]):
        raise ValueError(f"wikidata {fields['wikidata']!r} is no id such as Q42")
    return Registered(
        name=fields["name"],
        kind=cast("RegisteredKind", fields["kind"]),
        aliases=tuple(filter(None, (alias.strip() for alias in BETWEEN_ALIASES.split(fields["aliases"])))),
        country=_country(fields["country"]),
        wikidata=fields["wikidata"] or None,
    )


def _country(written: str) -> str | None:
    if not written or re.fullmatch("[A-Z]{2}", written):
        return written or None
    entry = look_up(written)
    if entry is None or entry.kind != "country":
        raise ValueError(f"country {written!r} is neither a code such as NO nor a name that is known")
    return entry.country


# ---- the record's register -----------------------------------------------------------------------------------


def add_to_register(connection: sqlite3.Connection, entries: Iterable[Registered]) -> int:
    """Put entries into the register, in the place of those of the same kind and name; return how many entities moved.

    All entities of the record that go by one of the names are linked again.

    Raises:
        BadRow: a name or an alias is another entry's already.
    """
    with transaction(connection):
        names: set[tuple[str, str]] = set()
        for entry in entries:
            names |= _forget(connection, entry.kind, entry.name)
            names |= _put(connection, entry)
        return _link_named(connection, names)


def remove_from_register(connection: sqlite3.Connection, names: Sequence[str]) -> int:
    """Take entries out of the register, by their names; return how many entities moved.

    Raises:
        MissingRecord: no entry has this name.
    """
    with transaction(connection):
        gone: set[tuple[str, str]] = set()
        for name in names:
            kinds = connection.execute("SELECT kind FROM register WHERE name = ?", (name,)).fetchall()
            if not kinds:
                raise MissingRecord("not in the register", where=name, advice="see: onrecord register list --in FILE")
            for (kind,) in kinds:
                gone |= _forget(connection, kind, name)
        return _link_named(connection, gone)


def list_register(connection: sqlite3.Connection) -> list[Registered]:
    """Return the entries of the user's register, by kind and name."""
    return _read(connection.execute(f"SELECT {_ENTRY} FROM register ORDER BY kind, name"))


def find_registered(connection: sqlite3.Connection, words: str) -> list[Registered]:
    """Return the entries that go by a name."""
    return _read(
        connection.execute(
            f"SELECT {_ENTRY} FROM register_names JOIN register USING (kind, name) WHERE folded = ?",
            (fold(words),),
        )
    )


def describe_name(connection: sqlite3.Connection | None, words: str) -> str:
    """Say what the register has for a name: a record's own, if one is given, else that of onrecord itself.

    >>> describe_name(None, "the Kremlin"), describe_name(None, "NATO"), describe_name(None, "Ada Quill")
    ('government of Russia (RU)', 'body: NATO', 'not in the register')
    """
    entries = [] if connection is None else find_registered(connection, words)
    if entries:
        facts = ((entry.kind, entry.name, entry.country, entry.wikidata) for entry in entries)
        return "; ".join(", ".join(filter(None, each)) for each in facts)
    stands_for = metonym(words) or look_up(words)
    if stands_for is None:
        return "not in the register"
    between = " of " if stands_for.kind in {"government", "capital", "demonym"} else ": "
    kind = {"demonym": "people or language"}.get(stands_for.kind, stands_for.kind)
    return f"{kind}{between}{stands_for.name}" + (f" ({stands_for.country})" if stands_for.country else "")


def registered_people(connection: sqlite3.Connection, people: Sequence[int]) -> list[Registered]:
    """Return the entries of the register that are about people of the record."""
    keys = sorted({person // NAMESAKES for person in people})
    return [
        entry
        for key in keys
        for entry in _read(connection.execute(f"SELECT {_ENTRY} FROM register WHERE key = ? ORDER BY name", (key,)))
    ]


_ENTRY: Final = "register.name, register.kind, aliases, country, wikidata"


def _read(rows: Iterable[Sequence[str]]) -> list[Registered]:
    return [
        Registered(
            name=name,
            kind=cast("RegisteredKind", kind),
            aliases=tuple(json.loads(aliases or "[]")),
            country=country,
            wikidata=wikidata,
        )
        for name, kind, aliases, country, wikidata in rows
    ]


def _put(connection: sqlite3.Connection, entry: Registered) -> set[tuple[str, str]]:
    """Write an entry; return its names, folded, with its kind."""
    names: set[tuple[str, str]] = {(fold(name), entry.kind) for name in (entry.name, *entry.aliases) if fold(name)}
    for folded, kind in sorted(names):
        other = connection.execute(
            "SELECT name FROM register_names WHERE folded = ? AND kind = ?", (folded, kind)
        ).fetchone()
        if other is not None:
            raise BadRow(
                f"{folded!r} is a name of {other[0]} already",
                where=entry.name,
                advice="leave it out, or take the other away: onrecord register remove NAME --in FILE",
            )
        connection.execute("INSERT INTO register_names VALUES (?, ?, ?)", (folded, kind, entry.name))
    key = number_of(registered_key(entry.name, entry.kind)) // NAMESAKES
    connection.execute(
        "INSERT INTO register (name, kind, country, wikidata, aliases, key) VALUES (?, ?, ?, ?, ?, ?)",
        (entry.name, entry.kind, entry.country, entry.wikidata, pack_json(entry.aliases), key),
    )
    return names


def _forget(connection: sqlite3.Connection, kind: str, name: str) -> set[tuple[str, str]]:
    """Take an entry out, if it is there; return its names."""
    of = (kind, name)
    rows = connection.execute("SELECT folded, kind FROM register_names WHERE kind = ? AND name = ?", of).fetchall()
    connection.execute("DELETE FROM register_names WHERE kind = ? AND name = ?", of)
    connection.execute("DELETE FROM register WHERE kind = ? AND name = ?", of)
    return set(rows)


def _link_named(connection: sqlite3.Connection, names: set[tuple[str, str]]) -> int:
    """Link all entities of these names again; return how many are somebody else now."""
    rows = list(_entities_named(connection, names))
    link_again(connection, rows)
    now = dict(
        connection.execute(
            "SELECT id, person_id FROM entities WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps([row.id for row in rows]),),
        )
    )
    return sum(now[row.id] != row.person_id for row in rows)


def _entities_named(connection: sqlite3.Connection, names: set[tuple[str, str]]) -> Iterator[EntityRow]:
    """Yield the entities of the record that have one of the names; looks at all of them."""
    terms = Terms(connection)
    kinds = {terms.number(kind): kind for kind in get_args(RegisteredKind)}
    rows = connection.execute(
        f"SELECT {ENTITY_ROW}, hash FROM entities JOIN documents ON documents.id = document_id"
        f" WHERE kind IN ({number_list(kinds)})"
    )
    for row in rows:
        if (fold(row[1]), kinds[row[2]]) in names:
            yield EntityRow(*row)
