"""What the ranker knows of a source and of somebody who might be meant by it, as numbers."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from onrecord.document import Span
from onrecord.speakers.antecedents import Asked, allows
from onrecord.speakers.discourse import Discourse, Referent

CLASSES: Final = ("he", "she", "it", "they", "who", "which", "i", "we", "one", "nominal", "implicit")
CATEGORIES: Final = ("person", "group", "organization", "document", "country", "unknown")
KINDS: Final = ("person", "organization", "country", "place", "group", "document", "unnamed", "author", "other")
FAR: Final = 30.0
"""Stands for "never" where distances in sentences, paragraphs or turns are counted."""

QUERY_FEATURES: Final = (
    *(f"asks {name}" for name in CLASSES),
    *(f"asks for {name}" for name in CATEGORIES),
    "asks plural",
    "asks definite",
    "asks owner",
    "asks in quotation",
    "content quoted",
    "first in paragraph",
    "headline",
    "impersonal",
    "statements before",
)
REFERENT_FEATURES: Final = (
    "new",
    "nobody",
    *(f"is {name}" for name in KINDS),
    "author",
    "named",
    "allowed",
    "gender agrees",
    "number agrees",
    "joint",
    "mentions before",
    "names before",
    "mentions in all",
    "rank by mentions",
    "sentences since",
    "paragraphs since",
    "rank by nearness",
    "in this sentence",
    "in last sentence",
    "first of sentence",
    "first of last sentence",
    "first of paragraph",
    "right before",
    "last by name",
    "last by pronoun",
    "last quoted",
    "last a source",
    "ahead in sentence",
    "spoken before",
    "sentences since speech",
    "last speaker",
    "speaker before last",
    "last speaker of paragraph",
    "last speech was quoted",
    "named in content",
    "pronoun in content",
    "mentioned in last content",
    "first owner",
    "any owner",
    "agent",
    "shared words",
    "shared head",
    "same description",
    "pair score",
    "pair chance",
    "rank by chance",
)
FEATURES: Final = (*QUERY_FEATURES, *REFERENT_FEATURES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A source that asks who it is."""

    asks: str
    """One of ``CLASSES``."""
    category: str
    """One of ``CATEGORIES``."""
    asked: Asked
    span: Span
    """Where it stands; without a source, where its cue does."""
    words: frozenset[str] = frozenset()
    """Folded content words of a description."""
    head: str = ""
    """Folded head noun of a description."""
    description: str = ""
    """Folded description."""
    definite: bool = False
    owners: tuple[int, ...] = ()
    """Referents that own or made it, nearest first."""
    agent: int | None = None
    """The referent that a passive names."""
    impersonal: bool = False
    quoted: bool = False
    """It stands in a quotation."""
    content: tuple[Span, ...] = ()
    content_quoted: bool = False
    headline: bool = False


@dataclass(slots=True, kw_only=True)
class Turn:
    """One statement whose speaker is known, as later ones see it."""

    position: int
    sentence: int
    paragraph: int
    speakers: tuple[int, ...]
    content: tuple[Span, ...]
    quoted: bool


