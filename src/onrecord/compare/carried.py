"""The statements of a report as they are compared with those of others, from a record or read on the spot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.compare.sketches import TOLD
from onrecord.document import Span, ZoneKind
from onrecord.reading import (
    CueClass,
    DocumentRecord,
    Form,
    Reading,
    ReadingRecord,
    Statement,
    StatementModality,
    to_record,
)
from onrecord.record.choosing import Kept, all_spans
from onrecord.record.fragments import link_to
from onrecord.record.ids import ids_of
from onrecord.record.packing import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One statement as a report has it."""

    report: int
    """Which of the compared reports, from 0."""
    place: int
    """Which of its report's statements, from 1, by where the content stands."""
    statement: str
    """The record-wide id, also of a report that is in no record."""
    speaker: str | None
    """None where the report leaves it open."""
    source: str
    cue: str
    """The words that say that it was said; empty where a quotation goes on without any."""
    words: str
    """What was said, with its quotation marks; pieces joined by an ellipsis."""
    cue_class: CueClass
    form: Form
    zone: ZoneKind
    modality: StatementModality
    negated: bool
    within: str | None
    """The record-wide id of the statement whose content holds this one: speech reported inside speech."""
    link: str | None
    """The report's address with a text fragment that leads to the words; None without an address of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report to compare."""

    document: str
    """The contract's ``document.id``."""
    title: str | None
    outlet: str | None
    published: str | None
    address: str | None
    copy_of: str | None
    """The report of the record that it repeats."""
    is_in_record: bool
    text: str
    taken: tuple[Span, ...]
    """Where the text is not the outlet's own voice: sources, cues and contents."""
    spoken: tuple[Span, ...]
    """Where the text tells something at all: headline, standfirst, captions, body."""
    statements: tuple[Carried, ...]
    """By their place."""


def from_record(kept: Kept, number: int) -> Report:
    """Return a report of a record, with the corrections that stand."""
    return _report(kept.reading, kept.ids, number, outlet=kept.outlet, copy_of=kept.copy_of, is_in_record=True)


def from_reading(reading: Reading, number: int) -> Report:
    """Return a report that was read on the spot."""
    record = to_record(reading)
    ids = ids_of(record.document.id, record.statements)
    return _report(record, ids, number, outlet=record.document.outlet, copy_of=None, is_in_record=False)


def _report(
    reading: ReadingRecord,
    ids: Mapping[str, str],
    number: int,
    *,
    outlet: str | None,
    copy_of: str | None,
    is_in_record: bool,
) -> Report:
    document = reading.document
    ordered = sorted((each for each in reading.statements if each.content), key=lambda each: (each.content, each.id))
    return Report(
        document=document.id,
        title=document.title,
        outlet=outlet,
        published=document.published,
        address=document.url,
        copy_of=copy_of,
        is_in_record=is_in_record,
        text=document.text,
        taken=tuple(sorted(span for each in reading.statements for _, span in all_spans(each))),
        spoken=tuple(Span(zone.start, zone.end) for zone in document.zones if zone.kind in TOLD)
        or (Span(0, len(document.text)),),
        statements=tuple(
            _carried(document, each, ids, report=number, place=place) for place, each in enumerate(ordered, 1)
        ),
    )


def _carried(
    document: DocumentRecord, statement: Statement, ids: Mapping[str, str], *, report: int, place: int
) -> Carried:
    text = document.text
    return Carried(
        report=report,
        place=place,
        statement=ids[statement.id],
        speaker=statement.speaker_name,
        source=words_of(text, statement.source) or "",
        cue=words_of(text, statement.cue) or "",
        words=words_of(text, statement.content) or "",
        cue_class=statement.cue_class,
        form=statement.form,
        zone=statement.zone,
        modality=statement.modality,
        negated=statement.negated,
        within=ids.get(statement.within or ""),
        link=link_to(document.url, text, statement.content),
    )
