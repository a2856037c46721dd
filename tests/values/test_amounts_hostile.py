"""Amounts in any text: a value with its span, or none; quickly, and in time that grows with the text (NO1, NO2)."""

from __future__ import annotations

import math
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clock import grows_at_most, takes_at_most
from onrecord.document import Span
from onrecord.values import amounts, bounds, casualties, counts, kinds, measures, money, numerals, pairs, quantities
from onrecord.values.amounts import read_amounts

# Parts of amounts, whole and broken, digits of other scripts, numbers that no float holds.
PIECES = (
    *("$", "US$", "£", "€", "Rs ", "¥", "5", "1,000", "1,00,000", "3.5", ".5", "½", "12½", "007", "2016", "1e309", "0"),
    *("9" * 400, "9" * 5000, "1," * 50, "0." + "3" * 400, "٣٤", "１２３", "۱۲", "²", "Ⅷ", "一"),
    *(" million", " bn", "bn", "m", " crore", " hundred", " thousand", "k", " dozen", " of ", "-", "–", " to "),
    *("two", "a third", "half", "tens of thousands", "dozens", "a few", "twenty-five", "between ", "from ", " or "),
    *(" percent", "%", " points", " people", " dead", "killed ", " were wounded", " pounds", " degrees", " feet"),
    *(" crowns", " dollars", " cents", " in 10", "about ", "at least ", "more than ", "No. ", "Article ", "\n"),
    *("\u202e", "\u200f", "\0", "'", "“", "”", "(", ")", "/", ":", "#", "@", "İ", "ß", "é", "👩‍👩‍👧", "\U0010ffff"),
    *("\u00a0", " tons", " and "),
)
anything = st.text(st.characters(exclude_categories=("Cs",)), max_size=4)
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(PIECES), anything), max_size=10).map("".join)


@pytest.mark.timed
@settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(texts, min_size=10, max_size=10))
def test_any_text_gives_amounts_with_their_spans_and_no_error(several):  # 20,000 texts
    for text in several:
        began = time.process_time()
        found = read_amounts(text, [Span(0, len(text))])
        if time.process_time() - began > 0.05:  # a garbage collection of the whole test run takes longer: again, then
            assert takes_at_most(0.05, lambda: read_amounts(text, [Span(0, len(text))]))  # noqa: B023 - called at once
        at = 0
        for amount in found:
            assert at <= amount.span.start < amount.span.end <= len(text)
            at = amount.span.end
            for value in (amount.value, amount.upper):
                assert value is None or math.isfinite(value)
            assert amount.of is None or 0 <= amount.of.start < amount.of.end <= len(text)


@pytest.mark.parametrize("digits", ["9" * 5_000, "9" * 100_000, "0." + "1" * 5_000])
def test_a_number_that_no_float_holds_keeps_its_span_and_has_no_value(digits):
    for text in (f"${digits}", f"{digits} people"):
        (amount,) = read_amounts(text, [Span(0, len(text))])
        assert amount.value is None
        assert digits in text[amount.span.start : amount.span.end]


@pytest.mark.parametrize(("text", "value"), [("٣٤ people", 34), ("１２３ people", 123), ("$۱۲", 12)])
def test_digits_of_every_script_are_digits(text, value):
    assert [amount.value for amount in read_amounts(text, [Span(0, len(text))])] == [value]


LONG = (
    *("1", "1,", "1.", "1 ", "$", "$1 ", "one ", "one-", "hundred ", "two and ", "half a ", "a ", "between 1 and "),
    *("5-", "5 to 5 ", "1/", "3 people of ", "12 x y z ", "at least ", "$1-$2-", "million ", "1 of the of the "),
    *("dozens of ", "tens of ", "½", "Rs. 5 ", "US$1", "٣", "12 Aaaa ", "100 Aa Bb ", "killed 12 ", "5 pounds "),
    *("12 were killed and ", "5 points ", "5 degrees ", "4 in 10 ", "5 crowns ", "-", " ", "\u00a0", "x", "'"),
    *("9,99,", "12-member ", "5 feet 5 "),
)


@pytest.mark.timed
@pytest.mark.parametrize("piece", LONG)
def test_time_grows_with_the_text_and_no_faster(piece):
    def reading(size):
        text = (piece * (size // len(piece) + 1))[:size]
        return lambda: read_amounts(text, [Span(0, len(text))])

    assert takes_at_most(0.5, reading(10_000))
    assert grows_at_most(2.5, reading(5_000), reading(10_000), noise=0.02)


PATTERNS = {
    f"{module.__name__.rsplit('.', 1)[-1]}.{name}": pattern
    for module in (amounts, bounds, casualties, counts, kinds, measures, money, numerals, pairs, quantities)
    for name, pattern in vars(module).items()
    if isinstance(pattern, re.Pattern)
}


HARD = ("1,", "one-", "a ", "killed 12 ", "at least an ", " ")


@pytest.mark.timed
@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_each_pattern_takes_at_most_a_second_for_a_hundred_thousand_characters(name):
    for piece in HARD:
        text = (piece * (100_000 // len(piece) + 1))[:100_000]
        assert takes_at_most(1, lambda: (PATTERNS[name].search(text), PATTERNS[name].match(text))), piece  # noqa: B023 - called at once
