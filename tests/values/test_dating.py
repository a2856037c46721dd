from __future__ import annotations

import pytest

from onrecord.document import Span
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.reading import Statement
from onrecord.values.dating import as_iso, date_statements, when_of
from onrecord.values.times import read_times

FRIDAY = "2024-05-03"


def span(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def statement_of(text, *, cue, content, source=()):
    return Statement(
        id="s1",
        form="indirect",
        source=tuple(span(text, words) for words in source),
        cue=(span(text, cue),),
        content=tuple(span(text, words) for words in content),
        cue_class="neutral",
        negated=False,
        modality="said",
        zone="body",
        confidence=1.0,
    )


def said_on(text, *, cue, content, source=(), published=FRIDAY):
    statement = statement_of(text, cue=cue, content=content, source=source)
    times = read_times(text, find_paragraphs(text), published)
    (dated,) = date_statements([statement], times, text, published)
    return dated.said_on and (dated.said_on.value, dated.said_on.span.of(text), dated.said_on.by)


@pytest.mark.parametrize(
    ("text", "source", "content", "value", "words"),
    [
        ("Mara Ilven said on Thursday that it rained.", "Mara Ilven", "it rained", "2024-05-02", "Thursday"),
        ("Mara Ilven said Thursday it rained.", "Mara Ilven", "it rained", "2024-05-02", "Thursday"),
        ("“It rained,” Mara Ilven said late Monday.", "Mara Ilven", "“It rained,”", "2024-04-29", "late Monday"),
        ("In a statement on Friday, Mara Ilven said it rained.", "Mara Ilven", "it rained", "2024-05-03", "Friday"),
        ("On Tuesday night, Mara Ilven, who is ill, said it rained.", "Mara Ilven", "it rained", "2024-04-30",
         "Tuesday night"),
        ("Mara Ilven said during Monday's debate it rained.", "Mara Ilven", "it rained", "2024-04-29", "Monday"),
        ("Mara Ilven said in 2014 that it rained.", "Mara Ilven", "it rained", "2014", "2014"),
        ("Mara Ilven said last week that it rained.", "Mara Ilven", "it rained", "2024-04-22/2024-04-28", "last week"),
        ("In a 2014 letter, Mara Ilven said it rained.", "Mara Ilven", "it rained", "2014", "2014"),
        ("In Monday's paper, Mara Ilven said it rained.", "Mara Ilven", "it rained", "2024-04-29", "Monday"),
        ("Speaking in Belvar on Monday, Mara Ilven said it rained.", "Mara Ilven", "it rained", "2024-04-29", "Monday"),
        ("Mara Ilven said it rained, in an interview on Monday.", "Mara Ilven", "it rained", "2024-04-29", "Monday"),
    ],
)  # fmt: skip
def test_a_time_in_the_clause_of_the_cue_is_that_of_the_saying(text, source, content, value, words):
    assert said_on(text, cue="said", source=[source], content=[content]) == (value, words, "expression")


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Mara Ilven said it rained on Thursday.", "Mara Ilven", "it rained on Thursday"),
        ("Mara Ilven, who left on Thursday, said it rained.", "Mara Ilven, who left on Thursday,", "it rained"),
        ("Mara Ilven said after Thursday's vote it rained.", "Mara Ilven", "it rained"),
        ("Mara Ilven said of Thursday's vote it rained.", "Mara Ilven", "it rained"),
        ("Mara Ilven said it rained. The vote is on Thursday.", "Mara Ilven", "it rained"),
        ("Mara Ilven said it rained, although the vote on Thursday was dry.", "Mara Ilven", "it rained"),
        ("Asked of her speeches in the 2014 race, Mara Ilven said it rained.", "Mara Ilven", "it rained"),
        ("Mara Ilven, who ran the port in 2014, said it rained.", "Mara Ilven", "it rained"),
        ("The pier sank in 2014, and Mara Ilven said it rained.", "Mara Ilven", "it rained"),
        ("It flooded in 2014, a year Mara Ilven said it rained.", "Mara Ilven", "it rained"),
        ("Mara Ilven came third in Monday's vote and said it rained.", "Mara Ilven", "it rained"),
        ("In Belvar, which voted Monday, Mara Ilven said it rained.", "Mara Ilven", "it rained"),
        ("Mara Ilven said it rained, the row drove out the mayor Monday.", "Mara Ilven", "it rained"),
        ("Mara Ilven said it rained for the July vote.", "Mara Ilven", "it rained"),
    ],
)
def test_other_times_date_no_statement(text, source, content):
    assert said_on(text, cue="said", source=[source], content=[content]) is None


