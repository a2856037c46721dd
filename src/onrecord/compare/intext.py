"""Whether the text of a report has a quotation that no statement read in it has.

A reader misses statements, or words of one. Whoever verifies a quotation is told so where a report itself has the
words: that no statement has them does not say that nobody printed them. Who said them there, nobody has read.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal, NamedTuple

from onrecord.compare.alignment import Alignment, align
from onrecord.compare.grading import LEAST_RUNNING, LEAST_WEIGHT, WORD_FOR_WORD, Grade, compare
from onrecord.compare.wording import Word, read_words
from onrecord.document import Span
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.record.choosing import Standing
from onrecord.record.filtering import first_day, last_day
from onrecord.record.hits import Citation, cite_document
from onrecord.record.packing import pack_date, print_order, words_of
from onrecord.record.wholetexts import find_reports, read_text, reports_of

How = Literal["whole", "with gaps"]
"""One behind the other, or all of them in this order, others between them."""
TOLD: Final = 3
LOOKED_INTO: Final = 500
"""Reports of which the text is looked into: a millisecond each at most, where they have the rarer words."""
LIKELY: Final = 40
"""Reports of the nearest statements: all that is looked into in a large record."""
PLACES: Final = 200
"""Places of its longest word in one text at which a quotation is looked for."""
# Not what an apostrophe, a point or an accent may be written in.
_PLAIN: Final = re.compile(r"(?<![\w'’ʼ`.])[A-Za-z]+(?![\w'’ʼ`]|\.\w)")
_RARE: Final = 2
"""Words that tell which texts are worth a look."""
_BESIDE: Final[dict[How, tuple[Grade, ...]]] = {
    "whole": ("altered", "spliced", "merged", "paraphrase", "not in this record"),
    # two statements that were made one have the reporter's words between them
    "with gaps": ("altered", "not in this record"),
}
"""What became of the words in statements, beside which it is worth telling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InText:
    """A report whose text has a quotation."""

    how: How
    words: str
    """As they stand there; pieces joined by an ellipsis."""
    standing: Standing
    citation: Citation
    """Of the report; its ``content`` is where the words stand, code points of the document's text."""


class Days(NamedTuple):
    """The days of publication that were asked for."""

    after: str | None
    before: str | None

    def has(self, published: str | None) -> bool:
        """Tell whether a report is of these days; one of an unknown day is of all of them, if none are asked for."""
        day = pack_date(published)
        if self.after is not None and (day is None or day < first_day(self.after)):
            return False
        return self.before is None or (day is not None and day <= last_day(self.before))


class Found(NamedTuple):
    """Where a quotation stands in a text."""

    how: How
    spans: tuple[Span, ...]


def find_in_texts(
    connection: sqlite3.Connection, words: str, rows: Sequence[int], wording: Grade, days: Days
) -> tuple[InText, ...]:
    """Return reports whose text has a quotation, those with the whole of it first, then those that count, the earliest.

    Args:
        connection: of a record.
        words: the quotation.
        rows: statements that come near it, the nearest first. The reports of the first are looked into, and in a small
            record all that have the rarer words.
        wording: what became of the words in statements. Where one has them all, no text is looked into.
        days: of publication.
    """
    ways = [how for how, grades in _BESIDE.items() if wording in grades]
    asked = read_words(words)
    if not ways or sum(word.weight for word in asked) < LEAST_WEIGHT:
        return ()
    documents = [*reports_of(connection, rows)[:LIKELY], *find_reports(connection, _rare(asked, words)[:_RARE])]
    found = [
        each
        for document in list(dict.fromkeys(documents))[:LOOKED_INTO]
        if (each := _look_into(connection, document, words, days)) and each.how in ways
    ]
    return tuple(sorted(found, key=_order)[:TOLD])


def _order(found: InText) -> tuple[object, ...]:
    citation = found.citation
    return (found.how != "whole", found.standing != "counts", print_order(citation.published), citation.document)


def _look_into(connection: sqlite3.Connection, document: int, words: str, days: Days) -> InText | None:
    read = read_text(connection, document)
    found = find_in(words, read.text) if days.has(read.published) else None
    if found is None:
        return None
    return InText(
        how=found.how,
        words=words_of(read.text, found.spans) or "",
        standing=read.standing,
        citation=cite_document(connection, document, read.text, found.spans),
    )


def find_in(words: str, text: str) -> Found | None:
    """Return how words stand in a text, and where; None where they do not.

    >>> find_in("the quay is empty", "Now the quay is empty, she said.")
    Found(how='whole', spans=(Span(start=4, end=21),))
    >>> closed = "We will, alas, close the old quay by next spring."
    >>> [span.of(closed) for span in find_in("we will close the old quay by next spring", closed).spans]
    ['We will', 'close the old quay by next spring']
    """
    asked = read_words(words)
    rare = _rare(asked, words)
    if not rare:
        return None
    places = [found.start() for found in islice(_spelled(rare[0]).finditer(text), PLACES)]
    if not all(_spelled(word).search(text) for word in rare[1:]):
        return None
    return _whole(asked, words, text, places) or _with_gaps(asked, text, places)


def _rare(asked: Sequence[Word], words: str) -> list[str]:
    """Return the words of a quotation that a text which has it spells in the same way, the longest first."""
    telling = {word.key for word in asked if word.weight == 1 and not word.is_gloss}
    plain = telling & {word.lower() for word in _PLAIN.findall(words)}
    return sorted(plain, key=lambda key: (-len(key), key))


def _spelled(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)


def _whole(asked: Sequence[Word], words: str, text: str, places: Sequence[int]) -> Found | None:
    """Find all of the words one behind the other, from paragraph to paragraph too."""
    reach = 2 * len(words) + 100  # a text may have more marks and spaces, and "do not" for "don't"
    for place in places:
        start = max(0, place - reach)
        there = read_words(text[start : place + reach])
        at = _run_at([word.key for word in asked], [word.key for word in there])
        if at is not None:
            begin, end = there[at].span.start, there[at + len(asked) - 1].span.end
            return Found("whole", (Span(start + begin, start + end),))
    return None


def _run_at(keys: Sequence[str], there: Sequence[str]) -> int | None:
    starts = (at for at in range(len(there) - len(keys) + 1) if there[at] == keys[0])
    return next((at for at in starts if there[at : at + len(keys)] == keys), None)


def _with_gaps(asked: Sequence[Word], text: str, places: Sequence[int]) -> Found | None:
    """Find all of the words in their order in one paragraph, so many in runs that it is no accident."""
    for paragraph in find_paragraphs(text):
        if not any(paragraph.start <= place < paragraph.end for place in places):
            continue
        if compare(asked, paragraph.of(text), 0.0).grade not in WORD_FOR_WORD:
            continue
        there = read_words(paragraph.of(text))
        aligned = align(asked, there)
        if aligned.running >= LEAST_RUNNING * aligned.this_weight:
            return Found("with gaps", tuple(_spans(there, aligned, paragraph.start)))
    return None


def _spans(there: Sequence[Word], aligned: Alignment, offset: int) -> Iterator[Span]:
    for _, at, size in aligned.runs:
        yield Span(offset + there[at].span.start, offset + there[at + size - 1].span.end)
