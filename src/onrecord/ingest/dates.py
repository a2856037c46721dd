"""Publication dates as fields hold them, made ISO 8601 where there is only one way to read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ][\d:.,+-]*Z?)?", re.ASCII)
COMPACT = re.compile(r"(\d{4})([/.]?)(\d{2})\2(\d{2})", re.ASCII)
# 20240502100000, as web archives write it, and 20240502T100000Z.
COMPACT_MOMENT = re.compile(r"(\d{8})T?(\d{6})(Z|[+-]\d{2}:?\d{2})?", re.ASCII | re.IGNORECASE)
NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
ZONES = {
    **dict.fromkeys(("z", "ut", "utc", "gmt"), "+00:00"),
    # As RFC 2822 has them, and those of Europe.
    "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00", "mst": "-07:00", "mdt": "-06:00",
    "pst": "-08:00", "pdt": "-07:00", "cet": "+01:00", "cest": "+02:00", "eet": "+02:00", "eest": "+03:00",
    # Zones of a part of the year, and names of several zones: the clock is told, and not which.
    **dict.fromkeys(("et", "ct", "mt", "pt", "bst", "ist"), ""),
}  # fmt: skip
ZONE = rf"(?:gmt|utc)?([+-]\d{{2}}:?\d{{2}})(?: [a-z]{{3,4}})?|({'|'.join(ZONES)})"
"""An offset, as JavaScript and Go write it too, or a name."""
HOUR = rf"(\d{{1,2}}:\d{{2}}(?::\d{{2}})?)(?:\s*([ap])\.?m\.?)?(?:\s*(?:{ZONE}))?"
CLOCK = rf"(?:(?:,|\s-)?\s+(?:at\s+)?{HOUR})?"
ISO_ZONED = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}[t ]\d{{2}}:[\d:.]{{2,16}})\s*(?:{ZONE})", re.ASCII)
# As C and Twitter have it: Mon May 06 10:00:00 +0000 2024.
YEAR_LAST = re.compile(rf"[a-z]{{3}} ([a-z]{{3}}) (\d{{1,2}}) {HOUR} (\d{{4}})", re.ASCII)
REMARK = re.compile(r" ?\([^()]*\)$")
"""What may stand behind a date: ``+0200 (Central European Summer Time)``."""
DAY_FIRST = re.compile(rf"{WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+([a-z]+)\.?,?[\s-]+(\d{{4}}){CLOCK}", re.ASCII)
MONTH_FIRST = re.compile(rf"{WEEKDAY}([a-z]+)\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}}){CLOCK}", re.ASCII)
# Seconds since 1970 from 1980 to 2100. A thousand times that is milliseconds, then micro- and nanoseconds: no number is
# in two of these ranges, nor are 20240502 and 20240502100000 in one.
EPOCH = range(315_532_800, 4_102_444_800)
DIVISORS = (1, 1_000, 1_000_000, 1_000_000_000)
EPOCH_WORDS = re.compile(r"\d{9,19}(?:\.\d{1,9})?", re.ASCII)
YEARS = range(1900, 2101)
"""Of days that are written as one number."""
WHOLE = re.compile(r"-?\d{1,19}", re.ASCII)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
MOMENTS = range(-2_208_988_800, 4_133_980_800)
"""Seconds since 1970 of those years; where the unit is known a number from before 1980 can be read, too."""


def to_iso(value: object) -> str | None:
    """Return a date, or date and time, as ISO 8601; None where it is no date or can be read in two ways.

    Takes ISO 8601, ``20240502``, ``2 May 2024``, ``May 2, 2024``, RFC 2822, what C and JavaScript print, seconds,
    milliseconds, micro- or nanoseconds since 1970, ``13/05/2024``, which no one can read as a month first, and
    MongoDB's ``{"$date": ...}``. Numbers may be given as such.

    >>> to_iso("May 2, 2024"), to_iso("Thu, 02 May 2024 10:00:00 GMT"), to_iso("05/02/2024")
    ('2024-05-02', '2024-05-02T10:00:00+00:00', None)
    >>> to_iso(1714644000), to_iso(1714644000000), to_iso(20240502), to_iso(2024)
    ('2024-05-02T10:00:00+00:00', '2024-05-02T10:00:00+00:00', '2024-05-02', None)
    >>> to_iso({"$date": "2024-05-02T10:00:00Z"}), to_iso({"$date": {"$numberLong": "1714644000000"}})
    ('2024-05-02T10:00:00+00:00', '2024-05-02T10:00:00+00:00')
    """
    try:
        if isinstance(value, Mapping):
            return _from_mongodb(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _from_number(value)
        if isinstance(value, str) and len(value) <= 100:
            return _from_text(" ".join(value.split()))
    except ValueError:  # the 30th of February, the 25th hour
        return None
    return None


def to_iso_from_odd(value: str) -> str | None:
    """Return a date in whatever form feeds write it; None where it is none or can be read in two ways.

    What :func:`to_iso` does not know is read by dateparser, once with the day first and once with the month first, and
    taken if both say the same. The first such date costs 0.3 s.

    >>> to_iso_from_odd("Thu, 02 May 2024 10:00 PDT"), to_iso_from_odd("05/02/2024 10:00"), to_iso_from_odd("yesterday")
    ('2024-05-02T10:00:00-07:00', None, None)
    """
    known = to_iso(value)
    if known or not 6 <= len(value) <= 60:
        return known
    from dateparser import parse  # slow to import, and seldom needed

    # Nothing relative to today: the same feed gives the same dates on every day.
    bounds: dict[str, Any] = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"]}
    found: set[datetime | None] = {
        parse(value, languages=["en"], settings={**bounds, "DATE_ORDER": order}) for order in ("DMY", "MDY")
    }
    moment = found.pop() if len(found) == 1 else None
    if moment is None:
        return None
    return moment.isoformat() if ":" in value else moment.date().isoformat()


def _from_mongodb(value: Mapping[Any, Any]) -> str | None:
    """Return the moment of MongoDB's extended JSON: words, or milliseconds as a number or a number in words."""
    told = value.get("$date")
    long = told.get("$numberLong") if isinstance(told, Mapping) else None
    if isinstance(long, str) and WHOLE.fullmatch(long):
        told = int(long)
    if isinstance(told, str):
        return _from_text(" ".join(told.split())) if len(told) <= 100 else None
    if isinstance(told, int) and not isinstance(told, bool) and told // 1_000 in MOMENTS:
        return (BEGINNING + timedelta(seconds=told // 1_000)).isoformat()
    return None


def _from_number(value: float) -> str | None:
    if not 0 < value < 1e19:  # also NaN
        return None
    number = int(value)
    for divisor in DIVISORS:
        if number // divisor in EPOCH:
            return datetime.fromtimestamp(number // divisor, UTC).isoformat()
    written = str(number)
    return _from_text(written) if len(written) in {8, 14} and int(written[:4]) in YEARS else None


def _from_text(written: str) -> str | None:
    if compact := COMPACT_MOMENT.fullmatch(written):
        written = f"{compact[1]}T{compact[2]}{(compact[3] or '').upper()}"
    if compact or ISO.fullmatch(written):
        moment = datetime.fromisoformat(written)
        return moment.date().isoformat() if len(written) == 10 else moment.isoformat()
    if match := COMPACT.fullmatch(written):
        return date(int(match[1]), int(match[3]), int(match[4])).isoformat()
    if match := NUMBERS.fullmatch(written):
        return _from_numbers(int(match[1]), int(match[2]), int(match[3]))
    if EPOCH_WORDS.fullmatch(written):
        return _from_number(int(written.partition(".")[0]))
    return _from_written(REMARK.sub("", written.lower()))


def _from_numbers(first: int, second: int, year: int) -> str | None:
    if first > 12 or first == second:
        return date(year, second, first).isoformat()
    return date(year, first, second).isoformat() if second > 12 else None


def _from_written(lowered: str) -> str | None:
    if match := ISO_ZONED.fullmatch(lowered):
        return datetime.fromisoformat(match[1] + _offset(match[2], match[3])).isoformat()
    if match := DAY_FIRST.fullmatch(lowered):
        return _from_words(match[3], match[2], match[1], match.groups()[3:])
    if match := MONTH_FIRST.fullmatch(lowered):
        return _from_words(match[3], match[1], match[2], match.groups()[3:])
    if match := YEAR_LAST.fullmatch(lowered):
        return _from_words(match[7], match[1], match[2], match.groups()[2:6])
    return None


def _from_words(year: str, month: str, day: str, clock: Iterable[str | None]) -> str | None:
    if month not in MONTHS:
        return None
    told = date(int(year), MONTHS[month], int(day)).isoformat()
    time, half, offset, zone = clock
    if time is None:
        return told
    hour, _, rest = time.partition(":")
    if half is not None and int(hour) <= 12:
        hour = str(int(hour) % 12 + 12 * (half == "p"))
    return datetime.fromisoformat(f"{told}T{hour.zfill(2)}:{rest}{_offset(offset, zone)}").isoformat()


def _offset(offset: str | None, zone: str | None) -> str:
    """Return an offset as ISO 8601 has it, of what stands behind a time of day; none where that does not say."""
    return offset or ("" if zone is None else ZONES[zone])
