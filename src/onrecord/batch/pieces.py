"""A piece of an input to its reports, by the functions of ``onrecord add``, with the origins of the whole input."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO, Final

from onrecord.batch.cutting import Piece
from onrecord.batch.inputs import Input
from onrecord.batch.places import find_place, is_damage
from onrecord.document import Document
from onrecord.errors import DamagedSource, EmptySource, NoArticle, SourceError
from onrecord.ingest.inflating import STEP, PieceReader, readable, undo_gzip_layers
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.parsing import Parser
from onrecord.ingest.reports import SourceReader
from onrecord.settings import Settings

# What the reader takes a piece for: it tells kinds by names.
_NAMES: Final = {"jsonl": "piece.jsonl", "parquet": "piece.jsonl", "warc": "piece.warc"}
_PLACE: Final = re.compile(r"piece\.(?:jsonl|warc)(?::(\d{1,19})(\+\d{1,19})?)?")
_ROWS: Final = 256
"""Rows taken out of Parquet at a time."""


def read_piece(
    piece: Piece, input: Input, *, options: ReadOptions, parser: Parser, settings: Settings
) -> Iterator[Document | SourceError]:
    """Yield the reports of a piece, and what of it can't be read, as reading its whole input would.

    Raises:
        OSError: the input is gone, or its store does not answer.
    """
    reader = SourceReader(options=options, parser=parser, settings=settings)
    base = piece.first if input.kind == "jsonl" else piece.start
    is_part = bool(piece.start) or piece.stop is not None
    with ExitStack() as files:
        try:
            stream = _open(piece, input, settings, files)
            for found in reader.read_stream(stream, name=_NAMES.get(input.kind, input.name)):
                # A part without reports is nothing to be told of: its other parts have some, or say the same.
                if not (is_part and isinstance(found, EmptySource | NoArticle) and _is_whole(found)):
                    yield _moved(found, input.name, base)
        except SourceError as error:
            yield _moved(error, input.name, base)


def _open(piece: Piece, input: Input, settings: Settings, files: ExitStack) -> BinaryIO:
    """Return a stream of the piece alone."""
    stream = files.enter_context(find_place(input.name).open())
    if input.kind == "report":
        return stream
    if input.kind == "parquet":
        return readable_rows(stream, piece, input)
    if input.packed and input.kind == "jsonl":
        unpacked = undo_gzip_layers(readable(stream), settings=settings, where=input.name)
        return io.BufferedReader(PieceReader(_between(unpacked, piece.start, piece.stop)), STEP)
    stop = input.size if piece.stop is None else piece.stop
    return io.BufferedReader(Window(stream, piece.start, stop), STEP)


class Window(io.RawIOBase):
    """A run of an open file as a file of its own, which can be wound back."""

    def __init__(self, stream: BinaryIO, start: int, stop: int) -> None:
        self._stream = stream
        self._start = start
        self._size = stop - start
        self._at = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be wound back."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; return it."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """Return the place."""
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # what io gives
        """Give as many bytes as the buffer takes and the window has left."""
        self._stream.seek(self._start + self._at)
        read = self._stream.read(max(0, min(len(buffer), self._size - self._at)))
        buffer[: len(read)] = read
        self._at += len(read)
        return len(read)


def _between(stream: BinaryIO, start: int, stop: int | None) -> Iterator[bytes]:
    """Yield the bytes of a stream from one place to another, what lies before them thrown away."""
    at = 0
    while at < start:
        at += len(stream.read(min(STEP, start - at)) or b" " * (start - at))
    while piece := stream.read(STEP if stop is None else min(STEP, stop - at)):
        at += len(piece)
        yield piece


# ---- rows ----------------------------------------------------------------------------------------------------


def readable_rows(stream: BinaryIO, piece: Piece, input: Input) -> BinaryIO:
    """Return rows of Parquet as JSON Lines."""
    return io.BufferedReader(PieceReader(_lines(stream, piece, input)), STEP)


def _lines(stream: BinaryIO, piece: Piece, input: Input) -> Iterator[bytes]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        for rows in _batches(parquet.ParquetFile(stream), piece.start, piece.stop):
            for row in _rows_of(rows):
                yield json.dumps(row, default=_written, ensure_ascii=True).encode() + b"\n"
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and not is_damage(error):
            raise
        raise DamagedSource("the Parquet file is broken", where=input.name, advice="get the file again") from error


def _batches(file: Any, start: int, stop: int | None) -> Iterator[Any]:
    """Yield the rows from one place to another, of the row groups that hold them."""
    at = 0
    for number in range(file.num_row_groups):
        end = at + file.metadata.row_group(number).num_rows
        if end > start and (stop is None or at < stop):
            for rows in file.iter_batches(batch_size=_ROWS, row_groups=[number]):
                first, last = max(0, start - at), len(rows) if stop is None else min(len(rows), stop - at)
                if first < last:
                    yield rows.slice(first, last - first)
                at += len(rows)
        at = end


def _rows_of(rows: Any) -> Iterator[dict[str, Any]]:
    """Yield rows as Python has them; a value that it has no form for, such as a day in the year 30000, as its words."""
    try:
        yield from rows.to_pylist()
    except (ValueError, OverflowError, LookupError):  # years, bytes that are no UTF-8, time zones; no row is out yet
        names, columns = rows.schema.names, rows.columns
        for at in range(len(rows)):
            yield {name: _value_of(column[at]) for name, column in zip(names, columns, strict=True)}


def _value_of(scalar: Any) -> Any:
    import pyarrow as pa

    try:
        return scalar.as_py()
    except (ValueError, OverflowError, LookupError):
        if isinstance(scalar, pa.StringScalar | pa.LargeStringScalar):
            return scalar.as_buffer().to_pybytes()
        try:
            return scalar.cast(pa.string()).as_py()
        except (pa.ArrowException, ValueError):
            return None


def _written(value: Any) -> Any:
    """Return as JSON what it has no form for."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return float(value) if isinstance(value, Decimal) else str(value)


# ---- origins -------------------------------------------------------------------------------------------------


def _is_whole(error: SourceError) -> bool:
    return ":" not in error.where


def _moved(found: Document | SourceError, name: str, base: int) -> Document | SourceError:
    """Return a report or an error with the place that it has in the whole input."""
    if isinstance(found, SourceError):
        found.where = place_in(found.where, name, base) if found.where else name
        return found
    return replace(found, provenance=replace(found.provenance, origin=place_in(found.provenance.origin, name, base)))


def place_in(origin: str, name: str, base: int) -> str:
    """Return a place in a piece as one in its input, in which ``base`` lines or bytes lie before the piece.

    >>> place_in("piece.jsonl:3", "news.jsonl", 70), place_in("piece.warc:0+2", "a:b.warc.gz", 9)
    ('news.jsonl:73', 'a:b.warc.gz:9+2')
    """
    found = _PLACE.fullmatch(origin)
    if found is None:
        return origin
    return name if found[1] is None else f"{name}:{base + int(found[1])}{found[2] or ''}"
