"""Stories: the reports of a record that tell of the same occasion.

1. which reports are near each other            nearby
2. which of them are groups around a centre     stars
3. what each group has in common                this file

Nothing is stored. A report's story is told from the reports of the days around it, in the record as it is, whatever
order they came in; adding one costs nothing, and changes no story but those near it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from onrecord.compare.nearby import Nearby
from onrecord.compare.stars import Stars
from onrecord.errors import BadQuery
from onrecord.record.damage import translated
from onrecord.record.days import (
    DatedReport,
    ReportHead,
    copies_of,
    days_between,
    find_dated,
    read_heads,
)
from onrecord.record.finding import registered_names
from onrecord.record.identities import show_person
from onrecord.record.lookup import look_up

if TYPE_CHECKING:
    from onrecord.record import Record

LEAST_REPORTS: Final = 2
MOST_PEOPLE: Final = 8
"""People of a story that are named: who is in more than half of its reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPerson:
    """Somebody who is in most reports of a story."""

    id: str
    """As ``onrecord people`` shows it: ``p446962e9d2``."""
    name: str
    """As the user's register has it, or else most of the reports."""
    reports: int
    """Of the story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryReport:
    """A report of a story."""

    document: str
    """Its id, the contract's ``document.id``."""
    title: str | None
    outlet: str | None
    published: str | None
    """As the report says it, an ISO 8601 date, or date and time."""
    address: str | None
    """Whatever the report gives: check it before it becomes a link."""
    statements: int
    likeness: float | None
    """Probability that it tells of the same occasion as the centre, 0.4 to 1; None for the centre itself."""
    shared_people: tuple[str, ...]
    """Names of who is in it and in the centre, those who tell most first."""
    shared_words: tuple[str, ...]
    """Words that it shares with the centre, those that tell most first; 8 at most."""
    shared_quotations: int
    """Runs of five quoted words that it shares with the centre."""
    copies: tuple[ReportHead, ...]
    """Reports with the same body under another address: no further sources."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Reports that tell of the same occasion."""

    id: str
    """That of its centre, the report that is most like the others; it may change when reports are added."""
    title: str | None
    """The centre's."""
    first: str
    """The day of its earliest report, such as ``2024-05-02``."""
    last: str
    outlets: tuple[str, ...]
    """By name, copies left out."""
    people: tuple[StoryPerson, ...]
    """Who is in more than half of its reports, 8 at most; those in most reports first."""
    reports: tuple[StoryReport, ...]
    """By day of publication; the centre among them."""

    @property
    def statements(self) -> int:
        """How many statements its reports have, copies left out."""
        return sum(report.statements for report in self.reports)


def find_story(record: Record, report: str) -> Story:
    """Return the story of a report; one that no other report tells has that report alone.

    Costs as much as the days around the report have reports: 10 ms for 20 a week, a second for 2,500.

    Args:
        record: an open record.
        report: the id of a report or of one of its statements, or the beginning of one. A copy has its original's
            story, a text that was revised that of the present one.

    Raises:
        MissingRecord: no such report.
        BadQuery: several begin so, or the day of its publication is not known.
    """
    with translated(record.path):
        document = look_up(record.connection, report).citation.document
        dated = find_dated(record.connection, document)
        if dated is None:
            raise BadQuery(
                "the day of its publication is not known, so no reports of the same days either",
                where=document,
                advice="add the report again with its date: onrecord add FILE --date 2024-05-02",
            )
        looked = _Look(record)
        return looked.tell(looked.stars.group_of(dated))


def list_stories(
    record: Record,
    *,
    since: str | date | None = None,
    until: str | date | None = None,
    least: int = LEAST_REPORTS,
    tell: Callable[[date], None] = lambda _: None,
) -> list[Story]:
    """Return the stories that have a report in some days: those of most reports first, of equal ones the latest.

    A story is given whole, with its reports before and behind these days.

    Args:
        record: an open record.
        since: the first day, month or year: ``2024-05-02``, ``2024-05``, ``2024`` or a date; None: the first.
        until: the last one.
        least: reports that a story has at least, copies left out.
        tell: is told of each day that is looked at next.

    Raises:
        BadQuery: a day that is none.
    """
    with translated(record.path):
        looked = _Look(record)
        seen: set[DatedReport] = set()
        stories = []
        for day in days_between(record.connection, since, until):
            tell(day)
            for report in looked.nearby.reports_of(day):
                if report in seen:
                    continue
                group = looked.stars.group_of(report)
                seen.update(group)
                if len(group) >= least:
                    stories.append(looked.tell(group))
    return sorted(stories, key=lambda story: (-len(story.reports), _backwards(story.last), story.id))


def _backwards(day: str) -> int:
    return -date.fromisoformat(day).toordinal()


class _Look:
    """One look at a record: what is near what, and which groups there are."""

    def __init__(self, record: Record) -> None:
        self._connection = record.connection
        self.nearby = Nearby(record.connection)
        self.stars: Stars[DatedReport] = Stars(self.nearby.near, lambda report: (report.day, report.document))

    def tell(self, group: Sequence[DatedReport]) -> Story:
        """Return a group, its centre first, as a story."""
        centre, *_ = group
        ordered = sorted(group, key=lambda report: (report.day, report.document))
        copies = copies_of(self._connection, [report.row for report in group])
        heads = read_heads(
            self._connection, [*(report.row for report in group), *(row for rows in copies.values() for row in rows)]
        )
        registered = registered_names(
            self._connection, {person for report in group for person in self.nearby.names_in(report)}
        )
        return Story(
            id=centre.document,
            title=heads[centre.row].title,
            first=ordered[0].day.isoformat(),
            last=ordered[-1].day.isoformat(),
            outlets=tuple(sorted({outlet for report in group if (outlet := heads[report.row].outlet)})),
            people=tuple(self._people(group, registered)),
            reports=tuple(
                self._report(
                    report,
                    centre,
                    heads[report.row],
                    copies=[heads[row] for row in copies.get(report.row, ())],
                    registered=registered,
                )
                for report in ordered
            ),
        )

    def _report(
        self,
        report: DatedReport,
        centre: DatedReport,
        head: ReportHead,
        *,
        copies: Sequence[ReportHead],
        registered: Mapping[int, str],
    ) -> StoryReport:
        shared = None if report == centre else self.nearby.likeness(centre, report)
        names = {**self.nearby.names_in(report), **registered}
        return StoryReport(
            document=head.document,
            title=head.title,
            outlet=head.outlet,
            published=head.published,
            address=head.address,
            statements=head.statements,
            likeness=None if shared is None else shared.score,
            shared_people=tuple(names[person] for person in shared.people) if shared else (),
            shared_words=shared.words if shared else (),
            shared_quotations=shared.quoted if shared else 0,
            copies=tuple(copies),
        )

    def _people(self, group: Sequence[DatedReport], registered: Mapping[int, str]) -> Iterator[StoryPerson]:
        """Yield who is in more than half of the reports."""
        named = [(person, name) for report in group for person, name in self.nearby.names_in(report).items()]
        counted = Counter(person for person, _ in named)
        names: dict[int, Counter[str]] = {person: Counter() for person in counted}
        for person, name in named:
            names[person][name] += 1
        many = [person for person, reports in counted.items() if 2 * reports > len(group)]
        for person in sorted(many, key=lambda each: (-counted[each], each))[:MOST_PEOPLE]:
            called = min(names[person], key=lambda name: (-names[person][name], -len(name), name))
            yield StoryPerson(id=show_person(person), name=registered.get(person, called), reports=counted[person])
