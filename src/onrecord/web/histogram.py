"""Statements over time as bars, drawn on the server: each bar leads to the search of its day, month or year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from onrecord.record.facets import Facet

WIDTH: Final = 720
HEIGHT: Final = 96
MOST_BARS: Final = 60
"""Two months of days, five years of months; a longer time is shown by years."""
FEW_MONTHS: Final = 3
"""Up to so many, days are worth counting."""
WIDEST: Final = 40
_GAP: Final = 0.18
"""Share of a bar's place that stays empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One day, month or year."""

    label: str
    """``2024-05-02``, ``2024-05`` or ``2024``."""
    count: int
    address: str
    """Of the search of these days."""
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


def draw(counts: Sequence[Facet], address_of: Callable[[str], str]) -> Histogram | None:
    """Return bars, as fine as the counts and the room allow; None where no day is known.

    Args:
        counts: of days, months or years.
        address_of: where a bar leads.

    >>> chart = draw([Facet("2024-01", 2), Facet("2024-03", 4)], lambda label: f"/search?since={label}")
    >>> [(bar.label, bar.count, bar.height) for bar in chart.bars]
    [('2024-01', 2, 48.0), ('2024-02', 0, 0.0), ('2024-03', 4, 96.0)]
    """
    dated = {each.value: each.count for each in counts if each.value is not None}
    unknown = sum(each.count for each in counts if each.value is None)
    if not dated:
        return None
    labels = _labels(sorted(dated))
    heights = Counter[str]()
    for value, count in dated.items():
        heights[value[: len(labels[0])]] += count
    most = max(heights[label] for label in labels) or 1
    place = WIDTH / len(labels)
    width = min(place * (1 - _GAP), WIDEST)
    bars = tuple(
        Bar(
            label=label,
            count=heights[label],
            address=address_of(label),
            x=round((index + 0.5) * place - width / 2, 2),
            y=round(HEIGHT - HEIGHT * heights[label] / most, 2),
            width=round(width, 2),
            height=round(HEIGHT * heights[label] / most, 2),
        )
        for index, label in enumerate(labels)
    )
    return Histogram(bars=bars, first=labels[0], last=labels[-1], most=most, without_day=unknown)


def _labels(values: Sequence[str]) -> list[str]:
    """Return all days from the first to the last; or all months, or years, where those are too many or unknown."""
    known = min(map(len, values))
    days = _days(values[0], values[-1]) if known == 10 else []
    if days:
        return days
    first, last = _months(values[0]), _months(values[-1])
    if last - first < MOST_BARS and known > 4:
        return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1)]
    years = range(int(values[0][:4]), int(values[-1][:4]) + 1)
    # The years of a report may be anything: only those that have statements, where there are too many.
    told = sorted({value[:4] for value in values})
    return [f"{year:04d}" for year in years] if len(years) <= MOST_BARS else told[-MOST_BARS:]


def _days(first: str, last: str) -> list[str]:
    """Return all days of a time; none where they are too many, or where the calendar lacks one."""
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return []
    count = (end - start).days + 1
    return [(start + timedelta(days=day)).isoformat() for day in range(count)] if count <= MOST_BARS else []


def _months(value: str) -> int:
    return int(value[:4]) * 12 + int(value[5:7] or 1) - 1
