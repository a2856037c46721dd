"""Making two people one, and two of one: merges and splits on a page of their own."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import BadChange, MissingRecord, WrongToken
from onrecord.record.finding import find_person
from onrecord.record.packing import Terms
from onrecord.record.people import read_person
from onrecord.web import addresses
from onrecord.web.editing import (
    Form,
    Link,
    Problem,
    Undo,
    check_edits,
    show_done,
    show_form,
    takes_form,
)
from onrecord.web.site import reading, site_of, writing

REPORTS: Final = 500
"""Reports that a split is chosen from on the page; the command line has them all."""


def change_page(request: Request) -> Response:
    """Answer ``/person/ID/change``."""
    check_edits(request)
    return _show(request, None, None)


def _show(request: Request, form: Form | None, problem: Problem | None) -> Response:
    with reading(request) as record:
        number = find_person(record.connection, str(request.path_params["person"]))
        person = read_person(record.connection, number, Terms(record.connection))
    return show_form(
        request,
        "regroup.html",
        form=form,
        problem=problem,
        person=person,
        reports=person.found_in[:REPORTS],
        left_out=len(person.found_in) - REPORTS,
        chosen=form.several("report") if form else [],
        other=form["other"] if form else "",
    )


def _change(request: Request, form: Form) -> Response:
    """Answer a form of ``/person/ID/change``: ``do`` is ``show``, ``merge`` or ``split``."""
    person = str(request.path_params["person"])
    try:
        by = form.by()
        if form["do"] == "show":
            return _show(request, form, None)
        with writing(site_of(request).path) as record:
            if form["do"] == "merge":
                made = record.merge([person, form["other"].strip()], by)
            else:
                made = record.split(person, form.several("report"), by)
    except (BadChange, MissingRecord, WrongToken) as error:
        return _show(request, form, error)
    links = [
        Link(address=addresses.person(person), words="Back to the page"),
        Link(address=addresses.CHANGES, words="All changes", is_form=True),
    ]
    done = [f"{made.kind}: {made.summary}"]
    return show_done(request, form, done, undo=[Undo(kind="change", number=made.id)], links=links)


routes = [
    Route("/person/{person}/change", change_page, name="change_person"),
    Route("/person/{person}/change", takes_form(_change), methods=["POST"]),
]
