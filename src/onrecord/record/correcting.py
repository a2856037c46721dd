"""Corrections: what somebody says that a statement should be, kept apart from what was read, and shown over it.

A correction names its statement by the record-wide id. A later reading that finds the same spans finds the correction
again; where it does not, the correction is *adrift*: it is kept, listed and shown nowhere, until a reading finds the
statement again. Of several of one field the last one that stands holds.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, get_args

from onrecord.attribution.forms import form_of
from onrecord.document import Span, Zone, ZoneKind
from onrecord.errors import BadChange, MissingRecord
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.reading import CueClass, Entity, Form, ReadingRecord, Statement
from onrecord.record.changing import NOBODY, By
from onrecord.record.ids import StatementId, mark_statements, parse_statement_id
from onrecord.record.locating import locate
from onrecord.record.opening import transaction
from onrecord.record.packing import clean, clean_or_none, stamp, words_of
from onrecord.record.restoring import read_reading
from onrecord.speakers.namewords import fold

Field = Literal["speaker", "source", "cue", "content", "cue_class", "form", "added", "deleted"]
"""What is corrected; ``added`` and ``deleted`` are of whole statements, see :mod:`onrecord.record.annotating`."""
CorrectionState = Literal["stands", "replaced", "adrift", "withdrawn"]
SPANS: Final = ("source", "cue", "content")
CORRECTED: Final = "correction"
"""``speaker_by`` of a statement whose speaker somebody corrected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Should:
    """What a statement should be; None leaves a field as it was read."""

    speaker: Sequence[str] | None = None
    """Names; empty where the report names nobody."""
    content: str | None = None
    """Words of the report, pieces apart by `` … ``."""
    source_spans: Sequence[Span] | None = None
    cue_spans: Sequence[Span] | None = None
    content_spans: Sequence[Span] | None = None
    cue_class: CueClass | None = None
    form: Form | None = None
    """Where it does not follow from the quotation marks: a block quotation without any, say, or marks of scorn."""


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
    spans: tuple[Span, ...]
    """Of the value, for source, cue and content: code points of the document's text."""
    who: str | None
    made_at: str
    """UTC."""
    why: str | None
    state: CorrectionState
    now: str | None = None
    """Where it is adrift: the statement of the present reading whose content has most of what its statement had."""


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
        read = find_statement(reading, wanted)
        if read is None:
            raise no_statement(wanted)
        values = _values(reading, should)
        if not values:
            raise BadChange(
                "nothing to correct", where=statement, advice="give --speaker, --content, --cue-class or --form"
            )
        made = [
            note(connection, wanted, {"field": field, "value": value, "before": _before(reading, read, field)}, by)
            for field, value in values
        ]
        return [_read_correction(connection, number) for number in made]


def find_statement(reading: ReadingRecord, wanted: StatementId) -> Statement | None:
    """Return the statement of a reading that has an id; None where none has."""
    return dict(zip(mark_statements(reading.statements), reading.statements, strict=True)).get(wanted.mark)


def no_statement(wanted: StatementId) -> MissingRecord:
    """Return the error of an id that no statement has."""
    return MissingRecord("no such statement in the record", where=str(wanted), advice="see: onrecord search --in FILE")


def undo_correction(connection: sqlite3.Connection, number: int) -> Correction:
    """Withdraw a correction; it stays in the list.

    Raises:
        MissingRecord: no such correction.
        BadChange: it was withdrawn before.
    """
    with transaction(connection):
        correction = _read_correction(connection, number)
        if correction.state == "withdrawn":
            raise BadChange("was withdrawn before", where=f"correction {number}", advice=_LIST)
        connection.execute("UPDATE corrections SET standing = 'withdrawn' WHERE id = ?", (number,))
        return _read_correction(connection, number)


