"""Head nouns: what the lexicon holds, and which noun a phrase is built around."""

from __future__ import annotations

from importlib.resources import files
from typing import get_args

import pytest

from onrecord.document import Span
from onrecord.speakers.headnouns import Category, HeadNoun, Number, find_head, items_of, look_up

LINES = files("onrecord.speakers").joinpath("headnouns.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES[1:]]


def head_of(text):
    found = find_head(text, Span(0, len(text)))
    return None if found is None else found.of(text)


def test_the_lexicon_has_several_hundred_nouns_for_people_and_for_documents():
    assert sum(row[1] == "person" for row in ROWS) > 700
    assert sum(row[1] == "document" for row in ROWS) > 250
    assert sum(row[1] == "organization" for row in ROWS) > 150


def test_no_noun_stands_twice():
    assert len({row[0] for row in ROWS}) == len(ROWS)


def test_the_file_is_sorted_so_that_changes_read_well():
    assert sorted(ROWS) == ROWS


def test_every_line_has_a_known_category_and_number():
    assert {row[1] for row in ROWS} == set(get_args(Category))
    assert {row[2] for row in ROWS} == set(get_args(Number))


@pytest.mark.parametrize(
    ("phrase", "head"),
    [
        ("A former spokesman for the council", "spokesman"),
        ("the harbour master", "master"),
        ("the bespectacled, 71-year-old diplomat", "diplomat"),
        ("current and former officials", "officials"),
        ("a Belvar University poll this week", "poll"),
        ("a report published by the ferry line", "report"),
        ("two fishers who had signed the letter", "fishers"),
        ("the owner, a baker", "owner"),
        ("52 percent of the voters", "percent"),
        ("by several people", "people"),
        ("the council's", "council"),
        ('thousands of "Quayites"', "thousands"),
        ("anti-levy protesters", "protesters"),
    ],
)
def test_the_head_is_the_last_noun_before_what_follows(phrase, head):
    assert head_of(phrase) == head


@pytest.mark.parametrize("text", ["", "  ", "—", "of the", "…!?"])
def test_a_phrase_without_a_noun_has_no_head(text):
    assert head_of(text) in (None, "the")


@pytest.mark.parametrize(
    ("noun", "known"),
    [
        ("spokesman", HeadNoun("person", plural=False)),
        ("spokeswomen", HeadNoun("group", plural=True)),
        ("Aides", HeadNoun("group", plural=True)),
        ("vice-president", HeadNoun("person", plural=False)),
        ("fact-checkers", HeadNoun("group", plural=True)),
        ("ministries", HeadNoun("group", plural=True)),
        ("ministry", HeadNoun("organization", plural=False)),
        ("polls", HeadNoun("document", plural=True)),
        ("police", HeadNoun("organization", plural=True)),
        ("kingdom", HeadNoun("country", plural=False)),
        ("Belvarians", HeadNoun("group", plural=True)),
        ("ferryman", HeadNoun("person", plural=False)),
    ],
)
def test_a_noun_is_known_in_the_singular_and_the_plural(noun, known):
    assert look_up(noun) == known


@pytest.mark.parametrize("word", ["Pallerman", "brazenly", "the", "", "水"])
def test_other_words_are_no_head_nouns(word):
    assert look_up(word) is None


def test_a_name_is_one_item_wherever_its_parts_would_end():
    text = "Odo Fenwright of Orrin and Sons said"
    names = [Span(0, 13), Span(17, 31)]
    assert [item.span.of(text) for item in items_of(text, Span(0, 31), names)] == [
        "Odo Fenwright",
        "of",
        "Orrin and Sons",
    ]


def test_a_name_that_reaches_out_of_the_span_is_cut_to_it():
    text = "Odo Fenwright said"
    assert [item.span for item in items_of(text, Span(4, 18), [Span(0, 13)])] == [Span(4, 13), Span(14, 18)]
