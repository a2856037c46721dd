"""Small reports made by hand, for tests of who is meant: mentions marked in the text, vectors as they are wanted.

In a marked text a name stands as ``[p Mara Ilven]`` (p person, o organization, l place, g group) and a description as
``[n the mayor]`` (n of one person, N of several). Pronouns are found as in any report.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from onrecord.document import Span
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.layout.sentences import sentences_of
from onrecord.model.manifest import Pairing
from onrecord.model.scores import NAME_KINDS, NOMINAL_KINDS, MentionScores
from onrecord.model.windows import Window
from onrecord.speakers.antecedents import Antecedents, tie_all
from onrecord.speakers.asking import Ask, Said
from onrecord.speakers.discourse import Discourse
from onrecord.speakers.markables import Markable
from onrecord.speakers.mentions import Mentions, find_mentions, lay_out
from onrecord.speakers.resolving import Answer, Choice, Chooser, Resolver
from onrecord.speakers.vectors import Vectors

MARKED = re.compile(r"\[([polgnN]) ([^\[\]]*)\]")
NAMES = {"p": "person", "o": "organization", "l": "place", "g": "group"}
NOMINALS = {"n": "person", "N": "group"}
TOKEN = re.compile(r"\w+|[^\w\s]")
WIDTH = 4
SYLLABLES = ("bra", "ken", "lis", "mov", "nud", "pog", "quet", "rilf", "stem", "tuv")
PAIRING = Pairing(
    distance=tuple(-0.5 * step for step in range(12)), forms=(0.0,) * 9, none=(0.0,) * WIDTH, none_bias=-3.0
)
"""The nearer is the likelier; nobody is less likely than somebody near."""


def read_marked(marked: str) -> tuple[str, list[Markable]]:
    """Return a text without its marks, and the mentions that they mark."""
    text, at, found = "", 0, []
    for mark in MARKED.finditer(marked):
        text += marked[at : mark.start()]
        kind, words = mark.groups()
        found.append(
            Markable(
                span=Span(len(text), len(text) + len(words)),
                form="name" if kind in NAMES else "nominal",
                kind=(NAMES | NOMINALS)[kind],
                confidence=0.9,
            )
        )
        text, at = text + words, mark.end()
    return text + marked[at:], found


def surname(number: int) -> str:
    """Return one of a thousand surnames that nobody takes for another's, misspelt."""
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:03}").capitalize()


def window_of(text: str) -> Window:
    """Return a window with a token a word, [CLS] before and [SEP] behind them."""
    spans = [(0, 0), *(match.span() for match in TOKEN.finditer(text)), (len(text), len(text))]
    starts, ends = (np.array(side, dtype=np.int32) for side in zip(*spans, strict=True))
    return Window(ids=np.zeros_like(starts), features=np.zeros_like(starts), starts=starts, ends=ends)


def scores_of(text: str, window: Window, tagged: Sequence[Markable] = (), means: dict[str, int] | None = None):
    """Return what heads say that tag these mentions; words that ``means`` gives the same number answer each other."""
    names = np.zeros((len(window), 1 + 2 * len(NAME_KINDS)), np.float32)
    nominals = np.zeros((len(window), 1 + 2 * len(NOMINAL_KINDS)), np.float32)
    names[:, 0] = nominals[:, 0] = 4
    for each in tagged:
        logits, kinds = (names, NAME_KINDS) if each.form == "name" else (nominals, NOMINAL_KINDS)
        inside = np.flatnonzero((window.starts >= each.span.start) & (window.ends <= each.span.end) & window.words)
        logits[inside, 2 + 2 * kinds.index(each.kind)] = 8
        logits[inside[:1], 1 + 2 * kinds.index(each.kind)] = 12
    vectors = np.zeros((len(window), 4 * WIDTH), np.float32)
    for at, (start, end) in enumerate(zip(window.starts.tolist(), window.ends.tolist(), strict=True)):
        axis = (means or {}).get(text[start:end])
        if axis is not None:
            vectors[at, axis::WIDTH] = 2
    read = np.arange(len(window), dtype=np.float16)[:, None]  # each word's own number
    return MentionScores(names=names, nominals=nominals, vectors=vectors, read=read)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A report with its mentions laid out."""

    text: str
    mentions: Mentions
    discourse: Discourse
    antecedents: Antecedents

    def span(self, words: str, nth: int = 0) -> Span:
        """Return where whole words stand, for the n-th time."""
        found = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", self.text)
        return Span(*next(itertools.islice(found, nth, None)).span())

    def said(self, source: str | None, cue: str | None, content: str, nth: int = 0, **options) -> Said:
        """Return a statement by the words of its parts; ``nth`` tells which of several equal sources is its."""
        return Said(
            source=(self.span(source, nth),) if source else (),
            cue=(self.span(cue),) if cue else (),
            content=(self.span(content),),
            **options,
        )

    def occurrence(self, words: str, nth: int = 0):
        """Return the occurrence that is these words."""
        found = self.discourse.at(self.span(words, nth))
        assert found is not None, f"{words!r} is no occurrence"
        return found

    def referent(self, words: str, nth: int = 0):
        """Return whom the occurrence that is these words refers to; None where it refers to nobody."""
        index = self.occurrence(words, nth).referent
        return None if index is None else self.discourse.referents[index]

    def tied(self) -> Scene:
        """Tie descriptions and pronouns to whom they refer."""
        tie_all(self.discourse, self.antecedents)
        return self

    def resolve(self, chooser: Chooser, *said: Said) -> list[Answer]:
        """Return who says each statement."""
        return Resolver(self.discourse, self.antecedents, self.mentions.names, chooser).resolve(said)

    def names(self, answer: Answer) -> list[str]:
        """Return the names of those who say a statement."""
        return [self.discourse.referents[index].name for index in answer.referents]


def make_scene(marked: str, *, means: dict[str, int] | None = None, sources: Sequence[str] = ()) -> Scene:
    """Lay out a marked text."""
    text, tagged = read_marked(marked)
    paragraphs = find_paragraphs(text)
    quoted = [each.inner for each in outermost(text, pair_quotemarks(text))]
    spans = [[Span(text.index(source), text.index(source) + len(source))] for source in sources]
    mentions = find_mentions(text, paragraphs, tagged, spans)
    discourse = lay_out(text, paragraphs, sentences_of(text, paragraphs), quoted, mentions)
    window = window_of(text)
    vectors = Vectors()
    vectors.add(window, scores_of(text, window, means=means))
    return Scene(
        text=text, mentions=mentions, discourse=discourse, antecedents=Antecedents(discourse, vectors, PAIRING)
    )


@dataclass(slots=True)
class Picks:
    """A ranker that picks from a table: by statement a name, "somebody new", "nobody", or None for "left open"."""

    wanted: dict[int, str | None]
    asked: list[Ask] = field(default_factory=list)

    def choose(self, ask: Ask, statement: int, part: int) -> Choice:  # the table goes by statement
        """Pick the candidate of this name."""
        self.asked.append(ask)
        names = offered(ask)
        wanted = self.wanted[statement]
        index = None if wanted is None else names.index(wanted)
        return Choice(index=index, confidence=0.8, ranked=tuple(range(len(names))))


def offered(ask: Ask) -> list[str]:
    """Return the names of the candidates that were offered."""
    return [
        each.referent.name if each.referent else "nobody" if each.nobody else "somebody new" for each in ask.candidates
    ]
