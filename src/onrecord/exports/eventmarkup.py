"""What pages show of an event: who does it to whom, its type and facts, its sentence, and dates in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from onrecord.document import Span
from onrecord.exports.escaping import attribute, escape_text
from onrecord.exports.events_json import EventRow
from onrecord.reading import EventType

CLASSES: Final[Mapping[EventType, str]] = {
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


def who_to_whom(event: EventRow) -> str:
    """Return actor and recipient with an arrow between them, which is read as "to"."""
    actors, recipients = (escape_text(", ".join(names)) for names in (event.actors, event.recipients))
    arrow = '<span class="arrow" role="img" aria-label="to">→</span>'
    who = f"<bdi>{actors or '–'}</bdi>"
    return f"{who} {arrow} <bdi>{recipients}</bdi>" if recipients else who


def type_and_facts(event: EventRow) -> str:
    """Return type, mode, how real it is, place and confidence."""
    facts = [f"<b>{event.type}</b>", *([escape_text(event.mode)] if event.mode else [])]
    if event.modality != "happened":
        facts.append(f'<span class="modality">{event.modality}</span>')
    if event.where is not None:
        facts.append(f"<bdi>{escape_text(event.where.name)}</bdi>")
    facts.append(f"confidence {event.confidence:.2f}")
    return " · ".join(facts)


def marked_sentence(sentence: str, span: Span, trigger: Span) -> str:
    """Return a sentence with its trigger marked, as far as that lies inside it."""
    start, end = (min(max(edge - span.start, 0), len(sentence)) for edge in trigger)
    before, words, after = (escape_text(piece) for piece in (sentence[:start], sentence[start:end], sentence[end:]))
    marked = f"<mark>{words}</mark>" if words else ""
    return f'<blockquote dir="auto">{before}{marked}{after}</blockquote>'


def time_element(value: str) -> str:
    """Return a date for a reader, with its ISO 8601 form behind it where HTML has an element for that."""
    shown = escape_text(in_words(value))
    return f"<time{attribute('datetime', value)}>{shown}</time>" if _DATE.fullmatch(value) else shown


def in_words(value: str) -> str:
    """Return an ISO 8601 date, part of one or interval as a reader writes it; anything else as it is.

    >>> in_words("2024-05-02"), in_words("2024-05"), in_words("2024-05-02/2024-05-04"), in_words("soon")
    ('Thursday 2 May 2024', 'May 2024', 'Thursday 2 May 2024 – Saturday 4 May 2024', 'soon')
    """
    return " – ".join(_one_in_words(part) for part in value.split("/"))


def _one_in_words(value: str) -> str:
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
