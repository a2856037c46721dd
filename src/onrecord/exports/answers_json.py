"""What a record tells of a statement or a quotation as JSON: commands print it with ``--json``, REST answers with it.

What stands around it is each face's own: REST has lists a page at a time. Assistants give less of it, and shorter.
"""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.compare.alignment import Change
from onrecord.compare.grading import Grade, Graded
from onrecord.compare.intext import InText
from onrecord.compare.kinds import Kind
from onrecord.compare.naming import GivenTo
from onrecord.compare.variants import Variant
from onrecord.compare.verifying import Asked, Searched, Verdict
from onrecord.document import Span
from onrecord.reading import Check, Entity, Reader, Statement
from onrecord.record.correcting import Correction
from onrecord.record.hits import FoundStatement, as_found
from onrecord.record.lookup import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEntry:
    """A statement with all that is known of it."""

    hit: FoundStatement
    statement: Statement
    """As the contract has it, corrections over it; its ids are those of its report's reading."""
    entities: tuple[Entity, ...]
    """Those that the statement names."""
    paragraph: str | None
    """What it stands in."""
    paragraph_span: Span | None
    checks: tuple[Check, ...]
    """What does not fit in its words, or is held against them."""
    corrections: tuple[Correction, ...]
    copy_of: str | None
    """The ``document.id`` of the report that its report repeats."""
    reader: Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """Another appearance of a statement."""

    kind: Kind
    """What became of the words."""
    score: float
    """Probability that it is another appearance of the same utterance, 0 to 1."""
    given_to: GivenTo
    """Whether it is given to the same speaker. Another speaker is a conflict: both stand, none is preferred."""
    counts: bool
    """Whether it is a source of its own: not in a copy of another report, nor in a text that was revised."""
    changes: tuple[Change, ...]
    """What is not the same: ``this`` is the statement's words, ``other`` this one's."""
    hit: FoundStatement


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Words that a quotation leaves out of the sentences that it stands in."""

    span: Span
    """In the words of the hit."""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedStatement:
    """A statement with what became of the quotation in it."""

    wording: Grade
    score: float
    """The share of the quotation's words that it has, by weight; the probability that it says the same for a
    paraphrase."""
    is_denied: bool
    """Whether the speaker is reported to deny it, or not to have said it, or says so in words that are left out."""
    missing: tuple[Missing, ...]
    changes: tuple[Change, ...]
    """What else is not the same: ``this`` in the quotation, ``other`` in the words of the hit."""
    joined: FoundStatement | None
    """The statement that the rest of a merged or spliced quotation is from."""
    pieces: tuple[FoundStatement, ...]
    """Where a spliced quotation is from, piece by piece, if it is from more than two statements."""
    hit: FoundStatement


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictAnswer:
    """What the record tells of a quotation. What is not in this record may have been said elsewhere."""

    verdict: Grade
    wording: Grade
    """What became of the words, whoever said them and whenever."""
    code: int
    """The exit code of ``onrecord verify`` for the verdict."""
    score: float
    """That of the best source, 0 to 1."""
    asked: Asked
    independent_sources: int
    """In how many reports the sources stand, copies and revised texts left out."""
    first: FoundStatement | None
    """The source that was published first; None where no day is known."""
    sources: tuple[GradedStatement, ...]
    """The statements that bear the verdict out, the best first, of equal ones the earliest; 12 at most."""
    misses: tuple[GradedStatement, ...]
    """The nearest statements that do not."""
    searched: Searched
    in_text: tuple[InText, ...]
    """Reports whose text has the words though no statement has them all: the reader missed some; 3 at most. Who says
    them there was not read."""


# ---- from the record to answers ------------------------------------------------------------------------------


def statement_entry(entry: Entry) -> StatementEntry:
    """Return a statement that was looked up; the entry is of a statement."""
    assert entry.hit is not None  # as it says
    assert entry.statement is not None
    statement, span = entry.statement, entry.paragraph
    named = {*statement.speakers, *statement.about, *statement.addressees, *statement.targets}
    return StatementEntry(
        hit=as_found(entry.hit),
        statement=statement,
        entities=tuple(entity for entity in entry.record.entities if entity.id in named),
        paragraph=None if span is None else span.of(entry.record.document.text),
        paragraph_span=span,
        checks=entry.checks,
        corrections=entry.corrections,
        copy_of=entry.copy_of,
        reader=entry.record.reader,
    )


def appearance(variant: Variant) -> Appearance:
    """Return another appearance of a statement."""
    return Appearance(
        kind=variant.tie.kind,
        score=variant.tie.score,
        given_to=variant.given_to,
        counts=variant.counts,
        changes=variant.tie.changes,
        hit=as_found(variant.hit),
    )


def verdict_answer(verdict: Verdict) -> VerdictAnswer:
    """Return what a record tells of a quotation."""
    return VerdictAnswer(
        verdict=verdict.verdict,
        wording=verdict.wording,
        code=verdict.code,
        score=verdict.score,
        asked=verdict.asked,
        independent_sources=verdict.independent,
        first=verdict.first and as_found(verdict.first),
        sources=tuple(map(_evidence, verdict.sources)),
        misses=tuple(map(_evidence, verdict.misses)),
        searched=verdict.searched,
        in_text=verdict.in_text,
    )


def _evidence(graded: Graded) -> GradedStatement:
    return GradedStatement(
        wording=graded.grade,
        score=graded.score,
        is_denied=graded.is_denied,
        missing=tuple(Missing(span=span, words=span.of(graded.hit.words)) for span in graded.missing),
        changes=graded.changes,
        joined=graded.joined and as_found(graded.joined),
        pieces=tuple(map(as_found, graded.pieces)),
        hit=as_found(graded.hit),
    )
