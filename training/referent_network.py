"""The ranker's network: who of the candidates a source means, by the words at the source and at their mentions.

Shapes: T word pieces, H encoder width, W width of a piece, D width of a mention, K candidates, M mentions of them, F
features. Each mention is scored as the antecedent (mention ranking, Durrett and Klein 2013); a candidate's mentions are
pooled by those scores, and what they come to is read together with its features.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from graphs import export_floats
from onrecord.model.scores import BUCKETS
from onrecord.model.session import MENTIONS, REFERENTS
from onrecord.speakers.antecedents import FORMS
from onrecord.speakers.featurenames import FEATURES

HIDDEN = 384
PIECE = 128
MENTION = 64
PLACE = 8
JOINED = 64
FAR = 4.0
"""Features are cut off at so many standard deviations."""
UNSEEN = -1e4


class ReferentNetwork(nn.Module):
    """Scores candidates: ``mentions`` runs once a window, ``referents`` once a query."""

    def __init__(self, mean: Tensor, deviation: Tensor, dropout: float = 0.3) -> None:
        super().__init__()
        self.mentions = MentionReader(dropout)
        self.referents = ReferentScorer(mean, deviation, dropout)


class MentionReader(nn.Module):
    """What the network makes of each token, from a low and from the last layer of the encoder."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.join = nn.Linear(2 * HIDDEN, PIECE)
        self.norm = nn.LayerNorm(PIECE)

    def forward(self, hidden: Tensor, lower: Tensor) -> Tensor:
        """[T, H] twice to [T, W]."""
        return self.norm(nn.functional.gelu(self.join(self.dropout(torch.cat([hidden, lower], -1)))))


class ReferentScorer(nn.Module):
    """Scores the candidates of one query."""

    def __init__(self, mean: Tensor, deviation: Tensor, dropout: float) -> None:
        super().__init__()
        self.mean: Tensor
        self.deviation: Tensor
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)
        self.asking = nn.Linear(6 * PIECE, MENTION)
        self.answering = nn.Linear(2 * PIECE, MENTION)
        self.form = nn.Embedding(len(FORMS), PLACE)
        self.far = nn.Embedding(BUCKETS, PLACE)
        self.sentences = nn.Embedding(BUCKETS, PLACE)
        self.marks = nn.Linear(2, PLACE)
        self.bias = nn.Sequential(nn.Linear(4 * PLACE + MENTION, 48), nn.GELU(), nn.Linear(48, 1))
        self.features = nn.Sequential(
            nn.Dropout(dropout / 2), nn.Linear(len(FEATURES), JOINED), nn.GELU(), nn.Dropout(dropout)
        )
        self.joined = nn.Sequential(
            nn.Linear(JOINED + 2 + 3 * MENTION, JOINED), nn.GELU(), nn.Dropout(dropout), nn.Linear(JOINED, 1)
        )

    def forward(  # noqa: PLR0917 - what is exported takes its inputs by place
        self,
        rows: Tensor,
        query: Tensor,
        mentions: Tensor,
        places: Tensor,
        whose: Tensor,
        asked: tuple[Tensor, Tensor] | None = None,
    ) -> Tensor:
        """Score candidates.

        Args:
            rows: [K, F] features.
            query: [Q, 6 W] first and last token of source, cue and content.
            mentions: [M, 2 W] first and last token of each mention.
            places: [M, 5] as :class:`onrecord.model.scores.Sightings` has them.
            whose: [K, M] 1 where a mention is one of the candidate.
            asked: [K] and [M] which query each candidate and each mention is asked for; not given where it is but one.

        Returns:
            [K] scores.
        """
        features = self.features(((rows - self.mean) / self.deviation).clamp(-FAR, FAR))
        asks = self.asking(query)
        of_rows, of_mentions = asked or (torch.zeros_like(rows[:, 0]).long(), torch.zeros_like(places[:, 0]))
        # One mention of nobody comes first, so that there is always one.
        answers = torch.cat([torch.zeros(1, MENTION), self.answering(mentions)])
        places = torch.cat([torch.zeros(1, 5, dtype=torch.int64), places])
        whose = torch.cat([torch.zeros_like(rows[:, :1]), whose], 1)
        met = answers * torch.cat([torch.zeros(1, MENTION), asks[of_mentions]])
        told = [
            self.form(places[:, 0]),
            self.far(places[:, 1]),
            self.sentences(places[:, 2]),
            self.marks(places[:, 3:].float()),
            met,
        ]
        scores = met.sum(-1) * MENTION**-0.5 + self.bias(torch.cat(told, -1))[:, 0]
        own = scores.unsqueeze(0) + (1 - whose) * UNSEEN
        seen = whose.amax(1, keepdim=True)
        best = torch.logsumexp(own, 1, keepdim=True) * seen
        pooled = (own.softmax(1) * whose) @ answers
        asks = asks[of_rows]
        return self.joined(torch.cat([features, best, seen, pooled, pooled * asks, asks], 1))[:, 0] + best[:, 0]


def export_referents(network: ReferentNetwork, folder: Path) -> None:
    """Write both parts as ONNX graphs of 32-bit floats: they take a hundredth of the time that the encoder does."""
    size, candidates, mentions = 9, 4, 3
    states = torch.zeros(size, HIDDEN)
    export_floats(
        network.mentions,
        (states, states),
        folder / MENTIONS,
        {"hidden": {0: "tokens"}, "lower": {0: "tokens"}},
        {"read": {0: "tokens"}},
    )
    export_floats(
        network.referents,
        (
            torch.zeros(candidates, len(FEATURES)),
            torch.zeros(1, 6 * PIECE),
            torch.zeros(mentions, 2 * PIECE),
            torch.zeros(mentions, 5, dtype=torch.int64),
            torch.ones(candidates, mentions),
        ),
        folder / REFERENTS,
        {
            "rows": {0: "candidates"},
            "query": {},
            "mentions": {0: "mentions"},
            "places": {0: "mentions"},
            "whose": {0: "candidates", 1: "mentions"},
        },
        {"scores": {0: "candidates"}},
    )


def untrained() -> ReferentNetwork:
    """Return a network that knows nothing, for a model whose ranker is still to be trained."""
    size = len(FEATURES)
    return ReferentNetwork(torch.zeros(size), torch.ones(size)).eval()
