"""The JSON of answers and requests, as far as it is not the contract's or the record's own types.

These types are what ``openapi.json`` is made from, and what answers are encoded from.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta, Struct

from onrecord.compare.alignment import Change
from onrecord.compare.grading import Grade, Graded
from onrecord.compare.kinds import Kind
from onrecord.compare.naming import GivenTo
from onrecord.compare.stories import Story
from onrecord.compare.variants import Variant
from onrecord.compare.verifying import Asked, Searched, Verdict
from onrecord.document import Span
from onrecord.reading import Check, CueClass, Entity, Form, Reader, ReadingRecord, Statement
from onrecord.record.changing import Change as MadeChange
from onrecord.record.correcting import Correction
from onrecord.record.counting import By, Tally
from onrecord.record.facets import Facets
from onrecord.record.hits import FoundStatement
from onrecord.record.lookup import Entry
from onrecord.record.outlets import Outlet
from onrecord.record.people import Person, PersonReport, PersonSummary
from onrecord.record.reports import Report

MOST_REPORTS: Final = 1_000
"""Reports of one person that an answer lists."""


# ---- answers -------------------------------------------------------------------------------------------------


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
    """Whether the speaker is reported to deny it, or not to have said it."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry(PersonSummary):
    """A person, organization or country with the reports that it is in."""

    found_in: tuple[PersonReport, ...]
    """The first 1,000 reports, by date."""
    found_in_left_out: int
    """How many more there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a report that was to be added."""

    origin: str
    """Its place in what was sent: ``request.jsonl:LINE``."""
    outcome: Literal["added", "revision", "reread", "skipped", "set aside", "failed"]
    """``added``; ``revision``, of another text; ``reread`` by a newer reader; ``skipped``, it was there; ``set aside``,
    its readers did not come through it; ``failed``, it can't be read."""
    document: str | None = None
    """The contract's ``document.id``."""
    statements: int = 0
    """How many were written; 0 where it was skipped."""
    copy_of: str | None = None
    """The ``document.id`` of the report that it repeats."""
    revises: str | None = None
    """The ``document.id`` of the text that stood under its address."""
    adrift: tuple[str, ...] = ()
    """Statements with a correction that this reading has not found again."""
    cause: str | None = None
    """Why it is not in the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many reports became what."""

    added: int
    revision: int
    reread: int
    skipped: int
    copies: int
    """Of those that were written."""
    set_aside: int
    failed: int
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementAsked:
    """Beside a list of appearances: the statement whose they are."""

    statement: FoundStatement


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """Beside a list of what was found: how the search was understood, and how much there is."""

    understood: tuple[str, ...]
    """The words that were looked for: words, phrases, and beginnings with a ``*``."""
    count: int
    """How many statements answer, up to 10,000; by meaning, how many of the nearest were kept."""
    count_is_least: bool
    """There are more, which were not counted."""
    facets: Facets | None
    """None where they were not asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountAnswer:
    """Beside a list of tallies: what they are by, and how many there are beyond them."""

    by: By
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedAnswer:
    """Beside a list of outcomes: how many there are of each."""

    counts: Counted


# ---- requests ------------------------------------------------------------------------------------------------

Words = Annotated[str, Meta(min_length=1, max_length=20_000)]
Name = Annotated[str, Meta(min_length=1, max_length=300)]
Remark = Annotated[str, Meta(max_length=2_000)]
SpanGiven = Annotated[tuple[int, int], Meta(description="`[start, end)`, code points of the document's text.")]
Spans = Annotated[list[SpanGiven], Meta(max_length=100)]


class Quotation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A quotation, and what is claimed of it."""

    words: Words
    """As they were quoted, two at least."""
    speaker: Name | None = None
    """A name, or words of one, of who is claimed to have said it."""
    before: Name | None = None
    """The last day on which it is claimed to have been in print: ``2024-05-02``, ``2024-05`` or ``2024``."""
    after: Name | None = None
    """The first such day."""