def _values(reading: ReadingRecord, should: Should) -> list[tuple[Field, dict[str, Any]]]:
    """Return the fields to correct, with what is kept of their values: words for SQL, spans or names for readings."""
    text = reading.document.text
    values: list[tuple[Field, dict[str, Any]]] = []
    if should.speaker is not None:
        names = [clean(" ".join(name.split())) for name in should.speaker]
        if not all(names):
            raise BadChange("a speaker without a name", advice="give the name, or nobody at all")
        values.append(("speaker", {"words": ", ".join(names) or None, "names": names}))
    content = locate(text, should.content) if should.content is not None else should.content_spans
    spans: dict[Field, Sequence[Span] | None] = {
        "source": should.source_spans,
        "cue": should.cue_spans,
        "content": content,
    }
    for field, given in spans.items():
        if given is not None:
            _check_spans(text, field, given)
            words = words_of(text, sorted(given))
            values.append((field, {"words": clean_or_none(words), "spans": sorted(given)}))
    if should.cue_class is not None:
        check_word("cue class", should.cue_class, get_args(CueClass))
        values.append(("cue_class", {"words": should.cue_class}))
    if should.form is not None:
        check_word("form", should.form, get_args(Form))
        values.append(("form", {"words": should.form}))
    return values


def check_word(kind: str, given: str, known: Sequence[str]) -> None:
    """Check that a word is one of a short list.

    Raises:
        BadChange: it is none; those of the list are named.
    """
    if given not in known:
        raise BadChange(f"no {kind}", where=given[:40], advice=f"one of {', '.join(known)}")


def _check_spans(text: str, field: Field, spans: Sequence[Span]) -> None:
    ordered = sorted(spans)
    if field == "content" and not ordered:
        raise BadChange("a statement has a content", advice="give what was said")
    for before, span in zip((Span(0, 0), *ordered), ordered, strict=False):
        check_place(text, span)
        if span.start < before.end:
            raise BadChange("two pieces overlap", where=f"{span.start}-{span.end}", advice="give them apart, or one")


def check_place(text: str, span: Span) -> None:
    """Check that a span has characters of a text.

    Raises:
        BadChange: it is empty, or reaches beyond the text.
    """
    if not 0 <= span.start < span.end <= len(text):
        raise BadChange(
            f"outside the report, which has {len(text)} characters",
            where=f"{span.start}-{span.end}",
            advice="give offsets of its text, the end behind the start",
        )


def _before(reading: ReadingRecord, read: Statement, field: Field) -> dict[str, Any]:
    """Return what is kept of a statement as it was read: the field, and by what it may be found once it is adrift."""
    words = {
        "speaker": read.speaker_name,
        "cue_class": read.cue_class,
        "form": read.form,
        **{part: words_of(reading.document.text, getattr(read, part)) for part in SPANS},
    }[field]
    return {"words": clean_or_none(words), "content": read.content}


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


def list_corrections(
    connection: sqlite3.Connection, *, adrift: bool = False, of: StatementId | None = None
) -> list[Correction]:
    """Return all corrections, the first one first, withdrawn ones among them; or those adrift, or of one statement."""
    wanted = ["state = 'adrift'"] if adrift else []
    wanted += ["document_hash = ? AND mark = ?"] if of else []
    rows = connection.execute(f"{_QUERY} WHERE {' AND '.join(wanted) or '1'} ORDER BY id", of or ()).fetchall()
    return [_read(connection, row) for row in rows]


