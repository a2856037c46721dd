"""Casualties: which numbers count the killed, the wounded and the missing."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from onrecord.document import Span
from onrecord.reading import Harm
from onrecord.wordlists import word_set

HARMS: Final[dict[str, Harm]] = {
    **dict.fromkeys(
        word_set(
            """killed killing kills kill dead died die dies slain murdered murdering massacred perished executed
            executing deaths fatalities drowned drowning slaughtered slaughtering assassinated beheaded lives"""
        ),
        "killed",
    ),
    **dict.fromkeys(
        word_set("wounded wounding wounds wound injured injuring injures injure hurt hurting injuries maimed maiming"),
        "wounded",
    ),
    **dict.fromkeys(word_set("missing unaccounted disappeared"), "missing"),
}
"""What each word says befell somebody."""
_FILLERS = (
    r"(?:at\sleast|at\smost|more\sthan|fewer\sthan|less\sthan|as\smany\sas|up\sto|no\sfewer\sthan|well\sover|close\sto"
    r"|about|around|some|roughly|approximately|nearly|almost|over|under|an|estimated|the|another|other|all|a|further"
    r"|total|of|dead|down)"
)
_BEFORE: Final = re.compile(
    r"\b(?P<harm>kill(?:ed|ing|s)?|murder(?:ed|ing)|massacred|slaughter(?:ed|ing)|execut(?:ed|ing)|slain|slaying"
    r"|wound(?:ed|ing|s)|injur(?:ed|ing|es)|maim(?:ed|ing)|drown(?:ed|ing)|behead(?:ed|ing)"
    r"|shot\sdead|shooting\sdead|gunn(?:ed|ing)\sdown|mow(?:ed|ing)\sdown"
    r"|(?:claim|tak|took|cost|lost)\w{0,3}(?:\sthe)?\slives\sof|deaths?\sof)"
    rf"(?:\s{_FILLERS}){{0,4}}\s{{1,2}}\Z",
    re.IGNORECASE,
)
_TOLL: Final = re.compile(
    r"\b(?P<kind>death|casualty|injury)\s(?:toll|count)\b(?:\s[\w’']{1,14}){0,6}?\s(?:of|to|at|was|is|reached|hit|past|above|stood)"
    rf"(?:\s{_FILLERS}){{0,3}}\s{{1,2}}\Z",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(
    r"""(?:\s(?P<aux>were|was|are|is|be|been|being|have|had|has|remain|remained|remains)
      | \s(?:others?|more|also|reported|reportedly|believed|critically|seriously|badly|severely|fatally|left|confirmed
        |feared|presumed|lay|shot|still|to|people|of\sthem|officially|dead\sand|hospitali[sz]ed|slightly|lightly|gravely
        |killed\sand|wounded\sand|injured\sand|listed\sas)){0,6}
    \s(?P<harm>killed|dead|died|die|slain|murdered|massacred|perished|executed|drowned|wounded|injured|hurt|missing
      |unaccounted|disappeared|deaths?|fatalit(?:y|ies)|injuries|lost\stheir\slives|lives\s(?:were\s)?lost)
    (?P<joined>\s(?:and|or)\s(?:wounded|injured|missing|killed))?(?![\w-])""",
    re.VERBOSE | re.IGNORECASE,
)
_DOUBLE: Final = re.compile(r"\b(?:dead|killed)\s(?:and|or)\s(?:wounded|injured|missing)\Z", re.IGNORECASE)
# "12 gunmen killed three soldiers": the words behind "killed" are its object.
_OBJECT: Final = re.compile(
    r"\s{1,2}(?:\d|(?:a|an|the|his|her|their|its|at\sleast|more|about|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|dozens|hundreds|scores|himself|herself|themselves|civilians|people|soldiers)\b)",
    re.IGNORECASE,
)
_HARMED: Final = re.compile(r"(?<![\w-])(?:dead|killed|wounded|injured|missing|slain)(?![\w-])", re.IGNORECASE)
_LOST: Final = re.compile(r"\s(?:(?:were|was|have\sbeen|had\sbeen)\s)?lost\b")
_TOLLS: Final[dict[str, Harm]] = {"death": "killed", "injury": "wounded"}
_LOOKBACK: Final = 72
_ACTIVE: Final = frozenset({"killed", "murdered", "massacred", "executed", "wounded", "injured", "hurt"})


# Parts of every word above, in lower case: a look for each is 50 times as fast as one pattern for all.
_ANY: Final = (
    "kill", "dead", "die", "dying", "death", "slain", "slay", "murder", "massacr", "slaughter", "execut", "perish",
    "drown", "behead", "fatal", "casualt", "lives", "wound", "injur", "maim", "hurt", "missing", "unaccounted",
    "disappear", "gunn", "mow", "assassin",
)  # fmt: skip


def mentions_harm(text: str) -> bool:
    """Tell whether a report may count casualties at all: most need not be looked at closely."""
    lowered = text.lower()
    return any(part in lowered for part in _ANY)


class Harmed(NamedTuple):
    """What befell those who are counted."""

    harm: Harm | None
    """None where they are the dead and the wounded together."""
    end: int
    """Where the words end that say so, or the number's own end."""


