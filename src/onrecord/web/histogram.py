"""Statements over time as bars, drawn on the server: each bar leads to the search of its month or year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.record.facets import Facet

WIDTH: Final = 720
HEIGHT: Final = 96
MOST_BARS: Final = 60
"""Five years of months; a longer time is shown by years."""
_GAP: Final = 0.18
"""Share of a bar's place that stays empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One month or year."""

    label: str
    """``2024-05`` or ``2024``."""
    count: int
    address: str
    """Of the search of these days; empty for no link."""
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """Bars with what stands at their ends."""

    bars: tuple[Bar, ...]
    first: str
    last: str
    most: int
    without_day: int
    """Statements whose day nobody knows."""
    width: int = WIDTH
    height: int = HEIGHT


def draw(months: Sequence[Facet], address_of: Callable[[str], str]) -> Histogram | None:
    """Return the bars of months; None where no day is known.

    Args:
        months: counts of months, or of years where the month is unknown.
        address_of: where the bar of a month or a year leads.

    >>> chart = draw([Facet("2024-01", 2), Facet("2024-03", 4)], lambda label: f"/search?since={label}")
    >>> [(bar.label, bar.count, bar.height) for bar in chart.bars]
    [('2024-01', 2, 48.0), ('2024-02', 0, 0.0), ('2024-03', 4, 96.0)]
    """
    dated = {each.value: each.count for each in months if each.value is not None}
    unknown = sum(each.count for each in months if each.value is None)
    if not dated:
        return None
    labels = _labels(sorted(dated))
    counts = [sum(count for value, count in dated.items() if _lies_in(value, label)) for label in labels]
    most = max(counts)
    place = WIDTH / len(labels)
    bars = tuple(
        Bar(
            label=label,
            count=count,
            address=address_of(label),
            x=round(index * place + place * _GAP / 2, 2),
            y=round(HEIGHT - HEIGHT * count / most, 2),
            width=round(place * (1 - _GAP), 2),
            height=round(HEIGHT * count / most, 2),
        )
        for index, (label, count) in enumerate(zip(labels, counts, strict=True))
    )
    return Histogram(bars=bars, first=labels[0], last=labels[-1], most=most, without_day=unknown)


def _labels(values: Sequence[str]) -> list[str]:
    """Return all months from the first to the last, or all years where those are too many or a month is unknown."""
    first, last = _months(values[0]), _months(values[-1])
    if last - first < MOST_BARS and all(len(value) > 4 for value in values):
        return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1)]
    years = range(int(values[0][:4]), int(values[-1][:4]) + 1)
    # The years of a report may be anything: only those that have statements, where there are too many.
    told = sorted({value[:4] for value in values})
    return [f"{year:04d}" for year in years] if len(years) <= MOST_BARS else told[-MOST_BARS:]


def _months(value: str) -> int:
    year, _, month = value.partition("-")
    return int(year) * 12 + int(month or 1) - 1


def _lies_in(value: str, label: str) -> bool:
    return value == label or (len(label) == 4 and value.startswith(label))
