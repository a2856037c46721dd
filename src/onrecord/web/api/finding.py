"""Searching, and counting who is quoted."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from onrecord.record.counting import By, Tally, count_by
from onrecord.record.hits import FoundStatement, as_found
from onrecord.record.paging import last_statement
from onrecord.record.searching import Sort
from onrecord.web.api.answering import answer_list, answers_with, new_router
from onrecord.web.api.asking import MOST_ITEMS, ListPlace, StatementFilters, reading_list
from onrecord.web.api.cursors import Row, read_cursor, show_cursor
from onrecord.web.api.shapes import CountAnswer, SearchAnswer
from onrecord.web.site import site_of

router: Final = new_router("Finding")
_Words = Annotated[
    str | None, Query(max_length=2_000, description='All are to be there: `levy`, `"new levy"`, `fish*`.')
]
_Meaning = Annotated[str | None, Query(max_length=2_000, description="What is said in other words: the 200 nearest.")]


@router.get("/search", **answers_with([FoundStatement], "What was found.", more=SearchAnswer))
def search(
    request: Request,
    filters: StatementFilters,
    place: ListPlace,
    *,
    words: _Words = None,
    meaning: _Meaning = None,
    sort: Annotated[Sort, Query(description="Without words and meaning, best is newest.")] = "best",
    facets: Annotated[bool, Query(description="Count speakers, outlets, forms, cue classes and months.")] = False,
) -> Response:
    """Search what was said.

    By words, by meaning, or by who, where and when alone. Any words can be looked for; nothing in them is an error. The
    pages after the first leave out what was added since.
    """
    offset, up_to = (0, None) if place.cursor is None else read_cursor("search", place.cursor, tuple[Row, Row])
    with reading_list(request, place.limit) as record:
        up_to = last_statement(record.connection) if up_to is None else up_to
        found = record.search(
            words, meaning=meaning, filters=filters, sort=sort, limit=place.limit + 1, offset=offset, up_to=up_to
        )
        hits, counted = list(found), found.count()
        facets_told = found.facets() if facets else None
    following = show_cursor("search", (offset + place.limit, up_to)) if len(hits) > place.limit else None
    return answer_list(
        map(as_found, hits[: place.limit]),
        following,
        understood=[str(term) for term in found.query.terms],
        count=counted.number,
        count_is_least=counted.is_least,
        facets=facets_told,
    )


@router.get("/stats", **answers_with([Tally], "Tallies.", more=CountAnswer))
def count(
    request: Request,
    filters: StatementFilters,
    *,
    by: Annotated[By, Query(description="What to count by.")] = "speaker",
    limit: Annotated[int, Query(ge=1, le=MOST_ITEMS, description="Tallies, at most.")] = 20,
) -> Response:
    """Count who is quoted, how often, how, where and when.

    The one of most statements first, months in their order. Copies and revised texts never count; who is the same
    person in several reports is counted as one. Goes through all statements, some seconds for a million; then
    the answer is kept until the record is written to.
    """

    def make() -> tuple[list[Tally], int]:
        with reading_list(request, MOST_ITEMS) as record:
            made = count_by(record.connection, by, filters)
        return made[:MOST_ITEMS], len(made)

    site = site_of(request)
    tallies, total = site.remembered.tell(site.readers.state(), ("stats", by, filters), make)
    return answer_list(tallies[:limit], by=by, left_out=max(0, total - limit))
