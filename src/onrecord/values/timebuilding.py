"""From a match of the grammar to a draft, and from drafts side by side to ranges and to times of a day."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from onrecord.values import timeclocks, timedates, timerelative, timespans
from onrecord.values.timecalendar import write
from onrecord.values.timeclocks import on_day
from onrecord.values.timedrafts import Draft, Scene, unsettled
from onrecord.values.timegrammar import EXPRESSION, RULES
from onrecord.values.timetense import tense_around
from onrecord.wordlists import word_set

Reader = Callable[[Scene, int, int], Draft | None]

# Nouns of happenings that a report dates other things by.
_EVENTS: Final = word_set(
    """war attack attacks invasion election elections revolution coup recession crisis shooting pandemic outbreak
    inauguration debate convention primary independence uprising strike ceasefire collapse fall death assassination
    bombing bombings referendum scandal launch arrest verdict ruling trial storm hurricane earthquake flood"""
)
_DANGLING: Final = word_set("in on at of to by for from with the a an and or that his her their its as into")
_PERFECT: Final = frozenset({"has", "have", "'ve", "’ve"})
_CLAUSE_END: Final = frozenset('.,;:!?()[]"“”—–-')


def since(scene: Scene, start: int, end: int) -> Draft | None:
    """Since the war began, since taking office: dated by an event that the calendar does not have.

    Not "has since left" or "had long since ceased", nor "since the pier has long been closed", which gives a reason.
    """
    words = scene.tokens.words
    if scene.word(start - 1) in _PERFECT | {"long"}:
        return None
    stop = end
    while stop < len(words) and stop < end + 7 and words[stop] not in _CLAUSE_END and not _goes_on(words, stop):
        stop += 1
    inside = scene.letters(end, stop)
    if EXPRESSION.search(inside) or stop == end or not _PERFECT.isdisjoint(words[end : stop + 1]):
        return None
    if tense_around(words[end:stop], scene.tokens.capital[end:stop], 0, 0) != "past":
        noun = next((index for index in range(end, stop) if words[index] in _EVENTS), None)
        if noun is None:
            return None
        stop = noun + 1
    while words[stop - 1] in _DANGLING:
        stop -= 1
    return unsettled(start, stop, "day", "event") if stop > end else None


def _goes_on(words: Sequence[str], index: int) -> bool:
    """Tell whether the clause that "since" is in goes on: "since the row began [will leave]", "[but declined]"."""
    if words[index] in {"and", "or"}:
        return tense_around(words[index + 1 : index + 2], [False], 0, 0) == "past"
    return words[index] in {"but", "will", "would", "because", "although", "while"}


_QUOTES: Final = frozenset("\"“”‘’'")
_TITLE: Final = 4
"""Words of a programme's name before or after the time in it: "The Belvar Sunday Morning Show"."""
_MODULES: Final = (timeclocks, timedates, timerelative, timespans)
READERS: Final[dict[str, Reader]] = {
    name: since if name == "since" else next(getattr(module, name) for module in _MODULES if hasattr(module, name))
    for name, _ in RULES
}


def read_paragraph(scene: Scene) -> list[Draft]:
    """Return the expressions of a paragraph, in order and apart."""
    letters = scene.tokens.letters
    drafts: list[Draft] = []
    place = 0
    while (found := EXPRESSION.search(letters, place)) is not None:
        draft = _build(scene, found)
        if draft is None:
            place = found.start() + 1  # what was refused may hold another expression
            continue
        place = draft.end
        if _is_a_title(scene, draft):
            continue
        if drafts and (joined := _join(scene, drafts[-1], draft)) is not None:
            drafts[-1] = draft = joined
        else:
            drafts.append(draft)
        if draft.day is not None and draft.type in {"date", "time"}:
            scene.last = scene.here = draft
    return drafts


def _is_a_title(scene: Scene, draft: Draft) -> bool:
    """Tell whether an expression is all capitals in quotation marks of its own: “This Week”, “Belvar Sunday Talk”."""
    words, capital = scene.tokens.words, scene.tokens.capital
    first, last = draft.start, draft.end
    while first > 0 and capital[first - 1] and draft.start - first < _TITLE:
        first -= 1
    while last < len(words) and capital[last] and last - draft.end < _TITLE:
        last += 1
    if last - first < 2 or not all(capital[first:last]):
        return False
    after = scene.word(last + 1) if scene.word(last) in {",", "."} else scene.word(last)
    return scene.word(first - 1) in _QUOTES and after in _QUOTES


def _build(scene: Scene, found: re.Match[str]) -> Draft | None:
    rule = found.lastgroup or ""
    start = found.start(rule)
    draft = _read(scene, rule, start, found.end())
    if draft is None:
        return None
    return _with_before(scene, draft, found.start(), found["before"])


def _read(scene: Scene, rule: str, start: int, end: int) -> Draft | None:
    try:
        return READERS[rule](scene, start, end)
    except (ValueError, OverflowError):  # the 30th of February, 9,000 years ago
        return unsettled(start, end, rule, "beyond the calendar")


