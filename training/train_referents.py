"""The ranker's network learns from the same queries as its trees."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from onrecord.model.rows import Rows
from onrecord.model.scores import Floats, Sightings
from ranking_examples import Group
from referent_network import HIDDEN, ReferentNetwork
from train import descend

EPOCHS = 2
"""Each query comes twice: as the gold and as a ranker goes on to it."""
BATCH = 16
RATE = 2e-3
WEIGHT_DECAY = 0.02
WARM_UP = 100
LEAST_DEVIATION = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One query as tensors; ``pieces`` are the word pieces that it needs, by their rows in ``states``."""

    states: Rows
    pieces: np.ndarray
    rows: Tensor
    query: Tensor
    mentions: Tensor
    places: Tensor
    whose: Tensor
    right: Tensor


def lesson_of(rows: Floats, seen: Sightings, right: np.ndarray) -> Lesson:
    """Return a query as the network takes it."""
    pieces, at = np.unique(np.concatenate([seen.query.ravel(), seen.mentions.ravel()]), return_inverse=True)
    return Lesson(
        states=seen.read,
        pieces=pieces,
        rows=torch.from_numpy(rows),
        query=torch.from_numpy(at[:6]),
        mentions=torch.from_numpy(at[6:].reshape(-1, 2)),
        places=torch.from_numpy(seen.places),
        whose=torch.from_numpy(seen.whose),
        right=torch.from_numpy(right),
    )


def scores_of(network: ReferentNetwork, lessons: Sequence[Lesson]) -> Tensor:
    """Return the scores of all candidates of some queries, one behind the other."""
    states = torch.from_numpy(np.concatenate([each.states.take(each.pieces) for each in lessons])).float()
    read = network.mentions(states[:, :HIDDEN], states[:, HIDDEN:])
    offsets = np.cumsum([0, *(len(each.pieces) for each in lessons)]).tolist()
    query = torch.stack([each.query + offset for each, offset in zip(lessons, offsets, strict=False)])
    mentions = torch.cat([each.mentions + offset for each, offset in zip(lessons, offsets, strict=False)])
    return network.referents(
        torch.cat([each.rows for each in lessons]),
        read[query].flatten(1),
        read[mentions].flatten(1),
        torch.cat([each.places for each in lessons]),
        torch.block_diag(*(each.whose for each in lessons)),
        (_numbers([len(each.rows) for each in lessons]), _numbers([len(each.mentions) for each in lessons])),
    )


def _numbers(sizes: Sequence[int]) -> Tensor:
    return torch.repeat_interleave(torch.arange(len(sizes)), torch.tensor(sizes))


def fit_network(groups: Sequence[Group], *, seed: int) -> ReferentNetwork:
    """Fit a network: the softmax over each query's candidates is to fall on the right ones."""
    torch.manual_seed(seed)
    everything = np.concatenate([group.rows for group in groups])
    deviation = everything.std(0) + LEAST_DEVIATION
    network = ReferentNetwork(torch.from_numpy(everything.mean(0)), torch.from_numpy(deviation)).train()
    lessons = [lesson_of(group.rows, group.seen, group.right) for group in groups]
    draw = random.Random(seed)
    plan = [batch for _ in range(EPOCHS) for batch in _epoch(lessons, draw)]
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=WEIGHT_DECAY)

    def rate(step: int) -> float:
        return min(1, step / WARM_UP) * (1 - step / len(plan))

    descend(network, optimizer, plan, lambda batch: _loss(network, batch), rate=rate)
    return network.eval()


def _epoch(lessons: list[Lesson], draw: random.Random) -> list[list[Lesson]]:
    """Shuffle the lessons and cut them into whole batches."""
    draw.shuffle(lessons)
    return [lessons[start : start + BATCH] for start in range(0, len(lessons) - BATCH + 1, BATCH)]


def _loss(network: ReferentNetwork, lessons: Sequence[Lesson]) -> Tensor:
    parts = scores_of(network, lessons).split([len(each.rows) for each in lessons])
    losses = [
        torch.logsumexp(part, 0) - torch.logsumexp(part[each.right], 0)
        for part, each in zip(parts, lessons, strict=True)
    ]
    return torch.stack(losses).mean()


def network_scores(network: ReferentNetwork) -> Callable[[Floats, Sightings], Floats]:
    """Return what scores a query whose sightings hold the encoder's states."""

    def score(rows: Floats, seen: Sightings) -> Floats:
        with torch.inference_mode():
            scores: Floats = scores_of(network, [lesson_of(rows, seen, np.zeros(len(rows), bool))]).numpy()
        return scores

    return score
