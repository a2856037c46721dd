"""W3C Web Annotations (https://www.w3.org/TR/annotation-model/): one collection of one page, an annotation a statement.

Each part of a statement, each piece of it, is a target with two selectors: its position, in code points of the text
as onrecord read it, and its words with what stands around them. The source of the targets is that text, named by the
report's hash, for positions in the page would be others; the page is their ``scope``. Each speaker is a body. Each
report has an annotation of its own, with its hashes and the ids of the statements that were handed out: a statement
that is missing on the way back was deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from onrecord.document import Span
from onrecord.exports.formats import Options
from onrecord.exports.jsonlists import encode, listed
from onrecord.exports.names import DOCUMENT, STATEMENT, TERMS, each_on_one_line, entities_of, software, web_address
from onrecord.exports.selectors import after, before, words_at
from onrecord.reading import Entity, Statement
from onrecord.record.choosing import Kept, all_spans
from onrecord.record.packing import clean_or_none
from onrecord.record.speakernames import speaker_names
from onrecord.record.statements import hash_of

CONTEXT: Final = ["http://www.w3.org/ns/anno.jsonld", {"onrecord": TERMS}]
COLLECTION: Final = "urn:onrecord:annotations"


def lines(readings: Iterable[Kept], options: Options) -> Iterator[bytes]:
    """Yield the collection."""
    head = encode(
        {
            "@context": CONTEXT,
            "id": COLLECTION,
            "type": "AnnotationCollection",
            "label": "Who said what",
            "first": {
                "id": f"{COLLECTION}:page:1",
                "type": "AnnotationPage",
                "partOf": COLLECTION,
                "startIndex": 0,
                "items": [],
            },
        }
    )
    yield from listed(_annotations(readings, options), head=head.removesuffix(b"]}}"), tail=b"]}}")


def _annotations(readings: Iterable[Kept], options: Options) -> Iterator[dict[str, Any]]:
    for kept in readings:
        yield _report(kept, options)
        entities = entities_of(kept)
        for statement in kept.reading.statements:
            yield _statement(kept, statement, entities, options)


def _report(kept: Kept, options: Options) -> dict[str, Any]:
    """Return what is said of the report itself."""
    document = kept.reading.document
    return {
        "id": f"{DOCUMENT}{document.id}:annotation",
        "type": "Annotation",
        "motivation": "describing",
        "generator": _software(kept),
        "body": {
            "type": "Dataset",
            "onrecord:title": clean_or_none(document.title),
            "onrecord:outlet": clean_or_none(kept.outlet),
            "onrecord:published": document.published,
            "onrecord:sha256": document.sha256,
            "onrecord:textSha256": hash_of(document.text),
            "onrecord:textLength": len(document.text),
            "onrecord:standing": kept.standing,
            "onrecord:copyOf": kept.copy_of,
            "onrecord:statements": [kept.ids[each.id] for each in kept.reading.statements],
        },
        "target": {**_source(kept), "onrecord:address": web_address(document.url)},
    } | ({"onrecord:withoutText": True} if not options.with_text else {})


def _statement(kept: Kept, statement: Statement, entities: Mapping[str, Entity], options: Options) -> dict[str, Any]:
    return {
        "id": f"{STATEMENT}{kept.ids[statement.id]}",
        "type": "Annotation",
        "motivation": ["identifying", "classifying"],
        "generator": _software(kept),
        "body": [
            *(_body("identifying", name) for name in each_on_one_line(speaker_names(statement, entities))),
            _body("classifying", statement.form, "form"),
            _body("classifying", statement.cue_class, "cue class"),
            *([_body("classifying", "negated", "polarity")] if statement.negated else []),
            *([_body("classifying", statement.modality, "modality")] if statement.modality != "said" else []),
        ],
        "target": [_target(kept, part, span, options) for part, span in all_spans(statement)] or _source(kept),
        "onrecord:confidence": statement.confidence,
        "onrecord:speakerConfidence": statement.speaker_confidence,
        "onrecord:zone": statement.zone,
    }


def _software(kept: Kept) -> dict[str, str]:
    return {"type": "Software", "name": software(kept.reading.reader)}


def _body(purpose: str, value: str, field: str = "speaker") -> dict[str, str]:
    return {
        "type": "TextualBody",
        "purpose": purpose,
        "format": "text/plain",
        "value": value,
        "onrecord:field": field,
    }


def _source(kept: Kept) -> dict[str, Any]:
    return {"id": f"{DOCUMENT}{kept.reading.document.id}", "type": "Text", "format": "text/plain"}


def _target(kept: Kept, part: str, span: Span, options: Options) -> dict[str, Any]:
    document = kept.reading.document
    return {
        "type": "SpecificResource",
        "source": _source(kept),
        "scope": web_address(document.url),
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            *([_quotation(document.text, span)] if options.with_text else []),
        ],
        "onrecord:part": part,
        "onrecord:sha256": hash_of(span.of(document.text)),
    }


def _quotation(text: str, span: Span) -> dict[str, str]:
    return {
        "type": "TextQuoteSelector",
        "exact": words_at(text, span),
        "prefix": before(text, span),
        "suffix": after(text, span),
    }
