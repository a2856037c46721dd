"""Corrections: what somebody says that a statement should be, kept apart from what was read, and shown over it.

A correction names its statement by the record-wide id. A later reading that finds the same spans finds the correction
again; where it does not, the correction is *adrift*: it is kept, listed and shown nowhere, until a reading finds the
statement again. Of several of one field the last one that stands holds.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, get_args

from onrecord.document import Span
from onrecord.encoding import clean
from onrecord.errors import BadChange, MissingRecord
from onrecord.reading import CueClass, Form, ReadingRecord, Statement, StatementModality
from onrecord.record.changing import NOBODY, By
from onrecord.record.ids import StatementId, mark_statements, parse_statement_id
from onrecord.record.locating import Place, locate, place_again
from onrecord.record.opening import transaction
from onrecord.record.overlaying import SPANS, YES_OR_NO, corrections_of, find_statement, form_in, is_put_in, spans_of
from onrecord.record.packing import clean_or_none, stamp, words_of
from onrecord.record.putting import put_again
from onrecord.record.restoring import read_reading
from onrecord.record.speakernames import names_given, speaker_names

Field = Literal["speaker", "source", "cue", "content", "cue_class", "form", "modality", "negated", "added", "deleted"]
"""What is corrected; ``added`` and ``deleted`` are of whole statements, see :mod:`onrecord.record.annotating`."""
CorrectionState = Literal["stands", "replaced", "adrift", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Should:
    """What a statement should be; None leaves a field as it was read."""

    speaker: Sequence[str] | None = None
    """Names, each of which may be several apart by semicolons; empty where the report names nobody."""
    content: str | None = None
    """Words of the report, pieces apart by `` … ``, that stand in one place."""
    source: str | None = None
    """Words like that; where they stand in several places, those nearest to what is said. Empty for none."""
    cue: str | None = None
    """As for the source."""
    source_spans: Sequence[Span] | None = None
    """In the place of the words, as the two below."""
    cue_spans: Sequence[Span] | None = None
    content_spans: Sequence[Span] | None = None
    cue_class: CueClass | None = None
    form: Form | None = None
    """Where it does not follow from the quotation marks: a block quotation without any, say, or marks of scorn."""
    modality: StatementModality | None = None
    """Whether it was said, will be, might be, or is denied to have been."""
    negated: bool | None = None
    """Whether the report says that it was not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One field of one statement, corrected."""

    id: int
    statement: str
    """The record-wide id that the statement had when it was corrected."""
    field: Field
    value: str | None
    """What it should be, in words; None for nobody or nothing."""
    before: str | None
    """What was read."""
    speakers: tuple[str, ...] | None
    """The names of the value one by one, none for nobody, where it is of speakers: of ``speaker`` and ``added``."""
    speakers_before: tuple[str, ...] | None
    """Of what was read, for ``speaker``; None too where an older version of onrecord noted it, as a heading alone."""
    spans: tuple[Span, ...]
    """Of the value, for source, cue and content: code points of the document's text."""
    who: str | None
    made_at: str
    """UTC."""
    why: str | None
    state: CorrectionState
    now: str | None = None
    """Where it is adrift: the statement of the present reading whose content has most of what its statement had."""

    @property
    def in_words(self) -> tuple[str, str]:
        """What was read and what it should be: nobody for no speaker, nothing for no words."""
        none = "nobody" if self.field == "speaker" else "nothing"
        return self.before or none, self.value or none


# ---- making and undoing --------------------------------------------------------------------------------------


def correct_statement(
    connection: sqlite3.Connection, statement: str, should: Should, by: By = NOBODY
) -> list[Correction]:
    """Correct a statement; return a correction for each field.

    Raises:
        MissingRecord: no such statement.
        BadChange: nothing to correct, words that are not in the report or in several places, or spans outside of it.
    """
    wanted = parse_statement_id(statement)
    with transaction(connection):
        reading = read_reading(connection, wanted.document)
        read = find_statement(connection, reading, wanted)
        if read is None:
            raise no_statement(wanted)
        text, names = reading.document.text, _speakers(connection, wanted, reading, read)
        values = _values(text, should, _place(connection, wanted, read))
        if not values:
            raise BadChange("nothing to correct", where=statement, advice="say what it should be")
        made = [
            note(connection, wanted, {"field": field, "value": value, "before": _before(text, read, names, field)}, by)
            for field, value in values
        ]
        return [read_correction(connection, number) for number in made]


