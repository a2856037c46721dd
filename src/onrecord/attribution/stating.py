"""Attributions to statements: form, cue class, negation and modality, zone, nesting and ids."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.attribution.continuation import index_at
from onrecord.attribution.cues import classify_cue
from onrecord.attribution.forms import form_of
from onrecord.attribution.linking import Attribution
from onrecord.document import Document, Span
from onrecord.layout.quotemarks import Quotation
from onrecord.reading import Statement


def state(
    document: Document,
    attributions: Sequence[Attribution],
    outer: Sequence[int | None],
    quotations: Sequence[Quotation],
    sentences: Sequence[Span],
) -> tuple[Statement, ...]:
    """Return one statement an attribution, numbered ``s1``, ``s2`` ... in the order given.

    Args:
        document: the report.
        attributions: in order of position.
        outer: for each, the index of the one whose content holds it.
        quotations: all quotations of the text, by start.
        sentences: those of the paragraphs that are read, by start.
    """
    marked = [quotation.inner for quotation in quotations]
    return tuple(
        _statement(
            document,
            attribution,
            index=index,
            within=within,
            marked=marked,
            sentence=_sentence_of(attribution, sentences),
        )
        for index, (attribution, within) in enumerate(zip(attributions, outer, strict=True))
    )


def _statement(
    document: Document,
    attribution: Attribution,
    *,
    index: int,
    within: int | None,
    marked: Sequence[Span],
    sentence: Span | None,
) -> Statement:
    cue = classify_cue(document.text, attribution.cue, sentence=sentence)
    return Statement(
        id=_id(index),
        form=form_of(document.text, attribution.content, marked),
        source=attribution.source,
        cue=attribution.cue,
        content=attribution.content,
        cue_class=cue.cue_class,
        negated=cue.negated,
        modality=cue.modality,
        within=None if within is None else _id(within),
        continues=None if attribution.continues is None else _id(attribution.continues),
        zone=document.zone_at(attribution.content[0].start),
        confidence=attribution.confidence,
        evidence=attribution.evidence,
    )


def _id(index: int) -> str:
    return f"s{index + 1}"


def _sentence_of(attribution: Attribution, sentences: Sequence[Span]) -> Span | None:
    """Return the sentence that the cue stands in; None for no cue."""
    index = index_at(sentences, attribution.cue[0].start) if attribution.cue else None
    return None if index is None else sentences[index]
