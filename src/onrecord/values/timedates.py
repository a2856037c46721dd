"""Dates of the calendar in words and figures: days, months, years and their parts, with or without a year."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Final

from onrecord.values.timecalendar import season_start, shift, write
from onrecord.values.timedrafts import Draft, Scene, shift_of, undated, unsettled
from onrecord.values.timeholidays import day_of
from onrecord.wordlists import word_set

# What is counted after a figure that looks like a year; "2016 elections" is a year.
_COUNTED: Final = word_set(
    """people votes voters men women children dollars pounds euros miles kilometers kilometres meters metres feet acres
    troops soldiers jobs workers employees deaths cases members delegates points percent pages words copies homes
    houses barrels tons tonnes migrants refugees students respondents adults customers tickets units square seats
    million billion trillion times points-based registered likely cars calories km mph degrees cubic names
    participants attendees supporters protesters demonstrators fighters police officers emails e documents shares"""
)
_ATTACKS: Final = word_set("attacks terror terrorist terrorists hijackers hijackings commission memorial")
"""What "the Sept. 11" is followed by where it is that of 2001."""
_STREETS: Final = word_set("street st avenue ave road rd boulevard blvd drive lane place court way highway hwy suite")
_BEFORE_FIGURES: Final = frozenset("$€£¥#№/:+*=<>~^%") | word_set(
    "no number flight route room about nearly almost over than least page apollo channel figure"
)
_YEAR_BEFORE: Final = frozenset("iosRr)ba(&~@cEe=tnHMJ.'-")
_FINANCE: Final = word_set(
    """earnings results profit profits sales revenue revenues growth gdp loss losses net income fundraising
    fund-raising report reports numbers figures financial gross"""
)


def iso(scene: Scene, start: int, end: int) -> Draft:
    """2016-05-02, with or without the time."""
    written = scene.word(start)
    day = date.fromisoformat(written[:10])
    clock = written[11:]
    if clock:
        time.fromisoformat(clock)  # 25:61 is as little a time as the 30th of February is a day
    value = day.isoformat() + (f"T{clock}" if clock else "")
    return Draft(start, end, "time" if clock else "date", value, "clock" if clock else "day", day)


def slash(scene: Scene, start: int, end: int) -> Draft | None:
    """5/13/2016: taken where only one order is a date, "5/7/2016" stays open; and 9/11, the day."""
    written = scene.word(start)
    if written == "9/11":
        return Draft(start, end, "date", "2001-09-11", "day", date(2001, 9, 11))
    if "." in written:  # 2.5.2016 is written where days come first
        number, month, year = (int(part) for part in written.split("."))
        return _day(start, end, date(year, month, number))
    first, second, year = (int(part) for part in written.split("/"))
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    month, number = (second, first) if first > 12 else (first, second)
    if first != second and first <= 12 and second <= 12:
        return unsettled(start, end, "day", "ambiguous")
    return _day(start, end, date(year, month, number))


def dashed(scene: Scene, start: int, end: int) -> Draft | None:
    """05-Aug-2016, 2019/Aug/1."""
    return month_day(scene, start, end)


def slash_day(scene: Scene, start: int, end: int) -> Draft | None:
    """On 22/04: taken where only one order is a date; "on 5/7" stays open."""
    first, second = (int(part) for part in scene.word(end - 1).split("/"))
    if not (1 <= first <= 31 and 1 <= second <= 31) or (first > 12 and second > 12):
        return None
    if first <= 12 and second <= 12 and first != second:
        return unsettled(start, end, "day", "ambiguous")
    if scene.anchor is None:
        return undated(start, end, "day")
    month, number = (second, first) if first > 12 else (first, second)
    return _day(start, end, _nearest_day(scene, start, end, month, number), anchored=True)


def _day(start: int, end: int, day: date, *, anchored: bool = False) -> Draft:
    return Draft(start, end, "date", day.isoformat(), "day", day, anchored=anchored)


def month_day(scene: Scene, start: int, end: int, *, year: int | None = None) -> Draft | None:
    """May 2, 2016; Monday, May 2; 2 May. ``year`` is that of the other end of a range."""
    month = scene.number_of(start, end, "MJj")
    number = scene.number_of(start, end, "DO")
    if month is None or number is None:
        return None
    if scene.word(end) in {"percent", "%", "million", "billion", "points"} and scene.letters(end - 1, end) == "D":
        return None
    told = scene.number_of(start, end, "Y")
    year = (_of_that_year(scene, end) if year is None else year) if told is None else told
    if year is not None:
        return _day(start, end, date(year, month, number), anchored=told is None)
    if (month, number) == (9, 11) and not _ATTACKS.isdisjoint(scene.tokens.words[end : end + 2]):
        return _day(start, end, date(2001, month, number))
    if scene.anchor is None:
        draft = undated(start, end, "day")
    else:
        draft = _day(start, end, _nearest_day(scene, start, end, month, number), anchored=True)
    draft.month_day = (month, number)
    return draft


def _of_that_year(scene: Scene, end: int) -> int | None:
    """Return the year that "of that year" or "of the same year" behind a month tells; None for none."""
    following = scene.letters(end, end + 4)
    if not following.startswith(("ohU", "othU")) or scene.word(end + following.index("U")) != "year":
        return None
    return None if scene.last is None or scene.last.day is None else scene.last.day.year


day_month = month_day  # the grammar's word for the other order


def span_of_days(scene: Scene, start: int, end: int) -> Draft | None:
    """May 2-4; Nov. 6 to 10; 2-4 May 2016."""
    month = scene.number_of(start, end, "MJ")
    numbers = [
        value
        for value, letter in zip(scene.tokens.values[start:end], scene.letters(start, end), strict=True)
        if letter in "DO" and isinstance(value, int)
    ]
    if month is None or len(numbers) != 2 or numbers[0] >= numbers[1]:
        return None
    year = scene.number_of(start, end, "Y")
    anchored = year is None
    if year is None:
        if scene.anchor is None:
            return undated(start, end, "days")
        year = _nearest_day(scene, start, end, month, numbers[0]).year
    first, last = (date(year, month, number) for number in numbers)
    return Draft(start, end, "date", f"{first.isoformat()}/{last.isoformat()}", "days", first, anchored=anchored)


days_of_month = span_of_days  # likewise


def weekday_day(scene: Scene, start: int, end: int) -> Draft | None:
    """Friday the 11th: of the month in which the 11th is a Friday, the nearest such month."""
    weekday, number = scene.number_of(start, end, "Ww"), scene.number_of(start, end, "O")
    if scene.anchor is None:
        return undated(start, end, "day")
    today = scene.anchor.day
    for months in (0, 1, -1, 2, -2):
        first = shift(today.replace(day=1), months, "month")
        if number is not None and number <= 28 and first.replace(day=number).weekday() == weekday:
            return _day(start, end, first.replace(day=number), anchored=True)
    return None


def month_year(scene: Scene, start: int, end: int) -> Draft | None:
    """May 2016; May of 2016."""
    month, year = scene.number_of(start, end, "MJj"), scene.number_of(start, end, "Y")
    if month is None or year is None:
        return None
    day = date(year, month, 1)
    return Draft(start, end, "date", write(day, "month"), "month", day)


def month(scene: Scene, start: int, end: int, *, year: int | None = None) -> Draft | None:
    """January; last May; this June."""
    letters = scene.letters(start, end)
    number = scene.number_of(start, end, "MJj")
    if number is None or _is_a_name(scene, start, end, letters):
        return None
    if letters[0] in "HLxl" and scene.letters(end, end + 1) in {"D", "O"} and scene.letters(end + 1, end + 2) == "c":
        return None  # "this March 29, 2018, file photo": the day that follows
    year = _of_that_year(scene, end) if year is None else year
    if year is not None:
        return _month(start, end, date(year, number, 1))
    if scene.anchor is None:
        draft = undated(start, end, "month")
    else:
        today, direction = scene.anchor.day, shift_of(letters)
        if direction is None:
            first = _nearest_month(scene, start, end, number)
        elif direction < 0:
            first = date(today.year - (number >= today.month), number, 1)
        else:
            first = date(today.year + (direction > 0 and number <= today.month), number, 1)
        draft = _month(start, end, first)
        draft.anchored = True
    draft.month_day = (number, None)
    return draft


def _month(start: int, end: int, first: date) -> Draft:
    return Draft(start, end, "date", write(first, "month"), "month", first)


def _is_a_name(scene: Scene, start: int, end: int, letters: str) -> bool:
    """Tell April Ryan from April, and Theresa May from May."""
    tokens = scene.tokens
    following = end < len(tokens.words) and tokens.letters[end] == "_" and tokens.capital[end]
    before = tokens.letters[start - 1] if start else "_"
    preceded = start > 0 and tokens.capital[start - 1] and before == "_" and tokens.words[start - 1].isalpha()
    if letters[-1:] == "J":
        return scene.may_is_a_name or preceded
    if tokens.words[start] in {"april", "june", "august"}:
        return (following or preceded) and before not in "iosRrba)(&"
    return False


def year(scene: Scene, start: int, end: int) -> Draft | None:
    """2016, fiscal 2016: figures between 1000 and 2199 that are not counts, house numbers or sums."""
    number = scene.number_of(start, end, "Y")
    if number is None:
        return None
    letters = scene.letters(start, end)
    if letters[0] == "m":
        return Draft(start, end, "date", f"FY{number}", "fiscal")
    before = scene.tokens.letters[start - 1] if start else "_"
    if not _is_year(scene, start, end, number, before):
        return None
    day = date(number, 1, 1)
    return Draft(start, end, "date", write(day, "year"), "year", day)


def _is_year(scene: Scene, start: int, end: int, number: int, before: str) -> bool:  # noqa: PLR0911 - a list of cases
    after = scene.word(end)
    if scene.word(start - 1) in _BEFORE_FIGURES or after in _COUNTED or after in {"%", "°"}:
        return False
    if scene.letters(end, end + 1) in {"u", "N"} or (
        after == "-" and scene.letters(end + 1, end + 2) in {"D", "N", "Y"}
    ):
        return False
    if before in "DNYC" or (before == "-" and scene.letters(start - 2, start - 1) in {"D", "N", "Y"}):
        return False  # a telephone number, a list of figures
    words = scene.tokens.words
    if not _STREETS.isdisjoint(words[end : end + 4]) and end < len(words) and scene.tokens.capital[end]:
        return False
    if len(words[start]) == 3:  # '08
        return before in "iosRr)MJ&"
    if 1900 <= number <= 2099:
        return True
    return before in _YEAR_BEFORE and (number >= 1500 or before in "io)")


def years(scene: Scene, start: int, end: int) -> Draft | None:
    """2015-16, 2014-2016; 2016-05 is a month."""
    first, second = (int(part) for part in re.split(r"[-–—/]", scene.word(start)))
    if second < 100:
        if second <= first % 100 and 1 <= second <= 12:
            return _month(start, end, date(first, second, 1))
        second += first // 100 * 100
    if second <= first:
        return None
    return Draft(start, end, "date", f"{first}/{second}", "years", date(first, 1, 1))


def decade(scene: Scene, start: int, end: int) -> Draft | None:
    """The 1990s, the '60s, the nineties; not "in her thirties"."""
    value = scene.value_of(start, end, "dδ")
    if not isinstance(value, str) or scene.word(start - 1) in {"his", "her", "their", "my", "your", "its", "our"}:
        return None
    if scene.letters(end - 1, end) == "d" and scene.word(end - 1).isalpha() and scene.letters(start, start + 1) != "t":
        return None
    return Draft(start, end, "date", value, "decade", date(int(value) * 10, 1, 1) if int(value) else None)


