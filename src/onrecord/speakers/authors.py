"""The reporter or columnist who speaks as "I": by the byline, or by the line at the end that says who wrote it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.document import Span
from onrecord.speakers.discourse import Discourse, Occurrence, Referent
from onrecord.speakers.namewords import fold
from onrecord.speakers.personnames import title_before

FIRST: Final = 4
"""Paragraphs from the start in which a byline may stand."""
BYLINE: Final = re.compile(r"(?:Co-authored |Written )?[Bb]y |BY ")
LAST: Final = 4
"""Paragraphs from the end in which a line about the author may stand."""
BEHIND_BYLINE: Final = 40
"""Code points behind the name in a byline: for whom the author writes."""
SAID_BELOW: Final = 2
"""How often the text below a headline says "I" at least, if the name before the colon is its author's."""
INDENT: Final = 3
"""Code points before the name in such a line: a dash, a bullet, an opening mark."""
WRITES: Final = re.compile(
    r"\b(?:author|columnist|contributor|contributors|writer|writes|wrote|editor|reporter|correspondent|professor|fellow|"
    r"lawyer|attorney|journalist|blogger|twitter|follow|board of|opinion|email|e-mail|book)\b|@\w",
    re.IGNORECASE,
)
FOLLOWED: Final = re.compile(r"\s+on\s+(?:Twitter|X|Facebook|Instagram)\b")
IS_SOMETHING: Final = re.compile(r"(?:, [^!?\n]{1,60},)? (?:is|was|has been) ")
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
    return _bylined(discourse) or _headed(discourse) or _signed(discourse)


def _bylined(discourse: Discourse) -> Referent | None:
    """Return the person of a byline in the text: a paragraph that is "By Ada Ilven" and little more."""
    for paragraph in discourse.paragraphs[:FIRST]:
        match = BYLINE.match(discourse.text, paragraph.start, paragraph.end)
        name = next(discourse.within(paragraph), None)
        if match is None or name is None or name.person is None:
            continue
        if name.span.start == match.end() and paragraph.end - name.span.end <= BEHIND_BYLINE:
            return discourse.referents[name.person]
    return None


def _headed(discourse: Discourse) -> Referent | None:
    """Return the columnist whose name opens the headline, "Ada Ilven: What I Saw", where the text below says "I"."""
    if not discourse.paragraphs:
        return None
    headline = discourse.paragraphs[0]
    name = next(discourse.within(headline), None)
    if name is None or name.person is None:
        return None
    said_below = sum(
        each.pronoun is not None and each.pronoun.kind == "i" and not each.quoted and each.span.start > headline.end
        for each in discourse.occurrences
    )
    opens = name.span.start == headline.start and discourse.text.startswith(":", name.span.end)
    full = " " in name.span.of(discourse.text)
    return discourse.referents[name.person] if opens and full and said_below >= SAID_BELOW else None


def _signed(discourse: Discourse) -> Referent | None:
    """Return the person whom one of the last paragraphs, the last of them first, says to have written the report."""
    for paragraph in reversed(discourse.paragraphs[-LAST:]):
        for occurrence in discourse.within(paragraph):
            if occurrence.person is None:
                continue
            if _writes(discourse, paragraph, occurrence) or _is_followed(discourse, paragraph, occurrence):
                return discourse.referents[occurrence.person]
    return None


def _writes(discourse: Discourse, paragraph: Span, name: Occurrence) -> bool:
    """Tell whether a paragraph begins with a name and says that the person writes: "Ada Ilven is a columnist"."""
    text, end = discourse.text, name.span.end
    title = title_before(text, name.span.start, paragraph.start)
    if (title.start if title else name.span.start) > paragraph.start + INDENT:
        return False
    last = paragraph == discourse.paragraphs[-1]
    if title is not None:  # "Sen. Ada Ilven wrote" reports; "Sen. Ada Ilven, D-Orrin, is a" signs
        return last and bool(IS_SOMETHING.match(text, end, paragraph.end))
    return (last and bool(IS_SOMETHING.match(text, end, paragraph.end))) or bool(
        WRITES.search(text, end, paragraph.end)
    )


def _is_followed(discourse: Discourse, paragraph: Span, name: Occurrence) -> bool:
    """Tell whether a paragraph asks to follow somebody: "Follow Ada Ilven on Twitter"."""
    text = discourse.text
    return text.startswith("Follow ", paragraph.start, paragraph.end) and bool(
        FOLLOWED.match(text, name.span.end, paragraph.end)
    )
