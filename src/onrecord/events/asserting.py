"""Who asserts an event: the outlet in its own voice, or the statement whose content tells of it.

Not every content asserts what it mentions. "Norland bombed the port, Ilven said" is Ilven's claim; "Ilven condemned the
bombing of the port" is hers only as far as the condemning goes: that there was a bombing the outlet tells. So a content
asserts where it is a clause of its own, and not where it is a thing that is condemned, recalled or discussed, or a deed
that is planned, refused or felt about.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from onrecord.attribution.inflection import lemmas_of
from onrecord.document import Span
from onrecord.reading import CueClass, Statement
from onrecord.wordlists import word_set

SAYING: Final = word_set(
    """say tell add note report claim insist argue believe think warn announce allege assert state contend write
    acknowledge admit explain declare reply respond conclude suggest according tweet know feel agree maintain predict"""
)
"""Verbs whose content is a clause, with "that" or without."""
CALLING: Final[frozenset[CueClass]] = frozenset({"demanding", "promising", "warning"})
MEANING_TO: Final[frozenset[CueClass]] = frozenset({"thinking", "denying"})
"""With "to" after them: "plans to", "refused to"."""
JUDGING: Final[frozenset[CueClass]] = frozenset({"praising", "accusing"})
FINITE: Final = word_set(
    """is are was were be been has had have will would could can did does do should may might must isn't wasn't aren't
    weren't won't wouldn't 's 're 've 'd 'll he she they it we i you that whether"""
)
DETERMINERS: Final = word_set("the a an his her its their these those this my our your")
WORDS_READ: Final = 12
_WORD: Final = re.compile(r"[\w'’]+")
_CHARGE: Final = re.compile(r"\b(?:of|for|as)\b", re.IGNORECASE)


class Claims:
    """The contents of a report's statements, to be asked by place."""

    def __init__(self, text: str, statements: Sequence[Statement]) -> None:
        contents = [(span, each.id) for each in statements if asserts(text, each) for span in each.content]
        self._contents = sorted(contents)
        self._starts = [span.start for span, _ in self._contents]
        self._ends: list[int] = []
        """The furthest end of the contents up to each: none before can hold what lies beyond it."""
        for span, _ in self._contents:
            self._ends.append(max(span.end, self._ends[-1] if self._ends else 0))

    def innermost(self, span: Span) -> str | None:
        """Return the statement whose content holds a span, the shortest such content; None where none does."""
        best: tuple[int, str] | None = None
        for at in range(bisect_right(self._starts, span.start) - 1, -1, -1):
            if self._ends[at] < span.end:
                break
            content, name = self._contents[at]
            if content.end >= span.end and (best is None or content.size < best[0]):
                best = (content.size, name)
        return best[1] if best else None


def asserts(text: str, statement: Statement) -> bool:
    """Tell whether what a statement's content tells is told by its speaker, not by the outlet."""
    if statement.cue_class == "feeling":
        return False
    content, cue = statement.content[0], statement.cue
    if statement.form != "indirect" or not cue or content.start < cue[0].start:
        return True
    words = _words(text, content)[:WORDS_READ]
    says = any(not SAYING.isdisjoint(lemmas_of(word)) for span in cue for word in _words(text, span))
    clause = words and words[0] != "to" and (words[0].endswith("ing") or not FINITE.isdisjoint(words))
    if not words or says or clause or statement.cue_class in CALLING:
        return True
    if words[0] == "to":
        return statement.cue_class not in MEANING_TO
    charge = _CHARGE.search(text, cue[0].start, content.end) is not None
    return words[0] not in DETERMINERS and (charge or statement.cue_class not in JUDGING)


def _words(text: str, span: Span) -> list[str]:
    """Return up to 40 words of a span, in lower case."""
    return [word.lower().replace("’", "'") for word in _WORD.findall(text, span.start, min(span.end, span.start + 400))]
