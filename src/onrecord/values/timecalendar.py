"""Arithmetic of the calendar: days, weeks, months and years forth and back, and how each is written in ISO 8601."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from dateutil.relativedelta import relativedelta

Unit = Literal["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"]
_SEASONS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_PERIODS: Final = {
    "second": "PT{}S",
    "minute": "PT{}M",
    "hour": "PT{}H",
    "day": "P{}D",
    "night": "P{}D",
    "week": "P{}W",
    "fortnight": "P{}W",
    "weekend": "P{}WE",
    "month": "P{}M",
    "quarter": "P{}Q",
    "year": "P{}Y",
    "decade": "P{}Y",
    "century": "P{}Y",
}
_TIMES: Final = {"fortnight": 2, "decade": 10, "century": 100}


@dataclass(frozen=True, slots=True)
class Anchor:
    """The publication date, with the hour where it is known."""

    day: date
    clock: datetime | None


def read_published(published: str | None) -> Anchor | None:
    """Return the day (and hour) of an ISO 8601 publication date; None for none, or what is no date.

    >>> read_published("2024-05-02T10:00:00Z").day
    datetime.date(2024, 5, 2)
    """
    if not published:
        return None
    try:
        moment = datetime.fromisoformat(published[:40])
    except ValueError:
        return None
    return Anchor(moment.date(), moment if "T" in published or " " in published else None)


def shift(day: date, number: int, unit: str) -> date:
    """Return the day so many units later (earlier for a negative number).

    Raises:
        OverflowError, ValueError: the day lies beyond the years 1 to 9999.
    """
    number *= _TIMES.get(unit, 1)
    if unit in {"day", "night"}:
        return day + timedelta(days=number)
    if unit in {"week", "fortnight", "weekend"}:
        return day + timedelta(weeks=number)
    if unit in {"month", "quarter"}:
        return day + relativedelta(months=number * (3 if unit == "quarter" else 1))
    return day + relativedelta(years=number)


def write(day: date, unit: str) -> str:
    """Write the unit of the calendar that a day lies in, as TIMEX3 has it.

    >>> write(date(2024, 5, 2), "week"), write(date(2024, 5, 2), "quarter"), write(date(2024, 5, 2), "decade")
    ('2024-W18', '2024-Q2', '202')
    """
    if unit == "day":
        return day.isoformat()
    if unit in {"week", "weekend", "fortnight"}:
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "weekend" else "")
    if unit == "month":
        return f"{day.year:04}-{day.month:02}"
    if unit == "quarter":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return f"{day.year:04}"[: {"decade": 3, "century": 2}.get(unit, 4)]


def period(number: int | str, unit: str) -> str:
    """Write a duration in ISO 8601; ``X`` is an unknown number.

    >>> period(3, "year"), period("X", "week"), period(2, "decade"), period("1.5", "hour"), period("2.5", "decade")
    ('P3Y', 'PXW', 'P20Y', 'PT1.5H', 'P25Y')
    """
    if isinstance(number, int):
        number *= _TIMES.get(unit, 1)
    elif unit in _TIMES:
        if number == "X":
            return {"decade": "PXDE", "century": "PXCE", "fortnight": "PXW"}[unit]
        number = f"{float(number) * _TIMES[unit]:g}"
    return _PERIODS[unit].format(number)


def halves(number: int, unit: str) -> str:
    """Write a number and a half of a unit, in the next smaller unit where that comes out even.

    >>> halves(1, "year"), halves(0, "hour"), halves(2, "week")
    ('P18M', 'PT30M', 'P2.5W')
    """
    smaller = {"year": ("month", 12), "hour": ("minute", 60), "day": ("hour", 24), "decade": ("year", 10),
               "century": ("year", 100), "minute": ("second", 60), "fortnight": ("week", 2)}.get(unit)  # fmt: skip
    if smaller is None:
        return _PERIODS[unit].format(f"{number}.5")
    name, size = smaller
    return _PERIODS[name].format(number * size + size // 2)


def season_start(season: str, year: int) -> date:
    """Return the first day of a season of the northern half of the earth."""
    return date(year, _SEASONS[season], 1)