def test_what_was_said_was_said_by_the_day_of_publication():
    text = "To win the next race, in 2026, Mara Ilven said it rained."
    assert said_on(text, cue="said", source=["Mara Ilven"], content=["it rained"]) is None


def test_what_was_said_before_is_not_dated_by_the_clause_around_it():
    text = "On Monday Vel left open what Mara Ilven previously ruled out."
    assert said_on(text, cue="previously ruled out", source=["Mara Ilven"], content=["what"]) is None


def test_a_time_in_a_neighbours_words_is_told_by_the_neighbour():
    text = "Mara Ilven says she will give the returns out on Friday, calling them boring."
    statements = [
        statement_of(text, cue="says", content=["she will give the returns out on Friday"], source=["Mara Ilven"]),
        statement_of(text, cue="calling", content=["them boring"], source=["Mara Ilven"]),
    ]
    times = read_times(text, find_paragraphs(text), FRIDAY)
    assert [each.said_on for each in date_statements(statements, times, text, FRIDAY)] == [None, None]


def test_a_time_behind_a_second_cue_is_of_that_cue():
    text = "Ilven blamed Vel for it and vowed on Monday to stay."
    statements = [
        statement_of(text, cue="blamed", content=["Vel for it"], source=["Ilven"]),
        statement_of(text, cue="vowed", content=["to stay"], source=["Ilven"]),
    ]
    times = read_times(text, find_paragraphs(text), FRIDAY)
    dated = date_statements(statements, times, text, FRIDAY)
    assert [each.said_on and each.said_on.value for each in dated] == [None, "2024-04-29"]


def test_the_publication_date_alone_dates_no_statement():
    text = "Mara Ilven said it rained."
    assert said_on(text, cue="said", source=["Mara Ilven"], content=["it rained"]) is None


def test_without_a_publication_date_a_weekday_dates_no_statement():
    text = "Mara Ilven said on Thursday that it rained."
    assert said_on(text, cue="said", source=["Mara Ilven"], content=["it rained"], published=None) is None


def when(text, trigger):
    times = read_times(text, find_paragraphs(text), FRIDAY)
    found = when_of(Span(0, len(text)), span(text, trigger), times, text)
    return found and found.value


@pytest.mark.parametrize(
    ("text", "trigger", "value"),
    [
        ("Belvar's navy shelled the quay on Thursday.", "shelled", "2024-05-02"),
        ("On Monday, the navy, which had left, shelled the quay.", "shelled", "2024-04-29"),
        ("The navy shelled the quay on Monday and left on Tuesday.", "shelled", "2024-04-29"),
        ("The mayor resigned after the navy shelled the quay on Monday.", "resigned", None),
        ("The navy shelled the quay.", "shelled", None),
        ("The navy shelled the quay for three days.", "shelled", None),
    ],
)
def test_an_event_is_dated_by_its_own_clause(text, trigger, value):
    assert when(text, trigger) == value


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-05-02", "2024-05-02"),
        ("2024-05", "2024-05"),
        ("2024", "2024"),
        ("2024-05-02T14:30", "2024-05-02T14:30"),
        ("2024-05-02TEV", "2024-05-02"),
        ("2024-W18", "2024-04-29/2024-05-05"),
        ("2024-W18-WE", "2024-05-04/2024-05-05"),
        ("2024-Q2", "2024-04/2024-06"),
        ("2024-H2", "2024-07/2024-12"),
        ("2024-WI", "2024-12/2025-02"),
        ("199", "1990/1999"),
        ("18", "1800/1899"),
        ("2014/2016", "2014/2016"),
        ("2024-W18/2024-W19", "2024-04-29/2024-05-12"),
        ("FY2016", None),
        ("P3D", None),
        ("T14:30", None),
        ("2024-W99", None),
    ],
)
def test_a_date_is_written_in_iso_8601_alone(value, iso):
    assert as_iso(value) == iso
