"""Where paragraphs begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.layout.paragraphs import find_paragraphs

BREAKS = ["\n", "\r\n", "\r", "\x0b", "\x0c", "\u2028", "\u2029"]
WRAPPED = """\
The council of Belvar voted on Monday to close the old bridge for the
rest of the year, after engineers found cracks in two of its pillars.

"We cannot take the risk," Mayor Sue Hartley told a meeting that went
on until after midnight. "Not with school buses on it four times in a
day."

Councillor Pete Moss, who lives on the other bank, voted against. He
said the detour would cost him forty minutes each morning, and others
a great deal more.
"""


def told(text: str) -> list[str]:
    return [span.of(text) for span in find_paragraphs(text)]


@pytest.mark.parametrize("stop", BREAKS)
def test_every_kind_of_line_break_parts_paragraphs(stop):
    assert told(f"One.{stop}  Two. {stop}{stop}Three.") == ["One.", "Two.", "Three."]


def test_lines_of_a_hard_wrapped_text_are_one_paragraph_up_to_the_blank_line():
    paragraphs = told(WRAPPED)
    assert [paragraph.split()[0] for paragraph in paragraphs] == ["The", '"We', "Councillor"]
    assert paragraphs[1].endswith('times in a\nday."')


def test_hard_wrapped_lines_with_carriage_returns_are_joined_too():
    assert len(told(WRAPPED.replace("\n", "\r\n"))) == 3


def test_a_headline_directly_above_a_hard_wrapped_story_stays_apart():
    assert told("Bridge closed\n" + WRAPPED)[0] == "Bridge closed"


def test_a_few_lines_that_break_off_in_a_sentence_are_hard_wrapped_too():
    text = """PORT ELLAN
Monday

"The batteries burned in tests, and they never burned in traffic,"
Ivo Sarn told the meeting. "If a single car burns I will go the same
day," he went on, and asked the owners of the firm for patience with
its engineers."""
    *head, story = told(text)
    assert (head, story.count("\n")) == (["PORT ELLAN", "Monday"], 3)


def test_lines_of_a_poem_and_of_small_letters_stay_apart():
    poem = ["the ferries left the quay at night,", "and nobody could say", "what they carried, or why,", "or when"]
    assert told("\n".join(poem)) == poem
    said = ["the mayor wrote that she would never sell the harbour", "never sell it", "not to the board, not to a bank"]
    assert told("\n".join(said)) == said


def test_one_line_a_block_is_never_joined():
    lines = [
        "The council voted on Monday to close the bridge, and on Tuesday it was.",
        "“No,” she said.",
        "He left.",
    ] * 5
    assert told("\n".join(lines)) == lines


def test_a_list_of_short_lines_is_not_hard_wrapped():
    lines = [f"{number}. A reason to close the bridge" for number in range(1, 12)]
    assert told("\n".join(lines)) == lines


PIECES = st.sampled_from(["\n", "\r", "\r\n", "\u2028", "\x0b", " ", "\x00", "👩‍👧", "e\u0301", "\u202eلا", WRAPPED])


@given(st.lists(st.one_of(PIECES, st.text(max_size=10)), max_size=12).map("".join))
def test_paragraphs_hold_every_visible_character_once_and_in_order(text):
    spans = find_paragraphs(text)
    assert all(before.end < after.start for before, after in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
    outside = "".join(
        text[start:end]
        for start, end in zip(
            [0, *(span.end for span in spans)], [*(span.start for span in spans), len(text)], strict=True
        )
    )
    assert outside.strip() == ""
