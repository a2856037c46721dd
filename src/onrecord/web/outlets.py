"""The outlets of the record, with their domains and counts."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.web.site import reading, site_of


def outlets_page(request: Request) -> Response:
    """Answer ``/outlets``."""
    with reading(request) as record:
        found = record.outlets()
    return site_of(request).pages.render(request, "outlets.html", outlets=found)


routes = [Route("/outlets", outlets_page, name="outlets")]
