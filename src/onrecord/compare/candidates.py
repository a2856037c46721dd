"""Which statements of a record may be other appearances of an utterance: by its rarer words, its runs, its meaning.

The cost grows with how many statements are like it, not with the record: of each word only the first 2,000 are looked
at, and a word in more of them tells too little to be looked up by itself. Contents that somebody corrected are all
looked at, since no index has them: 0.3 s for 10,000.
"""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from onrecord.compare.wording import NO_BREAKS
from onrecord.record.corrected import rewritten
from onrecord.record.filtering import Filters, condition
from onrecord.record.packing import number_array
from onrecord.record.querying import Term, fold_word, index_words, parse_query
from onrecord.record.ranking import MeaningIndex, date_by_words, keep

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
_ALL: Final = Filters(copies=True)


def find_candidates(connection: sqlite3.Connection, words: str, index: MeaningIndex | None = None) -> list[int]:
    """Return the numbers of statements that may have these words, or say the same; the likeliest first.

    Copies and revised texts are among them, and what was corrected so that it has the words; what somebody said is no
    statement is not.

    Args:
        connection: of a record.
        words: the utterance.
        index: of the meanings; None looks by words only.
    """
    terms = [word for term in parse_words(words) for word in term]
    found = _whole(connection, terms)
    found += _by_words(connection, terms)
    found += _as_corrected(connection, terms)
    if index is not None:
        found += index.rank(words, "1")[:NEAR]
    return keep(connection, list(dict.fromkeys(found)), condition(connection, _ALL, deleted=False))


def read_said(connection: sqlite3.Connection, rows: Sequence[int]) -> list[tuple[int, str]]:
    """Return the numbers of statements with their words, corrected ones as they should be: cheaper than whole hits."""
    query = (
        "SELECT w.id, w.content FROM json_each(?) wanted JOIN statement_words w ON w.id = wanted.value"
        " WHERE w.content IS NOT NULL ORDER BY wanted.key"
    )
    corrected = rewritten(connection)
    return [(row, corrected.get(row, words)) for row, words in connection.execute(query, (number_array(rows),))]


def parse_words(words: str) -> list[tuple[str, ...]]:
    """Return the words as the full-text index has them; what stands in quotation marks is no phrase here.

    >>> parse_words('“Don’t” pay "a levy"')
    [('don',), ('t',), ('pay',), ('a',), ('levy',)]
    """
    cleaned = words.translate(NO_BREAKS).replace('"', " ").replace("*", " ")
    return [(fold_word(word),) for piece in cleaned.split() for term in parse_query(piece).terms for word in term.words]


def _whole(connection: sqlite3.Connection, terms: Sequence[str]) -> list[int]:
    """Return the statements that have all of the words one behind the other, the earliest first."""
    if not terms or len(terms) > MOST_WORDS:
        return []
    return date_by_words(connection, str(Term(tuple(terms))), "1", EACH, newest=False)


def _by_words(connection: sqlite3.Connection, terms: Sequence[str]) -> list[int]:
    rare = _rare(connection, terms)
    scores = _weigh(rare)
    for run in _runs(terms, rare):
        for row in _matching(connection, str(Term(run)), EACH):
            scores[row] += RUN
    return _best(scores)


def _as_corrected(connection: sqlite3.Connection, terms: Sequence[str]) -> list[int]:
    """Return the statements that have some of the words since somebody corrected them: the index does not know that."""
    wanted, holding = frozenset(terms), defaultdict[str, list[int]](list)
    for row, words in rewritten(connection).items():
        for word in wanted.intersection(index_words(words)):
            holding[word].append(row)
    return _best(_weigh(holding))


def _weigh(holding: Mapping[str, Sequence[int]]) -> defaultdict[int, float]:
    """Return how much of the words each statement has, given who has each of them; a rarer one tells more."""
    scores: defaultdict[int, float] = defaultdict(float)
    for rows in holding.values():
        for row in rows:
            scores[row] += math.log(1 + FREQUENT / len(rows))
    return scores


def _best(scores: Mapping[int, float]) -> list[int]:
    return sorted(scores, key=lambda row: (-scores[row], row))[:BEST]


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
