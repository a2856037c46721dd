"""Durations and what returns: three years, the past week, every Monday, twice a year."""

from __future__ import annotations

from typing import Final

from onrecord.reading import TimeModifier
from onrecord.values.timecalendar import halves, period
from onrecord.values.timedrafts import Draft, Scene, unsettled
from onrecord.wordlists import word_set

_AGES: Final = word_set("old olds older younger senior junior")
_IN_FULL: Final = word_set("for in than within after only just over under during about")
_SUMS: Final = word_set("million billion trillion percent % cents")


def number_in(scene: Scene, start: int, end: int) -> int | None:
    """Return the whole number of an expression: "a" is one, "a couple" two; None for "several" and the like."""
    total: int | None = None
    letters = scene.letters(start, end)
    for index, letter in enumerate(letters, start=start):
        value = scene.tokens.values[index]
        if letter in "ND":
            if not isinstance(value, int):
                return None
            total = value if total is None else total * value if value == 100 else total + value
        elif letter == "F":
            return 2 if value == "couple" else None
        elif letter in "Uu&":
            break
    if total is None:
        return 0 if letters.lstrip("~><^@λμ").startswith("q") else 1 if "A" in letters or "t" in letters else None
    return total


def _bound(letters: str) -> TimeModifier | None:
    if "~" in letters:
        return "approx"
    if ">" in letters or "λ" in letters:
        return "more"
    return "less" if "<" in letters or "μ" in letters else None


def duration(scene: Scene, start: int, end: int) -> Draft | None:
    """Three years, two-day, half an hour, a few weeks; "$5 a month" is a set, an age neither."""
    letters, unit = scene.letters(start, end), str(scene.value_of(start, end, "Uu"))
    if _is_age(scene, end) or unit == "quarter":
        return None
    if letters.startswith("AN") and scene.tokens.values[start + 1] != 100:  # "a [two-day] strike"
        start, letters = start + 1, letters[1:]
    if letters == "AU" and _is_rate(scene, start, end):
        return Draft(start, end, "set", period(1, unit), "set")
    if letters in {"AU", "NU"} and _is_idiom(scene, start, end, unit):
        return None
    if scene.value_of(start, end, "F") == "recent":
        return unsettled(start, end, unit, "ambiguous")
    if letters[-2:-1] in {">", "ε"}:  # "16 more years" are sixteen
        letters = letters[:-2] + letters[-1]
    if "-" not in letters and letters.endswith("U") and (number_in(scene, start, end) or 0) > 1 and unit == "weekend":
        return None
    return Draft(start, end, "duration", _value(scene, start, end, letters, unit), "duration", modifier=_bound(letters))


def _value(scene: Scene, start: int, end: int, letters: str, unit: str) -> str:
    decimal = scene.value_of(start, end, "N")
    if isinstance(decimal, str):
        return period(decimal, unit)
    number = number_in(scene, start, end)
    if "q" in letters and number is not None:
        return halves(number, unit)
    if number is None:
        return period("X", unit)
    value = period(number, unit)
    if letters[-3:-2] == "&" and letters.endswith("u"):  # two hours and 30 minutes
        second = scene.tokens.values[end - 2]
        smaller = period(second if isinstance(second, int) else "X", str(scene.tokens.values[end - 1]))
        value += smaller.removeprefix("PT" if value.startswith("PT") else "P")
    return value


def _is_age(scene: Scene, end: int) -> bool:
    after = scene.word(end)
    if after == "-":
        after = scene.word(end + 1)
    return after in _AGES or (after == "of" and scene.word(end + 1) == "age")


def _is_rate(scene: Scene, start: int, end: int) -> bool:
    """Tell "20,000 jobs a month" from "for a month"."""
    if start == 0 or scene.letters(end, end + 1) in {"e", "b", "a", "o", "&", "g", "-"}:
        return False
    before, letter = scene.word(start - 1), scene.letters(start - 1, start)
    if letter in {"D", "N", "Y", "u"} or before in _SUMS:  # "$5 a day", "12 hours a day"
        return True
    return (
        letter == "_" and before.endswith("s") and len(before) > 3 and not before.endswith(("ss", "us", "was", "has"))
    )


def _is_idiom(scene: Scene, start: int, end: int, unit: str) -> bool:
    """Tell "one day he will", "a day of reckoning", "a night" from lengths of time."""
    if scene.word(start) == "one" and unit == "day":
        return scene.word(start - 1) not in _IN_FULL and scene.word(end) != "-"
    return unit in {"day", "weekend"} and scene.word(end) in {"of", "when", "in", "off"}


def two_numbers(scene: Scene, start: int, end: int) -> Draft | None:
    """Two to three years: no duration that ISO 8601 could write."""
    if _is_age(scene, end) or scene.value_of(start, end, "u") == "quarter":
        return None
    return unsettled(start, end, "duration", "ambiguous", kind="duration")


def plurals(scene: Scene, start: int, end: int) -> Draft | None:
    """For years, after weeks."""
    unit = str(scene.value_of(start, end, "u"))
    if unit in {"weekend", "quarter"} or _is_age(scene, end):
        return None
    return Draft(start, end, "duration", period("X", unit), "duration")


def window(scene: Scene, start: int, end: int) -> Draft | None:
    """The past three years, the next week."""
    unit = str(scene.value_of(start, end, "Uu"))
    letters = scene.letters(start, end)
    counted = any(letter in "NDF" for letter in letters)
    if not counted and (unit in {"minute", "day", "weekend"} or scene.letters(end, end + 1) == "o"):
        return None  # "the last minute", "the last day of"
    number = number_in(scene, start, end) if counted else 1
    return Draft(
        start, end, "duration", period("X" if number is None else number, unit), "duration", modifier=_bound(letters)
    )


def every(scene: Scene, start: int, end: int) -> Draft | None:
    """Every day, each year, every other week, every four years, every Monday."""
    letters, unit = scene.letters(start, end), scene.value_of(start, end, "Uu")
    weekday, part, month = (
        scene.number_of(start, end, "W"),
        scene.value_of(start, end, "P"),
        scene.value_of(start, end, "M"),
    )
    if weekday is not None:
        value = f"XXXX-WXX-{weekday + 1}" + (f"T{part}" if part else "")
    elif part is not None:
        value = f"XXXX-XX-XXT{part}"
    elif isinstance(month, int):
        value = f"XXXX-{month:02}"
    else:
        number = 2 if "+" in letters else scene.value_of(start, end, "NOD") or 1
        value = period("X" if "F" in letters or isinstance(number, str) else number, str(unit or "quarter"))
    return Draft(start, end, "set", value, "set")


def times_a(scene: Scene, start: int, end: int) -> Draft | None:
    """Twice a week, three times a year, per day."""
    return Draft(start, end, "set", period(1, str(scene.value_of(start, end, "U"))), "set")


per = times_a


def adverb(scene: Scene, start: int, end: int) -> Draft | None:
    """Daily, weekly, annual; not the Daily Example."""
    if scene.tokens.capital[start]:
        return None
    return Draft(start, end, "set", str(scene.value_of(start, end, "y")), "set")


def weekdays(scene: Scene, start: int, end: int) -> Draft | None:
    """Mondays."""
    number, part = scene.number_of(start, end, "VW"), scene.value_of(start, end, "Pν")
    if number is None:
        return None
    return Draft(start, end, "set", f"XXXX-WXX-{number + 1}" + (f"T{part}" if part else ""), "set")
