"""Web Annotations that come back."""

from __future__ import annotations

from coming_back import exported, import_back, written
from mutating import mutate_json
from onrecord.errors import OnrecordError

__all__ = ["SEEDS", "TOKENS", "OnrecordError", "mutate", "take"]

_WHOLE = exported("web-annotation")
mutate = mutate_json
SEEDS = [_WHOLE]
TOKENS = [
    b'"target":', b'"source":', b'"selector":', b'"type":"TextPositionSelector"', b'"start":', b'"end":', b'"body":',
    b'"onrecord:part":', b'"onrecord:field":"speaker"', b'"onrecord:field":"cue class"', b'"value":',
    b'"purpose":"identifying"',
    b'"onrecord:statements":', b'"items":', b'"first":', b'"creator":', b'"modified":"0001-01-01T00:00:00+23:59"',
    b"null",
    b"-1", b"1e300", b"99999999999999999999", b"[]", b"{}", b"true", b"\\ud800", b'"id":', b"urn:",
]  # fmt: skip


def take(data: bytes) -> None:
    """Import the file."""
    import_back(written("shared.jsonld", data), "web-annotation")
