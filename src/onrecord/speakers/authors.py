"""The reporter or columnist who speaks as "I": by the document's byline, or by the line at its end that says who wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.speakers.discourse import Discourse, Referent
from onrecord.speakers.namewords import fold

LAST: Final = 4
"""Paragraphs from the end in which a line about the author may stand."""
WRITES: Final = re.compile(
    r"\b(?:author|columnist|contributor|contributors|writer|writes|wrote|editor|reporter|correspondent|professor|fellow|"
    r"lawyer|attorney|journalist|blogger|twitter|follow|board of|opinion|email|e-mail|book)\b|@\w",
    re.IGNORECASE,
)
FOLLOWED: Final = re.compile(r"\s+on\s+(?:Twitter|X|Facebook|Instagram)\b")
FIRST_PERSON: Final = ("i", "we")


def find_author(discourse: Discourse, authors: Sequence[str]) -> Referent | None:
    """Return who the report's "I" is; None where nothing tells, or nobody says "I" outside quotation marks.

    Args:
        discourse: the report with its names.
        authors: the authors that the document's metadata give.
    """
    if not any(
        each.pronoun is not None and each.pronoun.kind in FIRST_PERSON and not each.quoted
        for each in discourse.occurrences
    ):
        return None
    for author in authors[:1]:
        key = fold(author)
        known = next((each for each in discourse.referents if each.named and fold(each.name) == key), None)
        return known or discourse.introduce(author, "person", plural=False, named=True)
    return _signed(discourse)


def _signed(discourse: Discourse) -> Referent | None:
    """Return the person whose name begins one of the last paragraphs, if it says that they write; or who is to be followed."""
    last = discourse.paragraphs[-1]
    for paragraph in reversed(discourse.paragraphs[-LAST:]):
        words = paragraph.of(discourse.text)
        for occurrence in discourse.within(paragraph):
            if occurrence.form != "name" or occurrence.animacy != "person" or occurrence.referent is None:
                continue
            first = occurrence.span.start <= paragraph.start + 3
            about = discourse.text[occurrence.span.end : paragraph.end]
            signed = WRITES.search(about) or (paragraph == last and about.startswith(" is "))
            if (first and signed) or (words.startswith("Follow ") and FOLLOWED.match(about)):
                return discourse.referents[occurrence.referent]
    return None