def century(scene: Scene, start: int, end: int) -> Draft | None:
    """The 19th century."""
    number = scene.number_of(start, end, "O")
    if number is None or scene.value_of(start, end, "U") != "century":
        return None
    number += scene.number_of(start, end, "N") or 0
    return Draft(start, end, "date", f"{number - 1:02}", "century", date(max(1, 100 * (number - 1)), 1, 1))


def edge_week(scene: Scene, start: int, end: int) -> Draft | None:
    """The first week of May, the last month of 2015, the first three months of the year."""
    letters = scene.letters(start, end)
    unit = str(scene.value_of(start, end, "Uu"))
    nth = -1 if "L" in letters.split("o")[0] else scene.number_of(start, end, "O") or 0
    count = scene.number_of(start, start + letters.index("o"), "ND") or 1
    whole = _whole(scene, start + letters.index("o") + 1, end)
    if unit not in {"week", "day", "month"} or nth == 0:
        return None
    if whole is None:
        return undated(start, end, unit) if scene.anchor is None else None
    first, last, anchored = whole
    if unit == "month" and (last - first).days < 360:
        return None
    edges = _nth_unit(first, last, unit, nth, count)
    if edges is None:
        return None
    begins, ends = edges
    value = write(begins, unit) if count == 1 else f"{write(begins, unit)}/{write(ends, unit)}"
    return Draft(start, end, "date", value, unit if count == 1 else "range", begins, anchored=anchored)


