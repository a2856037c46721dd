"""A number in the headline that the story gives differently.

A number of the headline that the story has nowhere, neither in figures nor in words, is compared with the story's
numbers of the same thing: the same currency or sign, the same noun counted, the same length of time, or the same word
beside it ("9 facilities", "Motel 6").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from onrecord.checks.report import Inside, Report, near
from onrecord.checks.words import Words, telling
from onrecord.document import Span
from onrecord.reading import Amount, Check, Time
from onrecord.wordlists import word_set

_DURATION: Final = re.compile(r"P(?:T)?(\d{1,9}(?:\.\d{1,4})?)([YMWDHS])")
_FIGURES: Final = re.compile(r"(?<![\w.,/:-])(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,6})?(?![\d/:]|[.,]\d)")
_PAIR: Final = re.compile(r"(?P<first>\d{1,3})[-–](?P<second>\d{1,3})(?![\w/:-])")
"""A score or a count of votes: "3-2"."""
_ORDINAL: Final = re.compile(r"\d(?:st|nd|rd|th)\b")
_BEHIND: Final = re.compile(r"(?:-| )(?P<word>[^\W\d_]{2,24})")
_BEFORE: Final = re.compile(r"\b(?P<word>[^\W\d_]{3,24}|No\.) \Z")
_AGE_BEHIND: Final = re.compile(
    r"(?:-| )(?:years?(?:-| )old|and (?:older|over|up|under|younger)|or (?:older|over|younger))\b"
)
_AGE_BEFORE: Final = re.compile(r"\b(?:(?:dead|dies|died) at|(?i:aged?|he was|she was)|at age) \Z")
_DAY_OF: Final = re.compile(
    r"\b(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:[a-z]{1,6}|t?\.)? (?P<day>\d{1,2})(?![\d,]*\d)"
)
_FROM_ONE: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
_IN_WORDS: Final = {word: float(value) for value, word in enumerate(_FROM_ONE.split(), start=1)}
# "13 dead including gunman": the headline says itself that it adds up.
_ADDS: Final = re.compile(r"[^.;:]{0,30}?\b(?:including|counting|plus|among them)\b", re.IGNORECASE)
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
MOST_OTHERS: Final = 3
"""Places of the story that a check names."""
MOST_COMPARED: Final = 300
"""Numbers of the story whose neighbourhood is read: a report has 20, a table of results thousands."""
AROUND: Final = 90
"""Characters on each side of a number that say what it is about."""
STEM: Final = 5
"""Letters by which "deported" and "deportations" are one word."""
FEWEST_SHARED: Final = 3
SHARED: Final = 0.5
"""The share of the headline's telling words that must stand there too, and the least number of them."""
THOUSAND: Final = 1_000
"""From here on numbers are written with words of their own, such as million."""
_NOT_COUNTED: Final = word_set(
    """the of in on at to a an is are was were by for from with that this than about over under only nearly least most
    up all more some just almost into who and their his her its our your not has have had be been will would other
    percent per million billion trillion thousand hundred am pm or but as after before years year days st th nd rd
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sept sep oct nov dec"""
)
"""Words beside a number that do not say what is counted, or stand beside too many."""


class _Number(NamedTuple):
    """A number with what it counts."""

    value: float
    upper: float
    unit: str
    """What makes two numbers comparable: a currency, a sign, a noun, a length of time, a word beside it."""
    span: Span


class _Told:
    """The numbers of a story, by what they count."""

    def __init__(self, report: Report) -> None:
        self.numbers = list(_numbers(report, report.below))
        self.by_unit: defaultdict[str, list[_Number]] = defaultdict(list)
        for number in self.numbers:
            self.by_unit[number.unit].append(number)
        self._values = {number.value for number in self.numbers if not number.unit.startswith("day of ")}
        self._values |= {value for word, value in _IN_WORDS.items() if word in report.body}

    def knows(self, number: _Number) -> bool:
        """Tell whether the story has a number too: as it is, rounded of the same thing, or inside a range."""
        same = self.by_unit.get(number.unit, ())
        if number.unit.startswith("day of "):
            return any(each.value == number.value for each in same)
        rounded = _place(number.value)
        return number.value in self._values or any(
            abs(each.value - number.value) < rounded or each.value <= number.value <= each.upper for each in same
        )


def check_figures(report: Report) -> Iterator[Check]:
    """Yield the numbers of headlines that the story has nowhere, while it has another of the same thing."""
    for span, same in _compared(report).items():
        others = sorted({number.span for number in same})[:MOST_OTHERS]
        yield Check(
            kind="number-differs",
            severity="warning",
            span=span,
            message=f"The story never says “{span.of(report.text)}” of this; it has “{others[0].of(report.text)}”.",
            evidence=tuple(others),
            unknown="Whether the headline adds up or reckons what the story gives in parts.",
        )


def _compared(report: Report) -> dict[Span, list[_Number]]:
    """Return the differing numbers of headlines, each with the story's numbers of the same thing."""
    above = [number for number in _numbers(report, report.headlines) if not _is_year(number.value)]
    if not above:
        return {}
    told = _Told(report)
    unknown = [number for number in above if not told.knows(number)]
    # "$20 trillion" is known, if the 20 in it is not.
    settled = [number.span for number in above if told.knows(number)]
    found: dict[Span, list[_Number]] = {}
    for number in unknown:
        if not any(span.overlaps(number.span) for span in (*settled, *found)):
            same = told.by_unit.get(number.unit) or _in_same_words(report, number, told.numbers[:MOST_COMPARED])
            found |= {number.span: same} if same and not _adds_up(report.text, number, same) else {}
    return found


