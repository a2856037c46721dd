"""The statements of a record as rows of a table: one row a statement, typed, read one report at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from onrecord.document import Span, ZoneKind
from onrecord.encoding import clean
from onrecord.errors import MissingExtra
from onrecord.reading import CueClass, Entity, Form, Statement, StatementModality
from onrecord.record.choosing import Kept, Standing, kept_readings
from onrecord.record.damage import translated
from onrecord.record.filtering import Filters
from onrecord.record.packing import day_of, words_of
from onrecord.record.speakernames import named_among, speaker_names

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_AT_ONCE: Final = 10_000
"""Rows of one Arrow batch: about 10 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """A statement with what its report says of itself. Unknown is None; several pieces of words are joined by ' … '."""

    statement: str
    """The record-wide id, for citing and correcting."""
    document: str
    outlet: str | None
    title: str | None
    address: str | None
    published: str | None
    """As the report says it: an ISO 8601 date, date and time, or part of a date."""
    date: date | None
    """The day of publication; None where it is not known to the day."""
    zone: ZoneKind
    speaker: str | None
    """As a heading: several names are one text."""
    speakers: tuple[str, ...]
    """Their names, one by one."""
    speaker_kinds: tuple[str, ...]
    """What each of them is, in their order: person, organization, unnamed, document ..."""
    speaker_sectors: tuple[str | None, ...]
    """The part of society that each acts as, where the report tells it: GOV, COP, MED ..."""
    speaker_ids: tuple[str | None, ...]
    """The record's id of each, as lists of people have it; None for whom only the report knows."""
    speaker_confidence: float | None
    speaker_open: str | None
    source: str | None
    cue: str | None
    content: str | None
    form: Form
    cue_class: CueClass
    negated: bool
    modality: StatementModality
    addressees: tuple[str, ...]
    """Names."""
    about: tuple[str, ...]
    """Names."""
    targets: tuple[str, ...]
    """Names."""
    within: str | None
    """The record-wide id of the statement that holds it."""
    continues: str | None
    said_on: str | None
    confidence: float
    source_spans: tuple[Span, ...]
    """Code points of the document's text."""
    cue_spans: tuple[Span, ...]
    content_spans: tuple[Span, ...]
    content_sha256: str | None
    """SHA-256 of the content's words in UTF-8, by which whoever has the report can tell that they are the same."""
    standing: Standing
    copy_of: str | None
    document_sha256: str
    """SHA-256 of the bytes that the report was read from."""
    reader: str
    model: str


def rows_of(kept: Kept, *, with_text: bool = True) -> Iterator[StatementRow]:
    """Yield a row for each statement; without text, the words of source, cue and content are None."""
    entities = {entity.id: entity for entity in kept.reading.entities}
    for statement in kept.reading.statements:
        yield _row(kept, statement, entities, with_text=with_text)


def _row(kept: Kept, statement: Statement, entities: dict[str, Entity], *, with_text: bool) -> StatementRow:
    document, reader = kept.reading.document, kept.reading.reader
    words = {
        part: words_of(document.text, getattr(statement, part)) if with_text else None
        for part in ("source", "cue", "content")
    }
    said_on = statement.said_on
    speaking = named_among(statement.speakers, entities)
    return StatementRow(
        statement=kept.ids[statement.id],
        document=document.id,
        outlet=kept.outlet,
        title=document.title,
        address=document.url,
        published=document.published,
        date=day_of(document.published),
        zone=statement.zone,
        speaker=statement.speaker_name,
        speakers=speaker_names(statement, entities),
        speaker_kinds=tuple(each.kind for each in speaking),
        speaker_sectors=tuple(each.sector for each in speaking),
        speaker_ids=tuple(map(kept.person_of, speaking)),
        speaker_confidence=statement.speaker_confidence,
        speaker_open=statement.speaker_open,
        source=words["source"],
        cue=words["cue"],
        content=words["content"],
        form=statement.form,
        cue_class=statement.cue_class,
        negated=statement.negated,
        modality=statement.modality,
        addressees=tuple(entities[each].name for each in statement.addressees),
        about=tuple(entities[each].name for each in statement.about),
        targets=tuple(entities[each].name for each in statement.targets),
        within=kept.ids.get(statement.within or ""),
        continues=kept.ids.get(statement.continues or ""),
        said_on=None if said_on is None else said_on.value,
        confidence=statement.confidence,
        source_spans=statement.source,
        cue_spans=statement.cue,
        content_spans=statement.content,
        content_sha256=hash_of(words_of(document.text, statement.content)),
        standing=kept.standing,
        copy_of=kept.copy_of,
        document_sha256=document.sha256,
        reader=reader.version,
        model=reader.model,
    )


