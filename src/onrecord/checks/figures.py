"""A number in the headline that the story gives differently.

A number of the headline that the story has nowhere, neither in figures nor in words, is compared with the story's
numbers of the same thing: the same currency or sign, the same noun counted, the same length of time, or the same word
beside it ("9 facilities", "Motel 6").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from onrecord.checks.report import Inside, Report, near
from onrecord.checks.words import Words, telling
from onrecord.document import Span
from onrecord.reading import Amount, Check, Time
from onrecord.wordlists import word_set

_DURATION: Final = re.compile(r"P(?:T)?(\d{1,9}(?:\.\d{1,4})?)([YMWDHS])")
_FIGURES: Final = re.compile(r"(?<![\w.,/:-])(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,6})?(?![\d/:]|[.,]\d)")
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


def check_figures(report: Report) -> Iterator[Check]:
    """Yield the numbers of headlines that the story has nowhere, while it has another of the same thing."""
    for span, same in _compared(report).items():
        yield Check(
            kind="number-differs",
            severity="warning",
            span=span,
            message=f"The story never says “{span.of(report.text)}” of this; it has “{same[0].span.of(report.text)}”.",
            evidence=tuple(number.span for number in same[:3]),
            unknown="Whether the headline adds up or reckons what the story gives in parts.",
        )


def _compared(report: Report) -> dict[Span, list[_Number]]:
    """Return the differing numbers of headlines, each with the story's numbers of the same thing."""
    above = [number for number in _numbers(report, report.headlines) if not _is_year(number.value)]
    if not above:
        return {}
    told = list(_numbers(report, report.below))
    known = {number.value for number in told if not number.unit.startswith("day of ")} | {
        value for word, value in _IN_WORDS.items() if word in report.body
    }
    ranges = [number for number in told if number.upper > number.value]
    knows = [_is_known(number, told, ranges, known) for number in above]
    unknown = [number for number, is_known in zip(above, knows, strict=True) if not is_known]
    # "$20 trillion" is known, if the 20 in it is not.
    known_spans = [number.span for number, is_known in zip(above, knows, strict=True) if is_known]
    found: dict[Span, list[_Number]] = {}
    for number in unknown:
        same = [each for each in told if each.unit == number.unit] or _in_same_words(report, number, told)
        if same and not any(span.overlaps(number.span) for span in (*known_spans, *found)):
            found[number.span] = same
    return found


def _in_same_words(report: Report, number: _Number, told: Sequence[_Number]) -> list[_Number]:
    """Return the bare numbers of the story in whose neighbourhood a headline's words stand again."""
    headline = next((each for each in report.headlines if each.contains(number.span)), None)
    if headline is None or not _is_bare(number):
        return []
    wanted = _stems(report, headline)
    least = max(FEWEST_SHARED, len(wanted) * SHARED)
    return [
        each
        for each in told
        if _is_bare(each)
        and not _is_year(each.value)
        and len(wanted & _stems(report, Span(max(0, each.span.start - AROUND), each.span.end + AROUND))) >= least
    ]


def _is_bare(number: _Number) -> bool:
    """Tell whether a number has no unit but a noun or the words beside it."""
    return number.unit.startswith(("of ", "alone ", "so many ", "number "))


def _stems(report: Report, span: Span) -> set[str]:
    """Return the first letters of the telling words of a span."""
    return {word[:STEM] for word in telling(Words.of(report.text, [span]).plain)}


def _is_year(value: float) -> bool:
    return 1900 <= value <= 2100 and value.is_integer()


def _is_known(number: _Number, told: Sequence[_Number], ranges: Sequence[_Number], known: set[float]) -> bool:
    """Tell whether the story has a number: as it is, rounded of the same thing, or inside a range."""
    if number.unit.startswith("day of "):
        return any(each.unit == number.unit and each.value == number.value for each in told)
    near = _place(number.value)
    return (
        number.value in known
        or any(each.unit == number.unit and abs(each.value - number.value) < near for each in told)
        or any(each.unit == number.unit and each.value <= number.value <= each.upper for each in ranges)
    )


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