def no_statement(wanted: StatementId) -> MissingRecord:
    """Return the error of an id that no statement has."""
    return MissingRecord("no such statement in the record", where=str(wanted), advice="see: onrecord search --in FILE")


def undo_correction(connection: sqlite3.Connection, number: int) -> Correction:
    """Withdraw a correction; it stays in the list. With a statement that was put in go the corrections of it.

    Raises:
        MissingRecord: no such correction.
        BadChange: it was withdrawn before.
    """
    with transaction(connection):
        correction = read_correction(connection, number)
        if correction.state == "withdrawn":
            raise BadChange("was withdrawn before", where=f"correction {number}", advice=_LIST)
        connection.execute("UPDATE corrections SET standing = 'withdrawn' WHERE id = ?", (number,))
        if correction.field == "added":
            take_out(connection, parse_statement_id(correction.statement))
        return read_correction(connection, number)


def take_out(connection: sqlite3.Connection, statement: StatementId) -> None:
    """Take a statement out that is put in no more; withdraw what was said of it, unless it was read since."""
    put_again(connection, statement.document)
    if find_statement(connection, read_reading(connection, statement.document), statement) is None:
        connection.execute(
            "UPDATE corrections SET standing = 'withdrawn'"
            " WHERE document_hash = ? AND mark = ? AND standing = 'stands'",
            statement,
        )


def settle_corrections(connection: sqlite3.Connection, document: str) -> tuple[str, ...]:
    """Mark a document's corrections as standing or adrift; return the statements whose corrections are adrift.

    A correction that has found its statement again, after a still later reading, stands again. A statement that
    somebody put in stands whatever is read, and with it what was said of it since.
    """
    marks = connection.execute(
        "SELECT mark FROM statements JOIN readings ON statements.id >= first_statement"
        " AND statements.id < first_statement + statement_count - added_statements"
        " JOIN documents ON documents.id = readings.document_id WHERE hash = ?",
        (document,),
    )
    found = json.dumps([mark for (mark,) in marks])
    connection.execute(
        "UPDATE corrections SET standing ="
        " CASE WHEN field = 'added' OR mark IN (SELECT value FROM json_each(?)) OR EXISTS ("
        " SELECT 1 FROM corrections AS other WHERE other.document_hash = corrections.document_hash"
        " AND other.mark = corrections.mark AND other.field = 'added' AND other.standing <> 'withdrawn'"
        " AND other.id < corrections.id) THEN 'stands' ELSE 'adrift' END"
        " WHERE document_hash = ? AND standing <> 'withdrawn'",
        (found, document),
    )
    rows = connection.execute(
        "SELECT DISTINCT mark FROM corrections WHERE document_hash = ? AND standing = 'adrift' ORDER BY mark",
        (document,),
    )
    return tuple(str(StatementId(document, row[0])) for row in rows)


def _place(connection: sqlite3.Connection, statement: StatementId, read: Statement) -> Place:
    """Return where a statement stands, as it was corrected so far."""
    values = corrections_of(connection, statement.document).get(statement.mark, {})
    return Place(*(spans_of(values[part]["spans"]) if part in values else getattr(read, part) for part in SPANS))


def _speakers(
    connection: sqlite3.Connection, statement: StatementId, reading: ReadingRecord, read: Statement
) -> Sequence[str]:
    """Return the names of who said a statement, as it was read or put in."""
    if is_put_in(read):
        names: Sequence[str] = corrections_of(connection, statement.document)[statement.mark]["added"]["names"]
        return names
    return speaker_names(read, {each.id: each for each in reading.entities})