def hash_of(words: str | None) -> str | None:
    """Return the SHA-256 of words in UTF-8 as hexadecimal; None for none."""
    return None if words is None else sha256(clean(words).encode()).hexdigest()


class Statements:
    """The rows of a record's statements, read when they are gone through, and again each time.

    Args:
        connection: of :func:`onrecord.record.opening.open_record`.
        path: the record's file, for messages.
        filters: what they are narrowed to.
        corrected: with corrections over what was read.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, filters: Filters, *, corrected: bool = True) -> None:
        self._connection = connection
        self._path = path
        self._filters = filters
        self._corrected = corrected

    def __iter__(self) -> Iterator[StatementRow]:
        with translated(self._path):
            for kept in kept_readings(self._connection, self._filters, corrected=self._corrected):
                yield from rows_of(kept)

    def to_arrow(self) -> pa.Table:
        """Return all rows as an Arrow table, which pandas, polars and DuckDB take without copying.

        Raises:
            MissingExtra: pyarrow is not installed.
        """
        arrow = load_pyarrow()
        return arrow.Table.from_batches(self.batches(), schema=arrow_schema())

    def batches(self, rows: int = ROWS_AT_ONCE) -> Iterator[pa.RecordBatch]:
        """Yield the rows as Arrow batches, for a record that is larger than the memory.

        Raises:
            MissingExtra: pyarrow is not installed.
        """
        return arrow_batches(iter(self), rows)


# ---- Arrow ---------------------------------------------------------------------------------------------------


def load_pyarrow() -> Any:
    """Return the module pyarrow.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        import pyarrow as pa  # 40 MB
    except ImportError as error:
        raise MissingExtra("Arrow tables need pyarrow", advice='install it: pip install "onrecord[tables]"') from error
    return pa


def arrow_schema() -> pa.Schema:
    """Return the columns of the rows: names as in :class:`StatementRow`, spans as lists of ``start`` and ``end``."""
    arrow = load_pyarrow()
    return arrow.schema([arrow.field(each.name, _arrow_type(arrow, str(each.type))) for each in fields(StatementRow)])


def _arrow_type(arrow: Any, declared: str) -> Any:
    span = arrow.struct([("start", arrow.int32()), ("end", arrow.int32())])
    kinds: dict[str, Callable[[], Any]] = {
        "float": arrow.float64,
        "float | None": arrow.float64,
        "bool": arrow.bool_,
        "date | None": arrow.date32,
        "tuple[str, ...]": lambda: arrow.list_(arrow.string()),
        "tuple[str | None, ...]": lambda: arrow.list_(arrow.string()),
        "tuple[Span, ...]": lambda: arrow.list_(span),
    }
    return kinds.get(declared, arrow.string)()


def arrow_batches(rows: Iterator[StatementRow], size: int = ROWS_AT_ONCE) -> Iterator[pa.RecordBatch]:
    """Yield rows as Arrow batches of at most ``size`` rows."""
    arrow, schema = load_pyarrow(), arrow_schema()
    while several := list(islice(rows, size)):
        columns = [
            arrow.array([_arrow_value(getattr(row, field.name)) for row in several], type=field.type)
            for field in schema
        ]
        yield arrow.record_batch(columns, schema=schema)


def _arrow_value(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if isinstance(value, tuple):
        return [_arrow_value(each) for each in value]
    return value
