"""The packed forms of the tables: spans as text, lists as JSON, short-list words as numbers; see schema.sql."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from math import inf
from typing import Any, Final

from onrecord.document import Span
from onrecord.encoding import clean

ODD = re.compile("[\0\ud800-\udfff]")
"""What SQLite's text can't hold: its functions stop at NUL, and UTF-8 has no lone surrogates."""
PIECE: Final = 512
"""Characters to a row of ``texts``; the views count on it, and on the next."""
PIECES: Final = 1_000_000
"""Rows of ``texts`` that each document has room for; the longest source that is read fills 40,000."""
SHORT: Final = 1024
"""A span shorter than this is packed into a number; the view ``packed_spans`` counts on it."""
DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


PARTS: Final = {"speakers": 1, "about": 2, "addressees": 3, "targets": 4}
"""The numbers of a statement's lists of entities, in ``entities.parts``; the first two have columns of their own."""
LISTED: Final = tuple(PARTS)
"""The lists of entities that the tables hold; who else might be the speaker, ``details`` does."""
STATEMENTS_OF: Final = (
    "id >= (SELECT first_statement FROM readings WHERE document_id = :row)"
    " AND id < (SELECT first_statement + statement_count FROM readings WHERE document_id = :row)"
)
"""The rows of ``statements`` that are those of the document ``:row``."""
EVENTS_OF: Final = (
    "id >= (SELECT first_event FROM readings WHERE document_id = :row)"
    " AND id < (SELECT first_event + event_count FROM readings WHERE document_id = :row)"
)
"""The rows of ``events`` that are those of the document ``:row``."""
ENTITIES_OF: Final = (
    "id >= (SELECT first_entity FROM readings WHERE document_id = :row)"
    " AND id < (SELECT first_entity + entity_count FROM readings WHERE document_id = :row)"
)
"""The rows of ``entities`` that are those of the document ``:row``."""
COUNTING: Final = "is_current AND NOT EXISTS (SELECT 1 FROM copies WHERE copies.document_id = documents.id)"
"""That a row of ``documents`` counts: it is a present text, and no copy."""
COUNTS, IN_A_COPY, REVISED = range(3)
"""The ``standing`` of a statement: it counts, or stands in a copy, or in a text that was revised."""
STANDING: Final = f"CASE WHEN NOT is_current THEN {REVISED} WHEN {COUNTING} THEN {COUNTS} ELSE {IN_A_COPY} END"
"""That of the statements of a row of ``documents``."""
EARLIER_FIRST: Final = "is_current, CASE WHEN is_current THEN 0 ELSE document_id END, hash"
"""The order in which reports are handed on: by their hashes, but texts that were revised before, as they were added.

What adds them again in this order has the same texts count, for of two texts of a page the later one does.
"""


def number_list(numbers: Iterable[int]) -> str:
    """Return numbers as SQL has them behind ``IN``.

    >>> number_list([3, 5])
    '3,5'
    """
    return ",".join(map(str, numbers))


def number_array(numbers: Iterable[int]) -> str:
    """Return numbers as a JSON array, which ``json_each`` reads.

    >>> number_array([3, 5])
    '[3,5]'
    """
    return f"[{number_list(numbers)}]"


def number_query(numbers: Iterable[int]) -> str:
    """Return numbers as a query for them, which SQL may have behind ``IN``: of thousands a statement takes a fifth.

    >>> number_query([3, 5])
    "SELECT value FROM json_each('[3,5]')"
    """
    return f"SELECT value FROM json_each('{number_array(numbers)}')"


def pack_spans(spans: Sequence[Span]) -> int | str | None:
    """Write spans as text, a single short one as a number; None for no spans.

    >>> pack_spans([Span(12, 31), Span(42, 60)]), pack_spans([Span(12, 31)])
    ('12+19 42+18', 12307)
    """
    if len(spans) == 1 and spans[0].size < SHORT:
        return spans[0].start * SHORT + spans[0].size
    return " ".join(f"{start}+{end - start}" for start, end in spans) or None


