"""Times of the day: 2:30 p.m. ET, noon, 9 to 11 a.m."""

from __future__ import annotations

from onrecord.values.timedrafts import Draft, Scene, unsettled


def clock(scene: Scene, start: int, end: int) -> Draft | None:
    """2:30 p.m. ET; 9pm; noon; 14:30. The zone is in the span, the value is the time there."""
    letters = scene.letters(start, end)
    part = scene.value_of(start, end, "P")
    told = _of(scene, start, end, half=_half_of(part, scene.number_of(start, end, "D")) if part else None)
    if told is None:
        return None
    if part:
        return _dated(scene, Draft(start, end, "time", None, "clock", clock=f"T{told}"))
    certain = "p" in letters or "k" in letters or "Z" in letters or told >= "13" or told < "01"
    if scene.word(start + 1).endswith("clock"):
        return unsettled(start, end, "clock", "ambiguous", kind="time")
    if not certain:  # a score, a verse, a running time
        return unsettled(start, end, "clock", "ambiguous", kind="time") if scene.word(start - 1) == "at" else None
    return _dated(scene, Draft(start, end, "time", None, "clock", clock=f"T{told}"))


def _half_of(part: object, hour: int | None) -> str:
    """Return a.m. or p.m. of "3 in the morning", "9 at night"."""
    early = part == "NI" and hour is not None and hour < 6
    return "a" if part == "MO" or early else "p"


def clocks(scene: Scene, start: int, end: int) -> Draft | None:
    """9 a.m. to 5 p.m.; 7-8pm."""
    letters = scene.letters(start, end)
    parting = start + next(index for index, letter in enumerate(letters) if letter in "-r&")
    last_half = scene.value_of(parting, end, "p")
    plain = letters.replace("Z", "") in {"C-C", "CrC", "C&C"}
    if not isinstance(last_half, str) and not plain:
        return None
    half = last_half if isinstance(last_half, str) else None
    second = _of(scene, parting + 1, end)
    first = _of(scene, start, parting, half=half)
    if first is not None and second is not None and first >= second:  # 11 to 1 p.m.
        first = _of(scene, start, parting, half="a")
    if first is None or second is None or first >= second or (plain and second < "13"):
        return None
    return _dated(scene, Draft(start, end, "time", None, "clock", clock=f"T{first}/T{second}"))


def _of(scene: Scene, start: int, end: int, *, half: str | None = None) -> str | None:
    """Return hours and minutes; None for what is no time of day. ``half`` is the other end's a.m. or p.m."""
    value = scene.tokens.values[start]
    told = scene.value_of(start, end, "p")
    half = told if isinstance(told, str) else half
    if scene.letters(end - 1, end).strip("Z") == "k" or scene.letters(start, start + 1) == "k":
        return str(scene.value_of(start, end, "k"))
    written = str(value).replace(".", ":")
    hour_written, _, rest = written.partition(":")
    if not hour_written.isdigit() or (rest and not (len(rest) in {2, 5} and rest[:2].isdigit() and rest[:2] < "60")):
        return None
    hour = int(hour_written)
    if half is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{rest or '00'}" if hour < 24 else None


def _dated(scene: Scene, draft: Draft) -> Draft:
    """Give a time of day the paragraph's last day, else the day of publication."""
    known = scene.here
    if known is not None and known.day is not None and known.unit in {"day", "part", "clock"}:
        draft.day = known.day
    elif scene.anchor is not None:
        draft.day = scene.anchor.day
    return on_day(draft)


def on_day(draft: Draft) -> Draft:
    """Write the value of a draft with a clock: on its day, or alone where it has none."""
    day = draft.day.isoformat() if draft.day is not None else ""
    draft.value = "/".join(f"{day}{part}" for part in str(draft.clock).split("/"))
    draft.anchored = draft.day is not None
    return draft
