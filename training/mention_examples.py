"""Annotated passages to what the mention heads are trained on: windows with tags, mentions with antecedents."""

from __future__ import annotations

import bisect
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from corpora import PRONOUNS, Passage, Spoken, Tagged
from examples import windows_of
from onrecord.document import Span
from onrecord.model.scores import NAME_KINDS, NOMINAL_KINDS
from onrecord.model.windows import Window
from onrecord.settings import DEFAULTS

IGNORED = -100
MOST_KEYS = 120
"""Earlier mentions that may answer one, at most."""
WINDOWS = 16
"""Windows of a batch, as far as texts can be parted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One passage ready for training: windows, labels and mentions by token."""

    passage: Passage
    windows: tuple[Window, ...]
    names: tuple[np.ndarray, ...]
    nominals: tuple[np.ndarray, ...]
    mentions: np.ndarray
    """[M, 5] of window, first token, last token, form, cluster."""


def make_item(passage: Passage, tokenizer: Tokenizer) -> Item:
    """Lay a passage's annotation over its word pieces."""
    windows = tuple(windows_of(passage.text, tokenizer, limit=DEFAULTS.max_window_tokens))
    names, nominals = [], []
    for window in windows:
        names.append(_name_labels(passage, window))
        nominals.append(_nominal_labels(passage, window))
    return Item(
        passage=passage,
        windows=windows,
        names=tuple(names),
        nominals=tuple(nominals),
        mentions=_mentions(passage, windows),
    )


def _lay(labels: np.ndarray, window: Window, tagged: Sequence[Tagged], kinds: Sequence[str]) -> None:
    for item in tagged:
        first = int(np.searchsorted(window.ends, item.span.start, side="right"))
        last = int(np.searchsorted(window.starts, item.span.end, side="left")) - 1
        if first <= last < len(window) and window.ends[first] > window.starts[first]:
            kind = 1 + 2 * kinds.index(item.kind)
            labels[first] = kind
            labels[first + 1 : last + 1] = kind + 1


def _name_labels(passage: Passage, window: Window) -> np.ndarray:
    labels = np.full(len(window), IGNORED if passage.names is None or passage.known is not None else 0)
    if passage.known is not None:
        labels[[_is_no_name(passage.text[a:b]) for a, b in zip(window.starts, window.ends, strict=True)]] = 0
    if passage.names is not None:
        _lay(labels, window, passage.names, NAME_KINDS)
    labels[~window.words] = IGNORED
    return labels


def _is_no_name(piece: str) -> bool:
    """Tell whether a word piece is in no name even where not all names are known: small letters, but no particle."""
    return len(piece) > 3 and piece.islower()


def _nominal_labels(passage: Passage, window: Window) -> np.ndarray:
    labels = np.full(len(window), IGNORED if passage.nominals is None else 0)
    if passage.nominals is not None:
        for span in passage.unsure:
            labels[(window.starts >= span.start) & (window.ends <= span.end)] = IGNORED
        _lay(labels, window, passage.nominals, NOMINAL_KINDS)
    labels[~window.words] = IGNORED
    return labels


def form_of(text: str) -> int:
    """Return 0 for a name, 1 for a description, 2 for a pronoun."""
    if text.lower() in PRONOUNS:
        return 2
    return 0 if re.search(r"(?:^|\s)[A-Z]\S*$", text) else 1


def _mentions(passage: Passage, windows: Sequence[Window]) -> np.ndarray:
    rows = []
    starts = [int(window.starts[0]) for window in windows]
    for cluster, spans in enumerate(passage.clusters or ()):
        for span in spans:
            at = bisect.bisect_right(starts, span.start) - 1
            if at < 0 or not span.size:
                continue
            window = windows[at]
            first = int(np.searchsorted(window.ends, span.start, side="right"))
            last = int(np.searchsorted(window.starts, span.end, side="left")) - 1
            if first <= last < len(window):
                rows.append((span.start, span.end, at, first, last, form_of(span.of(passage.text)), cluster))
    rows = sorted(set(rows))
    return np.array([row[2:] for row in rows], dtype=np.int64).reshape(-1, 5)


