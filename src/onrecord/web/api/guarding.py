"""Who may change the record through REST: whoever has the token, from a program or from this server's own pages.

A browser sends ``Sec-Fetch-Site`` and ``Origin`` along by itself; a page of another site can't leave them out, nor can
it send JSON without asking first. Programs such as curl send neither.
"""

from __future__ import annotations

from secrets import compare_digest
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Depends
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.errors import RefusedRequest
from onrecord.web.editing import check_edits

TYPES: Final = frozenset({"application/json", "application/jsonl", "application/x-ndjson"})
BEARER: Final = HTTPBearer(scheme_name="token", auto_error=False, description="What `onrecord serve` was started with.")


def check_sender(request: Request) -> None:
    """Refuse what another site's page sends.

    Raises:
        RefusedRequest: it is from another site, or its body is no JSON.
    """
    if request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
        raise _refused("another site's page sent this")
    origin = request.headers.get("origin")
    if origin is not None and _host_of(origin) != request.headers.get("host", "").lower():
        raise _refused("a page of another origin sent this")
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given not in TYPES and (given or _has_body(request)):
        raise RefusedRequest("the body is no JSON", advice="send it with: Content-Type: application/json")


def _has_body(request: Request) -> bool:
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None


def _refused(what: str) -> RefusedRequest:
    return RefusedRequest(what, advice="send it from a program, or from a page of this server")


def check_editor(request: Request, _token: Annotated[object, Depends(BEARER)]) -> None:
    """Refuse changes by whoever may make none.

    Raises:
        RefusedRequest: nothing may be changed here, or another site's page asks for it.
        HTTPException: 401, the token is missing or another one.
    """
    wanted = check_edits(request)
    check_sender(request)
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not compare_digest(token.strip().encode(), wanted.encode()):
        raise HTTPException(401, "the token is missing, or not the right one", headers={"WWW-Authenticate": "Bearer"})


SENDER: Final = Depends(check_sender)
EDITOR: Final = Depends(check_editor)
