"""Which statements answer words, and which are near in meaning: numbers of rows, the best first."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.record.meaning import shipped_meanings
from onrecord.record.nibbles import unpack_vectors
from onrecord.record.packing import number_array, number_list
from onrecord.record.querying import WordQuery

RANKED: Final = 5_000
"""Statements that are compared by how well they answer words: those added last, where more do. Comparing takes 2
microseconds each (SQLite looks up its length), and of so many nobody reads far."""
FREQUENT: Final = 0.2
"""Share of the statements from which on a word tells too little to compare by: "the", "that", "will". SQLite would
count all of its places first, 0.13 microseconds each."""
FEW: Final = 50_000
"""Up to so many places are counted whatever their share."""
PROBED: Final = 500
"""Places from which it is told how frequent a word is: those of the statements added last."""
NEAREST: Final = 200
"""Statements that a search by meaning gives at most: meaning has no bounds, only order."""
BLOCK: Final = 65_536
EVEN: Final = 60
"""The constant of reciprocal rank fusion, as its authors chose it (Cormack, Clarke, Buettcher 2009)."""
WIDENING: Final = (4 * NEAREST, 40 * NEAREST, 400 * NEAREST)
"""How many of the nearest are put to the filters before these are asked for all statements."""

_MATCHING: Final = "statements_fts f CROSS JOIN statements s ON s.id = f.rowid WHERE statements_fts MATCH :words"


def rank_by_words(connection: sqlite3.Connection, query: WordQuery, where: str, most: int | None) -> list[int]:
    """Return the statements that answer words, by bm25; those not compared come behind, the latest first.

    Args:
        connection: of the record.
        query: with a term at least.
        where: a condition on ``s``.
        most: how many to return at most; None for all.
    """
    compared = _compared(connection, query)
    if not compared.terms:
        return _latest(connection, query, where, most)
    if compared.terms == query.terms:
        latest, ranked = _ranked_latest(connection, query, where)
    else:
        latest = _latest(connection, query, where, RANKED + 1)
        ranked = _by_bm25(connection, compared, latest[:RANKED])
    if len(latest) <= RANKED or (most is not None and len(ranked) >= most):
        return ranked[:most]
    rest = None if most is None else most - len(ranked)
    return ranked + _latest(connection, query, f"s.id < {latest[RANKED - 1]} AND {where}", rest)


def _ranked_latest(connection: sqlite3.Connection, query: WordQuery, where: str) -> tuple[list[int], list[int]]:
    """Return one more of the latest statements than are compared, and those compared, the best first."""
    found = connection.execute(
        f"SELECT s.id, bm25(statements_fts) FROM {_MATCHING} AND {where} ORDER BY f.rowid DESC LIMIT {RANKED + 1}",
        {"words": str(query)},
    ).fetchall()
    best = sorted(found[:RANKED], key=lambda row: (row[1], -row[0]))
    return [row[0] for row in found], [row[0] for row in best]


def _latest(connection: sqlite3.Connection, query: WordQuery, where: str, most: int | None) -> list[int]:
    """Return the statements that answer words, those added last first."""
    return _numbers(
        connection,
        f"SELECT s.id FROM {_MATCHING} AND {where} ORDER BY f.rowid DESC LIMIT :most",
        {"words": str(query), "most": -1 if most is None else most},
    )


def _by_bm25(connection: sqlite3.Connection, query: WordQuery, rows: Sequence[int]) -> list[int]:
    """Return statements that all answer words, the best first."""
    if len(rows) < 2:
        return list(rows)
    # The plus keeps SQLite from looking each of them up by itself, at up to 4 milliseconds.
    return _numbers(
        connection,
        "SELECT f.rowid FROM statements_fts f WHERE statements_fts MATCH :words"
        f" AND f.rowid >= {min(rows)} AND +f.rowid IN (SELECT value FROM json_each(:rows))"
        " ORDER BY bm25(statements_fts), f.rowid DESC",
        {"words": str(query), "rows": number_array(rows)},
    )


def _compared(connection: sqlite3.Connection, query: WordQuery) -> WordQuery:
    """Return the terms by which statements are compared: all that are not in every fifth of them."""
    (last,) = connection.execute("SELECT max(id) FROM statements").fetchone()
    return WordQuery(tuple(term for term in query.terms if not _is_frequent(connection, str(term), last or 0)))


def _is_frequent(connection: sqlite3.Connection, term: str, last: int) -> bool:
    if last <= FEW:
        return False
    found = connection.execute(
        "SELECT rowid FROM statements_fts WHERE statements_fts MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?",
        (term, PROBED - 1),
    ).fetchone()
    share = PROBED / (last - found[0] + 1) if found else 0
    return share > FREQUENT and share * last > FEW


def date_by_words(
    connection: sqlite3.Connection, words: str | None, where: str, most: int | None, *, newest: bool
) -> list[int]:
    """Return the statements that answer a full-text query, or all, by the day of publication; unknown days last."""
    table = f"{_MATCHING} AND {where}" if words else f"statements s WHERE {where}"
    order = "s.published DESC NULLS LAST, s.id DESC" if newest else "s.published NULLS LAST, s.id"
    values = {"words": words, "most": -1 if most is None else most}
    return _numbers(connection, f"SELECT s.id FROM {table} ORDER BY {order} LIMIT :most", values)


WALKED: Final = (200, 3_000)
"""Reports at one end of the calendar in which answers are looked for before the whole record is."""


def walk_calendar(
    connection: sqlite3.Connection, where: str, most: int, *, newest: bool, days: tuple[str | None, str | None]
) -> list[int] | None:
    """Return the statements that some reports at one end of the calendar have, by the day of publication.

    None where these have fewer than ``most``: others answer then, too. Only present texts are looked into.

    Args:
        connection: of the record.
        where: a condition on ``s``.
        most: how many to return.
        newest: begin with the last day, or with the first one.
        days: the first day and the last to look at, as far as there are any: ``2024``, ``2024-05`` or ``2024-05-02``.
    """
    first, last = days
    order = "DESC" if newest else "ASC"
    # A day with a time of it sorts behind the day alone, and before a tilde.
    between = "d.is_current AND d.published >= :first AND d.published <= :last"
    values = {"first": first or "", "last": f"{last or ''}~", "most": most}
    for count in WALKED:
        end = connection.execute(
            f"SELECT substr(published, 1, 10) FROM documents d WHERE {between}"
            f" ORDER BY published {order} LIMIT 1 OFFSET :count",
            {**values, "count": count},
        ).fetchone()
        if end is None:  # there are not so many: they are soon looked through with all others
            return None
        inner = {**values, "first" if newest else "last": end[0] if newest else f"{end[0]}~"}
        found = _numbers(
            connection,
            # NOT INDEXED: SQLite would first make an index of all statements, for this query alone.
            "SELECT s.id FROM documents d CROSS JOIN readings r ON r.document_id = d.id"
            " CROSS JOIN statements s NOT INDEXED"
            " ON s.id >= r.first_statement AND s.id < r.first_statement + r.statement_count"
            f" WHERE {between} AND s.published IS NOT NULL AND {where}"
            f" ORDER BY s.published {order}, s.id {order} LIMIT :most",
            inner,
        )
        if len(found) >= most:
            return found
    return None


def sort_by_date(connection: sqlite3.Connection, rows: Sequence[int], *, newest: bool) -> list[int]:
    """Return statements by the day of publication."""
    return date_by_words(connection, None, f"s.id IN ({number_list(rows)})", None, newest=newest)


def keep(connection: sqlite3.Connection, rows: Sequence[int], where: str) -> list[int]:
    """Return those of the statements for which a condition on ``s`` holds, in their order."""
    query = f"SELECT s.id FROM json_each(?) wanted CROSS JOIN statements s ON s.id = wanted.value WHERE {where}"
    kept = set(_numbers(connection, query, (number_array(rows),)))
    return [row for row in rows if row in kept]


def join_rankings(rankings: Iterable[Sequence[int]]) -> list[int]:
    """Return the statements of several rankings as one, by reciprocal rank fusion.

    >>> join_rankings([[1, 2, 3], [3, 4]])
    [3, 1, 2, 4]
    """
    score: defaultdict[int, float] = defaultdict(float)
    for ranking in rankings:
        for place, row in enumerate(ranking, 1):
            score[row] += 1 / (EVEN + place)
    return sorted(score, key=lambda row: (-score[row], row))


def _numbers(connection: sqlite3.Connection, query: str, values: Sequence[Any] | Mapping[str, Any]) -> list[int]:
    return [row[0] for row in connection.execute(query, values)]


# ---- meaning -------------------------------------------------------------------------------------------------


class MeaningIndex:
    """The meanings of all statements, as one matrix in memory: 60 MB for a million."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.meanings = shipped_meanings()
        self._connection = connection
        self._state = _state_of(connection)
        rows = connection.execute(
            "SELECT first_statement, statement_count, vectors FROM embeddings JOIN readings USING (document_id)"
            " WHERE encoder_id = (SELECT id FROM encoders WHERE name = ?) ORDER BY first_statement",
            (self.meanings.name,),
        ).fetchall()
        self._vectors = unpack_vectors(b"".join(row[2] for row in rows), self.meanings.dimensions)
        self._lengths = _lengths(self._vectors)
        self._rows = _ranges([row[0] for row in rows], [row[1] for row in rows])

    def seen_from(self, connection: sqlite3.Connection) -> MeaningIndex:
        """Return the same meanings for another connection to the same record, without loading them again."""
        other = copy(self)
        other._connection, other._state = connection, _state_of(connection)  # noqa: SLF001 - another of its kind
        return other

    def __len__(self) -> int:
        """Return how many statements have a meaning by this table."""
        return len(self._rows)

    def is_current(self) -> bool:
        """Tell whether nothing was written since, here or by another process."""
        return self._state == _state_of(self._connection)

    def rank(self, words: str, where: str) -> list[int]:
        """Return the statements nearest in meaning for which a condition on ``s`` holds, the nearest first."""
        asked = self.meanings.encode([words])[0]
        if not len(self) or not asked.any():
            return []
        scores = self._compare(asked)
        for count in WIDENING:
            found = keep(self._connection, self._best(scores, count), where)
            if len(found) >= NEAREST or count >= len(scores):
                return found[:NEAREST]
        allowed = _numbers(self._connection, f"SELECT s.id FROM statements s WHERE {where}", ())
        scores[~np.isin(self._rows, np.array(allowed, dtype=np.int64))] = -np.inf
        return self._best(scores, min(NEAREST, len(allowed)))

    def _compare(self, asked: NDArray[np.int8]) -> NDArray[np.float32]:
        """Return how near each statement is, by the cosine; block by block, since BLAS knows no int8."""
        wanted = asked.astype(np.float32)
        scores = np.empty(len(self._vectors), dtype=np.float32)
        for start in range(0, len(scores), BLOCK):
            np.dot(self._vectors[start : start + BLOCK].astype(np.float32), wanted, out=scores[start : start + BLOCK])
        return np.divide(scores, self._lengths, out=scores)

    def _best(self, scores: NDArray[np.float32], count: int) -> list[int]:
        """Return the statements of the highest scores; of equal ones the first."""
        if count == 0:
            return []
        if count < len(scores):
            least = np.partition(scores, len(scores) - count)[len(scores) - count]
            places = np.flatnonzero(scores >= least)
        else:
            places = np.arange(len(scores))
        places = places[np.isfinite(scores[places])]
        order = np.argsort(-scores[places], kind="stable")[:count]
        return [int(row) for row in self._rows[places[order]]]


def _state_of(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return what changes with every write, by others and by this connection."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0]), connection.total_changes


def _lengths(vectors: NDArray[np.int8]) -> NDArray[np.float32]:
    """Return the length of each vector, 1 for one of zeros."""
    squares = np.einsum("ij,ij->i", vectors, vectors, dtype=np.int16)  # 48 times 7 * 7 at most
    lengths: NDArray[np.float32] = np.maximum(np.sqrt(squares, dtype=np.float32), 1)
    return lengths


def _ranges(firsts: Sequence[int], counts: Sequence[int]) -> NDArray[np.int64]:
    """Return the numbers ``first`` to ``first + count`` of each pair, one behind the other."""
    first, count = np.array(firsts, dtype=np.int64), np.array(counts, dtype=np.int64)
    offsets = np.cumsum(count) - count
    return np.repeat(first - offsets, count) + np.arange(count.sum())
