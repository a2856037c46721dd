"""Adding reports from the browser: a text that is pasted, or files; and the page that shows how far it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from onrecord.adding import Kept, PassedOver, SetAside
from onrecord.errors import BadChange, ForeignLanguage, MissingRecord, SlowQuery, SourceError, WrongToken
from onrecord.exports.describing import count
from onrecord.ingest.options import ReadOptions
from onrecord.web import addresses
from onrecord.web.additions import Additions, Given, Run
from onrecord.web.editing import Form, Problem, check_edits, show_form, takes_form
from onrecord.web.failing import advice_of
from onrecord.web.site import site_of

REFRESH_SECONDS: Final = 2
LONGEST_NAME: Final = 120
PASTED: Final = "pasted.json"
"""What a text that was pasted is called in the record."""
_OF_A_TEXT: Final = {"title": "title", "outlet": "outlet", "url": "address", "date": "day of publication"}
"""What is typed of a text that is pasted."""
_ODD: Final = re.compile(r"[^\w.,()\[\] +-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """A text that is pasted, with what is known of it."""

    text: str = ""
    title: str = ""
    outlet: str = ""
    url: str = ""
    date: str = ""


def add_page(request: Request) -> Response:
    """Answer ``/add``."""
    check_edits(request)
    return _show(request, None, None)


def _show(request: Request, form: Form | None, problem: Problem | None) -> Response:
    pasted = _pasted(form) if form else Pasted()
    most = site_of(request).settings.web_body_bytes
    return show_form(request, "add.html", form=form, problem=problem, pasted=pasted, most=most, force=_is_forced(form))


def _pasted(form: Form) -> Pasted:
    return Pasted(**{name: form[name] for name in ("text", "title", "outlet", "url", "date")})


def _is_forced(form: Form | None) -> bool:
    return form is not None and form["force"] == "1"


def _add(request: Request, form: Form) -> Response:
    try:
        form.by()
        run = additions_of(request).begin(_given(form))
    except (BadChange, SlowQuery, WrongToken) as error:
        return _show(request, form, error)
    except SourceError as error:
        return _show(request, form, BadChange(error.what, where=error.where, advice=error.advice))
    return RedirectResponse(addresses.run(run.id), status_code=303)


def _given(form: Form) -> list[Given]:
    given = list(_all_given(form))
    if not given:
        raise BadChange("nothing to add", advice="paste a text, or choose files")
    pasted = _pasted(form)
    if not pasted.text.strip() and (typed := [name for name in _OF_A_TEXT if getattr(pasted, name).strip()]):
        # A page or a line of JSON says these of itself: of files, they would be passed over.
        where = ", ".join(_OF_A_TEXT[name] for name in typed)
        raise BadChange(
            "typed without a text that is pasted", where=where, advice="paste the text, or leave this empty for files"
        )
    return given


def _all_given(form: Form) -> Iterator[Given]:
    pasted = _pasted(form)
    force = _is_forced(form)
    options = ReadOptions(date=pasted.date.strip() or None, force=force)
    if pasted.text.strip():
        told = {name: value for name in ("text", "title", "outlet", "url") if (value := getattr(pasted, name).strip())}
        yield Given(name=PASTED, body=json.dumps(told).encode("ascii"), options=options)
    for file in form.files("files"):
        yield Given(name=name_of(file.filename or ""), body=file.file.read(), options=ReadOptions(force=force))


def name_of(filename: str) -> str:
    r"""Return the name of a file without its folder and without what a screen acts on.

    >>> name_of("C:\\reports\\levy.html"), name_of("../../etc/passwd"), name_of("")
    ('levy.html', 'passwd', 'file')
    >>> name_of("what-the-mayor-said-of-the-levy")
    'what-the-mayor-said-of-the-levy'
    """
    name = _ODD.sub("_", filename.replace("\\", "/").rpartition("/")[2]).strip(". ")
    stem, dot, suffix = name.rpartition(".")
    return (f"{stem[: LONGEST_NAME - 20]}.{suffix[:19]}" if dot else name[:LONGEST_NAME]) or "file"


def additions_of(request: Request) -> Additions:
    """Return the runs of the server."""
    additions: Additions = request.app.state.additions
    return additions


# ---- how far it is -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What became of one report."""

    origin: str
    what: str
    address: str | None
    """Of the report, where it is in the record."""
    is_bad: bool = False


def run_page(request: Request) -> Response:
    """Answer ``/add/RUN``; asks to be loaded again until the run is over, unless ``?still=1`` says not to."""
    check_edits(request)
    run = additions_of(request).find(str(request.path_params["run"]))
    if run is None:
        raise MissingRecord(
            "no such addition, or the server was started anew since",
            advice="what was added is in the record: search it",
        )
    is_still = request.query_params.get("still") == "1"
    headers = {"Cache-Control": "no-store"}
    if not (run.is_over or is_still):
        headers["Refresh"] = str(REFRESH_SECONDS)
    return site_of(request).pages.render(
        request,
        "run.html",
        headers=headers,
        run=run,
        names=list(map(_called, run.names)),
        lines=list(_lines(run)),
        is_still=is_still,
    )


def _called(origin: str) -> str:
    return "the text that was pasted" if origin == PASTED else origin


def _lines(run: Run) -> Iterator[Line]:
    words = {"added": "added", "revision": "another text of a report that was there", "reread": "read again"}
    for each in list(run.told):
        if isinstance(each, Kept):
            what = words.get(each.outcome, "was there already")
            if each.copy_of and each.outcome != "skipped":
                what += ", as a copy that counts for nothing"
            if each.statements:
                what += f", {count(each.statements, 'statement')}"
            if each.outcome != "skipped":
                what = "; ".join((what, *each.warnings))
            yield Line(origin=_called(each.origin), what=what, address=addresses.report(each.document))
        elif isinstance(each, PassedOver):
            yield Line(origin=_called(each.origin), what=f"passed over: {each.cause}", address=None, is_bad=True)
        elif isinstance(each, SetAside):
            yield Line(
                origin=_called(each.aside.origin), what=f"set aside: {each.aside.cause}", address=None, is_bad=True
            )
        else:
            is_foreign = isinstance(each, ForeignLanguage)
            advice = "send it again, and have what is not in English read too" if is_foreign else advice_of(each)
            what = f"{each.what}; {advice}" if advice else each.what
            yield Line(origin=_called(each.where), what=what, address=None, is_bad=True)


routes = [
    Route("/add", add_page, name="add"),
    Route("/add", takes_form(_add), methods=["POST"]),
    Route("/add/{run}", run_page, name="run"),
]
