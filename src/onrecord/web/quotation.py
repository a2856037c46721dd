"""A quotation's page: one statement, how to cite it, and all its appearances with what became of the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from onrecord.compare.variants import Variant, find_variants
from onrecord.errors import MissingRecord
from onrecord.record import Record
from onrecord.record.citing import Style, cite
from onrecord.record.correcting import Correction
from onrecord.record.hits import Hit
from onrecord.record.lookup import Entry, look_up
from onrecord.record.subjects import speakers_of
from onrecord.web.appearances import SHAPES, Appearance, TimeLine, draw_line
from onrecord.web.site import reading, site_of
from onrecord.web.worddiffs import mark_changes
from onrecord.web.wording import became

STYLES: Final[tuple[tuple[Style, str], ...]] = (
    ("plain", "In a sentence"),
    ("markdown", "Markdown"),
    ("bibtex", "BibTeX"),
    ("csl", "CSL-JSON, for Zotero and Pandoc"),
)
SHOWN: Final = 100
"""Other appearances that are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Another appearance as the page shows it."""

    variant: Variant
    words: Markup
    anchor: str

    @property
    def hit(self) -> Hit:
        """The statement there."""
        return self.variant.hit


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationView:
    """All that the page shows."""

    entry: Entry
    hit: Hit
    paragraph: str | None
    others: tuple[Shown, ...]
    left_out: int
    counting: int
    """Appearances elsewhere, those in copies and revised texts left out."""
    apart: int
    """Those in copies and revised texts."""
    reports: int
    """In which it stands elsewhere, copies left out."""
    conflicts: int
    """Appearances that are given to somebody else."""
    line: TimeLine | None
    citations: tuple[tuple[str, str], ...]
    """Name of the style, and the citation."""
    people: dict[int, str]
    """Ids of the speakers, by the hit's row."""
    taken_away: Correction | None
    """What says that this is no statement, where somebody did: it is shown as it was read then."""


def quotation_page(request: Request) -> Response:
    """Answer ``/statement/ID``."""
    with reading(request) as record:
        seen = _look(record, str(request.path_params["statement"]))
    return site_of(request).pages.render(request, "quotation.html", seen=seen, hit=seen.hit)


def _look(record: Record, words: str) -> QuotationView:
    entry = look_up(record.connection, words)
    if entry.hit is None:
        raise MissingRecord("the id of a report, not of a statement", where=words, advice="search for words of it")
    hit, variants = find_variants(record, entry.hit.statement)
    others = [
        Shown(variant=each, words=mark_changes(hit.words, each.hit.words, each.tie.changes), anchor=f"a{number}")
        for number, each in enumerate(variants[:SHOWN], 1)
    ]
    return QuotationView(
        entry=entry,
        hit=hit,
        paragraph=entry.paragraph and entry.paragraph.of(entry.record.document.text),
        others=tuple(others),
        left_out=len(variants) - len(others),
        counting=(counting := sum(each.counts for each in variants)),
        apart=len(variants) - counting,
        reports=len({each.hit.citation.document for each in variants if each.counts}),
        conflicts=sum(each.given_to == "other" for each in variants),
        line=_line(hit, others),
        citations=tuple((name, cite(entry, style)) for style, name in STYLES),
        people=speakers_of(record.connection, [hit.row, *(each.hit.row for each in others)]),
        taken_away=next(
            (each for each in entry.corrections if each.field == "deleted" and each.state == "stands"), None
        ),
    )


def _line(hit: Hit, others: list[Shown]) -> TimeLine | None:
    itself = Appearance(
        shape="itself",
        published=hit.published,
        label=f"this one, in {hit.outlet or 'an outlet not named'}",
        anchor="this",
        is_copy=hit.standing != "counts",
    )
    return draw_line([itself, *map(_appearance, others)])


def _appearance(shown: Shown) -> Appearance:
    hit, variant = shown.hit, shown.variant
    label = f"{became(variant.tie)}, in {hit.outlet or 'an outlet not named'}"
    if variant.given_to == "other":
        label += f", given to {hit.speaker}"
    if not variant.counts:
        label += ", a copy" if hit.standing == "copy" else ", since revised"
    return Appearance(
        shape="fuller" if variant.tie.is_fuller else SHAPES[variant.tie.kind],
        published=hit.published,
        label=label,
        anchor=shown.anchor,
        is_copy=not variant.counts,
    )


routes = [Route("/statement/{statement}", quotation_page, name="statement")]
