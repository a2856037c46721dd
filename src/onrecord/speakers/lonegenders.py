"""What gender the pronouns behind a lone surname tell: "Harrow said he would stay" is not Ada Harrow."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from onrecord.speakers.namementions import NameMention
from onrecord.speakers.namewords import Gender

PRONOUN: Final = re.compile(r"[^.!?;:\n\"“”()]{0,150}?\b(?:(he|his|him|himself)|(?:she|her|herself))\b")
AT_START: Final = re.compile(
    r"(?:\A|[.!?:\n”\"]\s{0,3}|\b(?:that|when|while|because|if|whether|although|though|but|however)\s)"
    r"(?:(?:But|And|Mr\.|Mrs\.|Ms\.|President)\s){0,3}\Z"
)
"""Before a name that begins its sentence: of another the pronoun is hardly told."""
REACH: Final = 150
"""Code points behind a name in which a pronoun may still be its bearer."""
LEAST: Final = 2
"""Pronouns that have to say so."""
SHARE: Final = 0.85
"""What part of the pronouns behind one surname has to be of one gender: others may mean others."""


def genders_by_pronouns(text: str, mentions: Sequence[NameMention]) -> Mapping[str, Gender]:
    """Return the gender of those called by a lone surname, by key, where the pronouns behind it agree.

    Args:
        text: the document's text.
        mentions: its names of people, in the order of the text.
    """
    votes: defaultdict[str, Counter[Gender]] = defaultdict(Counter)
    for at, mention in enumerate(mentions):
        if mention.person.is_full or not AT_START.search(text, max(0, mention.span.start - 24), mention.span.start):
            continue
        end = min(len(text), mention.span.end + REACH)
        if at + 1 < len(mentions):
            end = max(mention.span.end, min(end, mentions[at + 1].span.start))
        found = PRONOUN.match(text, mention.span.end, end)
        if found is not None:
            votes[mention.key]["masculine" if found.group(1) else "feminine"] += 1
    told: dict[str, Gender] = {}
    for key, counts in votes.items():
        gender, most = counts.most_common(1)[0]
        if most >= LEAST and most >= SHARE * counts.total():
            told[key] = gender
    return told
