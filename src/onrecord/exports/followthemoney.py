"""FollowTheMoney entities (https://followthemoney.tech), one a line, for Aleph and OpenSanctions' tools.

A report is an Article, a speaker or a named entity a Person, Organization, PublicBody or LegalEntity, each place
where a report names one a Mention of it, and each statement a Note on its speakers, with the report as its
proof. People that the record knows across reports have one id; others one in each report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha1
from typing import Any, Final

from onrecord.encoding import clean
from onrecord.exports.formats import Options
from onrecord.exports.jsonlists import encode
from onrecord.exports.names import not_simply_said, software, web_address
from onrecord.reading import Entity, EntityKind, Statement
from onrecord.record.choosing import Kept
from onrecord.record.packing import clean_or_none, day_of, words_of
from onrecord.record.statements import hash_of

SCHEMATA: Final[dict[EntityKind, str]] = {
    "person": "Person",
    "organization": "Organization",
    "country": "PublicBody",
    "group": "LegalEntity",
    "unnamed": "LegalEntity",
}
"""Kinds of entities that are handed on, as which schema; the others (places, documents, authors) do not act."""
LANGUAGES: Final = {"en": "eng"}


def lines(readings: Iterable[Kept], options: Options) -> Iterator[bytes]:
    """Yield the entities. One that several reports name comes once for each: FollowTheMoney merges those of one id."""
    for kept in readings:
        for schema, name, properties in _entities(kept, options):
            yield _encode(schema, name, properties)


def _encode(schema: str, name: str, properties: dict[str, Any]) -> bytes:
    several = {key: value if isinstance(value, list) else [value] for key, value in properties.items()}
    several = {key: [each for each in values if each] for key, values in sorted(several.items())}
    return encode({"id": name, "schema": schema, "properties": {key: v for key, v in several.items() if v}}) + b"\n"


def _entities(kept: Kept, options: Options) -> Iterator[tuple[str, str, dict[str, Any]]]:
    document = kept.reading.document
    article = f"onrecord-{document.id}"
    yield "Article", article, _article(kept, options)
    names = {}
    for entity in kept.reading.entities:
        schema = SCHEMATA.get(entity.kind)
        if schema is None or not entity.name.strip():
            continue
        names[entity.id] = _name(kept, entity)
        yield schema, names[entity.id], _actor(entity)
        yield "Mention", f"{article}-{entity.id}", _mention(entity, schema, article, names[entity.id])
    for statement in kept.reading.statements:
        speakers = [names[each] for each in statement.speakers if each in names]
        yield "Note", f"onrecord-{kept.ids[statement.id]}", _note(kept, statement, speakers, article, options)


def _name(kept: Kept, entity: Entity) -> str:
    person = kept.people.get(entity.id)
    return f"onrecord-{kept.reading.document.id}-entity-{entity.id}" if person is None else f"onrecord-person-{person}"


def _article(kept: Kept, options: Options) -> dict[str, Any]:
    document = kept.reading.document
    day = day_of(document.published)
    return {
        "title": clean_or_none(document.title),
        "name": clean_or_none(document.title),
        "author": [clean(each) for each in document.authors],
        "publisher": clean_or_none(kept.outlet),
        "publishedAt": day.isoformat() if day else None,
        "sourceUrl": web_address(document.url),
        "language": LANGUAGES.get(document.language or ""),
        # FollowTheMoney's content hash is SHA-1; the record's SHA-256 of the raw bytes goes with it as a note.
        "contentHash": sha1(clean(document.text).encode(), usedforsecurity=False).hexdigest(),
        "notes": f"sha256 {document.sha256}",
        "bodyText": clean(document.text) if options.with_text else None,
        "processingAgent": software(kept.reading.reader),
    }


def _actor(entity: Entity) -> dict[str, Any]:
    is_person = entity.kind == "person"
    return {
        "name": clean(entity.name),
        "weakAlias" if is_person else "alias": sorted({clean(each) for each in entity.aliases}),
        "country": entity.country.lower() if entity.country else None,
        "position": [clean(role.words) for role in entity.roles] if is_person else None,
    }


def _mention(entity: Entity, schema: str, article: str, resolved: str) -> dict[str, Any]:
    return {
        "document": article,
        "resolved": resolved,
        "name": [clean(entity.name), *sorted(clean(each) for each in entity.aliases)],
        "detectedSchema": schema,
        "contextCountry": entity.country.lower() if entity.country else None,
    }


def _note(kept: Kept, statement: Statement, speakers: list[str], article: str, options: Options) -> dict[str, Any]:
    document, content = kept.reading.document, words_of(kept.text, statement.content)
    how = ", ".join([statement.form, *not_simply_said(statement)])
    day = day_of(document.published)
    return {
        "name": f"{clean(statement.speaker_name) if statement.speaker_name else 'A statement'} ({how})",
        "entity": speakers,
        "description": clean_or_none(content) if options.with_text else None,
        "summary": f"{how}, {statement.cue_class}, content sha256 {hash_of(content)}",
        "proof": article,
        "publisher": clean_or_none(kept.outlet),
        "sourceUrl": web_address(document.url),
        "createdAt": day.isoformat() if day else None,
    }
