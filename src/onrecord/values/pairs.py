"""Pairs: what two joined numbers make: "3 to 5 million", "between 3 and 5", "from 44 to 41 percent", "a 2-1 vote"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from onrecord.document import Span
from onrecord.reading import Amount
from onrecord.values.counts import is_year
from onrecord.values.kinds import to_amount
from onrecord.values.numerals import SEED, to_power
from onrecord.values.quantities import Ground, Quantity, read_quantity

# Whatever digits go on with: dates, scores, telephone numbers, versions.
_FIGURES: Final = re.compile(r"[\d./:,]*+\w*+")


def end_of_figures(ground: Ground, at: int) -> int:
    """Return where the run of digits and marks at ``at`` ends, so that no part of it is read as a number again."""
    found = _FIGURES.match(ground.text, at, ground.limit)
    end = found.end() if found else at
    while end > at + 1 and ground.text[end - 1] in ".,:/":
        end -= 1
    return max(end, at + 1)


_JOINED: Final = re.compile(
    r"(?P<hyphen>[-–‑]|\s[-–]\s)|\s{1,2}(?P<word>to|and|or)\s{1,2}(?:about\s|around\s|nearly\s|roughly\s)?",
    re.IGNORECASE,
)
_SIGN_AHEAD: Final = re.compile(r"(?:[A-Z]{0,3}[$£€¥₹]|Rs\.?\s|(?:EUR|USD|GBP|INR|CHF)\s)?\s?")
_OPENED: Final = re.compile(
    r"\b(?P<open>between|from|rang\w{1,3}\sfrom|anywhere\sfrom|somewhere\sfrom|everywhere\sfrom)"
    r"\s(?:about\s|around\s|roughly\s|an?\sestimated\s|nearly\s)?\Z",
    re.IGNORECASE,
)
_CHAIN: Final = re.compile(r"[-–.]\d")


def read_pair(ground: Ground, first: Quantity) -> tuple[list[Amount], int] | None:
    """Return what a number makes with one joined to it, and where that ends; None where it stands by itself.

    That is one range, two amounts, or none where the two are a score, years or a telephone number.
    """
    joined = _JOINED.match(ground.text, first.end, ground.limit)
    second = _read_second(ground, joined.end()) if joined else None
    if joined is None or second is None:
        return None
    opened = _OPENED.search(ground.text, max(ground.floor, first.start - 32), first.start)
    opening, word = opened["open"].lower() if opened else "", (joined["word"] or "").lower()
    if not _belong(first, second, word, opening, spaced=joined.group() != "-" and not word):
        return None
    end = max(second.end, end_of_figures(ground, second.numeral.start))
    if _is_number_of_names(ground, first, second, hyphen=not word):
        return [], end
    first, second = _share(first, second)
    if first.unit != second.unit and not _same_unit(first, second):
        return None
    return _amounts_of(ground, first, second, apart=opening == "from"), end


def _amounts_of(ground: Ground, first: Quantity, second: Quantity, *, apart: bool) -> list[Amount]:
    """Return the range, or the two amounts where the second is no higher or something went from one to the other."""
    if apart or not _ascends(first, second):
        return _two(ground, first, second) if first.unit or apart else []
    amount = to_amount(ground, second, lower=first)
    return [amount] if amount else []


def _read_second(ground: Ground, at: int) -> Quantity | None:
    ahead = _SIGN_AHEAD.match(ground.text, at, ground.limit)
    seed = SEED.match(ground.text, ahead.end() if ahead else at, ground.limit)
    second = read_quantity(ground, seed.start(), floor=at, joined=True) if seed else None
    return second if second and second.numeral.kind in ("digits", "words") else None


def _belong(first: Quantity, second: Quantity, word: str, opening: str, *, spaced: bool) -> bool:
    """Tell whether the word or hyphen between two numbers joins them."""
    if word == "and":
        return opening == "between"
    if word == "or":
        low, high = first.numeral.bare, second.numeral.bare
        return low is not None and high is not None and low < high <= low + 10 and low < 100
    if spaced:
        return (first.unit is not None) == (second.unit is not None) or first.unit is not None
    return True


def _is_number_of_names(ground: Ground, first: Quantity, second: Quantity, *, hyphen: bool) -> bool:
    """Tell whether two numbers are years, or a hyphen joins digits as in "555-0199"."""
    text = ground.text
    if first.unit is None and second.unit is None:
        if is_year(text, first.start, first.end) and second.numeral.scale == 0:
            return True
        if hyphen and (_CHAIN.match(text, second.end, ground.limit) or text[second.start] == "0"):
            return True
    return False


def _share(first: Quantity, second: Quantity) -> tuple[Quantity, Quantity]:
    """Give the first of two numbers the scale and unit of the second, where it has none of its own."""
    numeral, other = first.numeral, second.numeral
    low, high = numeral.bare, other.bare
    if first.suffixed or low is None or high is None:
        shared = False
    else:
        shared = numeral.scale == 0 and other.scale > 2 and low <= high and low < 1000
    if shared and low is not None:
        numeral = numeral._replace(value=to_power(low, other.scale), scale=other.scale)
    unit, otherwise = first.unit or second.unit, second.unit or first.unit
    return first._replace(numeral=numeral, unit=unit), second._replace(unit=otherwise)


def _same_unit(first: Quantity, second: Quantity) -> bool:
    one, other = first.unit, second.unit
    return one is not None and other is not None and (one.code, one.factor) == (other.code, other.factor)


def _ascends(first: Quantity, second: Quantity) -> bool:
    low, high = first.numeral.value, second.numeral.value
    return low is not None and high is not None and low < high


def _two(ground: Ground, first: Quantity, second: Quantity) -> list[Amount]:
    later = to_amount(ground, second)
    earlier = to_amount(ground, first) if first.unit else None
    if earlier is None and later is not None and first.unit is None:
        earlier = replace(
            later, span=Span(first.start, first.end), value=first.numeral.value, approximate=False, bound=None
        )
    return [amount for amount in (earlier, later) if amount is not None]
