"""A timeline as one self-contained page: day by day who did what to whom, in which words, and who says so.

The page has no scripts and loads nothing, and its policy (CSP) allows neither. All text of reports goes through the
functions of :mod:`onrecord.exports.escaping`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from importlib.resources import files
from itertools import groupby
from string import Template
from typing import Final

from onrecord.document import Span
from onrecord.exports.describing import count
from onrecord.exports.escaping import attribute, escape_text, is_web, link_address
from onrecord.exports.timeline import Entry, Report, Telling, Timeline, told_by
from onrecord.reading import EventType
from onrecord.version import VERSION

_CLASSES: Final[Mapping[EventType, str]] = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "c0"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "c1"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "c2"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "c3"),
}
"""PLOVER's four classes of types: cooperation in words and in deeds, conflict in words and in deeds."""
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T([0-9:]{2,8}))?)?)?")


def to_timeline_page(timeline: Timeline) -> str:
    """Return a timeline as an HTML page that needs nothing else, neither network nor scripts. Write it in UTF-8."""
    entries = timeline.entries()
    style = _resource("timeline.css")
    return Template(_resource("timeline.html")).substitute(
        version=escape_text(VERSION),
        style=style,
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        counts=f"{count(len(entries), 'event')} in {count(len(timeline.reports), 'report')}",
        days="\n".join(_days(entries)) or "<p>No events found.</p>",
        reports="\n".join(_report(report) for report in timeline.reports),
    )


def _resource(name: str) -> str:
    return files("onrecord.exports").joinpath(name).read_text(encoding="utf-8")


# --- the days --------------------------------------------------------------------------------------


def _days(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield a section for each date, and one for what each day's reports tell without a date."""
    for number, (_, group) in enumerate(groupby(entries, key=lambda entry: (entry.date, _undated(entry)))):
        same = list(group)
        kind = "day" if same[0].date is not None else "day undated"
        named = attribute("aria-labelledby", f"day-{number}")
        yield f'<section class="{kind}"{named}><h2{attribute("id", f"day-{number}")}>{_heading(same[0])}</h2><ol>'
        yield from (_item(entry) for entry in same)
        yield "</ol></section>"


def _undated(entry: Entry) -> str | None:
    return entry.told_on if entry.date is None else None


def _heading(entry: Entry) -> str:
    if entry.date is not None:
        return _time(entry.date)
    if entry.told_on is None:
        return "Without a date <small>nor has the report one</small>"
    return f"Told on {_time(entry.told_on)} <small>without a date of its own</small>"


def _time(value: str) -> str:
    """Return a date for a reader, with its ISO 8601 form behind it where HTML has an element for that."""
    shown = escape_text(in_words(value))
    return f"<time{attribute('datetime', value)}>{shown}</time>" if _DATE.fullmatch(value) else shown


def in_words(value: str) -> str:
    """Return an ISO 8601 date, part of one or interval as a reader writes it; anything else as it is.

    >>> in_words("2024-05-02"), in_words("2024-05"), in_words("2024-05-02/2024-05-04"), in_words("soon")
    ('Thursday 2 May 2024', 'May 2024', 'Thursday 2 May 2024 – Saturday 4 May 2024', 'soon')
    """
    first, _, last = value.partition("/")
    if last:
        return f"{in_words(first)} – {in_words(last)}"
    found = _DATE.fullmatch(value)
    return value if found is None else _in_words(value, *found.groups())


def _in_words(value: str, year: str, month: str | None, number: str | None, clock: str | None) -> str:
    """Return a date in words; as it is where the calendar has no such day."""
    try:
        day = date(int(year), int(month or 1), int(number or 1))
    except ValueError:
        return value
    if month is None:
        return year
    month_and_year = f"{_MONTHS[day.month - 1]} {year}"
    if number is None:
        return month_and_year
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {month_and_year}{f', {clock}' if clock else ''}"


# --- an event --------------------------------------------------------------------------------------


def _item(entry: Entry) -> str:
    event = entry.event
    real = "" if event.modality == "happened" else " unreal"
    pieces = [
        f'<h3>{_who(entry)}</h3><p class="kind">{_kind(entry)}</p>',
        f'<blockquote dir="auto">{_marked(event.sentence, event.span, event.trigger_span)}</blockquote>',
        f'<p class="told">{_source(escape_text(told_by(entry)), entry.link, told_by(entry))}</p>',
        *(_again(each, entry.report) for each in entry.also),
    ]
    return f'<li class="{_CLASSES[event.type]}{real}">{"".join(pieces)}</li>'


def _who(entry: Entry) -> str:
    """Return actor and recipient with an arrow between them, which is read as "to"."""
    actors, recipients = (escape_text(", ".join(names)) for names in (entry.event.actors, entry.event.recipients))
    arrow = '<span class="arrow" role="img" aria-label="to">→</span>'
    return (
        f"<bdi>{actors or '–'}</bdi> {arrow} <bdi>{recipients}</bdi>" if recipients else f"<bdi>{actors or '–'}</bdi>"
    )


def _kind(entry: Entry) -> str:
    event = entry.event
    facts = [f"<b>{event.type}</b>", *([escape_text(event.mode)] if event.mode else [])]
    if event.modality != "happened":
        facts.append(f'<span class="modality">{event.modality}</span>')
    if event.where is not None:
        facts.append(f"<bdi>{escape_text(event.where.name)}</bdi>")
    facts.append(f"confidence {event.confidence:.2f}")
    return " · ".join(facts)


def _marked(sentence: str, span: Span, trigger: Span) -> str:
    """Return a sentence with its trigger marked, as far as that lies inside it."""
    start, end = (min(max(edge - span.start, 0), len(sentence)) for edge in trigger)
    before, words, after = (escape_text(piece) for piece in (sentence[:start], sentence[start:end], sentence[end:]))
    return f"{before}<mark>{words}</mark>{after}" if words else f"{before}{after}"


def _source(who: str, link: str | None, name: str) -> str:
    """Return who says so, and a link that leads to the sentence in the report."""
    if link is None or not is_web(link):
        return who
    label = attribute("aria-label", f"the sentence in the report of {name}")
    return f'{who} · <a{attribute("href", link)} rel="noreferrer noopener"{label}>in the report</a>'


def _again(telling: Telling, report: Report) -> str:
    claimant = telling.claimed_by or (f"somebody ({telling.claimed_in})" if telling.claimed_in else None)
    name = report.name if claimant is None else f"{claimant}, in {report.name}"
    marked = _marked(telling.sentence, telling.span, telling.trigger_span)
    return (
        f'<p class="again">Told again</p><blockquote dir="auto">{marked}</blockquote>'
        f'<p class="told">{_source(escape_text(name), telling.link, name)}</p>'
    )


def _report(report: Report) -> str:
    title = escape_text(report.title or "(no title)")
    facts = [escape_text(fact) for fact in (report.outlet, report.published) if fact]
    return f"<li><cite>{title}</cite> {' · '.join([*facts, link_address(report.url or report.origin)])}</li>"
