"""The record's file, damaged in some bytes or cut short: read, added to, checked."""

from __future__ import annotations

from handmade import invented_reading
from invented import FOLDER, record_file
from onrecord.errors import OnrecordError
from onrecord.record import Record

__all__ = ["SEEDS", "TOKENS", "OnrecordError", "take"]

_WHOLE = record_file(2).read_bytes()
_STEP = 6  # bytes of a mutation: four for the place, one for how many, one for what
_NEW = invented_reading(50, paragraphs=2)
SEEDS = [b"", b"\0" * _STEP, bytes(range(2 * _STEP)), b"\0\0\0\x10\x04\xff", b"\0\0\0\x12\x02\0" + b"\xff" * _STEP]
TOKENS = [b"\xff\xff\xff\xff", b"\0\0\0\0", b"\0\0\x10\0", b"\0\0\0\x14", b"\x80", b"\x7f"]


def take(data: bytes) -> None:
    """Open the damaged file; what can be opened is read, searched, added to and checked."""
    path = FOLDER / "damaged.db"
    for left in FOLDER.glob("damaged.db*"):
        left.unlink()
    path.write_bytes(_damaged(data))
    with Record.open(path) as record:
        list(record.readings())
        list(record.search("bridge"))
        list(record.people(limit=5))
        record.add([_NEW])
        record.check()


def _damaged(data: bytes) -> bytes:
    """Return the record with each six bytes done to it; a remainder cuts the file short."""
    damaged = bytearray(_WHOLE)
    whole = len(data) // _STEP * _STEP
    for at in range(0, whole, _STEP):
        place = int.from_bytes(data[at : at + 4], "big") % len(damaged)
        count, what = data[at + 4] % 16 + 1, data[at + 5]
        for number in range(place, min(place + count, len(damaged))):
            damaged[number] ^= what
    if len(data) > whole:
        del damaged[int.from_bytes(data[whole:], "big") % len(damaged) :]
    return bytes(damaged)
