"""Copies: the same body under another address, exact by its words' hash, near by MinHash.

A report is a copy of the earliest of the current reports that are like it: by day of publication; of one day the one
with an outlet and an address (a page rather than its plain text, which nobody can look up), then by time, in UTC, then
by hash. One of which only the day is known is not before a time of it, nor one of a month before a day of that.
That depends on which reports the record holds, not on the order in which they came: a report that comes later and
was published earlier takes over as the original of those like it.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import blake2b
from itertools import islice
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from onrecord.record.packing import COUNTS, IN_A_COPY, STATEMENTS_OF, text_of

BODY: Final = frozenset({"body", "subheading", "pullquote", "blockquote"})
WORD: Final = re.compile(r"\w+")
MIN_WORDS: Final = 20
"""A shorter body (a notice that there is no article, a caption) is nobody's copy."""
SHINGLE: Final = 3
"""Words to a shingle: one changed word in twenty leaves three quarters of the shingles as they were."""
NEAR: Final = 0.6
"""Jaccard similarity of shingles from which on a report is a copy."""
BANDS: Final = 8
ROWS: Final = 3
"""With 8 bands of 3, reports of similarity 0.9 share a band in 99.99 of 100 cases, 0.7 in 96, 0.6 in 86, 0.1 in 1."""
MOST_COMPARED: Final = 200
"""Most reports that one is compared with: of a flood of reports from one template, those published first."""


class _Found(NamedTuple):
    """A report that may be a copy; sorts by what makes it the original."""

    day: str
    lacks: int
    """Of outlet and address, so many."""
    moment: str
    hash: str
    id: int


_DAY: Final = "substr(coalesce(published, '9999') || '~~~', 1, 10)"
"""``2024-05~~~`` for a month: behind all of its days."""
_MOMENT: Final = f"""CASE WHEN length(published) > 10
    THEN coalesce(strftime('%Y-%m-%dT%H:%M:%f', published), published) ELSE {_DAY} || '~' END"""
"""In UTC; ``2024-05-02~`` for a day: behind all times of it."""
_FOUND: Final = f"{_DAY}, (outlet_id IS NULL) + (address IS NULL), {_MOMENT}, hash, id"
"""The columns of :class:`_Found`, of ``documents``."""


def body_words(text: str, zones: Iterable[tuple[str, int, int]]) -> list[str]:
    """Return the words of the body, case folded; of the whole text where no zone is body.

    >>> body_words("LEVY TO GO: She said no.", [("headline", 0, 11), ("body", 12, 24)])
    ['she', 'said', 'no']
    """
    body = "\n".join(text[start:end] for kind, start, end in zones if kind in BODY)
    return WORD.findall((body or text).casefold())


def body_print(words: Sequence[str]) -> int | None:
    """Return 64 bits of the hash of a body's words, signed as SQLite's integers are; None for too short a body."""
    if len(words) < MIN_WORDS:
        return None
    digest = blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def shingles(words: Sequence[str]) -> frozenset[int]:
    """Return the hashes of the runs of three words."""
    encoded = [word.encode("utf-8", "surrogatepass") for word in words]
    return frozenset(
        crc32(b" ".join(run)) for run in zip(*(islice(encoded, k, None) for k in range(SHINGLE)), strict=False)
    )


