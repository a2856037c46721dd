"""What the ranker knows of a source and of somebody who might be meant by it, as numbers."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from onrecord.document import Span
from onrecord.speakers.antecedents import Asked
from onrecord.speakers.discourse import Discourse, Occurrence, Referent
from onrecord.speakers.featurenames import CATEGORIES, CLASSES, KINDS, REFERENT_FEATURES
from onrecord.wordlists import word_set

AROUND: Final = 24
"""Code points before and behind a mention that tell what it is to its sentence."""
TITLES: Final = frozenset(("Mr.", "Mrs.", "Ms.", "Dr.", "Sen.", "Rep.", "Gov.", "Senator", "President", "Mayor"))
FAR: Final = 30.0
"""Stands for "never" where distances in sentences, paragraphs or turns are counted."""

Pairs = Mapping[int, tuple[float, float]]
"""For each referent the chance and the score that the heads give it as the answer to a query."""


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
    together: tuple[int, ...] = ()
    """Referents made up of those whom the sentences before it name together."""
    voice: int | None = None
    """Who says the paragraph that it stands in, in an interview or a page of letters."""
    impersonal: bool = False
    several: int = 0
    """How many are asked for, where the words tell: "both", "the two"."""
    cue: tuple[Span, ...] = ()
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
    together: list[int] = field(default_factory=list)
    """Those made up of several who spoke together."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """What all the candidates of one query are held against."""

    query: Query
    history: History
    sentence: int
    """Index of the sentence that the query stands in."""
    paragraph: int
    opening: int
    """Index of the first sentence of its paragraph."""
    near: Mapping[int, int]
    """Rank of each allowed referent by how near before the query it was last mentioned."""
    pairs: Pairs
    likely: Mapping[int, int]
    """Rank of each referent by the chance that the heads give it."""
    named: frozenset[int]
    """Referents that the content names or describes."""
    by_pronoun: frozenset[int]
    """Referents that pronouns of the content refer to."""
    named_last: frozenset[int]
    """Referents that the content of the last statement names or describes."""
    best: tuple[int, float, float]
    """The likeliest referent by the heads, the chance of the second, and its own."""
    allowed: frozenset[int]
    """The candidates whom grammar allows."""
    most: int
    """How often the allowed candidate who is mentioned most was mentioned before the query."""
    rivals: int
    """How many people grammar allows."""
    opens: bool
    """The query is the first word of its sentence."""


PREPOSITIONS: Final = word_set(
    """of to by from with for on at in about against than like over between among behind under without around after
    before toward towards including versus told asked"""
)
OPENS: Final = word_set(
    "and but that when while as if because although though after before where whether since so then yet"
)
VERBS: Final = word_set(
    """is are was were has have had will would can could may might should must does did do who said says say told tells
    called calls also never then and"""
)

IS_KIND: Final = {kind: tuple(float(kind == each) for each in KINDS) for kind in KINDS}


class _Place(NamedTuple):
    """What stands around a mention."""

    owns: bool
    behind_preposition: bool
    opens_clause: bool
    before_verb: bool


def place_in(text: str, start: int, end: int) -> _Place:
    """Return what stands around a mention: a possessive behind it, a preposition before it, a clause's start, a verb.

    >>> place_in("“Ilven’s plan,” said Brandt", 1, 6).owns, place_in("He told Ilven that", 8, 13).behind_preposition
    (True, True)
    """
    before = text[max(0, start - AROUND) : start]
    words = before.rsplit(maxsplit=2)
    last = words[-1] if words else ""
    if last in TITLES and len(words) > 1:
        last = words[-2]
    after = text[end : end + AROUND].split(maxsplit=1)
    following = after[0] if after and text[end : end + 1].isspace() else ""
    plain = last.strip("“\"'‘(").lower()
    opens = not words or last[-1] in ",.;:!?”\"'’—–)" or plain in OPENS or "\n" in before[before.rfind(last) :]
    verb = following.lower() in VERBS or (following.endswith(("ed", "s")) and following.islower())
    return _Place(
        owns=text[end : end + 2].lower() in ("'s", "’s", "s'", "s’", "' ", "’ "),
        behind_preposition=plain in PREPOSITIONS,
        opens_clause=opens and verb,
        before_verb=verb,
    )


def _opens_sentence(discourse: Discourse, offset: int) -> bool:
    """Tell whether only marks stand between the start of a sentence and an offset."""
    if not discourse.sentences:
        return False
    start = discourse.sentences[discourse.sentence_at(offset)].start
    return offset - start <= 3 and not any(map(str.isalnum, discourse.text[start:offset]))


class Featuriser:
    """Turns queries and candidates into numbers."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        named = (referent for referent in discourse.referents if referent.named)
        by_mentions = sorted(named, key=lambda referent: -len(referent.places))
        self.rank = {referent.index: rank for rank, referent in enumerate(by_mentions)}
        self._places: dict[int, _Place] = {}
        self._first: dict[int, int] = {}
        for occurrence in discourse.occurrences:
            if occurrence.sentence not in self._first and occurrence.referent is not None:
                self._first[occurrence.sentence] = occurrence.referent

    def rows(self, query: Query, candidates: Sequence[Candidate], history: History, pairs: Pairs) -> list[list[float]]:
        """Return one row of ``FEATURES`` a candidate.

        Args:
            query: who asks.
            candidates: who might answer.
            history: the statements so far.
            pairs: for each referent the chance and the score that the heads give.
        """
        scene = self._scene(query, candidates, history, pairs)
        asking = _of_query(scene)
        return [asking + self._of_candidate(scene, each) for each in candidates]

    def _scene(self, query: Query, candidates: Sequence[Candidate], history: History, pairs: Pairs) -> _Scene:
        discourse = self.discourse
        paragraph = discourse.paragraph_at(query.span.start)
        named, by_pronoun = self._mentioned(query.content)
        named_last, _ = self._mentioned(history.turns[-1].content if history.turns else ())
        likeliest = sorted(pairs, key=lambda index: -pairs[index][0])
        chances = [pairs[index][0] for index in likeliest[:2]] + [0.0, 0.0]
        allowed = [each.referent for each in candidates if each.referent and query.asked.allows(each.referent)]
        return _Scene(
            query=query,
            history=history,
            sentence=discourse.sentence_at(query.span.start),
            paragraph=paragraph,
            opening=discourse.first_sentence[paragraph] if discourse.first_sentence else 0,
            near=_nearness(query, allowed),
            pairs=pairs,
            likely={index: rank for rank, index in enumerate(likeliest)},
            named=named,
            by_pronoun=by_pronoun,
            named_last=named_last,
            best=(likeliest[0] if likeliest else -1, chances[1], chances[0]),
            allowed=frozenset(each.index for each in allowed),
            most=max((bisect_left(each.places, query.span.start) for each in allowed), default=0),
            rivals=sum(1 for each in allowed if each.animacy == "person" and not each.members),
            opens=_opens_sentence(discourse, query.span.start),
        )

    def _mentioned(self, content: Sequence[Span]) -> tuple[frozenset[int], frozenset[int]]:
        """Return who is named or described, and who a pronoun refers to, in a content."""
        named: set[int] = set()
        pronouns: set[int] = set()
        for span in content:
            for occurrence in self.discourse.within(span):
                if occurrence.referent is not None:
                    (pronouns if occurrence.form == "pronoun" else named).add(occurrence.referent)
        return frozenset(named), frozenset(pronouns)

    def _of_candidate(self, scene: _Scene, candidate: Candidate) -> list[float]:
        referent = candidate.referent
        if referent is None:
            return [float(not candidate.nobody), float(candidate.nobody), *[0.0] * (len(REFERENT_FEATURES) - 2)]
        before = bisect_left(referent.places, scene.query.span.start)
        last = self._mention_at(referent, referent.places[before - 1]) if before else None
        return [
            0.0,
            0.0,
            *_identity(scene, referent, self.discourse.author),
            *self._weight(referent, before),
            *_distances(scene, referent, last),
            *self._openings(scene, referent, last),
            *_last_mention(scene, last),
            float(self._is_ahead(scene, referent, before)),
            *_speeches(scene, referent),
            *_in_contents(scene, referent),
            *_description(scene.query, referent),
            float(referent.index in scene.query.together),
            float(referent.index == scene.query.voice),
            *self._syntax(scene, referent, before, last),
            *_recent_speeches(scene, referent),
            *self._shares(scene, referent, before, last),
            *_by_heads(scene, referent),
        ]

    def _mention_at(self, referent: Referent, place: int) -> Occurrence:
        """Return the mention of somebody that starts at an offset, where those of others may start, too.

        Several who spoke together have places where a statement of theirs begins, which need be no mention.
        """
        first = self.discourse.first_from(place)
        if first.referent == referent.index:
            return first
        others = self.discourse.within(Span(first.span.start, first.span.start + 1))
        return next((each for each in others if each.referent == referent.index), first)

    def _weight(self, referent: Referent, before: int) -> tuple[float, ...]:
        """How much the report speaks of somebody."""
        return (
            math.log1p(before),
            math.log1p(referent.names),
            math.log1p(len(referent.places)),
            _rank(self.rank, referent),
        )

    def _openings(self, scene: _Scene, referent: Referent, last: Occurrence | None) -> tuple[float, ...]:
        """Whether sentences and the paragraph begin with somebody."""
        here = last is not None and last.sentence == scene.sentence
        return (
            float(here and self._first.get(scene.sentence) == referent.index),
            float(self._first.get(scene.sentence - 1) == referent.index),
            float(scene.opening < scene.sentence and self._first.get(scene.opening) == referent.index),
        )

    def _syntax(self, scene: _Scene, referent: Referent, before: int, last: Occurrence | None) -> tuple[float, ...]:
        """How somebody stood in the sentences before: as the subject, behind a preposition, as an owner."""
        if last is None:
            return (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, FAR)
        places = referent.places
        sentences = self.discourse.sentences
        start = sentences[max(0, scene.sentence - 1)].start if sentences else 0
        opening = sentences[scene.opening].start if sentences else 0
        end = sentences[scene.sentence].start if sentences else 0
        in_last = bisect_left(places, end) - bisect_left(places, start)
        in_paragraph = before - bisect_left(places, opening)
        subject = FAR
        for place in reversed(places[max(0, before - 4) : before]):
            if self._place_of(place).opens_clause:
                subject = min(FAR, float(scene.sentence - self.discourse.sentence_at(place)))
                break
        around = self._place_of(last.span.start, last.span.end)
        return (
            float(around.owns),
            float(around.behind_preposition),
            float(around.opens_clause),
            float(around.before_verb),
            min(5.0, float(in_last)),
            min(9.0, float(in_paragraph)),
            subject,
        )

    def _place_of(self, start: int, end: int | None = None) -> _Place:
        """Return what stands around a mention, looked up once each."""
        known = self._places.get(start)
        if known is None:
            if end is None:
                end = max(start, self.discourse.first_from(start).span.end)
            known = self._places[start] = place_in(self.discourse.text, start, end)
        return known

    def _shares(self, scene: _Scene, referent: Referent, before: int, last: Occurrence | None) -> tuple[float, ...]:
        """How near somebody is, and how much likelier than the next."""
        chance, _ = scene.pairs.get(referent.index, (0.0, -10.0))
        rival = scene.best[1] if scene.best[0] == referent.index else scene.best[2]
        words = FAR if last is None else math.log1p(abs(scene.query.span.start - last.span.end))
        return (words, before / max(1, scene.most), chance - rival)

    def _is_ahead(self, scene: _Scene, referent: Referent, before: int) -> bool:
        """Tell whether somebody is mentioned later in the sentence of the query."""
        places = referent.places
        return before < len(places) and self.discourse.sentence_at(places[before]) == scene.sentence


