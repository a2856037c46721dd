"""The same words across an archive: which statements of two reports are appearances of one utterance.

1. every statement to bands                                     bands
2. statements that share a band, brought together by Ray        pairs
3. the words of the later one of each pair, brought to it
4. the words of the earlier one; and both compared, as ``onrecord variants`` does       compare/tying

Each step brings rows together by a number and reads one file at a time, so that the cost grows with the statements and
with the pairs that are alike, not with the square of the statements.
"""

from __future__ import annotations

import io
import os
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import msgspec
import numpy as np

from onrecord.batch.bands import BANDS, RUN, bands_of, pairs_in
from onrecord.batch.cluster import Cluster
from onrecord.batch.manifest import as_json
from onrecord.batch.places import READ_AGAIN, Place, find_place, reason_of, unwritable
from onrecord.batch.plan import Homes
from onrecord.compare.naming import given_to, same_name
from onrecord.compare.tying import LEAST, Utterance, nearness, tie_utterances
from onrecord.errors import BatchError
from onrecord.ingest.addresses import shown
from onrecord.record.statements import load_pyarrow

if TYPE_CHECKING:
    import pyarrow as pa

MOST: Final = 20
"""Statements of one band that each is compared with, the next ones: a phrase that everybody uses has thousands."""
ROWS_OF_A_BUCKET: Final = 1_000_000
"""Bands that are brought together at once, about."""
FEW: Final = 20_000
"""Statements of an archive that is looked through in this process: in less time than Ray takes to start workers."""
KEPT: Final = ("statement", "document", "speaker", "outlet", "published", "content")
"""Columns of a statement that the result has, of both."""


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the statements of an archive."""

    number: int
    path: str
    first: int
    """The number of its first statement, over all files."""
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found across an archive."""

    statements: int
    """Looked at."""
    compared: int
    """Pairs."""
    tied: int
    """Pairs that are appearances of one utterance."""
    kinds: dict[str, int]


def find_all_variants(out: str, cluster: Cluster, *, tell: Callable[[str], None] = lambda _: None) -> Found:
    """Look for variants across an archive; write them to ``variants/`` below it, and what was found to a summary.

    Args:
        out: the output folder of a run that is complete.
        cluster: what the work is done on.
        tell: is told what is done next.

    Raises:
        BatchError: the folder holds no run that is complete, or can't be read or written.
    """
    place = find_place(out)
    files = list_files(place)
    total = sum(each.rows for each in files)
    try:
        _result(place).remove()
        _summary(place).remove()
        tell(f"{total:,} statements")
        kinds: Counter[str] = Counter()
        if files:
            buckets = 1 + total * BANDS // ROWS_OF_A_BUCKET
            # Workers have another folder; names in a store stay as they are.
            where = out if not place.is_local else os.path.abspath(place.name)  # noqa: PTH100 - as in places
            steps = [
                ("bucket", partial(find_pairs, files=files)),
                ("file", partial(add_later, out=where, files=files)),
                ("file", partial(compare_pairs, out=where, files=files)),
            ]
            items = [msgspec.json.encode(each) for each in files]
            read = partial(read_bands, out=where, buckets=buckets)
            for table in cluster.regroup(read, items, steps, here=total <= FEW):
                for row in table.to_pylist():
                    kinds[row["kind"]] += row["pairs"]
        compared, tied = kinds.total(), kinds.total() - kinds["none"]
        del kinds["none"]
        found = Found(statements=total, compared=compared, tied=tied, kinds=dict(sorted(kinds.items())))
        _summary(place).write(as_json({"bands": BANDS, "run": RUN, "most": MOST, **_as_dict(found)}))
    except OSError as error:
        raise unwritable(place, error) from error
    return found


def _as_dict(found: Found) -> dict[str, Any]:
    return {"statements": found.statements, "compared": found.compared, "tied": found.tied, "kinds": found.kinds}


def _result(out: Place) -> Place:
    return out.child("variants")


def _summary(out: Place) -> Place:
    return out.child("variants.json")


def list_files(out: Place) -> list[File]:
    """Return the files of an archive's statements, by path.

    Raises:
        BatchError: the folder holds no run that is complete.
    """
    manifest = Homes(out).manifest
    if not manifest.exists():
        what = "no archive that onrecord batch has read to its end"
        raise BatchError(what, where=out.name, advice="run onrecord batch until it says that all is read")
    written = msgspec.json.decode(manifest.read(), type=dict[str, Any])["files"]
    files, first = list[File](), 0
    for each in sorted(written, key=lambda each: str(each["path"])):
        if each["path"].startswith("statements/") and each["rows"]:
            files.append(File(number=len(files), path=each["path"], first=first, rows=each["rows"]))
            first += each["rows"]
    return files


# ---- the steps -----------------------------------------------------------------------------------------------