def _with_before(scene: Scene, draft: Draft, start: int, before: str | None) -> Draft:  # noqa: PLR0911 - a list of cases
    """Take in "the end of", "late", "earlier", "about", "the night of"."""
    if not before:
        return draft
    if before == "~":
        if draft.type == "date" and scene.letters(draft.start, draft.start + 1) in _SAID_FROM_HERE:
            return draft  # "a row about this year's vote"
        draft.modifier, draft.start = "approx", start
        return draft
    if draft.type not in {"date", "time"} or draft.unit == "clock":
        return draft
    if "P" in before:
        part = scene.value_of(start, draft.start, "P")
        if draft.unit == "day" and draft.value is not None:
            return replace(draft, start=start, type="time", unit="part", value=f"{draft.value}T{part}")
        return draft
    if "U" in before:
        return _week_of(scene, draft, start)
    edge = scene.value_of(start, draft.start, "BEe")
    draft.modifier = "start" if edge == "start" else "mid" if edge == "mid" else "end"
    draft.start = start
    return draft


def _week_of(scene: Scene, draft: Draft, start: int) -> Draft:
    """Take in "the week of": the week that a day is in."""
    if draft.unit != "day" or draft.day is None or scene.value_of(start, draft.start, "U") != "week":
        return draft
    return replace(draft, start=start, unit="week", value=write(draft.day, "week"))


_SAID_FROM_HERE: Final = frozenset("HLlx{fhWwT")
"""Letters that begin this year, last May, Monday, yesterday: before them "about" is no estimate."""

# --- side by side ------------------------------------------------------------------------------

_ON: Final = frozenset({"", "c", "@", "c@", "n", "cn", "o", "~", "@~", "i", "R", "(", "cR"})
_RANGES: Final = {"year", "month", "day", "decade", "part", "quarter", "season", "century", "week"}


def _join(scene: Scene, first: Draft, second: Draft) -> Draft | None:  # noqa: PLR0911 - a list of cases
    """Return what two neighbours are together: a day with its hour, a range, an offset from a date; None for two."""
    between = scene.letters(first.end, second.start)
    if len(between) > 2:
        return None
    if between in _ON and {first.unit, second.unit} in ({"day", "clock"}, {"part", "clock"}):
        return _timed(first, second)
    if first.type == "set" and second.clock is not None and between in {"@", ""}:
        return _returning(first, second)
    if not between and first.open == "event" and scene.letters(first.end - 1, first.end) in "ab":
        return _from_date(scene, first, second)
    if between == "R" and first.type == "duration":
        return _from_date(scene, first, second)
    joins = between in {"r", "-"} or (between == "&" and scene.letters(first.start - 1, first.start) == "(")
    if joins and first.unit in _RANGES and second.unit in _RANGES and first.type == second.type:
        return _range(scene, first, second)
    return None


def _returning(first: Draft, second: Draft) -> Draft | None:
    """Every Monday at 9 a.m.; every day at noon."""
    day = "XXXX-XX-XX" if first.value == "P1D" else str(first.value)
    if not day.startswith("XXXX") or "T" in day or "/" in str(second.clock):
        return None
    return replace(first, end=second.end, value=f"{day}{second.clock}")


def _timed(first: Draft, second: Draft) -> Draft | None:
    dated, timed = (second, first) if first.unit == "clock" else (first, second)
    if timed.clock is None or (dated.type == "time" and dated.unit == "clock"):
        return None
    if dated.value is None:
        return replace(dated, start=first.start, end=second.end, type="time", unit="clock")
    whole = replace(timed, start=first.start, end=second.end, day=dated.day)
    return replace(on_day(whole), anchored=dated.anchored)


def _range(scene: Scene, first: Draft, second: Draft) -> Draft | None:
    """From May 2 to June 5, 2016: the year of one end is that of the other."""
    if first.month_day and second.month_day is None and second.day is not None and first.unit == second.unit:
        reader = timedates.month if first.month_day[1] is None else timedates.month_day
        year = second.day.year - (first.month_day[0] > second.day.month)
        again = _reread(scene, reader, first, year)
        first = again or first
    if first.value is None or second.value is None:
        opened = first.open or second.open
        return Draft(first.start, second.end, first.type, None, "range", open=opened)
    if first.day is None or second.day is None:
        return None
    if second.day < first.day:
        second = _later(scene, first, second) or second
    if second.day is None or second.day < first.day or second.value is None:
        return None
    return Draft(
        first.start,
        second.end,
        first.type,
        f"{first.value}/{second.value}",
        "range",
        first.day,
        anchored=first.anchored or second.anchored,
    )


def _reread(scene: Scene, reader: Callable[..., Draft | None], draft: Draft, year: int) -> Draft | None:
    try:
        return reader(scene, draft.start, draft.end, year=year)
    except (ValueError, OverflowError):
        return None


def _later(scene: Scene, first: Draft, second: Draft) -> Draft | None:
    """Return the second end of a range a year, or a week, later: from Monday to Wednesday, November to March."""
    if first.day is None or second.day is None:
        return None
    if second.month_day is not None:
        reader = timedates.month if second.month_day[1] is None else timedates.month_day
        return _reread(scene, reader, second, second.day.year + 1)
    if first.unit == second.unit == "day" and second.anchored and (first.day - second.day).days < 7:
        if second.day.toordinal() + 7 > date.max.toordinal():
            return None
        day = date.fromordinal(second.day.toordinal() + 7)
        return replace(second, day=day, value=day.isoformat())
    return None


def _from_date(scene: Scene, first: Draft, second: Draft) -> Draft | None:
    """The day after Thanksgiving, two weeks before the election of May 2."""
    if second.day is None or second.unit not in {"day", "week", "month", "year"}:
        return None
    try:
        draft = timerelative.reckon(scene, first.start, first.end, second.day)
    except (ValueError, OverflowError):
        draft = unsettled(first.start, second.end, "day", "beyond the calendar")
    return replace(draft, end=second.end, anchored=second.anchored)
