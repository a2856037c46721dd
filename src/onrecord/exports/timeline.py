"""What reports say has happened, one after the other: the events of many readings in the order of their dates.

An event stands where its own report dates it. One that no expression of time dates stands at the day of its report, and
keeps no date: that somebody told of it on Friday does not say that it happened on Friday. Nothing is merged: what two
reports tell of is two entries, each with who tells it and who claims it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any, Final
from urllib.parse import urlsplit

from onrecord.document import Document, Span
from onrecord.exports.describing import day
from onrecord.exports.events_json import EventRow, event_rows
from onrecord.reading import Event, EventType, Reading
from onrecord.record.fragments import link_to

_DAY: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?![0-9])")
_CLOCK: Final = re.compile(r"T([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)")
_LAST: Final = 99_999_999
"""Where what has no date at all stands: after every day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Which report tells of an event."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    origin: str

    @property
    def name(self) -> str:
        """What stands for the report where there is little room: its outlet, else its site, else its file."""
        return self.outlet or _site(self.url) or re.split(r"[/\\]", self.origin)[-1] or self.origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One more place where the same report tells of the same event."""

    claimed_in: str | None
    claimed_by: str | None
    sentence: str
    span: Span
    trigger_span: Span
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event with its place in time."""

    date: str | None
    """ISO 8601, when it happened or is to happen, as the report says; None where the report does not date it."""
    told_on: str | None
    """The day of the report that tells of it; None where that is unknown."""
    event: EventRow
    report: Report
    link: str | None
    """The report's address with a fragment that leads to the sentence; None where it has none on the web."""
    also: tuple[Telling, ...]

    @property
    def days(self) -> tuple[int, int] | None:
        """The first and last day that it belongs to: its own, or where it has none the report's; None without either.

        They are numbers that sort: see :func:`days_of`.
        """
        return days_of(self.told_on) if self.date is None else days_of(self.date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which events a timeline is made of."""

    types: frozenset[EventType] = frozenset()
    """Only these; empty for all."""
    since: int | None = None
    """The first day, as :func:`days_of` writes it; what lasts until then or later is in."""
    until: int | None = None
    least: float = 0.0
    """Confidence that an event has at least."""

    def wants(self, event: Event) -> bool:
        """Tell whether an event is of a type that is asked for, and sure enough."""
        return event.confidence >= self.least and (not self.types or event.type in self.types)

    def holds(self, entry: Entry) -> bool:
        """Tell whether an entry falls into the days that are asked for."""
        if self.since is None and self.until is None:
            return True
        if entry.days is None:
            return False
        first, last = entry.days
        return (self.since is None or last >= self.since) and (self.until is None or first <= self.until)


class Timeline:
    """Gathers the events of readings, given one by one, and puts them in order."""

    def __init__(self, choice: Choice | None = None) -> None:
        self._choice = choice or Choice()
        self._entries: list[Entry] = []
        self.reports: list[Report] = []
        """All that were read, those too that tell of nothing."""
        self.without_day = 0
        """Events that were left out because days are asked for, and neither they nor their report have one."""

    def add(self, reading: Reading) -> None:
        """Take one more reading."""
        report = _report(reading.document)
        self.reports.append(report)
        for entry in _entries(reading, report, self._choice):
            if self._choice.holds(entry):
                self._entries.append(entry)
            elif entry.days is None:
                self.without_day += 1

    def entries(self) -> list[Entry]:
        """Return the events by their first day, what only its report dates behind; those of one date as they came."""
        return sorted(self._entries, key=_order)


def _entries(reading: Reading, report: Report, choice: Choice) -> Iterator[Entry]:
    text = reading.document.text
    speakers = {statement.id: statement.speaker_name for statement in reading.statements}
    for event, row in zip(reading.events, event_rows(reading), strict=True):
        if not choice.wants(event):
            continue
        yield Entry(
            date=event.when.value if event.when is not None and event.when.by == "expression" else None,
            told_on=day(report.published),
            event=row,
            report=report,
            link=link_to(report.url, text, [event.span]),
            also=tuple(
                Telling(
                    claimed_in=each.claimed_in,
                    claimed_by=speakers.get(each.claimed_in) if each.claimed_in else None,
                    sentence=each.span.of(text),
                    span=each.span,
                    trigger_span=each.trigger,
                    link=link_to(report.url, text, [each.span]),
                )
                for each in event.also
            ),
        )


def _report(document: Document) -> Report:
    return Report(
        id=document.id,
        title=document.title,
        outlet=document.outlet,
        url=document.url,
        published=document.published,
        origin=document.provenance.origin,
    )


def _site(address: str | None) -> str | None:
    try:
        return (urlsplit(address or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _order(entry: Entry) -> tuple[int, bool, str, str]:
    days = entry.days
    clock = _CLOCK.search(entry.date or "")
    return (_LAST if days is None else days[0], entry.date is None, clock[1] if clock else "", entry.date or "")


def days_of(value: str | None) -> tuple[int, int] | None:
    """Return the first and the last day of a date, a part of one or an interval, as numbers that sort.

    A month begins before its first day and ends after its last, so that what is vaguer comes first.

    >>> days_of("2024-05"), days_of("2024-05-02T14:30"), days_of("2024-05-02/2024-05-04"), days_of("soon")
    ((20240500, 20240599), (20240502, 20240502), (20240502, 20240504), None)
    """
    first, _, last = (value or "").partition("/")
    begin, end = _DAY.match(first), _DAY.match(last or first)
    if begin is None or end is None:
        return None
    return int("".join(part or "00" for part in begin.groups())), int("".join(part or "99" for part in end.groups()))


def told_by(report: Report, telling: EventRow | Telling) -> str:
    """Return who says that an event happened: the outlet, or somebody whom it quotes.

    ``Orrin Echo``; ``Teo Brandt, in Orrin Echo``; ``somebody (s3), in Orrin Echo`` where the speaker is open.
    """
    claimant = claimant_of(telling)
    return report.name if claimant is None else f"{claimant}, in {report.name}"


def claimant_of(telling: EventRow | Telling) -> str | None:
    """Return whom the report quotes for an event; None where it tells of it in its own voice."""
    if telling.claimed_in is None:
        return None
    return telling.claimed_by or f"somebody ({telling.claimed_in})"


def to_json(timeline: Timeline) -> dict[str, Any]:
    """Return a timeline as what JSON can hold: the reports that were read, and their events in order."""
    return {"reports": timeline.reports, "events": [_json_of(entry) for entry in timeline.entries()]}


def _json_of(entry: Entry) -> dict[str, Any]:
    row = {each.name: getattr(entry.event, each.name) for each in fields(EventRow) if each.name not in ("date", "when")}
    return {
        "date": entry.date,
        "told_on": entry.told_on,
        **row,
        "also": entry.also,
        "link": entry.link,
        "report": entry.report,
    }


COLUMNS: Final = (
    "date",
    "told_on",
    "actor",
    "type",
    "mode",
    "recipient",
    "modality",
    "claimed_by",
    "claimed_in",
    "trigger",
    "sentence",
    "place",
    "country",
    "told",
    "confidence",
    "outlet",
    "published",
    "address",
    "link",
    "document",
    "event",
)
"""The names of the columns of a timeline as a table."""


def to_rows(entries: Iterable[Entry]) -> Iterator[tuple[Any, ...]]:
    """Yield entries as rows of a table under :data:`COLUMNS`."""
    for entry in entries:
        event, report = entry.event, entry.report
        where = event.where
        yield (
            *(entry.date, entry.told_on, event.actors, event.type, event.mode, event.recipients, event.modality),
            *(event.claimed_by, event.claimed_in, event.trigger, event.sentence),
            *((where.name, where.country) if where is not None else (None, None)),
            *(event.told, event.confidence, report.outlet, report.published, report.url, entry.link),
            *(report.id, event.id),
        )
