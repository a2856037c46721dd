from __future__ import annotations

from itertools import product

import pytest

from onrecord.document import Span
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.values.timegrammar import EXPRESSION, NEEDED
from onrecord.values.times import read_times
from onrecord.values.timetokens import may_tell
from onrecord.values.timewords import LEXICON

FRIDAY = "2024-05-03"


def read(text, published=FRIDAY):
    return read_times(text, find_paragraphs(text), published)


def found(text, published=FRIDAY):
    """Return the words and the value of each expression."""
    return [(time.span.of(text), time.value) for time in read(text, published)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The council met on Thursday.", "Thursday", "2024-05-02"),
        ("The mayor said Friday that it rained.", "Friday", "2024-05-03"),
        ("The council will meet on Monday.", "Monday", "2024-05-06"),
        ("The council is scheduled to meet Friday.", "Friday", "2024-05-03"),
        ("On Tuesday, the council will vote.", "Tuesday", "2024-05-07"),
        ("He said on Tuesday that it will rain.", "Tuesday", "2024-04-30"),
        ("It rained last Wednesday.", "last Wednesday", "2024-04-24"),
        ("They talk next Tuesday.", "next Tuesday", "2024-05-07"),
        ("They met this past Monday.", "this past Monday", "2024-04-29"),
        ("It opens this coming Monday.", "this coming Monday", "2024-05-06"),
        ("It burned Monday night.", "Monday night", "2024-04-29TNI"),
        ("He left on Wednesday of last week.", "Wednesday of last week", "2024-04-24"),
        ("It rained yesterday morning.", "yesterday morning", "2024-05-02TMO"),
        ("The vote is tonight.", "tonight", "2024-05-03TNI"),
        ("It rained last night.", "last night", "2024-05-02TNI"),
        ("It rained over the weekend.", "the weekend", "2024-W17-WE"),
        ("The first ballots will be counted Monday in three villages.", "Monday", "2024-05-06"),
        ("The report is to be delivered Wednesday in Belvar.", "Wednesday", "2024-05-08"),
        ("She had to be rescued Wednesday in Belvar.", "Wednesday", "2024-05-01"),
        ("The row that shook Belvar set the council abuzz on Wednesday.", "Wednesday", "2024-05-01"),
        ("The row could have an end on Monday.", "Monday", "2024-05-06"),
        ("She could have voted on Wednesday.", "Wednesday", "2024-05-01"),
        ("The mayor could not be reached for comment on Wednesday.", "Wednesday", "2024-05-01"),
        ("It will give her the push needed for a good day Monday.", "Monday", "2024-05-06"),
        ("She flew to Ostrel ahead of the island's vote on Sunday.", "Sunday", "2024-05-05"),
        ("Ilven asked the council for an answer by Monday.", "Monday", "2024-05-06"),
        ("The water had fallen by Monday.", "Monday", "2024-04-29"),
        ("Ilven announced plans Wednesday for a tunnel.", "Wednesday", "2024-05-01"),
        ("Ilven lost most. On Wednesday it rained.", "Wednesday", "2024-05-01"),
    ],
)
def test_days_near_publication_go_by_tense_and_distance(text, words, value):
    assert found(text) == [(words, value)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It opened on May 2, 2016.", "May 2, 2016", "2016-05-02"),
        ("It opened on May 2,2016.", "May 2,2016", "2016-05-02"),
        ("It opened on 2 May 2016.", "2 May 2016", "2016-05-02"),
        ("It opened on Sept. 2.", "Sept. 2", "2023-09-02"),
        ("It will open on Sept. 2.", "Sept. 2", "2024-09-02"),
        ("Before the Nov. 5 election he stayed.", "Nov. 5", "2024-11-05"),
        ("It opened in January.", "January", "2024-01"),
        ("It will open in January.", "January", "2025-01"),
        ("It closed last May.", "last May", "2023-05"),
        ("It closed in March 2011.", "March 2011", "2011-03"),
        ("It was built in 1911.", "1911", "1911"),
        ("The songs of the 1990s were long.", "the 1990s", "199"),
        ("The songs of the '60s were long.", "the '60s", "196"),
        ("A quay of the 19th century fell.", "the 19th century", "18"),
        ("It rained in the summer of 2015.", "the summer of 2015", "2015-SU"),
        ("It rained last spring.", "last spring", "2023-SP"),
        ("Profits fell in the second quarter of 2016.", "the second quarter of 2016", "2016-Q2"),
        ("First-quarter earnings fell.", "First-quarter", "2024-Q1"),
        ("It fell in the first half of 2015.", "the first half of 2015", "2015-H1"),
        ("It fell in fiscal 2016.", "fiscal 2016", "FY2016"),
        ("It rained in the first week of May 2016.", "the first week of May 2016", "2016-W18"),
        ("They met 2016-05-02 in Belvar.", "2016-05-02", "2016-05-02"),
        ("FILE - In this March 29, 2018, file photo, a quay.", "March 29, 2018", "2018-03-29"),
        ("A fall could cost votes in November.", "November", "2024-11"),
        ("She spoke of the Sept. 11 attacks.", "Sept. 11", "2001-09-11"),
        ("That would lead to a contested convention in July.", "July", "2024-07"),
        ("They met on 13/05/2016 in Belvar.", "13/05/2016", "2016-05-13"),
        ("They met on 2.5.2016 in Belvar.", "2.5.2016", "2016-05-02"),
    ],
)
def test_dates_of_the_calendar(text, words, value):
    assert found(text) == [(words, value)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It rained May 2-4.", "May 2-4", "2024-05-02/2024-05-04"),
        ("It ran from 2014 to 2016.", "2014 to 2016", "2014/2016"),
        ("It ran between 2010 and 2014.", "2010 and 2014", "2010/2014"),
        ("The season of 2015-16 was wet.", "2015-16", "2015/2016"),
        ("It ran from May 30 to June 2, 2016.", "May 30 to June 2, 2016", "2016-05-30/2016-06-02"),
        ("It ran from November to March.", "November to March", "2023-11/2024-03"),
        ("It ran from Monday to Wednesday.", "Monday to Wednesday", "2024-04-29/2024-05-01"),
        ("It is open from 9 a.m. to 5 p.m. daily", "9 a.m. to 5 p.m.", "2024-05-03T09:00/2024-05-03T17:00"),
    ],
)
def test_ranges_are_one_expression(text, words, value):
    assert (words, value) in found(text)


