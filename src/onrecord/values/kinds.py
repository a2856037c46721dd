"""Kinds: what a number is an amount of, or that it is none.

A number with a unit is money, a share or a measure. A bare one is a count where a plural noun follows, casualties where
they were killed, wounded or went missing, and an amount by itself only where the words around it say so.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from onrecord.document import Span
from onrecord.reading import Amount, AmountKind, Harm
from onrecord.values.bounds import Around, read_around
from onrecord.values.casualties import Harmed, read_harm
from onrecord.values.counts import (
    NOTHING,
    STOPS,
    TIMES,
    Counted,
    is_address,
    is_labelled,
    is_year,
    read_counted,
    read_members,
    read_single,
    read_whole,
)
from onrecord.values.numerals import MOST_DIGITS
from onrecord.values.quantities import Ground, Quantity


class _Kind(NamedTuple):
    kind: AmountKind
    of: Span | None
    harm: Harm | None = None
    end: int = 0


def to_amount(ground: Ground, quantity: Quantity, *, lower: Quantity | None = None) -> Amount | None:
    """Return the amount that a number, or a range up to it, is; None where it is none."""
    start = lower.start if lower else quantity.start
    end = quantity.end
    unit, numeral = quantity.unit, quantity.numeral
    figure = unit is not None or numeral.scale > 0 or (numeral.kind == "digits" and (numeral.value or 0) >= 10)
    around = read_around(ground.text, start, end, ground.floor, ground.limit, figure=figure)
    kind = _with_unit(ground, quantity, around) if unit or numeral.kind == "share" else None
    if kind is None and unit is None:
        kind = _bare(ground, quantity, start, around)
    if kind is None:
        return None
    factor = unit.factor if unit else 1.0
    value = _times(lower.numeral.value if lower else numeral.value, factor)
    return Amount(
        span=Span(start, end),
        kind=kind.kind,
        value=value,
        upper=_times(numeral.value, factor) if lower else None,
        unit="%" if numeral.kind == "share" else unit.code if unit else None,
        approximate=around.approximate or numeral.kind == "vague",
        bound=around.bound,
        of=kind.of,
        harm=kind.harm,
    )


def _times(value: float | None, factor: float) -> float | None:
    # 12 digits: 69 cents are 0.69 dollars, not 0.6900000000000001.
    return value if value is None or factor == 1.0 else float(f"{value * factor:.12g}")


def _with_unit(ground: Ground, quantity: Quantity, around: Around) -> _Kind | None:
    unit = quantity.unit
    kind: AmountKind = unit.kind if unit else "percent"
    of = read_whole(ground.text, around.end, ground.limit, among=kind == "money")
    if of is None and quantity.numeral.kind == "share":
        counted = read_counted(ground.text, _after_determiner(ground, quantity.end), ground.limit)
        of = counted.span if counted else None
    return _Kind(kind, of)


_ITS: Final = re.compile(r"(?:\s(?:all|the|its|their|our|his|her|these|those)\b){0,2}", re.IGNORECASE)


def _after_determiner(ground: Ground, at: int) -> int:
    found = _ITS.match(ground.text, at, ground.limit)
    return found.end() if found else at


_VERB_AFTER: Final = re.compile(
    r"\s(?:were|was|are|have|had|others|more(?!\s(?:times|years|months|weeks|days|hours|minutes))|of\sthem|\w{2,20}ed|fled|took|came|went|lost|died)\b",
    re.IGNORECASE,
)
_HEADED: Final = re.compile(
    r"\b(?:(?:crowd|total|population|majority|number|group|audience|attendance|membership|average|minimum|maximum|force|army"
    r"|turnout|quorum|staff|workforce)s?\s(?:size\s)?of|number(?:ed|ing|s)|total(?:ed|ing|led|ling|s)|cap\sof|short\sof\sthe)"
    r"(?:\s(?:about|around|some|nearly|over|roughly|at\sleast|more\sthan|up\sto))?\s{1,2}\Z",
    re.IGNORECASE,
)
_MAJORITY: Final = re.compile(r"\s(?:majority|needed|required)\b")
_DEFINITE: Final = re.compile(r"\b(?:the|these|those|other|last|first|next|past)\s{1,2}\Z", re.IGNORECASE)
_NEXT: Final = re.compile(r"[\s-]{1,2}(?P<word>[^\W\d_]{1,20})")


def _bare(ground: Ground, quantity: Quantity, start: int, around: Around) -> _Kind | None:
    """Return what a number without a unit counts; None where it is no amount."""
    text, single = ground.text, quantity.numeral.value == 1.0
    if not _may_count(ground, quantity, start):
        return None
    members = None if single else read_members(text, quantity.end, ground.limit)
    if members is not None:
        return _Kind("count", members.span)
    if text[quantity.end : quantity.end + 1] == "-" and around.end == quantity.end:
        return None
    counted = (read_single if single else read_counted)(text, around.end, ground.limit)
    if is_year(text, quantity.start, quantity.end) and not _is_count_of_people(ground, quantity, counted):
        return None
    harmed = _harm(ground, quantity, start, counted)
    if harmed is not None:
        return _Kind("casualties", counted.span if counted else None, harmed.harm)
    return None if single else _count(ground, quantity, start, around, counted)


def _count(ground: Ground, quantity: Quantity, start: int, around: Around, counted: Counted | None) -> _Kind | None:
    """Return the count of a noun behind it, of a part of a whole ("two of the guns"), or of what stands elsewhere."""
    if counted is not None:
        return _Kind("count", counted.span)
    whole = read_whole(ground.text, around.end, ground.limit)
    if whole is not None:
        timed = whole.of(ground.text).rsplit(None, 1)[-1].lower() in TIMES
        return None if timed else _Kind("count", whole)
    return _Kind("count", None) if _stands_alone(ground, quantity, start, around) else None


def _harm(ground: Ground, quantity: Quantity, start: int, counted: Counted | None) -> Harmed | None:
    if not ground.harms:
        return None
    end = counted.span.end if counted else quantity.end
    if counted is None and quantity.numeral.kind == "vague":
        whole = read_whole(ground.text, quantity.end, ground.limit)
        end = whole.end if whole else end
    return read_harm(ground.text, Span(start, quantity.end), end, floor=ground.floor, limit=ground.limit)


def _may_count(ground: Ground, quantity: Quantity, start: int) -> bool:
    """Tell whether nothing around a bare number makes it a name, a date, a score or an address."""
    text, end = ground.text, quantity.end
    if _goes_on(text[end : min(end + 2, ground.limit)]) or is_labelled(text, start, ground.floor):
        return False
    numeral = quantity.numeral
    if numeral.kind != "digits":
        return numeral.value != 0.0 and not _in_a_name(ground, start)
    if numeral.bare is None and end - start <= MOST_DIGITS:  # written amiss, and not just too long for a float
        return False
    zeros = text[start] == "0" and text[start + 1 : start + 2].isdigit()
    return not zeros and not is_address(text, end, ground.limit)


def _goes_on(behind: str) -> bool:
    """Tell whether a number goes on as something else: "20th", "9/11", "10:30"."""
    return behind[:1].isalnum() or behind[:1] in {"_", "°"} or (behind[:1] in {"/", ":"} and behind[1:].isdigit())


_SENTENCE_GOES_ON: Final = re.compile(r"[\w,;)]\s{1,2}\Z")


def _in_a_name(ground: Ground, start: int) -> bool:
    """Tell whether a number in words has a capital though its sentence began before: "the Big Four"."""
    text = ground.text
    return text[start].isupper() and _SENTENCE_GOES_ON.search(text, max(ground.floor, start - 3), start) is not None


_PEOPLE: Final = frozenset({"people", "troops", "soldiers", "workers", "delegates", "refugees", "others", "protesters"})
_DATED: Final = re.compile(
    r"\b(?:in|of|by|since|from|until|the|before|after|early|late|mid|to|and|during)\s\Z", re.IGNORECASE
)


def _is_count_of_people(ground: Ground, quantity: Quantity, counted: Counted | None) -> bool:
    """Tell whether four digits that look like a year count people: "killed 2000 people"."""
    if counted is None or counted.head not in _PEOPLE:
        return False
    return _DATED.search(ground.text, max(ground.floor, quantity.start - 8), quantity.start) is None


def _stands_alone(ground: Ground, quantity: Quantity, start: int, around: Around) -> bool:
    """Tell whether a number is an amount although no noun follows: "a crowd of 5,000", "at least 30"."""
    text, numeral = ground.text, quantity.numeral
    if numeral.kind == "vague":
        plural = text[quantity.end - 1] in "sS" and text[start : start + 4].lower() not in ("tens", "scor")
        return plural and _VERB_AFTER.match(text, quantity.end, ground.limit) is not None
    if _HEADED.search(text, max(ground.floor, start - 40), start) or _MAJORITY.match(text, quantity.end, ground.limit):
        return True
    after = _NEXT.match(text, around.end, ground.limit)
    word = after["word"].lower() if after else ""
    if word in TIMES or word in NOTHING:
        return False
    if around.strong or numeral.scale > 2 or "," in text[quantity.start : quantity.end]:
        return True
    if numeral.kind == "digits" and (numeral.value or 0) >= 10 and (around.approximate or around.bound):
        return not word or word in STOPS
    definite = _DEFINITE.search(text, max(ground.floor, start - 8), start)
    return definite is None and _VERB_AFTER.match(text, quantity.end, ground.limit) is not None
