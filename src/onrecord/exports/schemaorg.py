"""schema.org JSON-LD: a NewsArticle for each report; a Quotation for each statement in direct speech, else a Claim.

schema.org has no word for how a statement was framed, nor for one that was not made or is yet to be: additional types
say so, in a namespace of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from onrecord.encoding import clean
from onrecord.exports.formats import Options
from onrecord.exports.jsonlists import listed
from onrecord.exports.names import DOCUMENT, STATEMENT, TERMS, web_address
from onrecord.reading import Entity, EntityKind, Statement
from onrecord.record.choosing import Kept
from onrecord.record.packing import clean_or_none, words_of
from onrecord.record.statements import hash_of

TYPES: Final[dict[EntityKind, str]] = {
    "person": "Person",
    "unnamed": "Person",
    "author": "Person",
    "organization": "Organization",
    "group": "Organization",
    "country": "Country",
    "place": "Place",
    "document": "CreativeWork",
}


def lines(readings: Iterable[Kept], options: Options) -> Iterator[bytes]:
    """Yield one JSON-LD graph."""
    head = b'{"@context":"https://schema.org","@graph":['
    return listed(_nodes(readings, options), head=head, tail=b"]}")


def _nodes(readings: Iterable[Kept], options: Options) -> Iterator[dict[str, Any]]:
    for kept in readings:
        yield _article(kept)
        entities = {entity.id: entity for entity in kept.reading.entities}
        for statement in kept.reading.statements:
            yield _statement(kept, statement, entities, options)


def _article(kept: Kept) -> dict[str, Any]:
    document = kept.reading.document
    return {
        "@type": "NewsArticle",
        "@id": f"{DOCUMENT}{document.id}",
        "identifier": [
            document.id,
            _property("sha256", document.sha256),
            _property("text-sha256", hash_of(document.text)),
        ],
        "headline": clean_or_none(document.title),
        "url": web_address(document.url),
        "datePublished": document.published,
        "inLanguage": document.language,
        "author": [{"@type": "Person", "name": clean(name)} for name in document.authors] or None,
        "publisher": {"@type": "Organization", "name": clean(kept.outlet)} if kept.outlet else None,
    }


def _property(name: str, value: str | None) -> dict[str, Any]:
    return {"@type": "PropertyValue", "propertyID": name, "value": value}


def _statement(kept: Kept, statement: Statement, entities: dict[str, Entity], options: Options) -> dict[str, Any]:
    article = {"@id": f"{DOCUMENT}{kept.reading.document.id}"}
    content = words_of(kept.text, statement.content)
    identifier = kept.ids[statement.id]
    is_quotation = statement.form == "direct"
    return {
        "@type": "Quotation" if is_quotation else "Claim",
        "@id": f"{STATEMENT}{identifier}",
        "identifier": [identifier, _property("content-sha256", hash_of(content))],
        "text": clean_or_none(content) if options.with_text else None,
        "creator": [_agent(entities[each]) for each in statement.speakers] or None,
        "about": [_agent(entities[each]) for each in statement.about] or None,
        "isPartOf" if is_quotation else "appearance": article,
        "additionalType": list(_types(statement)),
        "temporal": statement.said_on.value if statement.said_on else None,
    }


def _types(statement: Statement) -> Iterator[str]:
    yield f"{TERMS}cue-class:{statement.cue_class}"
    if statement.negated:
        yield f"{TERMS}negated"
    if statement.modality != "said":
        yield f"{TERMS}modality:{statement.modality}"


def _agent(entity: Entity) -> dict[str, Any]:
    return {"@type": TYPES[entity.kind], "name": clean(entity.name)}
