"""The head that reads who does what to whom: further layers over the encoder's lower states, and what is asked of them.

The encoder's upper layers have learned who says what and forgotten much of what else a verb means, so the head takes
the states below them and goes on with layers of its own, which start as the base model's.
Shapes: B sentences, T word pieces, H encoder width, P pairs (of all sentences), K types and none.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import BertModel

from network import use_pooled_dropout
from onrecord.model.scores import EVENT_TYPES
from train import BASE

LOWER = 3
"""The layer of the encoder, counted from 1, whose states the head goes on from."""
EVENT_LAYERS = 3
"""Layers of the head's own; the shipped recipe has as many."""
ARC = 192
HIDDEN = 256
FARTHEST = 20
"""Steps of tokens that are told apart."""
PLACES = 6


class PairScorer(nn.Module):
    """Asks, for an actor and a recipient, which words of the sentence tell what is done, and what that is."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.telling = nn.Linear(hidden, 1)
        self.asks_actor = nn.Linear(hidden, ARC)
        self.answers_actor = nn.Linear(hidden, ARC)
        self.asks_recipient = nn.Linear(hidden, ARC)
        self.answers_recipient = nn.Linear(hidden, ARC)
        self.nobody = nn.Parameter(torch.zeros(2, hidden))
        self.from_actor = nn.Embedding(2 * FARTHEST + 2, 1)
        self.from_recipient = nn.Embedding(2 * FARTHEST + 2, 1)
        nn.init.zeros_(self.from_actor.weight)
        nn.init.zeros_(self.from_recipient.weight)
        self.types = nn.Sequential(
            nn.Dropout(0.2),
            nn.Linear(3 * hidden + PLACES, HIDDEN),
            nn.GELU(),
            nn.Dropout(0.2),
            nn.Linear(HIDDEN, 1 + len(EVENT_TYPES)),
        )

    def forward(
        self, x: Tensor, mask: Tensor, sentence: Tensor, actors: Tensor, recipients: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Score pairs.

        Args:
            x: [B, T, H] states.
            mask: [B, T] 1 where there is a token.
            sentence: [P] which sentence a pair is of.
            actors: [P, T] 1 where a token is of the actor; all 0 where nobody is named.
            recipients: [P, T] likewise.

        Returns:
            [P, K] logits, none last, and [P, T] the weight of each token as the trigger.
        """
        own = x[sentence]
        actor = (own * actors.unsqueeze(-1)).sum(1)
        recipient = (own * recipients.unsqueeze(-1)).sum(1)
        asks = (own @ layer.weight.T + layer.bias for layer in (self.asks_actor, self.asks_recipient))
        actor, recipient = self._parties(actor, recipient, actors, recipients)
        to_actor, to_recipient = asks
        asked = (to_actor * self.answers_actor(actor).unsqueeze(1)).sum(-1)
        asked = asked + (to_recipient * self.answers_recipient(recipient).unsqueeze(1)).sum(-1)
        weights = self.telling(own).squeeze(-1) + asked * ARC**-0.5 + self._nearness(actors, recipients)
        weights = (weights.float() + (mask[sentence] - 1) * 1e4).softmax(-1)
        trigger = (weights.unsqueeze(-1) * own).sum(1)
        places = self._places(weights, actors, recipients)
        return self.types(torch.cat([trigger, actor, recipient, places], -1)).float(), weights

    def one(self, x: Tensor, actors: Tensor, recipients: Tensor) -> tuple[Tensor, Tensor]:
        """Score the pairs of one sentence, [T, H], without a mask: what :meth:`forward` gives, in fewer operations."""
        actor, recipient = self._parties(actors @ x, recipients @ x, actors, recipients)
        asked = self.answers_actor(actor) @ self.asks_actor(x).T
        asked = asked + self.answers_recipient(recipient) @ self.asks_recipient(x).T
        weights = self.telling(x).squeeze(-1) + asked * ARC**-0.5 + self._nearness(actors, recipients)
        weights = weights.softmax(-1)
        places = self._places(weights, actors, recipients)
        return self.types(torch.cat([weights @ x, actor, recipient, places], -1)), weights

    def _parties(self, actor: Tensor, recipient: Tensor, actors: Tensor, recipients: Tensor) -> tuple[Tensor, Tensor]:
        """[P, H] sums over the parties' tokens to means; where there is none, what stands for nobody."""
        actor = actor / actors.sum(1, keepdim=True).clamp(min=1)
        recipient = recipient / recipients.sum(1, keepdim=True).clamp(min=1)
        actor = actor + (1 - actors.amax(1, keepdim=True)) * self.nobody[0]
        return actor, recipient + (1 - recipients.amax(1, keepdim=True)) * self.nobody[1]

    def _nearness(self, actors: Tensor, recipients: Tensor) -> Tensor:
        """[P, T] how near a trigger stands to its parties, before and behind."""
        near = self.from_actor(_steps(actors)) + self.from_recipient(_steps(recipients))
        return near.squeeze(-1)

    def _places(self, weights: Tensor, actors: Tensor, recipients: Tensor) -> Tensor:
        """[P, 6] the order of actor, trigger and recipient, and how far apart they stand; 0 without one of them."""
        places = torch.arange(weights.shape[1], dtype=torch.float32)
        actor, recipient = (
            (each * places).sum(1) / each.sum(1).clamp(min=1) for each in (actors.float(), recipients.float())
        )
        trigger = (weights * places).sum(1)
        named, done = actors.float().amax(1), recipients.float().amax(1)
        steps = torch.stack(
            [(recipient - actor) * named * done, (trigger - actor) * named, (recipient - trigger) * done], -1
        )
        return torch.cat([torch.tanh(steps), torch.sign(steps) * torch.log1p(steps.abs()) / 3], -1)


