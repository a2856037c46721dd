"""A statement and an entity as rows of the tables, and back; ``schema.sql`` says what each column holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from onrecord.document import Span
from onrecord.encoding import clean
from onrecord.reading import Entity, Mention, Role, Statement
from onrecord.record.details import StatementDetail
from onrecord.record.identities import key_of, number_of
from onrecord.record.packing import (
    LISTED,
    PARTS,
    Terms,
    clean_or_none,
    pack_confidence,
    pack_json,
    pack_spans,
    unpack_confidence,
    unpack_json,
    unpack_spans,
)
from onrecord.record.parts import Roles

# ---- entities ------------------------------------------------------------------------------------------------


def pack_entity(entity: Entity, roles: Roles, terms: Terms) -> dict[str, Any]:
    """Return an entity's row, without the columns that place it."""
    parts = [[part, position] for part in (3, 4) for position in roles.of(entity.id, part)]
    is_usual = entity.id == f"e{roles.positions[entity.id] + 1}"
    name = clean(entity.name)
    key = key_of(name, entity.kind)
    return {
        "name": name,
        "kind": terms.number(entity.kind),
        "country": entity.country,
        "sector": terms.number_or_none(entity.sector),
        # Before namesakes are parted: a row that grew when they are would break up its page.
        "person_id": None if key is None else number_of(key),
        "says": pack_json(roles.of(entity.id, PARTS["speakers"])),
        "about": pack_json(roles.of(entity.id, PARTS["about"])),
        "parts": pack_json(parts),
        "aliases": pack_json(entity.aliases),
        "roles": pack_json([(role.title, role.of, *role.span) for role in entity.roles]),
        "local_id": None if is_usual else entity.id,
    }


def unpack_entity(row: Mapping[str, Any], position: int, mentions: tuple[Mention, ...], terms: Terms) -> Entity:
    """Read what :func:`pack_entity` wrote."""
    roles = unpack_json(row["roles"], ())
    return Entity(
        id=row["local_id"] or f"e{position + 1}",
        name=row["name"],
        kind=terms.word(row["kind"]),
        aliases=tuple(unpack_json(row["aliases"], ())),
        roles=tuple(Role(title=title, of=of, span=Span(start, end)) for title, of, start, end in roles),
        country=row["country"],
        sector=terms.word(row["sector"]),
        mentions=mentions,
    )


# ---- statements ----------------------------------------------------------------------------------------------


def pack_statement(statement: Statement, roles: Roles, first_entity: int, terms: Terms) -> dict[str, Any]:
    """Return a statement's row, without the columns that place and mark it."""
    speaker = roles.positions[statement.speakers[0]] if statement.speakers else None
    sure = statement.speaker_confidence
    return {
        "form": terms.number(statement.form),
        "cue_class": terms.number(statement.cue_class),
        "zone": terms.number(statement.zone),
        "modality": terms.number(statement.modality),
        "negated": statement.negated,
        "confidence": pack_confidence(statement.confidence),
        "source": pack_spans(statement.source),
        "cue": pack_spans(statement.cue),
        "content": pack_spans(statement.content),
        "speaker_id": None if speaker is None else first_entity + speaker,
        "speaker_name": _pack_name(statement, roles),
        "speaker_confidence": None if sure is None else pack_confidence(sure),
    }


def _pack_name(statement: Statement, roles: Roles) -> str | None:
    """Return the name as a heading where it is not that of the first speaker."""
    name = clean_or_none(statement.speaker_name)
    if statement.speakers and name == clean(roles.entities[roles.positions[statement.speakers[0]]].name):
        return None
    return name


def unpack_statement(
    row: Mapping[str, Any], lists: Mapping[str, Sequence[Entity]], detail: StatementDetail, terms: Terms
) -> Statement:
    """Read what :func:`pack_statement` wrote; ``lists`` holds the entities of each of its lists, in their own order."""
    named: dict[str, Any] = {name: tuple(entity.id for entity in lists.get(name, ())) for name in LISTED}
    named |= detail.ordered
    sure = row["speaker_confidence"]
    return Statement(
        id=detail.id,
        form=terms.word(row["form"]),
        speaker_name=_unpack_name(row["speaker_name"], named["speakers"], lists, detail),
        speaker_confidence=None if sure is None else unpack_confidence(sure),
        speaker_by=detail.speaker_by,
        speaker_open=detail.speaker_open,
        speaker_candidates=detail.speaker_candidates,
        source_form=detail.source_form,
        source=unpack_spans(row["source"]),
        cue=unpack_spans(row["cue"]),
        content=unpack_spans(row["content"]),
        cue_class=terms.word(row["cue_class"]),
        negated=bool(row["negated"]),
        modality=terms.word(row["modality"]),
        within=detail.within,
        continues=detail.continues,
        zone=terms.word(row["zone"]),
        said_on=detail.said_on,
        confidence=unpack_confidence(row["confidence"]),
        evidence=detail.evidence,
        **named,
    )


def _unpack_name(
    name: str | None, speakers: Sequence[str], lists: Mapping[str, Sequence[Entity]], detail: StatementDetail
) -> str | None:
    if name is not None or not speakers or detail.is_nameless:
        return name
    return next(entity.name for entity in lists["speakers"] if entity.id == speakers[0])
