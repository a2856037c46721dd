"""What somebody types into a search: words, a meaning, names, days, outlets."""

from __future__ import annotations

from invented import record_file
from onrecord.errors import OnrecordError
from onrecord.record import Filters, Record

__all__ = ["SEEDS", "TOKENS", "OnrecordError", "take"]

_RECORD = Record.open(record_file(8), read_only=True)
SEEDS = [
    b'harbour "new levy" fish*', b"\0\0\0bridge",
    b"bridge\0Mara Ilven\0Teo Brandt\0Outlet 1\0002024-05\0002024-05-02",
    "„Brücke“ naïve ﬁsh".encode(), b"NEAR(a b, 2)", b"a\0b\0c\0d\0e\0f",
]  # fmt: skip
TOKENS = [
    b'"', b"*", b"^", b"NEAR(", b" AND ", b" OR ", b" NOT ", b"-", b":", b"{", b"}", b"\0", b"%", b"_", b"'", b";--",
    b"\\",
    "\u0301".encode(), "\u202e".encode(), "ﬁ".encode(), "İ".encode(), b"2024-05-02", b"2024-13", b"0000", b"9999-12-31",
    b"Mara Ilven", b"Outlet 1", b"levy", "\U0010ffff".encode(), "ß".encode(), "１".encode(),
]  # fmt: skip


def take(data: bytes) -> None:
    """Search by words or by meaning, with the filters that are given."""
    words, speaker, about, outlet, after, before, *_ = (*_fields(data), *[""] * 6)
    filters = Filters(
        speaker=_given(speaker),
        about=_given(about),
        outlet=_given(outlet),
        since=after or None,
        until=before or None,
    )
    by_meaning = bool(data) and data[-1] % 4 == 0
    search = _RECORD.search(None if by_meaning else words, meaning=words if by_meaning else None, filters=filters)
    for hit in search:
        if not hit.words and hit.statement:
            raise AssertionError("a hit without words")
    search.count()
    search.facets()


def _given(name: str) -> tuple[str, ...]:
    return (name,) if name else ()


def _fields(data: bytes) -> list[str]:
    """Return the typed fields: as a terminal gives them, with lone surrogates for what is no UTF-8."""
    return data.decode("utf-8", "surrogateescape").split("\0")
