"""Stories: those of some days, and each with its outlets side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.compare.carried import Carried
from onrecord.compare.comparing import MOST_REPORTS, Comparison, Quoted, compare_in_record
from onrecord.compare.lines import Line, Said
from onrecord.compare.ownvoice import Doubted, OwnVoice
from onrecord.compare.stories import Story, StoryReport, find_story, list_stories
from onrecord.errors import BadQuery, SlowQuery
from onrecord.record import Record
from onrecord.record.days import days_between
from onrecord.record.namesakes import tell_apart
from onrecord.web import addresses
from onrecord.web.failing import beside_form, status_of
from onrecord.web.site import reading, site_of
from onrecord.web.worddiffs import mark_changes

WINDOWS: Final = (14, 2)
"""Days that are looked at where none are asked for, and where that takes too long: a look costs by the reports of its
days."""
SHOWN: Final = 100
"""Stories that are listed."""
SPEAKERS: Final = 20


# ---- the list ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days whose stories are listed, as they stand in the address."""

    since: str
    until: str
    earlier: str | None = None
    """Where the reports before them are."""


def stories_page(request: Request) -> Response:
    """Answer ``/stories``; ``?since=2024-05-01&until=2024-05-14`` are the days, the record's last ones if not given."""
    since, until = (request.query_params.get(name, "").strip()[:40] for name in ("since", "until"))
    stories: Sequence[Story] = ()
    apart: dict[str, str] = {}
    problem: BadQuery | SlowQuery | None = None
    days: Days | None = Days(since=since, until=until)
    for window in WINDOWS[:1] if since or until else WINDOWS:
        problem = None
        try:
            with reading(request) as record:
                days = _days(record, since, until, window)
                if days is not None:
                    stories = list_stories(record, since=days.since or None, until=days.until or None)
                    apart = _told_apart(record, stories[:SHOWN])
            break
        except (BadQuery, SlowQuery) as error:
            problem = beside_form(error, "give fewer days")
    return site_of(request).pages.render(
        request,
        "stories.html",
        status=status_of(problem) if problem else 200,
        days=days,
        stories=stories[:SHOWN],
        left_out=max(0, len(stories) - SHOWN),
        apart=apart,
        problem=problem,
    )


def _told_apart(record: Record, stories: Iterable[Story]) -> dict[str, str]:
    return tell_apart(record.connection, ((each.id, each.name) for story in stories for each in story.people))


def _days(record: Record, since: str, until: str, window: int) -> Days | None:
    """Return the days to look at; None for a record without any."""
    known = days_between(record.connection, None, None)
    if not known:
        return None
    if not (since or until):
        return _around(known, _days_before(known[-1], window - 1), known[-1])
    try:
        around = _around(known, date.fromisoformat(since), date.fromisoformat(until))
        return replace(around, since=since, until=until)  # what is no day for us is none here
    except ValueError:  # a month, a year, or one end alone
        return Days(since=since, until=until)


def _days_before(day: date, count: int) -> date:
    """Return an earlier day; the first that there is, where the calendar ends before that."""
    return date.fromordinal(max(1, day.toordinal() - count))


def _around(known: Sequence[date], first: date, last: date) -> Days:
    before = [day for day in known if day < first]
    earlier = None
    if before and first <= last:
        start = _days_before(before[-1], (last - first).days)
        earlier = addresses.stories(since=start.isoformat(), until=before[-1].isoformat())
    return Days(since=first.isoformat(), until=last.isoformat(), earlier=earlier)


# ---- one of them ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One report's wording of a line."""

    said: Said
    words: Markup
    """With what is not as in the line's main wording."""

    @property
    def carried(self) -> Carried:
        """The statement."""
        return self.said.carried


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """How many reports of an outlet leave a line out: another one of it may well have it."""

    report: int
    """One of them."""
    reports: int
    of: int
    """The reports of this outlet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """One utterance, as each report has it."""

    line: Line
    number: int
    cells: tuple[Cell, ...]
    missing: tuple[Missing, ...]
    """The outlets that leave it out, in the order of their reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story with its reports side by side."""

    story: Story
    reports: tuple[StoryReport, ...]
    """Those that are compared, by day."""
    left_out: int
    comparison: Comparison | None
    """None for a story that one report alone tells."""
    lines: tuple[LineView, ...]
    """Those of several reports."""
    alone: tuple[tuple[LineView, ...], ...]
    """By report: those that it alone has."""
    own_voice: tuple[OwnVoice, ...]
    doubted: tuple[Doubted, ...]
    speakers: tuple[Quoted, ...]


def story_page(request: Request) -> Response:
    """Answer ``/story/ID``, the id of any report of the story."""
    with reading(request) as record:
        story = find_story(record, str(request.path_params["story"]))
        reports = story.reports[:MOST_REPORTS]
        comparison = compare_in_record(record, [each.document for each in reports]) if len(reports) > 1 else None
        apart = _told_apart(record, [story])
    return site_of(request).pages.render(
        request, "story.html", seen=_view(story, reports, comparison), story=story, apart=apart
    )


def _view(story: Story, reports: tuple[StoryReport, ...], comparison: Comparison | None) -> StoryView:
    views = [_line(line, number, reports) for number, line in enumerate(comparison.lines if comparison else (), 1)]
    return StoryView(
        story=story,
        reports=reports,
        left_out=len(story.reports) - len(reports),
        comparison=comparison,
        lines=tuple(each for each in views if len(each.line.carriers) > 1),
        alone=tuple(tuple(each for each in views if each.line.carriers == (number,)) for number in range(len(reports))),
        own_voice=comparison.own_voice if comparison else (),
        doubted=comparison.doubted if comparison else (),
        speakers=comparison.speakers[:SPEAKERS] if comparison else (),
    )


def _line(line: Line, number: int, reports: Sequence[StoryReport]) -> LineView:
    return LineView(
        line=line,
        number=number,
        cells=tuple(
            Cell(
                said=said,
                words=mark_changes(line.main.words, said.carried.words, said.tie.changes if said.tie else ()),
            )
            for said in line.said
        ),
        missing=tuple(_missing(line, reports)),
    )


def _missing(line: Line, reports: Sequence[StoryReport]) -> Iterator[Missing]:
    outlets = [each.outlet for each in reports]
    left_out = [outlets[number] for number in line.missing]
    for outlet in dict.fromkeys(left_out):
        yield Missing(report=outlets.index(outlet), reports=left_out.count(outlet), of=outlets.count(outlet))


routes = [Route("/stories", stories_page, name="stories"), Route("/story/{story}", story_page, name="story")]
