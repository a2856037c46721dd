"""Which expression of time a statement or an event is dated by, and the date that it gives.

Conservative: an expression counts where it stands in the clause of the cue or trigger, or opens its sentence; else the
date is unknown. The publication date alone dates nothing: a report quotes what was said years ago in the same words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from onrecord.document import Span
from onrecord.layout.sentences import find_sentences
from onrecord.reading import Statement, Time, When
from onrecord.values.clauses import LONGEST_SENTENCE, distance, follows_another, is_of_another, opens

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?")
_NEIGHBOURS: Final = 16
"""Contents before a time that may reach to it, the nearest: those of a sentence of news are fewer."""
_SEASONS: Final = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
# "An idea that she previously rejected": not when the clause around it is set.
_EARLIER: Final = re.compile(r"\b(?:previously|once|long|repeatedly|often|always|frequently)\b")


def date_statements(
    statements: Sequence[Statement], times: Sequence[Time], text: str, published: str | None
) -> tuple[Statement, ...]:
    """Return the statements with the day, as far as their own clause tells it, on which each was made.

    That is the expression that belongs to the cue ("said on Thursday", "told reporters late Monday", "In a statement on
    Friday, she said"), never one inside the content, nor inside that of a neighbour. ``published`` is what the times
    were reckoned from; by itself it dates no statement, but what was said was said by then.
    """
    dated = [time for time in times if time.type in {"date", "time"} and time.value is not None]
    if not dated:
        return tuple(statements)
    surroundings = _Surroundings(
        text,
        dated,
        [time.span.start for time in dated],
        sorted(Span(each.cue[0].start, each.cue[-1].end) for each in statements if each.cue),
        sorted(piece for each in statements for piece in each.content),
        published,
    )
    return tuple(_dated(statement, surroundings) for statement in statements)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What a statement stands in: the report, its times, and the other statements."""

    text: str
    times: Sequence[Time]
    starts: Sequence[int]
    """Where each time begins."""
    cues: Sequence[Span]
    contents: Sequence[Span]
    published: str | None

    def times_in(self, sentence: Span) -> Sequence[Time]:
        """Return the times that begin in a sentence."""
        return self.times[bisect_left(self.starts, sentence.start) : bisect_left(self.starts, sentence.end)]

    def cues_in(self, sentence: Span) -> Sequence[Span]:
        """Return the cues that begin in a sentence."""
        first = bisect_left(self.cues, sentence.start, key=lambda cue: cue.start)
        return self.cues[first : bisect_left(self.cues, sentence.end, key=lambda cue: cue.start)]

    def is_told_by_another(self, time: Span, cue: Span) -> bool:
        """Tell whether a time stands in a content that the cue does not stand in: that of a neighbour."""
        last = bisect_left(self.contents, time.end, key=lambda piece: piece.start)
        near = self.contents[max(0, last - _NEIGHBOURS) : last]
        return any(piece.overlaps(time) and not piece.overlaps(cue) for piece in near)


def _dated(statement: Statement, around: _Surroundings) -> Statement:
    if not statement.cue:
        return statement
    text, cue = around.text, Span(statement.cue[0].start, statement.cue[-1].end)
    if _EARLIER.search(text, cue.start, cue.end):
        return statement
    paragraph = _paragraph_around(text, statement.cue[0])
    if not around.times_in(paragraph):  # so that none of its sentences has one
        return statement
    sentence = _sentence_of(text, statement.cue[0], paragraph)
    passed = (*statement.content, *statement.source)
    outside = [
        time
        for time in around.times_in(sentence)
        if not any(piece.overlaps(time.span) for piece in passed)
        and not around.is_told_by_another(time.span, cue)
        and not (statement.modality == "said" and _is_to_come(time, around.published))
    ]
    if not outside:
        return statement
    cues = around.cues_in(sentence)

    def belongs(time: Time) -> bool:
        return not follows_another(cue, time, cues) and not is_of_another(sentence, cue, statement.source, time, text)

    said_on = _nearest(cue, outside, text, passed, belongs) or _opening(sentence, cue, outside, text)
    return statement if said_on is None else replace(statement, said_on=said_on)


def _is_to_come(time: Time, published: str | None) -> bool:
    """Tell whether a time begins after the day of publication: what was said by then was not said there."""
    when = as_iso(time.value or "")
    if when is None or not published or not _DAY.match(published):
        return False
    begins = when.split("/")[0][:10]
    return begins > published[: len(begins)]


def when_of(span: Span, trigger: Span, times: Sequence[Time], text: str) -> When | None:
    """Return when an event happened, by the expression of its own clause; None where that gives none.

    The publication date that the times were reckoned from dates no event by itself.

    Args:
        span: the sentence that tells of it.
        trigger: the words that name it.
        times: the times of the report, by position.
        text: the report.
    """
    first = bisect_left(times, span.start, key=lambda time: time.span.start)
    last = bisect_left(times, span.end, key=lambda time: time.span.start)
    inside = [time for time in times[first:last] if time.type in {"date", "time"} and time.value is not None]
    return _nearest(trigger, inside, text, ()) or _opening(span, trigger, inside, text)


def _nearest(
    anchor: Span,
    times: Sequence[Time],
    text: str,
    passed: Sequence[Span],
    belongs: Callable[[Time], bool] | None = None,
) -> When | None:
    """Return the nearest time in the clause of a cue or trigger, of those that ``belongs`` lets through."""
    ranked = []
    for time in times:
        far = distance(anchor, time, text, passed)
        if far is not None:
            ranked.append((far, time.span.start, time))
    for _, _, time in sorted(ranked, key=lambda each: each[:2]):
        when = _when(time) if belongs is None or belongs(time) else None
        if when is not None:
            return when
    return None


def _opening(sentence: Span, anchor: Span, times: Sequence[Time], text: str) -> When | None:
    """Return the time that opens the sentence, before a cue or trigger."""
    first = times[0] if times else None
    if first is None or first.span.end > anchor.start or not opens(sentence, first, text):
        return None
    return _when(first)


def _paragraph_around(text: str, span: Span) -> Span:
    """Return the paragraph that a span begins in, as far as a sentence around it may reach."""
    floor = max(0, span.start - LONGEST_SENTENCE)
    start = max(floor, text.rfind("\n", floor, span.start) + 1)
    ceiling = min(len(text), span.end + LONGEST_SENTENCE)
    stop = text.find("\n", span.end, ceiling)
    return Span(start, ceiling if stop < 0 else stop)


def _sentence_of(text: str, span: Span, paragraph: Span) -> Span:
    """Return the sentence, within its paragraph, that a span begins in."""
    for sentence in find_sentences(text, paragraph):
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
