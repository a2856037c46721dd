"""The lexicon of triggers: words that tell of events, with the types and modes that they may be of.

``triggers.tsv`` beside this file has a line for each trigger and type: the trigger in its dictionary form (``*`` stands
for up to four words between its parts), part of speech, type, mode, how a recipient follows it, and how often it is of
that type in political news. The network decides what a sentence tells; the lexicon says which sentences it is asked
about, and the mode of what it finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple, cast

import numpy as np

from onrecord.attribution.cuewords import Word, words_in
from onrecord.attribution.inflection import lemmas_of
from onrecord.document import Span
from onrecord.model.scores import EVENT_TYPES, Floats
from onrecord.model.states import SentenceStates
from onrecord.reading import EventType

WORTH_ASKING: Final = 0.4
"""Weight of words that make a sentence worth asking about: half of the sentences, with nine tenths of the events."""
GAP: Final = 4
"""Most words that stand for a ``*``, and between a verb and its particle."""
KEPT: Final = 4_096
"""Words whose forms are kept: most words of a report; of 20,000, 6 MB, a process is full only after 7,000 reports."""
UNINFLECTED: Final = frozenset({"according", "barring", "concerning", "excluding"})
"""Prepositions that look like a trigger's -ing: "according to the mayor" tells of no accord."""


class Entry(NamedTuple):
    """One line of the lexicon."""

    words: tuple[str, ...]
    part: str
    type: EventType
    mode: str | None
    weight: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries by their first word."""

    by_first_word: dict[str, tuple[Entry, ...]]

    def entries_at(self, words: Sequence[Word], at: int) -> Iterator[tuple[Entry, tuple[int, ...]]]:
        """Yield the entries that begin at a word, with where their words stand."""
        for lemma in _lemmas(words[at].plain):
            for entry in self.by_first_word.get(lemma, ()):
                further = _follows(entry.words[1:], words, at + 1)
                if further is not None:
                    yield entry, (at, *further)


def tells(text: str, sentence: Span) -> bool:
    """Tell whether a sentence has words that often tell of events, so that it is worth asking about."""
    lexicon = load_triggers()
    words = words_in(text, sentence.start, sentence.end)
    return any(
        entry.weight >= WORTH_ASKING
        for at, word in enumerate(words)
        if _may_begin(word.plain)
        for entry, _ in lexicon.entries_at(words, at)
    )


def mode_of(text: str, trigger: Span, sentence: Span, kind: EventType) -> str | None:
    """Return the mode that the words of a trigger tell, for an event of a type; None where they tell none."""
    lexicon = load_triggers()
    words = words_in(text, trigger.start, min(sentence.end, trigger.end + 80))
    found = [
        entry
        for at, word in enumerate(words)
        if word.start < trigger.end
        for entry, _ in lexicon.entries_at(words, at)
        if entry.type == kind and entry.mode
    ]
    best = max(found, key=lambda entry: (len(entry.words), entry.weight, entry.mode or ""), default=None)
    return best.mode if best else None


def hints_of(text: str, states: SentenceStates) -> Floats:
    """Return for each token of a sentence how likely the lexicon thinks that it tells of each type, [T, 16]."""
    lexicon = load_triggers()
    hints = np.zeros((len(states.starts), len(EVENT_TYPES)), dtype=np.float32)
    words = words_in(text, states.span.start, states.span.end)
    for at, word in enumerate(words):
        if not _may_begin(word.plain):
            continue
        for entry, places in lexicon.entries_at(words, at):
            for place in places:
                tokens = states.tokens_of(Span(words[place].start, words[place].end))
                if tokens is not None:
                    column = hints[tokens, EVENT_TYPES.index(entry.type)]
                    np.maximum(column, entry.weight, out=column)
    return hints


def _follows(wanted: Sequence[str], words: Sequence[Word], at: int) -> list[int] | None:
    """Return where the further words of an entry stand, in their order and close by; None where they do not."""
    places: list[int] = []
    for word in wanted:
        if word == "*":
            continue
        place = next(
            (index for index in range(at, min(at + GAP + 1, len(words))) if word in _lemmas(words[index].plain)), None
        )
        if place is None:
            return None
        places.append(place)
        at = place + 1
    return places


@lru_cache(maxsize=KEPT)
def _lemmas(word: str) -> tuple[str, ...]:
    return (word,) if word in UNINFLECTED else lemmas_of(word)


@lru_cache(maxsize=KEPT)
def _may_begin(word: str) -> bool:
    first = load_triggers().by_first_word
    return any(lemma in first for lemma in _lemmas(word))


@cache
def load_triggers() -> Lexicon:
    """Return the lexicon of the package, read once."""
    lines = files("onrecord.events").joinpath("triggers.tsv").read_text(encoding="utf-8").splitlines()
    groups: dict[str, list[Entry]] = {}
    for line in lines[1:]:  # the first line names the columns
        trigger, part, kind, mode, _, weight = line.split("\t")
        words = tuple(trigger.lower().split())
        entry = Entry(words, part, cast("EventType", kind), mode or None, float(weight))
        groups.setdefault(words[0], []).append(entry)
    return Lexicon({word: tuple(group) for word, group in groups.items()})