def _whole(scene: Scene, start: int, end: int) -> tuple[date, date, bool] | None:
    """Return the first and last day of the month or year that a part is of, and whether it was reckoned."""
    letters = scene.letters(start, end)
    told = scene.number_of(start, end, "Y")
    if told is None and scene.anchor is None:
        return None
    if "M" in letters or "J" in letters:
        number = scene.number_of(start, end, "MJ") or 1
        first = date(told, number, 1) if told is not None else _nearest_month(scene, start, end, number)
        return first, shift(first, 1, "month") - timedelta(days=1), told is None
    if told is not None:
        return date(told, 1, 1), date(told, 12, 31), False
    unit = scene.word(end - 1)
    if unit not in {"month", "year"} or scene.anchor is None:
        return None
    day = shift(scene.anchor.day, shift_of(letters.lstrip("t")) or 0, unit)
    first = day.replace(day=1, month=1) if unit == "year" else day.replace(day=1)
    return first, shift(first, 1, unit) - timedelta(days=1), True


def _nth_unit(first: date, last: date, unit: str, nth: int, count: int) -> tuple[date, date] | None:
    """Return days in the first and the last of so many units, the nth ones or the last ones.

    A week belongs to the month or year that has its Thursday, as in ISO 8601.
    """
    if unit == "month":
        begins = shift(last, -count + 1, "month") if nth < 0 else shift(first, nth - 1, "month")
        ends = shift(begins.replace(day=1), count - 1, "month")
        return (begins, ends) if ends <= last else None
    size = 7 if unit == "week" else 1
    middle = timedelta(days=3 if unit == "week" else 0)
    begins = (
        last - middle - timedelta(days=size * (count - 1))
        if nth < 0
        else first + middle + timedelta(days=size * (nth - 1))
    )
    ends = begins + timedelta(days=size * (count - 1))
    return (begins, ends) if first <= begins and ends <= last else None


