"""What was changed: corrections, merges and splits with who and why, undone here, and handed on as training data."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import BadChange, MissingRecord, WrongToken
from onrecord.exports.cells import cell
from onrecord.exports.contract import lines
from onrecord.exports.formats import Options
from onrecord.record import Change, Correction, Record
from onrecord.record.choosing import keep_report
from onrecord.record.correcting import corrected_reports
from onrecord.web import addresses
from onrecord.web.correcting import describe
from onrecord.web.editing import (
    Form,
    Link,
    Problem,
    check_edits,
    show_done,
    show_form,
    takes_form,
)
from onrecord.web.site import reading, site_of, writing

SHOWN: Final = 200
"""Changes that are listed; the files have them all."""
EXPORT_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change as the list shows it."""

    kind: str
    """``correction`` or ``change``."""
    number: int
    what: str
    who: str | None
    why: str | None
    made_at: str
    state: str
    """``stands``, ``replaced``, ``adrift``, ``withdrawn``."""
    address: str | None
    """Of what was changed."""

    @property
    def can_be_undone(self) -> bool:
        """Whether it was not undone before."""
        return self.state != "withdrawn"


def changes_page(request: Request) -> Response:
    """Answer ``/changes``."""
    check_edits(request)
    return _show(request, None, None)


def _show(request: Request, form: Form | None, problem: Problem | None) -> Response:
    with reading(request) as record:
        entries = _entries(record)
    return show_form(
        request,
        "changes.html",
        form=form,
        problem=problem,
        entries=entries[:SHOWN],
        left_out=max(0, len(entries) - SHOWN),
        has_corrections=any(each.kind == "correction" for each in entries),
    )


def _entries(record: Record) -> list[Entry]:
    entries = [*map(_of_correction, record.corrections()), *map(_of_change, record.changes())]
    return sorted(entries, key=lambda each: (each.made_at, each.kind, each.number), reverse=True)


def _of_correction(made: Correction) -> Entry:
    return Entry(
        kind="correction",
        number=made.id,
        what=describe(made),
        who=made.who,
        why=made.why,
        made_at=made.made_at,
        state=made.state,
        address=addresses.report(made.statement.partition("-")[0], statement=made.now or made.statement),
    )


def _of_change(made: Change) -> Entry:
    return Entry(
        kind="change",
        number=made.id,
        what=f"{made.kind}: {made.summary}",
        who=made.who,
        why=made.why,
        made_at=made.made_at,
        state="withdrawn" if made.undone_at else "stands",
        address=None,
    )


def _undo(request: Request, form: Form) -> Response:
    """Answer a form of ``/changes``: ``change`` is what is undone, such as ``correction 3``."""
    try:
        form.by()
        if form["do"] == "show":
            return _show(request, form, None)
        kind, number = _parts(form["change"])
        with writing(site_of(request).path) as record:
            if kind == "correction":
                undone = _of_correction(record.undo_correction(number))
            else:
                undone = _of_change(record.undo(number))
    except (BadChange, MissingRecord, WrongToken) as error:
        return _show(request, form, error)
    links = [Link(address=addresses.CHANGES, words="All changes", is_form=True)]
    if undone.address:
        links.insert(0, Link(address=undone.address, words="See it in the report"))
    return show_done(request, form, [f"undone: {undone.what}"], links=links)


def _parts(words: str) -> tuple[str, int]:
    kind, _, number = words.partition(" ")
    if kind not in {"correction", "change"} or not (number.isascii() and number.isdigit() and len(number) < 16):
        raise BadChange("no change has this name", where=words[:40])
    return kind, int(number)


# ---- files ---------------------------------------------------------------------------------------------------


def corrections_file(request: Request) -> Response:
    """Answer ``/changes/corrections.csv``: all corrections, a line each, no cell that a spreadsheet runs."""
    check_edits(request)
    with reading(request) as record:
        made = record.corrections()
    names = [each.name for each in fields(Correction)]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(names)
    writer.writerows([cell(getattr(each, name)) for name in names] for each in made)
    return _file(buffer.getvalue().encode(), "text/csv; charset=utf-8", "corrections.csv")


def reports_file(request: Request) -> Response:
    """Answer ``/changes/reports.jsonl``: the reports with a correction that stands, as they should be read."""
    check_edits(request)
    with site_of(request).readers.record(EXPORT_SECONDS) as record:
        body = b"".join(lines(_corrected(record), Options()))
    return _file(body, "application/jsonl; charset=utf-8", "corrected.jsonl")


def _corrected(record: Record) -> Iterator[Any]:
    found = (keep_report(record.connection, document) for document in corrected_reports(record.connection))
    return (kept for kept in found if kept is not None)


def _file(body: bytes, kind: str, name: str) -> Response:
    return Response(body, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


routes = [
    Route("/changes", changes_page, name="changes"),
    Route("/changes", takes_form(_undo), methods=["POST"]),
    Route("/changes/corrections.csv", corrections_file, name="corrections_file"),
    Route("/changes/reports.jsonl", reports_file, name="reports_file"),
]
