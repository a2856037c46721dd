"""What is read as an amount, and what is none: people, places and reports here are invented."""

from __future__ import annotations

import pytest

from onrecord.document import Span
from onrecord.reading import Statement
from onrecord.values.amounts import read_amounts


def read(text, *, avoid=(), statements=()):
    return read_amounts(text, [Span(0, len(text))], statements, avoid=avoid)


def values(text):
    return [(amount.span.of(text), amount.value, amount.unit) for amount in read(text)]


@pytest.mark.parametrize(
    ("text", "expression", "value", "unit"),
    [
        ("a loan of 20 billion euros", "20 billion euros", 20e9, "EUR"),
        ("it cost $1.2bn", "$1.2bn", 1.2e9, "USD"),
        ("a grant of Rs 500 crore", "Rs 500 crore", 5e9, "INR"),
        ("US$3m for the quay", "US$3m", 3e6, "USD"),
        ("a fine of £4,500", "£4,500", 4500, "GBP"),
        ("worth EUR 3.5 million", "EUR 3.5 million", 3.5e6, "EUR"),
        ("some ¥100 billion", "¥100 billion", 1e11, "JPY"),
        ("China put up ¥100 billion", "¥100 billion", 1e11, "CNY"),
        ("nearly half a million dollars", "half a million dollars", 5e5, "USD"),
        ("only 5 cents", "5 cents", 0.05, "USD"),
        ("a $1.2 trillion plan", "$1.2 trillion", 1.2e12, "USD"),
        ("C$5 million", "C$5 million", 5e6, "CAD"),
        ("A$40, HK$3 and NZ$2", "A$40", 40, "AUD"),
        ("R$2bn", "R$2bn", 2e9, "BRL"),
        ("Mex$10 million", "Mex$10 million", 1e7, "MXN"),
        ("100m euros", "100m euros", 1e8, "EUR"),
        ("12,34,567.89 rupees", "12,34,567.89 rupees", 1234567.89, "INR"),
        ("10,000 Swiss francs", "10,000 Swiss francs", 10000, "CHF"),
        ("75 USD million", "75 USD million", 75e6, "USD"),
        ("a million and a half dollars", "a million and a half dollars", 1.5e6, "USD"),
        ("$0.00001 to $5 million", "$0.00001 to $5 million", 10, "USD"),
        ("3 dollars 50 cents", "3 dollars 50 cents", 3.5, "USD"),
        ("a million-dollar home", "a million-dollar", 1e6, "USD"),
        ("1.500.000 euros", "1.500.000 euros", 1.5e6, "EUR"),
        ("three-quarters of a million pounds a year", "three-quarters of a million pounds", 750000, "GBP"),
    ],
)
def test_money_has_its_value_in_full_and_its_currency(text, expression, value, unit):
    assert (expression, value, unit) in values(text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Pakistan owes 5 million rupees", "PKR"),
        ("it owes 5 million rupees", "INR"),
        ("ISLAMABAD: it owes Rs5 million", "PKR"),
        ("Nairobi owes Sh340m", "KES"),
        ("it owes GH¢1.5 billion", "GHS"),
        ("it owes Sh340 million", None),
        ("Pakistan and India owe 5 million rupees", "INR"),
        ("400 crowns a year", None),
        ("In Norway it is 400 crowns a year", "NOK"),
        ("In Norway and Sweden it is 400 crowns", None),
        ("a fee of 300 pesos", None),
        ("Mexican police want 300 pesos", "MXN"),
    ],
)
def test_a_currency_that_countries_share_stays_open_unless_the_report_names_one(text, unit):
    (amount,) = read(text)
    assert (amount.kind, amount.unit) == ("money", unit)


@pytest.mark.parametrize(
    ("text", "kind", "unit"),
    [
        ("two million pounds for the school", "money", "GBP"),
        ("He paid 20 pounds", "money", "GBP"),
        ("Britain asks 20 pounds", "money", "GBP"),
        ("a 200-pound man", "measure", "[lb_av]"),
        ("She lost 20 pounds", "measure", "[lb_av]"),
        ("20 pounds of heroin", "measure", "[lb_av]"),
    ],
)
def test_pounds_are_money_or_a_weight_by_what_is_counted(text, kind, unit):
    (amount,) = read(text)
    assert (amount.kind, amount.unit) == (kind, unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("between 3 and 5 million", ("3 and 5 million", 3e6, 5e6, None)),
        ("$3-5 million", ("$3-5 million", 3e6, 5e6, "USD")),
        ("3 to 5 million dollars", ("3 to 5 million dollars", 3e6, 5e6, "USD")),
        ("$8 billion to $12 billion", ("$8 billion to $12 billion", 8e9, 12e9, "USD")),
        ("80-200 ferries", ("80-200", 80, 200, None)),
        ("two or three boats", ("two or three", 2, 3, None)),
        ("ranging from 3 to 5 percent", ("3 to 5 percent", 3, 5, "%")),
        ("35 to 45 feet", ("35 to 45 feet", 35, 45, "[ft_i]")),
        ("$500 to $2 million", ("$500 to $2 million", 500, 2e6, "USD")),
    ],
)
def test_a_range_has_both_numbers(text, expected):
    (amount,) = read(text)
    assert (amount.span.of(text), amount.value, amount.upper, amount.unit) == expected