def unpack_spans(packed: int | str | None) -> tuple[Span, ...]:
    """Read what :func:`pack_spans` wrote.

    >>> unpack_spans("12+19 42+18"), unpack_spans(12307)
    ((Span(start=12, end=31), Span(start=42, end=60)), (Span(start=12, end=31),))
    """
    if isinstance(packed, int):
        start, length = divmod(packed, SHORT)
        return (Span(start, start + length),)
    pieces = (piece.split("+") for piece in (packed or "").split())
    return tuple(Span(int(start), int(start) + int(length)) for start, length in pieces)


def packed_size(packed: int | str | None) -> int:
    """Return how many characters spans have together.

    >>> packed_size("12+19 42+18"), packed_size(12307), packed_size(None)
    (37, 19, 0)
    """
    return packed % SHORT if isinstance(packed, int) else sum(span.size for span in unpack_spans(packed))


def words_of(text: str, spans: Sequence[Span]) -> str | None:
    """Return the words of spans as the view ``statement_words`` does: pieces joined by an ellipsis."""
    return " … ".join(text[start:end] for start, end in spans) if spans else None


def pack_confidence(confidence: float) -> float:
    """Return the confidence in ten-thousandths, or as it is where it is not whole ones.

    >>> pack_confidence(0.9312), pack_confidence(1 / 3)
    (9312, 0.3333333333333333)
    """
    whole = round(confidence * 10_000)
    return whole if whole / 10_000 == confidence else confidence


def unpack_confidence(packed: float) -> float:
    """Read what :func:`pack_confidence` wrote."""
    return packed / 10_000 if isinstance(packed, int) else packed


def pack_date(published: str | None) -> int | None:
    """Return the day of an ISO 8601 date as a number, with 0 for what is unknown of it; None for what is no date.

    >>> pack_date("2024-05-02T10:00:00Z"), pack_date("2024-05")
    (20240502, 20240500)
    """
    found = DATE.match(published or "")
    return None if found is None else int("".join((part or "0").zfill(2) for part in found.groups()))


def unpack_date(packed: int | None) -> str | None:
    """Return the day, month or year that :func:`pack_date` gave a number.

    >>> unpack_date(20240502), unpack_date(20240500), unpack_date(20240000)
    ('2024-05-02', '2024-05', '2024')
    """
    if packed is None:
        return None
    year, month, day = packed // 10_000, packed // 100 % 100, packed % 100
    return f"{year:04d}" + (f"-{month:02d}" * bool(month)) + (f"-{day:02d}" * bool(month and day))


def day_of(published: str | None) -> date | None:
    """Return the day of an ISO 8601 date or date and time; None where it is not known to the day.

    >>> day_of("2024-05-02T10:00:00Z"), day_of("2024-05")
    (datetime.date(2024, 5, 2), None)
    """
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def is_before(published: str | None, other: str | None) -> bool:
    """Tell whether something was surely published before something else, as far as both dates go.

    >>> is_before("2024-05-01", "2024-05-02T10:00:00Z"), is_before("2024-05-02", "2024-05-02T10:00:00Z")
    (True, False)
    >>> is_before("2024-05-03T01:00:00Z", "2024-05-02T23:00:00-05:00")
    True
    """
    if not published or not other:
        return False
    times = _time_of(published), _time_of(other)
    if times[0] and times[1] and (times[0].tzinfo is None) == (times[1].tzinfo is None):
        return times[0] < times[1]
    size = min(len(published), len(other), len("2024-05-02"))
    return published[:size] < other[:size]


@lru_cache(maxsize=10_000)
def print_order(published: str | None) -> tuple[str, float]:
    """Return what sorts by when something was in print: a day behind all times of it, a month behind its days.

    Without a date comes last. Times of one day are compared in UTC, as copies are: see :mod:`onrecord.record.copies`.

    >>> sorted(["2024-05", "2024-05-02", "2024-05-02T09:00:00Z", "2024-05-02T10:00:00+05:00"], key=print_order)
    ['2024-05-02T10:00:00+05:00', '2024-05-02T09:00:00Z', '2024-05-02', '2024-05']
    """
    time = _time_of(published or "")
    aware = time.replace(tzinfo=time.tzinfo or UTC) if time else None
    return f"{published or '9999'}~~~"[:10], aware.timestamp() if aware else inf


