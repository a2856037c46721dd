"""The page that verifies a quotation: a box to paste it into, and what the record tells of it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.compare.grading import Graded
from onrecord.compare.intext import InText
from onrecord.compare.verifying import MOST_CHARACTERS, Asked, Verdict, verify
from onrecord.errors import BadQuery, SlowQuery
from onrecord.record.hits import Hit
from onrecord.record.subjects import speakers_of
from onrecord.web.failing import beside_form, status_of
from onrecord.web.site import reading, site_of
from onrecord.web.worddiffs import mark_changes, mark_left_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A statement that the verdict rests on, or that comes near it."""

    graded: Graded
    words: Markup
    in_text: InText | None = None
    """That its report's text has the quotation, of which the statement has only a part."""

    @property
    def hit(self) -> Hit:
        """The statement."""
        return self.graded.hit

    @property
    def others(self) -> tuple[Hit, ...]:
        """The statements that the rest of the quotation is from."""
        return self.graded.pieces[1:] or ((self.graded.joined,) if self.graded.joined else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A verdict as the page shows it."""

    verdict: Verdict
    sources: tuple[Evidence, ...]
    misses: tuple[Evidence, ...]
    in_text: tuple[InText, ...]
    """Reports whose text has the quotation, but for those of the sources."""
    people: dict[int, str]
    """Ids of the speakers, by the hit's row."""


def verify_page(request: Request) -> Response:
    """Answer ``/verify``; ``?quotation=...&speaker=...&after=2024-05&before=2024-06`` asks."""
    asked = _asked(request)
    answer, problem = None, None
    if asked.words:
        try:
            answer = _ask(request, asked)
        except (BadQuery, SlowQuery) as error:
            problem = beside_form(error, "give fewer words, the rarest of them, or fewer days")
    return site_of(request).pages.render(
        request,
        "verify.html",
        status=status_of(problem) if problem else 200,
        asked=asked,
        answer=answer,
        problem=problem,
        longest=MOST_CHARACTERS,
    )


def _asked(request: Request) -> Asked:
    given = {name: request.query_params.get(name, "").strip() for name in ("quotation", "speaker", "before", "after")}
    return Asked(
        words=given["quotation"],
        speaker=given["speaker"][:500] or None,
        before=given["before"][:40] or None,
        after=given["after"][:40] or None,
    )


def _ask(request: Request, asked: Asked) -> Answer:
    with reading(request) as record:
        verdict = verify(record, asked)
        several = (*verdict.sources, *verdict.beside)
        rows = [hit.row for each in several for hit in (each.hit, each.joined) if hit]
        people = speakers_of(record.connection, rows)
    in_text = {each.citation.document: each for each in verdict.in_text}
    sources = [_evidence(asked, each, in_text.pop(each.hit.citation.document, None)) for each in verdict.sources]
    return Answer(
        verdict=verdict,
        sources=tuple(sources),
        misses=tuple(_evidence(asked, each) for each in verdict.beside),
        in_text=tuple(in_text.values()),
        people=people,
    )


def _evidence(asked: Asked, graded: Graded, in_text: InText | None = None) -> Evidence:
    hit = graded.hit
    if graded.missing:
        return Evidence(graded=graded, words=mark_left_out(hit.words, graded.missing), in_text=in_text)
    return Evidence(graded=graded, words=mark_changes(asked.words, hit.words, graded.changes), in_text=in_text)


routes = [Route("/verify", verify_page, name="verify")]
