"""What only readers of whole reports want, as one blob a reading: mentions, how statements were read, times, amounts.

As rows the mentions alone take a fifth of the size of the text, and the evidence more than all else of a statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, NamedTuple

from onrecord.document import Span
from onrecord.encoding import clean
from onrecord.reading import Amount, Evidence, Mention, OpenReason, ReadingRecord, SourceForm, Statement, Time, When
from onrecord.record.columns import (
    Table,
    from_steps,
    pack_doubt,
    pack_span,
    pack_tables,
    to_steps,
    unpack_doubt,
    unpack_span,
    unpack_span_or_none,
    unpack_tables,
)
from onrecord.record.happenings import EventDetail, pack_event_detail, unpack_event_detail
from onrecord.record.packing import LISTED, Terms, clean_or_none
from onrecord.record.parts import Roles, placed


class StatementDetail(NamedTuple):
    """What the table leaves out of a statement."""

    id: str
    within: str | None
    continues: str | None
    source_form: SourceForm
    speaker_by: str | None
    speaker_open: OpenReason | None
    speaker_candidates: tuple[str, ...]
    is_nameless: bool
    """The heading is null in spite of speakers."""
    ordered: dict[str, tuple[str, ...]]
    """The lists of entities that are not in the order of the entities."""
    said_on: When | None
    evidence: Evidence | None


class Details(NamedTuple):
    """The mentions of each entity, the rest of each statement and event, in their order; times and amounts."""

    mentions: list[tuple[Mention, ...]]
    statements: list[StatementDetail]
    events: list[EventDetail]
    times: tuple[Time, ...]
    amounts: tuple[Amount, ...]


def pack_details(record: ReadingRecord, roles: Roles, terms: Terms) -> bytes:
    """Return all of it as six tables (:mod:`onrecord.record.columns`), one row for each thing.

    1. entities: how many mentions
    2. mentions, entity by entity: how far the start is behind the last one's, length, the term of form and what tied
       it (``pronoun heads``), doubt in ten-thousandths
    3. statements: the id, where it is not ``s`` and the number; the positions of the statements that it is within and
       continues; the terms of the source's form, of what decided the speakers and of why they are open; who else might
       be; 1 where the heading is null in spite of speakers; the lists of entities that are not in their order, in the
       order of LISTED; when it was said: value, term of what says so, start, length; the evidence: rule's term, three
       doubts, labels
    4. events: what the table ``events`` leaves out (:mod:`onrecord.record.happenings`)
    5. times: start behind the last one's, length, the terms of type, modifier and reason to stay open, value, anchored
    6. amounts: start behind the last one's, length, the terms of kind, unit, bound and harm, value, upper, approximate,
       start and length of what is counted, the statement that holds it
    """
    tables = [
        [[len(entity.mentions)] for entity in record.entities],
        _with_steps([_pack_mention(each, terms) for entity in record.entities for each in entity.mentions]),
        [_pack_statement(number, each, roles, terms) for number, each in enumerate(record.statements, 1)],
        [pack_event_detail(position, event, roles, terms) for position, event in enumerate(record.events)],
        _with_steps([_pack_time(time, terms) for time in record.times]),
        _with_steps([_pack_amount(amount, roles, terms) for amount in record.amounts]),
    ]
    return pack_tables(tables)


def unpack_details(packed: bytes, entities: Sequence[str], terms: Terms) -> Details:
    """Read what :func:`pack_details` wrote; ``entities`` are the ids of the entities."""
    counts, mentions, rest, events, times, amounts = unpack_tables(packed)
    each = (_unpack_mention(row, terms) for row in _with_starts(mentions))
    said = [row[0] or f"s{number}" for number, row in enumerate(rest, 1)]
    return Details(
        mentions=[tuple(islice(each, count)) for (count,) in counts],
        statements=[_unpack_statement(row, name, said, entities, terms) for name, row in zip(said, rest, strict=True)],
        events=[unpack_event_detail(row, position, said, terms) for position, row in enumerate(events)],
        times=tuple(_unpack_time(row, terms) for row in _with_starts(times)),
        amounts=tuple(_unpack_amount(row, said, terms) for row in _with_starts(amounts)),
    )


def _with_steps(rows: Table) -> Table:
    """Put in the place of each row's start how far it is behind the last one's."""
    return [[step, *row[1:]] for step, row in zip(to_steps(row[0] for row in rows), rows, strict=True)]


def _with_starts(rows: Table) -> Table:
    return [[start, *row[1:]] for start, row in zip(from_steps(row[0] for row in rows), rows, strict=True)]


# ---- mentions ------------------------------------------------------------------------------------------------


def _pack_mention(mention: Mention, terms: Terms) -> list[Any]:
    return [*pack_span(mention.span), terms.number(f"{mention.form} {mention.by}"), pack_doubt(mention.confidence)]


def _unpack_mention(row: Sequence[Any], terms: Terms) -> Mention:
    start, length, how, doubt = row
    form, _, by = terms.word(how).partition(" ")
    return Mention(span=unpack_span(start, length), form=form, by=by, confidence=unpack_doubt(doubt))


# ---- statements ----------------------------------------------------------------------------------------------


def _pack_statement(number: int, statement: Statement, roles: Roles, terms: Terms) -> list[Any]:
    lists = [getattr(statement, name) for name in LISTED]
    ordered = [None if roles.is_in_order(named) else roles.positions_of(named) for named in lists]
    said = statement.said_on
    return [
        None if statement.id == f"s{number}" else statement.id,
        roles.place(statement.within),
        roles.place(statement.continues),
        *map(terms.number_or_none, (statement.source_form, statement.speaker_by, statement.speaker_open)),
        roles.positions_of(statement.speaker_candidates) or None,
        1 if statement.speakers and statement.speaker_name is None else None,
        ordered if any(ordered) else None,
        *([None] * 4 if said is None else [said.value, terms.number(said.by), *pack_span(said.span)]),
        *_pack_evidence(statement.evidence, terms),
    ]


def _unpack_statement(
    row: Sequence[Any], name: str, statements: Sequence[str], entities: Sequence[str], terms: Terms
) -> StatementDetail:
    _, within, continues, form, by, reason, candidates, is_nameless, ordered, *others = row
    value, said_by, start, length, *evidence = others
    lists = dict(zip(LISTED, ordered or (), strict=False))
    return StatementDetail(
        id=name,
        within=placed(within, statements),
        continues=placed(continues, statements),
        source_form=terms.word(form),
        speaker_by=terms.word(by),
        speaker_open=terms.word(reason),
        speaker_candidates=tuple(entities[position] for position in candidates or ()),
        is_nameless=bool(is_nameless),
        ordered={name: tuple(entities[each] for each in positions) for name, positions in lists.items() if positions},
        said_on=None
        if value is None
        else When(value=value, span=unpack_span_or_none(start, length), by=terms.word(said_by)),
        evidence=_unpack_evidence(evidence, terms),
    )


def _pack_evidence(evidence: Evidence | None, terms: Terms) -> list[Any]:
    if evidence is None:
        return [None] * 5
    source = None if evidence.source_score is None else pack_doubt(evidence.source_score)
    scores = [pack_doubt(evidence.cue_score), source, pack_doubt(evidence.content_score)]
    return [terms.number(clean(evidence.rule)), *scores, evidence.labels or None]


def _unpack_evidence(row: Sequence[Any], terms: Terms) -> Evidence | None:
    rule, cue, source, content, labels = row
    if rule is None:
        return None
    return Evidence(
        cue_score=unpack_doubt(cue),
        source_score=None if source is None else unpack_doubt(source),
        content_score=unpack_doubt(content),
        rule=terms.word(rule),
        labels=tuple(labels or ()),
    )


# ---- times and amounts ---------------------------------------------------------------------------------------


def _pack_time(time: Time, terms: Terms) -> list[Any]:
    words = [terms.number(time.type), terms.number_or_none(time.modifier), terms.number_or_none(time.open)]
    return [*pack_span(time.span), *words, time.value, int(time.anchored)]


def _unpack_time(row: Sequence[Any], terms: Terms) -> Time:
    start, length, kind, modifier, reason, value, anchored = row
    return Time(
        span=Span(start, start + length),
        type=terms.word(kind),
        value=value,
        modifier=terms.word(modifier),
        anchored=bool(anchored),
        open=terms.word(reason),
    )


def _pack_amount(amount: Amount, roles: Roles, terms: Terms) -> list[Any]:
    words = [
        terms.number_or_none(clean_or_none(each)) for each in (amount.kind, amount.unit, amount.bound, amount.harm)
    ]
    numbers = [amount.value, amount.upper, int(amount.approximate)]
    return [*pack_span(amount.span), *words, *numbers, *pack_span(amount.of), roles.place(amount.claimed_in)]


def _unpack_amount(row: Sequence[Any], statements: Sequence[str], terms: Terms) -> Amount:
    start, length, kind, unit, bound, harm, value, upper, approximate, of_start, of_length, claimed_in = row
    return Amount(
        span=unpack_span(start, length),
        kind=terms.word(kind),
        value=value,
        upper=upper,
        unit=terms.word(unit),
        approximate=bool(approximate),
        bound=terms.word(bound),
        of=unpack_span_or_none(of_start, of_length),
        harm=terms.word(harm),
        claimed_in=placed(claimed_in, statements),
    )
