"""Who may change the record through REST: whoever has the token, from a program or from this server's own pages."""

from __future__ import annotations

from secrets import compare_digest
from typing import Annotated, Final

from fastapi import Depends
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.web.editing import check_edits
from onrecord.web.senders import JSON, check_sender

BEARER: Final = HTTPBearer(scheme_name="token", auto_error=False, description="What `onrecord serve` was started with.")


def _check_sender(request: Request) -> None:
    check_sender(request, JSON)


def check_editor(request: Request, _token: Annotated[object, Depends(BEARER)]) -> None:
    """Refuse changes by whoever may make none.

    Raises:
        RefusedRequest: nothing may be changed here, or another site's page asks for it.
        HTTPException: 401, the token is missing or another one.
    """
    wanted = check_edits(request)
    check_sender(request, JSON)
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    # A header is read as Latin-1, whatever it was written in: a token of other letters comes as UTF-8.
    if kind.lower() != "bearer" or not compare_digest(token.strip(" \t").encode("latin-1"), wanted.encode()):
        raise HTTPException(401, "the token is missing, or not the right one", headers={"WWW-Authenticate": "Bearer"})


SENDER: Final = Depends(_check_sender)
EDITOR: Final = Depends(check_editor)
