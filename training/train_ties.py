"""Train the cross-encoder that tells ties between utterances, and write it beside the package's code.

    python training/train_ties.py RUN_DIR [--held 5]

all-MiniLM-L6-v2 learns, from the pairs of benchmarks/labels/ties.jsonl, whether one is another appearance of the other,
and how: four epochs, 18 minutes of one core. ``--held N`` leaves the pairs of every n-th report out and scores them;
nothing is written then. To learn first from SNLI (62,000 pairs) whether one sentence follows from another was no gain.
"""

from __future__ import annotations

import argparse
import json
import random
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import BertConfig, BertModel

from export import LOOKED_UP
from graphs import bert_layer, export_int8, joined_projection
from onrecord.compare.crossencoder import GRAPH, join_pieces, pieces_of
from train import BASE, base_tokenizer, descend, rate_at

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
LABELS = Path(__file__).resolve().parents[1] / "benchmarks" / "labels" / "ties.jsonl"
TEXTS = {"polnear": SHARED / "polnear" / "train.jsonl", "news": SHARED / "news" / "stories.jsonl"}
KINDS = {"none": 0, "identical": 1, "clipped": 2, "altered": 3, "merged": 3, "spliced": 3, "paraphrase": 4}
TOKENS = 2048
"""Word pieces of a batch."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two utterances as the network reads them, and what is right of them."""

    ids: list[int]
    types: list[int]
    right: int
    """The place of its kind in :data:`KINDS`."""
    held: bool = False


class TieNetwork(nn.Module):
    """An encoder over two utterances, and what is told from its first state and the mean of all."""

    def __init__(self) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(BASE, attn_implementation="eager")
        self.bert = BertModel(config, add_pooling_layer=False)
        self.bert.load_state_dict(load_file(str(next(BASE.glob("*.safetensors")))), strict=False)
        self.dropout = nn.Dropout(0.1)
        self.out = nn.Linear(2 * config.hidden_size, 1 + len(set(KINDS.values())))

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """[B, T] word pieces, which utterance each is of, and mask, to [B, K] logits."""
        states = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state.float()
        seen = mask.unsqueeze(-1).float()
        mean = (states * seen).sum(1) / seen.sum(1)
        logits: Tensor = self.out(self.dropout(torch.cat([states[:, 0], mean], -1)))
        return logits


class TieGraph(nn.Module):
    """The network as a graph over one pair."""

    def __init__(self, network: TieNetwork) -> None:
        super().__init__()
        self.network = network
        self.projections = nn.ModuleList(
            joined_projection(layer.attention.self) for layer in network.bert.encoder.layer
        )

    def forward(self, ids: Tensor, types: Tensor) -> Tensor:
        """[1, T] word pieces and which utterance each is of to [1, K] logits."""
        embeddings = self.network.bert.embeddings
        x = embeddings.LayerNorm(
            embeddings.word_embeddings(ids)
            + embeddings.position_embeddings(torch.arange(ids.shape[1]).unsqueeze(0))
            + embeddings.token_type_embeddings(types)
        )
        for layer, projection in zip(self.network.bert.encoder.layer, self.projections, strict=True):
            x = bert_layer(layer, projection, x)
        logits: Tensor = self.network.out(torch.cat([x[:, 0], x.mean(1)], -1))
        return logits


# ---- the pairs -----------------------------------------------------------------------------------------------


def tie_pairs(every: int | None) -> Iterator[Pair]:
    """Yield the labelled pairs; of every n-th report they are held out."""
    texts = {name: texts_of(path) for name, path in TEXTS.items()}
    for line in LABELS.read_text("utf-8").splitlines():
        label = json.loads(line)
        if label["tie"] == "unsure":
            continue
        one, other = (content_of(texts[label["from"]], label[side]) for side in "ab")
        held = bool(every) and any(zlib.crc32(label[side]["id"].encode()) % every == 0 for side in "ab")
        yield pair_of(one, other, KINDS[label["tie"]], held=held)


def texts_of(path: Path) -> dict[str, str]:
    """Return the texts of a file by id."""
    return {row["id"]: row["text"] for row in map(json.loads, path.open(encoding="utf-8"))}


