"""The JSON of answers and requests, as far as it is not the contract's, the record's or the exports' own types.

These types are what ``openapi.json`` is made from, and what answers are encoded from.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct

from onrecord.compare.stories import Story
from onrecord.exports.answers_json import Appearance, StatementEntry, VerdictAnswer
from onrecord.reading import CueClass, Form, ReadingRecord, StatementModality
from onrecord.record.changing import Change as MadeChange
from onrecord.record.correcting import Correction
from onrecord.record.counting import By, Tally
from onrecord.record.facets import Facets
from onrecord.record.hits import FoundStatement
from onrecord.record.outlets import Outlet
from onrecord.record.people import Person, PersonReport, PersonSummary
from onrecord.record.reports import Report

MOST_REPORTS: Final = 1_000
"""Reports of one person that an answer lists."""


# ---- answers -------------------------------------------------------------------------------------------------


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
    outcome: Literal["added", "revision", "reread", "skipped", "removed before", "set aside", "failed"]
    """``added``; ``revision``, of another text; ``reread`` by a newer reader; ``skipped``, it was there; ``removed
    before``, it was taken out of the record; ``set aside``, its readers did not come through it; ``failed``, it can't
    be read."""
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
    published: str | None = None
    """The date of publication; null where it is not known."""
    warnings: tuple[str, ...] = ()
    """What was not understood of it, such as its date, or left out."""
    cause: str | None = None
    """Why it is not in the record."""
    removal: int | None = None
    """The number of the removal for which it is passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many reports became what."""

    added: int
    revision: int
    reread: int
    skipped: int
    copies: int
    """Of those that were written."""
    undated: int
    """Of those that were written: their date of publication is not known."""
    removed_before: int
    """Passed over: they were taken out of the record."""
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
MaybeWords = Annotated[str, Meta(max_length=20_000)]
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
    """Words of the report, pieces apart by `` … ``, that stand in one place."""
    source: MaybeWords | None = None
    """Words like that, for who says it; of several places the nearest to what is said. Empty for none."""
    cue: MaybeWords | None = None
    """The words of saying, as for ``source``."""
    source_spans: Spans | None = None
    """In the place of ``source``."""
    cue_spans: Spans | None = None
    """In the place of ``cue``."""
    content_spans: Spans | None = None
    """In the place of ``content``, where its words stand in several places."""
    cue_class: CueClass | None = None
    form: Form | None = None
    """Where it does not follow from the quotation marks."""
    modality: StatementModality | None = None
    """Whether it was said, will be, might be, or is denied to have been."""
    negated: bool | None = None
    """Whether the report says that it was not said."""
    who: Remark | None = None
    """Who says so."""
    why: Remark | None = None


class MissedGiven(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A statement that the reading missed: its content, and what is known of it."""

    content: Words | None = None
    """Words of the report, pieces apart by `` … ``, that stand in one place."""
    source: MaybeWords = ""
    """Words like that, for who says it; of several places the nearest to what is said. Empty for none."""
    cue: MaybeWords = ""
    """The words of saying, as for ``source``."""
    source_spans: Spans | None = None
    """In the place of ``source``."""
    cue_spans: Spans | None = None
    """In the place of ``cue``."""
    content_spans: Spans | None = None
    """In the place of ``content``, where its words stand in several places."""
    speaker: Annotated[list[Name], Meta(max_length=50)] = []
    """Names; without any the speaker is open, whatever the source."""
    cue_class: CueClass | None = None
    """Neutral, if not given."""
    who: Remark | None = None
    """Who says so."""
    why: Remark | None = None


class Remarks(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who says something over what was read, and why."""

    who: Remark | None = None
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
    MissedGiven,
    Remarks,
    Merge,
    Split,
)
"""All of them, with those of the contract and of the record."""


# ---- from the record to answers ------------------------------------------------------------------------------


def person_entry(person: Person) -> PersonEntry:
    """Return a person with the reports that it is in, up to :data:`MOST_REPORTS`."""
    same = {each.name: getattr(person, each.name) for each in fields(PersonSummary)}
    return PersonEntry(
        **same,
        found_in=person.found_in[:MOST_REPORTS],
        found_in_left_out=max(0, len(person.found_in) - MOST_REPORTS),
    )