@pytest.mark.parametrize(
    ("text", "words", "value", "kind"),
    [
        ("He ruled for three years.", "three years", "P3Y", "duration"),
        ("A two-day strike began.", "two-day", "P2D", "duration"),
        ("It took half an hour.", "half an hour", "PT30M", "duration"),
        ("It took a year and a half.", "a year and a half", "P18M", "duration"),
        ("It took a few weeks.", "a few weeks", "PXW", "duration"),
        ("It rained for the past three days.", "the past three days", "P3D", "duration"),
        ("It will rain over the next week.", "the next week", "P1W", "duration"),
        ("A decade passed.", "A decade", "P10Y", "duration"),
        ("It took 2.5 decades.", "2.5 decades", "P25Y", "duration"),
        ("It took half a fortnight.", "half a fortnight", "P1W", "duration"),
        ("It took 1,5 years.", "1,5 years", "P1.5Y", "duration"),
        ("It took 1,500 days.", "1,500 days", "P1500D", "duration"),
        ("It rains every Monday.", "every Monday", "XXXX-WXX-1", "set"),
        ("They meet twice a week.", "twice a week", "P1W", "set"),
        ("They meet every two years.", "every two years", "P2Y", "set"),
        ("It costs $400 a month.", "a month", "P1M", "set"),
        ("They meet every Monday at 9 a.m.", "every Monday at 9 a.m.", "XXXX-WXX-1T09:00", "set"),
        ("Mondays are slow.", "Mondays", "XXXX-WXX-1", "set"),
        ("A daily ferry runs.", "daily", "P1D", "set"),
        ("It would run for 16 more years.", "16 more years", "P16Y", "duration"),
        ("It took three additional weeks.", "three additional weeks", "P3W", "duration"),
    ],
)
def test_durations_and_what_returns(text, words, value, kind):
    assert [(time.span.of(text), time.value, time.type) for time in read(text)] == [(words, value, kind)]


