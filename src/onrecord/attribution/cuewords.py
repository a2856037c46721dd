"""The words of a cue and those just before it, with where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from onrecord.document import Span

# Words (with inner hyphens), the clitics that carry tense and negation, and every other character by itself.
# Plain words, as most are, come first: one before a space or stop is read at once, and from one without an apostrophe
# behind it nothing has to be parted.
WORD: Final = re.compile(
    r"""[a-zA-Z]++(?=[ .,])
    | [^\W\d_]++(?!['’])(?:[-&][^\W_]+)*
    | [^\W\d_]+?(?=(?i:n['’]t)\b) | (?i:n['’]t)\b | ['’](?i:s|ll|d|ve|re|m)\b
    | [^\W\d_]+(?:[-&][^\W_]+)* | \d+ | :-|-{1,3}|\.\.\. | \S""",
    re.VERBOSE,
)
# Longest run looked at before a cue: the auxiliaries of one verb and its subject; 160 characters hold 25 words.
MOST_BEFORE: Final = 160
# What a refusal refuses follows at once: "declined [to comment]".
MOST_AFTER: Final = 40
TO_LAST_MARK: Final = re.compile(r"""(?s:.*)[.!?;,()\[\]"“”„«»‘–—―…]""")
"""Up to the last mark that is a break wherever it stands; a hyphen may join words, a colon be a part of ":-"."""
BREAKS: Final = frozenset('.!?;:,()[]"“”„«»‘–—―…') | {"--", "---", "-", "..."}


class Word(NamedTuple):
    """A word or mark as it stands in the text."""

    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        """The word in lower case, with straight apostrophes."""
        return plain(self.text)


def plain(word: str) -> str:
    """Return a word in lower case, with straight apostrophes."""
    return word.lower().replace("’", "'")


def words_in(text: str, start: int, end: int) -> list[Word]:
    """Return the words and marks of ``text[start:end]``.

    >>> [word.plain for word in words_in("Didn’t he say?", 0, 14)]
    ['did', "n't", 'he', 'say', '?']
    """
    return [Word(found[0], found.start(), found.end()) for found in WORD.finditer(text, start, end)]


def words_of(text: str, spans: Sequence[Span]) -> list[Word]:
    """Return the words of several spans, in their order."""
    return [word for span in spans for word in words_in(text, span.start, span.end)]


def words_before(text: str, offset: int, *, sentence: Span | None) -> list[Word]:
    """Return the words between the last break and ``offset``, at most 160 characters of them.

    A break is a mark or the start of ``sentence``; where no sentence is given, also a line break.
    """
    floor = max(0, offset - MOST_BEFORE, sentence.start if sentence else 0)
    if sentence is None:
        floor = max(floor, text.rfind("\n", floor, offset) + 1)
    marked = TO_LAST_MARK.match(text, floor, offset)
    words = words_in(text, marked.end() if marked else floor, offset)
    last_break = max((index for index, word in enumerate(words) if word.text in BREAKS), default=-1)
    return words[last_break + 1 :]


def words_after(text: str, offset: int, *, sentence: Span | None) -> Iterator[Word]:
    """Yield the words from ``offset`` to the next break, at most 40 characters of them."""
    end = min(offset + MOST_AFTER, sentence.end if sentence else len(text))
    line = -1 if sentence else text.find("\n", offset, end)
    for found in WORD.finditer(text, offset, end if line < 0 else line):
        if found[0] in BREAKS:
            return
        yield Word(found[0], found.start(), found.end())
