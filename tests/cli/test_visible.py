"""What a screen would act on is shown as its escape."""

from __future__ import annotations

import pytest

from onrecord.cli.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2Jgone", r"\x1b[2Jgone"),
        ("\x9b31m", r"\x9b31m"),
        ("\x07\x08\x00\x7f", r"\x07\x08\x00\x7f"),
        ("abc\u202edcba", r"abc\u202edcba"),
        ("\u2066a\u2069\u061c\u200f", r"\u2066a\u2069\u061c\u200f"),
        ("half \ud800", r"half \ud800"),
        ("one\rtwo", "one two"),
        ("one\ttwo", "one two"),
        ("one\r\n  two", "one two"),
        ("one\n \n\ttwo", "one ¶ two"),
        ("two  spaces", "two  spaces"),
        ("“naïve” 港口 العربية", "“naïve” 港口 العربية"),
    ],
)
def test_hidden_characters_become_their_escapes_and_the_rest_stays(text, shown):
    assert visible(text, "utf-8") == shown


def test_a_character_that_the_terminal_lacks_becomes_its_escape():
    assert visible("“café” 港", "ascii") == r"\u201ccaf\xe9\u201d \u6e2f"
    assert visible("“café”", "latin-1") == "\\u201ccafé\\u201d"


def test_long_white_space_takes_linear_time():
    # Each alone took minutes with the first pattern, which was quadratic.
    assert len(visible(" " * 1_000_000, "utf-8")) == 1_000_000
    assert visible("\n" * 1_000_000, "utf-8") == " ¶ "
