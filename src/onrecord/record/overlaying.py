"""Corrections shown over a reading: fields as they should be, statements taken away, and statements put in.

What was read stays as it is in the record. Who says so, when and why is kept by :mod:`onrecord.record.correcting`, for
single fields, and :mod:`onrecord.record.annotating`, for whole statements.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, Final

from onrecord.attribution.forms import form_of
from onrecord.document import Span, Zone, ZoneKind
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.reading import Entity, EntityKind, Form, ReadingRecord, Statement, keep_statements
from onrecord.record.ids import StatementId, mark_statements
from onrecord.record.packing import text_of
from onrecord.record.whole import Whole, only_read
from onrecord.speakers.aboutness import MentionIndex, find_about
from onrecord.speakers.namewords import fold, load_given_names, load_organization_words
from onrecord.speakers.register import look_up

SPANS: Final = ("source", "cue", "content")
YES_OR_NO: Final = {True: "yes", False: "no"}
"""Whether a statement is negated, as words of a correction."""
CORRECTED: Final = "correction"
"""``speaker_by`` of a statement whose speaker somebody corrected."""
PUT_IN_CONFIDENCE: Final = 1.0
_PUT_IN: Final = "added-"
"""What the ids of statements begin with that were not read."""
_REGISTERED: Final[dict[str, EntityKind]] = {"country": "country", "government": "organization", "body": "organization"}

Values = Mapping[str, Mapping[str, Any]]
"""What fields of one statement should be, as ``corrections.value`` holds it."""


def annotated_reading(connection: sqlite3.Connection, whole: Whole) -> tuple[ReadingRecord, tuple[int, ...]]:
    """Return a reading with all corrections over it, and the marks of its statements.

    A corrected speaker is the entity that goes by the name, or a new one behind the others; ``speaker_by`` says
    ``correction``. Deleted statements are gone from it, added ones stand behind the others; ids and marks are those of
    the reading. What a deleted one claimed is claimed by whoever else says it there, or told by the outlet.
    """
    reading = whole.reading
    marks = mark_statements(reading.statements)
    values = corrections_of(connection, reading.document.id, put_in=frozenset(marks[whole.statements :]))
    if not values:
        return reading, tuple(marks)
    gone = frozenset(mark for mark, fields in values.items() if "deleted" in fields)
    kept_marks = {each.id: mark for each, mark in zip(reading.statements, marks, strict=True) if mark not in gone}
    kept = [(each, kept_marks[each.id]) for each in keep_statements(reading.statements, kept_marks)]
    entities = list(reading.entities)
    statements = tuple(
        correct(each, values[mark], reading, entities) if mark in values else each for each, mark in kept
    )
    # Whom somebody named who put a statement in, and corrected it since, says nothing here any more.
    speaking = {speaker for each in statements for speaker in each.speakers}
    left = [each for place, each in enumerate(entities) if place < whole.entities or each.id in speaking]
    corrected = replace(reading, statements=statements, entities=tuple(left))
    return _claimed_anew(corrected) if gone else corrected, tuple(mark for _, mark in kept)


def with_put_in(connection: sqlite3.Connection, reading: ReadingRecord) -> Whole:
    """Return a reading as it was read, with what somebody put in behind it, as it was put in.

    Whom a content is about follows from what the report names there, as for those that were read.
    """
    values = corrections_of(connection, reading.document.id)
    entities = list(reading.entities)
    put_in = [
        correct(each, _said_with(values[mark]["added"]), reading, entities)
        for each, mark in _put_in(reading, values, frozenset(mark_statements(reading.statements)))
    ]
    if not put_in:
        return only_read(reading)
    about = find_about(reading.document.text, put_in, MentionIndex(reading.entities))
    added = (replace(each, about=whom) for each, whom in zip(put_in, about, strict=True))
    return Whole(
        replace(reading, statements=(*reading.statements, *added), entities=tuple(entities)),
        len(reading.statements),
        len(reading.entities),
    )


def corrections_of(connection: sqlite3.Connection, document: str, *, put_in: Container[int] = ()) -> dict[int, Values]:
    """Return the corrections of a document that hold, by the mark of the statement.

    Whoever put a statement in has said who says it, and how: that holds like a correction where a reading has found
    the statement since. Of those that stand there as they were ``put_in``, it is no correction.
    """
    rows = connection.execute(
        "SELECT mark, field, value FROM corrections WHERE document_hash = ?"
        " AND (standing = 'stands' OR field = 'added' AND standing = 'adrift') ORDER BY id",
        (document,),
    )
    found: dict[int, dict[str, Mapping[str, Any]]] = {}
    for mark, field, packed in rows:
        fields, value = found.setdefault(mark, {}), json.loads(packed)
        fields[field] = value
        if field == "added" and mark not in put_in:
            fields |= _said_with(value)
    return dict(found)


def _said_with(value: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return what whoever put a statement in said of it, as corrections of its fields."""
    said: dict[str, Mapping[str, Any]] = {}
    if value["names"]:
        said["speaker"] = {"words": ", ".join(value["names"]), "names": value["names"]}
    if value["cue_class"]:
        said["cue_class"] = {"words": value["cue_class"]}
    return said


