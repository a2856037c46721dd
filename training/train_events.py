"""Train the event head on the shipped encoder's lower states, cross-validate it, and write it beside the other graphs.

    python training/train_events.py MODEL_DIR RUN_DIR [--folds 5] [--recipe training/events.toml]

With --folds nothing is written but scores: macro F1 over the 15 types of PLV, each fifth read by a head that was
trained on the other four and on the invented sentences.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import torch
from torch import Tensor, nn

from event_examples import IGNORED, NONE, YIELD, Batch, Item, items_of, make_batch, read_plv, read_sentences
from event_head import EventHead
from event_reports import find_parties, read_labels, report_items, texts_of
from onrecord.model import Model
from onrecord.model.scores import EVENT_TYPES
from train import descend, rate_at

sys.path.append(str(Path(__file__).resolve().parents[1] / "benchmarks"))
from predict_events import macro_f1

HERE = Path(__file__).resolve().parent
PLV = HERE.parents[1] / "shared" / "data" / "plover" / "PLV_train.tsv"
POLNEAR = HERE.parents[1] / "shared" / "data" / "polnear" / "train.jsonl"
SENTENCES = HERE / "events" / "sentences.tsv"
LABELS = HERE.parent / "benchmarks" / "labels" / "events.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRecipe:
    """Every choice of a run; ``events.toml`` holds the values."""

    seed: int
    layers: int
    epochs: int
    batch: int
    layer_rate: float
    scorer_rate: float
    warm_up: float
    weight_decay: float
    smoothing: float
    trigger_weight: float
    tag_weight: float
    none_weight: float
    arc_weight: float
    repeats: dict[str, int]
    """How often each source is gone through in an epoch."""


def loss_of(head: EventHead, batch: Batch, recipe: EventRecipe) -> Tensor:
    """Return the mean loss of a batch's pairs: of the types that are right, and of the trigger where it is known."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x = head.read(batch.states, batch.mask, batch.hints)
        logits, weights = head.scorer(x, batch.mask, batch.sentence, batch.actors, batch.recipients)
        tags, (actors, recipients) = head.tag(x, batch.hints), head.parties(x, batch.parties)
    total = torch.zeros(())
    if len(batch.sentence):
        logs = logits.log_softmax(-1)
        right = logs.masked_fill(~batch.right, -1e4).logsumexp(-1)
        loss = -(1 - recipe.smoothing) * right - recipe.smoothing * logs.mean(-1)
        told = batch.trigger.amax(-1) * (~batch.right[:, NONE]).float()
        trigger = -told * ((weights * batch.trigger).sum(-1) + 1e-6).log()
        total = ((loss + recipe.trigger_weight * trigger) * batch.weight).sum() / batch.weight.sum()
    if (batch.tags != IGNORED).any():
        total = total + recipe.tag_weight * nn.functional.cross_entropy(
            tags.float().flatten(0, 1), batch.tags.flatten(), weight=weights_of(recipe), ignore_index=IGNORED
        )
    if len(batch.arc_sentence):
        total = total + recipe.arc_weight * (
            arc_loss(actors, batch, batch.arc_actors) + arc_loss(recipients, batch, batch.arc_recipients)
        )
    return total


def weights_of(recipe: EventRecipe) -> Tensor:
    """Return the weight of each tag: of twenty words one is a trigger, and what is missed can't be weighed later."""
    weights = torch.ones(NONE + 1)
    weights[NONE] = recipe.none_weight
    return weights


def arc_loss(scores: Tensor, batch: Batch, right: Tensor) -> Tensor:
    """Return the mean loss of choosing the parties of the triggers, over those whose parties are known."""
    trigger = batch.arc_trigger / batch.arc_trigger.sum(1, keepdim=True)
    asked = (scores.float()[batch.arc_sentence] * trigger.unsqueeze(-1)).sum(1)
    there = nn.functional.pad(batch.parties.amax(-1)[batch.arc_sentence], (1, 0), value=1.0)
    logs = (asked + (there - 1) * 1e4).log_softmax(-1)
    known = right.any(1)
    if not known.any():
        return logs.sum() * 0
    return -logs.masked_fill(~right, -1e4).logsumexp(-1)[known].mean()