def _values(text: str, should: Should, place: Place) -> list[tuple[Field, dict[str, Any]]]:
    """Return the fields to correct, with what is kept of their values: words for SQL, spans or names for readings.

    Of a content, also the form that follows from it.
    """
    values: list[tuple[Field, dict[str, Any]]] = []
    if should.speaker is not None:
        names = [clean(name) for name in names_given(should.speaker)]
        values.append(("speaker", {"words": ", ".join(names) or None, "names": names}))
    for field, given in _spans(text, should, place).items():
        if given is not None:
            check_spans(text, field, given)
            value = {"words": clean_or_none(words_of(text, sorted(given))), "spans": sorted(given)}
            values.append(
                (field, value | {"form": form_in(text, tuple(sorted(given)))} if field == "content" else value)
            )
    if should.cue_class is not None:
        check_word("cue class", should.cue_class, get_args(CueClass))
        values.append(("cue_class", {"words": should.cue_class}))
    if should.form is not None:
        check_word("form", should.form, get_args(Form))
        values.append(("form", {"words": should.form}))
    if should.modality is not None:
        check_word("modality", should.modality, get_args(StatementModality))
        values.append(("modality", {"words": should.modality}))
    if should.negated is not None:
        values.append(("negated", {"words": YES_OR_NO[should.negated]}))
    return values


def _spans(text: str, should: Should, place: Place) -> dict[Field, Sequence[Span] | None]:
    """Return where source, cue and content should stand; None for one that stays where it is."""
    content = locate(text, should.content) if should.content is not None else should.content_spans
    around = place._replace(content=tuple(content or place.content))
    found = place_again(text, around, source=should.source, cue=should.cue)
    return {
        "source": should.source_spans if should.source is None else found.source,
        "cue": should.cue_spans if should.cue is None else found.cue,
        "content": content,
    }


def check_word(kind: str, given: str, known: Sequence[str]) -> None:
    """Check that a word is one of a short list.

    Raises:
        BadChange: it is none; those of the list are named.
    """
    if given not in known:
        raise BadChange(f"no {kind}", where=given[:40], advice=f"one of {', '.join(known)}")


def check_spans(text: str, field: Field, spans: Sequence[Span]) -> None:
    """Check that the pieces of a part of a statement are characters of a text, each for itself.

    Raises:
        BadChange: a content without any, one that is empty or reaches beyond the text, or two that overlap.
    """
    ordered = sorted(spans)
    if field == "content" and not ordered:
        raise BadChange("a statement has a content", advice="give what was said")
    for before, span in zip((Span(0, 0), *ordered), ordered, strict=False):
        _check_place(text, span)
        if span.start < before.end:
            raise BadChange("two pieces overlap", where=f"{span.start}-{span.end}", advice="give them apart, or one")


def _check_place(text: str, span: Span) -> None:
    if not 0 <= span.start < span.end <= len(text):
        raise BadChange(
            f"outside the report, which has {len(text)} characters",
            where=f"{span.start}-{span.end}",
            advice="give offsets of its text, the end behind the start",
        )


def _before(text: str, read: Statement, names: Sequence[str], field: Field) -> dict[str, Any]:
    """Return what is kept of a statement as it was read: the field, and by what it may be found once it is adrift."""
    words = {
        "speaker": read.speaker_name,
        "cue_class": read.cue_class,
        "form": read.form,
        "modality": read.modality,
        "negated": YES_OR_NO[read.negated],
        **{part: words_of(text, getattr(read, part)) for part in SPANS},
    }[field]
    kept: dict[str, Any] = {"words": clean_or_none(words), "content": read.content}
    return kept | {"names": [clean(name) for name in names]} if field == "speaker" else kept


def note(connection: sqlite3.Connection, statement: StatementId, what: Mapping[str, Any], by: By) -> int:
    """Write a correction down, its ``field``, ``value`` and what was ``before``; return its number."""
    value, before = (json.dumps(what[each], ensure_ascii=False) for each in ("value", "before"))
    made = connection.execute(
        "INSERT INTO corrections (document_hash, mark, field, value, before, who, made_at, why)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*statement, what["field"], value, before, clean_or_none(by.who), stamp(by.now), clean_or_none(by.why)),
    )
    return made.lastrowid or 0


_LIST: Final = "see: onrecord corrections --in FILE"

# ---- listing -------------------------------------------------------------------------------------------------

