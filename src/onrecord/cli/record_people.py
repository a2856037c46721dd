"""The people of a record on the terminal, as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from rich.cells import cell_len

from onrecord.cli.blocks import INDENT, Look, Row, broken, lay_out
from onrecord.cli.formats import Format
from onrecord.cli.messages import complain
from onrecord.cli.outputs import choose_look
from onrecord.cli.recordfile import open_record
from onrecord.cli.tables import print_rows
from onrecord.exports.describing import count
from onrecord.record import Person, PersonFilter
from onrecord.record.opening import one_moment

MOST_SHOWN = 8
"""Roles, names and outlets that the terminal shows of one person; JSON has all."""
GAP = 2
COLUMNS = {
    "id": lambda person: person.id,
    "name": lambda person: person.name,
    "kind": lambda person: person.kind,
    "names": lambda person: person.names,
    "countries": lambda person: person.countries,
    "roles": lambda person: tuple(role.words for role in person.roles),
    "statements": lambda person: person.statements,
    "about": lambda person: person.about,
    "reports": lambda person: person.reports,
    "outlets": lambda person: person.outlets,
    "first": lambda person: person.first,
    "last": lambda person: person.last,
    "wikidata": lambda person: person.wikidata,
    "because": lambda person: person.because,
}


def list_record_people(
    path: Path,
    which: PersonFilter,
    *,
    limit: int,
    reports: bool,
    chosen: Format | None,
    color: str,
    width: int | None,
) -> None:
    """Print the people of a record; say on standard error how many are left out.

    Raises:
        RecordError: the record can't be read, or nobody has an id that is asked for.
    """
    with open_record(path, read_only=True) as record, one_moment(record.connection):  # as search
        people = record.people(which, limit=limit or None)
        everybody = people.count()
        if chosen is None:
            _print_blocks(people, choose_look(color=color, width=width), reports=reports)
        else:
            print_rows(people if reports else (person.without_reports() for person in people), chosen, COLUMNS)
    if limit and everybody > limit:
        complain(f"left out: {everybody - limit:,} more; --limit 0 lists all")
    if not everybody:
        complain("nobody found")


def _print_blocks(people: Iterable[Person], look: Look, *, reports: bool) -> None:
    width = look.measure
    for at, person in enumerate(people):
        lines = [*_opening(person, look, width), *_facts(person, look, width, reports=reports)]
        click.echo(("\n" if at else "") + "\n".join(lines), color=look.colour)


def _opening(person: Person, look: Look, width: int | None) -> Iterator[str]:
    """Yield the name and id with the counts at the right, or below where there is no room."""
    name = look.show(person.name)
    counts = look.dot.join(
        (count(person.statements, "statement"), f"about {person.about:,}", count(person.reports, "report"))
    )
    room = 0 if width is None else width - cell_len(name) - len(person.id) - GAP - cell_len(counts)
    start = f"{look.paint(name, 'name')}{' ' * GAP}{look.paint(person.id, 'faint')}"
    if width is None or room >= GAP:
        yield f"{start}{' ' * max(room, GAP)}{counts}"
        return
    yield from (look.paint(line, "name") for line in broken(name, width))
    yield from (f"{' ' * INDENT}{line}" for line in broken(f"{person.id}{look.dot}{counts}", width - INDENT))


def _facts(person: Person, look: Look, width: int | None, *, reports: bool) -> Iterator[str]:
    for row in _rows(person, look, reports=reports):
        yield from lay_out(row, look, width)


def _rows(person: Person, look: Look, *, reports: bool) -> Iterator[Row]:
    kind = [person.kind, ", ".join(person.countries), person.wikidata or "", _days(person.first, person.last, look)]
    yield Row(label="kind", words=look.show(look.dot.join(filter(None, kind))))
    for role in person.roles[:MOST_SHOWN]:
        yield Row(label="role", words=look.show(role.words), right=_days(role.first, role.last, look))
    if len(person.roles) > MOST_SHOWN:
        yield Row(label="", words=f"and {len(person.roles) - MOST_SHOWN} more", style="faint")
    for label, values in (("also", person.names), ("outlets", person.outlets)):
        if values:
            more = f"; and {len(values) - MOST_SHOWN} more" if len(values) > MOST_SHOWN else ""
            yield Row(label=label, words=look.show("; ".join(values[:MOST_SHOWN]) + more))
    yield Row(label="because", words=look.show(person.because), style="faint")
    for report in person.found_in if reports else ():
        told = (report.published or "no date", report.outlet, report.title)
        words = look.dot.join(filter(None, (*told, f"as {report.name}" if report.name != person.name else "")))
        yield Row(label="in", words=look.show(words), right=report.document)


def _days(first: str | None, last: str | None, look: Look) -> str:
    if first is None or last is None:
        return ""
    return first if first == last else f"{first} {look.sign('–', '-')} {last}"