def _of_query(scene: _Scene) -> list[float]:
    query = scene.query
    return [
        *(float(query.asks == name) for name in CLASSES),
        *(float(query.category == name) for name in CATEGORIES),
        {True: 1.0, False: 0.0, None: 0.5}[query.asked.plural],
        float(query.definite),
        float(bool(query.owners)),
        float(query.quoted),
        float(query.content_quoted),
        float(scene.sentence == scene.opening),
        float(query.headline),
        float(query.impersonal),
        math.log1p(len(scene.history.turns)),
        float(scene.opens),
        float(bool(query.cue) and query.cue[0].start < query.span.start),
        float(min(scene.rivals, 9)),
        scene.best[2],
        float(query.several == 2),
    ]


def _nearness(query: Query, allowed: Sequence[Referent]) -> dict[int, int]:
    """Rank the allowed candidates by how near before the query they were last mentioned."""
    start = query.span.start
    last = [(-each.places[at - 1], each.index) for each in allowed if (at := bisect_left(each.places, start))]
    return {index: rank for rank, (_, index) in enumerate(sorted(last))}


def _identity(scene: _Scene, referent: Referent, author: Referent) -> tuple[float, ...]:
    """What somebody is, and whether grammar agrees."""
    asked = scene.query.asked
    return (
        *IS_KIND[referent.kind],
        float(referent is author),
        float(referent.named),
        float(referent.index in scene.allowed),
        _agreement(asked.gender, referent.gender),
        _agreement(asked.plural, referent.plural),
        float(bool(referent.members)),
    )


