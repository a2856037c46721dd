"""The times and the amounts of a report as tables."""

from __future__ import annotations

from onrecord.cli.blocks import Look
from onrecord.cli.grid import lay_out_grid
from onrecord.document import Span
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
    value = time.value or f"open: {time.open}"
    if time.modifier:
        value += f" ({time.modifier})"
    return time.span.of(text), value, time.type, _place(time.span)


def _amount(text: str, amount: Amount) -> tuple[str, ...]:
    counted = amount.of.of(text) if amount.of is not None else "–"
    kind = amount.harm or (amount.unit or amount.kind)
    return amount.span.of(text), _number(amount), kind, counted, amount.claimed_in or "–", _place(amount.span)


def _number(amount: Amount) -> str:
    if amount.value is None:
        return "–"
    number = f"{amount.value:,g}" if abs(amount.value) < 1e6 else f"{amount.value:,.0f}"
    if amount.upper is not None:
        number += f" to {amount.upper:,g}" if abs(amount.upper) < 1e6 else f" to {amount.upper:,.0f}"
    return " ".join(filter(None, ("about" if amount.approximate else "", amount.bound or "", number)))


def _place(span: Span) -> str:
    return f"{span.start}:{span.end}"
