"""The times and the amounts of a report as tables."""

from __future__ import annotations

from onrecord.cli.blocks import Look
from onrecord.cli.grid import lay_out_grid
from onrecord.exports.describing import describe_number, describe_time, offsets
from onrecord.reading import Amount, Reading, Time

TIMES = ("words", "value", "kind", "at")
AMOUNTS = ("words", "value", "unit", "of", "claimed in", "at")


def times_table(reading: Reading, look: Look) -> list[str]:
    """Return the expressions of time of a reading as the lines of a table."""
    text = reading.document.text
    return lay_out_grid(TIMES, [_time(text, time) for time in reading.times], look)


def amounts_table(reading: Reading, look: Look) -> list[str]:
    """Return the amounts of a reading as the lines of a table."""
    text = reading.document.text
    return lay_out_grid(AMOUNTS, [_amount(text, amount) for amount in reading.amounts], look)


def _time(text: str, time: Time) -> tuple[str, ...]:
    return time.span.of(text), describe_time(time), time.type, offsets(time.span)


def _amount(text: str, amount: Amount) -> tuple[str, ...]:
    counted = amount.of.of(text) if amount.of is not None else "–"
    kind = amount.harm or (amount.unit or amount.kind)
    return amount.span.of(text), describe_number(amount), kind, counted, amount.claimed_in or "–", offsets(amount.span)
