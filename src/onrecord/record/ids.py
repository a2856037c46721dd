"""Record-wide ids: a statement is named by its document's hash and the hash of its spans, never by a counter.

So corrections and citations of a statement hold after a second reading that finds the same spans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

from onrecord.document import Span
from onrecord.errors import MissingRecord
from onrecord.reading import Statement

ID = re.compile(r"([0-9a-f]{16})-([0-9a-f]{8})")


class StatementId(NamedTuple):
    """A record-wide id: 16 hexadecimal digits of the document, 8 of the spans."""

    document: str
    """The contract's ``document.id``."""
    mark: int
    """32 bits of the hash of the statement's spans."""

    def __str__(self) -> str:
        """Return the id as it is shown and cited.

        >>> str(StatementId("3f9a1c2b7d8e4f60", 0x9C01D2E7))
        '3f9a1c2b7d8e4f60-9c01d2e7'
        """
        return f"{self.document}-{self.mark:08x}"


def parse_statement_id(words: str) -> StatementId:
    """Return the parts of an id as it was shown.

    >>> parse_statement_id("3f9a1c2b7d8e4f60-9c01d2e7").document
    '3f9a1c2b7d8e4f60'

    Raises:
        MissingRecord: the words are no id of a statement.
    """
    found = ID.fullmatch(words.strip().lower())
    if found is None:
        raise MissingRecord(
            "no id of a statement",
            where=words,
            advice="an id looks like 3f9a1c2b7d8e4f60-9c01d2e7: see onrecord search",
        )
    return StatementId(found[1], int(found[2], 16))


def mark_spans(source: Sequence[Span], cue: Sequence[Span], content: Sequence[Span], *, occurrence: int = 0) -> int:
    """Return 32 bits of the hash of a statement's spans.

    Two statements of one report share all their spans only if a reader says the same twice; ``occurrence`` tells
    such ones apart, and the few whose 32 bits meet by chance (one in 2,000 reports with 2,000 statements).

    >>> mark_spans([], [Span(3, 7)], [Span(8, 20)]) == mark_spans([Span(3, 7)], [], [Span(8, 20)])
    False
    """
    written = ";".join(",".join(f"{start}-{end}" for start, end in spans) for spans in (source, cue, content))
    digest = blake2b(f"{written};{occurrence}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big")


def ids_of(document: str, statements: Sequence[Statement]) -> dict[str, str]:
    """Return the record-wide ids of one document's statements, all of them, by their ids in its reading."""
    marks = mark_statements(statements)
    return {each.id: str(StatementId(document, mark)) for each, mark in zip(statements, marks, strict=True)}


def mark_statements(statements: Sequence[Statement]) -> list[int]:
    """Return the marks of one document's statements, each another."""
    taken: set[int] = set()
    marks = []
    for statement in statements:
        occurrence = 0
        while (mark := mark_spans(statement.source, statement.cue, statement.content, occurrence=occurrence)) in taken:
            occurrence += 1
        taken.add(mark)
        marks.append(mark)
    return marks
