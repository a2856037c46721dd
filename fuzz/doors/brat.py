"""brat's standoff that comes back: the .ann file of a report."""

from __future__ import annotations

import tempfile
from pathlib import Path

from coming_back import RECORD, import_back, written
from onrecord.errors import OnrecordError
from onrecord.exports.exporting import export
from onrecord.exports.formats import BY_NAME

__all__ = ["SEEDS", "TOKENS", "OnrecordError", "take"]


def _exported() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        export(RECORD, BY_NAME["brat"], Path(folder) / "brat")
        return {path.name: path.read_bytes() for path in sorted((Path(folder) / "brat").iterdir())}


_FILES = _exported()
_STEMS = sorted(name.removesuffix(".ann") for name in _FILES if name.endswith(".ann"))
for _name, _content in _FILES.items():
    written(_name, _content)
SEEDS = [bytes([number]) + _FILES[f"{stem}.ann"] for number, stem in enumerate(_STEMS)]
TOKENS = [
    b"T1\tSource 0 4\t", b"E1\tStatement:T1 Content:T2 Source:T3\n", b"A1\tRecordId E1 ", b"A2\tCueClass E1 doubting\n",
    b"#1\tAnnotatorNotes E1\tspeaker: Mara Ilven; Teo Brandt\n", b";", b" -1 ", b" 99999999999999999999 ", "٣".encode(),
    b"\r\n", b"\t", b"Quotation:T1", b"E1\t\n", b"\xff", b"\0", "\u2028".encode(),
]  # fmt: skip


def take(data: bytes) -> None:
    """Import the file beside its text."""
    stem = _STEMS[data[0] % len(_STEMS)] if data else _STEMS[0]
    import_back(written(f"{stem}.ann", data[1:]), "brat")