@dataclass(slots=True)
class History:
    """The statements so far, in the order in which they are read."""

    turns: list[Turn] = field(default_factory=list)
    spoken: dict[int, list[int]] = field(default_factory=dict)
    """For each referent the indices of its turns."""
    sources: set[int] = field(default_factory=set)
    """Starts of the occurrences that are sources."""

    def add(self, turn: Turn) -> None:
        """Add a statement."""
        for speaker in turn.speakers:
            self.spoken.setdefault(speaker, []).append(len(self.turns))
        self.turns.append(turn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who might be meant: a referent, somebody new, or nobody."""

    referent: Referent | None
    nobody: bool = False


class Featuriser:
    """Turns queries and candidates into numbers."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        counts = sorted(
            (referent for referent in discourse.referents if referent.named),
            key=lambda referent: -len(referent.places),
        )
        self.rank = {referent.index: rank for rank, referent in enumerate(counts)}
        self._first: dict[int, int] = {}
        for occurrence in discourse.occurrences:
            if occurrence.sentence not in self._first and occurrence.referent is not None:
                self._first[occurrence.sentence] = occurrence.referent

    def rows(
        self,
        query: Query,
        candidates: Sequence[Candidate],
        history: History,
        pairs: dict[int, tuple[float, float]],
    ) -> list[list[float]]:
        """Return one row of ``FEATURES`` a candidate.

        Args:
            query: who asks.
            candidates: who might answer.
            history: the statements so far.
            pairs: for each referent the chance and the score that the heads give.
        """
        asking = self._query(query, history)
        near = self._nearness(query, candidates)
        order = sorted(pairs, key=lambda key: -pairs[key][0])
        ranks = {key: rank for rank, key in enumerate(order)}
        content = self._mentioned(query.content)
        last = history.turns[-1] if history.turns else None
        last_content = self._mentioned(last.content)[0] if last else frozenset()
        return [
            asking + self._candidate(query, each, history, pairs, near, ranks, content, last_content)
            for each in candidates
        ]

    def _query(self, query: Query, history: History) -> list[float]:
        discourse = self.discourse
        sentence = discourse.sentence_at(query.span.start)
        paragraph = discourse.paragraph_at(query.span.start)
        first = discourse.first_sentence[paragraph] if discourse.first_sentence else 0
        return [
            *(float(query.asks == name) for name in CLASSES),
            *(float(query.category == name) for name in CATEGORIES),
            {True: 1.0, False: 0.0, None: 0.5}[query.asked.plural],
            float(query.definite),
            float(bool(query.owners)),
            float(query.quoted),
            float(query.content_quoted),
            float(sentence == first),
            float(query.headline),
            float(query.impersonal),
            math.log1p(len(history.turns)),
        ]

    def _nearness(self, query: Query, candidates: Sequence[Candidate]) -> dict[int, int]:
        """Rank the allowed candidates by how near before the query they were last mentioned."""
        at = []
        for each in candidates:
            referent = each.referent
            if referent is None or not self._allowed(query, referent):
                continue
            index = bisect_left(referent.places, query.span.start)
            if index:
                at.append((-referent.places[index - 1], referent.index))
        return {index: rank for rank, (_, index) in enumerate(sorted(at))}

    @staticmethod
    def _allowed(query: Query, referent: Referent) -> bool:
        return allows(query.asked, referent.animacy, referent.gender, referent.plural)

    def _mentioned(self, content: Sequence[Span]) -> tuple[frozenset[int], frozenset[int]]:
        """Return who is named or described, and who a pronoun refers to, in a content."""
        named, pronouns = set(), set()
        for span in content:
            for occurrence in self.discourse.within(span):
                if occurrence.referent is not None:
                    (pronouns if occurrence.form == "pronoun" else named).add(occurrence.referent)
        return frozenset(named), frozenset(pronouns)

    def _candidate(
        self,
        query: Query,
        candidate: Candidate,
        history: History,
        pairs: dict[int, tuple[float, float]],
        near: dict[int, int],
        ranks: dict[int, int],
        content: tuple[frozenset[int], frozenset[int]],
        last_content: frozenset[int],
    ) -> list[float]:
        referent = candidate.referent
        if referent is None:
            return [float(not candidate.nobody), float(candidate.nobody), *[0.0] * (len(REFERENT_FEATURES) - 2)]
        discourse, places = self.discourse, referent.places
        start = query.span.start
        sentence, paragraph = discourse.sentence_at(start), discourse.paragraph_at(start)
        before = bisect_left(places, start)
        last = discourse.occurrences[discourse.index_at(places[before - 1])] if before else None
        if last is not None and last.referent != referent.index:
            last = next(
                (
                    each
                    for each in discourse.within(Span(last.span.start, last.span.start + 1))
                    if each.referent == referent.index
                ),
                last,
            )
        ahead = before < len(places) and discourse.sentence_at(places[before]) == sentence
        turns = history.spoken.get(referent.index, ())
        speech = history.turns[turns[-1]] if turns else None
        count = len(history.turns)
        chance, score = pairs.get(referent.index, (0.0, -10.0))
        first_of_paragraph = discourse.first_sentence[paragraph] if discourse.first_sentence else 0
        shared = len(query.words & referent.words) / len(query.words) if query.words else 0.0
        return [
            0.0,
            0.0,
            *(float(referent.kind == kind) for kind in KINDS),
            float(referent is discourse.author),
            float(referent.named),
            float(self._allowed(query, referent)),
            _agreement(query.asked.gender, referent.gender),
            _agreement(query.asked.plural, referent.plural),
            float(bool(referent.members)),
            math.log1p(before),
            math.log1p(referent.names),
            math.log1p(len(places)),
            float(min(self.rank.get(referent.index, 9), 9)),
            min(FAR, float(sentence - last.sentence)) if last else FAR,
            min(FAR, float(paragraph - last.paragraph)) if last else FAR,
            float(min(near.get(referent.index, 9), 9)),
            float(last is not None and last.sentence == sentence),
            float(last is not None and last.sentence == sentence - 1),
            float(self._first.get(sentence) == referent.index and last is not None and last.sentence == sentence),
            float(self._first.get(sentence - 1) == referent.index),
            float(self._first.get(first_of_paragraph) == referent.index and first_of_paragraph < sentence),
            float(last is not None and 0 <= start - last.span.end <= 3),
            float(last is not None and last.form == "name"),
            float(last is not None and last.form == "pronoun"),
            float(last is not None and last.quoted),
            float(last is not None and last.span.start in history.sources),
            float(ahead),
            math.log1p(len(turns)),
            min(FAR, float(abs(sentence - speech.sentence))) if speech else FAR,
            float(bool(turns) and turns[-1] == count - 1),
            float(count - 2 in turns[-2:]),
            float(bool(turns) and turns[-1] == count - 1 and history.turns[-1].paragraph == paragraph),
            float(speech is not None and speech.quoted),
            float(referent.index in content[0]),
            float(referent.index in content[1]),
            float(referent.index in last_content),
            float(query.owners[:1] == (referent.index,)),
            float(referent.index in query.owners),
            float(query.agent == referent.index),
            shared,
            float(bool(query.head) and query.head in referent.heads),
            float(bool(query.description) and query.description in referent.words),
            max(-10.0, min(10.0, score)),
            chance,
            float(min(ranks.get(referent.index, 9), 9)),
        ]


def _agreement(asked: object, known: object) -> float:
    return 0.0 if asked is None or known is None else 1.0 if asked == known else -1.0
