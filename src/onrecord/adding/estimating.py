"""How many reports sources hold, where that can be told without reading them: for a bar that knows its end."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from onrecord.errors import SourceError
from onrecord.ingest.inflating import GZIP_MAGIC
from onrecord.ingest.kinds import kind_of_name
from onrecord.ingest.sources import SourceRef, expand

STEP = 1 << 20  # bytes


def count_reports(sources: Iterable[str]) -> int | None:
    """Return how many reports sources hold: one a file, one a line of JSON Lines; None where that can't be told.

    Feeds, archives, compressed lines, addresses and standard input do not tell how many they hold.
    """
    total = 0
    for reference in expand(sources):
        count = 1 if isinstance(reference, SourceError) else _count(reference)
        if count is None:
            return None
        total += count
    return total


def _count(source: SourceRef) -> int | None:
    kind = kind_of_name(source.name)
    if source.where != "file" or kind in {"feed", "sitemap", "warc"}:
        return None
    return _count_lines(Path(source.name)) if kind == "jsonlines" else 1


def _count_lines(path: Path) -> int | None:
    """Return the number of lines of a file: at a gigabyte a second far faster than they are read."""
    lines, last = 0, b"\n"
    try:
        with path.open("rb") as file:
            if file.peek(2).startswith(GZIP_MAGIC):
                return None
            while piece := file.read(STEP):
                lines, last = lines + piece.count(b"\n"), piece[-1:]
    except OSError:
        return 1  # the error
    return lines + (last != b"\n")  # the last line may lack its end
