"""What Label Studio exports."""

from __future__ import annotations

from coming_back import exported, import_back, written
from mutating import mutate_json
from onrecord.errors import OnrecordError

__all__ = ["SEEDS", "TOKENS", "OnrecordError", "mutate", "take"]

mutate = mutate_json
SEEDS = [exported("label-studio")]
TOKENS = [
    b'"annotations":', b'"result":', b'"value":', b'"labels":', b'"id":', b'"type":"relation"', b'"from_id":',
    b'"to_id":',
    b'"type":"choices"', b'"type":"textarea"', b'"was_cancelled":true', b'"completed_by":', b'"updated_at":"',
    b"null", b"-1",
    b"1e300", b"99999999999999999999", b"[]", b"{}", b"true", b'"start":', b'"end":', b"\\ud800",
    b"0001-01-01T00:00:00+23:59",
    b"9999-12-31T23:59:59-23:59", b'"statements":', b'"cue_class"', b'"doubting"', b'"speaker"',
]  # fmt: skip


def take(data: bytes) -> None:
    """Import the file."""
    import_back(written("project.json", data), "label-studio")
