"""The search page: quotations that answer, what they have in common, and when they were published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import BadQuery, SlowQuery
from onrecord.record import Record
from onrecord.record.facets import Count, Facet
from onrecord.record.finding import find_person, name_of
from onrecord.record.hits import Hit
from onrecord.record.identities import number_shown, show_person
from onrecord.record.namesakes import tell_apart
from onrecord.record.roll import Listed
from onrecord.record.searching import Common, Search
from onrecord.record.subjects import speakers_of
from onrecord.web.failing import status_of
from onrecord.web.histogram import FEW_MONTHS, Histogram, draw
from onrecord.web.naming import people_named
from onrecord.web.searchstate import LAST_PAGE, SIZE, SearchState, Several
from onrecord.web.site import reading, site_of
from onrecord.web.wording import FILTERS

COUNTED: Final = 3_000
"""Answers whose speakers, outlets and days are counted, those added last: 40 ms of a page's time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetLink:
    """One value of a facet, with the address that narrows to it, or that no longer does."""

    name: Several
    value: str
    shown: str
    count: int
    address: str
    is_set: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetList:
    """One facet."""

    title: str
    links: tuple[FacetLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a search gave."""

    hits: Sequence[Hit]
    people: Mapping[int, str]
    """Ids of the speakers, by the hit's row."""
    count: Count | None
    """None where counting took too long."""
    facets: tuple[FacetList, ...]
    counted: Count | None
    """Of how many statements the facets are; None where they took too long."""
    histogram: Histogram | None
    last_page: int
    goes_on: bool
    """There are answers behind the last page."""
    left_out: int
    """Words of the search beyond the most that are looked for."""
    apart: Mapping[str, str]
    """What tells those of one name apart whom the page lists or is narrowed to, by their ids."""
    is_wordless: bool = False
    """What is looked for has no word in it, such as marks alone."""
    in_copies: Count | None = None
    """Of nothing found: how many copies and revised texts have, where they have any and counting them took no time."""
    named: Sequence[Listed] = ()
    """People whose names have the words, where nobody says them: who types a name means whoever has it."""


def search_page(request: Request) -> Response:
    """Answer ``/search``."""
    state, names = SearchState(), dict[str, str]()
    answer: Answer | None = None
    problem: BadQuery | SlowQuery | None = None
    try:
        state = SearchState.of(request.query_params.multi_items())
        with reading(request) as record:
            state = _with_whole_ids(record, state)
            names = {person: name_of(record.connection, number_shown(person)) for person in state.people}
            answer = _ask(record, state, names)
        if not answer.hits and state.words and state.page == 1:
            named = people_named(request, state.words)
            answer = replace(answer, named=named.people, apart={**answer.apart, **named.apart})
    except (BadQuery, SlowQuery) as error:
        problem = error
    return site_of(request).pages.render(
        request,
        "search.html",
        status=status_of(problem) if problem else 200,
        state=state,
        names=names,
        answer=answer,
        problem=problem,
        is_slow=isinstance(problem, SlowQuery),
        FILTERS=FILTERS,
    )


def _with_whole_ids(record: Record, state: SearchState) -> SearchState:
    """Return the state with ids of people: an address may have full names of them, or what ids begin with."""
    person, subject = (
        tuple(dict.fromkeys(show_person(find_person(record.connection, words)) for words in several))
        for several in (state.person, state.subject)
    )
    return replace(state, person=person, subject=subject)


def _ask(record: Record, state: SearchState, names: Mapping[str, str]) -> Answer:
    found = record.search(
        state.asks_words,
        meaning=state.asks_meaning,
        filters=state.filters,
        sort=state.sort if state.is_narrowed or state.sort != "best" else "added",
        limit=SIZE,
        offset=state.offset,
    )
    hits = list(found)
    people = speakers_of(record.connection, [hit.row for hit in hits])
    # The last thing asked: it may run out of time, and nothing else can be asked then.
    common, count = _counted(found, state)
    listed = (*common.facets.speaker, *common.subjects.about) if common else ()
    apart = tell_apart(record.connection, (*names.items(), *((each.person, each.value) for each in listed)))
    in_copies = None if hits or state.copies or count is None else _count_in_copies(found)
    counts = common and (common.day if len(common.facets.month) <= FEW_MONTHS else common.facets.month)
    return Answer(
        hits=hits,
        people=people,
        count=count,
        facets=tuple(_lists(common, state, names)) if common else (),
        counted=None if common is None else common.facets.counted,
        histogram=draw(counts, lambda label: state.between(label, label).address) if counts else None,
        last_page=_last_page(count),
        goes_on=count is None or count.is_least or count.number > LAST_PAGE * SIZE,
        left_out=found.query.left_out,
        apart=apart,
        is_wordless=found.wanted.words is not None and not found.query.terms,
        in_copies=in_copies,
    )


def _counted(found: Search, state: SearchState) -> tuple[Common | None, Count | None]:
    """Return what the answers have in common and how many they are; None for what takes too long to count."""
    common = None
    try:
        common = found.common(COUNTED)
        # Without copies, the same are counted.
        return common, found.count() if state.copies else common.facets.counted
    except SlowQuery:
        return common, None


def _count_in_copies(found: Search) -> Count | None:
    try:
        counted = found.with_copies().count()
    except SlowQuery:
        return None
    return counted if counted.number else None


def _last_page(count: Count | None) -> int:
    return LAST_PAGE if count is None else min(LAST_PAGE, -(-count.number // SIZE))


def _lists(common: Common, state: SearchState, names: Mapping[str, str]) -> Iterator[FacetList]:
    facets, subjects = common.facets, common.subjects
    lists: tuple[tuple[str, Several, Several, tuple[Facet, ...]], ...] = (
        ("Who speaks", "speaker", "person", facets.speaker),
        ("About whom", "about", "subject", subjects.about),
        ("Outlet", "outlet", "outlet", facets.outlet),
        ("Form", "form", "form", facets.form),
        ("How it is framed", "cue", "cue", facets.cue_class),
        ("Events told of", "type", "type", subjects.type),
    )
    for title, by_name, by_id, values in lists:
        links = [
            _link(by_name, each.value, each.value, each.count, state)
            if each.person is None
            else _link(by_id, each.person, each.value, each.count, state)
            for each in values
            if each.value is not None
        ]
        there = {(link.name, link.value) for link in links}
        gone = [
            _link(name, value, names.get(value, value), 0, state)
            for name in dict.fromkeys((by_id, by_name))
            for value in getattr(state, name)
            if (name, value) not in there
        ]
        if links or gone:
            yield FacetList(title=title, links=(*gone, *links))


def _link(name: Several, value: str, shown: str, count: int, state: SearchState) -> FacetLink:
    is_set = value in getattr(state, name)
    other = state.without(name, value) if is_set else state.with_value(name, value)
    return FacetLink(name=name, value=value, shown=shown, count=count, address=other.address, is_set=is_set)


routes = [Route("/search", search_page, name="search")]
