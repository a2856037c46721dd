"""Where large inputs are cut: always at the same places, by what they hold and by nothing else.

A piece begins where a line, a record or a row does, and knows the number of its first, so that a report's origin is the
same as if the input were read from its beginning. A web archive is walked member by member from its start: bytes inside
a page that look like a record must not become one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from onrecord.batch.inputs import Input, Kind
from onrecord.batch.places import find_place, is_damage, reason_of, unavailable
from onrecord.errors import SourceError
from onrecord.ingest.inflating import GZIP_MAGIC, STEP, gunzip_member, readable, undo_gzip_layers
from onrecord.settings import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST: Final = 262_144
"""Bytes of text to a shard, at least: about 70 reports, a quarter of a minute."""
MOST: Final = 4_194_304
"""Bytes of text to a shard, at most: what a kill costs is read again, four minutes."""
SHARDS: Final = 256
"""A run has about so many shards where those two let it: enough that no worker waits for another at the end."""
DENSITY: Final[dict[Kind, int]] = {"jsonl": 1, "parquet": 1, "warc": 8, "report": 4}
"""Bytes of an input to a byte of text, about: pages are mostly markup."""
MOST_FILES: Final = 200
"""Whole files to a shard."""
SCAN: Final = 67_108_864
"""Bytes of a file of lines that are looked through at once."""
PIECES: Final = 32
"""Pieces of a packed file of lines, or of one row group: each is unpacked from the beginning, which is 10,000 times
faster than reading, but not free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of an input: bytes of lines or records, or rows."""

    input: int
    """Which of the inputs."""
    start: int
    stop: int | None
    """None for the end, wherever it is."""
    first: int = 0
    """How many lines lie before it."""
    weight: int
    """How much text is in it, in bytes, about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A part of a large input in which places to cut are looked for."""

    input: int
    start: int
    stop: int


def grain(inputs: Iterable[Input]) -> int:
    """Return the bytes of text that a shard is to have.

    >>> grain([Input(name="a.jsonl", kind="jsonl", size=10**9, mark="")])
    3906250
    """
    return min(MOST, max(LEAST, sum(weight_of(each) for each in inputs) // SHARDS))


def weight_of(input: Input) -> int:
    """Return how much text an input holds, in bytes, about."""
    unpacked = 4 if input.packed and input.kind == "jsonl" else 1
    return unpacked * input.size // DENSITY[input.kind] + 1


def plan_scans(inputs: Sequence[Input], size: int) -> list[Scan]:
    """Return what has to be looked through before the inputs can be cut to shards of ``size`` bytes of text."""
    scans = []
    for number, each in enumerate(inputs):
        if weight_of(each) <= size or not is_cut(each):
            continue
        step = SCAN if each.kind == "jsonl" and not each.packed else each.size
        scans += [
            Scan(input=number, start=start, stop=min(start + step, each.size)) for start in range(0, each.size, step)
        ]
    return scans


def is_cut(input: Input) -> bool:
    """Tell whether an input can be cut at all."""
    return input.kind in {"jsonl", "parquet"} or (input.kind == "warc" and input.packed)


def scan(input: Input, part: Scan, size: int) -> list[tuple[int, int]]:
    """Return places where an input may be cut: offsets, with the number of lines between the part's start and there.

    The last is the part's end. What is damaged is cut nowhere from there on: who reads it says why.

    Raises:
        Unreachable: the input is gone, or its store does not answer.
    """
    try:
        with find_place(input.name).open() as stream:
            return list(_cuts(stream, input, part, size))
    except (SourceError, ValueError):
        return [(input.size, 0)]
    except OSError as error:
        if is_damage(error):
            return [(input.size, 0)]
        raise unavailable(input.name, reason_of(error)) from error


def _cuts(stream: BinaryIO, input: Input, part: Scan, size: int) -> Iterable[tuple[int, int]]:
    if input.kind == "parquet":
        return [*((start, 0) for start in _row_cuts(stream, size)), (input.size, 0)]
    if input.kind == "warc":
        cuts = _member_cuts(stream, input.size, size * DENSITY["warc"])
        return [*((start, 0) for start in cuts), (input.size, 0)]
    if input.packed:
        unpacked = undo_gzip_layers(readable(stream), settings=DEFAULTS, where=input.name)
        return _thinned(list(_line_cuts(unpacked, 0, None, size)))
    stream.seek(part.start)
    return _line_cuts(stream, part.start, part.stop, size)


def _line_cuts(stream: BinaryIO, start: int, stop: int | None, size: int) -> Iterator[tuple[int, int]]:
    """Yield the beginning of the first line behind each multiple of ``size``, with the lines before it."""
    at, lines, wanted = start, 0, start + size
    while piece := stream.read(STEP if stop is None else min(STEP, stop - at)):
        done = 0
        while wanted < at + len(piece):
            end = piece.find(b"\n", max(wanted - at - 1, done)) + 1
            if not end:
                break
            lines += piece.count(b"\n", done, end)
            done = end
            yield at + end, lines
            wanted = at + end + size
        lines += piece.count(b"\n", done)
        at += len(piece)
    yield at, lines


def _member_cuts(stream: BinaryIO, whole: int, size: int) -> Iterator[int]:
    """Yield where gzip members begin, the first behind each ``size`` bytes; none after a place that is damaged."""
    last = 0
    try:
        while (at := stream.tell()) < whole:
            if at - last >= size:
                yield at
                last = at
            if stream.read(2) != GZIP_MAGIC:
                return
            stream.seek(at)
            for _ in gunzip_member(stream, where=""):
                pass
    except SourceError:
        return


def _row_cuts(stream: BinaryIO, size: int) -> Iterator[int]:
    """Yield the first rows of pieces, in proportion to the row groups' bytes."""
    from pyarrow import parquet

    metadata, row = parquet.ParquetFile(stream).metadata, 0
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        pieces = max(1, min(PIECES, group.total_byte_size // size, group.num_rows))
        yield from (row + group.num_rows * piece // pieces for piece in range(pieces) if row or piece)
        row += group.num_rows


def _thinned(cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    step = -(-len(cuts) // PIECES)
    return [*cuts[step - 1 : -1 : step], cuts[-1]] if step > 1 else cuts


def cut(inputs: Sequence[Input], found: Iterable[tuple[Scan, Sequence[tuple[int, int]]]]) -> list[Piece]:
    """Return the pieces of all inputs, in their order.

    Args:
        inputs: all of them.
        found: what :func:`scan` found in each part of those that were looked through, in any order.
    """
    cuts: dict[int, list[tuple[int, int]]] = {}
    lines: dict[int, int] = {}
    for part, places in sorted(found, key=lambda each: (each[0].input, each[0].start)):
        before, (end, count) = lines.get(part.input, 0), places[-1]
        known = cuts.setdefault(part.input, [])
        last = end == max(inputs[part.input].size, end)
        known += [(offset, before + number) for offset, number in places[:-1] if offset < end or not last]
        lines[part.input] = before + count
    return [piece for number, each in enumerate(inputs) for piece in _pieces(number, each, cuts.get(number, []))]


def _pieces(number: int, input: Input, cuts: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    starts = [(0, 0), *cuts]
    weight = weight_of(input) // len(starts)
    for (start, first), (stop, _) in zip(starts, [*cuts, (None, 0)], strict=True):
        yield Piece(input=number, start=start, stop=stop, first=first, weight=weight)


def pack(pieces: Iterable[Piece], size: int) -> Iterator[tuple[Piece, ...]]:
    """Yield the pieces of each shard: a large one alone, small ones together, in their order."""
    shard: list[Piece] = []
    weight = 0
    for piece in pieces:
        if shard and (weight + piece.weight > size or len(shard) == MOST_FILES):
            yield tuple(shard)
            shard, weight = [], 0
        shard.append(piece)
        weight += piece.weight
    if shard:
        yield tuple(shard)
