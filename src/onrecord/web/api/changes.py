"""What readers say over what was read: corrections, merges, splits; kept with who and why, and undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import Depends, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from onrecord.document import Span
from onrecord.record.changing import By, Change
from onrecord.record.correcting import Correction, Should
from onrecord.record.missed import Missed
from onrecord.web.api.answering import answer, answer_list, answers_with, new_router
from onrecord.web.api.asking import ListPlace, body_as, takes
from onrecord.web.api.cursors import show_cursor
from onrecord.web.api.guarding import EDITOR
from onrecord.web.api.shapes import Merge, MissedGiven, Remarks, ShouldBe, Split
from onrecord.web.site import reading, site_of, writing

router: Final = new_router("Changes")
_Number = Annotated[int, Path(ge=1, le=2**62)]


@router.get("/corrections", **answers_with([Correction], "Corrections."))
def list_corrections(
    request: Request,
    place: ListPlace,
    *,
    adrift: Annotated[bool, Query(description="Only those whose statement no reading has any more.")] = False,
) -> Response:
    """List corrections, the first one first, withdrawn ones among them."""
    with reading(request) as record:
        after = place.after("corrections")
        return _page("corrections", record.corrections(adrift=adrift, after=after, most=place.limit + 1), place.limit)


@router.get("/changes", **answers_with([Change], "Changes."))
def list_changes(request: Request, place: ListPlace) -> Response:
    """List merges and splits of people and outlets, the first one first, undone ones among them."""
    with reading(request) as record:
        made = record.changes(after=place.after("changes"), most=place.limit + 1)
        return _page("changes", made, place.limit)


def _page(kind: str, made: Sequence[Correction] | Sequence[Change], limit: int) -> Response:
    """Answer a page; one more than it holds says that there is another."""
    page = made[:limit]
    return answer_list(page, show_cursor(kind, page[-1].id) if len(made) > limit else None)


@router.post(
    "/statements/{statement}/corrections",
    dependencies=[EDITOR],
    **takes(ShouldBe, "What the statement should be."),
    **answers_with([Correction], "A correction for each field.", status=201),
)
def correct_statement(
    request: Request, statement: str, body: Annotated[ShouldBe, Depends(body_as(ShouldBe))]
) -> Response:
    """Correct a statement.

    Its reading stays; what is said here is shown over it, and can be undone.
    """
    should = Should(
        speaker=body.speaker,
        content=body.content,
        source=body.source,
        cue=body.cue,
        source_spans=_spans(body.source_spans),
        cue_spans=_spans(body.cue_spans),
        content_spans=_spans(body.content_spans),
        cue_class=body.cue_class,
        form=body.form,
        modality=body.modality,
        negated=body.negated,
    )
    with writing(site_of(request).path) as record:
        return answer_list(record.correct(statement, should, By(who=body.who, why=body.why)), status=201)


def _spans(given: list[tuple[int, int]] | None) -> list[Span] | None:
    return None if given is None else [Span(start, end) for start, end in given]


@router.post(
    "/statements/{statement}/take-away",
    dependencies=[EDITOR],
    **takes(Remarks, "Who says so, and why; may be `{}`."),
    **answers_with(Correction, "The correction; of a statement that was put in, its addition, withdrawn.", status=201),
)
def take_statement_away(
    request: Request, statement: str, body: Annotated[Remarks, Depends(body_as(Remarks))]
) -> Response:
    """Say that a statement is none.

    It is found and counted no more until that is undone. One that somebody put in is taken out again.
    """
    with writing(site_of(request).path) as record:
        return answer(record.take_away(statement, By(who=body.who, why=body.why)), status=201)


@router.post(
    "/documents/{document}/statements",
    dependencies=[EDITOR],
    **takes(MissedGiven, "The statement, by words of the report or by where they stand."),
    **answers_with(Correction, "The correction that keeps it, with the id of the statement.", status=201),
)
def put_statement_in(
    request: Request, document: str, body: Annotated[MissedGiven, Depends(body_as(MissedGiven))]
) -> Response:
    """Put a statement in that the reading missed.

    From then on it is found, counted, cited and corrected like any other, also after a second reading. Undo the
    correction to take it out again.
    """
    missed = Missed(
        content=body.content,
        source=body.source,
        cue=body.cue,
        source_spans=_spans(body.source_spans),
        cue_spans=_spans(body.cue_spans),
        content_spans=_spans(body.content_spans),
        speaker=body.speaker,
        cue_class=body.cue_class,
    )
    with writing(site_of(request).path) as record:
        return answer(record.put_in(document, missed, By(who=body.who, why=body.why)), status=201)


@router.post(
    "/corrections/{number}/undo", dependencies=[EDITOR], **answers_with(Correction, "The correction, withdrawn.")
)
def undo_correction(request: Request, number: _Number) -> Response:
    """Withdraw a correction; it stays in the list."""
    with writing(site_of(request).path) as record:
        return answer(record.undo_correction(number))


@router.post(
    "/people/merge",
    dependencies=[EDITOR],
    **takes(Merge, "Who is one."),
    **answers_with(Change, "The change.", status=201),
)
def merge_people(request: Request, body: Annotated[Merge, Depends(body_as(Merge))]) -> Response:
    """Make people one; the first keeps its id."""
    with writing(site_of(request).path) as record:
        return answer(record.merge(body.people, By(who=body.who, why=body.why)), status=201)


@router.post(
    "/people/{person}/split",
    dependencies=[EDITOR],
    **takes(Split, "The reports whose person of the name is somebody else."),
    **answers_with(Change, "The change.", status=201),
)
def split_person(request: Request, person: str, body: Annotated[Split, Depends(body_as(Split))]) -> Response:
    """Make what some reports say of somebody another person's."""
    with writing(site_of(request).path) as record:
        return answer(record.split(person, body.reports, By(who=body.who, why=body.why)), status=201)


@router.post("/changes/{number}/undo", dependencies=[EDITOR], **answers_with(Change, "The change, undone."))
def undo_change(request: Request, number: _Number) -> Response:
    """Undo a merge, a split, or a join of outlets; it stays in the list."""
    with writing(site_of(request).path) as record:
        return answer(record.undo(number))
