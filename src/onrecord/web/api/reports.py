"""The reports of the record, one as the contract has it, and the outlets that published them."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from onrecord.errors import MissingRecord
from onrecord.exports.contract import lines
from onrecord.exports.formats import Options
from onrecord.reading import ReadingRecord
from onrecord.record.choosing import keep_report
from onrecord.record.outlets import Outlet
from onrecord.record.paging import reports_after
from onrecord.record.reports import Report
from onrecord.web.api.answering import JSON, answer_list, answers_with, new_router
from onrecord.web.api.asking import ListPlace, ReportFilters
from onrecord.web.api.cursors import cursor_behind, read_cursor, show_cursor
from onrecord.web.site import reading

router: Final = new_router("Reports")


@router.get("/documents", **answers_with([Report], "Reports, without their texts."))
def list_documents(request: Request, filters: ReportFilters, place: ListPlace) -> Response:
    """List reports.

    In the order of their addition. A page may be short, or empty, with more to come: go on while there is a `next`.
    """
    with reading(request) as record:
        page = reports_after(record.connection, filters, place.after("documents"), most=place.limit)
    return answer_list(page.items, cursor_behind("documents", page))


@router.get(
    "/documents/{document}",
    **answers_with(ReadingRecord, "The reading, schema `onrecord/1`.", otherwise="ReadingWithoutText"),
)
def show_document(
    request: Request,
    document: str,
    *,
    text: Annotated[
        bool, Query(description="False leaves the text out: `onrecord/1+without-text`, with hashes.")
    ] = True,
    corrected: Annotated[bool, Query(description="False gives what was read, without corrections.")] = True,
) -> Response:
    """Show a report and all that was read in it.

    What `onrecord read --json` prints. Spans are `[start, end)` in code points of `document.text`.
    """
    with reading(request) as record:
        kept = keep_report(record.connection, document, corrected=corrected)
    if kept is None:
        raise MissingRecord("no such document in the record", where=document, advice="see /api/v1/documents")
    return Response(b"".join(lines([kept], Options(with_text=text))), media_type=JSON)


@router.get("/outlets", **answers_with([Outlet], "Outlets with their domains and counts."))
def list_outlets(request: Request, place: ListPlace) -> Response:
    """List outlets.

    By name, with their domains and with how many reports and statements are theirs.
    """
    last = None if place.cursor is None else read_cursor("outlets", place.cursor, str)
    with reading(request) as record:
        outlets = sorted(record.outlets(), key=lambda outlet: outlet.name)
    behind = [outlet for outlet in outlets if last is None or outlet.name > last]
    page = behind[: place.limit]
    return answer_list(page, show_cursor("outlets", page[-1].name) if len(behind) > len(page) else None)
