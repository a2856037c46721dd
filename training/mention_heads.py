"""The heads that read who is mentioned: names, descriptions, and what refers to what.

They sit on the same encoder as attribution and read a middle and the last layer of it.
Shapes: B windows, T word pieces, H encoder width, D width of a mention's vectors, M mentions, Q that ask, K candidates.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from onrecord.model.scores import NAME_KINDS, NOMINAL_KINDS

VECTOR = 64
WIDTH = 256
MIDDLE = 4
"""The layer, counted from 1, that the heads read besides the last: what a word is stands lower than what it does."""


class MentionHeads(nn.Module):
    """Encoder states to name tags, description tags, and what each token asks and answers with as part of a mention."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.1)
        self.join = nn.Linear(2 * hidden, WIDTH)
        self.norm = nn.LayerNorm(WIDTH)
        self.names = nn.Linear(WIDTH, 1 + 2 * len(NAME_KINDS))
        self.nominals = nn.Linear(WIDTH, 1 + 2 * len(NOMINAL_KINDS))
        self.vectors = nn.Linear(WIDTH, 4 * VECTOR)  # asks by first token and by last, answers by first and by last

    def forward(self, middle: Tensor, last: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Two [B, T, H] states to name logits, description logits and [B, T, 4 D] vectors."""
        joined = self.join(self.dropout(torch.cat([middle, last], -1)))
        x = self.norm(nn.functional.gelu(joined))
        return self.names(x), self.nominals(x), self.vectors(x)


class Pairing(nn.Module):
    """How well each earlier mention answers each that asks (mention ranking, Durrett and Klein 2013)."""

    buckets = 12

    def __init__(self) -> None:
        super().__init__()
        self.distance = nn.Embedding(self.buckets, 1)
        self.forms = nn.Embedding(9, 1)
        self.none = nn.Linear(VECTOR, 1)

    def forward(
        self, first: Tensor, last: Tensor, forms: Tensor, queries: Tensor, keys: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Score candidate antecedents.

        Args:
            first: [M, 4 D] vectors of the mentions' first tokens.
            last: [M, 4 D] of their last tokens.
            forms: [M] 0 name, 1 description, 2 pronoun.
            queries: [Q] which mentions ask.
            keys: [Q, K] which mentions might answer; -1 for none.

        Returns:
            [Q, K] scores and [Q, 1] scores of there being no antecedent.
        """
        asks = first[queries, :VECTOR] + last[queries, VECTOR : 2 * VECTOR]
        at = keys.clamp(min=0)
        answers = first[at][..., 2 * VECTOR : 3 * VECTOR] + last[at][..., 3 * VECTOR :]
        scores = (asks.unsqueeze(1) * answers).sum(-1) * VECTOR**-0.5
        gap = (queries.unsqueeze(1) - at).clamp(min=1).float()
        bucket = (2 * torch.log2(gap)).long().clamp(max=self.buckets - 1)
        scores = scores + self.distance(bucket).squeeze(-1)
        scores = scores + self.forms(3 * forms[queries].unsqueeze(1) + forms[at]).squeeze(-1)
        return scores.masked_fill(keys < 0, -1e4), self.none(asks)