def _adds_up(text: str, number: _Number, told: Sequence[_Number]) -> bool:
    """Tell whether a headline says that its number takes in some whom the story counts apart."""
    fewer = any(number.value / 2 <= each.value < number.value for each in told)
    return fewer and _ADDS.match(text, number.span.end) is not None


def _in_same_words(report: Report, number: _Number, told: Sequence[_Number]) -> list[_Number]:
    """Return the bare numbers of the story in whose neighbourhood a headline's words stand again."""
    headline = next((each for each in report.headlines if each.contains(number.span)), None)
    if headline is None or not _is_bare(number):
        return []
    wanted = _stems(report, headline)
    least = max(FEWEST_SHARED, len(wanted) * SHARED)
    like = _likeness(report.text, number.span)
    near = (
        each
        for each in told
        if _is_bare(each) and not _is_year(each.value) and _likeness(report.text, each.span) == like
    )
    return [each for each in near if len(wanted & _stems(report, _around(report, each.span))) >= least]


def _around(report: Report, place: Span) -> Span:
    """Return the neighbourhood of a number, within its part of the story."""
    part = report.in_story.around(place) or place
    return Span(max(part.start, place.start - AROUND), min(part.end, place.end + AROUND))


def _is_bare(number: _Number) -> bool:
    """Tell whether a number has no unit but a noun or the words beside it."""
    return number.unit.startswith(("of ", "alone ", "so many ", "number "))


def _likeness(text: str, at: Span) -> str:
    """Return what a bare number must share with another to be compared with it by the words around alone.

    The goals of "Rovers 3-2 Athletic" are no other number of a match, and not those of the match before; the votes
    of one board add up to the same. The "94th" minute counts nothing.
    """
    pair = _PAIR.match(text, at.start)
    if pair is not None:
        return f"two that make {int(pair['first']) + int(pair['second'])}"
    return "a place in a row" if _ORDINAL.match(text, at.end - 1) else "a number"


def _stems(report: Report, span: Span) -> set[str]:
    """Return the first letters of the telling words of a span."""
    return {word[:STEM] for word in telling(Words.of(report.text, [span]).plain)}


def _is_year(value: float) -> bool:
    return FIRST_YEAR <= value <= LAST_YEAR and value.is_integer()


def _place(value: float) -> float:
    """Return what the last digit of a number that is not 0 counts, within which headlines round.

    >>> _place(300), _place(59), _place(1.2)
    (100.0, 1.0, 0.1)
    """
    mantissa, exponent = f"{value:.14e}".split("e")
    return 10.0 ** (int(exponent) - len(mantissa.rstrip("0").partition(".")[2]))


# ---- the numbers of some spans -----------------------------------------------------------------------------


def _numbers(report: Report, spans: Sequence[Span]) -> Iterator[_Number]:
    """Yield the numbers of some spans: amounts, lengths of time, days of months, figures by the word beside them."""
    kept = Inside(spans)
    other: list[Span] = []
    for amount in report.amounts:
        if amount.value is not None and amount.span in kept:
            for unit in sorted({_unit(report.text, amount), *_beside(report.text, amount.span)}):
                yield _Number(amount.value, amount.upper or amount.value, unit, amount.span)
            # The 20 of "$20 trillion" is no number by itself.
            other += [amount.span] if abs(amount.value) >= THOUSAND else []
    for time in report.times:
        if time.span in kept:
            yield from _durations(time)
            other += [time.span] if time.type in {"date", "time"} and time.value is not None else []
    other.sort()
    for span in spans:
        for found in _DAY_OF.finditer(report.text, *span):
            day = float(found["day"])
            yield _Number(day, day, f"day of {found['month']}", Span(*found.span()))
        for found in _FIGURES.finditer(report.text, *span):
            at = Span(*found.span())
            if not any(each.overlaps(at) for each in near(other, at)):
                yield from _figures(report.text, at)


def _unit(text: str, amount: Amount) -> str:
    if amount.harm is not None:
        return amount.harm
    if amount.unit is not None:
        return amount.unit
    counted = Words.of(text, [amount.of]).plain if amount.of is not None else ()
    return f"of {counted[-1].removesuffix('s')}" if counted else f"alone {amount.span.start}"


def _durations(time: Time) -> Iterator[_Number]:
    found = _DURATION.fullmatch(time.value or "") if time.type == "duration" else None
    if found is not None:
        yield _Number(float(found[1]), float(found[1]), f"time {found[2]}", time.span)


def _figures(text: str, at: Span) -> Iterator[_Number]:
    """Yield a number in figures, once for each thing that it may be compared by."""
    value = float(at.of(text).replace(",", ""))
    for unit in (*_beside(text, at), f"alone {at.start}"):
        yield _Number(value, value, unit, at)


def _beside(text: str, at: Span) -> Iterator[str]:
    """Yield what the words beside a number say that it is: an age, so many of the word behind, the word before."""
    start = max(0, at.start - 26)
    if _AGE_BEFORE.search(text, start, at.start) or _AGE_BEHIND.match(text, at.end):
        yield "age"
    for where, found in (("so many", _BEHIND.match(text, at.end)), ("number", _BEFORE.search(text, start, at.start))):
        word = found["word"].lower().removesuffix("s") if found else ""
        if word and word not in _NOT_COUNTED:
            yield f"{where} {word}"
