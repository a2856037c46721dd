"""Who answers in a quotation without a cue: "Asked about the catch, Quy laughed. “Luck.”" is Quy."""

from __future__ import annotations

import re
from typing import Final

from onrecord.speakers.asking import Said
from onrecord.speakers.discourse import Discourse

ANSWERED: Final = 0.85
"""Confidence of somebody who was asked, reacts, and is quoted in the next sentence."""
OPENS: Final = re.compile(
    r"\W*(?:(?:when|after being) )?(?:asked|pressed|questioned|quizzed|challenged)\b", re.IGNORECASE
)
BEFORE: Final = re.compile(r",\s(?:[^\W\d_a-z][\w.’'-]*\s){0,3}\Z")
"""A comma, and titles or given names, before the subject of the main clause."""
BEHIND: Final = re.compile(r"\s[a-z]{3,}")
LONGEST_BEFORE: Final = 60


def answerer(discourse: Discourse, said: Said) -> int | None:
    """Return who was asked in the sentence before a quotation without source and cue; None where nobody was."""
    if said.source or said.cue or not said.content or not said.quoted:
        return None
    at = discourse.sentence_at(said.content[0].start)
    asked = discourse.sentences[at - 1] if at else None
    if asked is None or discourse.paragraph_at(asked.start) != discourse.paragraph_at(said.content[0].start):
        return None
    if not OPENS.match(discourse.text, asked.start, asked.end):
        return None
    for occurrence in discourse.within(asked):
        start = occurrence.span.start
        before = BEFORE.search(discourse.text, max(asked.start, start - LONGEST_BEFORE), start)
        if before and occurrence.animacy == "person" and BEHIND.match(discourse.text, occurrence.span.end):
            return occurrence.referent
    return None
