"""The people and organizations of all reports."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from onrecord.reading import EntityKind
from onrecord.record.finding import find_person
from onrecord.record.narrowing import PersonFilter
from onrecord.record.packing import Terms
from onrecord.record.paging import people_after
from onrecord.record.people import PersonSummary, read_person
from onrecord.web.api.answering import answer, answer_list, answers_with, new_router
from onrecord.web.api.asking import ListPlace, reading_list
from onrecord.web.api.cursors import cursor_behind
from onrecord.web.api.shapes import PersonEntry, person_entry
from onrecord.web.site import reading

router: Final = new_router("People")


@router.get("/people", **answers_with([PersonSummary], "People, organizations and countries."))
def list_people(
    request: Request,
    place: ListPlace,
    *,
    name: Annotated[
        tuple[Annotated[str, Query(min_length=1, max_length=300)], ...],
        Query(description="Words of a name. Given twice, either.", max_length=20),
    ] = (),
    kind: Annotated[tuple[EntityKind, ...], Query(description="Given twice, either.", max_length=20)] = (),
    country: Annotated[
        tuple[Annotated[str, Query(pattern="^[A-Z]{2}$")], ...],
        Query(description="ISO 3166-1 alpha-2. Given twice, either.", max_length=20),
    ] = (),
) -> Response:
    """List people, organizations and countries.

    In the order of their ids, which are made of their names. Copies and revised texts count for nothing. A page may be
    short, or empty, with more to come: go on while there is a `next`. For who is quoted most, see `/stats`.
    """
    which = PersonFilter(names=name, kinds=kind, countries=country)
    with reading_list(request, place.limit) as record:
        page = people_after(record.connection, which, place.after("people"), most=place.limit)
    return answer_list((person.without_reports() for person in page.items), cursor_behind("people", page))


@router.get("/people/{person}", **answers_with(PersonEntry, "The person, organization or country."))
def show_person(request: Request, person: str) -> Response:
    """Show a person, organization or country.

    By its id, or by a full name that only one has: other names, roles with their dates, countries, counts, the rule
    that makes all of these one, and the reports.
    """
    with reading(request) as record:
        number = find_person(record.connection, person)
        return answer(person_entry(read_person(record.connection, number, Terms(record.connection))))