@pytest.mark.parametrize("text", ["44 to 41 percent", "from 44 percent to 41 percent", "from 44 to 41 percent"])
def test_what_goes_from_one_to_another_is_two_amounts(text):
    assert [(amount.value, amount.upper, amount.unit) for amount in read(text)] == [(44, None, "%"), (41, None, "%")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12.5 percent", 12.5, "%"),
        ("12½%", 12.5, "%"),
        ("twenty per cent", 20, "%"),
        ("Work on the spillway is 64pc complete", 64, "%"),
        ("3 percentage points", 3, "pp"),
        ("half a percentage point", 0.5, "pp"),
        ("25 basis points", 0.25, "pp"),
        ("Ilven leads by 12 points", 12, "pp"),
        ("a 3-point lead", 3, "pp"),
        ("Her negatives outweigh her positives by 24 points, a poll says", 24, "pp"),
        ("Ilven has a net rating of nine points", 9, "pp"),
        ("A third of the voters", 33.3333, "%"),
        ("two-thirds of voters", 66.6667, "%"),
        ("half of them", 50, "%"),
        ("four in 10 voters", 40, "%"),
        ("three out of five", 60, "%"),
    ],
)
def test_shares_are_parts_of_a_hundred_and_their_differences_points(text, value, unit):
    (amount,) = read(text)
    assert (amount.kind, amount.value, amount.unit) == ("percent", value, unit)


def test_points_of_an_index_are_a_count():
    assert [amount.kind for amount in read("The index rose 24.11 points, or 0.1 percent")] == ["count", "percent"]


@pytest.mark.parametrize(
    ("text", "value", "of"),
    [
        ("About 300 people", 300, "people"),
        ("more than 1,000 delegates", 1000, "delegates"),
        ("dozens of protesters", None, "protesters"),
        ("tens of thousands of fishers", None, "fishers"),
        ("several hundred rebel fighters", None, "rebel fighters"),
        ("a crowd of 5,000", 5000, None),
        ("the 28 member states", 28, "member states"),
        ("half a dozen directors", 6, "directors"),
        ("a 12-member panel", 12, "member"),
        ("10 “core pillars” of it", 10, "core pillars"),
        ("nine “random” samples of it", 9, "“random” samples"),
        ("12 armed men in boats", 12, "armed men"),
        ("two of the guns", 2, "guns"),
        ("seven hundred and twelve seats", 712, "seats"),
        ("1.6 billion share votes", 1.6e9, "share votes"),
        ("5m people", 5e6, "people"),
        ("two and a half million voters", 2.5e6, "voters"),
    ],
)
def test_a_count_says_what_is_counted(text, value, of):
    (amount,) = read(text)
    assert (amount.kind, amount.value, amount.of and amount.of.of(text)) == ("count", value, of)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The blast killed 12 people and wounded 30 others.", [(12, "killed"), (30, "wounded")]),
        ("12 were killed", [(12, "killed")]),
        ("at least 30 dead", [(30, "killed")]),
        ("a death toll of 45", [(45, "killed")]),
        ("the death toll has risen to at least 45", [(45, "killed")]),
        ("it left 3 missing", [(3, "missing")]),
        ("One person was killed and three soldiers were wounded", [(1, "killed"), (3, "wounded")]),
        ("They shot dead 14 people", [(14, "killed")]),
        ("dozens injured", [(None, "wounded")]),
        ("6,000 dead and wounded", [(6000, None)]),
        ("killing 15.", [(15, "killed")]),
        ("63 deaths", [(63, "killed")]),
    ],
)
def test_casualties_say_what_befell_them(text, expected):
    amounts = read(text)
    assert {amount.kind for amount in amounts} == {"casualties"}
    assert [(amount.value, amount.harm) for amount in amounts] == expected


