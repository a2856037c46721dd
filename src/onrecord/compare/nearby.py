"""Which reports of a record are near one: of about the same days, with the same people, in the same words.

1. the reports of the days around it               record.days
2. those that share enough of who is in them       counted over those days
3. those whose words are like its own, too         sketches, likeness

What is read is kept, for the neighbours of a report have much the same neighbours. The cost grows with the reports of
those days, not with the record.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from onrecord.compare.likeness import DAYS, LEAST, Likeness, compare_sketches, features, score_of
from onrecord.compare.sketches import Sketch, sketch, unit
from onrecord.record.days import DatedReport, people_in, read_text, reports_between

SMALL: Final = 20
"""Reports that the days around one are taken to have besides their own: in a record of three nobody is in all."""
LEAST_SHARED: Final = 0.02
"""Cosine of who is in two reports, by weight, below which their words are not compared: half of all pairs."""


@dataclass(slots=True)
class _Day:
    """The reports of a day, and who is in them."""

    reports: list[DatedReport]
    people: dict[int, dict[int, str]]
    """Numbers and names, by the number of the report."""
    counts: Counter[int] = field(default_factory=Counter)
    """In how many reports each person is."""
    by_person: defaultdict[int, list[DatedReport]] = field(default_factory=lambda: defaultdict(list))


class Nearby:
    """The reports near each other, as one look at a record sees them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._days: dict[date, _Day] = {}
        self._counts: dict[date, tuple[int, Counter[int]]] = {}
        self._people: dict[int, Mapping[int, float]] = {}
        self._unit_people: dict[int, Mapping[int, float]] = {}
        self._sketches: dict[int, Sketch] = {}
        self._scores: dict[tuple[int, int], float] = {}
        self._near: dict[DatedReport, Mapping[DatedReport, float]] = {}

    def reports_of(self, day: date) -> list[DatedReport]:
        """Return the reports of a day."""
        return self._day(day).reports

    def names_in(self, report: DatedReport) -> Mapping[int, str]:
        """Return who is in a report: the record's numbers, and the names there."""
        return self._day(report.day).people.get(report.row, {})

    def near(self, report: DatedReport) -> Mapping[DatedReport, float]:
        """Return the reports that tell of the same occasion as one, each with how likely that is."""
        if report not in self._near:
            scores = {other: self._score(report, other) for other in self.sharing(report)}
            self._near[report] = {other: score for other, score in scores.items() if score >= LEAST}
        return self._near[report]

    def likeness(self, one: DatedReport, other: DatedReport) -> Likeness:
        """Return what two reports have in common."""
        return compare_sketches(self.sketch(one), self.sketch(other))

    def _score(self, one: DatedReport, other: DatedReport) -> float:
        pair = (min(one.row, other.row), max(one.row, other.row))
        if pair not in self._scores:
            self._scores[pair] = score_of(features(self.sketch(one), self.sketch(other)))
        return self._scores[pair]

    def sharing(self, report: DatedReport) -> list[DatedReport]:
        """Return the reports of the days around one that share enough of who is in it."""
        shared: defaultdict[DatedReport, float] = defaultdict(float)
        for person, weight in self._units(report).items():
            for day in _around(report.day):
                for other in self._day(day).by_person.get(person, ()):
                    shared[other] += weight * self._units(other)[person]
        shared.pop(report, None)
        return [other for other, share in shared.items() if share >= LEAST_SHARED]

    def sketch(self, report: DatedReport) -> Sketch:
        """Return what a report is told by."""
        if report.row not in self._sketches:
            told = read_text(self._connection, report.row)
            self._sketches[report.row] = sketch(
                day=report.day, people=self._weighed(report), title=told.title, text=told.text, zones=told.zones
            )
        return self._sketches[report.row]

    def _weighed(self, report: DatedReport) -> Mapping[int, float]:
        """Return who is in a report, each with what that tells: whoever is in all reports of its days tells little."""
        if report.row not in self._people:
            reports, counts = self._counted(report.day)
            self._people[report.row] = {
                person: math.log((reports + SMALL) / (counts[person] + 1)) for person in self.names_in(report)
            }
        return self._people[report.row]

    def _units(self, report: DatedReport) -> Mapping[int, float]:
        if report.row not in self._unit_people:
            self._unit_people[report.row] = unit(self._weighed(report))
        return self._unit_people[report.row]

    def _counted(self, day: date) -> tuple[int, Counter[int]]:
        """Return how many reports there are in the days around one, and in how many of them each person is."""
        if day not in self._counts:
            days = [self._day(each) for each in _around(day)]
            counts: Counter[int] = Counter()
            for each in days:
                counts.update(each.counts)
            self._counts[day] = (sum(len(each.reports) for each in days), counts)
        return self._counts[day]

    def _day(self, day: date) -> _Day:
        if day not in self._days:
            reports = reports_between(self._connection, day, day)
            found = _Day(reports, people_in(self._connection, [each.row for each in reports]))
            for report in reports:
                for person in found.people.get(report.row, ()):
                    found.counts[person] += 1
                    found.by_person[person].append(report)
            self._days[day] = found
        return self._days[day]


def _around(day: date) -> Iterator[date]:
    """Yield the days that a report of the same occasion may be from."""
    for step in range(-DAYS, DAYS + 1):
        try:
            yield day + timedelta(days=step)
        except OverflowError:  # the first days of the year 1, the last of 9999
            continue
