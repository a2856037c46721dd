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
TELLING: Final = word_set("tell call want advise")
"""Those of them that call for what follows "to" or "for", and only say what follows "that"."""
PLANNING: Final = word_set(
    "plan intend mean aim prepare promise pledge vow agree offer propose proposal intention goal"
)
REPORTING: Final = word_set("say tell announce declare add vow pledge promise write tweet")
CONDITIONS: Final = word_set("if unless were whether")
LINKS: Final = frozenset({"to", "for", "that"})
DUTIES: Final = frozenset({"should", "must", "ought"})
WOULD: Final = frozenset({"would", "'d"})
NEAR: Final = 3
"""Most words from a link or a modal verb to the trigger."""
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
    if mood.modality == "future" or _is_headline_future(before):
        return "planned"
    return _hypothetical(text, before, sentence) if mood.modality == "hypothetical" else "happened"


def _hypothetical(text: str, before: list[Word], sentence: Span) -> EventModality:
    """Return what "should", "would" or "might" makes of an event."""
    if not DUTIES.isdisjoint(word.plain for word in before[-NEAR:]):
        return "called for"
    return "planned" if _is_reported_future(text, before, sentence) else "hypothetical"


def _governed(before: list[Word]) -> EventModality | None:
    """Return what a verb that governs the trigger makes of it: "urged them to", "called for", "threatened to"."""
    link = next(
        (at for at in range(len(before) - 1, max(-1, len(before) - 1 - NEAR), -1) if before[at].plain in LINKS), None
    )
    if link is None:
        return None
    for at in range(link - 1, max(-1, link - 1 - REACH), -1):
        word = before[at].plain
        if word in BREAKS:
            return None
        lemmas = lemmas_of(word)
        if not THREATENING.isdisjoint(lemmas):
            return "threatened"
        if not CALLING.isdisjoint(lemmas) and (before[link].plain != "that" or TELLING.isdisjoint(lemmas)):
            return "called for"
        if not PLANNING.isdisjoint(lemmas):
            return "planned"
    return None


def _is_reported_future(text: str, before: list[Word], sentence: Span) -> bool:
    """Tell whether "would" is the "will" of somebody who said so: "announced that they would withdraw"."""
    words = [word.plain for word in before]
    at = next((at for at in range(len(words) - 1, max(-1, len(words) - 1 - NEAR), -1) if words[at] in WOULD), None)
    if at is None or not CONDITIONS.isdisjoint(word.plain for word in words_in(text, sentence.start, sentence.end)):
        return False
    return any(not REPORTING.isdisjoint(lemmas_of(word)) for word in words[max(0, at - REACH) : at])


def _is_headline_future(before: list[Word]) -> bool:
    """Tell whether a headline has nothing but a name and "to" before the trigger: "Norlund Council to Arm Militia"."""
    named = [word.text for word in before[:-1]]
    if not named or before[-1].plain != "to" or len(named) > REACH or named[-1].endswith("ed"):
        return False
    return all(word[:1].isupper() for word in named)
