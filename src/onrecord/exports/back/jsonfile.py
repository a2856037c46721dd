"""JSON from an annotation tool: one object, a list of them, or one a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from onrecord.document import Span
from onrecord.errors import BadAnnotation


def read_objects(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield what is in a file, each with where it stands.

    Raises:
        BadAnnotation: the file can't be read, or is no JSON.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadAnnotation(error.strerror or str(error), where=str(path), advice="name the exported file") from error
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        whole = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield from _read_lines(path, content)
        return
    for number, each in enumerate(whole if isinstance(whole, list) else [whole], 1):
        yield f"{path}: entry {number}", each


def _read_lines(path: Path, content: bytes) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(content.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            yield f"{path}:{number}", msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            advice = "neither one JSON value nor one a line: export it from the tool again"
            raise BadAnnotation(f"no JSON ({error})", where=f"{path}:{number}", advice=advice) from error


def member(value: Any, *names: str) -> Any:
    """Return what stands at the end of a path of members; None where there is none."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def words(value: Any) -> str | None:
    """Return a string; None for anything else."""
    return value if isinstance(value, str) else None


def span_of(value: Any) -> Span | None:
    """Return the span of an object with ``start`` and ``end``; None where they are none: true and false are not."""
    start, end = member(value, "start"), member(value, "end")
    return Span(start, end) if type(start) is type(end) is int else None


def strings(value: Any) -> list[str]:
    """Return the strings of a list, or of a single one."""
    several = value if isinstance(value, list) else [value]
    return [each for each in several if isinstance(each, str)]
