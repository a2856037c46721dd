"""Go on from an attribution run: train the mention heads on the same encoder, with attribution beside them.

    python training/train_heads.py ATTRIBUTION_RUN RUN_DIR [--recipe training/heads.toml]

Names: English Worldwide Newswire, CrossNER politics, and the people of the speaker gold. Descriptions: GUM. What
refers to what: GUM, LitBank and GAP; the speaker gold is left for the ranker (train_ranker.py), which reads the scores
of these heads and would trust them too much on reports that they were trained on. Scores go to RUN_DIR/scores.jsonl.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import BertConfig

from batches import Batch as AttributionBatch
from corpora import (
    POLITICS_KINDS,
    Passage,
    Tagged,
    is_held_out,
    names_known,
    read_columns,
    read_gap,
    read_gum,
    read_litbank,
    read_speakers,
    read_worldwide,
)
from evaluate import score_network
from examples import read_gold
from mention_examples import IGNORED, Batch, Item, batches, make_batch, make_item, speaker_clusters
from mention_heads import MIDDLE, MentionHeads, Pairing
from network import Network, use_pooled_dropout
from onrecord.document import Span
from onrecord.model.scores import NAME_KINDS
from onrecord.model.windows import Window
from recipe import Recipe
from train import BASE, base_tokenizer, epoch_batches, loss_of, rate_at, take_step

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SCORED = ("person", "organization", "place")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsRecipe:
    """Every choice of a run; ``heads.toml`` holds the values."""

    seed: int
    steps: int
    """Steps in all; every ``attribution_every``-th is one of attribution."""
    attribution_every: int
    encoder_rate: float
    attribution_rate: float
    head_rate: float
    warm_up: float
    weight_decay: float
    average_decay: float
    score_every: int
    repeats: dict[str, int]
    """How often each corpus is gone through before all are shuffled anew."""


class Joint(nn.Module):
    """The attribution network with the mention heads."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        self.heads = MentionHeads(network.encoder.bert.config.hidden_size)
        self.pairing = Pairing()
        use_pooled_dropout(self.heads)

    def states(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """[B, T] ids, features and mask to the encoder's states, [B, T, H]: embedded, then of each layer."""
        encoder = self.network.encoder
        embedded = encoder.bert.embeddings.word_embeddings(ids) + encoder.features(features)
        answer = encoder.bert(inputs_embeds=embedded, attention_mask=mask, output_hidden_states=True)
        states: tuple[Tensor, ...] = answer.hidden_states
        return states

    def mention(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """[B, T] ids, features and mask to name logits, description logits and vectors."""
        states = self.states(ids, features, mask)
        answer: tuple[Tensor, Tensor, Tensor] = self.heads(states[MIDDLE], states[-1])
        return answer


def mention_loss(joint: Joint, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """Return the loss of a batch of passages and its parts."""
    names, nominals, vectors = joint.mention(batch.ids, batch.features, batch.mask)
    total, parts = torch.zeros(()), {}
    for key, logits, labels, weight in (
        ("names", names, batch.names, 4.0),
        ("nominals", nominals, batch.nominals, 1.0),
    ):
        if (labels != IGNORED).any():
            loss = F.cross_entropy(logits.float().flatten(0, 1), labels.flatten(), ignore_index=IGNORED)
            total = total + weight * loss
            parts[key] = loss.item()
    if len(batch.queries):
        both, answers = pair_scores(joint, batch, vectors)
        loss = (both.logsumexp(1) - both.masked_fill(~answers, -1e4).logsumexp(1)).mean()
        total = total + 0.3 * loss
        parts["pairs"] = loss.item()
    return total, parts


def pair_scores(joint: Joint, batch: Batch, vectors: Tensor) -> tuple[Tensor, Tensor]:
    """Return [Q, 1 + K] scores, no antecedent first, and which of them are right."""
    flat = vectors.float().flatten(0, 1)
    scores, none = joint.pairing(flat[batch.first], flat[batch.last], batch.forms, batch.queries, batch.keys)
    answers = torch.cat([~batch.right.any(1, keepdim=True), batch.right], 1)
    return torch.cat([none, scores], 1), answers


def decode(logits: np.ndarray, window: Window) -> Iterator[Tagged]:
    """Read the runs of name tags of a window."""
    best = logits.argmax(-1)
    best[~window.words] = 0
    start: int | None = None
    for at in range(len(best) + 1):
        tag = int(best[at]) if at < len(best) else 0
        inside = start is not None and tag and tag % 2 == 0 and (tag - 2) // 2 == (int(best[start]) - 1) // 2
        if start is not None and not inside:
            span = Span(int(window.starts[start]), int(window.ends[at - 1]))
            yield Tagged(span=span, kind=NAME_KINDS[(int(best[start]) - 1) // 2])
            start = None
        if tag and not inside:
            start = at


@torch.inference_mode()
def score_names(joint: Joint, items: Sequence[Item]) -> dict[str, float]:
    """Return F1 of exact spans of people, organizations and places, and of all three together."""
    hits, found, gold = (dict.fromkeys(NAME_KINDS, 0) for _ in range(3))
    for item in items:
        predicted: set[Tagged] = set()
        for window in item.windows:
            logits, _, _ = joint.mention(*one_row(window))
            predicted |= set(decode(logits[0].float().numpy(), window))
        wanted = set(item.passage.names or ())
        for kind in NAME_KINDS:
            hits[kind] += sum(tag.kind == kind for tag in predicted & wanted)
            found[kind] += sum(tag.kind == kind for tag in predicted)
            gold[kind] += sum(tag.kind == kind for tag in wanted)
    scores = {kind: round(200 * hits[kind] / max(1, found[kind] + gold[kind]), 1) for kind in SCORED}
    counted = sum(found[kind] + gold[kind] for kind in SCORED)
    return {**scores, "all three": round(200 * sum(hits[kind] for kind in SCORED) / max(1, counted), 1)}


def one_row(window: Window) -> tuple[Tensor, Tensor, Tensor]:
    """Return a window as a batch of one."""
    ids, features = (torch.from_numpy(part.astype(np.int64))[None] for part in (window.ids, window.features))
    return ids, features, torch.ones_like(ids, dtype=torch.bool)


@torch.inference_mode()
def score_pairs(joint: Joint, items: Sequence[Item]) -> dict[str, float]:
    """Return the share of pronouns with an antecedent, and of descriptions, whose best-scored answer is right."""
    hits, total = [0, 0, 0], [0, 0, 0]
    for item in items:
        batch = make_batch([item])
        if not len(batch.queries):
            continue
        _, _, vectors = joint.mention(batch.ids, batch.features, batch.mask)
        both, answers = pair_scores(joint, batch, vectors)
        for row, best in enumerate(both.argmax(1).tolist()):
            form = int(batch.forms[batch.queries[row]])
            if form == 1 or batch.right[row].any():
                total[form] += 1
                hits[form] += bool(answers[row, best])
    return {
        "descriptions": round(100 * hits[1] / max(1, total[1]), 1),
        "pronouns": round(100 * hits[2] / max(1, total[2]), 1),
    }


def read_corpora(tokenizer: Tokenizer) -> dict[str, list[Item]]:
    """Read every corpus; those whose name ends in ``dev`` are only scored."""
    passages: dict[str, list[Passage]] = {"worldwide": [], "worldwide dev": []}
    for passage in read_worldwide(DATA / "entities" / "worldwide"):
        passages["worldwide dev" if is_held_out(passage) else "worldwide"].append(passage)
    for part, suffix in (("train", ""), ("dev", " dev")):
        path = DATA / "entities" / "politics" / f"{part}.txt"
        passages[f"politics{suffix}"] = list(read_columns(path, POLITICS_KINDS, "politics", one_text=False))
        passages[f"gum{suffix}"] = list(read_gum(DATA / "coref" / "gum" / part))
        reports = list(read_speakers(DATA / "speakers" / part, DATA / "polnear" / f"{part}.jsonl"))
        known = [names_known(report) for report in reports]
        if suffix:
            known = [speaker_clusters(report, names) for report, names in zip(reports, known, strict=True)]
        passages[f"speakers{suffix}"] = known
    passages["litbank"] = list(read_litbank(DATA / "coref" / "litbank"))
    passages["gap"] = list(read_gap(DATA / "coref" / "gap" / "gap-development.tsv"))
    passages["gap dev"] = list(read_gap(DATA / "coref" / "gap" / "gap-validation.tsv"))
    items = {name: [make_item(passage, tokenizer) for passage in each] for name, each in passages.items()}
    return {name: [item for item in each if item.windows] for name, each in items.items()}


def mention_batches(corpora: dict[str, list[Item]], recipe: HeadsRecipe, draw: random.Random) -> Iterator[Batch]:
    """Yield batches without end."""
    while True:
        yield from batches([item for name, count in recipe.repeats.items() for item in corpora[name] * count], draw)


def attribution_batches(recipe: Recipe, tokenizer: Tokenizer) -> Iterator[AttributionBatch]:
    """Yield the attribution run's batches without end, its epochs numbered on from where it stopped."""
    reports = read_gold(Path(recipe.train))
    epoch = recipe.epochs
    while True:
        yield from epoch_batches(reports, tokenizer, recipe, epoch=epoch)
        epoch += 1


def make_optimizer(joint: Joint, recipe: HeadsRecipe) -> torch.optim.Optimizer:
    """AdamW with a rate for the encoder, one for the attribution heads, and one for the new heads."""
    groups = []
    for modules, rate in (
        ([joint.network.encoder], recipe.encoder_rate),
        ([joint.network.tagger, joint.network.linker], recipe.attribution_rate),
        ([joint.heads, joint.pairing], recipe.head_rate),
    ):
        parameters = [p for module in modules for p in module.parameters()]
        groups.append(
            {"params": [p for p in parameters if p.ndim > 1], "lr": rate, "weight_decay": recipe.weight_decay}
        )
        groups.append({"params": [p for p in parameters if p.ndim <= 1], "lr": rate, "weight_decay": 0.0})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)


def load_attribution(run: Path, recipe: Recipe) -> Network:
    """Load the averaged weights of an attribution run."""
    network = Network(
        BertConfig.from_pretrained(BASE, attn_implementation="eager", attention_probs_dropout_prob=0.0),
        linker_width=recipe.linker_width,
        linker_layers=recipe.linker_layers,
    )
    network.load_state_dict(torch.load(run / "checkpoint.pt", weights_only=True)["average"])
    return network


def main() -> None:
    """Train to the end of the recipe."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("attribution", type=Path)
    arguments.add_argument("run", type=Path)
    arguments.add_argument("--recipe", type=Path, default=Path(__file__).parent / "heads.toml")
    arguments.add_argument("--start", type=Path, help="go on from the averaged weights of this earlier run")
    options = arguments.parse_args()
    recipe = msgspec.toml.decode(options.recipe.read_bytes(), type=HeadsRecipe)
    before = msgspec.json.decode((options.attribution / "recipe.json").read_bytes(), type=Recipe)
    options.run.mkdir(parents=True, exist_ok=True)
    shutil.copy(options.attribution / "recipe.json", options.run / "recipe.json")
    torch.set_num_threads(before.threads)
    torch.manual_seed(recipe.seed)

    tokenizer = base_tokenizer()
    corpora = read_corpora(tokenizer)
    joint = Joint(load_attribution(options.attribution, before))
    if options.start:
        joint.load_state_dict(torch.load(options.start / "checkpoint.pt", weights_only=True)["average"])
    average = torch.optim.swa_utils.AveragedModel(
        joint, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(recipe.average_decay)
    )
    optimizer = make_optimizer(joint, recipe)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate_at(step, recipe.steps, recipe.warm_up))
    mentions = mention_batches(corpora, recipe, random.Random(recipe.seed))
    attributions = attribution_batches(before, tokenizer)
    began, losses = time.monotonic(), []
    joint.train()
    for step in range(1, recipe.steps + 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            if step % recipe.attribution_every == 0:
                loss, parts = loss_of(joint.network, next(attributions), before)
                losses.append({"content": parts[3], "cue": parts[0]})
            else:
                loss, named = mention_loss(joint, next(mentions))
                losses.append(named)
        take_step(loss, joint.parameters(), optimizer)
        schedule.step()
        average.update_parameters(joint)
        if step % 25 == 0:
            print(step, f"{time.monotonic() - began:.0f}s", mean_of(losses[-75:]), flush=True)
        if step % recipe.score_every == 0 or step == recipe.steps:
            save(options.run, step, average.module)
            line = {"step": step, "seconds": round(time.monotonic() - began), **mean_of(losses[-300:])}
            line |= score(average.module, corpora, tokenizer, Path(before.dev))
            with (options.run / "scores.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps(line) + "\n")
            print(json.dumps(line), flush=True)


def mean_of(losses: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return the mean of each part over the steps that have it."""
    keys = {key for parts in losses for key in parts}
    return {key: round(float(np.mean([parts[key] for parts in losses if key in parts])), 3) for key in sorted(keys)}


def score(joint: Joint, corpora: dict[str, list[Item]], tokenizer: Tokenizer, dev: Path) -> dict[str, object]:
    """Score everything on the dev sets."""
    joint.eval()
    names = {name: score_names(joint, corpora[name]) for name in ("worldwide dev", "politics dev")}
    pairs = {name: score_pairs(joint, corpora[name]) for name in ("gum dev", "gap dev", "speakers dev")}
    attribution = score_network(joint.network, tokenizer, dev)
    joint.train()
    return {**names, **pairs, "attribution": attribution}


def save(run: Path, step: int, joint: nn.Module) -> None:
    """Write the averaged weights beside the old ones, then put them in their place."""
    torch.save({"step": step, "average": joint.state_dict()}, run / "checkpoint.part")
    (run / "checkpoint.part").replace(run / "checkpoint.pt")


if __name__ == "__main__":
    main()
