"""What was changed: corrections, merges and splits with who and why, undone here, and handed on as training data."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import BadChange, LockedRecord, MissingRecord, WrongToken
from onrecord.exports.cells import cell
from onrecord.exports.contract import lines
from onrecord.exports.formats import Options
from onrecord.record import Change, Correction, Record
from onrecord.record.changing import count_changes, newest_changes, people_of
from onrecord.record.choosing import keep_report
from onrecord.record.correcting import corrected_reports, count_corrections, newest_corrections
from onrecord.record.reports import titles_of
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
LONGEST_TITLE: Final = 80
"""Characters of a report's title beside a change of it."""
_DOCUMENT: Final = re.compile(r"\b[0-9a-f]{16}\b")


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
    """Of what was changed: a statement in its report, or somebody's page."""
    report: str | None = None
    """The title of the report that it is in."""

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
        connection = record.connection
        made: list[Correction | Change] = [*newest_corrections(connection, SHOWN), *newest_changes(connection, SHOWN)]
        entries = _entries(record, sorted(made, key=_newest, reverse=True)[:SHOWN])
        corrections, changes = count_corrections(connection), count_changes(connection)
    return show_form(
        request,
        "changes.html",
        form=form,
        problem=problem,
        entries=entries,
        left_out=corrections + changes - len(entries),
        has_corrections=corrections > 0,
    )


def _newest(made: Correction | Change) -> tuple[str, bool, int]:
    return made.made_at, isinstance(made, Correction), made.id


def _entries(record: Record, made: Sequence[Correction | Change]) -> list[Entry]:
    titles = titles_of(record.connection, {_document(each) for each in made if isinstance(each, Correction)})
    return [
        _of_correction(each, titles.get(_document(each))) if isinstance(each, Correction) else _of_change(record, each)
        for each in made
    ]


def _document(made: Correction) -> str:
    return made.statement.partition("-")[0]


def _of_correction(made: Correction, report: str | None = None) -> Entry:
    return Entry(
        kind="correction",
        number=made.id,
        what=describe(made),
        who=made.who,
        why=made.why,
        made_at=made.made_at,
        state=made.state,
        address=addresses.report(_document(made), statement=made.now or made.statement),
        report=_shortened(report),
    )


def _of_change(record: Record, made: Change) -> Entry:
    people = people_of(record.connection, made)
    return Entry(
        kind="change",
        number=made.id,
        what=describe_change(record, made),
        who=made.who,
        why=made.why,
        made_at=made.made_at,
        state="withdrawn" if made.undone_at else "stands",
        address=addresses.person(people[0]) if people else None,
    )


def describe_change(record: Record, made: Change) -> str:
    """Return what a merge or a split says in one line: reports by their titles, where they have one."""
    summary = made.summary.replace(" <- ", " ← ").replace(" -> ", " → ")
    if made.kind == "split":
        titles = titles_of(record.connection, _DOCUMENT.findall(summary))
        summary = _DOCUMENT.sub(lambda found: _shortened(titles.get(found[0])) or found[0], summary)
    return f"{made.kind}: {summary}"


def _shortened(title: str | None) -> str | None:
    if title and len(title) > LONGEST_TITLE:
        title = title[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
    return title and f"“{title}”"


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
                undone = _of_change(record, record.undo(number))
    except (BadChange, LockedRecord, MissingRecord, WrongToken) as error:
        return _show(request, form, error)
    links = [Link(address=addresses.CHANGES, words="All changes", is_form=True)]
    if undone.address:
        where = "See it in the report" if undone.kind == "correction" else "See the page"
        links.insert(0, Link(address=undone.address, words=where))
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
