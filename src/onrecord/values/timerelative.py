"""Times told from here or from there: weekdays, yesterday, last week, a year ago, two days later, that year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from onrecord.reading import TimeModifier
from onrecord.values.timecalendar import season_start, shift, write
from onrecord.values.timedrafts import Draft, Scene, shift_of, undated, unsettled
from onrecord.values.timespans import number_in, window

_WEDNESDAY: Final = 2
_SATURDAY: Final = 5
_SUNDAY: Final = 6
_NOTHING_AFTER: Final = frozenset(".,;:!?)\"”’'—–")


def weekday(scene: Scene, start: int, end: int) -> Draft | None:
    """Thursday, last Friday, next Tuesday night, Wednesday of last week."""
    number, part = scene.number_of(start, end, "Ww"), scene.value_of(start, end, "P")
    unit = "part" if part else "day"
    if number is None:
        return None
    if scene.anchor is None:
        return undated(start, end, unit, kind="time" if part else "date")
    letters = scene.letters(start, end)
    if "U" in letters and scene.value_of(start, end, "U") != "week":
        return None
    draft = _on(start, end, _weekday_told(scene, start, end, number), part)
    if "E" in letters:
        draft.modifier = "start" if scene.value_of(start, end, "E") == "start" else "end"
    return draft


def _weekday_told(scene: Scene, start: int, end: int, number: int) -> date:
    """Return the day of a weekday with what stands before and after it."""
    assert scene.anchor is not None
    letters, today = scene.letters(start, end), scene.anchor.day
    if "U" in letters:
        week = letters if "U" in letters[:2] else letters[-2:]
        day = _of_week(today, number, shift_of(week) or 0)
    elif letters.startswith(("Hl", "l")):
        day = _latest(today - timedelta(days=1), number)
    elif letters.startswith("Hx"):
        day = _earliest(today + timedelta(days=1), number)
    elif letters[0] in "L{x":
        day = _of_week(today, number, 1 if letters[0] == "x" else -1)
    elif letters[0] == "H":
        day = _of_week(today, number, 0)
    else:
        day = _by_tense(scene, start, end, number)
    return day


def _on(start: int, end: int, day: date, part: object) -> Draft:
    if part:
        return Draft(start, end, "time", f"{day.isoformat()}T{part}", "part", day, anchored=True)
    return Draft(start, end, "date", day.isoformat(), "day", day, anchored=True)


def _latest(today: date, number: int) -> date:
    return today - timedelta(days=(today.weekday() - number) % 7)


def _earliest(today: date, number: int) -> date:
    return today + timedelta(days=(number - today.weekday()) % 7)


def _of_week(today: date, number: int, weeks: int) -> date:
    return today + timedelta(days=number - today.weekday() + 7 * weeks)


def _by_tense(scene: Scene, start: int, end: int, number: int) -> date:
    """Return the day of a bare weekday: the last one, or the next where the clause is of what is to come.

    The day of publication is either: "said Thursday" in Thursday's paper is today's.
    """
    assert scene.anchor is not None
    tense, today = scene.tense(start, end), scene.anchor.day
    return _earliest(today, number) if tense == "future" else _latest(today, number)


def today(scene: Scene, start: int, end: int) -> Draft | None:
    """Today, yesterday morning, tonight."""
    told, part = scene.value_of(start, end, "T"), scene.value_of(start, end, "P")
    if scene.anchor is None:
        return undated(start, end, "day")
    if told == "tonight":
        return _on(start, end, scene.anchor.day, "NI")
    return _on(start, end, shift(scene.anchor.day, told if isinstance(told, int) else 0, "day"), part)


def part_of_day(scene: Scene, start: int, end: int) -> Draft | None:
    """This morning, last night."""
    part = scene.value_of(start, end, "P")
    if scene.anchor is None:
        return undated(start, end, "part", kind="time")
    back = -1 if scene.letters(start, start + 1) == "L" else 0
    return _on(start, end, shift(scene.anchor.day, back, "day"), part)


def in_the_morning(scene: Scene, start: int, end: int) -> Draft | None:
    """In the morning: of the last day that the paragraph names, else of no day."""
    part = scene.value_of(start, end, "P")
    known, edge = scene.here, scene.value_of(start, end, "Ee")
    modifier: TimeModifier | None = None if edge is None else "start" if edge == "start" else "end"
    if scene.word(end) in {"of", "after", "when", "-"}:
        return None
    if known is not None and known.day is not None and known.unit == "day":
        return replace(_on(start, end, known.day, part), modifier=modifier)
    return Draft(start, end, "time", f"T{part}", "undated", modifier=modifier)


def relative(scene: Scene, start: int, end: int) -> Draft | None:
    """Last week, this year, next summer, this past weekend."""
    letters, unit = scene.letters(start, end), scene.value_of(start, end, "U")
    if unit in {"second", "minute", "hour", "day", "fortnight"}:
        return None
    if letters == "lU":
        return window(scene, start, end)
    if letters[0] in "Ll" and scene.letters(end, end + 1) == "o":
        return None  # "the last week of the race" is no last week
    direction = shift_of(letters) or 0
    if scene.anchor is None:
        return undated(start, end, "year")
    if letters.endswith("S"):
        return _season(scene, start, end, direction)
    name = "quarter" if letters.endswith("Q") else str(unit)
    if name == "century":
        day = shift(scene.anchor.day, direction, "century")
    elif name == "weekend" and direction <= 0:
        day = shift(scene.anchor.day, _weekends_back(scene, start, end, direction), "week")
    elif name == "week" and scene.anchor.day.weekday() == _SUNDAY:
        day = shift(scene.anchor.day, _weeks_from_sunday(scene, start, end, direction), "week")
    else:
        day = shift(scene.anchor.day, direction, name)
    return _in_unit(start, end, day, name)


def _weekends_back(scene: Scene, start: int, end: int, direction: int) -> int:
    """Return 0 for the weekend of this week, -1 for that before: a summit left "this weekend" in Tuesday's paper."""
    assert scene.anchor is not None
    if direction < 0 or scene.anchor.day.weekday() >= _SATURDAY:
        return direction
    return -1 if scene.anchor.day.weekday() <= _WEDNESDAY and scene.tense(start, end, 10) == "past" else 0