@pytest.mark.parametrize(
    ("text", "words", "value", "modifier"),
    [
        ("It closed in late February.", "late February", "2024-02", "end"),
        ("It closed earlier this month.", "earlier this month", "2024-05", "start"),
        ("It closes later this year.", "later this year", "2024", "end"),
        ("It closed early in the year.", "early in the year", "2024", "start"),
        ("It closed in mid-2015.", "mid-2015", "2015", "mid"),
        ("It closes at the end of the year.", "the end of the year", "2024", "end"),
        ("It took about three years.", "about three years", "P3Y", "approx"),
        ("It took more than two years.", "more than two years", "P2Y", "more"),
        ("It took less than a month.", "less than a month", "P1M", "less"),
    ],
)
def test_modifiers_stand_in_the_span(text, words, value, modifier):
    assert [(time.span.of(text), time.value, time.modifier) for time in read(text)] == [(words, value, modifier)]


def test_so_many_hours_a_day_is_a_length_and_what_returns():
    text = "They worked 12 hours a day."
    assert [(time.span.of(text), time.value, time.type) for time in read(text)] == [
        ("12 hours", "PT12H", "duration"),
        ("a day", "P1D", "set"),
    ]


def test_a_row_about_this_years_vote_is_no_estimate():
    text = "They split about this year's vote."
    assert [(time.span.of(text), time.value, time.modifier) for time in read(text)] == [("this year", "2024", None)]


@pytest.mark.parametrize(
    ("published", "text", "value"),
    [
        ("2024-05-05", "Ilven told the Belvar Echo last week that it rained.", "2024-W18"),
        ("2024-05-05", "The two are set to meet this week.", "2024-W19"),
        ("2024-05-05", "The two met this week.", "2024-W18"),
        ("2024-05-06", "Ilven told the Belvar Echo last week that it rained.", "2024-W18"),
        ("2024-05-07", "Ilven left the summit in Ostrel this weekend.", "2024-W18-WE"),
        ("2024-05-07", "Ilven will leave for Ostrel this weekend.", "2024-W19-WE"),
    ],
)
def test_a_sundays_last_week_ends_that_day(published, text, value):
    assert [time for _, time in found(text, published)] == [value]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It closed a year ago.", "a year ago", "2023"),
        ("It closed two weeks ago.", "two weeks ago", "2024-W16"),
        ("It closed three days ago.", "three days ago", "2024-04-30"),
        ("It closed a couple of months ago.", "a couple of months ago", "2024-03"),
        ("It opens two years from now.", "two years from now", "2026"),
        ("It closed years ago.", "years ago", None),
    ],
)
def test_so_long_ago_is_as_precise_as_its_unit(text, words, value):
    assert found(text) == [(words, value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It flooded on June 5, 2011. The following day it burned.", "2011-06-06"),
        ("It flooded on June 5, 2011. Two days later it burned.", "2011-06-07"),
        ("It flooded on June 5, 2011. It burned that night.", "2011-06-05TNI"),
        ("It flooded on June 5, 2011. It burned the same day.", "2011-06-05"),
        ("It flooded in 2011. It burned the following year.", "2012"),
        ("It flooded in 2011. It burned later that year.", "2011"),
        ("It flooded in 2011. Four years later it burned.", "2015"),
        ("It flooded in 1992. It burned in early June of that year.", "1992"),
        ("It flooded in January 2018. A day later it burned.", None),
        ("It flooded in January 2018. The following day it burned.", None),
    ],
)
def test_what_is_told_from_another_date_goes_by_the_last_one(text, value):
    assert found(text)[-1][1] == value


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("He spoke at 2:30 p.m. ET on Thursday.", "2:30 p.m. ET on Thursday", "2024-05-02T14:30"),
        ("He spoke Thursday at 9 a.m. in Belvar.", "Thursday at 9 a.m.", "2024-05-02T09:00"),
        ("He spoke at noon Thursday.", "noon Thursday", "2024-05-02T12:00"),
        ("He spoke at 12 a.m. on May 2, 2024.", "12 a.m. on May 2, 2024", "2024-05-02T00:00"),
        ("He spoke at 10.30am on Thursday.", "10.30am on Thursday", "2024-05-02T10:30"),
        ("He spoke at 21:15 GMT.", "21:15 GMT", "2024-05-03T21:15"),
        ("He spoke at 9 o'clock.", "9 o'clock", None),
    ],
)
def test_times_of_the_day_belong_to_their_day(text, words, value):
    assert found(text) == [(words, value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met on Easter 2016.", "2016-03-27"),
        ("They met on Thanksgiving.", "2023-11-23"),
        ("They will meet on Christmas Eve.", "2024-12-24"),
        ("Last Christmas it snowed.", "2023-12-25"),
        ("It began before Ramadan 2016.", "2016-06-07"),
        ("Shops closed on Yom Kippur 2016.", "2016-10-12"),
        ("The vote is on Election Day 2024.", "2024-11-05"),
        ("They met the day after Thanksgiving 2016.", "2016-11-25"),
        ("Since 9/11 the quay is closed.", "2001-09-11"),
    ],
)
def test_holidays(text, value):
    assert [time for _, time in found(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "It may rain.",
        "Mrs May left, and May smiled.",
        "They March for Life, and the March goes on.",
        "The Sun and the Daily Vel report it.",
        "He came second in the second race.",
        "The bridge has 1,984 rivets and 2016 people.",
        "Call 555 2016 1999 now.",
        "She lives at 2012 Harbour Street.",
        "A 45-year-old man who is 19 years old.",
        "He paid $2016 for it.",
        "April Ryan asked.",
        "Board member Jun-Jun Quy, Kim Jun-ho and Jan-Willem Held left, and June-Ann stayed.",
        "See https://belvarecho.example/2016/05/02/bridge for it.",
        "They won 4-2 and 3:1.",
        "One day he will return.",
        "I am here.",
        "It was a brisk May day.",
        "It was the last week of the race.",
        "Ilven has since dropped out of the race.",
        "The levy had “long since ceased to do what it was meant to do”.",
        "Since the pier has long been closed, nobody was hurt.",
        "Ilven said so on “This Week.”",
        "Ilven said so on ''Belvar Sunday.''",
        'Ilven told "Vel This Morning" so.',
    ],
)
def test_these_are_no_times(text):
    assert found(text) == []


