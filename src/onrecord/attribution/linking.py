"""Windows to attributions: tag the cues, ask each for its source and content, pin them to the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import Final, Protocol, TypeVar

from tokenizers import Tokenizer

from onrecord.attribution.confidence import confidence_of
from onrecord.attribution.decoding import Link, decode_cues, decode_links, inside_of
from onrecord.document import Span
from onrecord.model.manifest import Manifest
from onrecord.model.scores import (
    CueScores,
    EventScores,
    Floats,
    LinkLogits,
    MentionScores,
    PairScores,
    PartyScores,
    Sightings,
    WindowScores,
)
from onrecord.model.states import SentenceStates, states_of
from onrecord.model.windows import Window, span_of_tokens
from onrecord.reading import Evidence

WINDOWS_IN_A_ROW: Final = 8
"""Windows that are read together on one thread: those of a long report, in some 10 MB."""
Found = TypeVar("Found")


class Scorer(Protocol):
    """What the linking needs of a model; :class:`onrecord.model.Model` is one, tests script another."""

    @property
    def manifest(self) -> Manifest:
        """The tuned values."""

    @property
    def tokenizer(self) -> Tokenizer:
        """The vocabulary."""

    @property
    def version(self) -> str:
        """Name and hash, as readings state them."""

    def tag(self, window: Window) -> WindowScores:
        """Score each token as part of a cue, and of mentions."""

    def tag_cues(self, window: Window) -> CueScores:
        """Score each token as part of a cue alone, as :meth:`tag` would."""

    def link(self, scores: CueScores, cues: Sequence[tuple[int, int]]) -> LinkLogits:
        """Score each token as part of each cue's source and content."""

    def rank(self, rows: Floats, seen: Sightings) -> Floats:
        """Score candidates, by their [K, F] features and where they are mentioned, as the one that a source means."""

    def tell(self, states: Floats, hints: Floats) -> EventScores:
        """Score the tokens of a sentence as triggers of events."""

    def ask(self, read: Floats, parties: Floats) -> PartyScores:
        """Score the parties of a sentence as actors and recipients."""

    def code(self, read: Floats, actors: Floats, recipients: Floats) -> PairScores:
        """Score what actors do to recipients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A source, a cue and a content, pinned to the text: a statement before it is classed and numbered."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float
    evidence: Evidence
    continues: int | None = None
    """Index, in the same list, of the attribution that this one goes on from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowReading:
    """What the model says of one window."""

    window: Window
    attributions: tuple[Attribution, ...]
    mentions: MentionScores
    lower: tuple[SentenceStates, ...] = ()
    """Of the sentences that were to be kept, as far as they lie in the window."""


def read_windows(
    windows: Iterable[Window], scorer: Scorer, *, threads: int, explain: bool = False, keep: Sequence[Span] = ()
) -> Iterator[WindowReading]:
    """Read windows in their order; ``threads`` of them are scored at once.

    Each window is scored by itself, so that neither their number nor ``threads`` changes a result. Of the sentences
    ``keep``, by start, the states for the event head are kept; all states would take as much again as all else.
    """
    read = partial(_read_windows, scorer=scorer, explain=explain, keep=keep)
    yield from _side_by_side(read, windows, threads)


def attribute(
    windows: Iterable[Window], scorer: Scorer, *, threads: int, explain: bool = False
) -> Iterator[Attribution]:
    """Yield the attributions of the windows in their order; the heads for mentions are not asked."""
    for found in _side_by_side(partial(_attribute_windows, scorer=scorer, explain=explain), windows, threads):
        yield from found


def _side_by_side(
    read: Callable[[Sequence[Window]], list[Found]], windows: Iterable[Window], threads: int
) -> Iterator[Found]:
    """Yield what is read of each window in their order, ``threads`` of them at once, or some in a row on one.

    In a row each network is asked about all of them, then the next, so that its weights and the code between stay in
    the processor's caches.
    """
    left = iter(windows)
    if threads == 1:
        while some := list(islice(left, WINDOWS_IN_A_ROW)):
            yield from read(some)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from chain.from_iterable(pool.map(read, ([window] for window in left)))


def _read_windows(
    windows: Sequence[Window], *, scorer: Scorer, explain: bool, keep: Sequence[Span]
) -> list[WindowReading]:
    tagged = [scorer.tag(window) for window in windows]
    return [
        WindowReading(
            window=window,
            attributions=tuple(found),
            mentions=scores.mentions,
            lower=tuple(states_of(window, scores.lower, keep)),
        )
        for window, scores, found in zip(
            windows, tagged, _attributions(windows, tagged, scorer=scorer, explain=explain), strict=True
        )
    ]


def _attribute_windows(windows: Sequence[Window], *, scorer: Scorer, explain: bool) -> list[list[Attribution]]:
    return _attributions(windows, [scorer.tag_cues(window) for window in windows], scorer=scorer, explain=explain)


def _attributions(
    windows: Sequence[Window], tagged: Sequence[CueScores], *, scorer: Scorer, explain: bool
) -> list[list[Attribution]]:
    """Return the attributions of each of some windows."""
    dials = scorer.manifest.dials
    cues = [decode_cues(scores.cue, window.words, dials) for window, scores in zip(windows, tagged, strict=True)]
    asked = [
        scorer.link(scores, [(cue.first, cue.last) for cue in each]) if each else None
        for scores, each in zip(tagged, cues, strict=True)
    ]
    found: list[list[Attribution]] = []
    for window, scores, each, logits in zip(windows, tagged, cues, asked, strict=True):
        links = decode_links(each, logits, window.words, dials) if logits is not None else []
        inside = inside_of(scores.cue) if explain and links else None
        found.append([pin(link, window, scorer.manifest, inside) for link in links])
    return found


def pin(link: Link, window: Window, manifest: Manifest, inside: Floats | None) -> Attribution:
    """Return an attribution of tokens as one of spans of the text, with its confidence."""
    return Attribution(
        source=(span_of_tokens(window, *link.source),) if link.source else (),
        cue=(span_of_tokens(window, link.cue.first, link.cue.last),),
        content=tuple(span_of_tokens(window, *span) for span in link.content),
        confidence=round(confidence_of(link, manifest.calibration), 4),
        evidence=Evidence(
            cue_score=round(link.cue.score * link.valid, 4),
            source_score=round(link.source_score, 4),
            content_score=round(link.content_score, 4),
            rule="linked",
            labels=() if inside is None else _labels(link, window, inside),
        ),
    )


def _labels(link: Link, window: Window, inside: Floats) -> tuple[str, ...]:
    """Name the place, label and probability of each token of the attribution; a source is scored as a whole."""
    spans = [("cue", (link.cue.first, link.cue.last)), *(("content", span) for span in link.content)]
    if link.source is not None:
        spans.append(("source", link.source))
    labels = []
    for role, (first, last) in sorted(spans, key=lambda item: item[1]):
        for at in range(first, last + 1):
            place = f"{window.starts[at]}-{window.ends[at]}"
            score = {"cue": inside[at], "content": link.inside[at], "source": link.source_score}[role]
            labels.append(f"{place} {'B' if at == first else 'I'}-{role} {score:.2f}")
    return tuple(labels)