def speaker_clusters(report: Spoken, known: Passage) -> Passage:
    """Add to a report's known names the sources of its attributions, as clusters by entity."""
    owners: dict[str, set[str]] = {}
    for key, entity in report.entities.items():
        words = [str(entity["name"]), *map(str, entity["aliases"])]
        if entity["kind"] == "person":
            words.append(str(entity["name"]).split()[-1])
        for word in words:
            owners.setdefault(word, set()).add(key)
    clusters: dict[str, set[Span]] = {}
    for item in known.names or ():
        keys = owners.get(item.span.of(report.text), set())
        if len(keys) == 1:
            clusters.setdefault(next(iter(keys)), set()).add(item.span)
    taken = {span for spans in clusters.values() for span in spans}
    for index, attribution in enumerate(report.attributions):
        speakers = report.speakers[index]
        if len(speakers) != 1 or len(attribution["source"]) != 1:
            continue
        span = first_phrase(report.text, Span(*attribution["source"][0]))
        if not any(span.overlaps(other) for other in taken):
            clusters.setdefault(speakers[0], set()).add(span)
    return Passage(
        id=report.id,
        corpus="speakers",
        text=report.text,
        names=known.names,
        known=known.known,
        clusters=tuple(tuple(sorted(spans)) for spans in clusters.values()),
    )


def first_phrase(text: str, span: Span) -> Span:
    """Cut a source before its first preposition, relative pronoun or comma."""
    for match in re.finditer(r"[\s,]+(?:of|for|in|who|whom|which|that|at|with|from|on|to|said|,)\b|,", span.of(text)):
        if match.start() > 0:
            return Span(span.start, span.start + match.start())
    return span


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Windows of several passages, padded, with labels and pairs."""

    ids: Tensor
    features: Tensor
    mask: Tensor
    names: Tensor
    nominals: Tensor
    first: Tensor
    last: Tensor
    forms: Tensor
    queries: Tensor
    keys: Tensor
    right: Tensor


def make_batch(items: Sequence[Item]) -> Batch:
    """Pad the windows of some passages and list what each mention might refer to."""
    windows = [(item, at) for item in items for at in range(len(item.windows))]
    longest = -(-max(len(item.windows[at]) for item, at in windows) // 32) * 32
    shape = (len(windows), longest)
    ids, features = (np.zeros(shape, dtype=np.int64) for _ in range(2))
    mask = np.zeros(shape, dtype=bool)
    names, nominals = (np.full(shape, IGNORED) for _ in range(2))
    for row, (item, at) in enumerate(windows):
        size = len(item.windows[at])
        ids[row, :size] = item.windows[at].ids
        features[row, :size] = item.windows[at].features
        mask[row, :size] = True
        names[row, :size] = item.names[at]
        nominals[row, :size] = item.nominals[at]
    first, last, forms, queries, keys, right = [], [], [], [], [], []
    base = mentions = 0
    for item in items:
        rows = item.mentions
        for index, (window, start, end, form, cluster) in enumerate(rows.tolist()):
            first.append((base + window) * longest + start)
            last.append((base + window) * longest + end)
            forms.append(form)
            if form and (index or item.passage.corpus == "gap"):
                low = max(0, index - MOST_KEYS)
                high = min(len(rows), index + 4) if form == 2 else index
                options = [other for other in range(low, high) if other != index]
                queries.append(mentions + index)
                keys.append([mentions + other for other in options])
                right.append([rows[other, 4] == cluster for other in options])
        base += len(item.windows)
        mentions += len(rows)
    most = max((len(row) for row in keys), default=1)
    return Batch(
        ids=torch.from_numpy(ids),
        features=torch.from_numpy(features),
        mask=torch.from_numpy(mask),
        names=torch.from_numpy(names),
        nominals=torch.from_numpy(nominals),
        first=torch.tensor(first, dtype=torch.long),
        last=torch.tensor(last, dtype=torch.long),
        forms=torch.tensor(forms, dtype=torch.long),
        queries=torch.tensor(queries, dtype=torch.long),
        keys=torch.tensor([row + [-1] * (most - len(row)) for row in keys], dtype=torch.long).view(-1, most),
        right=torch.tensor([row + [False] * (most - len(row)) for row in right], dtype=torch.bool).view(-1, most),
    )


def batches(items: Sequence[Item], draw: random.Random, most: int = WINDOWS) -> Iterator[Batch]:
    """Yield an epoch's batches of about ``most`` windows; long texts are cut to that many."""
    order = list(items)
    draw.shuffle(order)
    group: list[Item] = []
    for item in order:
        if group and sum(len(other.windows) for other in [*group, item]) > most:
            yield make_batch(group)
            group = []
        group.append(item)
    yield make_batch(group)
