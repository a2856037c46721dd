"""Which readings can be written: those whose spans lie in their text and whose ids name one thing."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.document import Span
from onrecord.errors import UnstorableReading
from onrecord.reading import ReadingRecord
from onrecord.record.packing import PARTS


def check_storable(record: ReadingRecord) -> None:
    """Raise UnstorableReading if there is anything in :func:`faults_of`."""
    for fault in faults_of(record):
        raise UnstorableReading(
            fault, where=record.document.origin, advice="report this as a fault of what made the reading"
        )


def faults_of(record: ReadingRecord) -> Iterator[str]:
    """Yield what is wrong with a reading: spans outside its text, an id twice, or one of nothing."""
    size = len(record.document.text)
    for span in _spans(record):
        if not 0 <= span.start <= span.end <= size:
            yield f"span {span.start}-{span.end} lies outside the text of {size} characters"
    known = {entity.id for entity in record.entities}
    if len(known) < len(record.entities) or len({each.id for each in record.statements}) < len(record.statements):
        yield "two entities or two statements have one id"
    for statement in record.statements:
        for name in PARTS:
            named = getattr(statement, name)
            if not known.issuperset(named) or len(set(named)) < len(named):
                yield f"{name} of {statement.id} names what is no entity of the reading, or one twice"


def _spans(record: ReadingRecord) -> Iterator[Span]:
    for statement in record.statements:
        yield from (*statement.source, *statement.cue, *statement.content)
    for entity in record.entities:
        yield from (role.span for role in entity.roles)
        yield from (mention.span for mention in entity.mentions)
    yield from (zone.span for zone in record.document.zones)