def find_statement(connection: sqlite3.Connection, reading: ReadingRecord, wanted: StatementId) -> Statement | None:
    """Return the statement that has an id, as it was read or put in; None where none has."""
    values = {wanted.mark: corrections_of(connection, wanted.document).get(wanted.mark, {})}
    return find_read(reading, wanted) or next((each for each, _ in _put_in(reading, values, frozenset())), None)


def find_read(reading: ReadingRecord, wanted: StatementId) -> Statement | None:
    """Return the statement of a reading that has an id; None where none has."""
    return dict(zip(mark_statements(reading.statements), reading.statements, strict=True)).get(wanted.mark)


def is_put_in(statement: Statement) -> bool:
    """Tell whether somebody put a statement in that was not read."""
    return statement.id.startswith(_PUT_IN)


# ---- whole statements ----------------------------------------------------------------------------------------


def _claimed_anew(reading: ReadingRecord) -> ReadingRecord:
    """Give what statements claim that are gone to the innermost one that holds it, or to the outlet."""
    there = {each.id for each in reading.statements}
    pieces = sorted((piece.size, piece, each.id) for each in reading.statements for piece in each.content)

    def claim(claimed_in: str | None, span: Span) -> str | None:
        if claimed_in is None or claimed_in in there:
            return claimed_in
        return next((name for _, piece, name in pieces if piece.start <= span.start and span.end <= piece.end), None)

    return replace(
        reading,
        events=tuple(
            replace(
                event,
                claimed_in=claim(event.claimed_in, event.trigger),
                also=tuple(replace(each, claimed_in=claim(each.claimed_in, each.trigger)) for each in event.also),
            )
            for event in reading.events
        ),
        amounts=tuple(replace(each, claimed_in=claim(each.claimed_in, each.span)) for each in reading.amounts),
    )


def _put_in(
    reading: ReadingRecord, values: Mapping[int, Values], but: frozenset[int]
) -> Iterator[tuple[Statement, int]]:
    """Yield the statements that were put in, with their marks; their speakers are told by :func:`correct`."""
    text = reading.document.text
    added = {mark: fields["added"] for mark, fields in values.items() if "added" in fields and mark not in but}
    quoted = [quotation.inner for quotation in outermost(text, pair_quotemarks(text))] if added else []
    taken = {each.id for each in reading.statements}
    for mark, value in added.items():
        content = spans_of(value["spans"])
        name = f"{_PUT_IN}{mark:08x}"
        if name in taken:
            continue
        yield (
            Statement(
                id=name,
                form=form_of(text, content, quoted),
                speaker_name=", ".join(value["names"]) or None,
                speaker_by=CORRECTED,
                source_form="name" if value["source"] else "implicit",
                source=spans_of(value["source"]),
                cue=spans_of(value["cue"]),
                content=content,
                cue_class=value["cue_class"] or "neutral",
                negated=False,
                modality="said",
                zone=zone_at(reading.document.zones, content[0].start),
                confidence=PUT_IN_CONFIDENCE,
            ),
            mark,
        )


