"""The reporter or columnist who speaks as "I": by the byline, or by the line at the end that says who wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.document import Span
from onrecord.speakers.discourse import Discourse, Occurrence, Referent
from onrecord.speakers.namewords import fold

LAST: Final = 4
"""Paragraphs from the end in which a line about the author may stand."""
INDENT: Final = 3
"""Code points before the name in such a line: a dash, a bullet, an opening mark."""
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
    """Return the person whom one of the last paragraphs, the last of them first, says to have written the report."""
    for paragraph in reversed(discourse.paragraphs[-LAST:]):
        for occurrence in discourse.within(paragraph):
            if occurrence.form != "name" or occurrence.animacy != "person" or occurrence.referent is None:
                continue
            if _writes(discourse, paragraph, occurrence) or _is_followed(discourse, paragraph, occurrence):
                return discourse.referents[occurrence.referent]
    return None


def _writes(discourse: Discourse, paragraph: Span, name: Occurrence) -> bool:
    """Tell whether a paragraph begins with a name and says that the person writes: "Ada Ilven is a columnist"."""
    if name.span.start > paragraph.start + INDENT:
        return False
    text, end = discourse.text, name.span.end
    last = paragraph == discourse.paragraphs[-1]
    return (last and text.startswith(" is ", end, paragraph.end)) or bool(WRITES.search(text, end, paragraph.end))


def _is_followed(discourse: Discourse, paragraph: Span, name: Occurrence) -> bool:
    """Tell whether a paragraph asks to follow somebody: "Follow Ada Ilven on Twitter"."""
    text = discourse.text
    return text.startswith("Follow ", paragraph.start, paragraph.end) and bool(
        FOLLOWED.match(text, name.span.end, paragraph.end)
    )
