"""Which expression of time a statement or an event is dated by, and the date that it gives.

Conservative: an expression counts where it stands in the clause of the cue or trigger, or opens its sentence; else the
date is unknown. The publication date alone dates nothing: a report quotes what was said years ago in the same words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from onrecord.document import Span
from onrecord.layout.sentences import find_sentences
from onrecord.reading import Statement, Time, When

_FAR: Final = 80
"""Characters between a cue and its time, content and source not counted: "told reporters at the White House on"."""
# What opens another clause, or puts the time at something other than the saying or the deed.
_BREAK: Final = re.compile(
    r"[;:.!?]\s|\b(?:that|who|whom|whose|which|when|where|while|because|although|though|if|unless|as|but|whether"
    r"|after|before|since|until|ahead|despite|saying|adding)\b"
)
_NOT_ITS_OWN: Final = re.compile(
    r"\b(?:after|before|since|until|till|ahead of|of|about|regarding|concerning|following|from|through|to|between|by"
    r"|over|for|than|prior to|against|with|and)\s(?:the\s|last\s)?$"
)
_OPENS: Final = re.compile(
    r"[\"'“‘(\s]*(?:(?:[Oo]n|[Ii]n|[Ll]ate|[Ee]arly|[Aa]t|[Dd]uring)\s(?:[\w’'-]{1,20}\s){0,8})?$"
)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?")
_SEASONS: Final = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
_SENTENCE: Final = 2_000
"""Characters on each side of a cue in which its sentence is looked for: no sentence of news is longer."""


def date_statements(
    statements: Sequence[Statement], times: Sequence[Time], text: str, published: str | None
) -> tuple[Statement, ...]:
    """Return the statements with the day, as far as their own clause tells it, on which each was made.

    That is the expression that belongs to the cue ("said on Thursday", "told reporters late Monday", "In a statement on
    Friday, she said"), never one inside the content. ``published`` is what the times were reckoned from; by itself it
    dates no statement.
    """
    del published  # see the docstring of this module
    dated = [time for time in times if time.type in {"date", "time"} and time.value is not None]
    if not dated:
        return tuple(statements)
    starts = [time.span.start for time in dated]
    return tuple(_dated(statement, dated, starts, text) for statement in statements)


def _dated(statement: Statement, times: Sequence[Time], starts: Sequence[int], text: str) -> Statement:
    if not statement.cue:
        return statement
    sentence = _sentence_of(text, statement.cue[0])
    near = times[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
    cue = Span(statement.cue[0].start, statement.cue[-1].end)
    passed = (*statement.content, *statement.source)
    outside = [time for time in near if not any(piece.overlaps(time.span) for piece in passed)]
    if not outside:
        return statement
    said_on = _choose(sentence, cue, outside, text, passed)
    return statement if said_on is None else replace(statement, said_on=said_on)


def when_of(
    span: Span, trigger: Span, times: Sequence[Time], published: str | None, *, text: str | None = None
) -> When | None:
    """Return when an event happened, by the expression of its own clause; None where that gives none.

    Args:
        span: the sentence that tells of it.
        trigger: the words that name it.
        times: the times of the report, by position.
        published: the publication date that they were reckoned from; by itself it dates no event.
        text: the report. With it, clauses are told apart; without it, only a sentence with one time is dated.
    """
    del published
    first = bisect_left(times, span.start, key=lambda time: time.span.start)
    last = bisect_left(times, span.end, key=lambda time: time.span.start)
    inside = [time for time in times[first:last] if time.type in {"date", "time"} and time.value is not None]
    if text is not None:
        return _choose(span, trigger, inside, text, ())
    return _when(inside[0]) if len(inside) == 1 else None


def _choose(sentence: Span, anchor: Span, times: Sequence[Time], text: str, passed: Sequence[Span]) -> When | None:
    """Return the nearest time in the anchor's clause, else the one that opens the sentence."""
    ranked = []
    for time in times:
        between = _between(anchor, time.span, text, passed)
        if between is None or len(between) > _FAR or _BREAK.search(between) or not _its_own(time, text):
            continue
        ranked.append((len(between), time.span.start, time))
    for _, _, time in sorted(ranked, key=lambda each: each[:2]):
        when = _when(time)
        if when is not None:
            return when
    first = times[0] if times else None
    if first is None or first.span.end > anchor.start or not _opens(sentence, first, text):
        return None
    return _when(first)


def _between(anchor: Span, time: Span, text: str, passed: Sequence[Span]) -> str | None:
    """Return the words between a cue and a time, without those of content and source; None where they overlap."""
    if anchor.overlaps(time):
        return None
    gap = Span(anchor.end, time.start) if anchor.end <= time.start else Span(time.end, anchor.start)
    if gap.size > _SENTENCE:
        return None
    pieces, place = [], gap.start
    for piece in sorted(piece for piece in passed if piece.overlaps(gap)):
        pieces.append(text[place : max(place, piece.start)])
        place = max(place, piece.end)
    pieces.append(text[place : gap.end])
    return "".join(pieces)


def _its_own(time: Time, text: str) -> bool:
    """Tell "said Thursday", "during Thursday's debate" from "after Thursday's debate"."""
    before = text[max(0, time.span.start - 24) : time.span.start]
    if _NOT_ITS_OWN.search(before):
        return False
    owns = text[time.span.end : time.span.end + 2] in {"'s", "’s"}
    return not owns or before.endswith(("during ", "at ", "in "))


def _opens(sentence: Span, time: Time, text: str) -> bool:
    before = text[sentence.start : time.span.start]
    after = text[time.span.end : time.span.end + 1]
    return len(before) <= _FAR and after == "," and _OPENS.fullmatch(before) is not None and _its_own(time, text)


def _sentence_of(text: str, span: Span) -> Span:
    """Return the sentence, within its paragraph, that a span begins in."""
    floor = max(0, span.start - _SENTENCE)
    start = max(floor, text.rfind("\n", floor, span.start) + 1)
    ceiling = min(len(text), span.end + _SENTENCE)
    stop = text.find("\n", span.end, ceiling)
    for sentence in find_sentences(text, Span(start, ceiling if stop < 0 else stop)):
        if span.start < sentence.end:
            return sentence
    return span


def _when(time: Time) -> When | None:
    value = as_iso(time.value or "")
    return None if value is None else When(value=value, span=time.span)


def as_iso(value: str) -> str | None:
    """Return a date of TIMEX3 in ISO 8601 alone: weeks, quarters, seasons and decades as intervals of days or months.

    A part of a day is its day. None for what is no date.

    >>> as_iso("2024-05-02TEV"), as_iso("2024-W18"), as_iso("2024-Q2"), as_iso("199"), as_iso("P3D")
    ('2024-05-02', '2024-04-29/2024-05-05', '2024-04/2024-06', '1990/1999', None)
    """
    if "/" in value:
        first, _, second = value.partition("/")
        ends = as_iso(first), as_iso(second)
        if None in ends:
            return None
        return f"{str(ends[0]).split('/')[0]}/{str(ends[1]).split('/')[-1]}"
    if _CLOCK.fullmatch(value) or re.fullmatch(r"[0-9]{4}(?:-[0-9]{2}){0,2}", value):
        return value
    if day := _DAY.match(value):
        return day.group()
    return _interval(value)


def _interval(value: str) -> str | None:
    if re.fullmatch(r"[0-9]{3}", value):
        return f"{value}0/{value}9"
    if re.fullmatch(r"[0-9]{2}", value):
        return f"{value}00/{value}99"
    week = re.fullmatch(r"([0-9]{4})-W([0-9]{2})(-WE)?", value)
    if week:
        try:
            monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
            first = monday + timedelta(days=5 if week[3] else 0)
            return f"{first.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
        except (ValueError, OverflowError):
            return None
    part = re.fullmatch(r"([0-9]{4})-(?:Q([1-4])|H([12])|(SP|SU|FA|WI))", value)
    if not part:
        return None
    year = int(part[1])
    if part[4]:
        start, end = _SEASONS[part[4]]
    else:
        start, end = (int(part[2]) * 3 - 2, int(part[2]) * 3) if part[2] else (int(part[3]) * 6 - 5, int(part[3]) * 6)
    last = f"{year + 1:04}-{end - 12:02}" if end > 12 else f"{year:04}-{end:02}"
    return f"{year:04}-{start:02}/{last}"
