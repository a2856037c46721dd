"""What somebody types into a search, as a full-text query that can't fail, and where its words stand in a text.

Words are all to be there; ``"a phrase"`` as it is; ``begin*`` with any ending. Nothing else means anything: every word
is quoted before SQLite sees it, so that ``NEAR(``, ``AND``, ``-`` or a lone quotation mark are words like others, or
none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from onrecord.document import Span
from onrecord.record.packing import ODD

MOST_TERMS: Final = 32
"""More make no better search, and SQLite refuses an expression deeper than 256."""
# A phrase, which may lack its closing mark, or a word; `*` behind either.
_TERM: Final = re.compile(r'"(?P<phrase>[^"]*)"?(?P<open>\*?)|(?P<word>[^\s"]+)')
# As the index cuts words: letters, digits, and the accents on them.
_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


@dataclass(frozen=True, slots=True)
class Term:
    """Words that are to stand one behind the other."""

    words: tuple[str, ...]
    """As the index has them: lower case, without accents."""
    is_prefix: bool = False
    """The last of them is how a word begins."""

    def __str__(self) -> str:
        """Return the term as FTS5 reads it."""
        return f'"{" ".join(self.words)}"{"*" if self.is_prefix else ""}'


@dataclass(frozen=True, slots=True)
class WordQuery:
    """All of the terms of a search."""

    terms: tuple[Term, ...]
    left_out: int = 0
    """How many terms there were beyond :data:`MOST_TERMS`."""

    def __str__(self) -> str:
        """Return the query as FTS5 reads it; empty where there is no word in it."""
        return " AND ".join(map(str, self.terms))


def parse_query(typed: str) -> WordQuery:
    """Read what somebody typed; never fails.

    >>> str(parse_query('harbour "new levy" fish* NEAR('))
    '"harbour" AND "new levy" AND "fish"* AND "near"'
    >>> str(parse_query('" ( *'))
    ''
    """
    terms = list(dict.fromkeys(_terms(ODD.sub(" ", typed))))
    return WordQuery(tuple(terms[:MOST_TERMS]), max(0, len(terms) - MOST_TERMS))


def _terms(typed: str) -> Iterator[Term]:
    for found in _TERM.finditer(typed):
        written = found["phrase"] if found["phrase"] is not None else found["word"]
        words = tuple(fold_word(word[0]) for word in _WORD.finditer(written))
        if words:
            yield Term(words, bool(found["open"]) or (found["word"] is not None and written.endswith("*")))


def fold_word(word: str) -> str:
    """Return a word as the index has it: accents are taken from Latin letters only, save those that stand apart.

    >>> fold_word("Ängström"), fold_word("Россией")
    ('angstrom', 'россией')
    """
    return word.lower() if word.isascii() else "".join(map(_fold_letter, word))


@lru_cache(maxsize=4_096)
def _fold_letter(letter: str) -> str:
    if unicodedata.combining(letter):
        return ""
    base = unicodedata.normalize("NFD", letter)[0]
    folded = (base if base.isascii() else letter).casefold()
    return folded if len(folded) == 1 else letter.lower()  # the index has ß, not ss


def index_words(text: str) -> list[str]:
    """Return the words of a text as the index has them.

    >>> index_words("No levy, she said: “Ängström”.")
    ['no', 'levy', 'she', 'said', 'angstrom']
    """
    return [fold_word(word) for word in _WORD.findall(text)]


def find_terms(text: str, terms: Sequence[Term]) -> list[Span]:
    """Return where the terms stand in a text, in order, none inside another.

    >>> find_terms("No levy, she said: a new levy.", parse_query('"new levy" sa*').terms)
    [Span(start=13, end=17), Span(start=21, end=29)]
    """
    places = [Span(*found.span()) for found in _WORD.finditer(text)]
    words = [fold_word(place.of(text)) for place in places]
    found = sorted(
        Span(places[index].start, places[index + len(term.words) - 1].end)
        for term in terms
        for index in range(len(words) - len(term.words) + 1)
        if _stands_at(term, words, index)
    )
    return _without_overlaps(found)


def _stands_at(term: Term, words: Sequence[str], index: int) -> bool:
    if not words[index].startswith(term.words[0]):  # spares most of the rest
        return False
    last = len(term.words) - 1
    *before, end = words[index : index + last + 1]
    return tuple(before) == term.words[:last] and (
        end.startswith(term.words[last]) if term.is_prefix else end == term.words[last]
    )


def _without_overlaps(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end > kept[-1].end:
            kept[-1] = Span(kept[-1].start, span.end)
    return kept
