"""A report's page: its text as it was published, what was said in it marked in place, and notes in the margin."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import BadQuery, MissingRecord
from onrecord.record.choosing import Kept, keep_report
from onrecord.record.reports import corrected_in, other_texts
from onrecord.speakers.people import Person, count_people, stands_out
from onrecord.web import addresses
from onrecord.web.reportview import SHOWN, ReportView, Shown, view
from onrecord.web.site import reading, site_of
from onrecord.web.ties import sheet_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Toggle:
    """Something that is marked on request."""

    name: Shown
    count: int
    is_on: bool
    address: str
    """Of the page with it, or without it where it is on."""


def report_page(request: Request) -> Response:
    """Answer ``/report/ID``; ``?show=events&show=times&show=amounts`` marks those too."""
    document = str(request.path_params["document"])
    shown = _shown(request.query_params.getlist("show"))
    with reading(request) as record:
        kept = keep_report(record.connection, document)
        texts, corrected = other_texts(record.connection, document), corrected_in(record.connection, document)
    if kept is None:
        raise MissingRecord("no such report in this record", where=document, advice="search for words of it")
    seen = view(kept, shown)
    return site_of(request).pages.render(
        request,
        "report.html",
        kept=kept,
        document=kept.reading.document,
        view=seen,
        toggles=_toggles(kept, shown),
        people=_people(seen),
        sheet=sheet_for(len(seen.notes)),
        texts=texts,
        corrected=corrected,
        has_headline=any(block.zone == "headline" for block in seen.blocks),
        words=len(kept.text.split()),
    )


def _shown(values: list[str]) -> tuple[Shown, ...]:
    for value in values:
        if value not in SHOWN:
            raise BadQuery("nothing that can be shown", where=value, advice=f"one of: {', '.join(SHOWN)}")
    return tuple(name for name in SHOWN if name in values)


def _toggles(kept: Kept, shown: tuple[Shown, ...]) -> list[Toggle]:
    counts = {
        "events": len(kept.reading.events),
        "times": len(kept.reading.times),
        "amounts": len(kept.reading.amounts),
    }
    return [
        Toggle(
            name=name,
            count=counts[name],
            is_on=name in shown,
            address=addresses.report(
                kept.reading.document.id, show=[each for each in SHOWN if (each in shown) != (each == name)]
            ),
        )
        for name in SHOWN
        if counts[name]
    ]


def _people(seen: ReportView) -> list[Person]:
    return [person for person in count_people(seen.reading) if stands_out(person)]


routes = [Route("/report/{document}", report_page, name="report")]
