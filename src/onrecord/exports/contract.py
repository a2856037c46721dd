"""JSON Lines: the contract itself, one reading a line; or, without text, the same with hashes in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from onrecord.document import Span
from onrecord.encoding import clean_value, encode
from onrecord.exports.formats import Options
from onrecord.reading import SCHEMA
from onrecord.record.choosing import Kept
from onrecord.record.statements import hash_of

WITHOUT_TEXT: Final = f"{SCHEMA}+without-text"
"""The ``schema`` of a line without text, which is not the contract: ``onrecord.reading.from_json`` refuses it."""


def lines(readings: Iterable[Kept], options: Options) -> Iterator[bytes]:
    """Yield a line for each reading."""
    for kept in readings:
        yield (encode(kept.reading) if options.with_text else _encode_without_text(kept)) + b"\n"


def _encode_without_text(kept: Kept) -> bytes:
    """Leave the text out, fields of the input that may hold it, and messages that may quote it."""
    text = kept.text
    line = clean_value(msgspec.to_builtins(kept.reading))
    line["schema"] = WITHOUT_TEXT
    document = line["document"]
    document |= {"text": None, "text_sha256": hash_of(text), "text_length": len(text), "extra": {}}
    for statement, told in zip(kept.reading.statements, line["statements"], strict=True):
        told["id_in_record"] = kept.ids[statement.id]
        told["sha256"] = {part: _hashes(text, getattr(statement, part)) for part in ("source", "cue", "content")}
    line["checks"] = [
        {name: each[name] for name in ("kind", "severity", "span") if name in each} for each in line["checks"]
    ]
    return msgspec.json.encode(line)


def _hashes(text: str, spans: Iterable[Span]) -> list[str | None]:
    return [hash_of(span.of(text)) for span in spans]
