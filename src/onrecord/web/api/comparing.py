"""Questions across reports: whether a quotation is in the record, and where else a statement stands."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from onrecord.compare.variants import find_variants
from onrecord.compare.verifying import Asked, verify
from onrecord.exports.answers_json import Appearance, VerdictAnswer, appearance, verdict_answer
from onrecord.record.hits import as_found
from onrecord.record.ids import parse_statement_id
from onrecord.web.api.answering import answer, answer_list, answers_with, new_router
from onrecord.web.api.asking import DAY, body_as, takes
from onrecord.web.api.guarding import SENDER
from onrecord.web.api.shapes import Quotation, StatementAsked
from onrecord.web.site import reading

router: Final = new_router("Comparing")


@router.get("/verify", **answers_with(VerdictAnswer, "The verdict, with its sources."))
def verify_words(
    request: Request,
    *,
    words: Annotated[
        str, Query(min_length=1, max_length=8_000, description="As they were quoted, two words at least.")
    ],
    speaker: Annotated[
        str | None,
        Query(min_length=1, max_length=300, description="Name, or words of a name, of who is to have said it."),
    ] = None,
    before: Annotated[str | None, Query(pattern=DAY, description="The last day on which it was in print.")] = None,
    after: Annotated[str | None, Query(pattern=DAY, description="The first such day.")] = None,
) -> Response:
    """Verify a quotation.

    Whether it is in the record, as it is or changed, and whose it is; what was left out or changed, and the nearest
    misses. `speaker`, `before` and `after` are what is claimed of it. For long quotations there is POST.
    """
    return _verdict(request, Asked(words=words, speaker=speaker, before=before, after=after))


@router.post(
    "/verify",
    dependencies=[SENDER],
    **takes(Quotation, "The quotation."),
    **answers_with(VerdictAnswer, "The verdict, with its sources."),
)
def verify_quotation(request: Request, body: Annotated[Quotation, Depends(body_as(Quotation))]) -> Response:
    """Verify a quotation of any length up to 1,000 words."""
    return _verdict(request, Asked(words=body.words, speaker=body.speaker, before=body.before, after=body.after))


def _verdict(request: Request, asked: Asked) -> Response:
    with reading(request) as record:
        return answer(verdict_answer(verify(record, asked)))


@router.get("/variants/{statement}", **answers_with([Appearance], "Its other appearances.", more=StatementAsked))
def list_variants(
    request: Request,
    statement: str,
    *,
    min_score: Annotated[
        float,
        Query(
            ge=0,
            le=1,
            description="Leave out what is less likely another appearance; 0.3 and more are told.",
            allow_inf_nan=False,
        ),
    ] = 0.0,
) -> Response:
    """Show where else the words of a statement stand.

    All of its other appearances, the surest first: what became of the words there, and whom they are given to.
    """
    parse_statement_id(statement)
    with reading(request) as record:
        hit, variants = find_variants(record, statement, min_score=min_score)
    return answer_list(map(appearance, variants), statement=as_found(hit))
