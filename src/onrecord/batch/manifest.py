"""What a run has read, by whom, and what it could not read: ``manifest.json`` and ``failures.jsonl``.

Nothing in them tells when or where they were made: the same inputs give the same bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from onrecord.batch.folding import Written
from onrecord.batch.plan import Failure, Order
from onrecord.batch.shards import Mark
from onrecord.batch.tables import TABLES
from onrecord.reading import SCHEMA


def failures_of(order: Order, marks: Iterable[Mark]) -> list[Failure]:
    """Return what could not be read, in the order of the inputs; inputs in which there was nothing among it."""
    marks = list(marks)
    told = {number for mark in marks for number, _ in mark.failures} | {each for mark in marks for each in mark.again}
    read = _documents(marks)
    silent = [
        Failure(where=each.name, what="no report in it", kind="NoArticle")
        for number, each in enumerate(order.inputs)
        if number not in told and not read[number]
    ]
    return [*order.missing, *(failure for mark in marks for _, failure in mark.failures), *silent]


def make_manifest(
    order: Order, marks: Sequence[Mark], failures: Sequence[Failure], files: Sequence[Written], repeated: int
) -> dict[str, Any]:
    """Return what is written into the manifest; ``repeated`` reports stand in an earlier shard, too."""
    read = _documents(marks)
    failed = Counter(number for mark in marks for number, _ in mark.failures)
    written = {table: [each for each in files if each.path.startswith(f"{table}/")] for table in TABLES}
    return {
        "schema": SCHEMA,
        "format": order.format,
        "reader": order.reader,
        "settings": order.settings,
        "options": order.options,
        "counts": {
            "inputs": len(order.inputs),
            "reports": sum(each.rows for each in written["documents"]),
            "repeated": sum(mark.repeated for mark in marks) + repeated,
            **{table: sum(each.rows for each in written[table]) for table in TABLES[1:]},
            "failures": len(failures),
        },
        "failures": dict(sorted(Counter(each.kind for each in failures).items())),
        "inputs": [
            {
                "name": each.name,
                "kind": each.kind,
                "size": each.size,
                "mark": each.mark,
                "reports": read[number],
                "failures": failed[number],
            }
            for number, each in enumerate(order.inputs)
        ],
        "files": list(files),
    }


def _documents(marks: Iterable[Mark]) -> Counter[int]:
    read: Counter[int] = Counter()
    for mark in marks:
        read.update(mark.documents)
    return read


def as_json(value: Any) -> bytes:
    """Return a value as indented JSON with a line end."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def as_lines(values: Iterable[Any]) -> bytes:
    """Return values as JSON Lines."""
    return b"".join(msgspec.json.encode(each) + b"\n" for each in values)
