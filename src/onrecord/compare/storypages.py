"""The stories of a record a page at a time, those that ended last first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onrecord.compare.stories import LEAST_REPORTS, Story, list_stories
from onrecord.record.damage import translated
from onrecord.record.days import days_between

if TYPE_CHECKING:
    from onrecord.record import Record

DAYS_AT_ONCE: Final = 7
"""Days with reports that one page looks at: a look costs by the reports of its days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """Some stories, and where their list goes on."""

    stories: tuple[Story, ...]
    end: tuple[str, int] | None
    """The day to go on with, and how many of its stories were told; None where nothing follows."""


def stories_before(
    record: Record, *, since: str | None, until: str | None, told: int = 0, least: int = LEAST_REPORTS, most: int
) -> StoryPage:
    """Return the stories whose last report is of some days, the latest first, of one day those of most reports first.

    Looks at :data:`DAYS_AT_ONCE` days: there may be no story in them, and more to come.

    Args:
        record: an open record.
        since: the first day, month or year; None for the record's first.
        until: the last one.
        told: how many stories of the last day to leave out.
        least: reports that a story has at least, copies left out.
        most: how many stories to return at most.

    Raises:
        BadQuery: a day that is none.
    """
    with translated(record.path):
        days = [day.isoformat() for day in days_between(record.connection, since, until)]
    window = days[-DAYS_AT_ONCE:]
    if not window:
        return StoryPage(stories=(), end=None)
    found = list_stories(record, since=window[0], until=window[-1], least=least)
    ending = [story for story in found if window[0] <= story.last <= window[-1]]
    ordered = sorted(sorted(ending, key=lambda story: (-len(story.reports), story.id)), key=_last, reverse=True)
    first = told if ordered and ordered[0].last == window[-1] else 0
    stories, rest = ordered[first : first + most], ordered[first + most :]
    if rest:
        day = rest[0].last
        already = sum(story.last == day for story in ordered[: first + most])
        return StoryPage(stories=tuple(stories), end=(day, already))
    earlier = days[: -len(window)]
    return StoryPage(stories=tuple(stories), end=(earlier[-1], 0) if earlier else None)


def _last(story: Story) -> str:
    return story.last
