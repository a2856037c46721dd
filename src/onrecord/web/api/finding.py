"""Searching, and counting who is quoted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, NamedTuple

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from onrecord.record.counting import By, Tally, count_by
from onrecord.record.hits import FoundStatement, as_found, read_hits
from onrecord.record.paging import last_statement
from onrecord.record.searching import Sort
from onrecord.web.api.answering import answer_list, answers_with, new_router
from onrecord.web.api.asking import MOST_ITEMS, ListPlace, StatementFilters, reading_list
from onrecord.web.api.cursors import Row, read_cursor, show_cursor
from onrecord.web.api.shapes import CountAnswer, SearchAnswer
from onrecord.web.site import site_of

router: Final = new_router("Finding")
LATEST: Final = 3
"""Statements that a cursor has of those passed last, whatever their reports: one may have been taken away since."""
BEGINNING: Final = 0
"""What stands before all of them: no statement has this number."""
SIGNS: Final = 7
"""Statements that it has in all, the others of a report each: one may have been revised since, with all of its own."""
_Words = Annotated[
    str | None, Query(max_length=2_000, description='All are to be there: `levy`, `"new levy"`, `fish*`.')
]
_Meaning = Annotated[str | None, Query(max_length=2_000, description="What is said in other words: the 200 nearest.")]


class _Passed(NamedTuple):
    """Where a search goes on."""

    number: Row
    """Of the statements that were passed."""
    up_to: Row
    """The last one of the first page's time."""
    signs: tuple[tuple[Row, str], ...]
    """Statements that were passed, with their reports, the last one last: behind the last of them that is still found
    the next page begins, however many before it are found no more."""


def _behind(rows: Sequence[int], passed: _Passed) -> int:
    places = {row: place for place, row in enumerate((BEGINNING, *rows))}
    return next((places[row] for row, _ in reversed(passed.signs) if row in places), passed.number)


def _signs(passed: Sequence[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    """Return a few of the statements that were passed: the last three, and the last of each of the reports before.

    >>> _signs([(1, "a"), (2, "a"), (3, "b"), (4, "b"), (5, "b"), (6, "b")])
    ((2, 'a'), (4, 'b'), (5, 'b'), (6, 'b'))
    """
    kept: list[tuple[int, str]] = []
    reports: set[str] = set()
    for row, report in reversed(passed):
        if len(kept) < LATEST or report not in reports:
            kept.append((row, report))
        reports.add(report)
    return tuple(reversed(kept[:SIGNS]))


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
    told = None if place.cursor is None else read_cursor("search", place.cursor, _Passed)
    with reading_list(request, place.limit) as record:
        passed = told or _Passed(0, last_statement(record.connection), ((BEGINNING, ""),))
        # Twice the page: statements that were taken away may be there again before it.
        most = passed.number + 2 * place.limit + 1
        found = record.search(words, meaning=meaning, filters=filters, sort=sort, limit=most, up_to=passed.up_to)
        rows = found.rows()
        begin = _behind(rows, passed)
        end = begin + place.limit
        hits, counted = read_hits(record.connection, rows[begin:end], found.query.terms), found.count()
        facets_told = found.facets() if facets else None
    signs = _signs([*passed.signs, *((hit.row, hit.citation.document) for hit in hits)])
    following = show_cursor("search", _Passed(end, passed.up_to, signs)) if len(rows) > end else None
    return answer_list(
        map(as_found, hits),
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
    tallies, total = site.remembered.tell(site.readers.state(), "stats", (by, filters), make)
    return answer_list(tallies[:limit], by=by, left_out=max(0, total - limit))
