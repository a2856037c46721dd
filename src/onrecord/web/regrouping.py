"""Making two people one, and two of one: merges and splits on a page of their own.

Whoever types a name that nobody has in full, or several have, is offered those whose names have the words.
"""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.errors import BadChange, LockedRecord, MissingRecord, WrongToken
from onrecord.record.changing import people_of
from onrecord.record.finding import find_person
from onrecord.record.packing import Terms
from onrecord.record.people import read_person
from onrecord.web import addresses
from onrecord.web.changes import describe_change
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
from onrecord.web.naming import Named, people_named
from onrecord.web.site import reading, site_of, writing

REPORTS: Final = 500
"""Reports that a split is chosen from on the page; the command line has them all."""


def change_page(request: Request) -> Response:
    """Answer ``/person/ID/change``."""
    check_edits(request)
    return _show(request, None, None)


def _show(request: Request, form: Form | None, problem: Problem | None, named: Named | None = None) -> Response:
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
        named=named.people if named else (),
        apart=named.apart if named else {},
    )


def _change(request: Request, form: Form) -> Response:
    """Answer a form of ``/person/ID/change``: ``do`` is ``show``, ``split``, ``merge``, or ``merge ID``."""
    person = str(request.path_params["person"])
    do, _, chosen = form["do"].partition(" ")
    other = chosen or form["other"].strip()
    try:
        by = form.by()
        if do == "show":
            return _show(request, form, None)
        with writing(site_of(request).path) as record:
            made = record.merge([person, other], by) if do == "merge" else record.split(person, _ticked(form), by)
            people, done = people_of(record.connection, made), describe_change(record, made)
    except (LockedRecord, WrongToken) as error:
        return _show(request, form, error)
    except (BadChange, MissingRecord) as error:
        if do != "merge":
            return _show(request, form, error)
        named = people_named(request, other, besides=person)
        advice = "choose below whom you mean" if named.people else "look for the other one among people"
        return _show(request, form, BadChange(error.what, where=error.where, advice=advice), named)
    links = [Link(address=addresses.person(person), words="Back to the page")]
    if do != "merge":
        links.append(Link(address=addresses.person(people[-1]), words="The other one’s page"))
    links.append(Link(address=addresses.CHANGES, words="All changes", is_form=True))
    return show_done(request, form, [done], undo=[Undo(kind="change", number=made.id)], links=links)


def _ticked(form: Form) -> list[str]:
    ticked = form.several("report")
    if not ticked:
        raise BadChange("no report is ticked", advice="tick those that tell of the other one")
    return ticked


routes = [
    Route("/person/{person}/change", change_page, name="change_person"),
    Route("/person/{person}/change", takes_form(_change), methods=["POST"]),
]