def read_harm(text: str, number: Span, counted_end: int, *, floor: int, limit: int) -> Harmed | None:
    """Return what befell those that a number counts; None where nothing did.

    Args:
        text: the report.
        number: where it stands.
        counted_end: where the noun ends that it counts; the number's own end where there is none.
        floor: where the paragraph begins.
        limit: where the paragraph ends.
    """
    start, end = number
    inside = _harm_in_noun(text, end, counted_end, limit) if counted_end > end else None
    return inside or _harm_behind(text, counted_end, limit) or _harm_before(text, start, end, floor)


def _harm_in_noun(text: str, end: int, counted_end: int, limit: int) -> Harmed | None:
    """Return the harm of "30 dead bodies", "12 deaths" and "12 lives lost"."""
    head = text[end:counted_end].rsplit(None, 1)[-1].lower()
    if head in ("lives", "wounds"):
        found = _LOST.match(text, counted_end, limit)
        return Harmed("killed", found.end()) if found else None
    inside = _HARMED.search(text, end, counted_end)
    word = inside.group().lower() if inside else head
    return Harmed(HARMS[word], counted_end) if word in HARMS else None


def _harm_behind(text: str, at: int, limit: int) -> Harmed | None:
    """Return the harm of "12 people were killed", "30 dead and wounded"."""
    after = _AFTER.match(text, at, limit)
    if after is None or _is_active(text, after, limit):
        return None
    both = after["joined"] is not None or _DOUBLE.search(text, at, after.end()) is not None
    return Harmed(None if both else _harm_of(after["harm"].lower()), after.end())


def _harm_before(text: str, start: int, end: int, floor: int) -> Harmed | None:
    """Return the harm of "killed 12 people", "a death toll of 45"."""
    before = _BEFORE.search(text, max(floor, start - _LOOKBACK), start)
    if before:
        return Harmed(_harm_of(before["harm"].lower()), end)
    toll = _TOLL.search(text, max(floor, start - _LOOKBACK), start)
    return Harmed(_TOLLS.get(toll["kind"].lower()), end) if toll else None


def _is_active(text: str, after: re.Match[str], limit: int) -> bool:
    """Tell whether those who are counted did it themselves."""
    return (
        after["harm"].lower() in _ACTIVE
        and after["aux"] is None
        and _OBJECT.match(text, after.end(), limit) is not None
    )


def _harm_of(words: str) -> Harm:
    for word in words.split():
        if word in HARMS:
            return HARMS[word]
    return "wounded" if words.startswith(("wound", "injur", "maim", "hurt")) else "killed"
