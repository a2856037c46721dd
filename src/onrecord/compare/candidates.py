"""Which statements of a record may be other appearances of an utterance: by its rarer words, its runs, its meaning.

The cost grows with how many statements are like it, not with the record: of each word only the first 2,000 are looked
at, and a word in more of them tells too little to be looked up by itself.
"""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from onrecord.record.packing import number_array
from onrecord.record.querying import Term, fold_word, parse_query
from onrecord.record.ranking import MeaningIndex, date_by_words

FREQUENT: Final = 2_000
"""Statements that have a word, from which on the word is looked for in runs only: 1 ms each up to there."""
MOST_WORDS: Final = 60
"""Different words of a long utterance that are looked up, the longest of them."""
RUN: Final = 5
"""Words to a run that is looked for as a phrase."""
MOST_RUNS: Final = 8
EACH: Final = 60
"""Statements that a run gives at most."""
BEST: Final = 80
"""Statements that are compared word by word, of those found by words."""
NEAR: Final = 40
"""Statements that are compared, of those found by meaning."""


def find_candidates(connection: sqlite3.Connection, words: str, index: MeaningIndex | None = None) -> list[int]:
    """Return the numbers of statements that may have these words, or say the same; the likeliest first.

    Copies and revised texts are among them.

    Args:
        connection: of a record.
        words: the utterance.
        index: of the meanings; None looks by words only.
    """
    terms = [word for term in parse_words(words) for word in term]
    found = _whole(connection, terms)
    found += [row for row in _by_words(connection, terms) if row not in set(found)]
    if index is not None:
        known = set(found)
        found += [row for row in index.rank(words, "1")[:NEAR] if row not in known]
    return found


def read_said(connection: sqlite3.Connection, rows: Sequence[int]) -> list[tuple[int, str]]:
    """Return the numbers of statements with their words, as they were read: cheaper than whole hits by far."""
    query = (
        "SELECT w.id, w.content FROM json_each(?) wanted JOIN statement_words w ON w.id = wanted.value"
        " WHERE w.content IS NOT NULL ORDER BY wanted.key"
    )
    return connection.execute(query, (number_array(rows),)).fetchall()


def parse_words(words: str) -> list[tuple[str, ...]]:
    """Return the words as the full-text index has them; what stands in quotation marks is no phrase here.

    >>> parse_words('“Don’t” pay "a levy"')
    [('don',), ('t',), ('pay',), ('a',), ('levy',)]
    """
    cleaned = words.replace('"', " ").replace("*", " ")
    return [(fold_word(word),) for piece in cleaned.split() for term in parse_query(piece).terms for word in term.words]


def _whole(connection: sqlite3.Connection, terms: Sequence[str]) -> list[int]:
    """Return the statements that have all of the words one behind the other, the earliest first."""
    if not terms or len(terms) > MOST_WORDS:
        return []
    return date_by_words(connection, str(Term(tuple(terms))), "1", EACH, newest=False)


def _by_words(connection: sqlite3.Connection, terms: Sequence[str]) -> list[int]:
    scores: defaultdict[int, float] = defaultdict(float)
    rare = _rare(connection, terms)
    for rows in rare.values():
        weight = math.log(1 + FREQUENT / len(rows))
        for row in rows:
            scores[row] += weight
    for run in _runs(terms, rare):
        for row in _matching(connection, str(Term(run)), EACH):
            scores[row] += RUN
    best = sorted(scores, key=lambda row: (-scores[row], row))
    return best[:BEST]


def _rare(connection: sqlite3.Connection, terms: Sequence[str]) -> dict[str, list[int]]:
    """Return the words that few statements have, with those."""
    wanted = sorted(dict.fromkeys(terms), key=lambda word: (-len(word), word))[:MOST_WORDS]
    found = {word: _matching(connection, f'"{word}"', FREQUENT + 1) for word in wanted}
    return {word: rows for word, rows in found.items() if 0 < len(rows) <= FREQUENT}


def _runs(terms: Sequence[str], rare: Iterable[str]) -> list[tuple[str, ...]]:
    """Return some runs of words, spread over the utterance; those with a rarer word in them, which cost less, first."""
    known = set(rare)
    starts = range(0, max(1, len(terms) - RUN + 1), max(1, (len(terms) - RUN) // MOST_RUNS + 1))
    runs = [tuple(terms[start : start + RUN]) for start in starts if len(terms) > 1]
    cheap = [run for run in runs if known & set(run)]
    return (cheap or runs[:2])[:MOST_RUNS]


def _matching(connection: sqlite3.Connection, words: str, most: int) -> list[int]:
    rows = connection.execute("SELECT rowid FROM statements_fts WHERE statements_fts MATCH ? LIMIT ?", (words, most))
    return [row for (row,) in rows]