def _time_of(published: str) -> datetime | None:
    """Return a date with a time of the day; None where there is none."""
    try:
        return datetime.fromisoformat(published) if len(published) > len("2024-05-02") else None
    except ValueError:
        return None


def stamp(now: datetime | None) -> str:
    """Return a time as the tables have it, ISO 8601 to the second; of None the present, in UTC."""
    return (now or datetime.now(UTC)).isoformat(timespec="seconds")


def pack_json(value: Any) -> str | None:
    """Write a list or an object as JSON; None for an empty one."""
    return clean(json.dumps(value, ensure_ascii=False, separators=(",", ":"))) if value else None


def unpack_json(packed: str | None, empty: Any) -> Any:
    """Read what :func:`pack_json` wrote."""
    return empty if packed is None else json.loads(packed)


def cut_text(text: str) -> list[str]:
    """Return the pieces of a text, as ``texts`` holds them.

    >>> [len(piece) for piece in cut_text("a" * 1500)]
    [512, 512, 476]
    """
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)]


def clean_or_none(words: str | None) -> str | None:
    """Return :func:`clean` of words, None for None."""
    return None if words is None else clean(words)


def pack_text(text: str) -> tuple[str, str | None]:
    r"""Return a text that SQLite can hold, and what it could not: a JSON list of [offset, code point].

    >>> pack_text("a\0b")
    ('a�b', '[[1,0]]')
    """
    odd = [[found.start(), ord(found[0])] for found in ODD.finditer(text)]
    return ODD.sub(REPLACEMENT, text), pack_json(odd)


def unpack_text(text: str, odd: str | None) -> str:
    """Read what :func:`pack_text` wrote."""
    if odd is None:
        return text
    characters = list(text)
    for offset, point in json.loads(odd):
        characters[offset] = chr(point)
    return "".join(characters)


def text_of(connection: sqlite3.Connection, document_id: int) -> str:
    """Return the text of a document as the tables hold it."""
    rows = connection.execute(
        "SELECT text FROM texts WHERE id BETWEEN ? AND ? ORDER BY id",
        (document_id * PIECES, (document_id + 1) * PIECES - 1),
    )
    return "".join(piece for (piece,) in rows)


class Terms:
    """The numbers of words from short lists, and the words of numbers."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._numbers: dict[str, int] = dict(connection.execute("SELECT term, id FROM terms"))
        self._words = {number: word for word, number in self._numbers.items()}

    def number(self, word: str) -> int:
        """Return the number of a word, a new one if it has none yet."""
        if word not in self._numbers:
            # Another Terms of this connection may have made it since this one looked.
            self._connection.execute("INSERT OR IGNORE INTO terms (term) VALUES (?)", (word,))
            found = self._connection.execute("SELECT id FROM terms WHERE term = ?", (word,)).fetchone()[0]
            self._numbers[word], self._words[found] = found, word
        return self._numbers[word]

    def passing_number(self, word: str) -> int:
        """Return the number of a word; where it has none yet, one that is this object's alone."""
        if word not in self._numbers:
            number = max(self._words, default=0) + 1
            self._numbers[word], self._words[number] = number, word
        return self._numbers[word]

    def number_or_none(self, word: str | None) -> int | None:
        """Return the number of a word, None for None."""
        return None if word is None else self.number(word)

    def word(self, number: int | None) -> Any:
        """Return the word of a number, None for None."""
        if number is not None and number not in self._words:
            # Another process may have made it since this one looked.
            self._words.update(self._connection.execute("SELECT id, term FROM terms"))
        return None if number is None else self._words[number]

    def numbers(self, words: Iterable[str]) -> list[int]:
        """Return the numbers of those of the words that have one: for filters, which make no new ones."""
        return [self._numbers[word] for word in words if word in self._numbers]
