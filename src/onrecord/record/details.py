"""What only readers of whole reports want, as one deflated JSON blob a reading: mentions, and how statements were read.

As rows the mentions alone take a fifth of the size of the text, and the evidence more than all else of a statement.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from onrecord.document import Span
from onrecord.reading import Evidence, Mention, ReadingRecord, SourceForm, Statement
from onrecord.record.packing import Terms, clean, pack_confidence, unpack_confidence

PLAIN = ("name", "name", 1.0)
"""Form, manner and confidence of most mentions."""


class StatementDetail(NamedTuple):
    """How a statement was read."""

    source_form: SourceForm
    speaker_by: str | None
    evidence: Evidence | None


class Details(NamedTuple):
    """The mentions of each entity and how each statement was read, in their order."""

    mentions: list[tuple[Mention, ...]]
    statements: list[StatementDetail]


def pack_details(record: ReadingRecord, terms: Terms) -> bytes:
    """Return the mentions and how statements were read as deflated JSON: a list of two lists.

    First, for each entity, its mentions: how far its start is behind the last one's, its length, the number of a term
    such as ``pronoun heads`` (form, what tied it), and the confidence in ten-thousandths; the last two are left away
    for ``name name`` and 1. Then, for each statement: the numbers of the terms of its source's form and of what decided
    its speakers; and its evidence, if it has any: three scores in ten-thousandths, the rule's term, and the labels.
    """
    mentions = [_pack_mentions(entity.mentions, terms) for entity in record.entities]
    statements = [_pack_statement(statement, terms) for statement in record.statements]
    return zlib.compress(json.dumps([mentions, statements], separators=(",", ":")).encode(), level=9)


def unpack_details(packed: bytes, terms: Terms) -> Details:
    """Read what :func:`pack_details` wrote."""
    mentions, statements = json.loads(zlib.decompress(packed))
    return Details(
        mentions=[tuple(_unpack_mentions(each, terms)) for each in mentions],
        statements=[_unpack_statement(each, terms) for each in statements],
    )


def _pack_mentions(mentions: Sequence[Mention], terms: Terms) -> list[list[float]]:
    packed: list[list[float]] = []
    last = 0
    for mention in mentions:
        place: list[float] = [mention.span.start - last, mention.span.size]
        last = mention.span.start
        if (mention.form, mention.by, mention.confidence) != PLAIN:
            place += [terms.number(f"{mention.form} {mention.by}"), pack_confidence(mention.confidence)]
        packed.append(place)
    return packed


def _unpack_mentions(packed: Sequence[Sequence[Any]], terms: Terms) -> Iterator[Mention]:
    start = 0
    for step, length, *rest in packed:
        start += step
        span = Span(start, start + length)
        if not rest:
            yield Mention(span=span, form="name")
            continue
        form, _, by = terms.word(rest[0]).partition(" ")
        yield Mention(span=span, form=form, by=by, confidence=unpack_confidence(rest[1]))


def _pack_statement(statement: Statement, terms: Terms) -> list[Any]:
    packed: list[Any] = [terms.number(statement.source_form), terms.number_or_none(statement.speaker_by)]
    evidence = statement.evidence
    if evidence is None:
        return packed
    source = None if evidence.source_score is None else pack_confidence(evidence.source_score)
    packed += [pack_confidence(evidence.cue_score), source, pack_confidence(evidence.content_score)]
    return [*packed, terms.number(clean(evidence.rule)), *evidence.labels]


def _unpack_statement(packed: Sequence[Any], terms: Terms) -> StatementDetail:
    form, by, *rest = packed
    return StatementDetail(terms.word(form), terms.word(by), _unpack_evidence(rest, terms) if rest else None)


def _unpack_evidence(packed: Sequence[Any], terms: Terms) -> Evidence:
    cue, source, content, rule, *labels = packed
    return Evidence(
        cue_score=unpack_confidence(cue),
        source_score=None if source is None else unpack_confidence(source),
        content_score=unpack_confidence(content),
        rule=terms.word(rule),
        labels=tuple(labels),
    )
