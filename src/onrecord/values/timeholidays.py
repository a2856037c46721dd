"""Holidays: their names in a report, and the day of each in a year.

Fixed days and "the fourth Thursday of November" are reckoned here, Easter and its kin by dateutil, those of the
Hebrew, Islamic, Hindu and Chinese calendars stand in ``lunardays.tsv``, which ``training/lunar_days.py`` makes from the
package ``holidays`` (its import alone takes 0.15 s).
Holidays that many countries keep on different days ("Independence Day", "Victory Day", "Labour Day") are left out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from dateutil.easter import easter

Finder = Callable[[int], date | None]


def _fixed(month: int, day: int) -> Finder:
    return lambda year: date(year, month, day)


def _nth(month: int, weekday: int, nth: int, *, shift: int = 0) -> Finder:
    """Return the finder of the nth weekday of a month, the last one for -1, and so many days after it."""

    def find(year: int) -> date | None:
        if nth > 0:
            first = date(year, month, 1)
            day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
        else:
            last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            day = last - timedelta(days=(last.weekday() - weekday) % 7)
        return day + timedelta(days=shift)

    return find


def _by_easter(shift: int) -> Finder:
    # dateutil knows the Gregorian rule from 1583 to 4099.
    return lambda year: easter(year) + timedelta(days=shift) if 1583 <= year <= 4099 else None


def _inauguration(year: int) -> date | None:
    return date(year, 1, 20) if year % 4 == 1 and year > 1933 else None


def _listed(name: str) -> Finder:
    """Return the finder of a holiday of the table ``lunardays.tsv``."""
    return lambda year: _lunar_days().get((name, year))


@cache
def _lunar_days() -> dict[tuple[str, int], date]:
    """Return the first days of holidays by name and year, as ``training/lunar_days.py`` wrote them."""
    lines = files("onrecord.values").joinpath("lunardays.tsv").read_text(encoding="utf-8").splitlines()
    names = lines[0].split("\t")[1:]
    days = {}
    for line in lines[1:]:
        year, *told = line.split("\t")
        for name, day in zip(names, told, strict=True):
            if day != "-":
                days[name, int(year)] = date.fromisoformat(f"{year}-{day}")
    return days


_FINDERS: Final[dict[str, Finder]] = {
    "new year's day": _fixed(1, 1),
    "new year's eve": _fixed(12, 31),
    "martin luther king jr. day": _nth(1, 0, 3),
    "martin luther king day": _nth(1, 0, 3),
    "mlk day": _nth(1, 0, 3),
    "inauguration day": _inauguration,
    "groundhog day": _fixed(2, 2),
    "valentine's day": _fixed(2, 14),
    "presidents day": _nth(2, 0, 3),
    "presidents' day": _nth(2, 0, 3),
    "st. patrick's day": _fixed(3, 17),
    "april fools' day": _fixed(4, 1),
    "april fools day": _fixed(4, 1),
    "earth day": _fixed(4, 22),
    "ash wednesday": _by_easter(-46),
    "palm sunday": _by_easter(-7),
    "maundy thursday": _by_easter(-3),
    "good friday": _by_easter(-2),
    "easter": _by_easter(0),
    "easter sunday": _by_easter(0),
    "easter monday": _by_easter(1),
    "pentecost": _by_easter(49),
    "may day": _fixed(5, 1),
    "mother's day": _nth(5, 6, 2),
    "memorial day": _nth(5, 0, -1),
    "juneteenth": _fixed(6, 19),
    "father's day": _nth(6, 6, 3),
    "fourth of july": _fixed(7, 4),
    "july fourth": _fixed(7, 4),
    "bastille day": _fixed(7, 14),
    "labor day": _nth(9, 0, 1),
    "columbus day": _nth(10, 0, 2),
    "halloween": _fixed(10, 31),
    "election day": _nth(11, 0, 1, shift=1),
    "veterans day": _fixed(11, 11),
    "armistice day": _fixed(11, 11),
    "remembrance day": _fixed(11, 11),
    "thanksgiving": _nth(11, 3, 4),
    "thanksgiving day": _nth(11, 3, 4),
    "black friday": _nth(11, 3, 4, shift=1),
    "cyber monday": _nth(11, 3, 4, shift=4),
    "christmas": _fixed(12, 25),
    "christmas day": _fixed(12, 25),
    "christmas eve": _fixed(12, 24),
    "xmas": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
    "ramadan": _listed("ramadan"),
    "eid al-fitr": _listed("eid al-fitr"),
    "eid al fitr": _listed("eid al-fitr"),
    "eid al adha": _listed("eid al-adha"),
    "islamic new year": _listed("islamic new year"),
    "eid al-adha": _listed("eid al-adha"),
    "ashura": _listed("ashura"),
    "purim": _listed("purim"),
    "passover": _listed("passover"),
    "rosh hashanah": _listed("rosh hashanah"),
    "yom kippur": _listed("yom kippur"),
    "hanukkah": _listed("hanukkah"),
    "diwali": _listed("diwali"),
    "holi": _listed("holi"),
    "lunar new year": _listed("lunar new year"),
    "chinese new year": _listed("lunar new year"),
}


def day_of(name: str, year: int) -> date | None:
    """Return the day of a holiday in a year, the first of several; None where nobody can say.

    >>> day_of("easter", 2016), day_of("thanksgiving", 2016), day_of("ramadan", 2016)
    (datetime.date(2016, 3, 27), datetime.date(2016, 11, 24), datetime.date(2016, 6, 7))
    """
    # 9,000 keeps every sum inside the years that dates have.
    if not 1 <= year < 9000:
        return None
    try:
        return _FINDERS[name](year)
    except (KeyError, ValueError, OverflowError):
        return None


def _split(name: str) -> tuple[str, ...]:
    """Cut a name as the tokens of a report are cut."""
    return tuple(name.replace("'s", " 's").replace("s'", "s '").replace(".", " .").replace("-", " - ").split())


NAMES: Final[dict[str, tuple[tuple[tuple[str, ...], str], ...]]] = {}
"""By first word: the words of each name, the longest first, and the name."""
for _name in sorted(_FINDERS, key=len, reverse=True):
    _words = _split(_name)
    NAMES[_words[0]] = (*NAMES.get(_words[0], ()), (_words, _name))