def quarter(scene: Scene, start: int, end: int) -> Draft | None:
    """The second quarter of 2016, Q3 2015, first-quarter earnings; not a quarter of a match."""
    number = scene.number_of(start, end, "OQ")
    if number is None or not 1 <= number <= 4:
        return None
    told = _year_told(scene, start, end)
    if told is None and scene.word(end) not in _FINANCE and "m" not in scene.letters(start, end):
        return None
    if told is None:
        if scene.anchor is None:
            return undated(start, end, "quarter")
        today = scene.anchor.day
        told = today.year - (3 * number - 2 > today.month and scene.tense(start, end) != "future")
    return Draft(
        start,
        end,
        "date",
        f"{told:04}-Q{number}",
        "quarter",
        date(told, 3 * number - 2, 1),
        anchored="Y" not in scene.letters(start, end),
    )


def half_year(scene: Scene, start: int, end: int) -> Draft | None:
    """The first half of 2016."""
    number, told = scene.number_of(start, end, "Oη"), _year_told(scene, start, end)
    if number not in {1, 2} or told is None:
        return None
    first = date(told, 6 * number - 5, 1)
    return Draft(
        start, end, "date", f"{told:04}-H{number}", "half", first, anchored="Y" not in scene.letters(start, end)
    )


def _year_told(scene: Scene, start: int, end: int) -> int | None:
    """Return the year that stands in a quarter or half: in figures, or as "the year", "last year"."""
    told = scene.number_of(start, end, "Y")
    letters = scene.letters(start, end)
    if told is not None or not letters.endswith("U") or scene.word(end - 1) != "year" or scene.anchor is None:
        return told
    return scene.anchor.day.year + {"L": -1, "x": 1}.get(letters[-2], 0)