def _agreement(asked: object, known: object) -> float:
    """Return 1 for agreement, -1 for its opposite, 0 where either is not known."""
    return 0.0 if asked is None or known is None else 1.0 if asked == known else -1.0


def _distances(scene: _Scene, referent: Referent, last: Occurrence | None) -> tuple[float, ...]:
    """How far back somebody was last mentioned."""
    rank = _rank(scene.near, referent)
    if last is None:
        return (FAR, FAR, rank, 0.0, 0.0)
    sentences = scene.sentence - last.sentence
    paragraphs = scene.paragraph - last.paragraph
    return (
        min(FAR, float(sentences)),
        min(FAR, float(paragraphs)),
        rank,
        float(sentences == 0),
        float(sentences == 1),
    )


def _rank(ranks: Mapping[int, int], referent: Referent) -> float:
    """Return somebody's rank from 0, at most 9; 9 for those who have none."""
    return float(min(ranks.get(referent.index, 9), 9))


def _last_mention(scene: _Scene, last: Occurrence | None) -> tuple[float, ...]:
    """How somebody was last mentioned."""
    if last is None:
        return (0.0,) * 5
    return (
        float(0 <= scene.query.span.start - last.span.end <= 3),
        float(last.form == "name"),
        float(last.form == "pronoun"),
        float(last.quoted),
        float(last.span.start in scene.history.sources),
    )