def _weeks_from_sunday(scene: Scene, start: int, end: int, direction: int) -> int:
    """Return which week a Sunday's paper means: its last week ends that day, the week to come begins tomorrow."""
    if direction == 0:
        return 1 if scene.tense(start, end) == "future" and scene.letters(start, start + 1) == "H" else 0
    return direction + 1 if direction < 0 else direction


def _in_unit(start: int, end: int, day: date, unit: str) -> Draft:
    first = day
    if unit in {"week", "weekend", "fortnight"}:
        first = day - timedelta(days=day.weekday()) if day.toordinal() > 7 else day
    elif unit == "month":
        first = day.replace(day=1)
    elif unit in {"year", "decade", "century"}:
        first = day.replace(month=1, day=1)
    return Draft(start, end, "date", write(day, unit), unit, first, anchored=True)


def the_weekend(scene: Scene, start: int, end: int) -> Draft | None:
    """Over the weekend: the last one, or the one to come."""
    if scene.value_of(start, end, "U") != "weekend" or scene.letters(end, end + 1) == "o":
        return None
    if scene.anchor is None:
        return undated(start, end, "weekend")
    today, ahead = scene.anchor.day, scene.tense(start, end) == "future"
    over = today.weekday() >= 5
    return _in_unit(start, end, today if ahead or over else shift(today, -1, "week"), "weekend")


def _season(scene: Scene, start: int, end: int, direction: int) -> Draft:
    assert scene.anchor is not None
    today, name = scene.anchor.day, str(scene.value_of(start, end, "S"))
    begins = season_start(name, today.year)
    year = today.year
    if direction < 0 and (today - begins).days < 92:  # not over yet, so the last one was a year earlier
        year -= 1
    elif direction > 0 and today >= begins:
        year += 1
    return Draft(start, end, "date", f"{year:04}-{name}", "season", season_start(name, year), anchored=True)


def edge_of_unit(scene: Scene, start: int, end: int) -> Draft | None:
    """The end of the year, later in the month."""
    unit = str(scene.value_of(start, end, "U"))
    if unit in {"day", "minute", "hour", "fortnight"}:
        return None
    if scene.anchor is None:
        return undated(start, end, unit)
    draft = _in_unit(start, end, scene.anchor.day, unit)
    edge = scene.value_of(start, end, "BeE")
    draft.modifier = "mid" if edge == "mid" else "start" if edge == "start" else "end"
    return draft


def ago(scene: Scene, start: int, end: int) -> Draft | None:
    """A year ago, two weeks ago, half an hour ago; "years ago" stays open."""
    unit = str(scene.value_of(start, end, "Uu"))
    number = number_in(scene, start, end)
    if scene.anchor is None:
        return undated(start, end, unit)
    return _counted(scene.anchor.day, scene, start, end, unit, number, back=True, clock=scene.anchor)


def from_now(scene: Scene, start: int, end: int) -> Draft | None:
    """Two years from now."""
    unit = str(scene.value_of(start, end, "Uu"))
    if scene.anchor is None:
        return undated(start, end, unit)
    return _counted(scene.anchor.day, scene, start, end, unit, number_in(scene, start, end), back=False)


def _counted(  # noqa: PLR0917 - the scene and its tokens go everywhere together
    day: date, scene: Scene, start: int, end: int, unit: str, number: int | None, *, back: bool, clock: object = None
) -> Draft:
    """Reckon so many units from a day; the value is as precise as the unit."""
    letters = scene.letters(start, end)
    unit = "day" if unit == "night" else unit
    if number is None or (clock is None and unit in {"hour", "minute", "second"}):
        return unsettled(start, end, unit, "ambiguous")
    if unit in {"hour", "minute", "second"}:
        return _by_the_clock(scene, start, end, unit, number, back=back)
    if "q" in letters and unit in {"year", "decade"}:
        number, unit = (number * 12 + 6, "month") if unit == "year" else (number * 10 + 5, "year")
    there = shift(day, -number if back else number, unit)
    precise = {"decade": "year", "century": "year", "fortnight": "week"}.get(unit, unit)
    draft = _in_unit(start, end, there, precise) if precise != "day" else _on(start, end, there, None)
    if unit in {"decade", "century"} or "~" in letters or "F" in letters:
        draft.modifier = "approx"
    elif ">" in letters or "<" in letters:
        draft.modifier = "before" if (">" in letters) == back else "after"
    return draft


