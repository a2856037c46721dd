"""What an error looks like to a reader: one page, or one JSON shape under ``/api``.

    {"error": {"code": "missing_record", "message": "nothing in the record has this id: 0000", "advice": "..."}}

An error that is the server's own (status 500 and on) names no file, no SQL and no place in the code.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, TypeVar
from urllib.parse import quote

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from onrecord.errors import (
    BadChange,
    BadQuery,
    ForeignLanguage,
    LockedRecord,
    MissingRecord,
    OnrecordError,
    RefusedRequest,
    SlowQuery,
    SourceError,
    UnstorableReading,
)
from onrecord.web.site import site_of

Problem = TypeVar("Problem", bound=OnrecordError)

_LOG: Final = logging.getLogger("onrecord.web")
_STATUS: Final[Mapping[type[OnrecordError], int]] = {
    MissingRecord: 404,
    RefusedRequest: 403,
    BadQuery: 400,
    BadChange: 400,
    SourceError: 422,
    UnstorableReading: 422,
    SlowQuery: 503,
    LockedRecord: 503,
}
_ADVICE: Final[Mapping[int, str]] = {
    400: "look at the address again",
    401: "send the token that the server was started with: Authorization: Bearer TOKEN",
    404: "start from the overview, or search",
    405: "use another method",
    413: "send less at once",
    421: "use the address that 'onrecord serve' printed",
    500: "try again; if it stays so, look at what the server wrote and report it",
}
_AGAIN: Final[Mapping[str, str]] = {"Retry-After": "2"}
"""Seconds, for programs that ask again by themselves."""
_COMMAND: Final = re.compile(r"\bonrecord [a-z]|--[a-z]")
_CLAUSE: Final = re.compile(r"(: |; |, (?:or )?)")
_LEADS: Final = frozenset({"see", "run", "make one with", "its id is in"})
"""What stands before a command, and says nothing without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An error as a reader is told it."""

    status: int
    code: str
    """For programs: the error's name in lower case, such as ``bad_query``."""
    message: str
    advice: str
    headers: Mapping[str, str]

    @property
    def body(self) -> dict[str, dict[str, str]]:
        """The JSON shape."""
        return {"error": {"code": self.code, "message": self.message, "advice": self.advice}}


def failure_of(error: Exception, *, hidden: str = "") -> Failure:
    """Return what a reader is told of an error.

    Args:
        error: whatever was raised.
        hidden: the record's path, which is nobody's business.
    """
    match error:
        case OnrecordError():
            return _failure_of_ours(error, hidden)
        case RequestValidationError():
            return _failure(422, "invalid_request", _first_problem(error), "see /api/v1/openapi.json")
        case HTTPException():
            said = str(error.detail or "")
            named = "not_found" if error.status_code == HTTPStatus.NOT_FOUND else _snake(_phrase(error.status_code))
            message = "there is no such page" if error.status_code == HTTPStatus.NOT_FOUND else said
            return _failure(error.status_code, named, message, headers=error.headers)
        case _:
            return _failure(500, "internal", "something went wrong here")


def status_of(error: OnrecordError) -> int:
    """Return the status of an answer that tells an error of ours."""
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)


def beside_form(problem: Problem, narrow: str = "") -> Problem:
    """Return an error as a page shows it beside a form: no command in it, and of the server's own errors no file.

    Args:
        problem: whatever was raised.
        narrow: how less is asked for in this form, where it asked the record for too much.
    """
    if status_of(problem) < HTTPStatus.INTERNAL_SERVER_ERROR:
        return type(problem)(problem.what, where=problem.where, advice=advice_of(problem))
    return type(problem)(problem.what, advice=(narrow if _asks_too_much(problem) else "") or problem.advice)


def advice_of(error: OnrecordError) -> str:
    """Return what to do about what was asked for, without what only a command line is told.

    >>> from onrecord.errors import BadChange
    >>> advice_of(BadChange("is not in the report", advice="copy the words from it, or give --span"))
    'copy the words from it'
    >>> advice_of(MissingRecord("nobody of this id or full name", advice="see: onrecord people --in FILE"))
    ''
    >>> advice_of(MissingRecord("no such record", advice="make one with: onrecord add SOURCE --to FILE"))
    ''
    """
    if isinstance(error, ForeignLanguage):
        return "ask for it to be read all the same: force=true"
    if isinstance(error, RefusedRequest) or status_of(error) >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return error.advice  # for whoever started the server
    clauses = _CLAUSE.split(re.sub(r" \(--[^)]*\)", "", error.advice))
    named = next((at for at, clause in enumerate(clauses) if _COMMAND.search(clause)), len(clauses) + 1)
    kept = "".join(clauses[: max(0, named - 1)])
    return "" if kept in _LEADS else kept


def _asks_too_much(problem: OnrecordError) -> bool:
    """Tell whether a question takes too long whenever it is asked, and is not only one of too many at once."""
    return isinstance(problem, SlowQuery) and bool(problem.where)


def _failure_of_ours(error: OnrecordError, hidden: str) -> Failure:
    status = status_of(error)
    code = _snake(type(error).__name__)
    shows_where = error.where and status < HTTPStatus.INTERNAL_SERVER_ERROR and not (hidden and hidden in error.where)
    message = f"{error.what}: {error.where}" if shows_where else error.what
    waits = status == HTTPStatus.SERVICE_UNAVAILABLE and not _asks_too_much(error)
    return _failure(status, code, message, advice_of(error), headers=_AGAIN if waits else None)


def _failure(
    status: int, code: str, message: str, advice: str = "", headers: Mapping[str, str] | None = None
) -> Failure:
    return Failure(
        status=status,
        code=code,
        message=message or _phrase(status).lower(),
        advice=advice or _ADVICE.get(status, ""),
        headers=dict(headers or {}),
    )


def _first_problem(error: RequestValidationError) -> str:
    """Say what is wrong with a request to the API, without repeating what was sent."""
    problem = error.errors()[0]
    place = ".".join(str(part) for part in problem.get("loc", ()))
    return f"{place}: {problem.get('msg', 'is not as it should be')}"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def _snake(name: str) -> str:
    """Return a name in lower case with underscores.

    >>> _snake("BadQuery"), _snake("Method Not Allowed")
    ('bad_query', 'method_not_allowed')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[ -]", "_", name).lower().replace("__", "_")


def respond(request: Request, error: Exception) -> Response:
    """Return the answer to a request that failed."""
    site = site_of(request)
    failure = failure_of(error, hidden=str(site.path))
    if isinstance(error, OnrecordError) and failure.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _LOG.error("%s: %s", quote(request.url.path), error)
    if request.url.path.startswith("/api/"):
        return JSONResponse(failure.body, status_code=failure.status, headers=dict(failure.headers))
    return site.pages.render(
        request, "error.html", status=failure.status, failure=failure, headers=dict(failure.headers)
    )
