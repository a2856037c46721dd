"""The event head as two ONNX graphs: what its layers make of a sentence, and what is asked of that."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from event_examples import NONE
from event_head import EventHead
from graphs import bert_layer, export_int8, joined_projection
from onrecord.model.session import EVENTS, PARTIES


class EventGraph(nn.Module):
    """The head's layers and the tags of triggers as a graph over one sentence."""

    def __init__(self, head: EventHead) -> None:
        super().__init__()
        self.head = head
        self.projections = nn.ModuleList(joined_projection(layer.attention.self) for layer in head.layers)

    def forward(self, states: Tensor, hints: Tensor) -> tuple[Tensor, Tensor]:
        """[1, T, H] states and [1, T, K - 1] hints to [T, H] what was read and [T, K] probabilities of the tags."""
        x = states + self.head.hints(hints)
        for layer, projection in zip(self.head.layers, self.projections, strict=True):
            x = bert_layer(layer, projection, x)
        return x[0], self.head.tag(x, hints)[0].softmax(-1)


class PartyGraph(nn.Module):
    """What is asked of a sentence's parties and pairs, as a graph over what the layers made of it."""

    def __init__(self, head: EventHead) -> None:
        super().__init__()
        self.head = head

    def forward(self, read: Tensor, parties: Tensor, actors: Tensor, recipients: Tensor) -> tuple[Tensor, ...]:
        """[T, H], [C, T] parties to [T, 1 + C] logits twice; [P, T] pairs to [P, K] probabilities, [P, T] weights."""
        actor, recipient = self.head.parties(read.unsqueeze(0), parties.unsqueeze(0))
        logits, trigger = self.head.scorer.one(read, actors, recipients)
        return actor[0], recipient[0], logits.softmax(-1), trigger


def export_events(head: EventHead, folder: Path) -> None:
    """Write both graphs, their weights as int8."""
    size, pairs = 40, 5
    tokens = torch.zeros(pairs, size)
    tokens[:, 1] = 1
    export_int8(
        EventGraph(head),
        (torch.zeros(1, size, 384), torch.zeros(1, size, NONE)),
        folder / EVENTS,
        {"states": {1: "tokens"}, "hints": {1: "tokens"}},
        {"read": {0: "tokens"}, "tags": {0: "tokens"}},
    )
    export_int8(
        PartyGraph(head),
        (torch.zeros(size, 384), tokens[:3], tokens, tokens),
        folder / PARTIES,
        {
            "read": {0: "tokens"},
            "parties": {0: "parties", 1: "tokens"},
            **{name: {0: "pairs", 1: "tokens"} for name in ("actors", "recipients")},
        },
        {
            **{name: {0: "tokens", 1: "choices"} for name in ("actor", "recipient")},
            "types": {0: "pairs"},
            "trigger": {0: "pairs", 1: "tokens"},
        },
    )
