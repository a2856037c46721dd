"""What is known of words is looked up once, and no text fills the memory with words of its own."""

from __future__ import annotations

import pytest

from onrecord.wordlists import LONGEST, REMEMBERED, remembered


@pytest.fixture
def asked():
    return []


@pytest.fixture
def size(asked):
    @remembered
    def size(word):
        asked.append(word)
        return len(word)

    return size


def test_a_word_is_looked_up_once(size, asked):
    assert [size("levy"), size("toll!"), size("levy")] == [4, 5, 4]
    assert asked == ["levy", "toll!"]


def test_what_is_not_known_of_a_word_is_remembered_too():
    words = iter([None])
    known = remembered(lambda _: next(words))
    assert (known("levy"), known("levy")) == (None, None)


def test_a_word_that_is_too_long_is_looked_up_each_time(size, asked):
    word = "a" * (LONGEST + 1)
    assert (size(word), size(word)) == (LONGEST + 1, LONGEST + 1)
    assert asked == [word, word]


def test_a_table_that_is_full_is_begun_anew(size, asked):
    for number in range(REMEMBERED + 1):
        size(str(number))
    size(str(REMEMBERED))
    assert len(asked) == REMEMBERED + 1
    size("0")
    assert asked[-1] == "0"