def _steps(party: Tensor) -> Tensor:
    """[P, T] tokens of a party to how many steps each token is from its first, in buckets; the last for no party."""
    places = torch.arange(party.shape[1])
    first = party.argmax(1, keepdim=True)
    steps = (places - first).clamp(-FARTHEST, FARTHEST) + FARTHEST
    return torch.where(party.amax(1, keepdim=True) > 0, steps, 2 * FARTHEST + 1)


class Arcs(nn.Module):
    """Asks each token, as a trigger, which of a sentence's parties is its actor (or its recipient), if any."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.1)
        self.asks = nn.Linear(hidden, ARC)
        self.answers = nn.Linear(hidden, ARC)
        self.nobody = nn.Linear(hidden, 1)
        self.distance = nn.Embedding(2 * FARTHEST + 2, 1)
        nn.init.zeros_(self.distance.weight)

    def forward(self, x: Tensor, means: Tensor, parties: Tensor) -> Tensor:
        """[B, T, H] states, [B, C, H] parties' states, [B, C, T] their tokens, to [B, T, 1 + C] logits, none first."""
        x = self.dropout(x)
        scores = self.asks(x) @ self.answers(means).transpose(-1, -2) * ARC**-0.5
        near = self.distance(_steps(parties.flatten(0, -2)).unflatten(0, parties.shape[:-1])).squeeze(-1)
        return torch.cat([self.nobody(x), scores + near.transpose(-1, -2)], -1)


class EventHead(nn.Module):
    """Layers that start as the base model's, tags of triggers, arcs to their parties, and the scorer of pairs."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        base = BertModel.from_pretrained(
            BASE, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        hidden = base.config.hidden_size
        self.layers = nn.ModuleList(base.encoder.layer[-layers:])
        self.hints = nn.Linear(len(EVENT_TYPES), hidden, bias=False)
        self.scorer = PairScorer(hidden)
        self.tags = nn.Sequential(
            nn.Dropout(0.1),
            nn.Linear(hidden + len(EVENT_TYPES), HIDDEN),
            nn.GELU(),
            nn.Linear(HIDDEN, 1 + len(EVENT_TYPES)),
        )
        self.actor, self.recipient = Arcs(hidden), Arcs(hidden)
        use_pooled_dropout(self)

    def read(self, states: Tensor, mask: Tensor, hints: Tensor) -> Tensor:
        """Take the encoder's lower states [B, T, H], with the lexicon's hints [B, T, K - 1], through the layers."""
        x, bias = states + self.hints(hints), (mask[:, None, None, :] - 1) * 1e4
        for layer in self.layers:
            answer = layer(x, attention_mask=bias.to(x.dtype))
            x = answer[0] if isinstance(answer, tuple) else answer
        return x

    def tag(self, x: Tensor, hints: Tensor) -> Tensor:
        """[B, T, H] states and [B, T, K - 1] hints to [B, T, K] logits of each token as a trigger, none last."""
        logits: Tensor = self.tags(torch.cat([x, hints.to(x.dtype)], -1))
        return logits

    def parties(self, x: Tensor, parties: Tensor) -> tuple[Tensor, Tensor]:
        """[B, T, H] and [B, C, T] tokens of parties to the logits of actors and of recipients, each [B, T, 1 + C]."""
        means = parties.to(x.dtype) @ x / parties.sum(-1, keepdim=True).clamp(min=1).to(x.dtype)
        return self.actor(x, means, parties), self.recipient(x, means, parties)
