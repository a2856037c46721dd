"""Annotators' files into a record: what the three doors of ``onrecord import`` share."""

from __future__ import annotations

import io
import itertools
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from invented import FOLDER, record_file
from onrecord.exports.back.importing import BackFormat, import_annotations
from onrecord.exports.exporting import export
from onrecord.exports.formats import BY_NAME
from onrecord.record import Record
from onrecord.record.changing import By

RECORD: Final = Record.open(record_file(1))
CHECK_EVERY: Final = 200
"""Imports between two checks of the whole record, which take 20 ms."""
_BY: Final = By(who="ada", now=datetime(2024, 5, 3, tzinfo=UTC))
_counted = itertools.count(1)


def exported(name: BackFormat) -> bytes:
    """Return the record as a tool gets it; Label Studio's predictions are accepted as they are."""
    made = io.BytesIO()
    export(RECORD, BY_NAME[name], made)
    if name != "label-studio":
        return made.getvalue()
    tasks = json.loads(made.getvalue())
    for task in tasks:
        (prediction,) = task.pop("predictions")
        task["annotations"] = [{"result": prediction["result"], "completed_by": {"email": "ada@orrin.example"}}]
    return json.dumps(tasks).encode()


def import_back(path: Path, name: BackFormat) -> None:
    """Import a file. What is kept of it must leave a whole record; then the record is as it was."""
    connection = RECORD.connection
    connection.execute("SAVEPOINT before")
    try:
        import_annotations(RECORD, path, name, by=_BY, blame=str)
        if next(_counted) % CHECK_EVERY == 0 and (wrong := RECORD.check()):
            raise AssertionError(f"not whole: {wrong[0]}")
    finally:
        connection.execute("ROLLBACK TO before")
        connection.execute("RELEASE before")


def written(name: str, data: bytes) -> Path:
    """Write a file."""
    path = FOLDER / name
    path.write_bytes(data)
    return path
