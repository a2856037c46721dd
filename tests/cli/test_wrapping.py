"""Lines are broken by cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from onrecord.cli.blocks import Look
from onrecord.cli.tables import show_columns
from onrecord.cli.wrapping import pad, wrap


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("港口税将上涨", 5, ["港口", "税将", "上涨"]),
        ("incomprehensible", 6, ["incomp", "rehens", "ible"]),
        ("a incomprehensible", 6, ["a", "incomp", "rehens", "ible"]),
        ("港", 1, ["港"]),
    ],
)
def test_a_line_holds_what_fits(text, width, lines):
    assert wrap(text, width) == lines


@given(st.text(alphabet="ab é港👍🏽 ", max_size=60), st.integers(min_value=2, max_value=20))
def test_no_line_is_too_wide_and_no_word_is_lost(text, width):
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_padding_counts_cells():
    assert pad("港", 4) == "港  "


def test_a_column_whose_words_have_no_room_stands_below_the_others():
    rows = [("Orrin Echo", "1,234", "orrin-echo.example, echo.example"), ("Lakeside", "4", "lakeside.example")]
    assert show_columns(("outlet", "statements", "domains"), rows, Look(width=40, colour=False)).splitlines() == [
        "outlet      statements",
        "    domains",
        "Orrin Echo  1,234",
        "    orrin-echo.example, echo.example",
        "Lakeside    4",
        "    lakeside.example",
    ]
