"""Amounts: money, percentages, measures, counts and casualties of a report, each with where it stands.

1. seeds      one scan of each paragraph for where a number may begin
2. numeral    the number itself: digits, words, scales, fractions
3. unit       a currency before it; a sign, currency, measure or percent behind it
4. range      "3 to 5 million", "between 3 and 5", "from 44 to 41 percent"
5. kind       a bare number is a count of what follows, of casualties, or no amount
6. bounds     "about", "more than", "up to"
7. claimed    the innermost statement whose content holds it
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from onrecord.document import Span
from onrecord.reading import Amount, AmountKind, Harm, Statement
from onrecord.values.bounds import Around, read_around
from onrecord.values.casualties import Harmed, mentions_harm, read_harm
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
from onrecord.values.money import Currencies
from onrecord.values.numerals import SEED
from onrecord.values.quantities import Ground, Quantity, read_quantity


def read_amounts(
    text: str, paragraphs: Iterable[Span], statements: Iterable[Statement] = (), avoid: Iterable[Span] = ()
) -> tuple[Amount, ...]:
    """Return the amounts in ``paragraphs`` of a text, in its order. Linear time.

    Args:
        text: the report.
        paragraphs: where amounts are looked for, by start.
        statements: what was said, to tell which of it claims an amount.
        avoid: expressions of time: what overlaps one is no count.

    >>> text = "Nearly 300 people paid $1.2m."
    >>> [(amount.span.of(text), amount.value, amount.unit) for amount in read_amounts(text, [Span(0, len(text))])]
    [('300', 300.0, None), ('$1.2m', 1200000.0, 'USD')]
    """
    currencies, harms = Currencies(text), mentions_harm(text)
    times = sorted(avoid)
    found: list[Amount] = []
    for paragraph in paragraphs:
        ground = Ground(text=text, floor=paragraph.start, limit=paragraph.end, currencies=currencies, harms=harms)
        found.extend(amount for amount in _read_paragraph(ground) if not _is_time(amount, times))
    return _claim(found, statements)


def _read_paragraph(ground: Ground) -> Iterator[Amount]:
    at = ground.floor
    for seed in SEED.finditer(ground.text, ground.floor, ground.limit):
        if seed.start() < at:
            continue
        group, at = _read_group(ground, seed.start(), at)
        yield from group


def _read_group(ground: Ground, at: int, floor: int) -> tuple[list[Amount], int]:
    """Return the amounts of the number at ``at`` and of the one that it makes a range with, and where they end."""
    first = read_quantity(ground, at, floor=floor)
    if first is None:
        return [], _end_of_figures(ground, at)
    if first.numeral.kind in ("digits", "words"):
        pair = _read_pair(ground, first)
        if pair is not None:
            return pair
    amount = _to_amount(ground, first)
    return ([amount] if amount else []), max(first.end, _end_of_figures(ground, at))


# Whatever digits go on with: dates, scores, telephone numbers, versions.
_FIGURES: Final = re.compile(r"[\d./:,]*+\w*+")


def _end_of_figures(ground: Ground, at: int) -> int:
    found = _FIGURES.match(ground.text, at, ground.limit)
    end = found.end() if found else at
    while end > at + 1 and ground.text[end - 1] in ".,:/":
        end -= 1
    return max(end, at + 1)


# ---- 4. ranges

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


def _read_pair(ground: Ground, first: Quantity) -> tuple[list[Amount], int] | None:
    """Return what two joined numbers make: one range, two amounts, or none where they are a score or a number of names."""
    text = ground.text
    joined = _JOINED.match(text, first.end, ground.limit)
    if joined is None:
        return None
    ahead = _SIGN_AHEAD.match(text, joined.end(), ground.limit)
    seed = SEED.match(text, ahead.end() if ahead else joined.end(), ground.limit)
    if seed is None:
        return None
    second = read_quantity(ground, seed.start(), floor=joined.end(), joined=True)
    if second is None or second.numeral.kind not in ("digits", "words"):
        return None
    opened = _OPENED.search(text, max(ground.floor, first.start - 32), first.start)
    opening = opened["open"].lower() if opened else ""
    word = (joined["word"] or "").lower()
    if not _belong(first, second, word, opening, spaced=joined.group() != "-" and not word):
        return None
    end = max(second.end, _end_of_figures(ground, seed.start()))
    if _is_number_of_names(ground, first, second, hyphen=not word):
        return [], end
    first, second = _share(first, second)
    if first.unit != second.unit and (first.unit is None or second.unit is None or first.unit.code != second.unit.code):
        return None
    if opening == "from" or not _ascends(first, second):
        return (_two(ground, first, second), end) if first.unit or opening == "from" else ([], end)
    amount = _to_amount(ground, second, lower=first)
    return ([amount] if amount else []), end


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
        scaled = False
    else:
        scaled = numeral.scale == 0 and other.scale > 2 and low <= high and low < 1000
    if scaled:
        value = float(f"{low!r}e{other.scale}")
        numeral = numeral._replace(value=value, scale=other.scale)
    unit, otherwise = first.unit or second.unit, second.unit or first.unit
    return first._replace(numeral=numeral, unit=unit), second._replace(unit=otherwise)


def _ascends(first: Quantity, second: Quantity) -> bool:
    low, high = first.numeral.value, second.numeral.value
    return low is not None and high is not None and low < high


def _two(ground: Ground, first: Quantity, second: Quantity) -> list[Amount]:
    later = _to_amount(ground, second)
    earlier = _to_amount(ground, first) if first.unit else None
    if earlier is None and later is not None and first.unit is None:
        earlier = replace(
            later, span=Span(first.start, first.end), value=first.numeral.value, approximate=False, bound=None
        )
    return [amount for amount in (earlier, later) if amount is not None]


# ---- 5. kinds


class _Kind(NamedTuple):
    kind: AmountKind
    of: Span | None
    harm: Harm | None = None
    end: int = 0


def _to_amount(ground: Ground, quantity: Quantity, *, lower: Quantity | None = None) -> Amount | None:
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
    text, numeral = ground.text, quantity.numeral
    if not _may_count(ground, quantity, start):
        return None
    single = numeral.value == 1.0
    members = None if single else read_members(text, quantity.end, ground.limit)
    if members is not None:
        return _Kind("count", members.span)
    if quantity.end < ground.limit and text[quantity.end] == "-" and around.end == quantity.end:
        return None
    behind = around.end
    counted = read_single(text, behind, ground.limit) if single else read_counted(text, behind, ground.limit)
    year = is_year(text, quantity.start, quantity.end)
    if year and not _is_count_of_people(ground, quantity, counted):
        return None
    harmed = _harm(ground, quantity, start, counted)
    if harmed is not None:
        return _Kind("casualties", counted.span if counted else None, harmed.harm)
    if single:
        return None
    if counted is not None:
        return _Kind("count", counted.span)
    whole = read_whole(text, behind, ground.limit)
    if whole is not None and text[whole.start : whole.end].rsplit(None, 1)[-1].lower() in TIMES:
        return None
    if whole is not None and not year:
        return _Kind("count", whole)
    return _Kind("count", None) if not year and _stands_alone(ground, quantity, start, around) else None


def _harm(ground: Ground, quantity: Quantity, start: int, counted: Counted | None) -> Harmed | None:
    if not ground.harms:
        return None
    end = counted.span.end if counted else quantity.end
    if counted is None and quantity.numeral.kind == "vague":
        whole = read_whole(ground.text, quantity.end, ground.limit)
        end = whole.end if whole else end
    return read_harm(ground.text, start, quantity.end, end, ground.floor, ground.limit)


def _may_count(ground: Ground, quantity: Quantity, start: int) -> bool:
    """Tell whether nothing around a bare number makes it a name, a date, a score or an address."""
    text, end = ground.text, quantity.end
    if end < ground.limit and (text[end].isalnum() or text[end] in "_°"):
        return False
    if text[start] == "0" and end - start > 1 and text[start + 1].isdigit():
        return False
    if end + 1 < ground.limit and text[end] in "/:" and text[end + 1].isdigit():
        return False
    if quantity.numeral.kind == "digits" and quantity.numeral.value is None and quantity.numeral.bare is None:
        return end - start > 300  # too long for a float, not written amiss
    if is_labelled(text, start, ground.floor):
        return False
    if quantity.numeral.kind == "digits":
        return not is_address(text, end, ground.limit)
    return quantity.numeral.value != 0.0 and not _in_a_name(ground, start)


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
    """Tell whether a number is an amount although no noun follows: "a crowd of 5,000", "at least 30", "12 were held"."""
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


# ---- 7. times and statements


def _is_time(amount: Amount, times: Sequence[Span]) -> bool:
    """Tell whether what looks like a count is (part of) an expression of time."""
    if not times or amount.unit is not None or amount.kind in ("money", "measure"):
        return False
    index = bisect_right(times, (amount.span.end,)) - 1
    return any(times[each].overlaps(amount.span) for each in range(max(0, index - 1), min(index + 1, len(times))))


def _claim(amounts: Sequence[Amount], statements: Iterable[Statement]) -> tuple[Amount, ...]:
    """Return the amounts with the innermost statement that holds each: one sweep over both."""
    pieces = sorted(
        (piece.start, -piece.end, index, statement.id)
        for index, statement in enumerate(statements)
        for piece in statement.content
    )
    open_pieces: list[tuple[int, str]] = []
    claimed, at = [], 0
    for amount in amounts:
        while at < len(pieces) and pieces[at][0] <= amount.span.start:
            open_pieces.append((-pieces[at][1], pieces[at][3]))
            at += 1
        open_pieces = [piece for piece in open_pieces if piece[0] > amount.span.start]
        holder = min(
            (piece for piece in open_pieces if piece[0] >= amount.span.end), default=None, key=lambda piece: piece[0]
        )
        last = next((piece for piece in reversed(open_pieces) if holder and piece[0] == holder[0]), None)
        claimed.append(replace(amount, claimed_in=last[1]) if last else amount)
    return tuple(claimed)