def train(items: dict[str, list[Item]], recipe: EventRecipe, *, seed: int) -> EventHead:
    """Train a head."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    head = EventHead(recipe.layers).train()
    layers = set(head.layers.parameters())
    asking = [each for each in head.parameters() if each not in layers]
    optimizer = torch.optim.AdamW(
        [
            {"params": list(head.layers.parameters()), "lr": recipe.layer_rate},
            {"params": asking, "lr": recipe.scorer_rate},
        ],
        weight_decay=recipe.weight_decay,
        fused=True,
    )
    plan = [batch for _ in range(recipe.epochs) for batch in _epoch(items, recipe, draw)]
    descend(
        head,
        optimizer,
        plan,
        lambda chosen: loss_of(head, make_batch(chosen, draw, most_pairs=10), recipe),
        rate=lambda step: rate_at(step, len(plan), recipe.warm_up),
    )
    return head.eval()


def _epoch(items: dict[str, list[Item]], recipe: EventRecipe, draw: random.Random) -> Iterator[list[Item]]:
    """Yield batches of sentences of about one length, in random order."""
    chosen = [item for name, count in recipe.repeats.items() for item in items.get(name, []) * count]
    chosen.sort(key=lambda item: (len(item.states[0]) // 8, draw.random()))
    batches = [chosen[start : start + recipe.batch] for start in range(0, len(chosen), recipe.batch)]
    draw.shuffle(batches)
    yield from batches


@torch.inference_mode()
def predict(head: EventHead, items: Sequence[Item]) -> list[Tensor]:
    """Return for the first pair of each item the probability of each type, and none."""
    answers: list[Tensor] = []
    for start in range(0, len(items), 32):
        firsts = [
            Item(states=item.states, hints=item.hints, pairs=item.pairs[:1]) for item in items[start : start + 32]
        ]
        batch = make_batch(firsts, None)
        x = head.read(batch.states, batch.mask, batch.hints)
        logits, _ = head.scorer(x, batch.mask, batch.sentence, batch.actors, batch.recipients)
        answers.extend(logits.softmax(-1))
    return answers


def plv_type(probabilities: Tensor) -> str:
    """Return the best of PLV's 15 types: CONCEDE and RETREAT are YIELD there, and there is always an event."""
    values = {name: float(probabilities[at]) for at, name in enumerate(EVENT_TYPES)}
    values["YIELD"] = sum(values.pop(name) for name in YIELD)
    return max(values, key=lambda name: values[name])


def folds_of(items: Sequence[Item], folds: int) -> dict[str, int]:
    """Return the part of each sentence."""
    texts = sorted({item.key for item in items})
    random.Random(0).shuffle(texts)
    return {text: at % folds for at, text in enumerate(texts)}


def score_plv(head: EventHead, items: Sequence[Item]) -> float:
    """Return the macro F1 of sentences of PLV."""
    gold = [plv_name(item) for item in items]
    return macro_f1(gold, [plv_type(answer) for answer in predict(head, items)])


def plv_name(item: Item) -> str:
    """Return the type of a sentence as PLV names it."""
    names = [EVENT_TYPES[at] for at in sorted(item.pairs[0].types)]
    return names[0] if len(names) == 1 else "YIELD"


def cross_validate(items: dict[str, list[Item]], recipe: EventRecipe, folds: int) -> None:
    """Read each part of PLV by a head that was trained on the others; sentences that are the same stay together."""
    plv = items["plv"]
    fold = folds_of(plv, folds)
    gold, found, sure = [], [], []
    for part in range(folds):
        held = [item for item in plv if fold[item.key] == part]
        rest = {**items, "plv": [item for item in plv if fold[item.key] != part]}
        answers = predict(train(rest, recipe, seed=recipe.seed + part), held)
        for item, answer in zip(held, answers, strict=True):
            gold.append(plv_name(item))
            found.append(plv_type(answer))
            sure.append(float(answer.max()))
        right = [a == b for a, b in zip(gold, found, strict=True)]
        print(
            f"fold {part}: so far macro F1 {macro_f1(gold, found):.4f}, accuracy {sum(right) / len(right):.4f}",
            flush=True,
        )


def main() -> None:
    """Train, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--folds", type=int)
    parser.add_argument("--hold", type=int, help="leave every n-th labelled report out, to score it")
    parser.add_argument("--hold-plv", action="store_true", help="leave a fifth of PLV out, to score it")
    parser.add_argument("--recipe", type=Path, default=HERE / "events.toml")
    options = parser.parse_args()
    recipe = msgspec.toml.decode(options.recipe.read_bytes(), type=EventRecipe)
    torch.set_num_threads(1)
    model, draw = Model.load(options.model), random.Random(recipe.seed)
    items: dict[str, list[Item]] = {}
    for name, sentences in (("plv", read_plv(PLV)), ("ours", read_sentences(SENTENCES))):
        items[name] = items_of(sentences, model, draw=draw)
        for item, sentence in zip(items[name], sentences, strict=True):
            item.key = sentence.text
            if name == "ours":
                find_parties(item, sentence, model)
    labels = read_labels(LABELS, "train")
    if options.hold:
        labels = [label for at, label in enumerate(labels) if at % options.hold]
    items["reports"] = list(report_items(labels, texts_of([label["report"] for label in labels], POLNEAR), model))
    print({name: len(each) for name, each in items.items()}, flush=True)
    if options.folds:
        cross_validate(items, recipe, options.folds)
        return
    options.run.mkdir(parents=True, exist_ok=True)
    fold = folds_of(items["plv"], 5) if options.hold_plv else {}
    held = [item for item in items["plv"] if fold.get(item.key) == 0]
    items["plv"] = [item for item in items["plv"] if fold.get(item.key) != 0]
    head = train(items, recipe, seed=recipe.seed)
    if held:
        print(f"macro F1 of the fifth of PLV that was left out: {score_plv(head, held):.4f}", flush=True)
    torch.save(head.state_dict(), options.run / "events.pt")
    (options.run / "recipe.json").write_text(json.dumps(msgspec.to_builtins(recipe)))


if __name__ == "__main__":
    main()