# ---- fields of a statement -----------------------------------------------------------------------------------


def correct(statement: Statement, values: Values, reading: ReadingRecord, entities: list[Entity]) -> Statement:
    """Return a statement as it should be; speakers whom the report does not name are added to the entities."""
    changed: dict[str, Any] = {part: spans_of(values[part]["spans"]) for part in SPANS if part in values}
    if "cue_class" in values:
        changed["cue_class"] = values["cue_class"]["words"]
    if "content" in changed:
        changed["zone"] = zone_at(reading.document.zones, changed["content"][0].start)
        changed["form"] = form_in(reading.document.text, changed["content"])
    if "form" in values:  # stronger than what follows from the marks
        changed["form"] = values["form"]["words"]
    if "modality" in values:
        changed["modality"] = values["modality"]["words"]
    if "negated" in values:
        changed["negated"] = values["negated"]["words"] == YES_OR_NO[True]
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
    entities.append(Entity(id=f"e{number}", name=name, kind=kind_named(name)))
    return f"e{number}"


def kind_named(name: str) -> EntityKind:
    """Return the kind of whom a name that no report gave means, as far as its words tell; a person where they do not.

    >>> [kind_named(name) for name in ("Harbour Council", "Ministry of Peat", "Germany", "Ada Quill", "Ada Church")]
    ['organization', 'organization', 'country', 'person', 'person']
    """
    known = look_up(name)
    if known is not None and known.kind in _REGISTERED:
        return _REGISTERED[known.kind]
    words = [fold(word) for word in name.split()]
    generic = load_organization_words("generic")
    is_told = words[-1:] and (
        words[-1] in generic | load_organization_words("corporate")
        or any(word in generic and after == "of" for word, after in pairwise(words))
    )
    has_given_name = len(words) == 2 and words[0] in load_given_names()
    return "organization" if is_told and not has_given_name else "person"


def zone_at(zones: Sequence[Zone], offset: int) -> ZoneKind:
    """Return the kind of the zone that an offset is in; body where it is in none."""
    return next((zone.kind for zone in zones if zone.start <= offset < zone.end), "body")


def form_in(text: str, content: tuple[Span, ...]) -> Form:
    """Return the form of a content by the quotation marks around it."""
    quoted = [quotation.inner for quotation in outermost(text, pair_quotemarks(text))]
    return form_of(text, content, quoted)


def note_forms(connection: sqlite3.Connection) -> None:
    """Note with contents that were corrected by older versions of onrecord which forms follow from them.

    What is damaged is left as it is: whoever opens the record can look at all else, and check it.
    """
    rows = connection.execute(
        "SELECT d.id, c.id, c.value FROM corrections c JOIN documents d ON d.hash = c.document_hash"
        " WHERE c.field = 'content' ORDER BY d.id"
    ).fetchall()
    for document, several in groupby(rows, key=itemgetter(0)):
        with suppress(TypeError):
            text = text_of(connection, document)
            for _, number, packed in several:
                with suppress(TypeError, ValueError, LookupError):
                    value = json.loads(packed)
                    value["form"] = form_in(text, spans_of(value["spans"]))
                    told = json.dumps(value, ensure_ascii=False)
                    connection.execute("UPDATE corrections SET value = ? WHERE id = ?", (told, number))


def spans_of(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    """Return the spans of pairs of offsets, as corrections are kept."""
    return tuple(Span(start, end) for start, end in pairs)
