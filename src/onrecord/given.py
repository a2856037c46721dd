"""Statements whose source, cue and content are known, marked by hand or by another tool: who says them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.attribution.linking import Scorer
from onrecord.document import Document
from onrecord.layout.blockquotes import find_quotations
from onrecord.layout.quotemarks import outermost
from onrecord.layout.sentences import sentences_of
from onrecord.pipeline import cut, find_silent, read_paragraphs
from onrecord.settings import DEFAULTS, Settings
from onrecord.speakers.asking import Said
from onrecord.speakers.hearing import Heads, Hearing, hear
from onrecord.speakers.ranking import Ranker
from onrecord.speakers.resolving import Answer


def resolve_given(
    document: Document, given: Sequence[Said], model: Scorer, *, settings: Settings = DEFAULTS
) -> tuple[list[Answer], list[tuple[str, ...]]]:
    """Return who says each of the given statements, as answers and as the names that the report gives them.

    Args:
        document: the report.
        given: its statements, of which source, cue and content count; the rest is told from the document.
        model: a loaded :class:`onrecord.model.Model`.
        settings: the window size.
    """
    hearing = hear_given(document, given, model, settings=settings)
    answers = hearing.resolve(Ranker(score=model.rank, ranking=model.manifest.ranking))
    return answers, names_of(hearing, answers)


def names_of(hearing: Hearing, answers: Sequence[Answer]) -> list[tuple[str, ...]]:
    """Return the names of those who say each statement; none where it is left open."""
    referents = hearing.discourse.referents
    return [tuple(referents[index].name for index in answer.referents) for answer in answers]


def hear_given(document: Document, given: Sequence[Said], model: Scorer, *, settings: Settings = DEFAULTS) -> Hearing:
    """Find who is mentioned in a report with the given statements, ready to be asked who speaks."""
    text = document.text
    paragraphs = read_paragraphs(document)
    quotations = outermost(text, find_quotations(text, document.zones))
    heads = Heads(text)
    for window in cut(text, paragraphs, quotations, model, settings):
        heads.add(window, model.tag(window).mentions)
    return hear(
        text,
        place_given(document, given),
        paragraphs=paragraphs,
        sentences=sentences_of(text, paragraphs),
        quoted=[quotation.inner for quotation in quotations],
        heads=heads,
        pairing=model.manifest.pairing,
        authors=document.authors,
        silent=find_silent(document),
    )


def place_given(document: Document, given: Sequence[Said]) -> list[Said]:
    """Return the statements with what their place tells: quoted, in the headline, or within another's content."""
    marked = find_quotations(document.text, document.zones)
    quoted = [quotation.inner for quotation in outermost(document.text, marked)]
    return [
        replace(
            each,
            within=_outer(given, index),
            quoted=any(mark.overlaps(each.content[0]) for mark in quoted) if each.content else False,
            headline=document.zone_at(each.content[0].start) == "headline" if each.content else False,
        )
        for index, each in enumerate(given)
    ]


def _outer(given: Sequence[Said], index: int) -> int | None:
    """Return the statement with the smallest content that holds the source and cue of another."""
    inner = (*given[index].source, *given[index].cue)
    holders = [
        (sum(span.size for span in other.content), at)
        for at, other in enumerate(given)
        if at != index and inner and all(any(span.contains(each) for span in other.content) for each in inner)
    ]
    return min(holders)[1] if holders else None
