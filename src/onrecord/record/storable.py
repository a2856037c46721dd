"""Which readings can be written: those whose spans lie in their text and whose ids name one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.document import Span
from onrecord.errors import UnstorableReading
from onrecord.reading import Entity, Event, ReadingRecord, Statement
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
    if _has_twins(record.entities) or _has_twins(record.statements) or _has_twins(record.events):
        yield "two entities, two statements or two events have one id"
    known = {entity.id for entity in record.entities}
    for each, names in ((record.statements, (*PARTS, "speaker_candidates")), (record.events, ("actors", "recipients"))):
        for thing in each:
            for name in names:
                named = getattr(thing, name)
                if not known.issuperset(named) or len(set(named)) < len(named):
                    yield f"{name} of {thing.id} names what is no entity of the reading, or one twice"
    said = {statement.id for statement in record.statements}
    for claimed_in in _claims(record):
        if claimed_in not in said:
            yield f"an event or an amount is claimed in {claimed_in}, which is no statement of the reading"


def _has_twins(things: Sequence[Entity] | Sequence[Statement] | Sequence[Event]) -> bool:
    return len({thing.id for thing in things}) < len(things)


def _claims(record: ReadingRecord) -> Iterator[str]:
    """Yield the statements that hold events and amounts."""
    claims = [event.claimed_in for event in record.events]
    claims += [mention.claimed_in for event in record.events for mention in event.also]
    claims += [amount.claimed_in for amount in record.amounts]
    return (claim for claim in claims if claim is not None)


def _spans(record: ReadingRecord) -> Iterator[Span]:
    for statement in record.statements:
        yield from (*statement.source, *statement.cue, *statement.content)
    for entity in record.entities:
        yield from (role.span for role in entity.roles)
        yield from (mention.span for mention in entity.mentions)
    for event in record.events:
        yield from (event.span, event.trigger)
        yield from (span for mention in event.also for span in (mention.span, mention.trigger))
    yield from (time.span for time in record.times)
    yield from (amount.span for amount in record.amounts)
    yield from (span for check in record.checks for span in (check.span, *check.evidence))
    yield from (zone.span for zone in record.document.zones)
    yield from filter(None, _named(record))


def _named(record: ReadingRecord) -> Iterator[Span | None]:
    """Yield the spans of what says when and where, and of what is counted."""
    for statement in record.statements:
        yield None if statement.said_on is None else statement.said_on.span
    for event in record.events:
        yield None if event.when is None else event.when.span
        yield None if event.where is None else event.where.span
    yield from (amount.of for amount in record.amounts)