def similarity(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of shingles that two bodies have in common, 0 to 1."""
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def minhash_bands(found: frozenset[int]) -> list[int]:
    """Return the bands of a body's MinHash: 32 bits each, of which two like bodies share at least one."""
    values = np.fromiter(found, dtype=np.uint64, count=len(found))
    mins = np.array([int(((values * a + b) >> np.uint64(32)).min()) for a, b in _permutations()], dtype=">u4")
    groups = mins.reshape(BANDS, ROWS)
    return [_band(index, group) for index, group in enumerate(groups)]


def _band(index: int, group: NDArray[np.uint32]) -> int:
    return int.from_bytes(blake2b(bytes([index]) + group.tobytes(), digest_size=4).digest(), "big", signed=True)


def _permutations() -> list[tuple[np.uint64, np.uint64]]:
    """Return the constants of the hash functions: the same on every machine, for ever."""
    digests = [blake2b(f"onrecord {index}".encode(), digest_size=16).digest() for index in range(BANDS * ROWS)]
    return [
        (np.uint64(int.from_bytes(digest[:8], "big") | 1), np.uint64(int.from_bytes(digest[8:], "big")))
        for digest in digests
    ]


def place_copy(connection: sqlite3.Connection, document_id: int, *, is_last: bool = False) -> int | None:
    """Find what a current report is a copy of, and which others are copies of it; return the former.

    Its statements' standing, and theirs, are set.

    Args:
        connection: of a record.
        document_id: the record's own number of the report.
        is_last: all others are placed, which tells the earliest of its exact copies without looking at each.
    """
    row = connection.execute(
        f"SELECT {_FOUND}, body_print FROM documents WHERE id = ? AND is_current", (document_id,)
    ).fetchone()
    if row is None or row[-1] is None:
        return None
    me, mark = _Found(*row[:-1]), row[-1]
    first = _first_twin(connection, mark, document_id) if is_last else None
    if first is not None and not first < me:
        # The others are copies of the first one. One by one, 2,000 that came newest first took a minute; so, 4 seconds.
        connection.execute("UPDATE copies SET copy_of = ? WHERE copy_of = ? AND how = 'exact'", (me.id, first.id))
    twins = _twins(connection, mark, document_id) if first is None else [first]
    if twins and twins[0] < me:
        return _follow(connection, me, twins[0])
    return _lead(connection, me, twins)


def _first_twin(connection: sqlite3.Connection, mark: int, but: int) -> _Found | None:
    """Return the earliest of the reports of a body that are placed, told by any of them; None where it does not tell.

    It tells where the earliest is no copy itself: then all others are exact copies of it.
    """
    found = connection.execute(
        f"SELECT {_FOUND} FROM documents WHERE id = ("
        "  SELECT coalesce(copy_of, d.id) FROM documents d LEFT JOIN copies c ON c.document_id = d.id"
        "  WHERE body_print = :mark AND is_current AND d.id <> :but LIMIT 1)"
        " AND body_print = :mark AND is_current AND id <> :but"
        " AND NOT EXISTS (SELECT 1 FROM copies WHERE document_id = documents.id)",
        {"mark": mark, "but": but},
    ).fetchone()
    return None if found is None else _Found._make(found)


def _twins(connection: sqlite3.Connection, mark: int, but: int) -> list[_Found]:
    rows = connection.execute(
        f"SELECT {_FOUND} FROM documents WHERE body_print = ? AND is_current AND id <> ?", (mark, but)
    )
    return sorted(map(_Found._make, rows))


def _follow(connection: sqlite3.Connection, me: _Found, twin: _Found) -> int:
    """Make the report a copy of what its earlier twin is a copy of, or else of the twin."""
    row = connection.execute("SELECT copy_of, how, similarity FROM copies WHERE document_id = ?", (twin.id,)).fetchone()
    original, how, alike = row or (twin.id, "exact", 1.0)
    _set_copy(connection, me.id, original, how, alike)
    return int(original)


def _lead(connection: sqlite3.Connection, me: _Found, twins: Sequence[_Found]) -> int | None:
    """Compare the earliest of its exact copies with those that share a band."""
    mine = _shingles_of(connection, me.id)
    bands = minhash_bands(mine)
    if twins:  # the bands stand for the whole group, under its earliest; they are of the same words
        _forget_bands(connection, bands, twins[0].id)
    candidates = _sharing(connection, bands, me.id)
    connection.executemany("INSERT OR IGNORE INTO copy_bands VALUES (?, ?)", [(band, me.id) for band in bands])
    original: int | None = None
    for twin in twins:
        _take_over(connection, me, twin.id, "exact", 1.0)
    for other in candidates:
        if other < me and original is not None:
            continue
        alike = similarity(mine, _shingles_of(connection, other.id))
        if alike < NEAR:
            continue
        if other < me:
            original = other.id
            _set_copy(connection, me.id, other.id, "near", alike)
        else:
            for each in _exact_group(connection, other.id):
                if me < each:  # the new text of a revised report, which is not placed yet, may be earlier
                    _take_over(connection, me, each.id, "near", alike)
    return original


def _sharing(connection: sqlite3.Connection, bands: Sequence[int], but: int) -> list[_Found]:
    marks = ",".join("?" * len(bands))
    rows = connection.execute(
        f"SELECT DISTINCT {_FOUND} FROM copy_bands JOIN documents ON id = document_id"
        f" WHERE band IN ({marks}) AND is_current AND id <> ? ORDER BY 1, 2, 3, 4 LIMIT {MOST_COMPARED}",
        (*bands, but),
    )
    return [_Found(*row) for row in rows]


def _forget_bands(connection: sqlite3.Connection, bands: Sequence[int], document_id: int) -> None:
    """Take a report's bands away; to look for them by the report takes 50 ms in a record of 200,000."""
    rows = [(band, document_id) for band in bands]
    connection.executemany("DELETE FROM copy_bands WHERE band = ? AND document_id = ?", rows)


def _exact_group(connection: sqlite3.Connection, document_id: int) -> list[_Found]:
    rows = connection.execute(
        f"SELECT {_FOUND} FROM documents"
        " WHERE is_current AND body_print = (SELECT body_print FROM documents WHERE id = ?)",
        (document_id,),
    )
    return list(map(_Found._make, rows))


def _take_over(connection: sqlite3.Connection, me: _Found, other: int, how: str, alike: float) -> None:
    """Make another report a copy of this one, unless it is one of an earlier report still."""
    row = connection.execute(
        f"SELECT {_FOUND} FROM documents WHERE id = (SELECT copy_of FROM copies WHERE document_id = ?)", (other,)
    ).fetchone()
    if row is None or me < _Found(*row):
        _set_copy(connection, other, me.id, how, alike)


def _set_copy(connection: sqlite3.Connection, copy: int, original: int, how: str, alike: float) -> None:
    connection.execute("INSERT OR REPLACE INTO copies VALUES (?, ?, ?, ?)", (copy, original, how, round(alike, 4)))
    set_standing(connection, copy, IN_A_COPY)


def set_standing(connection: sqlite3.Connection, document_id: int, standing: int) -> None:
    """Set whether a document's statements count; only where it changes, which spares the writing."""
    connection.execute(
        f"UPDATE statements SET standing = :standing WHERE {STATEMENTS_OF} AND standing <> :standing",
        {"row": document_id, "standing": standing},
    )


def _shingles_of(connection: sqlite3.Connection, document_id: int) -> frozenset[int]:
    (zones,) = connection.execute("SELECT zones FROM documents WHERE id = ?", (document_id,)).fetchone()
    return shingles(body_words(text_of(connection, document_id), json.loads(zones or "[]")))


def release_copies(connection: sqlite3.Connection, document_id: int) -> None:
    """Take a report that is current no more out of the copies; place anew those that were copies of it."""
    connection.execute("DELETE FROM copies WHERE document_id = ?", (document_id,))
    mark = connection.execute("SELECT body_print FROM documents WHERE id = ?", (document_id,)).fetchone()[0]
    if mark is None:  # too short to be anybody's copy
        return
    try:
        bands = minhash_bands(_shingles_of(connection, document_id))
    except (TypeError, ValueError):  # a damaged text, which may be read again now, tells no bands
        connection.execute("DELETE FROM copy_bands WHERE document_id = ?", (document_id,))
    else:
        _forget_bands(connection, bands, document_id)
    twins = _twins(connection, mark, document_id)
    rows = connection.execute(
        f"SELECT {_FOUND} FROM copies JOIN documents ON id = document_id WHERE copy_of = ?", (document_id,)
    )
    orphans = sorted(map(_Found._make, rows))
    for orphan in orphans:
        connection.execute("DELETE FROM copies WHERE document_id = ?", (orphan.id,))
        set_standing(connection, orphan.id, COUNTS)
    for each in sorted({*orphans, *twins[:1]}):  # the first of the twins keeps their bands from now on
        place_copy(connection, each.id)


def place_again(connection: sqlite3.Connection) -> None:
    """Place those anew that are copies of a later report: by a version of onrecord that let two be each other's.

    A report that is damaged stays no copy: whoever opens the record can look at all others, and check it.
    """
    wrong = []
    for document, original in connection.execute("SELECT document_id, copy_of FROM copies").fetchall():
        rows = connection.execute(f"SELECT {_FOUND} FROM documents WHERE id IN (?, ?)", (document, original))
        found = {each.id: each for each in map(_Found._make, rows)}
        if len(found) == 2 and found[document] < found[original]:  # of a damaged record one may be missing
            wrong.append(found[document])
    for each in wrong:
        connection.execute("DELETE FROM copies WHERE document_id = ?", (each.id,))
        set_standing(connection, each.id, COUNTS)
    for each in sorted(wrong):
        with suppress(TypeError, ValueError):  # of a text, or of zones, that are damaged
            place_copy(connection, each.id)
