"""Correcting a statement in its place, taking one away that is none, and putting one in that was missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Final, get_args

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.document import Span
from onrecord.errors import BadChange, LockedRecord, MissingRecord, WrongToken
from onrecord.exports.describing import in_reading_order
from onrecord.exports.escaping import escape_text
from onrecord.exports.marking import PARTS
from onrecord.reading import CueClass, Statement
from onrecord.record import Record
from onrecord.record.choosing import Kept, keep_report
from onrecord.record.correcting import Correction
from onrecord.record.ids import parse_statement_id
from onrecord.record.lookup import paragraph_of
from onrecord.record.opening import transaction
from onrecord.record.overlaying import is_put_in
from onrecord.record.retyped import Typed, missed_of, rebase, should_of, typed_of
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

CLASSES: Final[tuple[CueClass, ...]] = get_args(CueClass)
FIELDS: Final = {
    "speaker": "speaker",
    "source": "source",
    "cue": "cue",
    "content": "content",
    "cue_class": "cue class",
    "form": "form",
    "modality": "whether it was said",
    "negated": "said not to have been said",
    "added": "statement that was missed",
    "deleted": "statement that is none",
}
"""What the fields of corrections are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A statement that is to be corrected, and where it stands."""

    kept: Kept
    id: str
    """Record-wide."""
    statement: Statement
    paragraph: Markup
    typed: Typed
    following: str | None
    """The id of the next statement of the report."""

    @property
    def is_added(self) -> bool:
        """Somebody put it in; it can be taken out again."""
        return is_put_in(self.statement)


# ---- a statement ---------------------------------------------------------------------------------------------


def correct_page(request: Request) -> Response:
    """Answer ``/correct/ID``."""
    check_edits(request)
    return _show(request, None, None)


def _show(request: Request, form: Form | None, problem: Problem | None, typed: Typed | None = None) -> Response:
    """Return the form; ``typed`` is to be sent again over what the statement is now."""
    with reading(request) as record:
        seen = _look(record, str(request.path_params["statement"]))
    shown = seen.typed
    if form and form["do"] == "correct" and typed is None:
        typed, shown = _typed(form), _shown(form) or seen.typed
    return show_form(
        request,
        "correct.html",
        form=form,
        problem=problem,
        seen=seen,
        typed=typed or seen.typed,
        shown=shown,
        classes=CLASSES,
    )


def _look(record: Record, words: str) -> Corrected:
    wanted = parse_statement_id(words)
    kept = keep_report(record.connection, wanted.document)
    names = {known: name for name, known in kept.ids.items()} if kept else {}
    if kept is None or str(wanted) not in names:
        raise MissingRecord(
            "no such statement in this record, or it was taken away", where=words, advice="see what was changed"
        )
    ordered = [each for each, _ in in_reading_order(kept.reading.statements)]
    place = next(at for at, each in enumerate(ordered) if each.id == names[str(wanted)])
    statement = ordered[place]
    return Corrected(
        kept=kept,
        id=str(wanted),
        statement=statement,
        paragraph=mark_parts(kept.text, statement),
        typed=typed_of(kept.text, statement, kept.reading.entities),
        following=kept.ids[ordered[place + 1].id] if place + 1 < len(ordered) else None,
    )


def mark_parts(text: str, statement: Statement) -> Markup:
    """Return the paragraph that a statement stands in, with its source, cue and content marked."""
    around = paragraph_of(text, statement)
    return Markup("" if around is None else "".join(_runs(text, around, statement)))  # noqa: S704 - escaped


def _runs(text: str, around: Span, statement: Statement) -> Iterator[str]:
    spans = [(part, span) for part in PARTS for span in getattr(statement, part)]
    edges = sorted({*around, *(edge for _, span in spans for edge in span if around.start <= edge <= around.end)})
    for start, end in pairwise(edges):
        words = escape_text(text[start:end])
        parts = [part for part, span in spans if span.start <= start and end <= span.end]
        yield f'<span class="{" ".join(parts)} h0 sure">{words}</span>' if parts else words


def _typed(form: Form) -> Typed:
    return Typed(**{each.name: form[each.name] for each in fields(Typed)})


def _shown(form: Form) -> Typed | None:
    """Return what the fields had when the form was opened; None where it does not say so."""
    if not form["shown-content"]:
        return None
    return Typed(**{each.name: form[f"shown-{each.name}"] for each in fields(Typed)})


def _overtaken(both: Sequence[str], now: Typed) -> BadChange:
    words = " and ".join(f"“{getattr(now, name) or 'nothing'}”" for name in both)
    return BadChange(
        f"somebody corrected it since you opened this form, to {words}",
        where=", ".join(FIELDS[name] for name in both),
        advice="look again, and send it if it should be as it stands below",
    )


def _correct(request: Request, form: Form) -> Response:
    """Answer a form of ``/correct/ID``: ``do`` is ``show``, ``correct`` or ``delete``."""
    try:
        by = form.by()
        if form["do"] == "show":
            return _show(request, form, None)
        # One transaction: whoever sends the same form at this moment is looked at behind this one, and told.
        with writing(site_of(request).path) as record, transaction(record.connection):
            seen = _look(record, str(request.path_params["statement"]))
            if form["do"] == "delete":
                made = [record.take_away(seen.id, by)]
            else:
                typed, both = rebase(_typed(form), _shown(form) or seen.typed, seen.typed)
                if both:
                    return _show(request, form, _overtaken(both, seen.typed), typed)
                entities = seen.kept.reading.entities
                made = record.correct(seen.id, should_of(seen.kept.text, seen.statement, typed, entities), by)
    except (BadChange, LockedRecord, WrongToken) as error:
        return _show(request, form, error)
    return show_done(request, form, _done(made), undo=_undo(made), links=list(_links(seen)))


def _done(made: Sequence[Correction]) -> list[str]:
    taken_out = "the statement that was put in is taken out again"
    return [taken_out if each.state == "withdrawn" else describe(each) for each in made]


def _undo(made: Sequence[Correction]) -> list[Undo]:
    return [Undo(kind="correction", number=each.id) for each in made if each.state != "withdrawn"]


def _links(seen: Corrected) -> Iterator[Link]:
    document = seen.kept.reading.document.id
    yield Link(address=addresses.report(document, statement=seen.id), words="Back to the report")
    if seen.following:
        yield Link(address=addresses.correct(seen.following), words="Correct the next statement", is_form=True)
    yield Link(address=addresses.CHANGES, words="All changes", is_form=True)


def describe(correction: Correction) -> str:
    """Return what a correction says in one line."""
    match correction.field:
        case "deleted":
            return f"no statement: {correction.before or 'without words'}"
        case "added":
            return f"put in: {correction.value}"
        case field:
            return f"{FIELDS[field]}: {' → '.join(correction.in_words)}"


# ---- one that was missed -------------------------------------------------------------------------------------


def missed_page(request: Request) -> Response:
    """Answer ``/report/ID/missed``."""
    check_edits(request)
    return _show_missed(request, None, None)


def _show_missed(request: Request, form: Form | None, problem: Problem | None) -> Response:
    with reading(request) as record:
        kept = _report(record, request)
    typed = _typed(form) if form and form["do"] == "add" else Typed()
    return show_form(request, "missed.html", form=form, problem=problem, kept=kept, typed=typed, classes=CLASSES)


def _report(record: Record, request: Request) -> Kept:
    document = str(request.path_params["document"])
    kept = keep_report(record.connection, document)
    if kept is None:
        raise MissingRecord("no such report in this record", where=document, advice="search for words of it")
    return kept


def _add(request: Request, form: Form) -> Response:
    try:
        by = form.by()
        if form["do"] == "show":
            return _show_missed(request, form, None)
        with writing(site_of(request).path) as record:
            kept = _report(record, request)
            document = kept.reading.document.id
            made = record.put_in(document, missed_of(kept.text, _typed(form), kept.reading.statements), by)
    except (BadChange, LockedRecord, WrongToken) as error:
        return _show_missed(request, form, error)
    links = [
        Link(address=addresses.report(document, statement=made.statement), words="Back to the report"),
        Link(address=addresses.missed(document), words="Put another one in", is_form=True),
        Link(address=addresses.CHANGES, words="All changes", is_form=True),
    ]
    return show_done(request, form, [describe(made)], undo=_undo([made]), links=links)


routes = [
    Route("/correct/{statement}", correct_page, name="correct"),
    Route("/correct/{statement}", takes_form(_correct), methods=["POST"]),
    Route("/report/{document}/missed", missed_page, name="missed"),
    Route("/report/{document}/missed", takes_form(_add), methods=["POST"]),
]