def _by_the_clock(scene: Scene, start: int, end: int, unit: str, number: int, *, back: bool) -> Draft:
    moment = scene.anchor.clock if scene.anchor else None
    if moment is None:
        return unsettled(start, end, unit, "ambiguous", kind="time")
    there = moment + timedelta(**{f"{unit}s": -number if back else number})
    return Draft(start, end, "time", f"{there:%Y-%m-%dT%H:%M}", "clock", there.date(), anchored=True)


def offset(scene: Scene, start: int, end: int) -> Draft | None:
    """Two days later, a week earlier, the day before: from the report's last date, or from an event."""
    if scene.letters(end - 1, end) in "ab" and not _closes(scene, end):
        return unsettled(start, end, str(scene.value_of(start, end, "Uu")), "event")
    unit = str(scene.value_of(start, end, "Uu"))
    if scene.last is None or scene.last.day is None or not _at_least_as_precise(scene.last.unit, unit):
        return unsettled(start, end, unit, "ambiguous")  # "in January. A day later"
    return reckon(scene, start, end, scene.last.day)


def reckon(scene: Scene, start: int, end: int, day: date) -> Draft:
    """Reckon "two days after" from a day."""
    number = 1 if scene.letters(start, start + 1) == "t" else number_in(scene, start, end)
    unit = str(scene.value_of(start, end, "Uu"))
    return _counted(day, scene, start, end, unit, number, back=scene.word(end - 1) in {"before", "earlier"})


def _closes(scene: Scene, end: int) -> bool:
    """Tell whether nothing that "before" or "after" could govern follows."""
    following = scene.word(end)
    return not following or following in _NOTHING_AFTER


def following(scene: Scene, start: int, end: int) -> Draft | None:
    """The following day, the next morning, the previous year; "the next year" is a duration from now on."""
    unit, part, number = _unit_of(scene, start, end), scene.value_of(start, end, "P"), scene.value_of(start, end, "W")
    letters = scene.letters(start, end)
    if "x" in letters and unit not in {"day", None}:
        return window(scene, start, end)
    if unit in {"minute", "hour", "second"} or "S" in letters or "M" in letters:
        return None
    direction = -1 if "{" in letters else 1
    told = scene.last if scene.last is not None and _at_least_as_precise(scene.last.unit, unit or "day") else None
    known = told.day if told is not None else None
    if known is None and unit == "quarter" and scene.anchor is not None:
        known = scene.anchor.day  # results are held against the quarter before
    if known is None:
        return unsettled(start, end, str(unit or "day"), "ambiguous")
    if isinstance(number, int):
        near = shift(known, direction, "day")
        return _on(start, end, _latest(near, number) if direction < 0 else _earliest(near, number), None)
    there = shift(known, direction, str(unit or "day"))
    if unit in {"day", None}:
        return _on(start, end, there, part)
    return _in_unit(start, end, there, str(unit))


def _unit_of(scene: Scene, start: int, end: int) -> str | None:
    unit = scene.value_of(start, end, "U")
    return str(unit) if unit else "quarter" if "Q" in scene.letters(start, end) else None


def same(scene: Scene, start: int, end: int) -> Draft | None:
    """That year, the same day, that night: the report's last date, as precise as it was."""
    unit, part = scene.value_of(start, end, "U"), scene.value_of(start, end, "P")
    letters = scene.letters(start, end)
    if (
        unit in {"minute", "hour", "second", "fortnight"}
        or letters[-1] in "SMW"
        or (letters == "hU" and scene.word(start) == "same")
    ):
        return None
    if scene.word(end) == "-" or (letters == "hP" and scene.word(start) == "same"):
        return None
    known = scene.last
    wanted = "day" if part else str(unit)
    if known is None or known.day is None or not _at_least_as_precise(known.unit, wanted):
        return unsettled(start, end, wanted, "ambiguous")
    if part or unit == "day":
        return _on(start, end, known.day, part)
    return _in_unit(start, end, known.day, wanted)


_PRECISION: Final = {
    name: rank
    for rank, names in enumerate(
        (
            ("day", "part", "clock", "days"),
            ("week", "weekend"),
            ("month",),
            ("quarter", "season", "half"),
            ("year",),
            ("decade",),
            ("century",),
        )
    )
    for name in names
}


def _at_least_as_precise(known: str, wanted: str) -> bool:
    wanted = {"night": "day", "fortnight": "week"}.get(wanted, wanted)
    return _PRECISION.get(known, 9) <= _PRECISION.get(wanted, 9)
