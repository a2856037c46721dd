"""Direct, indirect, mixed: from the quotation marks inside the content."""

from __future__ import annotations

import pytest

from onrecord.attribution.forms import form_of
from onrecord.document import Span
from onrecord.layout.quotemarks import pair_quotemarks


def form(text, *contents):
    spans = tuple(Span(text.index(content), text.index(content) + len(content)) for content in contents)
    return form_of(text, spans, [quotation.inner for quotation in pair_quotemarks(text)])


@pytest.mark.parametrize(
    "marks", [('"', '"'), ("“", "”"), ("''", "''"), ("``", "''"), ("‘", "’"), ("«", "»"), ("„", "“"), ("'", "'")]
)
def test_a_content_wholly_in_marks_is_direct_with_every_kind_of_mark(marks):
    opening, closing = marks
    assert form(f"{opening}We will rebuild the pier,{closing} she said.", "We will rebuild the pier,") == "direct"


def test_a_content_without_marks_is_indirect():
    assert form("She said the pier would be rebuilt.", "the pier would be rebuilt") == "indirect"


def test_the_marks_may_be_part_of_the_content():
    assert form("“No,” she said.", "“No,”") == "direct"


def test_a_content_in_two_quoted_pieces_is_direct():
    assert form(
        "“We lost the roof,” she said. “We kept the piano.”", "“We lost the roof,”", "“We kept the piano.”"
    ) == ("direct")


def test_a_content_partly_in_marks_is_mixed():
    text = "She said the pier was “a danger to every child in town” and had to go."
    assert form(text, "the pier was “a danger to every child in town” and had to go") == "mixed"


def test_one_scare_quoted_word_makes_a_content_mixed_as_in_the_corpora_of_the_field():
    text = "She said the “experts” from the county had never once set foot on the pier before."
    assert form(text, "the “experts” from the county had never once set foot on the pier before") == "mixed"


def test_one_word_outside_a_long_quotation_leaves_it_direct():
    text = "She said that “nobody in this town has seen the sea so high before”."
    assert form(text, "that “nobody in this town has seen the sea so high before”") == "direct"


def test_indirect_speech_inside_somebodys_quotation_is_indirect():
    text = "“Bell told me that he would leave by May, and I laughed, and so did everybody in the room,” she said."
    assert form(text, "that he would leave by May") == "indirect"
    assert form(
        text, "“Bell told me that he would leave by May, and I laughed, and so did everybody in the room,”"
    ) == ("direct")


def test_a_quotation_that_is_never_closed_is_direct_as_far_as_the_content_goes():
    text = "“We rowed with our hands, said Tove Lind, who was the only one of them that had ever been in a boat before."
    assert form(text, "“We rowed with our hands") == "direct"


def test_a_stray_mark_in_the_content_makes_nothing_direct():
    text = "“Bell told me that he would leave by May, and I laughed, and so did everybody in the room,” she said."
    assert form(text, "“", "that he would leave by May") == "indirect"


def test_a_quotation_inside_a_quotation_is_direct_too():
    text = "“Bell looked at me and said ‘I am done with it’ and left the room for good,” she said."
    assert form(text, "‘I am done with it’") == "direct"


def test_marks_beside_the_content_do_not_count():
    assert form("The “Sea Bell” sank, she said, in ten minutes.", "in ten minutes") == "indirect"


@pytest.mark.parametrize("content", [(), (Span(3, 3),)])
def test_a_content_without_words_is_indirect(content):
    assert form_of("“No.”", content, [Span(1, 4)]) == "indirect"


def test_a_hundred_thousand_quotations_are_not_walked_through_for_each_statement():
    text = "“Yes,” he said. " * 100_000
    quotations = [Span(start + 1, start + 5) for start in range(0, len(text), 16)]
    looked_at = CountingSequence(quotations)
    assert form_of(text, (Span(800_000, 800_006),), looked_at) == "direct"
    assert looked_at.reads < 100


class CountingSequence(list):
    reads = 0

    def __getitem__(self, index):
        found = super().__getitem__(index)
        self.reads += len(found) if isinstance(index, slice) else 1
        return found