_QUERY: Final = """
SELECT id, document_hash, mark, field, value, before, who, made_at, why,
    CASE WHEN standing = 'stands' AND EXISTS (
        SELECT 1 FROM corrections AS later WHERE later.document_hash = corrections.document_hash
        AND later.mark = corrections.mark AND later.field = corrections.field AND later.standing = 'stands'
        AND later.id > corrections.id) THEN 'replaced'
    WHEN field = 'added' AND standing = 'adrift' THEN 'stands' ELSE standing END AS state
FROM corrections"""


_ADRIFT: Final = "standing = 'adrift' AND field <> 'added'"


def list_corrections(
    connection: sqlite3.Connection,
    *,
    adrift: bool = False,
    of: StatementId | None = None,
    after: int = 0,
    most: int | None = None,
) -> list[Correction]:
    """Return the corrections, the first one first, withdrawn ones among them.

    Args:
        connection: of the record.
        adrift: only those adrift.
        of: only those of one statement.
        after: only those with a greater number: where a page before ended.
        most: so many at most.
    """
    wanted = ["id > ?", *([_ADRIFT] if adrift else []), *(["document_hash = ? AND mark = ?"] if of else [])]
    where = f"WHERE {' AND '.join(wanted)} ORDER BY id LIMIT ?"
    return _read_all(connection, where, (after, *(of or ()), -1 if most is None else most))


def newest_corrections(connection: sqlite3.Connection, most: int) -> list[Correction]:
    """Return the corrections that were made last, the last one first."""
    return _read_all(connection, "ORDER BY made_at DESC, id DESC LIMIT ?", (most,))


def count_corrections(connection: sqlite3.Connection) -> int:
    """Return how many corrections there are, withdrawn ones among them."""
    return int(connection.execute("SELECT count(*) FROM corrections").fetchone()[0])


def _read_all(connection: sqlite3.Connection, which: str, values: Sequence[int | str]) -> list[Correction]:
    rows = connection.execute(f"{_QUERY} {which}", values).fetchall()
    # Annotators correct hundreds of statements of one report, and all may be adrift: it is read once.
    present = cache(lambda document: _marked(connection, document))
    return [_read(row, present) for row in rows]


def read_correction(connection: sqlite3.Connection, number: int) -> Correction:
    """Return a correction by its number.

    Raises:
        MissingRecord: no such correction.
    """
    row = connection.execute(f"{_QUERY} WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise MissingRecord("no such correction", where=str(number), advice=_LIST)
    return _read(row, lambda document: _marked(connection, document))


def _marked(connection: sqlite3.Connection, document: str) -> list[tuple[str, Statement]]:
    """Return the statements of the present reading of a report, by their record-wide ids."""
    statements = read_reading(connection, document).statements
    return [
        (str(StatementId(document, mark)), each)
        for mark, each in zip(mark_statements(statements), statements, strict=True)
    ]


def _read(row: Sequence[Any], present: Callable[[str], Sequence[tuple[str, Statement]]]) -> Correction:
    number, document, mark, field, written, packed, who, made_at, why, state = row
    value, before = json.loads(written), json.loads(packed)
    return Correction(
        id=number,
        statement=str(StatementId(document, mark)),
        field=field,
        value=value["words"],
        before=before["words"],
        speakers=_names(value),
        speakers_before=_names(before),
        spans=spans_of(value.get("spans", ())),
        who=who,
        made_at=made_at,
        why=why,
        state=state,
        now=_nearest(present(document), spans_of(before["content"])) if state == "adrift" else None,
    )


def _names(kept: Mapping[str, Any]) -> tuple[str, ...] | None:
    return tuple(kept["names"]) if "names" in kept else None


def _nearest(marked: Sequence[tuple[str, Statement]], content: Sequence[Span]) -> str | None:
    """Return the statement whose content shares the most characters with a content; None where none shares any."""
    shared = [(_overlap(each.content, content), statement) for statement, each in marked]
    most, statement = max(shared, key=lambda pair: pair[0], default=(0, ""))  # of equal ones the first
    return statement if most else None


def _overlap(some: Sequence[Span], others: Sequence[Span]) -> int:
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in some for b in others)


def corrected_reports(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of the reports in which a correction stands, in their order."""
    rows = connection.execute("SELECT DISTINCT document_hash FROM corrections WHERE standing = 'stands' ORDER BY 1")
    return [document for (document,) in rows]
