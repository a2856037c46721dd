"""Which statements their own report takes back: what it quotes, and says behind it that nobody said.

“The harbour will be sold,” the video has her say. Ilven never said that. What a retraction or a fact check quotes is in
it word for word, and no proof that it was said.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from onrecord.compare.naming import same_name
from onrecord.compare.wording import read_words
from onrecord.record.corrected import deleted_statements
from onrecord.record.hits import Hit, read_hits
from onrecord.record.packing import number_array
from onrecord.wordlists import word_set

FOLLOWING: Final = 3
"""Statements behind one, of which each may take it back: another one may stand within it."""
REACH: Final = 200
"""Characters between the end of the words and that: the end of their sentence, and another one."""
NAMING: Final = word_set("this that it so such a no any thing things anything of the kind sort these those words")
"""Words that stand for what was quoted: "this", "no such thing", "anything of the kind"."""


def find_taken_back(connection: sqlite3.Connection, hits: Sequence[Hit]) -> frozenset[int]:
    """Return the numbers of the statements that their own report takes back, and of those that they stand within."""
    rows = {row for hit in hits for row in range(hit.row + 1, hit.row + 1 + FOLLOWING)}  # a report's are in a row
    rows.difference_update(deleted_statements(connection))
    query = "SELECT id FROM statements WHERE id IN (SELECT value FROM json_each(?)) AND negated"
    negated = [row for (row,) in connection.execute(query, (number_array(sorted(rows)),))]
    denials = [each for each in read_hits(connection, negated) if each.negated and _stands_for_another(each)]
    taken_back = [hit for hit in hits if any(_takes_back(denial, hit) for denial in denials)]
    return frozenset(hit.row for hit in hits if _is_or_has(hit, taken_back))


def has_within(outer: Hit, inner: Hit) -> bool:
    """Tell whether a statement reports what another one of the same report has: "the Echo wrote that she said so"."""
    mine, theirs = outer.citation, inner.citation
    if theirs.document != mine.document or theirs.content == mine.content:
        return False
    return all(any(span.contains(piece) for span in mine.content) for piece in theirs.content)


def _is_or_has(hit: Hit, others: Iterable[Hit]) -> bool:
    return any(hit.row == other.row or has_within(hit, other) for other in others)


def _stands_for_another(denial: Hit) -> bool:
    words = read_words(denial.words)
    return bool(denial.words.strip()) and all(word.key in NAMING for word in words)


def _takes_back(denial: Hit, hit: Hit) -> bool:
    mine, theirs = hit.citation, denial.citation
    gap = theirs.content[0].start - mine.content[-1].end
    return mine.document == theirs.document and 0 < gap <= REACH and same_name(denial.speaker, hit.speaker) is True
