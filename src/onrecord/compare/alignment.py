"""Which words two utterances share in order, and what stands between them on either side: a diff of words.

A diff begins with the longest run that both have, then the longest on either side of it, as a reader would. Function
words that stand alone among changes are no match: any two utterances share those.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from onrecord.compare.wording import Word
from onrecord.document import Span

Side = Literal["start", "middle", "end"]
MOST_PAIRS: Final = 200_000
"""Places where two utterances have the same word: a diff takes time by their number. Beyond it, both are cut."""
CUT: Final = 300
NEXT: Final = 2
"""Words on both sides, together, within which a function word still belongs to the next shared run."""
RUN: Final = 3
"""Words in a row that are no accident by themselves."""
EDGE: Final = 3
"""Words in the place of others at either end that are a change; more of them are what the other one goes on with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Words that one utterance has, and the other has not, or has others for."""

    where: Side
    this: Span
    """In the text of the first; empty, at the place in question, where it has nothing there."""
    other: Span
    """In the text of the second."""
    is_replaced: bool
    """Other words stand in their place; otherwise they fell away, or were added."""
    is_marked: bool
    """An ellipsis, or square brackets, says that something is not as it was said."""
    this_words: int
    other_words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Two utterances side by side."""

    runs: tuple[tuple[int, int, int], ...]
    """Where shared runs of words begin in each, and how long they are."""
    changes: tuple[Change, ...]
    shared: float
    """The weight of the words that both have."""
    this_weight: float
    other_weight: float
    longest: int
    """Words in the longest run."""
    running: float
    """The weight of the words in shared runs that are no accident."""

    @property
    def of_this(self) -> float:
        """The share of the first that the second has, 0 to 1."""
        return self.shared / self.this_weight if self.this_weight else 0.0

    @property
    def of_other(self) -> float:
        """The share of the second that the first has, 0 to 1."""
        return self.shared / self.other_weight if self.other_weight else 0.0


def align(this: Sequence[Word], other: Sequence[Word]) -> Alignment:
    """Lay two utterances side by side."""
    this, other = _bounded(this, other)
    matcher = SequenceMatcher(None, [word.stem for word in this], [word.stem for word in other], autojunk=False)
    runs = _without_crumbs(
        this, other, [(each.a, each.b, each.size) for each in matcher.get_matching_blocks() if each.size]
    )
    mine = {start + step for start, _, size in runs for step in range(size)}
    theirs = {at + step for _, at, size in runs for step in range(size)}
    return Alignment(
        runs=tuple(runs),
        changes=tuple(_changes(this, other, runs)),
        shared=sum(this[index].weight for index in mine),
        this_weight=_weight(this, mine),
        other_weight=_weight(other, theirs),
        longest=max((size for _, _, size in runs), default=0),
        running=sum(word.weight for start, _, size in runs if size >= RUN for word in this[start : start + size]),
    )


def _weight(words: Sequence[Word], matched: Collection[int]) -> float:
    """Return what an utterance weighs; a gloss without a match stands for words that nobody can compare."""
    return sum(word.weight for index, word in enumerate(words) if index in matched or not word.is_gloss)


def _bounded(this: Sequence[Word], other: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    mine, theirs = Counter(word.stem for word in this), Counter(word.stem for word in other)
    if sum(count * theirs[key] for key, count in mine.items()) > MOST_PAIRS:
        return this[:CUT], other[:CUT]
    return this, other


def _without_crumbs(
    this: Sequence[Word], other: Sequence[Word], runs: Sequence[tuple[int, int, int]]
) -> list[tuple[int, int, int]]:
    """Return the runs that tell something: a function word or two between changes are none."""
    kept = []
    for index, (start, at, size) in enumerate(runs):
        before = runs[index - 1] if index else (0, 0, 0)
        behind = runs[index + 1] if index + 1 < len(runs) else (len(this), len(other), 0)
        ahead = start - before[0] - before[2] + at - before[1] - before[2]
        far = ahead > NEXT and behind[0] - start + behind[1] - at - 2 * size > NEXT
        if _tells(this, (start, at, size)) or not far:
            kept.append((start, at, size))
    return kept if any(_tells(this, run) for run in kept) else []


def _tells(this: Sequence[Word], run: tuple[int, int, int]) -> bool:
    start, _, size = run
    return size > 2 or any(word.weight == 1 for word in this[start : start + size])


def _changes(this: Sequence[Word], other: Sequence[Word], runs: Sequence[tuple[int, int, int]]) -> Iterator[Change]:
    """Yield what stands before, between and behind the shared runs."""
    if not runs:
        return
    ends = [*runs, (len(this), len(other), 0)]
    mine = theirs = 0
    for index, (start, at, size) in enumerate(ends):
        where: Side = "start" if index == 0 else "end" if index == len(runs) else "middle"
        if mine < start or theirs < at:
            yield _change(where, _Part(this, mine, start), _Part(other, theirs, at))
        yield from _other_endings(this[start : start + size], other[at : at + size])
        mine, theirs = start + size, at + size


@dataclass(frozen=True, slots=True)
class _Part:
    """Some words of an utterance, or the place between two of them."""

    all: Sequence[Word]
    start: int
    end: int

    @property
    def words(self) -> Sequence[Word]:
        return self.all[self.start : self.end]

    @property
    def span(self) -> Span:
        if self.start < self.end:
            return Span(self.words[0].span.start, self.words[-1].span.end)
        place = self.all[self.end].span.start if self.end < len(self.all) else self.all[-1].span.end
        return Span(place, place)

    @property
    def is_marked(self) -> bool:
        """Whether an ellipsis stands before a word of it, or behind it."""
        return any(word.after_gap for word in self.all[self.start : self.end + 1])

    @property
    def is_gloss(self) -> bool:
        return self.start < self.end and all(word.is_gloss for word in self.words)

    @property
    def spoken(self) -> int:
        return sum(not word.is_gloss for word in self.words)


def _other_endings(mine: Sequence[Word], theirs: Sequence[Word]) -> Iterator[Change]:
    """Yield the words of a shared run that have another ending: "ban" for "banned"."""
    for one, other in zip(mine, theirs, strict=True):
        if one.key != other.key:
            yield Change(
                where="middle",
                this=one.span,
                other=other.span,
                is_replaced=True,
                is_marked=False,
                this_words=1,
                other_words=1,
            )


def _change(where: Side, mine: _Part, theirs: _Part) -> Change:
    glossed = mine.is_gloss or theirs.is_gloss
    replaced = bool(mine.words and theirs.words) and not glossed
    if where != "middle" and max(len(mine.words), len(theirs.words)) > EDGE:
        replaced = False  # each goes on in its own way there
    return Change(
        where=where,
        this=mine.span,
        other=theirs.span,
        is_replaced=replaced,
        is_marked=mine.is_marked or theirs.is_marked or glossed,
        this_words=mine.spoken,
        other_words=theirs.spoken,
    )