def _read_correction(connection: sqlite3.Connection, number: int) -> Correction:
    row = connection.execute(f"{_QUERY} WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise MissingRecord("no such correction", where=str(number), advice=_LIST)
    return _read(connection, row)


def _read(connection: sqlite3.Connection, row: Sequence[Any]) -> Correction:
    number, document, mark, field, written, packed, who, made_at, why, state = row
    value, before = json.loads(written), json.loads(packed)
    return Correction(
        id=number,
        statement=str(StatementId(document, mark)),
        field=field,
        value=value["words"],
        before=before["words"],
        spans=spans_of(value.get("spans", ())),
        who=who,
        made_at=made_at,
        why=why,
        state=state,
        now=_nearest(connection, document, spans_of(before["content"])) if state == "adrift" else None,
    )


def spans_of(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    """Return the spans of pairs of offsets, as corrections are kept."""
    return tuple(Span(start, end) for start, end in pairs)


def _nearest(connection: sqlite3.Connection, document: str, content: Sequence[Span]) -> str | None:
    """Return the statement whose content shares the most characters with a content; None where none shares any."""
    statements = read_reading(connection, document).statements
    shared = [(_overlap(statement.content, content), -at) for at, statement in enumerate(statements)]
    most, place = max(shared, default=(0, 0))
    return str(StatementId(document, mark_statements(statements)[-place])) if most else None


def _overlap(some: Sequence[Span], others: Sequence[Span]) -> int:
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in some for b in others)


# ---- showing them over a reading -----------------------------------------------------------------------------

Values = Mapping[Field, Mapping[str, Any]]
"""What fields of one statement should be, as ``corrections.value`` holds it."""


def corrections_of(connection: sqlite3.Connection, document: str) -> dict[int, Values]:
    """Return the corrections of a document that hold, by the mark of the statement."""
    rows = connection.execute(
        "SELECT mark, field, value FROM corrections WHERE document_hash = ? AND standing = 'stands' ORDER BY id",
        (document,),
    )
    found: dict[int, dict[Field, Mapping[str, Any]]] = {}
    for mark, field, value in rows:
        found.setdefault(mark, {})[field] = json.loads(value)
    return dict(found)


def correct_reading(connection: sqlite3.Connection, reading: ReadingRecord) -> ReadingRecord:
    """Return a reading with the corrections of its statements over what was read.

    A corrected speaker is the entity that goes by the name, or a new one behind the others; ``speaker_by`` says
    ``correction``. Ids of statements, and their record-wide ids, stay those of the reading.
    """
    values = corrections_of(connection, reading.document.id)
    if not values:
        return reading
    entities = list(reading.entities)
    marked = zip(mark_statements(reading.statements), reading.statements, strict=True)
    statements = tuple(
        correct(statement, values[mark], reading, entities) if mark in values else statement
        for mark, statement in marked
    )
    return replace(reading, statements=statements, entities=tuple(entities))


def correct(statement: Statement, values: Values, reading: ReadingRecord, entities: list[Entity]) -> Statement:
    """Return a statement as it should be; speakers whom the report does not name are added to the entities."""
    changed: dict[str, Any] = {part: spans_of(values[part]["spans"]) for part in SPANS if part in values}
    if "cue_class" in values:
        changed["cue_class"] = values["cue_class"]["words"]
    if "content" in changed:
        changed["zone"] = zone_at(reading.document.zones, changed["content"][0].start)
        changed["form"] = _form(reading.document.text, changed["content"])
    if "form" in values:  # stronger than what follows from the marks
        changed["form"] = values["form"]["words"]
    if "speaker" in values:
        names = values["speaker"]["names"]
        changed["speakers"] = tuple(dict.fromkeys(entity_named(name, entities) for name in names))
        changed["speaker_name"] = values["speaker"]["words"]
        changed |= {"speaker_by": CORRECTED, "speaker_confidence": 1.0 if names else None}
        changed |= {"speaker_open": None if names else "impersonal", "speaker_candidates": ()}
    return replace(statement, **changed)


def entity_named(name: str, entities: list[Entity]) -> str:
    """Return the id of the one entity that goes by a name, or of a new one."""
    wanted = fold(name)
    exact = [entity.id for entity in entities if fold(entity.name) == wanted]
    found = exact or [entity.id for entity in entities if wanted in map(fold, entity.aliases)]
    if len(found) == 1:
        return found[0]
    taken = {entity.id for entity in entities}
    number = next(at for at in range(len(entities) + 1, 2 * len(entities) + 2) if f"e{at}" not in taken)
    entities.append(Entity(id=f"e{number}", name=name, kind="person"))
    return f"e{number}"


def zone_at(zones: Sequence[Zone], offset: int) -> ZoneKind:
    """Return the kind of the zone that an offset is in; body where it is in none."""
    return next((zone.kind for zone in zones if zone.start <= offset < zone.end), "body")


def _form(text: str, content: tuple[Span, ...]) -> str:
    quoted = [quotation.inner for quotation in outermost(text, pair_quotemarks(text))]
    return form_of(text, content, quoted)


def corrected_reports(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of the reports in which a correction stands, in their order."""
    rows = connection.execute("SELECT DISTINCT document_hash FROM corrections WHERE standing = 'stands' ORDER BY 1")
    return [document for (document,) in rows]
