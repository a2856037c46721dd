"""The search page: quotations that answer, what they have in common, and when they were published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import BadQuery, SlowQuery
from onrecord.record import Record
from onrecord.record.facets import Count, Facet, Facets
from onrecord.record.hits import Hit
from onrecord.record.searching import Search
from onrecord.record.subjects import Subjects, speakers_of
from onrecord.web.histogram import FEW_MONTHS, Histogram, draw
from onrecord.web.searchstate import LAST_PAGE, SIZE, SearchState, Several
from onrecord.web.site import reading, site_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetLink:
    """One value of a facet, with the address that narrows to it, or that no longer does."""

    value: str
    count: int
    address: str
    is_set: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetList:
    """One facet."""

    name: Several
    title: str
    links: tuple[FacetLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a search gave."""

    hits: Sequence[Hit]
    people: dict[int, str]
    """Ids of the speakers, by the hit's row."""
    count: Count
    facets: tuple[FacetList, ...]
    counted: Count | None
    """Of how many statements the facets are; None where they took too long."""
    histogram: Histogram | None
    left_out: int
    """Words of the search beyond the most that are looked for."""


def search_page(request: Request) -> Response:
    """Answer ``/search``."""
    pages = site_of(request).pages
    try:
        state = SearchState.of(request.query_params.multi_items())
    except BadQuery as error:
        return pages.render(request, "search.html", status=400, state=SearchState(), answer=None, problem=error)
    try:
        with reading(request) as record:
            answer = _ask(record, state)
    except BadQuery as error:
        return pages.render(request, "search.html", status=400, state=state, answer=None, problem=error)
    last = min(LAST_PAGE, -(-answer.count.number // SIZE))
    return pages.render(request, "search.html", state=state, answer=answer, problem=None, last_page=last)


def _ask(record: Record, state: SearchState) -> Answer:
    found = record.search(
        state.asks_words,
        meaning=state.asks_meaning,
        filters=state.filters,
        sort=state.sort,
        limit=SIZE,
        offset=state.offset,
    )
    hits, count = list(found), found.count()
    people = speakers_of(record.connection, [hit.row for hit in hits])
    # The last thing asked: it may run out of time, and nothing else can be asked then.
    facets, counted, histogram = _common(found, state)
    return Answer(
        hits=hits,
        people=people,
        count=count,
        facets=facets,
        counted=counted,
        histogram=histogram,
        left_out=found.query.left_out,
    )


def _common(found: Search, state: SearchState) -> tuple[tuple[FacetList, ...], Count | None, Histogram | None]:
    """Return what the answers have in common; nothing where that takes too long: the answers themselves are there."""
    try:
        facets, subjects = found.facets(), found.subjects()
        counts = found.days() if len(facets.month) <= FEW_MONTHS else facets.month
    except SlowQuery:
        return (), None, None
    histogram = draw(counts, lambda label: state.between(label, label).address)
    return tuple(_lists(facets, subjects, state)), facets.counted, histogram


def _lists(facets: Facets, subjects: Subjects, state: SearchState) -> Iterable[FacetList]:
    lists: tuple[tuple[Several, str, tuple[Facet, ...]], ...] = (
        ("speaker", "Who speaks", facets.speaker),
        ("about", "About whom", subjects.about),
        ("outlet", "Outlet", facets.outlet),
        ("form", "Form", facets.form),
        ("cue", "How it is framed", facets.cue_class),
        ("type", "Events told of", subjects.type),
    )
    for name, title, values in lists:
        chosen: tuple[str, ...] = getattr(state, name)
        links = tuple(_link(name, each.value, each.count, state) for each in values if each.value is not None)
        gone = tuple(_link(name, value, 0, state) for value in chosen if value not in {link.value for link in links})
        if links or gone:
            yield FacetList(name=name, title=title, links=gone + links)


def _link(name: Several, value: str, count: int, state: SearchState) -> FacetLink:
    is_set = value in getattr(state, name)
    other = state.without(name, value) if is_set else state.with_value(name, value)
    return FacetLink(value=value, count=count, address=other.address, is_set=is_set)


routes = [Route("/search", search_page, name="search")]
