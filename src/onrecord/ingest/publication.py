"""The publication date of a report whose metadata has none: from its address, its text or its dateline.

Taken is only what says itself that it is one: a day in the address, a line "Published May 2, 2016", the day of a
dateline, whose year the address must give where the dateline has none. A date somewhere in the story is not.
Where none of them is there, the day of a line "Updated May 3, 2016" is taken, as the field for it is in pages and
feeds: weekdays are reckoned from it, and without any day they are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from onrecord.document import Document
from onrecord.ingest.dates import MONTHS, to_iso
from onrecord.layout.linepatterns import MONTH, WEEKDAY

_YEAR: Final = r"(?:19[89][0-9]|20[0-9]{2})"
_NAMES: Final = "jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec"
# /2016/05/02/, /2016-05-02-bridge, /2016/may/02/, /20160502/, bridge-20160502.html
_DAY_IN_ADDRESS: Final = re.compile(
    rf"(?<![0-9])(?P<year>{_YEAR})(?P<mark>[/_-]?)(?P<month>[01][0-9]|{_NAMES})(?P=mark)(?P<day>[0-3][0-9])(?![0-9])",
    re.IGNORECASE,
)
_MONTH_IN_ADDRESS: Final = re.compile(rf"/(?P<year>{_YEAR})(?:/(?P<month>[01]?[0-9]|{_NAMES}))?/", re.IGNORECASE)
_LONGEST_ADDRESS: Final = 2_000
_WRITTEN_DAY: Final = (
    rf"{MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?,? [0-9]{{4}}|[0-9]{{1,2}}(?:st|nd|rd|th)? {MONTH},? [0-9]{{4}}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}"
)
_PUBLISHED: Final = re.compile(
    r"(?:(?:[Ff]irst |[Oo]riginally )?[Pp]ublished|PUBLISHED|[Pp]osted|POSTED|[Dd]ate|[Ii]ssued)"
    rf"(?: on| at)?\s?:?\s{{0,3}}(?:[A-Z][a-z]{{2,8}}day,? )?(?P<day>{_WRITTEN_DAY})"
)
_UPDATED: Final = re.compile(
    r"(?i:(?:this (?:article|story|report|post|page) (?:was|has been) )?(?:last |first )?(?:updated|modified|revised)"
    rf"(?: on| at)?)\s?:?\s{{0,3}}(?:(?i:{WEEKDAY}),? )?(?P<day>(?i:{_WRITTEN_DAY}))(?![\w/-])"
)
_LINE: Final = 200
"""Characters at the start of a line in which it may say when it was published."""
_EDGE: Final = 2_000
"""Characters at the start and at the end of a report where such a line is looked for."""
_DATELINE_DAY: Final = re.compile(rf"\b(?:(?P<m1>{MONTH}) (?P<d1>[0-9]{{1,2}})|(?P<d2>[0-9]{{1,2}}) (?P<m2>{MONTH}))"
                                  r"(?:,? (?P<year>[0-9]{4}))?\b")  # fmt: skip


def add_publication(document: Document) -> Document:
    """Return the document with its publication date, if it has none yet and address or text say it.

    ``published_from`` is then ``address``, ``text`` or ``dateline``; ``text`` for the day of an update, too. Where none
    says it, it stays unknown, and weekdays stay relative.
    """
    if document.published is not None:
        return document
    if (day := from_address(document.url)) is not None:
        return replace(document, published=day, published_from="address")
    if (day := _from_line(document.text)) is not None:
        return replace(document, published=day, published_from="text")
    if (day := _from_dateline(document)) is not None:
        return replace(document, published=day, published_from="dateline")
    if (day := _from_update(document)) is not None:
        return replace(document, published=day, published_from="text")
    return document


def from_address(url: str | None) -> str | None:
    """Return the day that an address names.

    >>> from_address("https://paper.example/2016/05/02/bridge"), from_address("https://paper.example/2016/05/bridge")
    ('2016-05-02', None)
    """
    for found in _DAY_IN_ADDRESS.finditer(_path(url)):
        day = _day(int(found["year"]), _month(found["month"]), int(found["day"]))
        if day is not None:
            return day
    return None


def _path(url: str | None) -> str:
    try:
        return urlsplit(url or "").path[:_LONGEST_ADDRESS]
    except ValueError:
        return ""


def _month(written: str) -> int:
    return int(written) if written.isdigit() else MONTHS[written.lower()]


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _from_line(text: str) -> str | None:
    for line in _edge_lines(text):
        if (found := _PUBLISHED.match(line)) is not None and (day := to_iso(found["day"])) is not None:
            return day
    return None


def _from_update(document: Document) -> str | None:
    """Return the day of the last change that a line names, or a byline behind its names."""
    bylines = (zone.span.of(document.text)[:_LINE] for zone in document.zones if zone.kind == "byline")
    found = (*map(_UPDATED.match, _edge_lines(document.text)), *map(_UPDATED.search, bylines))
    return next((day for match in found if match and (day := to_iso(match["day"])) is not None), None)


def _edge_lines(text: str) -> Iterator[str]:
    """Yield the beginnings of the first and the last lines."""
    edges = (text,) if len(text) <= 2 * _EDGE else (text[:_EDGE], text[-_EDGE:])
    for edge in edges:
        for line in edge.splitlines():
            yield line.strip()[:_LINE]


def _from_dateline(document: Document) -> str | None:
    """Return the day of the first dateline; its year, where it has none, is that of the address."""
    dateline = next((zone for zone in document.zones if zone.kind == "dateline"), None)
    found = _DATELINE_DAY.search(dateline.span.of(document.text)[:_LINE]) if dateline else None
    if found is None:
        return None
    year = found["year"]
    if year is None:
        in_address = _MONTH_IN_ADDRESS.search(_path(document.url))
        year = in_address["year"] if in_address else None
    if year is None:
        return None
    month = MONTHS[(found["m1"] or found["m2"]).rstrip(".").lower()]
    return _day(int(year), month, int(found["d1"] or found["d2"]))
