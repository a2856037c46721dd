"""Reports that come in: read and answered, or added to the record, with progress where it is asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from typing import Annotated, Any, Final

import msgspec
from fastapi import Depends, FastAPI, Query
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from onrecord.adding import Counts, add_documents
from onrecord.adding.outcomes import Outcomes, as_builtins
from onrecord.cores import CORES
from onrecord.document import Document
from onrecord.encoding import encode
from onrecord.errors import BadQuery, OnrecordError, SlowQuery, SourceError
from onrecord.ingest.options import ReadOptions
from onrecord.pipeline import PARTS, Part
from onrecord.reading import ReadingRecord, to_record
from onrecord.web.api.answering import EVENTS, answer, answer_list, answers_with, new_router
from onrecord.web.api.asking import takes
from onrecord.web.api.guarding import EDITOR, SENDER
from onrecord.web.api.reader import Kind, Reader
from onrecord.web.api.shapes import AddedAnswer, Outcome, ReportGiven
from onrecord.web.failing import failure_of
from onrecord.web.site import site_of, writing

router: Final = new_router("Reading")
ADDING_SECONDS: Final = 20.0
"""How long an addition waits for another one to end."""
_Force = Annotated[bool, Query(description="Read reports that are not in English too, as if they were.")]


# ---- what a server keeps -------------------------------------------------------------------------------------


@asynccontextmanager
async def life(app: FastAPI) -> AsyncIterator[None]:
    """Keep one reader for as long as the server runs."""
    app.state.reader = Reader(app.state.site.settings)
    yield
    app.state.reader.close()


def _reader(request: Request) -> Reader:
    reader: Reader = request.app.state.reader
    return reader


async def _body(request: Request) -> bytes:
    return await request.body()


Body = Annotated[bytes, Depends(_body)]


# ---- reading -------------------------------------------------------------------------------------------------


@router.post(
    "/read",
    dependencies=[SENDER],
    **takes(ReportGiven, "One report. Members may have any of the names that `onrecord read` knows in JSON."),
    **answers_with(ReadingRecord, "The reading, schema `onrecord/1`."),
)
def read_report(
    request: Request,
    body: Body,
    *,
    parts: Annotated[
        tuple[Part, ...], Query(description="What to read besides statements and entities; all where none is given.")
    ] = (),
    force: _Force = False,
) -> Response:
    """Read a report: who said what.

    A text, or a page whose article is found. Nothing is kept. 100,000 characters take some seven seconds.
    """
    reader = _reader(request)
    found = list(reader.documents(body, "json", ReadOptions(force=force)))
    if len(found) != 1:
        raise BadQuery(f"{len(found)} reports, not one", where="body", advice="send an object, not a list")
    if isinstance(found[0], SourceError):
        raise found[0]
    return answer(to_record(reader.read(found[0], parts or PARTS)))


# ---- adding --------------------------------------------------------------------------------------------------


@router.post(
    "/documents",
    dependencies=[EDITOR],
    **takes(ReportGiven, "One report, a list of them, or one a line.", several=True),
    **answers_with(
        [Outcome],
        "What became of each report.",
        more=AddedAnswer,
        events="`report` with what became of each; `done` with the counts, or `error`.",
    ),
)
def add_reports(request: Request, body: Body, *, force: _Force = False) -> Response:
    """Add reports to the record.

    What the record holds already is not read again. Asked for `text/event-stream`, it tells of each report once it is
    kept: events `report`, then one `done` with the counts, or `error`. Ended at any moment, what was told of is kept.
    """
    kind: Kind = "jsonl" if "jsonl" in _media(request) or "ndjson" in _media(request) else "json"
    found = list(_reader(request).documents(body, kind, ReadOptions(force=force)))
    counts = Counts()
    outcomes = _add(request, found, counts)
    if EVENTS in request.headers.get("accept", ""):
        return StreamingResponse(_events(request, outcomes, counts), media_type=EVENTS)
    told = list(outcomes)
    if len(told) == 1 and isinstance(told[0], SourceError):
        raise told[0]
    return answer_list(map(_outcome, told), counts=counts.as_dict())


def _media(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].lower()


def _add(request: Request, found: Sequence[Document | SourceError], counts: Counts) -> Iterator[Outcomes]:
    """Add reports; yield what became of each once it is on the disk.

    Raises:
        SlowQuery: another addition takes too long.
        RecordError: the record can't be written.
    """
    errors = [each for each in found if isinstance(each, SourceError)]
    if len(errors) == len(found):  # a body without a report starts no readers
        for each in errors:
            counts.add(each)
            yield each
        return
    site = site_of(request)
    if not site.adding.acquire(timeout=ADDING_SECONDS):
        raise SlowQuery("others add reports", advice="try again in a moment")
    try:
        jobs = max(1, min(CORES, sum(isinstance(each, Document) for each in found)))
        with (
            writing(site_of(request).path) as record,
            closing(
                add_documents(record, found, jobs=jobs, settings=site.settings, sources=["(web)"], counts=counts)
            ) as outcomes,
        ):
            yield from outcomes
    finally:
        site.adding.release()


def _outcome(outcome: Outcomes) -> Outcome:
    return msgspec.convert(as_builtins(outcome), Outcome)


def _events(request: Request, outcomes: Iterator[Outcomes], counts: Counts) -> Iterator[bytes]:
    try:
        for outcome in outcomes:
            yield _event("report", _outcome(outcome))
    except OnrecordError as error:
        yield _event("error", failure_of(error, hidden=str(site_of(request).path)).body)
        return
    yield _event("done", {"counts": counts.as_dict()})


def _event(name: str, value: Any) -> bytes:
    """Return an event as a stream has it; JSON of ours holds no line break."""
    return b"event: " + name.encode() + b"\ndata: " + encode(value) + b"\n\n"
