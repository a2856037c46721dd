"""Stories: the reports that tell of the same occasion."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Query
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from onrecord.compare.stories import LEAST_REPORTS, Story, find_story
from onrecord.compare.storypages import stories_before
from onrecord.web.api.answering import answer, answer_list, answers_with, new_router
from onrecord.web.api.asking import DAY, ListPlace, reading_list
from onrecord.web.api.cursors import Row, read_cursor, show_cursor
from onrecord.web.site import reading

router: Final = new_router("Stories")
_Day = Annotated[str, Meta(pattern=DAY)]


@router.get("/stories", **answers_with([Story], "Stories with their reports."))
def list_stories(
    request: Request,
    place: ListPlace,
    *,
    since: Annotated[
        str | None, Query(description="Whose last report is of this day, month or year, or later.", pattern=DAY)
    ] = None,
    until: Annotated[
        str | None, Query(description="Whose last report is of this day, month or year, or earlier.", pattern=DAY)
    ] = None,
    least: Annotated[
        int, Query(ge=1, le=1_000, description="Reports that a story has at least, without copies.")
    ] = LEAST_REPORTS,
) -> Response:
    """List stories: the reports that tell of the same occasion.

    Those that ended last first. Each page looks at a week of reports: it may be short, or empty, with more to come: go
    on while there is a `next`. Stories are told anew from the reports; an addition may change those of its days.
    """
    told = 0
    if place.cursor is not None:
        until, told = read_cursor("stories", place.cursor, tuple[_Day, Row])
    with reading_list(request, place.limit) as record:
        page = stories_before(record, since=since, until=until, told=told, least=least, most=place.limit)
    return answer_list(page.stories, page.end and show_cursor("stories", page.end))


@router.get("/stories/{report}", **answers_with(Story, "The story."))
def show_story(request: Request, report: str) -> Response:
    """Show the story of a report, or of one of its statements.

    One that no other report tells has that report alone.
    """
    with reading(request) as record:
        return answer(find_story(record, report))
