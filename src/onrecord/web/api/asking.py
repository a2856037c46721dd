"""What requests ask for: filters, places in lists, and bodies of JSON."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Final, NamedTuple, TypeVar

import msgspec
from fastapi import Depends, Query
from fastapi.exceptions import RequestValidationError
from starlette.requests import Request

from onrecord.document import ZoneKind
from onrecord.reading import CueClass, EventType, Form
from onrecord.record import Record
from onrecord.record.filtering import Filters
from onrecord.web.api.answering import JSON, reference
from onrecord.web.api.cursors import Row, read_cursor
from onrecord.web.site import site_of

Body = TypeVar("Body")

MOST_ITEMS: Final = 1_000
USUAL_ITEMS: Final = 100
_Name = Annotated[str, Query(min_length=1, max_length=300)]


def _several(told: str) -> Any:
    return Query(description=f"{told} Given twice, either.", max_length=20)


DAY: Final = r"^\d{4}(-\d\d(-\d\d)?)?$"
_DAY: Final = "Published on this day, month or year, or {}: `2024-05-02`, `2024-05`, `2024`."
_Outlets = Annotated[
    tuple[_Name, ...], _several("Name, words of a name, or domain of the outlet; a full name means it alone.")
]
_Since = Annotated[str | None, Query(description=_DAY.format("later"), pattern=DAY)]
_Until = Annotated[str | None, Query(description=_DAY.format("earlier"), pattern=DAY)]
_Copies = Annotated[bool, Query(description="Those in copies and in revised texts too.")]


def _filters(
    *,
    speaker: Annotated[tuple[_Name, ...], _several("Name, or words of a name, of who says it.")] = (),
    about: Annotated[tuple[_Name, ...], _several("Name, or words of a name, of whom it mentions.")] = (),
    person: Annotated[tuple[_Name, ...], _several("Id, or full name, of who says it: faster than `speaker`.")] = (),
    subject: Annotated[tuple[_Name, ...], _several("Id, or full name, of whom it mentions: faster than `about`.")] = (),
    outlet: _Outlets = (),
    form: Annotated[tuple[Form, ...], _several("Verbatim, reported, or partly verbatim.")] = (),
    cue_class: Annotated[tuple[CueClass, ...], _several("How the outlet frames it.")] = (),
    zone: Annotated[tuple[ZoneKind, ...], _several("The part of the report.")] = (),
    type: Annotated[tuple[EventType, ...], _several("Type of an event that it tells of.")] = (),
    since: _Since = None,
    until: _Until = None,
    copies: _Copies = False,
) -> Filters:
    return Filters(
        speaker=speaker,
        about=about,
        person=person,
        subject=subject,
        outlet=outlet,
        form=form,
        cue_class=cue_class,
        zone=zone,
        type=type,
        since=since,
        until=until,
        copies=copies,
    )


def _report_filters(
    *, outlet: _Outlets = (), since: _Since = None, until: _Until = None, copies: _Copies = False
) -> Filters:
    return Filters(outlet=outlet, since=since, until=until, copies=copies)


StatementFilters = Annotated[Filters, Depends(_filters)]
ReportFilters = Annotated[Filters, Depends(_report_filters)]


class Place(NamedTuple):
    """Which part of a list is asked for."""

    limit: int
    cursor: str | None

    def after(self, kind: str) -> int:
        """Return the number behind which a list of some kind goes on; 0 at its beginning.

        Raises:
            BadQuery: the cursor is none of this list.
        """
        return 0 if self.cursor is None else read_cursor(kind, self.cursor, Row)


def _place(
    *,
    limit: Annotated[int, Query(ge=1, le=MOST_ITEMS, description="Items of a page, at most.")] = USUAL_ITEMS,
    cursor: Annotated[
        str | None, Query(max_length=500, pattern="^[A-Za-z0-9_-]+$", description="The `next` of the page before.")
    ] = None,
) -> Place:
    return Place(limit, cursor)


ListPlace = Annotated[Place, Depends(_place)]


@contextmanager
def reading_list(request: Request, limit: int) -> Iterator[Record]:
    """Lend the record for a list: each 100 items have the time that other answers have.

    Raises:
        RecordError: it can't be read, or not in time.
    """
    site = site_of(request)
    with site.readers.record(site.settings.web_seconds * -(-limit // USUAL_ITEMS)) as record:
        yield record


def body_as(kind: type[Body]) -> Callable[[Request], Awaitable[Body]]:
    """Return what reads the body of a request as a type of ours; use it with ``Depends``."""

    async def read(request: Request) -> Body:
        try:
            return msgspec.json.decode(await request.body(), type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise RequestValidationError([{"loc": ("body",), "msg": str(error), "type": "json"}]) from error

    return read


def takes(kind: type, told: str, *, several: bool = False) -> dict[str, Any]:
    """Return what a route's decorator takes to say which body it wants: one of a type, or a list or lines of them."""
    schema: dict[str, Any] = {"$ref": reference(kind)}
    content = {JSON: {"schema": schema}}
    if several:
        content[JSON] = {"schema": {"anyOf": [schema, {"type": "array", "items": schema}]}}
        content["application/jsonl"] = {"schema": {"type": "string", "description": "One object a line."}}
    return {"openapi_extra": {"requestBody": {"required": True, "description": told, "content": content}}}