class ReportGiven(Struct, frozen=True, kw_only=True):
    """A report to read: its text, or its page. Other members are kept as ``document.extra``."""

    text: str | None = None
    """The text as it was published; outranks ``html``."""
    html: str | None = None
    """The page; its article is found in it."""
    title: str | None = None
    date: str | None = None
    """Of publication: ``2024-05-02``, or a date and time."""
    url: str | None = None
    outlet: str | None = None
    authors: list[str] | str | None = None
    language: str | None = None


class ShouldBe(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a statement should be; what is not given stays as it was read."""

    speaker: Annotated[list[Name], Meta(max_length=50)] | None = None
    """Names; empty where the report names nobody."""
    content: Words | None = None
    """Words of the report, pieces apart by `` … ``."""
    source_spans: Spans | None = None
    cue_spans: Spans | None = None
    content_spans: Spans | None = None
    """In the place of ``content``, where its words stand in several places."""
    cue_class: CueClass | None = None
    form: Form | None = None
    """Where it does not follow from the quotation marks."""
    who: Remark | None = None
    """Who says so."""
    why: Remark | None = None


class Merge(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """People who are one."""

    people: Annotated[list[Name], Meta(min_length=2, max_length=100)]
    """Ids, or full names that only one has; the first keeps its id."""
    who: Remark | None = None
    why: Remark | None = None


class Split(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Reports whose person of the name is somebody else."""

    reports: Annotated[list[Name], Meta(min_length=1, max_length=1_000)]
    """Ids of documents or of statements."""
    who: Remark | None = None
    why: Remark | None = None


TYPES: Final[tuple[Any, ...]] = (
    ReadingRecord,
    Report,
    FoundStatement,
    StatementEntry,
    Appearance,
    VerdictAnswer,
    Story,
    PersonSummary,
    PersonEntry,
    Outlet,
    Tally,
    Correction,
    MadeChange,
    Outcome,
    AddedAnswer,
    SearchAnswer,
    StatementAsked,
    CountAnswer,
    Quotation,
    ReportGiven,
    ShouldBe,
    Merge,
    Split,
)
"""All of them, with those of the contract and of the record."""


# ---- from the record to answers ------------------------------------------------------------------------------


def shown(hit: FoundStatement) -> FoundStatement:
    """Return a statement that was found without its number, which means nothing outside this file."""
    return msgspec.convert(hit, FoundStatement, from_attributes=True)


def statement_entry(entry: Entry) -> StatementEntry:
    """Return a statement that was looked up; the entry is of a statement."""
    assert entry.hit is not None  # as it says
    assert entry.statement is not None
    statement, span = entry.statement, entry.paragraph
    named = {*statement.speakers, *statement.about, *statement.addressees, *statement.targets}
    return StatementEntry(
        hit=shown(entry.hit),
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
        hit=shown(variant.hit),
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
        first=verdict.first and shown(verdict.first),
        sources=tuple(map(_evidence, verdict.sources)),
        misses=tuple(map(_evidence, verdict.misses)),
        searched=verdict.searched,
    )


def _evidence(graded: Graded) -> GradedStatement:
    return GradedStatement(
        wording=graded.grade,
        score=graded.score,
        is_denied=graded.is_denied,
        missing=tuple(Missing(span=span, words=span.of(graded.hit.words)) for span in graded.missing),
        changes=graded.changes,
        joined=graded.joined and shown(graded.joined),
        pieces=tuple(map(shown, graded.pieces)),
        hit=shown(graded.hit),
    )


def summary(person: Person) -> PersonSummary:
    """Return a person without the reports that it is in."""
    return msgspec.convert(person, PersonSummary, from_attributes=True)


def person_entry(person: Person) -> PersonEntry:
    """Return a person with the reports that it is in, up to :data:`MOST_REPORTS`."""
    same = {each.name: getattr(person, each.name) for each in fields(PersonSummary)}
    return PersonEntry(
        **same,
        found_in=person.found_in[:MOST_REPORTS],
        found_in_left_out=max(0, len(person.found_in) - MOST_REPORTS),
    )
