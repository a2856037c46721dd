"""Which readings can be written: those whose spans lie in their text and whose ids name one thing."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.document import Span
from onrecord.errors import UnstorableReading
from onrecord.reading import ReadingRecord
from onrecord.record.packing import PARTS


def check_storable(record: ReadingRecord) -> None:
    """Raise UnstorableReading unless all spans lie in the text and all ids name one thing of the reading."""
    size = len(record.document.text)
    for span in _spans(record):
        if not 0 <= span.start <= span.end <= size:
            _refuse(record, f"span {span.start}-{span.end} lies outside the text of {size} characters")
    entities = [entity.id for entity in record.entities]
    if len(set(entities)) < len(entities) or len({each.id for each in record.statements}) < len(record.statements):
        _refuse(record, "two entities or two statements have one id")
    known = set(entities)
    for statement in record.statements:
        for name in PARTS:
            named = getattr(statement, name)
            if not known.issuperset(named) or len(set(named)) < len(named):
                _refuse(record, f"{name} of {statement.id} names what is no entity of the reading, or one twice")


def _spans(record: ReadingRecord) -> Iterator[Span]:
    for statement in record.statements:
        yield from (*statement.source, *statement.cue, *statement.content)
    for entity in record.entities:
        yield from (role.span for role in entity.roles)
        yield from (mention.span for mention in entity.mentions)
    yield from (zone.span for zone in record.document.zones)


def _refuse(record: ReadingRecord, what: str) -> None:
    raise UnstorableReading(
        what, where=record.document.origin, advice="report this as a fault of what made the reading"
    )
