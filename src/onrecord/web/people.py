"""People and organizations: the list of them, and for each what it says, to whom, about whom, where, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import BadQuery, SlowQuery
from onrecord.reading import EntityKind
from onrecord.record import Record
from onrecord.record.facets import Facet
from onrecord.record.finding import NAMED, find_person, people_meant
from onrecord.record.hits import Hit, read_hits
from onrecord.record.identities import LINKED
from onrecord.record.namesakes import tell_apart
from onrecord.record.narrowing import PersonFilter
from onrecord.record.packing import Terms
from onrecord.record.people import Person, read_person
from onrecord.record.portrait import REPORTS as MOST
from onrecord.record.portrait import NameFound, Portrait, names_found, portray
from onrecord.record.roll import Roll, list_people
from onrecord.record.subjects import speakers_of
from onrecord.web import addresses
from onrecord.web.histogram import FEW_MONTHS, Histogram, draw
from onrecord.web.site import reading, site_of

SIZE: Final = 60
"""People to a page."""
LAST_PAGE: Final = 50
MOST_CHARACTERS: Final = 300
SAID: Final = 8
"""Statements that a person's page shows."""
SPOKEN: Final = 5
REPORTS: Final = 12


# ---- the list ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ListState:
    """Which people are listed."""

    name: str = ""
    kind: str = ""
    page: int = 1

    @property
    def filter(self) -> PersonFilter:
        """As the record has it."""
        return PersonFilter(
            names=(self.name,) if self.name else (), kinds=(cast("EntityKind", self.kind),) if self.kind else ()
        )

    def at_page(self, page: int) -> str:
        """Return the address of another page."""
        return addresses.people(name=self.name, kind=self.kind, page=str(page) if page > 1 else None)


def people_page(request: Request) -> Response:
    """Answer ``/people``; ``?name=quill&kind=person&page=2`` narrows and goes on."""
    state = _state(request)
    found: Roll | None = None
    apart: Mapping[str, str] = {}
    most: Sequence[Facet] = ()
    exact: Sequence[Person] = ()
    try:
        with reading(request) as record:
            found = list_people(record.connection, state.filter, limit=SIZE, offset=(state.page - 1) * SIZE)
            apart = tell_apart(record.connection, ((each.id, each.name) for each in found.people))
    except SlowQuery:  # a record of a million statements: what costs no time can be told all the same
        with reading(request) as record:
            exact = _exact(record, state.name)
            most = () if state.name else [each for each in record.search().facets().speaker if each.value]
            apart = tell_apart(
                record.connection,
                (*((each.id, each.name) for each in exact), *((each.person, each.value) for each in most)),
            )
    return site_of(request).pages.render(
        request,
        "people.html",
        state=state,
        kinds=LINKED,
        found=found,
        apart=apart,
        exact=exact,
        most=most,
        last_page=min(LAST_PAGE, -(-found.total // SIZE)) if found else 1,
        goes_on=found is not None and found.total > LAST_PAGE * SIZE,
    )


def _state(request: Request) -> ListState:
    given = {name: request.query_params.get(name, "").strip() for name in ("name", "kind", "page")}
    if len(given["name"]) > MOST_CHARACTERS:
        raise BadQuery(f"more than {MOST_CHARACTERS} characters", where="name", advice="look for a name")
    if given["kind"] and given["kind"] not in LINKED:
        raise BadQuery("no such kind", where=given["kind"][:40], advice=f"one of: {', '.join(LINKED)}")
    page = given["page"] or "1"
    if not (page.isascii() and page.isdigit() and len(page) < 4 and 1 <= int(page) <= LAST_PAGE):
        raise BadQuery("no such page", where=page[:40], advice=f"pages go from 1 to {LAST_PAGE}; look for a name")
    return ListState(name=given["name"], kind=given["kind"], page=int(page))


def _exact(record: Record, name: str) -> list[Person]:
    """Return who has a full name or an id."""
    terms = Terms(record.connection)
    numbers = people_meant(record.connection, name)[:NAMED]
    return [read_person(record.connection, number, terms, newest=MOST) for number in numbers]


# ---- one of them ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """All that the page shows."""

    person: Person
    portrait: Portrait
    names: tuple[NameFound, ...]
    said: tuple[Hit, ...]
    spoken: tuple[Hit, ...]
    speakers: dict[int, str]
    """Ids of the speakers, by the hit's row."""
    apart: Mapping[str, str]
    """What tells those of one name apart whom the page lists, by their ids."""
    said_chart: Histogram | None
    spoken_chart: Histogram | None


def person_page(request: Request) -> Response:
    """Answer ``/person/ID``."""
    with reading(request) as record:
        seen = _look(record, str(request.path_params["person"]))
    return site_of(request).pages.render(
        request, "person.html", seen=seen, person=seen.person, portrait=seen.portrait, reports_shown=REPORTS, most=MOST
    )


def _look(record: Record, words: str) -> PersonView:
    connection = record.connection
    number = find_person(connection, words)
    person = read_person(connection, number, Terms(connection), newest=MOST)
    portrait = portray(connection, number)
    said = read_hits(connection, portrait.said[:SAID])
    spoken = read_hits(connection, portrait.spoken[:SPOKEN])
    said_chart, spoken_chart = _charts(portrait, person.id)
    companions = (*portrait.to, *portrait.about, *portrait.by)
    return PersonView(
        person=person,
        portrait=portrait,
        names=tuple(names_found(connection, number)),
        said=tuple(said),
        spoken=tuple(spoken),
        speakers=speakers_of(connection, [hit.row for hit in (*said, *spoken)]),
        apart=tell_apart(connection, [(person.id, person.name), *((each.person, each.name) for each in companions)]),
        said_chart=said_chart,
        spoken_chart=spoken_chart,
    )


def _charts(portrait: Portrait, person: str) -> tuple[Histogram | None, Histogram | None]:
    """Return what somebody says and what is said of somebody over the same time, so that the two can be compared."""
    over = (portrait.facets.month, portrait.spoken_months)
    every = _times(over)
    if len(every) <= FEW_MONTHS:
        over = (portrait.days, portrait.spoken_days)
        every = _times(over)
    said, spoken = (_over(every, several) for several in over)
    at = addresses.search
    return (
        draw(said, lambda label: at(person=person, since=label, until=label)) if portrait.said else None,
        draw(spoken, lambda label: at(subject=person, since=label, until=label)) if portrait.spoken else None,
    )


def _times(several: Iterable[Sequence[Facet]]) -> list[str]:
    return sorted({each.value for counts in several for each in counts if each.value})


def _over(every: Sequence[str], counted: Sequence[Facet]) -> list[Facet]:
    counts = {each.value: each.count for each in counted}
    unknown = [Facet(None, counts[None])] if counts.get(None) else []
    dated = [Facet(month, counts.get(month, 0)) for month in every]
    return [*(dated if any(each.count for each in dated) else ()), *unknown]


routes = [Route("/people", people_page, name="people"), Route("/person/{person}", person_page, name="person")]
