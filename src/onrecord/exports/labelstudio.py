"""Label Studio tasks (https://labelstud.io/guide/export#Label-Studio-JSON-format-of-annotated-tasks), as predictions.

Offsets are code points, as Label Studio has counted since 1.4. Each piece of a part is a region; relations tie
sources and contents to their cue (or to the first piece of the content), and further pieces to the first. Each speaker
is a text of its own: a text area holds a list. The notes of a region (``meta``) say of a statement that was not made,
or is yet to be, that it was not.
``data.statements`` names the statements that were handed out: one of which no region is left was deleted. The
interface to label with is ``docs/howto/import-annotations.md``'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from onrecord.encoding import clean
from onrecord.exports.formats import Options
from onrecord.exports.jsonlists import listed
from onrecord.exports.names import each_on_one_line, entities_of, not_simply_said, software
from onrecord.exports.selectors import words_at
from onrecord.reading import Entity, Statement
from onrecord.record.choosing import Kept, all_spans
from onrecord.record.packing import clean_or_none
from onrecord.record.speakernames import speaker_names

LABELS: Final = {"source": "Source", "cue": "Cue", "content": "Content"}


def lines(readings: Iterable[Kept], _options: Options) -> Iterator[bytes]:
    """Yield the list of tasks."""
    return listed((_task(kept) for kept in readings), head=b"[", tail=b"]")


def _task(kept: Kept) -> dict[str, Any]:
    document, entities = kept.reading.document, entities_of(kept)
    return {
        "data": {
            "text": clean(document.text),
            "document": document.id,
            "title": clean_or_none(document.title),
            "outlet": clean_or_none(kept.outlet),
            "address": document.url,
            "published": document.published,
            "statements": [
                kept.ids[each.id]
                for each in kept.reading.statements
                if any(span.size for _, span in all_spans(each))  # a region has at least one character
            ],
        },
        "predictions": [
            {
                "model_version": software(kept.reading.reader),
                "result": [
                    each for statement in kept.reading.statements for each in _results(kept, statement, entities)
                ],
            }
        ],
    }


def _results(kept: Kept, statement: Statement, entities: Mapping[str, Entity]) -> Iterator[dict[str, Any]]:
    """Yield the regions of a statement, what is chosen for its head, and the relations to it."""
    regions = [
        (f"{kept.ids[statement.id]}-{part}-{n}", part, span) for n, (part, span) in enumerate(all_spans(statement))
    ]
    regions = [each for each in regions if each[2].size]
    if not regions:
        return
    places = {}
    for name, part, span in regions:
        places[name] = {"start": span.start, "end": span.end, "text": words_at(kept.text, span)}
        yield _result(name, "labels", "label", {**places[name], "labels": [LABELS[part]]}) | {
            "score": statement.confidence,
            "meta": {"text": unlike} if (unlike := not_simply_said(statement)) else None,
        }
    head = next((name for name, part, _ in regions if part == "cue"), None) or next(
        (name for name, part, _ in regions if part == "content"), regions[0][0]
    )
    names = each_on_one_line(speaker_names(statement, entities))
    if names:
        yield _result(head, "textarea", "speaker", {**places[head], "text": names})
    yield _result(head, "choices", "cue_class", {**places[head], "choices": [statement.cue_class]})
    for name, part, _ in regions:
        if name != head:
            yield {"type": "relation", "from_id": name, "to_id": head, "direction": "right", "labels": [part]}


def _result(region: str, kind: str, control: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"id": region, "type": kind, "from_name": control, "to_name": "text", "value": value}