def read_bands(item: bytes, *, out: str, buckets: int) -> pa.Table:
    """Return the bands of a file's statements: bucket, band, number, report."""
    arrow, file = load_pyarrow(), msgspec.json.decode(item, type=File)
    bands, numbers, reports = [], list[int](), list[int]()
    for number, row in enumerate(_rows(out, file, ["document", "content"]), file.first):
        found = bands_of(row["content"] or "")
        if found is not None:
            bands.append(found)
            numbers.append(number)
            # Reports are told apart by 63 bits of their hashes.
            reports.append(int(row["document"], 16) >> 1)
    joined = np.concatenate(bands) if bands else np.empty(0, dtype=np.uint64)
    return arrow.table(
        {
            "bucket": arrow.array((joined // np.uint64(BANDS) % np.uint64(buckets)).astype(np.int64)),
            "band": arrow.array(joined, type=arrow.uint64()),
            "number": arrow.array(np.repeat(np.array(numbers, dtype=np.int64), BANDS)),
            "report": arrow.array(np.repeat(np.array(reports, dtype=np.int64), BANDS)),
        }
    )


def find_pairs(rows: pa.Table, *, files: Sequence[File]) -> pa.Table:
    """Return the pairs of statements that share one of the bands: the file of the later one, and both numbers."""
    bands, numbers, reports = (rows[name].to_numpy() for name in ("band", "number", "report"))
    pairs = pairs_in(bands, numbers, reports, MOST)
    starts = np.array([each.first for each in files], dtype=np.int64)
    arrow = load_pyarrow()
    return arrow.table(
        {
            "file": arrow.array(np.searchsorted(starts, pairs[:, 1], side="right") - 1),
            "first": arrow.array(pairs[:, 0]),
            "second": arrow.array(pairs[:, 1]),
        }
    )


def add_later(pairs: pa.Table, *, out: str, files: Sequence[File]) -> pa.Table:
    """Return pairs, each once, with the later statement: the file of the earlier one, its number, the later's row."""
    arrow = load_pyarrow()
    both = np.unique(np.stack([pairs["first"].to_numpy(), pairs["second"].to_numpy()], axis=1), axis=0)
    file = files[pairs["file"][0].as_py()]
    rows = _table(out, file, list(KEPT)).take(arrow.array(both[:, 1] - file.first))
    starts = [each.first for each in files]
    columns: dict[str, Any] = {
        "file": arrow.array([bisect_right(starts, number) - 1 for number in both[:, 0].tolist()], type=arrow.int64()),
        "first": arrow.array(both[:, 0]),
        "second": arrow.array(both[:, 1]),
    }
    return arrow.table(columns | {name: rows[name] for name in KEPT})


def compare_pairs(pairs: pa.Table, *, out: str, files: Sequence[File]) -> pa.Table:
    """Compare pairs, and write those that are tied; return how many are of which kind."""
    arrow = load_pyarrow()
    file = files[pairs["file"][0].as_py()]
    mine = _table(out, file, list(KEPT))
    kinds: Counter[str] = Counter()
    tied = []
    rows = sorted(pairs.to_pylist(), key=lambda row: (row["first"], row["second"]))
    for first, several in groupby(rows, key=lambda row: row["first"]):
        one = mine.slice(first - file.first, 1).to_pylist()[0]
        for row in _compared(one, list(several)):
            kinds[row["kind"]] += 1
            tied += [row] if row["kind"] != "none" else []
    if tied:
        content = _written(tied)
        _result(find_place(out)).child(f"part-{file.number:05d}.parquet").write(content)
    return arrow.table(
        {
            "kind": arrow.array(sorted(kinds), type=arrow.string()),
            "pairs": arrow.array([kinds[kind] for kind in sorted(kinds)], type=arrow.int64()),
        }
    )


def _compared(one: dict[str, Any], others: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield how a statement is tied to each of some others; the one that was published first is ``statement``."""
    near = nearness(one["content"], [each["content"] for each in others])
    for other, meaning in zip(others, near, strict=True):
        earlier, later = sorted((one, other), key=lambda each: each["published"] or "9")
        same = same_name(earlier["speaker"], later["speaker"])
        both = (Utterance.of(each["content"]) for each in (earlier, later))
        tie = tie_utterances(*both, meaning=meaning, same_speaker=same)
        yield {
            "kind": tie.kind if tie.score >= LEAST else "none",
            "score": tie.score,
            "given_to": given_to(earlier["speaker"], later["speaker"]),
            "of_statement": tie.of_this,
            "of_other": tie.of_other,
            **{name: earlier[name] for name in KEPT},
            **{f"other_{name}": later[name] for name in KEPT},
        }


def _written(rows: Sequence[dict[str, Any]]) -> bytes:
    from pyarrow import parquet

    arrow, target = load_pyarrow(), io.BytesIO()
    numbers = ("score", "of_statement", "of_other")
    schema = arrow.schema([(name, arrow.float64() if name in numbers else arrow.string()) for name in rows[0]])
    table = arrow.Table.from_pylist(list(rows), schema=schema)
    parquet.write_table(table, target, compression="zstd", compression_level=3, version="2.6")
    return target.getvalue()


def _rows(out: str, file: File, columns: list[str]) -> Iterator[dict[str, Any]]:
    for batch in _table(out, file, columns).to_batches(max_chunksize=10_000):
        yield from batch.to_pylist()


def _table(out: str, file: File, columns: list[str]) -> pa.Table:
    from pyarrow import parquet

    place = find_place(out).child(*file.path.split("/"))
    try:
        with place.open() as stream:
            return parquet.ParquetFile(stream).read(columns=columns)
    except (load_pyarrow().ArrowException, OSError) as error:
        raise BatchError(f"can't be read ({reason_of(error)})", where=shown(place.name), advice=READ_AGAIN) from error
