"""Shards to tables: for each month one part after the other, in the order of the inputs, each report once.

What goes into which part is told from the marks of the shards, before anything is moved: the same parts of the same
bytes, in whatever order, and by however many, they are written.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from onrecord.batch.places import find_place
from onrecord.batch.plan import Homes, Shard
from onrecord.batch.shards import Mark, order_of
from onrecord.batch.tables import TABLES, Month, folder_of, parquet_writer, schema_of
from onrecord.record.statements import load_pyarrow

PART_ROWS: Final[dict[str, int]] = {
    "documents": 20_000, "statements": 200_000, "entities": 200_000, "events": 200_000, "amounts": 200_000
}  # fmt: skip
"""Rows to a file, about: 100 MB of text, some tens of megabytes in Parquet."""
GROUP_BYTES: Final = 33_554_432
"""Bytes in memory of a row group, about."""
SHARE_ROWS: Final = 5_000_000
"""Reports that are looked through at once for those that stand there twice, about: 400 MB of ids."""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """The row group of one month in a shard's file of a table."""

    shard: Shard
    group: int
    rows: int


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """Some of the reports of all shards, whatever their month."""

    cells: tuple[Cell, ...]
    """Of documents, in the order of the shards."""
    rest: int
    """What their ids leave when they are divided by ``shares``."""
    shares: int


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the output."""

    table: str
    month: Month
    number: int
    cells: tuple[Cell, ...]
    repeated: tuple[tuple[str, ...], ...] = ()
    """For each cell, the reports that an earlier shard has already."""

    @property
    def path(self) -> str:
        """Its name below the output folder."""
        return f"{self.table}/{folder_of(self.month)}/part-{self.number:05d}.parquet"


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the output as it is on the disk."""

    path: str
    rows: int
    bytes: int
    sha256: str


def cells_of(shards: Sequence[Shard], marks: Sequence[Mark]) -> dict[tuple[str, Month], list[Cell]]:
    """Return where the rows of each table and month lie, in the order of the shards; months in order."""
    found: dict[tuple[str, Month], list[Cell]] = {}
    for shard, mark in zip(shards, marks, strict=True):
        for table in TABLES:
            group = 0
            for month, rows in zip(mark.months, mark.rows[table], strict=True):
                if rows:
                    found.setdefault((table, month), []).append(Cell(shard=shard, group=group, rows=rows))
                    group += 1
    tables = {table: place for place, table in enumerate(TABLES)}
    return dict(sorted(found.items(), key=lambda each: (tables[each[0][0]], order_of(each[0][1]))))


def plan_shares(cells: Mapping[tuple[str, Month], Sequence[Cell]]) -> list[Share]:
    """Return what is looked through for reports that stand in several shards: all of them, some at once.

    A share has the reports whose ids leave the same rest, of whatever month: the same text under the same address may
    have another date the second time.
    """
    documents = [cell for (table, _), found in cells.items() if table == "documents" for cell in found]
    # Within a shard none stands twice: its months may come in any order.
    ordered = tuple(sorted(documents, key=lambda cell: (cell.shard.number, cell.group)))
    shares = 1 + sum(cell.rows for cell in documents) // SHARE_ROWS
    return [Share(cells=ordered, rest=rest, shares=shares) for rest in range(shares)]


def find_repeated(out: str, share: Share) -> dict[str, list[str]]:
    """Return the reports of a share that an earlier shard has already, by the name of the shard."""
    homes, seen, found = Homes(find_place(out)), set[int](), dict[str, list[str]]()
    for cell in share.cells:
        for document in _group(homes, cell, "documents", ["document"])["document"].to_pylist():
            number = int(document, 16)
            if number % share.shares != share.rest:
                continue
            if number in seen:
                found.setdefault(cell.shard.name, []).append(document)
            seen.add(number)
    return found


def plan_parts(
    cells: Mapping[tuple[str, Month], Sequence[Cell]], repeated: Mapping[str, Sequence[str]]
) -> Iterator[Part]:
    """Yield the parts to be written; ``repeated`` are the reports that an earlier shard has, by a shard's name."""
    for (table, month), found in cells.items():
        for number, several in enumerate(_filled(found, PART_ROWS[table])):
            gone = tuple(tuple(repeated.get(cell.shard.name, ())) for cell in several)
            yield Part(table=table, month=month, number=number, cells=tuple(several), repeated=gone)


def _filled(cells: Sequence[Cell], rows: int) -> Iterator[list[Cell]]:
    part: list[Cell] = []
    filled = 0
    for cell in cells:
        part.append(cell)
        filled += cell.rows
        if filled >= rows:
            yield part
            part, filled = [], 0
    if part:
        yield part


def write_part(out: str, part: Part) -> Written:
    """Write one file of the output; none where an earlier shard has all of its reports."""
    homes = Homes(find_place(out))
    rows, target = 0, io.BytesIO()
    with parquet_writer(target, part.table) as writer:
        for table in filter(len, _gathered(homes, part)):
            writer.write_table(table, row_group_size=len(table))
            rows += len(table)
    content = target.getvalue() if rows else b""
    if content:
        homes.out.child(*part.path.split("/")).write(content)
    return Written(path=part.path, rows=rows, bytes=len(content), sha256=hashlib.sha256(content).hexdigest())


def _gathered(homes: Homes, part: Part) -> Iterator[Any]:
    """Yield the rows of a part as tables that are large enough for a row group."""
    arrow = load_pyarrow()
    waiting: list[Any] = []
    filled = 0
    for cell, repeated in zip(part.cells, part.repeated, strict=True):
        waiting.append(_without(_group(homes, cell, part.table), repeated, part.table))
        filled += waiting[-1].nbytes
        if filled >= GROUP_BYTES:
            yield arrow.concat_tables(waiting).combine_chunks()
            waiting, filled = [], 0
    if waiting:
        yield arrow.concat_tables(waiting).combine_chunks()


def _group(homes: Homes, cell: Cell, table: str, columns: list[str] | None = None) -> Any:
    from pyarrow import parquet

    with homes.table(cell.shard, table).open() as file:
        return parquet.ParquetFile(file).read_row_group(cell.group, columns=columns)


def _without(table: Any, repeated: Sequence[str], name: str) -> Any:
    from pyarrow import compute

    if not repeated:
        return table
    gone = load_pyarrow().array(list(repeated), type=schema_of(name).field("document").type)
    return table.filter(compute.invert(compute.is_in(table["document"], value_set=gone)))
