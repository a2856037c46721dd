"""Lines are broken by cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from onrecord.cli.blocks import Look
from onrecord.cli.grid import lay_out_grid
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


OUTLETS = ("outlet", "statements", "reports", "domains")
ROWS = [
    ("The Orrin Echo and Harbour Post", "1,234", "40", "orrin-echo.example, echo.example"),
    ("Lakeside", "4", "", ""),
]


def test_a_column_gives_way_where_the_others_have_no_room():
    assert show_columns(OUTLETS, ROWS, Look(width=40, colour=False)).splitlines() == [
        "outlet               statements  reports",
        "    domains",
        "The Orrin Echo and   1,234       40",
        "Harbour Post",
        "    orrin-echo.example, echo.example",
        "Lakeside             4",
        "",
    ]


@pytest.mark.parametrize("show", [show_columns, lambda *table: "\n".join(lay_out_grid(*table))])
def test_on_a_terminal_too_narrow_for_columns_each_row_is_a_block(show):
    assert show(OUTLETS, ROWS, Look(width=24, colour=False)).splitlines() == [
        "outlet      The Orrin Echo and",
        "            Harbour Post",
        "statements  1,234",
        "reports     40",
        "domains     orrin-echo.example",
        "            , echo.example",
        "",
        "outlet      Lakeside",
        "statements  4",
    ]


@given(st.lists(st.lists(st.text("ab é港", max_size=30), min_size=4, max_size=4), max_size=4), st.integers(30, 120))
def test_no_line_of_a_table_is_wider_than_the_terminal(rows, width):
    look = Look(width=width, colour=False)
    lines = [*show_columns(OUTLETS, rows, look).splitlines(), *lay_out_grid(OUTLETS, rows, look)]
    assert max(map(cell_len, lines), default=0) <= width
