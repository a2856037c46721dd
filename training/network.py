"""The network: one encoder, a cue tagger, and a linker that asks each cue for its source and content.

Shapes: B windows, T word pieces, H hidden width, C cues (of all windows), D linker width.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import BertConfig, BertModel

from onrecord.model.tokens import FEATURES


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkScores:
    """What the linker says of each cue."""

    source_start: Tensor
    """[C, T] logits; position 0 ([CLS]) stands for "no source"."""
    source_end: Tensor
    """[C, T] logits."""
    content: Tensor
    """[C, T, 3] logits of outside, first and further token of a content span."""
    valid: Tensor
    """[C] logit of the cue being the cue of an attribution."""


class Dropout(nn.Module):
    """Dropout whose masks are slices of one random pool, drawn once.

    torch draws a random number for each element on one thread, which is a quarter of a step on a
    CPU; a random offset into 16 million drawn ones is as good and costs one multiplication.
    """

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate
        self.pools: dict[torch.dtype, Tensor] = {}

    def forward(self, x: Tensor) -> Tensor:
        """Zero a share ``rate`` of the elements and scale the others up, in training only."""
        if not self.training:
            return x
        if x.dtype not in self.pools:
            keep = torch.rand(1 << 24, generator=torch.Generator().manual_seed(1)) >= self.rate
            self.pools[x.dtype] = (keep / (1 - self.rate)).to(x.dtype)
        pool, size = self.pools[x.dtype], x.numel()
        offset = int(torch.randint(len(pool) - size, (1,)))
        return x * pool[offset : offset + size].view(x.shape)


def use_pooled_dropout(module: nn.Module) -> None:
    """Replace each nn.Dropout inside ``module`` by one :class:`Dropout` that they share."""
    shared = Dropout(0.1)
    for parent in module.modules():
        for name, child in parent.named_children():
            if isinstance(child, nn.Dropout) and child.p > 0:
                setattr(parent, name, shared)


class Encoder(nn.Module):
    """MiniLM with one more embedding: shape, quotation and spacing of each word piece."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        self.features = nn.Embedding(FEATURES, config.hidden_size)
        nn.init.zeros_(self.features.weight)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """[B, T] ids, features and mask to [B, T, H]."""
        embedded = self.bert.embeddings.word_embeddings(ids) + self.features(features)
        return self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state


class CueTagger(nn.Module):
    """Hidden states to cue labels, and which tokens lie in any source or content (an auxiliary)."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.1)
        self.cue = nn.Linear(hidden, 3)
        self.roles = nn.Linear(hidden, 2)

    def forward(self, hidden: Tensor) -> tuple[Tensor, Tensor]:
        """[B, T, H] to cue logits [B, T, 3] (outside, first, further) and role logits [B, T, 2]."""
        hidden = self.dropout(hidden)
        return self.cue(hidden), self.roles(hidden)


class LinkerLayer(nn.Module):
    """A pre-norm transformer layer over the tokens of a window as one cue sees them."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm_attention = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm_feed = nn.LayerNorm(width)
        self.up = nn.Linear(width, 2 * width)
        self.down = nn.Linear(2 * width, width)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """[C, T, D] with mask [C, 1, 1, T] (True where there is a token) to [C, T, D]."""
        cues, tokens, width = x.shape
        qkv = self.qkv(self.norm_attention(x)).view(cues, tokens, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        # Written out: the backward pass of torch's fused attention is three times slower on a CPU.
        scores = (q @ k.transpose(-1, -2)) * (width // self.heads) ** -0.5
        weights = scores.masked_fill(~mask, -1e4).softmax(-1).to(v.dtype)
        return self.rest(x, (weights @ v).transpose(1, 2).reshape(cues, tokens, width))

    def rest(self, x: Tensor, mixed: Tensor) -> Tensor:
        """Add what attention mixed, then the feed-forward part."""
        x = x + self.dropout(self.out(mixed))
        return x + self.dropout(self.down(F.gelu(self.up(self.norm_feed(x)))))


class Linker(nn.Module):
    """Ask each cue for its source and its content."""

    buckets = 48

    def __init__(self, hidden: int, width: int, layers: int) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.1)
        self.token = nn.Linear(hidden, width)
        self.first = nn.Linear(hidden, width)
        self.last = nn.Linear(hidden, width)
        self.distance = nn.Embedding(2 * self.buckets + 1, width)
        self.gate = nn.Linear(hidden, width)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList([LinkerLayer(width, 4) for _ in range(layers)])
        self.final = nn.LayerNorm(width)
        self.head = nn.Linear(width, 5)
        self.valid = nn.Linear(width, 1)

    def forward(self, hidden: Tensor, window: Tensor, first: Tensor, last: Tensor, mask: Tensor) -> LinkScores:
        """Score the tokens of its window for each cue.

        Args:
            hidden: [B, T, H] hidden states.
            window: [C] which of the B windows each cue is in.
            first: [C] position of the cue's first token.
            last: [C] position of its last token.
            mask: [B, T] True where there is a token.
        """
        hidden = self.dropout(hidden)
        at = torch.arange(hidden.shape[1], device=first.device).expand(len(first), -1)
        buckets = self.bucket(first, last, at)
        x = self.embed(self.token(hidden)[window], hidden[window, first], hidden[window, last], buckets)
        seen = mask[window][:, None, None, :]
        for layer in self.layers:
            x = layer(x, seen)
        return self.read_out(x, first)

    def embed(self, tokens: Tensor, h_first: Tensor, h_last: Tensor, buckets: Tensor) -> Tensor:
        """Return the tokens as each cue sees them, [C, T, D]: gated by the cue and placed by their distance from it.

        Args:
            tokens: [C, T, D] the tokens that each cue sees.
            h_first: [C, H] states of its first token.
            h_last: [C, H] of its last.
            buckets: [C, T] of their distance from it.
        """
        cue = self.first(h_first) + self.last(h_last)
        x = tokens * (1 + torch.tanh(self.gate(h_first))).unsqueeze(1)
        return self.norm(x + cue.unsqueeze(1) + self.distance(buckets))

    def read_out(self, x: Tensor, first: Tensor) -> LinkScores:
        """[C, T, D], and where in it each cue's first token is, to the scores."""
        x = self.final(x)
        scores = self.head(x)
        return LinkScores(
            source_start=scores[..., 0],
            source_end=scores[..., 1],
            content=scores[..., 2:],
            valid=self.valid(x[torch.arange(x.shape[0]), first]).squeeze(-1),
        )

    def bucket(self, first: Tensor, last: Tensor, at: Tensor) -> Tensor:
        """[C, T] positions to the bucket of their distance from the cue: exact up to 16 tokens, logarithmic beyond."""
        before = (first.unsqueeze(1) - at).clamp(min=0)
        after = (at - last.unsqueeze(1)).clamp(min=0)
        distance = (before + after).float()
        far = 16 + 8 * torch.log2(distance.clamp(min=16) / 16)
        step = torch.where(distance < 16, distance, far).clamp(max=self.buckets).long()
        return torch.where(before > 0, self.buckets - step, self.buckets + step)


class Network(nn.Module):
    """Encoder, tagger and linker together."""

    def __init__(self, config: BertConfig, *, linker_width: int, linker_layers: int) -> None:
        super().__init__()
        self.encoder = Encoder(config)
        self.tagger = CueTagger(config.hidden_size)
        self.linker = Linker(config.hidden_size, linker_width, linker_layers)
        use_pooled_dropout(self)
