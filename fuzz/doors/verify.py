"""A quotation to be verified: its words, who is said to have said it, and when."""

from __future__ import annotations

from invented import record_file
from onrecord.compare.verifying import Asked, verify
from onrecord.errors import OnrecordError
from onrecord.record import Record
from strategies import SPEECH

__all__ = ["SEEDS", "TOKENS", "OnrecordError", "take"]

_RECORD = Record.open(record_file(8), read_only=True)
SEEDS = [
    *(words.encode() for words in SPEECH),
    f"{SPEECH[0]} ... {SPEECH[1]}\0Mara Ilven\0002024-05-02\0002024".encode(),
    f"{SPEECH[2]} [sic] {SPEECH[3]}".encode(),
]
TOKENS = [
    b"...", "…".encode(), b"[", b"]", b"\0", b"Mara Ilven", b"2024-05", b"9999-99", b"not ", b"never ", b"20 years",
    "“".encode(), "”".encode(), b"'", b"n't", b"400 crowns", b"four hundred", "\u0301".encode(), "\u00ad".encode(),
    "\u202e".encode(), "ﬁ".encode(), "İ".encode(), "\U0001f30d".encode(), b"; ", b" -- ", b"(", b")",
]  # fmt: skip


def take(data: bytes) -> None:
    """Verify the quotation."""
    words, speaker, before, after, *_ = (*data.decode("utf-8", "surrogateescape").split("\0"), "", "", "", "")
    verdict = verify(_RECORD, Asked(words=words, speaker=speaker or None, before=before or None, after=after or None))
    if not 0 <= verdict.score <= 1:
        raise AssertionError(f"a score of {verdict.score}")
