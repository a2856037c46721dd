"""Statements that somebody put in: where their words stand, and they themselves written behind those that were read.

What they are is kept among the corrections (:mod:`onrecord.record.annotating`). Whenever these change, the report's
reading is written again with what is then put in, in the same transaction, so that they are found and counted like
those that were read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, combinations, pairwise, product
from typing import Final, NamedTuple

from onrecord.document import Span
from onrecord.errors import BadChange, DamagedRecord, MissingRecord
from onrecord.reading import ReadingRecord
from onrecord.record.linking import link_people, unlink_people
from onrecord.record.locating import locate, locate_near
from onrecord.record.meaning import vectors_of
from onrecord.record.mirrors import address_print
from onrecord.record.nibbles import STEP, unpack_vectors
from onrecord.record.overlaying import with_put_in
from onrecord.record.packing import COUNTING, Terms
from onrecord.record.restoring import restore_whole
from onrecord.record.storing import Vectors, remove_reading, store_reading
from onrecord.record.whole import Whole

_HIDDEN: Final = "\0"
"""In the place of a character that is not to be found; nobody can type it into a command."""


class Place(NamedTuple):
    """Where the parts of a statement stand."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


# ---- where its words stand -----------------------------------------------------------------------------------


def report_at(connection: sqlite3.Connection, address: str) -> str:
    """Return the ``document.id`` of the report that stands under an address or a mirror of it.

    A report in which no statement was found is in no search, which would tell its id.

    Raises:
        MissingRecord: no report does.
    """
    row = connection.execute(
        "SELECT hash FROM documents WHERE address_print = ? AND is_current ORDER BY id DESC", (address_print(address),)
    ).fetchone()
    if row is None:
        raise MissingRecord(
            "no report of the record has this address", where=address, advice="add it first: onrecord add"
        )
    return str(row[0])


def place_missed(text: str, content: str | Sequence[Span], *, source: str = "", cue: str = "") -> Place:
    """Return where a statement that was missed stands, by words of the report.

    The words of its content must stand in one place; source and cue are where they are nearest to it and each other,
    outside of it if they can be.

    >>> text = "Ada said no. “Ada said no,” Ada said."
    >>> place_missed(text, "“Ada said no,”", source="Ada", cue="said")
    Place(source=(Span(start=28, end=31),), cue=(Span(start=32, end=36),), content=(Span(start=13, end=27),))
    >>> place_missed(text, "said no")
    Traceback (most recent call last):
    ...
    onrecord.errors.BadChange: 'said no': is in several places: 4-11 (Ada said no. “Ada said no,” Ada said.); 18-25 \
(Ada said no. “Ada said no,” Ada said.); give one as --span START-END

    Args:
        text: of the document.
        content: words, pieces that the text interrupts apart by `` … ``; or the places of the pieces.
        source: words like that, or none.
        cue: words like that, or none.

    Raises:
        BadChange: words are not in the text, or those of the content in several places, which are named; or pieces of
            the content overlap.
    """
    pieces = locate(text, content) if isinstance(content, str) else tuple(sorted(content))
    for before, piece in pairwise(pieces):
        if piece.start < before.end:
            raise BadChange("two pieces overlap", where=f"{piece.start}-{piece.end}", advice="give them apart, or one")
    around = _hide(text, pieces)
    sources, cues = (_near(text, around, words, pieces) for words in (source, cue))
    by_cue, by_source = (
        _near(text, around, words, chain.from_iterable(others)) for words, others in ((source, cues), (cue, sources))
    )
    pairs = product(sorted(sources | by_cue), sorted(cues | by_source))
    return min((Place(source=each, cue=other, content=pieces) for each, other in pairs), key=_spread)


def _near(text: str, around: str, words: str, spans: Iterable[Span]) -> set[tuple[Span, ...]]:
    """Return the places of words that are nearest to an edge of spans; nowhere is the one place of no words."""
    edges = {edge for span in spans for edge in span}
    if not words.strip():
        return {()}
    try:
        return {locate_near(around, words, edge) for edge in edges}
    except BadChange:  # they stand within the content alone, or not at all
        return {locate_near(text, words, edge) for edge in edges}


