"""Windows of like lengths to padded tensors, and the cues that the linker is asked about."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from examples import Example, Link

CANDIDATE = 0.15
"""Tokens at least this likely to lie in a cue make a candidate for the linker."""
ROUND = 32
"""Lengths and numbers of cues are multiples of this: torch plans each new shape of a product anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """C cues with what the linker should say of each."""

    window: Tensor
    first: Tensor
    last: Tensor
    source_first: Tensor
    source_last: Tensor
    content: Tensor
    """[C, T] of 0 outside, 1 first, 2 further."""
    valid: Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """B padded windows of T tokens with their gold."""

    ids: Tensor
    features: Tensor
    mask: Tensor
    cue_labels: Tensor
    role_labels: Tensor
    gold: tuple[tuple[Link, ...], ...]

    def with_candidates(self, cue_logits: Tensor, false_share: float) -> Links:
        """Return the gold cues and the tagger's own candidates: off by a little counts as true, others as false."""
        inside = 1 - torch.softmax(cue_logits, -1)[..., 0].numpy()
        first_wins = (cue_logits[..., 1] > cue_logits[..., 2]).numpy()
        rows: list[tuple[int, tuple[int, int], Link | None]] = []
        false: list[tuple[int, tuple[int, int], Link | None]] = []
        for window, links in enumerate(self.gold):
            rows.extend((window, link.cue, link) for link in links)
            for span in _runs(inside[window] * self.mask[window].numpy(), first_wins[window]):
                touched = [link for link in links if span[0] <= link.cue[1] and link.cue[0] <= span[1]]
                if not touched:
                    false.append((window, span, None))
                elif touched[0].cue != span:
                    false.append((window, span, touched[0]))
        rows.extend(false[: int(len(rows) * false_share) + 4])
        # [CLS] is never a cue; it fills the number of cues up to a multiple of ROUND.
        rows.extend([(0, (0, 0), None)] * (-len(rows) % ROUND or ROUND * (not rows)))
        return self._links(rows)

    def _links(self, rows: Sequence[tuple[int, tuple[int, int], Link | None]]) -> Links:
        content = torch.zeros((len(rows), self.ids.shape[1]), dtype=torch.long)
        sources = torch.zeros((len(rows), 2), dtype=torch.long)
        for row, (_, _, link) in enumerate(rows):
            if link is None:
                continue
            if link.source is not None:
                sources[row] = torch.tensor(link.source)
            for first, last in link.content:
                content[row, first] = 1
                content[row, first + 1 : last + 1] = 2
        return Links(
            window=torch.tensor([window for window, _, _ in rows]),
            first=torch.tensor([span[0] for _, span, _ in rows]),
            last=torch.tensor([span[1] for _, span, _ in rows]),
            source_first=sources[:, 0],
            source_last=sources[:, 1],
            content=content,
            valid=torch.tensor([float(link is not None) for _, _, link in rows]),
        )


def _runs(inside: np.ndarray, first_wins: np.ndarray) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for at in np.flatnonzero(inside > CANDIDATE).tolist():
        if runs and runs[-1][1] == at - 1 and not first_wins[at]:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs


def make_batches(examples: Sequence[Example], batch_tokens: int, draw: random.Random) -> list[Batch]:
    """Group windows of like lengths into batches of at most ``batch_tokens`` with padding, in drawn order."""
    order = sorted(range(len(examples)), key=lambda index: (_rounded(examples[index]), draw.random()))
    groups: list[list[Example]] = [[]]
    for index in order:
        group = [*groups[-1], examples[index]]
        if groups[-1] and max(_rounded(example) for example in group) * len(group) > batch_tokens:
            groups.append([examples[index]])
        else:
            groups[-1] = group
    draw.shuffle(groups)
    return [_batch(group) for group in groups]


def _rounded(example: Example) -> int:
    return -(-len(example.window) // ROUND) * ROUND


def _batch(group: Sequence[Example]) -> Batch:
    longest = max(_rounded(example) for example in group)
    shape = (len(group), longest)
    ids, features, cues = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    mask = torch.zeros(shape, dtype=torch.bool)
    roles = torch.zeros((*shape, 2))
    for row, example in enumerate(group):
        window = example.window
        ids[row, : len(window)] = torch.from_numpy(window.ids.astype(np.int64))
        features[row, : len(window)] = torch.from_numpy(window.features.astype(np.int64))
        mask[row, : len(window)] = True
        for link in example.links:
            cues[row, link.cue[0]] = 1
            cues[row, link.cue[0] + 1 : link.cue[1] + 1] = 2
            if link.source is not None:
                roles[row, link.source[0] : link.source[1] + 1, 0] = 1
            for first, last in link.content:
                roles[row, first : last + 1, 1] = 1
    return Batch(
        ids=ids,
        features=features,
        mask=mask,
        cue_labels=cues,
        role_labels=roles,
        gold=tuple(example.links for example in group),
    )
