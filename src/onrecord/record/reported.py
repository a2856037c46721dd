"""What reports say that somebody is: rows of the record's entities, and the roles in them, counted over reports."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from onrecord.reading import role_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedRole:
    """What reports say that somebody is."""

    title: str
    """As most reports write it."""
    of: str | None
    reports: int
    first: str | None
    """The day of the earliest report that says so, ISO 8601; None where no report has a date."""
    last: str | None

    @property
    def words(self) -> str:
        """The role as it is shown."""
        return role_in_words(self.title, self.of)


class Reported(NamedTuple):
    """An entity of a report."""

    name: str
    kind: int
    country: str | None
    roles: str | None
    says: str | None
    """JSON list of the statements of the report that are theirs, by position; ``about`` of those that mention them."""
    about: str | None
    document: str
    outlet: str | None
    published: str | None
    title: str | None

    @property
    def day(self) -> str | None:
        """The day of publication, ISO 8601."""
        return self.published[:10] if self.published else None


COLUMNS: Final = """e.name, e.kind, e.country, e.roles, e.says, e.about, hash,
    coalesce(outlets.name, documents.outlet), published, title"""
"""Of a :class:`Reported`."""
REPORTS: Final = """JOIN documents ON documents.id = e.document_id
    LEFT JOIN outlets ON outlets.id = documents.outlet_id"""
"""What ``e``, a row of ``entities``, is joined with for them."""


def count_statements(places: Iterable[tuple[str, str | None]], gone: Mapping[str, set[int]]) -> int:
    """Count statements, given as the reports that they are in and JSON lists of their positions there, each once.

    A report may name somebody in two ways: a statement that mentions Russia and the Kremlin is one about Russia.
    Those that are ``gone``, by report, are left out: somebody said that they are none.

    >>> count_statements([("a", "[0,1]"), ("a", "[1]"), ("b", "[1]"), ("b", None)], {"a": {0}})
    2
    """
    found: defaultdict[str, set[int]] = defaultdict(set)
    for report, positions in places:
        if positions is not None:  # who is only named says nothing: most do
            found[report].update(json.loads(positions))
    return sum(len(places - gone[report] if report in gone else places) for report, places in found.items())


def ranked(values: Iterable[str]) -> tuple[str, ...]:
    """Return each value once, the most frequent first, of several the longest, then by the alphabet.

    >>> ranked(["mayor", "Mayor", "mayor", "the mayor"])
    ('mayor', 'the mayor', 'Mayor')
    """
    counted = Counter(values)
    return tuple(sorted(counted, key=lambda value: (-counted[value], -len(value), value)))


def dated_roles(rows: Sequence[Reported]) -> Iterator[DatedRole]:
    """Yield the roles that reports give, case apart, the most frequent first."""
    said: defaultdict[tuple[str, str], list[tuple[str, str | None, Reported]]] = defaultdict(list)
    for row in rows:
        for title, of, *_ in json.loads(row.roles) if row.roles else ():
            said[title.casefold(), (of or "").casefold()].append((title, of, row))
    for _, several in sorted(said.items(), key=lambda item: (-len({row.document for *_, row in item[1]}), item[0])):
        days = [row.day for *_, row in several if row.day]
        yield DatedRole(
            title=ranked(title for title, _, _ in several)[0],
            of=next(iter(ranked(of for _, of, _ in several if of)), None),
            reports=len({row.document for *_, row in several}),
            first=min(days, default=None),
            last=max(days, default=None),
        )
