"""The lexicon of triggers: words that tell of events, with the types and modes that they may be of.

``triggers.tsv`` beside this file has a line for each trigger and type: the trigger in its dictionary form (``*`` stands
for up to four words between its parts), part of speech, type, mode, how a recipient follows it, and how often it is of
that type in political news. The network decides what a sentence tells; the lexicon says which sentences it is asked
about, and the mode of what it finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple, cast

import numpy as np

from onrecord.attribution.cuewords import WORD, plain
from onrecord.attribution.inflection import lemmas_of
from onrecord.document import Span
from onrecord.model.scores import EVENT_TYPES, Floats
from onrecord.model.states import SentenceStates
from onrecord.reading import EventType
from onrecord.wordlists import remembered

WORTH_ASKING: Final = 0.4
"""Weight of words that make a sentence worth asking about: half of the sentences, with nine tenths of the events."""
GAP: Final = 4
"""Most words that stand for a ``*``, and between a verb and its particle."""
KEPT_SENTENCES: Final = 1_024
"""Sentences whose entries are kept from telling which are asked to asking them: those of the reports in work, 2 MB."""
LONGEST_KEPT: Final = 2_000
"""Code points of the longest sentence that is kept; longer ones are none, and may be as long as a report."""
COLUMNS: Final = {kind: column for column, kind in enumerate(EVENT_TYPES)}
UNINFLECTED: Final = frozenset({"according", "barring", "concerning", "excluding"})
"""Prepositions that look like a trigger's -ing: "according to the mayor" tells of no accord."""


class Entry(NamedTuple):
    """One line of the lexicon."""

    words: tuple[str, ...]
    part: str
    type: EventType
    mode: str | None
    weight: float


class Match(NamedTuple):
    """An entry of the lexicon in a sentence."""

    entry: Entry
    places: tuple[tuple[int, int], ...]
    """Start and end of each of its words, counted from the start of the sentence."""


@dataclass(frozen=True, slots=True)
class Group:
    """The entries that begin with one word."""

    alone: list[Entry] = field(default_factory=list)
    """Those of that word only."""
    by_second: dict[str, list[Entry]] = field(default_factory=dict)
    """The others by the next of their words, which has to stand within ``GAP`` words: most lack it."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries by their first word."""

    by_first_word: dict[str, Group]


def tells(text: str, sentence: Span) -> bool:
    """Tell whether a sentence has words that often tell of events, so that it is worth asking about."""
    return any(match.entry.weight >= WORTH_ASKING for match in _matches(sentence.of(text)))


def mode_of(text: str, trigger: Span, sentence: Span, kind: EventType) -> str | None:
    """Return the mode that the words of a trigger tell, for an event of a type; None where they tell none."""
    found = [
        match.entry
        for match in _find(text[trigger.start : min(sentence.end, trigger.end + 80)], within=trigger.size)
        if match.entry.type == kind and match.entry.mode
    ]
    best = max(found, key=lambda entry: (len(entry.words), entry.weight, entry.mode or ""), default=None)
    return best.mode if best else None


def hints_of(text: str, states: SentenceStates) -> Floats:
    """Return for each token of a sentence how likely the lexicon thinks that it tells of each type, [T, 16]."""
    best: dict[tuple[int, int], dict[EventType, float]] = {}
    for entry, places in _matches(states.span.of(text)):
        for place in places:
            weights = best.setdefault(place, {})
            weights[entry.type] = max(entry.weight, weights.get(entry.type, 0.0))
    base = states.span.start
    hinted: dict[tuple[int, int], float] = {}  # by token and column: a few of hundreds, so that all are set at once
    for (start, end), weights in best.items():
        tokens = states.tokens_of(Span(base + start, base + end))
        if tokens is not None:
            for kind, weight in weights.items():
                for token in range(tokens.start, tokens.stop):
                    at = (token, COLUMNS[kind])
                    hinted[at] = max(weight, hinted.get(at, 0.0))
    hints = np.zeros((len(states.starts), len(EVENT_TYPES)), dtype=np.float32)
    if hinted:
        hints[tuple(zip(*hinted, strict=True))] = list(hinted.values())
    return hints


def _matches(sentence: str) -> Sequence[Match]:
    return _kept_matches(sentence) if len(sentence) <= LONGEST_KEPT else tuple(_find(sentence))


@lru_cache(maxsize=KEPT_SENTENCES)
def _kept_matches(sentence: str) -> tuple[Match, ...]:
    return tuple(_find(sentence))


def _find(words: str, *, within: int | None = None) -> Iterator[Match]:
    """Yield the entries in a run of words by place; only those that begin before the offset ``within``, if given."""
    found = list(WORD.finditer(words))
    known = [_known(word.group()) for word in found]
    for at, word in enumerate(known):
        if not word.beginning:  # as most words
            continue
        if within is not None and found[at].start() >= within:
            return
        for group in word.beginning:
            for entry in group.alone:
                yield Match(entry, (found[at].span(),))
            if not group.by_second:
                continue
            near = [lemma for each in known[at + 1 : at + 2 + GAP] for lemma in each.lemmas]
            for second in dict.fromkeys(near):
                for entry in group.by_second.get(second, ()):
                    further = _follows(entry.words[1:], known, at + 1)
                    if further is not None:
                        yield Match(entry, tuple([found[place].span() for place in (at, *further)]))


def _follows(wanted: Sequence[str], known: Sequence[_Known], at: int) -> list[int] | None:
    """Return where the further words of an entry stand, in their order and close by; None where they do not."""
    places: list[int] = []
    for word in wanted:
        if word == "*":
            continue
        for place in range(at, min(at + GAP + 1, len(known))):
            if word in known[place].lemmas:
                break
        else:
            return None
        places.append(place)
        at = place + 1
    return places


class _Known(NamedTuple):
    """What the lexicon knows of a word as it is written."""

    lemmas: tuple[str, ...]
    beginning: tuple[Group, ...]
    """The entries that begin with it."""


@remembered
def _known(written: str) -> _Known:
    word = plain(written)
    lemmas = (word,) if word in UNINFLECTED else lemmas_of(word)
    first = load_triggers().by_first_word
    return _Known(lemmas, tuple([first[lemma] for lemma in lemmas if lemma in first]))


@cache
def load_triggers() -> Lexicon:
    """Return the lexicon of the package, read once."""
    lines = files("onrecord.events").joinpath("triggers.tsv").read_text(encoding="utf-8").splitlines()
    groups: dict[str, Group] = {}
    for line in lines[1:]:  # the first line names the columns
        trigger, part, kind, mode, _, weight = line.split("\t")
        words = tuple(trigger.lower().split())
        group = groups.setdefault(words[0], Group())
        second = next((word for word in words[1:] if word != "*"), None)
        same = group.alone if second is None else group.by_second.setdefault(second, [])
        same.append(Entry(words, part, cast("EventType", kind), mode or None, float(weight)))
    return Lexicon(groups)