def season(scene: Scene, start: int, end: int) -> Draft | None:
    """Spring 2016, the spring of 2016, in the spring."""
    name, told = scene.value_of(start, end, "S"), scene.number_of(start, end, "Y")
    if not isinstance(name, str):
        return None
    anchored = told is None
    if told is None:
        if scene.anchor is None:
            return undated(start, end, "season")
        told = _nearest_month(scene, start, end, season_start(name, 2000).month).year
    return Draft(start, end, "date", f"{told:04}-{name}", "season", season_start(name, told), anchored=anchored)


def holiday(scene: Scene, start: int, end: int) -> Draft | None:
    """Thanksgiving, last Christmas, Easter 2016, Christmas night."""
    name, told = scene.value_of(start, end, "X"), scene.number_of(start, end, "Y")
    part = scene.value_of(start, end, "P")
    if not isinstance(name, str):
        return None
    if told is None and scene.anchor is None:
        return undated(start, end, "day")
    anchored = told is None
    day = day_of(name, told) if told is not None else _nearest_holiday(scene, start, end, name)
    if day is None:
        return unsettled(start, end, "day", "ambiguous")
    if isinstance(part, str):
        return Draft(start, end, "time", f"{day.isoformat()}T{part}", "part", day, anchored=anchored)
    return _day(start, end, day, anchored=anchored)


def _nearest_holiday(scene: Scene, start: int, end: int, name: str) -> date | None:
    assert scene.anchor is not None
    today = scene.anchor.day
    days = [day for year in (today.year - 1, today.year, today.year + 1) if (day := day_of(name, year)) is not None]
    letters = scene.letters(start, end)
    if letters[0] == "L":
        return max((day for day in days if day < today), default=None)
    if letters[0] == "x":
        return min((day for day in days if day > today), default=None)
    if letters[0] == "H":
        return next((day for day in days if day.year == today.year), None)
    return _by_distance(scene, start, end, days)


def _nearest_day(scene: Scene, start: int, end: int, month: int, number: int) -> date:
    """Return the day of a month without a year: of the year that tense and distance make likeliest.

    Raises:
        ValueError: no year near has such a day.
    """
    assert scene.anchor is not None
    days = []
    for year in range(scene.anchor.day.year - 1, scene.anchor.day.year + 2):
        try:
            days.append(date(year, month, number))
        except ValueError:
            continue
    nearest = _by_distance(scene, start, end, days)
    if nearest is None:
        raise ValueError
    return nearest


def _nearest_month(scene: Scene, start: int, end: int, number: int) -> date:
    assert scene.anchor is not None
    today = scene.anchor.day
    if number == today.month:
        return today.replace(day=1)
    days = [date(year, number, 1) for year in range(max(1, today.year - 1), min(9999, today.year + 1) + 1)]
    nearest = _by_distance(scene, start, end, days)
    return nearest if nearest is not None else today.replace(month=number, day=1)


_OCCASIONS: Final = word_set(
    "election elections primary primaries caucus caucuses debate convention vote runoff referendum ballot contest"
)


def _by_distance(scene: Scene, start: int, end: int, days: list[date]) -> date | None:
    """Return the nearest of some days, those on the wrong side of the tense counted as several times as far.

    Papers leave the year out where it is the current one, so distance weighs more than a tense that may belong to
    another clause; and an election's own clause says less of its day than the calendar.
    """
    assert scene.anchor is not None
    today = scene.anchor.day
    tense = scene.tense(start, end)
    following = [word for word in scene.tokens.words[end : end + 4] if word not in {"'s", "’s"}]
    wrong = 1 if not _OCCASIONS.isdisjoint(following) and scene.word(start - 1) != "of" else 4

    def cost(day: date) -> float:
        distance = (day - today).days * (1 if day.year == today.year else 1.25)
        if tense == "past" and distance > 1:
            return distance * wrong
        if tense == "future" and distance < 0:
            return -distance * 12
        # Without a tense what lies behind is likelier.
        return abs(distance) * (1.3 if distance > 0 and tense is None else 1)

    return min(days, key=cost, default=None)
