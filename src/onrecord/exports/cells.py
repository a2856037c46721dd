"""Cells that a spreadsheet shows and does not run, and the rows of the tables for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final, cast

from onrecord.document import Span
from onrecord.exports.formats import Options
from onrecord.exports.selectors import words_at
from onrecord.record.choosing import Kept
from onrecord.record.packing import clean
from onrecord.record.statements import StatementRow, rows_of

# What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"), with the full-width forms that Excel
# takes so too, and what it skips before one; after apostrophes, so that what is escaped can be told from what was so.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_ESCAPED: Final = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def safe(words: str) -> str:
    """Put an apostrophe before words that a spreadsheet would run as a formula.

    >>> safe("=1+1"), safe("'=1"), safe("one = 1")
    ("'=1+1", "''=1", 'one = 1')
    """
    return f"'{words}" if _FORMULA.match(words) else words


def unsafe(cell: str) -> str:
    """Return the words that :func:`safe` was given.

    >>> unsafe("'=1+1"), unsafe("''=1"), unsafe("'tis")
    ('=1+1', "'=1", "'tis")
    """
    return cell[1:] if _ESCAPED.match(cell) else cell


def cell(value: Any) -> str | float | bool | date | None:
    """Return a value as a cell: words made safe, spans as ``start:end``, names joined by ``; ``."""
    if isinstance(value, tuple):
        spans = all(isinstance(each, Span) for each in value)
        value = " ".join(f"{start}:{end}" for start, end in value) if spans else "; ".join(value)
    if isinstance(value, str):
        return safe(clean(value)) or None
    return cast("float | bool | date | None", value)


def table(readings: Iterable[Kept], options: Options) -> Iterator[list[Any]]:
    """Yield the names of the columns, then the rows, of statements or of events."""
    row_type = EventRow if options.what == "events" else StatementRow
    names = [each.name for each in fields(row_type)]
    yield names
    for kept in readings:
        for row in _rows(kept, options):
            yield [cell(getattr(row, name)) for name in names]


def _rows(kept: Kept, options: Options) -> Iterator[StatementRow] | Iterator[EventRow]:
    if options.what == "events":
        return event_rows(kept, with_text=options.with_text)
    return rows_of(kept, with_text=options.with_text)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event with the names of those who take part in it."""

    date: str | None
    """When it happened; None where the report does not say."""
    actor: tuple[str, ...]
    type: str
    recipient: tuple[str, ...]
    claimed_by: str | None
    """The speaker of the statement that asserts it; None where the outlet does so in its own voice, or names nobody."""
    claimed_in: str | None
    """The record-wide id of that statement; None where the outlet says it in its own voice."""
    trigger: str | None
    sentence: str | None
    mode: str | None
    modality: str
    place: str | None
    country: str | None
    confidence: float
    outlet: str | None
    published: str | None
    address: str | None
    document: str
    trigger_span: tuple[Span, ...]
    sentence_span: tuple[Span, ...]


def event_rows(kept: Kept, *, with_text: bool = True) -> Iterator[EventRow]:
    """Yield a row for each event; without text, trigger and sentence are None."""
    reading, text = kept.reading, kept.text
    names = {entity.id: entity.name for entity in reading.entities}
    speakers = {statement.id: statement.speaker_name for statement in reading.statements}
    for event in reading.events:
        yield EventRow(
            date=None if event.when is None else event.when.value,
            actor=tuple(names[each] for each in event.actors),
            type=event.type,
            recipient=tuple(names[each] for each in event.recipients),
            claimed_by=speakers.get(event.claimed_in or ""),
            claimed_in=kept.ids.get(event.claimed_in or ""),
            trigger=words_at(text, event.trigger) if with_text else None,
            sentence=words_at(text, event.span) if with_text else None,
            mode=event.mode,
            modality=event.modality,
            place=None if event.where is None else event.where.name,
            country=None if event.where is None else event.where.country,
            confidence=event.confidence,
            outlet=kept.outlet,
            published=reading.document.published,
            address=reading.document.url,
            document=reading.document.id,
            trigger_span=(event.trigger,),
            sentence_span=(event.span,),
        )
