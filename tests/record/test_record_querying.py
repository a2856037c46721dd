"""What somebody types becomes a full-text query that can't fail, and its words are found again in a text."""

from __future__ import annotations

import os
import sqlite3

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handmade import invented_reading
from onrecord.document import Span
from onrecord.record import Record
from onrecord.record.querying import MOST_TERMS, find_terms, fold_word, index_words, parse_query
from strategies import hostile_texts

HOSTILE = (
    *('"', '""', '"""', "NEAR(", "NEAR(levy, 2)", "a AND", "OR", "NOT", "-levy", "content:levy", "^levy", "*", "levy*"),
    *(
        "levy**",
        "(",
        ")",
        "{a b}:",
        "\0",
        "levy\0quay",
        "\ud800",
        "levy \udfff",
        "+",
        "a + b",
        "'; DROP TABLE texts; --",
    ),
    *(
        "\N{COMBINING ACUTE ACCENT}",
        "ǅ",
        "İ",
        "ß",
        "²",
        "①",
        "Ⅳ",
        "\N{ZERO WIDTH JOINER}",
        "\N{RIGHT-TO-LEFT OVERRIDE}",
    ),
    *('"levy', 'levy"', 'le"vy', '"new levy"*', "a" * 100_000, "( " * 10_000, " ".join(map(str, range(10_000)))),
)


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    with Record.open(tmp_path_factory.mktemp("querying") / "news.db", create=True) as record:
        record.add([invented_reading(seed) for seed in range(5)])
        yield record


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("harbour levy", '"harbour" AND "levy"'),
        ('"new levy"', '"new levy"'),
        ("fish*", '"fish"*'),
        ('"new lev"*', '"new lev"*'),
        ('"never closed', '"never closed"'),
        ("Don't", '"don t"'),
        ("ÄNGSTRÖM", '"angstrom"'),
        ("levy LEVY levy", '"levy"'),
        ("NOT levy OR AND", '"not" AND "levy" AND "or" AND "and"'),
        ('levy"quay"', '"levy" AND "quay"'),
        ("( ) * - ^", ""),
        ("", ""),
    ],
)
def test_what_is_typed_is_quoted(typed, asked):
    assert str(parse_query(typed)) == asked


def test_of_very_many_words_the_first_are_looked_for_and_the_others_told():
    query = parse_query(" ".join(f"w{number}" for number in range(100)))
    assert (len(query.terms), query.left_out) == (MOST_TERMS, 100 - MOST_TERMS)


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_words_fail(record, typed):
    found = record.search(typed)
    assert len(list(found)) <= found.count().number
    found.facets()


@given(st.text(st.characters(), max_size=40) | hostile_texts(max_pieces=4) | st.text('"*() ANDNEAR:^-', max_size=20))
@example('"')
@settings(max_examples=20_000 if os.environ.get("ONRECORD_FULL") == "1" else 2_000)
def test_no_words_fail_in_sqlite(text):
    query = str(parse_query(text))
    if query:  # row WEB7
        EMPTY.execute("SELECT rowid FROM f WHERE f MATCH ?", (query,)).fetchall()


EMPTY = sqlite3.connect(":memory:", check_same_thread=False)
EMPTY.execute("CREATE VIRTUAL TABLE f USING fts5 (content, tokenize = 'unicode61 remove_diacritics 2')")
EMPTY.execute("INSERT INTO f VALUES ('a new levy on the quay')")


@given(
    st.lists(st.sampled_from(["levy", "Levy", "fish", "Ängström", "don't", "new levy", "quay-side", "ß"]), max_size=6)
)
def test_what_sqlite_finds_by_a_word_is_found_in_the_text(words):
    text = " ".join(words)
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE f USING fts5 (content, tokenize = 'unicode61 remove_diacritics 2')")
    connection.execute("INSERT INTO f VALUES (?)", (text,))
    for typed in ("levy", "fi*", "angstrom", '"new levy"', "don't", "quay side", "ß"):
        query = parse_query(typed)
        by_sqlite = connection.execute("SELECT count(*) FROM f WHERE f MATCH ?", (str(query),)).fetchone()[0]
        assert bool(by_sqlite) == all(find_terms(text, [term]) for term in query.terms)
    connection.close()


def test_matches_that_overlap_are_one():
    assert find_terms("a new new levy", parse_query('"new new" "new levy"').terms) == [Span(2, 14)]


def test_a_prefix_matches_how_words_begin_and_nothing_else():
    text = "fish, Fishers, dogfish"
    assert [span.of(text) for span in find_terms(text, parse_query("fish*").terms)] == ["fish", "Fishers"]


def test_words_are_folded_as_the_index_does():
    assert [fold_word(word) for word in ("Élan", "ÅSA", "naïve", "LEVY")] == ["elan", "asa", "naive", "levy"]


@pytest.mark.parametrize(
    "word",
    ["Ängström", "Thiếu", "İzmir", "Россией", "ёлка", "Μητσοτάκης", "ΠΑΎΛΟΣ", "서울", "が", "e\u0301clat", "Straße"],
)
def test_what_is_typed_finds_the_same_word_in_any_script(word):
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE f USING fts5 (content, tokenize = 'unicode61 remove_diacritics 2')")
    connection.execute("CREATE VIRTUAL TABLE indexed USING fts5vocab (f, row)")
    connection.execute("INSERT INTO f VALUES (?)", (word,))
    assert [term for (term,) in connection.execute("SELECT term FROM indexed")] == index_words(word)
    assert connection.execute("SELECT count(*) FROM f WHERE f MATCH ?", (str(parse_query(word)),)).fetchone() == (1,)
    connection.close()
    assert find_terms(f"the word {word} alone", parse_query(word).terms) == [Span(9, 9 + len(word))]
