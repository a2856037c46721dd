"""How each statement of a record is framed: whose it is, in which outlet and report, and by which cue.

Copies and revised texts are left out, and so is all but the earliest of sentences that several reports have word for
word, cue and all: an agency's copy, which stands in reports that are no copies as a whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from onrecord.reading import CueClass
from onrecord.record.corrected import rectified
from onrecord.record.facets import JOINS
from onrecord.record.filtering import Filters, condition
from onrecord.record.finding import registered_names
from onrecord.record.packing import Terms, print_order, text_of, unpack_spans, words_of
from onrecord.record.querying import parse_query

_MATCHING: Final = "s.id IN (SELECT rowid FROM statements_fts WHERE statements_fts MATCH :words)"
LEAST_WORDS: Final = 5
"""Words of a content from which on the same ones in two reports are one agency's: anybody says "it is a disgrace"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """One statement with what frames it."""

    row: int
    """The record's own number of the statement."""
    report: int
    """That of its report."""
    document: str
    """The contract's id of the report: what decides between reports of one time, in whatever order they were added."""
    outlet: str | None
    speaker: str | None
    """As the user's register calls who says it, or else the report."""
    person: int | str | None
    """What tells one speaker from another: the record's number, or the name."""
    cue_class: CueClass
    published: str | None
    words: bytes
    """The hash of speaker, cue and content; empty for a content too short to tell."""


def framed_statements(connection: sqlite3.Connection, filters: Filters, topic: str | None) -> tuple[list[Framed], int]:
    """Return the statements that filters let by, and how many were left out as an agency's sentences met before.

    Reads the texts of their reports: 10 seconds for a million statements.

    Args:
        connection: of a record.
        filters: as of a search; copies never count.
        topic: words that are all to be in the content; None for any.

    Raises:
        BadQuery: a day that is none.
    """
    where = condition(connection, replace(filters, copies=False), deleted=False)
    words = None if topic is None else str(parse_query(topic))
    if words is not None:
        where += f" AND {_MATCHING}" if words else " AND 0"
    rows = connection.execute(
        "SELECT s.document_id, d.hash, s.id, coalesce(o.name, d.outlet), coalesce(s.speaker_name, e.name),"
        " CASE WHEN s.speaker_name IS NULL THEN coalesce(m.into_id, e.person_id) END, s.cue_class, d.published,"
        f" s.cue, s.content FROM statements s {JOINS} JOIN documents d ON d.id = s.document_id"
        f" LEFT JOIN outlets o ON o.id = s.outlet_id WHERE {where} ORDER BY s.document_id, s.id",
        {"words": words} if words else {},
    ).fetchall()
    found = sorted(_read(connection, rows), key=lambda each: (print_order(each.published), each.document, each.row))
    kept = list(_once(found))
    return kept, len(found) - len(kept)


def _read(connection: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> Iterator[Framed]:
    terms = Terms(connection)
    corrected = rectified(connection, terms)
    people = {row[5] for row in rows} | {number for number, _ in corrected.speaker.values()}
    registered = registered_names(connection, [person for person in people if person is not None])
    for document, several in groupby(rows, key=itemgetter(0)):
        text = text_of(connection, document)
        for _, hash_, row, outlet, name, number, cue_class, published, cue, content in several:
            person, speaker = corrected.speaker.get(row, (number, name))
            who = speaker if person is None else person
            yield Framed(
                row=row,
                report=document,
                document=hash_,
                outlet=outlet,
                speaker=registered.get(person, speaker),
                person=who,
                cue_class=terms.word(corrected.cue_class.get(row, cue_class)),
                published=published,
                words=_print(str(who), words_of(text, unpack_spans(cue)), words_of(text, unpack_spans(content))),
            )


def _print(who: str, cue: str | None, content: str | None) -> bytes:
    words = (content or "").casefold().split()
    if len(words) < LEAST_WORDS:
        return b""
    told = "\n".join((who, *(cue or "").casefold().split(), *words))
    return blake2b(told.encode("utf-8", "replace"), digest_size=12).digest()


def _once(found: Iterable[Framed]) -> Iterator[Framed]:
    """Yield the statements without those whose words another report had before."""
    first: dict[bytes, int] = {}
    for each in found:
        if not each.words or first.setdefault(each.words, each.report) == each.report:
            yield each
