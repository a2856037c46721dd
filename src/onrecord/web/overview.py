"""The overview: what is in the record, who is quoted most, what came last, what went wrong."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import SlowQuery
from onrecord.record import Record
from onrecord.record.facets import Facets
from onrecord.record.namesakes import tell_apart
from onrecord.record.overview import glance
from onrecord.web import addresses
from onrecord.web.histogram import FEW_MONTHS, Histogram, draw
from onrecord.web.site import reading, site_of


def overview_page(request: Request) -> Response:
    """Answer ``/``."""
    with reading(request) as record:
        seen = glance(record.connection)
        facets, histogram = _common(record)
        speakers = facets.speaker if facets else ()
        apart = tell_apart(record.connection, ((each.person, each.value) for each in speakers))
    return site_of(request).pages.render(
        request, "overview.html", seen=seen, facets=facets, apart=apart, histogram=histogram
    )


def _common(record: Record) -> tuple[Facets | None, Histogram | None]:
    """Return what the statements added last have in common; None where that takes too long."""
    try:
        common = record.search().common()
    except SlowQuery:
        return None, None
    facets = common.facets
    counts = common.day if len(facets.month) <= FEW_MONTHS else facets.month
    return facets, draw(counts, lambda label: addresses.search(since=label, until=label))


routes = [Route("/", overview_page, name="overview")]
