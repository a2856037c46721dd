"""Whence a request comes that wants to change something, as far as a browser says so; programs say nothing.

A browser sends ``Sec-Fetch-Site`` and ``Origin`` along by itself: a page of another site can't leave them out, nor can
it send JSON without asking first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

from onrecord.errors import RefusedRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a request may hold."""

    types: frozenset[str]
    """Media types."""
    otherwise: str
    """What is said of a body of another type."""
    advice: str


FORM: Final = Body(
    types=frozenset({"application/x-www-form-urlencoded", "multipart/form-data"}),
    otherwise="this is no form",
    advice="send the form from its own page",
)
JSON: Final = Body(
    types=frozenset({"application/json", "application/jsonl", "application/x-ndjson"}),
    otherwise="the body is no JSON",
    advice="send it with: Content-Type: application/json",
)


def check_sender(request: Request, wanted: Body) -> None:
    """Refuse what another site's page sends, and a body of another type than is wanted.

    Raises:
        RefusedRequest: it is from elsewhere, or its body is something else.
    """
    site = request.headers.get("sec-fetch-site")
    if site not in {None, "none", "same-origin"}:
        raise _from_elsewhere("another site's page sent this")
    origin = request.headers.get("origin")
    # A page that tells nobody where it leads from sends "null", which only the other header can vouch for.
    vouched = origin is None or (origin == "null" and site == "same-origin")
    if not vouched and _host_of(origin or "") != request.headers.get("host", "").lower():
        raise _from_elsewhere("a page of another origin sent this")
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given not in wanted.types and (given or _has_body(request)):
        raise RefusedRequest(wanted.otherwise, advice=wanted.advice)


def _has_body(request: Request) -> bool:
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None


def _from_elsewhere(what: str) -> RefusedRequest:
    return RefusedRequest(what, advice="send it from a page of this server, or from a program")