def test_without_a_publication_date_weekdays_stay_relative_and_say_so():
    times = read("On Thursday he said that it opened on May 2, 2016, and last week, and on June 5.", None)
    assert [(time.value, time.open) for time in times] == [
        (None, "no publication date"),
        ("2016-05-02", None),
        (None, "no publication date"),
        (None, "no publication date"),
    ]


def test_an_event_is_no_date_of_the_calendar():
    text = "Since the war began, prices rose."
    (time,) = read(text)
    assert (time.span.of(text), time.value, time.open) == ("Since the war began", None, "event")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Prices since the war began will not fall.", "since the war began"),
        ("He kept silent since he announced it but declined to say so.", "since he announced it"),
        ("He kept silent since he announced it and suggested more.", "since he announced it"),
    ],
)
def test_the_clause_of_since_ends_where_another_begins(text, words):
    assert [(time.span.of(text), time.open) for time in read(text)] == [(words, "event")]


@pytest.mark.parametrize(
    "text", ["It was due on February 30, 2024.", "It was 9,999 years ago.", "It was due 2024-05-02 25:61."]
)
def test_what_no_calendar_has_is_beyond_it(text):
    (time,) = read(text)
    assert (time.value, time.open) == (None, "beyond the calendar")


def test_only_what_was_reckoned_is_anchored():
    anchored = {time.value: time.anchored for time in read("It was May 2, 2016, then Thursday, then three days.")}
    assert anchored == {"2016-05-02": False, "2024-05-02": True, "P3D": False}


def test_paragraphs_that_are_not_read_have_no_times():
    assert read_times("On Thursday.\n\nOn Friday.", [Span(14, 24)], FRIDAY)[0].span == Span(17, 23)


def test_every_expression_has_a_letter_for_which_its_paragraph_is_looked_at():
    letters = {letter for letter, _ in LEXICON.values()} | set("_DOχZ")
    without = map("".join, product(sorted(letters - NEEDED), repeat=3))
    assert EXPRESSION.search("_".join(without)) is None


@pytest.mark.parametrize(
    "told", ["noon", "ten o’clock", "Halloween", "New Year’s Eve", "SINCE they met", "’98", "9 P.M."]
)
def test_a_paragraph_with_a_word_or_figure_of_a_time_is_looked_at(told):
    text = f"Ilven stayed. {told}."
    assert may_tell(text, Span(14, len(text)))
    assert not may_tell(text, Span(0, 13))