def _speeches(scene: _Scene, referent: Referent) -> tuple[float, ...]:
    """What somebody has said so far, and how long ago."""
    history = scene.history
    turns = history.spoken.get(referent.index)
    if not turns:
        return (0.0, FAR, 0.0, 0.0, 0.0, 0.0)
    speech, count = history.turns[turns[-1]], len(history.turns)
    spoke_last = turns[-1] == count - 1
    return (
        math.log1p(len(turns)),
        min(FAR, float(abs(scene.sentence - speech.sentence))),
        float(spoke_last),
        float(count - 2 in turns[-2:]),
        float(spoke_last and speech.paragraph == scene.paragraph),
        float(speech.quoted),
    )


def _recent_speeches(scene: _Scene, referent: Referent) -> tuple[float, ...]:
    """How somebody takes part in the talk around the query."""
    history = scene.history
    turns = history.spoken.get(referent.index)
    if not turns:
        return (FAR, 0.0, 0.0, 0.0)
    count = len(history.turns)
    recent = [index for index in turns[-4:] if index >= count - 4]
    here = [history.turns[index] for index in turns[-4:]]
    return (
        min(FAR, float(count - turns[-1])),
        float(sum(turn.paragraph == scene.paragraph for turn in here)),
        float(len(recent)),
        float(any(turn.sentence == scene.sentence for turn in here)),
    )


def _in_contents(scene: _Scene, referent: Referent) -> tuple[float, ...]:
    """Whether what is said, or was said last, mentions somebody: few speak of themselves by name."""
    return (
        float(referent.index in scene.named),
        float(referent.index in scene.by_pronoun),
        float(referent.index in scene.named_last),
    )


def _description(query: Query, referent: Referent) -> tuple[float, ...]:
    """Whether the source belongs to somebody, or describes them as was done before."""
    return (
        float(query.owners[:1] == (referent.index,)),
        float(referent.index in query.owners),
        len(query.words & referent.words) / len(query.words) if query.words else 0.0,
        float(bool(query.head) and query.head in referent.heads),
        float(bool(query.description) and query.description in referent.words),
    )


def _by_heads(scene: _Scene, referent: Referent) -> tuple[float, ...]:
    """What the heads say of somebody as the antecedent."""
    chance, score = scene.pairs.get(referent.index, (0.0, -10.0))
    return (max(-10.0, min(10.0, score)), chance, _rank(scene.likely, referent))
