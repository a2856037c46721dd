"""A record of invented reports for the doors that lead to one."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from handmade import full_reading, invented_reading
from onrecord.record import Record

FOLDER = Path(tempfile.mkdtemp(prefix="onrecord-fuzz-"))
"""Of this process alone."""
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)


def record_file(count: int) -> Path:
    """Make a record of so many reports, and one that has one of everything; return its file."""
    path = FOLDER / "news.db"
    with Record.open(path, create=True) as record:
        record.add(invented_reading(seed, paragraphs=3) for seed in range(count))
        record.add(full_reading(url="https://orrin.example/full"))
    return path
