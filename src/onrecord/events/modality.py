"""Whether an event happened, is planned, threatened, called for, hypothetical or denied, by the words before it."""

from __future__ import annotations

from typing import Final

from onrecord.attribution.cuemodality import mood_of, verb_group
from onrecord.attribution.cuewords import Word, words_in
from onrecord.attribution.inflection import lemmas_of
from onrecord.document import Span
from onrecord.reading import EventModality
from onrecord.wordlists import word_set

CALLING: Final = word_set("call urge demand ask request press implore beg appeal want encourage advise order tell")
THREATENING: Final = word_set("threaten")
PLANNING: Final = word_set("plan intend mean aim prepare promise pledge vow agree offer propose")
REACH: Final = 7
"""Most words between a governing verb and the trigger that follows its "to", "for" or "that"."""
BREAKS: Final = frozenset({".", ";", ":", "(", ")", "—"})


def modality_of(text: str, trigger: Span, sentence: Span) -> EventModality:
    """Return how real the event at a trigger is, as its own sentence tells it.

    >>> text = "Ruritania threatened to bomb the port."
    >>> modality_of(text, Span(24, 28), Span(0, len(text)))
    'threatened'
    """
    before = words_in(text, sentence.start, trigger.start)
    own = words_in(text, trigger.start, trigger.end)
    if not own:
        return "happened"
    mood = mood_of(text, verb_group(before, own, None), sentence=sentence)
    if mood.negated or mood.modality == "denied":
        return "denied"
    governed = _governed(before)
    if governed is not None:
        return governed
    if mood.modality == "future":
        return "planned"
    return "hypothetical" if mood.modality == "hypothetical" else "happened"


def _governed(before: list[Word]) -> EventModality | None:
    """Return what a verb that governs the trigger makes of it: "urged them to", "called for", "threatened to"."""
    link = next((at for at in range(len(before) - 1, max(-1, len(before) - 4), -1) if _links(before[at].plain)), None)
    if link is None:
        return None
    for at in range(link - 1, max(-1, link - 1 - REACH), -1):
        word = before[at].plain
        if word in BREAKS:
            return None
        lemmas = lemmas_of(word)
        if not THREATENING.isdisjoint(lemmas):
            return "threatened"
        if not CALLING.isdisjoint(lemmas):
            return "called for"
        if not PLANNING.isdisjoint(lemmas):
            return "planned"
    return None


def _links(word: str) -> bool:
    return word in ("to", "for", "that")