def test_those_who_kill_are_counted_and_those_killed_are_casualties():
    text = "12 gunmen killed three soldiers."
    assert [(amount.kind, amount.value) for amount in read(text)] == [("count", 12), ("casualties", 3)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("40 miles apart", 40, "[mi_i]"),
        ("500 km2 of marsh", 500, "km2"),
        ("8,000 square miles", 8000, "[mi_i]2"),
        ("a 45-acre farm", 45, "[acr_us]"),
        ("30 degrees Celsius", 30, "Cel"),
        ("minus 5 degrees Celsius", -5, "Cel"),
        ("90°F", 90, "[degF]"),
        ("5 MW", 5, "MW"),
        ("3 million barrels", 3e6, "[bbl_us]"),
        ("200 tonnes of grain", 200, "t"),
        ("200 tons of grain", 200, None),
        ("5 feet 2 inches", 5 + 2 / 12, "[ft_i]"),
        ("a 6-foot-2 guard", 6 + 2 / 12, "[ft_i]"),
        ("10 1/2 miles of cable", 10.5, "[mi_i]"),
        ("1.8m tall", 1.8, "m"),
        ("188 miles an hour", 188, "[mi_i]/h"),
        ("75ml", 75, "mL"),
    ],
)
def test_measures_have_codes_of_ucum(text, value, unit):
    (amount,) = read(text)
    assert (amount.kind, amount.value, amount.unit) == ("measure", pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("text", "approximate", "bound"),
    [
        ("about 300 people", True, None),
        ("some 300 people", True, None),
        ("300 or so people", True, None),
        ("more than 300 people", False, "more than"),
        ("over 300 people", False, "more than"),
        ("They handed over 300 people", False, None),
        ("They signed over 300 boats", False, None),
        ("~ 300 people", False, None),
        ("~300 people", True, None),
        ("at least an estimated 300 people", True, "at least"),
        ("300-plus people", False, "at least"),
        ("as many as 300 people", False, "at most"),
        ("fewer than 300 people", False, "less than"),
        ("dozens of people", True, None),
        ("300 people", False, None),
        ("a fight over two bills", False, None),
    ],
)
def test_the_words_around_a_number_bound_it(text, approximate, bound):
    (amount,) = read(text)
    assert (amount.approximate, amount.bound) == (approximate, bound)


@pytest.mark.parametrize(
    "text",
    [
        "Article 5 holds.",
        "the No. 10 seat",
        "since 9/11 it has",
        "a 2-1 vote",
        "They voted 54 to 46.",
        "the G20 and an F-16",
        "one of them",
        "a 45-year-old",
        "Mara Ilven, 45, of Belvar",
        "call 555-0199 or 1-800-555-0199",
        "1600 Orrin Avenue",
        "In 2016 voters chose",
        "Chapter 11 and Channel 125",
        "the 20th century and the 1990s",
        "at 4 p.m. and 10:30",
        "the second half of the year",
        "World War Two, Number Two, the Big Four",
        "three times as much, and 10-fold",
        "#2016, @ilven2016",
        "It has been here for more than 20 years.",
        "https://orrin.example/2024/05/12345",
        "2015-16 and 2019-2024",
        "several people and a few of them",
        "Ilven’s “four pillar” principles",
    ],
)
def test_dates_names_scores_and_addresses_are_no_amounts(text):
    assert read(text) == ()


def test_a_number_inside_an_expression_of_time_is_no_count():
    text = "about 300 days, 12 boats"
    assert [amount.value for amount in read(text, avoid=[Span(6, 14)])] == [12]


def statement(name, *content, within=None):
    return Statement(
        id=name,
        form="indirect",
        source=(),
        cue=(),
        content=content,
        cue_class="neutral",
        negated=False,
        modality="said",
        within=within,
        zone="body",
        confidence=1.0,
    )


def test_the_innermost_statement_claims_the_amount():
    text = "Ilven said Brandt told her 12 boats sank and 30 people drowned. 5 boats are left."
    outer, inner = statement("s1", Span(11, 62)), statement("s2", Span(27, 40), within="s1")
    claimed = {amount.value: amount.claimed_in for amount in read(text, statements=[outer, inner])}
    assert claimed == {12: "s2", 30: "s1", 5: None}


def test_amounts_outside_the_paragraphs_are_not_read():
    text = "Paid 5 euros.\n\nPaid 6 euros."
    assert [amount.value for amount in read_amounts(text, [Span(15, len(text))])] == [6]