def content_of(texts: dict[str, str], side: dict[str, Any]) -> str:
    """Return the words of a content."""
    return " … ".join(texts[side["id"]][start:end] for start, end in side["content"])


TOKENIZER = base_tokenizer()


def pair_of(this: str, other: str, right: int, *, held: bool = False) -> Pair:
    """Return a pair as the network reads it."""
    ids, types = join_pieces(pieces_of(TOKENIZER, this), pieces_of(TOKENIZER, other))
    return Pair(ids.tolist(), types.tolist(), right, held)


# ---- the training --------------------------------------------------------------------------------------------


def batches_of(pairs: Sequence[Pair], draw: random.Random) -> list[list[Pair]]:
    """Put pairs of like lengths together, in random order."""
    batches: list[list[Pair]] = [[]]
    for pair in sorted(pairs, key=lambda each: len(each.ids) + 6 * draw.random()):
        if (len(batches[-1]) + 1) * len(pair.ids) > TOKENS and batches[-1]:
            batches.append([])
        batches[-1].append(pair)
    draw.shuffle(batches)
    return batches


def tensors_of(batch: Sequence[Pair]) -> tuple[Tensor, Tensor, Tensor]:
    """Return [B, T] word pieces, utterances and mask."""
    ids, types, mask = (
        torch.zeros((len(batch), max(len(each.ids) for each in batch)), dtype=torch.long) for _ in "abc"
    )
    for row, pair in enumerate(batch):
        ids[row, : len(pair.ids)] = torch.tensor(pair.ids)
        types[row, : len(pair.ids)] = torch.tensor(pair.types)
        mask[row, : len(pair.ids)] = 1
    return ids, types, mask


def loss_of(network: TieNetwork, batch: Sequence[Pair]) -> Tensor:
    """Return the loss of a tie, and of its kind."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = network(*tensors_of(batch))
    logits, right = logits.float(), torch.tensor([pair.right for pair in batch])
    tied = F.binary_cross_entropy_with_logits(logits[:, 0], 0.02 + 0.96 * (right > 0).float())
    return tied + 0.3 * F.cross_entropy(logits[:, 1:], right)


def train(network: TieNetwork, pairs: Sequence[Pair], *, epochs: int, rate: float, seed: int) -> None:
    """Train a network in place."""
    draw = random.Random(seed)
    plan = [batch for _ in range(epochs) for batch in batches_of(pairs, draw)]
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.01, fused=True)
    network.train()
    descend(
        network,
        optimizer,
        plan,
        lambda batch: loss_of(network, batch),
        rate=lambda step: rate_at(step, len(plan), 0.06),
    )
    network.eval()


@torch.inference_mode()
def score(network: TieNetwork, pairs: Sequence[Pair]) -> str:
    """Return how well ties are told: the best F1 over all thresholds."""
    logits = torch.cat([network(*tensors_of([pair]))[:, 0] for pair in pairs]).numpy()
    right = np.array([pair.right > 0 for pair in pairs])
    order = np.argsort(-logits)
    hits = np.cumsum(right[order])
    f1 = 2 * hits / (np.arange(1, len(pairs) + 1) + right.sum())
    return f"{len(pairs)} pairs held out, {right.sum()} tied: F1 {f1.max():.3f}"


def export(network: TieNetwork, target: Path) -> None:
    """Write the graph, its weights as int8."""
    ids = torch.zeros((1, 40), dtype=torch.long)
    inputs = {"ids": {1: "tokens"}, "types": {1: "tokens"}}
    export_int8(TieGraph(network), (ids, ids), target, inputs, {"logits": {}}, kinds=LOOKED_UP)


def main() -> None:
    """Train and write, or score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--held", type=int, help="leave every n-th report out, to score its pairs")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=6e-5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.run.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    pairs = list(tie_pairs(options.held))
    network = TieNetwork()
    learned = [pair for pair in pairs if not pair.held]
    train(network, learned, epochs=options.epochs, rate=options.rate, seed=options.seed)
    if options.held:
        print(score(network, [pair for pair in pairs if pair.held]))
        return
    torch.save(network.state_dict(), options.run / "ties.pt")
    export(network, GRAPH)


if __name__ == "__main__":
    main()
