"""Whether the text of a report has a quotation that the statement read in it has only a part of.

A reader misses words. Whoever verifies a quotation is told so where the report itself has them: that a statement lacks
them does not say that nobody printed them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

from onrecord.compare.grading import WORD_FOR_WORD, Grade, Graded, compare
from onrecord.compare.wording import Word, read_words
from onrecord.record.lookup import look_up

if TYPE_CHECKING:
    from onrecord.record import Record

InText = Literal["whole", "with gaps"]
"""One behind the other, or all of them in this order, others between them."""
_BESIDE: Final[dict[InText, tuple[Grade, ...]]] = {
    "whole": ("altered", "spliced", "merged", "paraphrase"),
    "with gaps": ("altered",),  # two statements that were made one have the reporter's words between them
}
"""Grades of a statement beside which it is worth telling."""


def stands_in_text(record: Record, words: str, graded: Graded) -> InText | None:
    """Return how a quotation stands in the paragraphs of a statement that has not all of it; None where it does not."""
    if not any(graded.grade in grades for grades in _BESIDE.values()):
        return None
    entry = look_up(record.connection, graded.hit.statement)
    if entry.paragraph is None:
        return None
    found = find_in(read_words(words), entry.paragraph.of(entry.record.document.text))
    return found if found and graded.grade in _BESIDE[found] else None


def find_in(asked: Sequence[Word], text: str) -> InText | None:
    """Return how words stand in a text.

    >>> find_in(read_words("the quay is empty"), "Now the quay is empty, she said."), find_in(read_words("a toll"), "")
    ('whole', None)
    >>> closed = "We will, alas, close the old quay by next spring."
    >>> find_in(read_words("we will close the old quay by next spring"), closed)
    'with gaps'
    """
    keys, there = [word.key for word in asked], [word.key for word in read_words(text)]
    if any(there[at : at + len(keys)] == keys for at in range(len(there) - len(keys) + 1)):
        return "whole"
    return "with gaps" if compare(asked, text, 0.0).grade in WORD_FOR_WORD else None