def _hide(text: str, spans: Sequence[Span]) -> str:
    """Return a text of the same length in which nothing is found within spans."""
    for span in spans:
        size = len(span.of(text))  # of one that is not in the text, which is told later: none
        text = text[: span.start] + _HIDDEN * size + text[span.start + size :]
    return text


def _spread(place: Place) -> int:
    """Return how many characters lie between the parts, along the shortest way that leads to all."""
    gaps = [_gap(some, others) for some, others in combinations(filter(None, place), 2)]
    return sum(gaps) - (max(gaps) if len(gaps) == len(place) else 0)


def _gap(some: Sequence[Span], others: Sequence[Span]) -> int:
    return min(max(a.start - b.end, b.start - a.end, 0) for a in some for b in others)


# ---- written behind what was read ----------------------------------------------------------------------------


def store_with_put_in(
    connection: sqlite3.Connection,
    row: int,
    record: ReadingRecord,
    when: str,
    vectors: Vectors | None,
    *,
    standing: int = 0,
) -> None:
    """Write a reading of a report that is in the record, and behind it what somebody put in and it does not have.

    Raises:
        UnstorableReading: spans outside the text, an id twice, or one of nothing.
    """
    whole = with_put_in(connection, record)
    store_reading(connection, row, whole, when, _with_meanings(vectors, whole), standing=standing)


def put_again(connection: sqlite3.Connection, document: str) -> None:
    """Write the reading of a report again where what somebody put in is not what stands behind it."""
    row, when, standing = connection.execute(
        "SELECT id, coalesce(read_at, added_at),"
        f" CASE WHEN NOT is_current THEN 2 WHEN {COUNTING} THEN 0 ELSE 1 END"
        " FROM documents JOIN readings ON document_id = id WHERE hash = ?",
        (document,),
    ).fetchone()
    stored = restore_whole(connection, row, Terms(connection))
    due = with_put_in(connection, stored.as_read)
    if due.reading.statements == stored.reading.statements:
        return
    vectors = _vectors(connection, row, stored.statements)
    keys = unlink_people(connection, row)
    remove_reading(connection, row)
    store_reading(connection, row, due, when, _with_meanings(vectors, due), standing=standing)
    link_people(connection, [row], also=keys)


def put_all_again(connection: sqlite3.Connection) -> None:
    """Write what was put into a record by a version of onrecord that kept it among the corrections alone.

    A report that is damaged is left as it is: whoever opens the record can look at all others, and check it.
    """
    documents = connection.execute(
        "SELECT DISTINCT document_hash FROM corrections JOIN documents ON hash = document_hash"
        " WHERE field = 'added' AND standing <> 'withdrawn' ORDER BY 1"
    ).fetchall()
    for (document,) in documents:
        try:
            put_again(connection, document)
        except DamagedRecord:
            continue


# ---- what they mean ------------------------------------------------------------------------------------------


def _vectors(connection: sqlite3.Connection, row: int, count: int) -> Vectors | None:
    """Return the meanings of the first statements of a report, as many as were read; None where none are kept."""
    found = connection.execute(
        "SELECT name, dimensions, vectors FROM embeddings JOIN encoders ON encoders.id = encoder_id"
        " WHERE document_id = ?",
        (row,),
    ).fetchone()
    if found is None:
        return None
    encoder, dimensions, packed = found
    values = unpack_vectors(packed, dimensions)[:count] * STEP
    return Vectors(encoder=encoder, dimensions=dimensions, values=values.tobytes())


def _with_meanings(vectors: Vectors | None, whole: Whole) -> Vectors | None:
    """Return meanings with those of what was put in behind them: zeros, which nothing is near, by another's table."""
    added = whole.reading.statements[whole.statements :]
    if vectors is None or not added:
        return vectors
    known = vectors_of(replace(whole.reading, statements=added))
    more = known.values if known.encoder == vectors.encoder else bytes(len(added) * vectors.dimensions)
    return replace(vectors, values=vectors.values + more)
