"""A reading to rows of tables: documents, statements, entities, events, amounts; typed, the same columns in each file.

The columns of statements and events are those of ``onrecord export``, without what only a record knows (copies,
revisions, who is who). All tables have ``document``, and lie in folders by ``year`` and ``month`` of publication.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

from onrecord.document import Span
from onrecord.encoding import clean
from onrecord.exports.recordevents import events_of
from onrecord.reading import ReadingRecord, from_json
from onrecord.record.choosing import Kept
from onrecord.record.ids import ids_of
from onrecord.record.packing import day_of, words_of
from onrecord.record.statements import arrow_schema, load_pyarrow, rows_of

if TYPE_CHECKING:
    import pyarrow as pa

Month = tuple[int | None, int | None]
"""Year and month of publication, None where they are not known."""
Rows = list[dict[str, Any]]
TABLES: Final = ("documents", "statements", "entities", "events", "amounts")
OF_A_RECORD: Final = ("speaker_ids", "standing", "copy_of")
"""Columns of a record's statements that an archive can't tell."""
PLACES: Final = 1_000_000_000
"""Positions that a shard has room for."""


def month_of(published: str | None) -> Month:
    """Return the year and the month of a date of publication, as far as it tells them.

    >>> month_of("2024-05-02T10:00:00Z"), month_of("2024"), month_of(None)
    ((2024, 5), (2024, None), (None, None))
    """
    words = published or ""
    year, month = words[:4], words[5:7]
    if not (len(year) == 4 and year.isascii() and year.isdecimal() and words[4:5] in {"", "-"}):
        return None, None
    known = words[4:5] == "-" and len(month) == 2 and month.isascii() and month.isdecimal() and 1 <= int(month) <= 12
    return int(year), int(month) if known else None


def folder_of(month: Month) -> str:
    """Return the folders of a month, in the form that DuckDB, Spark, polars and pandas read as two columns.

    >>> folder_of((2024, 5)), folder_of((None, None))
    ('year=2024/month=05', 'year=__HIVE_DEFAULT_PARTITION__/month=__HIVE_DEFAULT_PARTITION__')
    """
    year, number = month
    nothing = "__HIVE_DEFAULT_PARTITION__"  # what all of them read as null
    return f"year={nothing if year is None else f'{year:04d}'}/month={nothing if number is None else f'{number:02d}'}"


# ---- rows ----------------------------------------------------------------------------------------------------


def to_rows(record: ReadingRecord, position: int) -> dict[str, Rows]:
    """Return what goes into each table of one reading; ``position`` is its place in the order of the inputs."""
    kept = _keep(record)
    return {
        "documents": [_document(record, position)],
        "statements": [_statement(row) for row in rows_of(kept)],
        "entities": list(_entities(record)),
        "events": [_plain(row) for row in events_of(kept)],
        "amounts": list(_amounts(record, kept.ids)),
    }


def _keep(record: ReadingRecord) -> Kept:
    return Kept(
        reading=record,
        ids=ids_of(record.document.id, record.statements),
        outlet=record.document.outlet,
        standing="counts",
        copy_of=None,
        people={},
    )


def _plain(row: Any) -> dict[str, Any]:
    return {name: _value(getattr(row, name)) for name in row.__slots__}


def _statement(row: Any) -> dict[str, Any]:
    return {name: value for name, value in _plain(row).items() if name not in OF_A_RECORD}


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    return value


def _document(record: ReadingRecord, position: int) -> dict[str, Any]:
    document, reader = record.document, record.reader
    return {
        "document": document.id,
        "title": _value(document.title),
        "outlet": _value(document.outlet),
        "address": _value(document.url),
        "published": _value(document.published),
        "date": day_of(document.published),
        "published_from": document.published_from,
        "authors": _value(document.authors),
        "language": document.language,
        "section": _value(document.section),
        "text": clean(document.text),
        "statements": len(record.statements),
        "entities": len(record.entities),
        "events": len(record.events),
        "zones": [{"kind": each.kind, "start": each.start, "end": each.end} for each in document.zones],
        "warnings": _value(document.warnings),
        "extra": clean(json.dumps(document.extra, ensure_ascii=False)),
        "origin": _value(document.origin),
        "sha256": document.sha256,
        "method": document.method,
        "charset": _value(document.charset),
        "reader": reader.version,
        "model": reader.model,
        "position": position,
        "reading": msgspec.json.encode(
            replace(record, document=replace(document, text="", extra={}))  # which have columns of their own
        ).decode(),
    }


def _entities(record: ReadingRecord) -> Iterator[dict[str, Any]]:
    said, told = _counted(record, "speakers"), _counted(record, "about")
    for entity in record.entities:
        yield {
            "document": record.document.id,
            "entity": entity.id,
            "name": _value(entity.name),
            "kind": entity.kind,
            "aliases": _value(entity.aliases),
            "roles": [_value(each.words) for each in entity.roles],
            "country": entity.country,
            "sector": entity.sector,
            "says": said.get(entity.id, 0),
            "about": told.get(entity.id, 0),
            "mentions": [_value(each.span) for each in entity.mentions],
            "outlet": _value(record.document.outlet),
            "published": _value(record.document.published),
            "date": day_of(record.document.published),
        }


def _counted(record: ReadingRecord, part: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for statement in record.statements:
        for entity in getattr(statement, part):
            counts[entity] = counts.get(entity, 0) + 1
    return counts


def _amounts(record: ReadingRecord, ids: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    text = record.document.text
    for amount in record.amounts:
        yield {
            "document": record.document.id,
            "kind": amount.kind,
            "value": amount.value,
            "upper": amount.upper,
            "unit": amount.unit,
            "approximate": amount.approximate,
            "bound": amount.bound,
            "harm": amount.harm,
            "words": _value(words_of(text, (amount.span,))),
            "of": None if amount.of is None else _value(words_of(text, (amount.of,))),
            "claimed_in": ids.get(amount.claimed_in or ""),
            "span": _value(amount.span),
            "outlet": _value(record.document.outlet),
            "published": _value(record.document.published),
            "date": day_of(record.document.published),
        }


# ---- back ----------------------------------------------------------------------------------------------------


def from_row(reading: str, text: str, extra: str) -> ReadingRecord:
    """Return the reading that a row of ``documents`` was made of.

    Raises:
        msgspec.ValidationError: the columns were not made by this version.
    """
    record = from_json(reading)
    return replace(record, document=replace(record.document, text=text, extra=json.loads(extra)))


# ---- files ---------------------------------------------------------------------------------------------------


@cache
def schema_of(table: str) -> pa.Schema:
    """Return the columns of a table."""
    arrow = load_pyarrow()
    if table == "statements":
        return arrow.schema([field for field in arrow_schema() if field.name not in OF_A_RECORD])
    return arrow.schema([arrow.field(name, kind) for name, kind in _columns(arrow)[table].items()])


def _columns(arrow: Any) -> dict[str, dict[str, Any]]:
    words, many, number, share = arrow.string(), arrow.list_(arrow.string()), arrow.int32(), arrow.float64()
    span = arrow.struct([("start", number), ("end", number)])
    day = arrow.date32()
    zone = arrow.struct([("kind", words), ("start", number), ("end", number)])
    return {
        "documents": {
            "document": words, "title": words, "outlet": words, "address": words, "published": words, "date": day,
            "published_from": words, "authors": many, "language": words, "section": words, "text": words,
            "statements": number, "entities": number, "events": number, "zones": arrow.list_(zone), "warnings": many,
            "extra": words, "origin": words, "sha256": words, "method": words, "charset": words, "reader": words,
            "model": words, "position": arrow.int64(), "reading": words,
        },
        "entities": {
            "document": words, "entity": words, "name": words, "kind": words, "aliases": many, "roles": many,
            "country": words, "sector": words, "says": number, "about": number, "mentions": arrow.list_(span),
            "outlet": words, "published": words, "date": day,
        },
        "events": {
            "date": words, "actor": many, "type": words, "recipient": many, "claimed_by": words, "claimed_in": words,
            "trigger": words, "sentence": words, "mode": words, "modality": words, "place": words, "country": words,
            "confidence": share, "outlet": words, "published": words, "address": words, "document": words,
            "trigger_span": arrow.list_(span), "sentence_span": arrow.list_(span), "event": words,
            "actor_sectors": many, "actor_countries": many, "recipient_sectors": many, "recipient_countries": many,
            "told": number, "reader": words, "model": words,
        },
        "amounts": {
            "document": words, "kind": words, "value": share, "upper": share, "unit": words,
            "approximate": arrow.bool_(), "bound": words, "harm": words, "words": words, "of": words,
            "claimed_in": words, "span": span, "outlet": words, "published": words, "date": day,
        },
    }  # fmt: skip


def write_groups(table: str, groups: Sequence[Rows]) -> bytes:
    """Return a Parquet file with a row group for each list of rows."""
    arrow = load_pyarrow()
    target = io.BytesIO()
    with parquet_writer(target, table) as writer:
        for rows in groups:
            writer.write_table(arrow.Table.from_pylist(rows, schema=schema_of(table)))
    return target.getvalue()


def parquet_writer(target: Any, table: str) -> Any:
    """Return a writer whose files depend on their rows alone."""
    from pyarrow import parquet

    return parquet.ParquetWriter(target, schema_of(table), compression="zstd", compression_level=3, version="2.6")
