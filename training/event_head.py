"""The head that reads who does what to whom: further layers over the encoder's lower states, and a scorer of pairs.

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

LOWER = 2
"""The layer of the encoder, counted from 1, whose states the head goes on from."""
ARC = 192
HIDDEN = 256


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
        self.types = nn.Sequential(
            nn.Dropout(0.2),
            nn.Linear(3 * hidden, HIDDEN),
            nn.GELU(),
            nn.Dropout(0.2),
            nn.Linear(HIDDEN, 1 + len(EVENT_TYPES)),
        )

    def one(self, x: Tensor, actors: Tensor, recipients: Tensor) -> tuple[Tensor, Tensor]:
        """Score the pairs of one sentence, [T, H], without a mask: what :meth:`forward` gives, in fewer operations."""
        actor = actors @ x / actors.sum(1, keepdim=True).clamp(min=1)
        actor = actor + (1 - actors.amax(1, keepdim=True)) * self.nobody[0]
        recipient = recipients @ x / recipients.sum(1, keepdim=True).clamp(min=1)
        recipient = recipient + (1 - recipients.amax(1, keepdim=True)) * self.nobody[1]
        asked = (
            self.answers_actor(actor) @ self.asks_actor(x).T
            + self.answers_recipient(recipient) @ self.asks_recipient(x).T
        )
        weights = (self.telling(x).squeeze(-1) + asked * ARC**-0.5).softmax(-1)
        return self.types(torch.cat([weights @ x, actor, recipient], -1)), weights

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
        actor, recipient = _mean(own, actors), _mean(own, recipients)
        actor = actor + (1 - actors.amax(1, keepdim=True)) * self.nobody[0]
        recipient = recipient + (1 - recipients.amax(1, keepdim=True)) * self.nobody[1]
        asked = (self.asks_actor(own) * self.answers_actor(actor).unsqueeze(1)).sum(-1)
        asked = asked + (self.asks_recipient(own) * self.answers_recipient(recipient).unsqueeze(1)).sum(-1)
        weights = self.telling(own).squeeze(-1) + asked * ARC**-0.5
        weights = (weights.float() + (mask[sentence] - 1) * 1e4).softmax(-1)
        trigger = (weights.unsqueeze(-1) * own).sum(1)
        return self.types(torch.cat([trigger, actor, recipient], -1)).float(), weights


def _mean(x: Tensor, chosen: Tensor) -> Tensor:
    """[P, T, H] and [P, T] to the mean of the chosen tokens, [P, H]; 0 where none is."""
    return (x * chosen.unsqueeze(-1)).sum(1) / chosen.sum(1, keepdim=True).clamp(min=1)


class EventHead(nn.Module):
    """Layers that start as the base model's, and the scorer of pairs."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        base = BertModel.from_pretrained(
            BASE, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        self.layers = nn.ModuleList(base.encoder.layer[-layers:])
        self.scorer = PairScorer(base.config.hidden_size)
        use_pooled_dropout(self)

    def forward(
        self, states: Tensor, mask: Tensor, sentence: Tensor, actors: Tensor, recipients: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Score pairs by the encoder's lower states [B, T, H]; see :class:`PairScorer`."""
        x, bias = states, (mask[:, None, None, :] - 1) * 1e4
        for layer in self.layers:
            answer = layer(x, attention_mask=bias.to(x.dtype))
            x = answer[0] if isinstance(answer, tuple) else answer
        answer: tuple[Tensor, Tensor] = self.scorer(x, mask, sentence, actors, recipients)
        return answer
