"""What only readers of whole reports want, as one deflated JSON blob a reading: mentions, and evidence.

As rows the mentions alone take a fifth of the size of the text, and the evidence more than all else of a statement.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from onrecord.document import Span
from onrecord.reading import Evidence, Mention, ReadingRecord
from onrecord.record.packing import Terms, clean, pack_confidence, unpack_confidence

PLAIN = ("name", "name", 1.0)
"""Form, manner and confidence of most mentions."""


class Details(NamedTuple):
    """The mentions of each entity and the evidence of each statement, in their order."""

    mentions: list[tuple[Mention, ...]]
    evidence: list[Evidence | None]


def pack_details(record: ReadingRecord, terms: Terms) -> bytes:
    """Return the mentions and the evidence of a reading as deflated JSON: a list of two lists.

    First, for each entity, its mentions: how far its start is behind the last one's, its length, the number of a term
    such as ``pronoun heads`` (form, what tied it), and the confidence in ten-thousandths; the last two are left away
    for ``name name`` and 1. Then, for each statement, its evidence: three scores in ten-thousandths, the number of
    the rule's term, and the labels; or null.
    """
    mentions = [_pack_mentions(entity.mentions, terms) for entity in record.entities]
    evidence = [_pack_evidence(statement.evidence, terms) for statement in record.statements]
    return zlib.compress(json.dumps([mentions, evidence], separators=(",", ":")).encode())


def unpack_details(packed: bytes, terms: Terms) -> Details:
    """Read what :func:`pack_details` wrote."""
    mentions, evidence = json.loads(zlib.decompress(packed))
    return Details(
        mentions=[tuple(_unpack_mentions(each, terms)) for each in mentions],
        evidence=[None if each is None else _unpack_evidence(each, terms) for each in evidence],
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


def _pack_evidence(evidence: Evidence | None, terms: Terms) -> list[Any] | None:
    if evidence is None:
        return None
    source = None if evidence.source_score is None else pack_confidence(evidence.source_score)
    scores = [pack_confidence(evidence.cue_score), source, pack_confidence(evidence.content_score)]
    return [*scores, terms.number(clean(evidence.rule)), *evidence.labels]


def _unpack_evidence(packed: Sequence[Any], terms: Terms) -> Evidence:
    cue, source, content, rule, *labels = packed
    return Evidence(
        cue_score=unpack_confidence(cue),
        source_score=None if source is None else unpack_confidence(source),
        content_score=unpack_confidence(content),
        rule=terms.word(rule),
        labels=tuple(labels),
    )
