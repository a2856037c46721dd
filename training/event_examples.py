"""What the event head is trained on: sentences with pairs of an actor and a recipient, and what happens between them.

Three sources: PLV (Zero-Shot-PLOVER, ACL 2024; only in ../shared), the invented sentences of ``events/sentences.tsv``,
and the reports labelled by reading in ``benchmarks/labels/events.jsonl``.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import torch
from torch import Tensor

from onrecord.document import Span
from onrecord.events.triggers import hints_of
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.model import Model
from onrecord.model.scores import EVENT_TYPES, Floats
from onrecord.model.states import states_of
from onrecord.model.tokens import tokenize
from onrecord.model.windows import Window, pack_windows

NONE: Final = len(EVENT_TYPES)
BOTH_WAYS: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})
"""Types of which each side is actor and recipient."""
YIELD: Final = ("CONCEDE", "RETREAT")
MARK: Final = re.compile(r"<(/?)([ste])>")
IGNORED: Final = -100
Range = tuple[int, int]
"""First token, and the one after the last."""


class Marked(NamedTuple):
    """A sentence whose marks are taken out."""

    text: str
    spans: dict[str, list[Span]]
    """By ``s`` actor, ``t`` recipient, ``e`` trigger."""
    types: frozenset[int]
    """Those that are right; none of them is NONE."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An actor and a recipient in tokens of their sentence."""

    actor: Range | None
    recipient: Range | None
    types: frozenset[int]
    trigger: tuple[Range, ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """An event of a sentence whose parties are among those that might be."""

    trigger: Range
    actors: frozenset[int]
    """Indices of the item's parties; none where the actor is not among them."""
    recipients: frozenset[int] | None
    """Likewise; none for nobody, and None where it is not known."""


@dataclass(slots=True, kw_only=True)
class Item:
    """A sentence with the encoder's lower states of it, read alone and among others."""

    states: list[Floats]
    """Each [T, H]."""
    hints: Floats | None = None
    """[T, K - 1] what the lexicon says of each token."""
    pairs: list[Pair] = field(default_factory=list)
    key: str = ""
    parties: list[Range] = field(default_factory=list)
    """Everybody in the sentence, as the product finds them."""
    arcs: list[Arc] = field(default_factory=list)
    tags: list[tuple[Range, int]] = field(default_factory=list)
    """Triggers and their types."""
    complete: bool = False
    """All triggers of the sentence are known, so that other words are none."""


def unmark(marked: str, types: Iterable[int]) -> Marked:
    """Take ``<s>``, ``<t>`` and ``<e>`` out of a sentence."""
    text, spans, opened, at = "", {"s": [], "t": [], "e": []}, {}, 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[1]:
            spans[mark[2]].append(Span(opened.pop(mark[2]), len(text)))
        else:
            opened[mark[2]] = len(text)
    return Marked(text + marked[at:], spans, frozenset(types))


def read_plv(path: Path) -> list[Marked]:
    """Read PLV; its YIELD is right as CONCEDE and as RETREAT."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [unmark(row["marked_sentence"], _types(row["gold_root"])) for row in rows]


def _types(name: str) -> Iterator[int]:
    for each in YIELD if name == "YIELD" else (name,):
        yield EVENT_TYPES.index(each)


def read_sentences(path: Path) -> list[Marked]:
    """Read the invented sentences."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [unmark(row["sentence"], _types_of_row(row)) for row in rows]


def _types_of_row(row: dict[str, str]) -> list[int]:
    """Return the types of an invented sentence; where the codebook and PLV disagree both are right, and PLV decides."""
    if row["type"] == "none":
        return [NONE]
    types = [EVENT_TYPES.index(row["type"])]
    if (row["type"], row["mode"]) == ("SANCTION", "convict"):
        types.append(EVENT_TYPES.index("ACCUSE"))
    if row["type"] == "SANCTION" and re.search(r"sanction|embargo|tariff|blacklist", row["sentence"], re.IGNORECASE):
        types.append(EVENT_TYPES.index("COERCE"))
    return types


def tokens_at(window: Window, span: Span, offset: int = 0) -> Range | None:
    """Return the tokens that overlap a span of the text, counted from ``offset``; None where none does."""
    found = np.flatnonzero((window.starts < span.end) & (window.ends > span.start) & window.words)
    return (int(found[0]) - offset, int(found[-1]) + 1 - offset) if len(found) else None


def items_of(sentences: Sequence[Marked], model: Model, *, draw: random.Random, among: int = 6) -> list[Item]:
    """Return an item for each sentence: read alone, and as one of several paragraphs of a window."""
    windows = [_window(each.text, [Span(0, len(each.text))], model)[0] for each in sentences]
    items = [
        Item(states=[], hints=_hints(each.text, window), pairs=_pairs(each, window))
        for each, window in zip(sentences, windows, strict=True)
    ]
    for group in ([index] for index in range(len(sentences))):
        _add_states(items, sentences, group, model)
    order = list(range(len(sentences)))
    draw.shuffle(order)
    for start in range(0, len(order), among):
        _add_states(items, sentences, order[start : start + among], model)
    return items


def _window(text: str, paragraphs: Sequence[Span], model: Model) -> list[Window]:
    quoted = [quotation.inner for quotation in outermost(text, pair_quotemarks(text))]
    tokens = tokenize(text, paragraphs, quoted, model.tokenizer)
    return list(pack_windows(tokens, [span.of(text) for span in paragraphs], limit=512))


def _hints(text: str, window: Window) -> Floats:
    none = np.zeros((len(window), 1), dtype=np.float32)
    return hints_of(text, next(states_of(window, none, [Span(0, len(text))])))


def _add_states(items: list[Item], sentences: Sequence[Marked], group: Sequence[int], model: Model) -> None:
    text, paragraphs = "", []
    for index in group:
        paragraphs.append(Span(len(text), len(text) + len(sentences[index].text)))
        text += sentences[index].text + "\n\n"
    for window in _window(text, paragraphs, model):
        lower = model.tag(window).lower
        for index, paragraph in zip(group, paragraphs, strict=True):
            inside = tokens_at(window, paragraph)
            if inside is not None:
                items[index].states.append(lower[inside[0] : inside[1]].astype(np.float16))


def _pairs(sentence: Marked, window: Window) -> list[Pair]:
    """Return the marked pair and, where only one direction is right, the other as none."""
    actor, recipient = (
        tokens_at(window, sentence.spans[role][0], 1) if sentence.spans[role] else None for role in "st"
    )
    trigger = tuple(filter(None, (tokens_at(window, span, 1) for span in sentence.spans["e"])))
    pairs = [Pair(actor=actor, recipient=recipient, types=sentence.types, trigger=trigger)]
    names = {EVENT_TYPES[index] for index in sentence.types if index != NONE}
    if actor is not None and recipient is not None and names and not names & BOTH_WAYS:
        pairs.append(Pair(actor=recipient, recipient=actor, types=frozenset({NONE}), weight=0.3))
    return pairs


class Batch(NamedTuple):
    """Items as tensors: B sentences, T tokens, P pairs, K types."""

    states: Tensor
    mask: Tensor
    sentence: Tensor
    actors: Tensor
    recipients: Tensor
    right: Tensor
    """[P, K] which types are right."""
    hints: Tensor
    """[B, T, K - 1] what the lexicon says."""
    trigger: Tensor
    """[P, T] 1 for the tokens of the trigger where it is known."""
    weight: Tensor
    parties: Tensor
    """[B, C, T] tokens of the parties."""
    tags: Tensor
    """[B, T] types of tokens as triggers, NONE, or -100 for unknown."""
    arc_sentence: Tensor
    """[A] which sentence an arc is of."""
    arc_trigger: Tensor
    """[A, T] 1 for its tokens."""
    arc_actors: Tensor
    """[A, 1 + C] which parties are right, nobody first."""
    arc_recipients: Tensor
    """[A, 1 + C] likewise; no right one where it is not known."""


def make_batch(items: Sequence[Item], draw: random.Random | None, *, most_pairs: int = 1000) -> Batch:
    """Lay items out; ``draw`` chooses how each was read, and which pairs where there are many; None for the first."""
    states = [draw.choice(item.states) if draw else item.states[0] for item in items]
    tokens = -(-max(map(len, states)) // 16) * 16
    pairs = [(row, pair) for row, item in enumerate(items) for pair in _some(item.pairs, draw, most_pairs)]
    batch = Batch(
        torch.zeros(len(items), tokens, states[0].shape[1]),
        torch.zeros(len(items), tokens),
        torch.tensor([row for row, _ in pairs], dtype=torch.long),
        *(torch.zeros(len(pairs), tokens) for _ in range(2)),
        torch.zeros(len(pairs), NONE + 1, dtype=torch.bool),
        torch.zeros(len(items), tokens, NONE),
        torch.zeros(len(pairs), tokens),
        torch.tensor([pair.weight for _, pair in pairs]),
        *_arc_tensors(items, tokens),
    )
    for row, each in enumerate(states):
        batch.states[row, : len(each)] = torch.from_numpy(each.astype(np.float32))
        batch.mask[row, : len(each)] = 1
        if items[row].hints is not None:
            batch.hints[row, : len(each)] = torch.from_numpy(items[row].hints)
    for at, (_, pair) in enumerate(pairs):
        if pair.actor is not None:
            batch.actors[at, slice(*pair.actor)] = 1
        if pair.recipient is not None:
            batch.recipients[at, slice(*pair.recipient)] = 1
        batch.right[at, list(pair.types)] = True
        for first, end in pair.trigger:
            batch.trigger[at, first:end] = 1
    return batch


def _arc_tensors(items: Sequence[Item], tokens: int) -> tuple[Tensor, ...]:
    most = max(1, *(len(item.parties) for item in items)) if items else 1
    parties = torch.zeros(len(items), most, tokens)
    tags = torch.full((len(items), tokens), IGNORED)
    arcs = [(row, arc) for row, item in enumerate(items) for arc in item.arcs]
    triggers = torch.zeros(len(arcs), tokens)
    actors, recipients = torch.zeros(2, len(arcs), 1 + most, dtype=torch.bool)
    for row, item in enumerate(items):
        if item.complete:
            tags[row, : len(item.states[0])] = NONE
        for at, party in enumerate(item.parties):
            parties[row, at, slice(*party)] = 1
        if item.tags and not item.complete and item.hints is not None:
            # What the lexicon does not know is no trigger, nor are the parties; the rest might tell of something else.
            tags[row, : len(item.hints)] = torch.from_numpy(np.where(item.hints.any(1), IGNORED, NONE))
            for party in item.parties:
                tags[row, slice(*party)] = NONE
        for span, kind in item.tags:
            tags[row, slice(*span)] = kind
    for at, (_, arc) in enumerate(arcs):
        triggers[at, slice(*arc.trigger)] = 1
        actors[at, [1 + party for party in arc.actors]] = True
        if arc.recipients is not None:
            recipients[at, [1 + party for party in arc.recipients] or [0]] = True
    return parties, tags, torch.tensor([row for row, _ in arcs], dtype=torch.long), triggers, actors, recipients


def _some(pairs: list[Pair], draw: random.Random | None, most: int) -> list[Pair]:
    if draw is None or len(pairs) <= most:
        return pairs
    told = [pair for pair in pairs if NONE not in pair.types]
    others = [pair for pair in pairs if NONE in pair.types]
    return told + draw.sample(others, min(len(others), max(2, most - len(told))))
