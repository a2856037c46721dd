"""The events, times and amounts of a reading as sections of its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.document import Span
from onrecord.exports.describing import count, describe_amount, describe_time, offsets
from onrecord.exports.escaping import anchor_name, attribute, escape_text
from onrecord.exports.eventmarkup import marked_sentence, time_element, type_and_facts, who_to_whom
from onrecord.exports.events_json import EventRow, event_rows
from onrecord.reading import Amount, Reading, Time


def value_sections(reading: Reading) -> Iterator[str]:
    """Yield a section for the events, one for the times, one for the amounts; none for what there is nothing of."""
    text = reading.document.text
    said = {statement.id for statement in reading.statements}
    yield from _section("events", "event", [_event(row, said) for row in event_rows(reading)])
    yield from _section("times", "time", [_time(text, time) for time in reading.times])
    yield from _section("amounts", "amount", [_amount(text, amount, said) for amount in reading.amounts])


def _section(name: str, noun: str, items: Iterable[str]) -> Iterator[str]:
    listed = list(items)
    if listed:
        yield f'<section class="values" id="{name}" aria-labelledby="{name}-title">'
        yield f'<h2 id="{name}-title">{count(len(listed), noun)}</h2>\n<ul>'
        yield from (f"<li>{item}</li>" for item in listed)
        yield "</ul>\n</section>"


def _event(row: EventRow, said: set[str]) -> str:
    facts = [
        *([time_element(row.date)] if row.date else []),
        type_and_facts(row),
        *([f"told {row.told} times"] if row.told > 1 else []),
    ]
    claimed = ""
    if row.claimed_in is not None:
        claimed = f"According to {escape_text(row.claimed_by or 'somebody')} ({_claim(row.claimed_in, said)}) · "
    return (
        f'<h3>{who_to_whom(row)}</h3><p class="facts">{" · ".join(facts)}</p>'
        f"{marked_sentence(row.sentence, row.span, row.trigger_span)}"
        f'<p class="facts">{claimed}{escape_text(row.id)} · {offsets(row.trigger_span)}</p>'
    )


def _time(text: str, time: Time) -> str:
    return f"<p>{_words(text, time.span)} {_facts(describe_time(time), time.type, offsets(time.span))}</p>"


def _amount(text: str, amount: Amount, said: set[str]) -> str:
    counted = "" if amount.of is None else f" ({_words(text, amount.of)})"
    claims = [] if amount.claimed_in is None else [_claim(amount.claimed_in, said)]
    facts = "<small>" + " · ".join([escape_text(describe_amount(amount)), *claims, offsets(amount.span)]) + "</small>"
    return f"<p>{_words(text, amount.span)}{counted} {facts}</p>"


def _words(text: str, span: Span) -> str:
    return f"<bdi>{escape_text(span.of(text))}</bdi>"


def _facts(*facts: str) -> str:
    return f"<small>{' · '.join(escape_text(fact) for fact in facts)}</small>"


def _claim(statement: str, said: set[str]) -> str:
    """Return a statement's id as a link to it, where it is on the page."""
    shown = escape_text(statement)
    return (
        f"<a{attribute('href', '#' + anchor_name('statement', statement))}>{shown}</a>" if statement in said else shown
    )
