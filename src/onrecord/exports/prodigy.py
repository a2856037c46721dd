"""Prodigy tasks (https://prodi.gy/docs/api-interfaces#spans_manual): a report a line, with tokens and labelled spans.

Offsets are code points. Tokens are cut wherever a span begins or ends, so that every span is whole tokens, as Prodigy
wants it: white space at its ends is left out. ``token_end`` is the last token itself. Each span says of which
statement it is, and what that is: who says it (a list), its form, its cue class, and whether it was made at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.document import Span
from onrecord.encoding import clean
from onrecord.exports.formats import Options
from onrecord.exports.jsonlists import encode
from onrecord.exports.names import entities_of
from onrecord.exports.selectors import cut_tokens
from onrecord.reading import Entity, Statement
from onrecord.record.choosing import Kept, all_spans
from onrecord.record.packing import clean_or_none
from onrecord.record.speakernames import speaker_names


def lines(readings: Iterable[Kept], _options: Options) -> Iterator[bytes]:
    """Yield a task for each report."""
    for kept in readings:
        yield encode(_task(kept)) + b"\n"


def _task(kept: Kept) -> dict[str, Any]:
    document = kept.reading.document
    text = clean(document.text)
    entities = entities_of(kept)
    spans = [
        (told, part, inner)
        for statement in kept.reading.statements
        for told in (_told(kept, statement, entities),)
        for part, span in all_spans(statement)
        if (inner := span.trimmed(text)).size
    ]
    edges = sorted({edge for _, _, span in spans for edge in span})
    tokens = cut_tokens(text, Span(0, len(text)), edges)
    starts = [token.start for token in tokens]
    return {
        "text": text,
        "tokens": [
            {
                "text": token.of(text),
                "start": token.start,
                "end": token.end,
                "id": number,
                "ws": _is_spaced(text, token),
            }
            for number, token in enumerate(tokens)
        ],
        "spans": [
            {
                "start": span.start,
                "end": span.end,
                "token_start": bisect_left(starts, span.start),
                "token_end": bisect_left(starts, span.end) - 1,
                "label": part.upper(),
                **told,
            }
            for told, part, span in spans
        ],
        "meta": {
            "document": document.id,
            "title": clean_or_none(document.title),
            "outlet": clean_or_none(kept.outlet),
            "address": document.url,
            "published": document.published,
        },
    }


def _told(kept: Kept, statement: Statement, entities: Mapping[str, Entity]) -> dict[str, Any]:
    return {
        "statement": kept.ids[statement.id],
        "speakers": [clean(name) for name in speaker_names(statement, entities)],
        "form": statement.form,
        "cue_class": statement.cue_class,
        "negated": statement.negated,
        "modality": statement.modality,
    }


def _is_spaced(text: str, token: Span) -> bool:
    return text[token.end : token.end + 1].isspace()
