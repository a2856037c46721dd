"""Distil the shipped encoder into one of fewer layers, and write it in its place.

    python training/distil.py MODEL_DIR TEXTS.jsonl... --layers 0,2,3,5 --minutes 45 --out OUT_DIR [--floats]
    python training/distil.py MODEL_DIR TEXTS.jsonl --layers 0,2,3,5 --minutes 45 --out OUT_DIR --start OUT_BEFORE

The student starts from the named layers of the shipped encoder, its int8 weights turned back into floats, and learns to
give the states that everything else reads: those of the third layer (event head), the fourth (mention heads) and the
last. Cue tagger, mention heads, linker, ranker and event head then go on as they are: OUT_DIR is MODEL_DIR with another
encoder.onnx, and every benchmark that takes a model runs on it. TEXTS have one ``{"text"}`` a line; no labels are read.

The teacher answers for the next batch in a second thread: two cores are used best by ``OMP_NUM_THREADS=1``. Embeddings
are left as they are: they are two thirds of the weights, and moving them costs more than it gives.

The loss is the mean squared distance at those three places over the variance of what is to be met
(as in TinyBERT, Jiao et al. 2020, without its attention maps).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np
import onnx
import onnxruntime
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from transformers import BertConfig

from event_head import LOWER
from export import LOOKED_UP, EncoderGraph, export_encoder
from graphs import prepare, quantize
from mention_heads import MIDDLE
from network import Network
from onrecord.document import Document
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.model import Model
from onrecord.model.manifest import MANIFEST, Manifest
from onrecord.model.session import ENCODER
from onrecord.model.windows import Window
from onrecord.pipeline import cut, read_paragraphs
from onrecord.settings import DEFAULTS
from train import BASE, rate_at
from train_heads import Joint

MIDDLE_STATES = "/LayerNorm_8/LayerNormalization_output_0"
"""What the shipped graph calls the states of its fourth layer."""
BATCH_TOKENS = 3072
POOL = 400
"""Windows that are sorted by length before they are put into batches."""
RATE = 3e-4


def read_floats(path: Path) -> dict[str, np.ndarray]:
    """Return the weights of an int8 graph as floats, by name; products have the names ONNX gave them."""
    stored = {each.name: numpy_helper.to_array(each) for each in onnx.load(str(path)).graph.initializer}
    found: dict[str, np.ndarray] = {}
    for name, values in stored.items():
        if name.endswith("_quantized"):
            base = name.removesuffix("_quantized")
            zero = stored[f"{base}_zero_point"].astype(np.float32)
            found[base] = (values.astype(np.float32) - zero) * stored[f"{base}_scale"]
        elif not name.endswith(("_scale", "_zero_point")):
            found[name] = values
    return found


def products_of(path: Path) -> list[str]:
    """Return the names of the weights that something is multiplied by, in the order in which it is."""
    nodes = onnx.load(str(path)).graph.node
    return [
        each.input[1].removesuffix("_quantized")
        for each in nodes
        if each.op_type in {"MatMulInteger", "DynamicQuantizeMatMul"}
    ]


@torch.no_grad()
def build(path: Path, kept: Sequence[int]) -> Joint:
    """Build the encoder with its heads in torch, of the layers ``kept``."""
    weights, products = read_floats(path), products_of(path)
    layers = sum(name.startswith("projections.") for name in weights)
    # The fused attention of torch 2.13 takes four times as long backwards in bf16 on a CPU as plain products.
    config = BertConfig.from_pretrained(BASE, attn_implementation="eager", num_hidden_layers=len(kept))
    joint = Joint(Network(config, linker_width=128, linker_layers=2))
    bert = joint.network.encoder.bert

    def put(parameter: nn.Parameter | Tensor, values: np.ndarray) -> None:
        parameter.copy_(torch.from_numpy(np.ascontiguousarray(values, dtype=np.float32)))

    stem = "network.encoder.bert.embeddings"
    put(bert.embeddings.word_embeddings.weight, weights[f"{stem}.word_embeddings.weight"])
    put(bert.embeddings.position_embeddings.weight, weights[f"{stem}.position_embeddings.weight"])
    put(bert.embeddings.LayerNorm.weight, weights[f"{stem}.LayerNorm.weight"])
    put(bert.embeddings.LayerNorm.bias, weights[f"{stem}.LayerNorm.bias"])
    put(joint.network.encoder.features.weight, weights["network.encoder.features.weight"])
    [segment] = [name for name in weights if name.startswith("onnx::Add_")]
    bert.embeddings.token_type_embeddings.weight.zero_()
    put(bert.embeddings.token_type_embeddings.weight[0], weights[segment])
    for at, layer in enumerate(kept):
        into, name = bert.encoder.layer[at], f"network.encoder.bert.encoder.layer.{layer}"
        joined, bias = weights[products[4 * layer]].T, weights[f"projections.{layer}.bias"]
        parts = (into.attention.self.query, into.attention.self.key, into.attention.self.value)
        for number, part in enumerate(parts):
            rows = slice(384 * number, 384 * (number + 1))
            put(part.weight, joined[rows])
            put(part.bias, bias[rows])
        for module, label, number in (
            (into.attention.output.dense, "attention.output.dense", 1),
            (into.intermediate.dense, "intermediate.dense", 2),
            (into.output.dense, "output.dense", 3),
        ):
            put(module.weight, weights[products[4 * layer + number]].T)
            put(module.bias, weights[f"{name}.{label}.bias"])
        for norm, label in ((into.attention.output, "attention.output"), (into.output, "output")):
            put(norm.LayerNorm.weight, weights[f"{name}.{label}.LayerNorm.weight"])
            put(norm.LayerNorm.bias, weights[f"{name}.{label}.LayerNorm.bias"])
    heads = [
        (joint.heads.join, "heads.join"),
        (joint.heads.names, "heads.names"),
        (joint.heads.nominals, "heads.nominals"),
    ]
    heads += [(joint.heads.vectors, "heads.vectors"), (joint.network.tagger.cue, "network.tagger.cue")]
    shapes = {each: weights[each].shape for each in products[4 * layers :]}
    for module, label in heads:
        [product] = [each for each, shape in shapes.items() if shape == (module.in_features, module.out_features)]
        put(module.weight, weights[product].T)
        put(module.bias, weights[f"{label}.bias"])
    put(joint.heads.norm.weight, weights["heads.norm.weight"])
    put(joint.heads.norm.bias, weights["heads.norm.bias"])
    return joint.eval()


@dataclass(frozen=True, slots=True, kw_only=True)
class Teacher:
    """The shipped encoder, asked for the three states that others read."""

    session: onnxruntime.InferenceSession

    @classmethod
    def of(cls, path: Path) -> Teacher:
        """Load it with one output more."""
        graph = onnx.load(str(path))
        graph.graph.output.append(onnx.helper.make_tensor_value_info(MIDDLE_STATES, onnx.TensorProto.FLOAT, None))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        return cls(session=onnxruntime.InferenceSession(graph.SerializeToString(), options))

    def states(self, window: Window) -> tuple[np.ndarray, ...]:
        """Return the states of the third, fourth and last layer, [T, H] each."""
        asked = {"ids": window.ids[None].astype(np.int64), "features": window.features[None].astype(np.int64)}
        lower, middle, last = self.session.run(["lower", MIDDLE_STATES, "hidden"], asked)
        return lower[0], middle[0], last[0]


def windows_of(paths: Sequence[Path], model: Model, draw: random.Random) -> Iterator[Window]:
    """Cut the texts as a reading does, in random order, without end."""
    texts = [json.loads(line)["text"] for path in paths for line in path.open(encoding="utf-8")]
    while True:
        draw.shuffle(texts)
        for text in texts:
            quotations = outermost(text, pair_quotemarks(text))
            yield from cut(text, read_paragraphs(Document.from_text(text)), quotations, model, DEFAULTS)


def batches_of(windows: Iterator[Window], draw: random.Random) -> Iterator[list[Window]]:
    """Put windows of like lengths together."""
    while True:
        pool = sorted((next(windows) for _ in range(POOL)), key=len)
        batches: list[list[Window]] = [[]]
        for window in pool:
            if (len(batches[-1]) + 1) * len(window) > BATCH_TOKENS:
                batches.append([])
            batches[-1].append(window)
        draw.shuffle(batches)
        yield from batches


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """Windows, padded to [B, T], and the states that the teacher has for their word pieces, [N, H] at each place."""

    ids: Tensor
    features: Tensor
    mask: Tensor
    states: tuple[Tensor, ...]


def lessons_of(batches: Iterator[list[Window]], teacher: Teacher) -> Iterator[Lesson]:
    """Yield batches with the teacher's answers; the next one is made while one is learned from."""

    def make(batch: list[Window]) -> Lesson:
        longest = -(-max(map(len, batch)) // 32) * 32
        ids, features, mask = (torch.zeros((len(batch), longest), dtype=torch.long) for _ in range(3))
        for row, window in enumerate(batch):
            size = len(window)
            ids[row, :size] = torch.from_numpy(window.ids.astype(np.int64))
            features[row, :size] = torch.from_numpy(window.features.astype(np.int64))
            mask[row, :size] = 1
        answers = zip(*(teacher.states(window) for window in batch), strict=True)
        states = tuple(torch.from_numpy(np.concatenate(place)) for place in answers)
        return Lesson(ids=ids, features=features, mask=mask, states=states)

    with ThreadPoolExecutor(1) as second:
        waiting = second.submit(make, next(batches))
        while True:
            lesson, waiting = waiting.result(), second.submit(make, next(batches))
            yield lesson


def step_loss(joint: Joint, lesson: Lesson, places: Sequence[int]) -> Tensor:
    """Return how far the student's states are from the teacher's."""
    encoder = joint.network.encoder
    with torch.autocast("cpu", dtype=torch.bfloat16):
        embedded = encoder.bert.embeddings.word_embeddings(lesson.ids) + encoder.features(lesson.features)
        answer = encoder.bert(inputs_embeds=embedded, attention_mask=lesson.mask, output_hidden_states=True)
    seen = lesson.mask.bool()
    total = torch.zeros(())
    for place, want in zip(places, lesson.states, strict=True):
        total = total + nn.functional.mse_loss(answer.hidden_states[place].float()[seen], want) / want.var()
    return total / len(places)


def export(joint: Joint, model: Path, out: Path, places: Sequence[int], *, int8: bool) -> None:
    """Write a copy of the model with the student as its encoder."""
    shutil.copytree(model, out, dirs_exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        floats = Path(scratch) / ENCODER
        export_encoder(EncoderGraph(joint.eval(), lower=places[0], middle=places[1]), floats)
        if int8:
            quantize(floats, out / ENCODER, kinds=LOOKED_UP)
        else:
            prepare(floats, out / ENCODER)
    manifest = msgspec.json.decode((model / MANIFEST).read_bytes(), type=Manifest)
    files = {**manifest.files, ENCODER: hashlib.sha256((out / ENCODER).read_bytes()).hexdigest()}
    written = replace(manifest, files=files)
    (out / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(written), indent=1) + b"\n")


def train(joint: Joint, lessons: Iterator[Lesson], places: Sequence[int], minutes: float) -> None:
    """Train for so many minutes; the rate falls with the time that is left."""
    encoder = joint.network.encoder
    encoder.bert.embeddings.word_embeddings.requires_grad_(requires_grad=False)
    moved = [each for each in encoder.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(moved, lr=RATE, weight_decay=0.01)
    began, step, tokens, loss_seen = time.monotonic(), 0, 0, 0.0
    while (passed := (time.monotonic() - began) / 60) < minutes:
        for group in optimizer.param_groups:
            group["lr"] = RATE * rate_at(round(1000 * passed / minutes) + 1, 1000, 0.04)
        lesson = next(lessons)
        loss = step_loss(joint, lesson, places)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(moved, 1.0)
        optimizer.step()
        step, tokens, loss_seen = step + 1, tokens + int(lesson.mask.sum()), 0.98 * loss_seen + 0.02 * loss.item()
        if step % 20 == 0:
            print(
                f"{passed:5.1f} min  step {step}  {tokens:,} word pieces  loss {loss_seen / (1 - 0.98**step):.4f}",
                flush=True,
            )


def main() -> None:
    """Distil and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--layers", required=True, help="layers of the shipped encoder to start from, counted from 0")
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--floats", action="store_true", help="fp32 weights, for comparison")
    parser.add_argument("--start", type=Path, help="an earlier student of the same layers, to go on from")
    options = parser.parse_args()
    kept = [int(each) for each in options.layers.split(",")]
    # Where the student's states stand for those of the shipped layers that others read.
    places = [sum(layer < shipped for layer in kept) for shipped in (LOWER, MIDDLE, 6)]
    torch.manual_seed(5)
    draw = random.Random(5)
    joint = build(options.start / ENCODER, range(len(kept))) if options.start else build(options.model / ENCODER, kept)
    teacher = Teacher.of(options.model / ENCODER)
    if options.minutes:
        batches = batches_of(windows_of(options.texts, Model.load(options.model), draw), draw)
        train(joint, lessons_of(batches, teacher), places, options.minutes)
    export(joint, options.model, options.out, places, int8=not options.floats)


if __name__ == "__main__":
    main()
