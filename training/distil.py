"""Distil the shipped model into one whose encoder has fewer layers, and write it.

    python training/distil.py MODEL_DIR TEXTS.jsonl... --layers 0,2,3,5 --minutes 45 --out OUT_DIR [--floats]
    python training/distil.py ... --start OUT_BEFORE --seed 6         # goes on from an earlier student
    python training/distil.py ... --layers 0,1,2,3,5 --frozen 4 --linker-layers 1

With ``--frozen 4`` the four lowest layers stay the shipped ones and only what is above them learns: what reads the
third and the fourth layer then reads what it always read, and a step takes half as long.

The student starts from the named layers of the shipped encoder and from the shipped heads and linker, their int8
weights turned back into floats. It learns, from texts without labels, to give the states that others read (of the third
layer, for the event head, of the fourth and of the last) and to answer as the teacher does: cue tags, names,
descriptions and their vectors, and each cue's source and content. The event head and its parties stay as they are;
tune.py and train_ranker.py come afterwards, on OUT_DIR. TEXTS have one ``{"text"}`` a line; no labels are read.

The loss is the mean squared distance of states and vectors over the variance of what is to be met (as in TinyBERT, Jiao
et al. 2020, without its attention maps), and for answers the cross entropy with the teacher's probabilities (Hinton et
al. 2015). The teacher answers for the next batch in a second thread: two cores are used best with
``OMP_NUM_THREADS=1``. Word embeddings are left as they are: half of the weights, and moving them costs more than it
gives.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn

from dequantize import build
from event_head import LOWER
from export import LOOKED_UP, EncoderGraph, export_encoder, export_linker
from graphs import prepare, quantize
from manifests import hashes_of, load_manifest, save_manifest
from mention_heads import MIDDLE
from onrecord.attribution.decoding import decode_cues
from onrecord.document import Document
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.model import Model
from onrecord.model.session import ENCODER, LINKER
from onrecord.model.surroundings import see_all
from onrecord.model.windows import Window
from onrecord.pipeline import cut, read_paragraphs
from onrecord.settings import DEFAULTS
from train import rate_at, take_step
from train_heads import Joint

MIDDLE_STATES = "/LayerNorm_8/LayerNormalization_output_0"
"""What the shipped graph calls the states of its fourth layer."""
ASKED = ("lower", MIDDLE_STATES, "hidden", "cue", "names", "nominals", "vectors")
"""What the teacher is asked for of a window."""
BATCH_TOKENS = 3072
POOL = 400
"""Windows that are sorted by length before they are put into batches."""
RATE = 1.5e-4
WEIGHTS = {
    "states": 1.0,
    "cue": 6.0,
    "names": 6.0,
    "nominals": 1.0,
    "vectors": 0.5,
    "source": 0.5,
    "content": 8.0,
    "valid": 0.5,
}
"""Of the parts of the loss: like sizes late in training, as far as each counts in what is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """B windows, padded to [B, T], and what the teacher says of their N word pieces and C cues."""

    ids: Tensor
    features: Tensor
    mask: Tensor
    states: tuple[Tensor, ...]
    """[N, H] at each place."""
    answers: dict[str, Tensor]
    """[N, K] logits of "cue", "names" and "nominals"; [N, V] "vectors"."""
    cues: Tensor
    """[C, 3] window, first token and last."""
    links: dict[str, Tensor]
    """[C, T] "source_start" and "source_end", [C, T, 3] "content", [C] "valid": logits, -1e4 beyond the window."""


class Teacher:
    """The shipped model, asked for all that the student is to learn."""

    def __init__(self, folder: Path) -> None:
        self.model = Model.load(folder)
        graph = onnx.load(str(folder / ENCODER))
        graph.graph.output.append(onnx.helper.make_tensor_value_info(MIDDLE_STATES, onnx.TensorProto.FLOAT, None))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.encoder = onnxruntime.InferenceSession(graph.SerializeToString(), options)
        self.linker = onnxruntime.InferenceSession(str(folder / LINKER), options)

    def teach(self, batch: Sequence[Window]) -> Lesson:
        """Answer a batch."""
        longest = -(-max(map(len, batch)) // 32) * 32
        ids, features, mask = (torch.zeros((len(batch), longest), dtype=torch.long) for _ in range(3))
        said: list[list[np.ndarray]] = []
        cues: list[tuple[int, int, int]] = []
        links: dict[str, list[Tensor]] = {name: [] for name in ("source_start", "source_end", "content", "valid")}
        for row, window in enumerate(batch):
            size = len(window)
            ids[row, :size] = torch.from_numpy(window.ids.astype(np.int64))
            features[row, :size] = torch.from_numpy(window.features.astype(np.int64))
            mask[row, :size] = 1
            inputs = {"ids": window.ids[None].astype(np.int64), "features": window.features[None].astype(np.int64)}
            answer = self.encoder.run(list(ASKED), inputs)
            said.append([each[0] for each in answer])
            found = decode_cues(answer[3][0], window.words, self.model.manifest.dials)
            if found:
                first, last = (np.array([getattr(cue, end) for cue in found]) for end in ("first", "last"))
                cues.extend((row, cue.first, cue.last) for cue in found)
                asked = {"hidden": answer[2], "first": first, "last": last, "seen": see_all(len(found), size)}
                linked = self.linker.run(list(links), asked)
                for name, logits in zip(links, linked, strict=True):
                    whole = np.full((len(found), longest, *logits.shape[2:]), -1e4, dtype=np.float32)
                    whole[:, :size] = logits if logits.ndim > 1 else 0
                    links[name].append(torch.from_numpy(logits if logits.ndim == 1 else whole))
        joined = [torch.from_numpy(np.concatenate(each)) for each in zip(*said, strict=True)]
        return Lesson(
            ids=ids,
            features=features,
            mask=mask,
            states=tuple(joined[:3]),
            answers=dict(zip(ASKED[3:], joined[3:], strict=True)),
            cues=torch.tensor(cues, dtype=torch.long).reshape(-1, 3),
            links={name: torch.cat(each) for name, each in links.items() if each},
        )


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


def lessons_of(batches: Iterator[list[Window]], teacher: Teacher) -> Iterator[Lesson]:
    """Yield batches with the teacher's answers; the next one is made while one is learned from."""
    with ThreadPoolExecutor(1) as second:
        waiting = second.submit(teacher.teach, next(batches))
        while True:
            lesson, waiting = waiting.result(), second.submit(teacher.teach, next(batches))
            yield lesson


def losses_of(joint: Joint, lesson: Lesson, places: Sequence[int], frozen: int) -> dict[str, Tensor]:
    """Return how far the student is from the teacher, by the names of :data:`WEIGHTS`.

    ``places`` are the student's layers, counted from 1, whose states stand for those of the shipped layers that others
    read; the first ``frozen`` of its layers are the teacher's own.
    """
    network = joint.network
    seen = lesson.mask.bool()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        if frozen:
            middle, last = _above(joint, lesson, frozen)
            states = {places[2]: last}
        else:
            states = dict(enumerate(joint.states(lesson.ids, lesson.features, lesson.mask)))
            middle, last = states[places[1]], states[places[2]]
        names, nominals, vectors = joint.heads(middle, last)
        answers = {"cue": network.tagger.cue(last), "names": names, "nominals": nominals}
    near = [
        _apart(states[place][seen], wanted)
        for place, wanted in zip(places, lesson.states, strict=True)
        if place in states
    ]
    losses = {
        "states": torch.stack(near).mean(),
        "vectors": _apart(vectors[seen], lesson.answers["vectors"]),
        **{name: _differ(logits[seen], lesson.answers[name]).mean() for name, logits in answers.items()},
    }
    if len(lesson.cues):
        window, first, final = lesson.cues.unbind(1)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = network.linker(last, window, first, final, seen)
        inside = seen[window]
        start, end = (
            _differ(logits.masked_fill(~inside, -1e4), lesson.links[name]).mean()
            for name, logits in (("source_start", scores.source_start), ("source_end", scores.source_end))
        )
        losses["source"] = start + end
        losses["content"] = _differ(scores.content[inside], lesson.links["content"][inside]).mean()
        losses["valid"] = nn.functional.binary_cross_entropy_with_logits(
            scores.valid.float(), lesson.links["valid"].sigmoid()
        )
    return losses


def _above(joint: Joint, lesson: Lesson, frozen: int) -> tuple[Tensor, Tensor]:
    """Return the teacher's states of the layer ``frozen``, and what the student's layers above make of them."""
    seen = lesson.mask.bool()
    middle = torch.zeros((*seen.shape, lesson.states[1].shape[1]))
    middle[seen] = lesson.states[1]
    bias = (lesson.mask[:, None, None, :] - 1) * 1e4
    x = middle
    for layer in joint.network.encoder.bert.encoder.layer[frozen:]:
        answer = layer(x, attention_mask=bias.to(x.dtype))
        x = answer[0] if isinstance(answer, tuple) else answer
    return middle, x


def _apart(states: Tensor, wanted: Tensor) -> Tensor:
    return nn.functional.mse_loss(states.float(), wanted) / wanted.var()


def _differ(logits: Tensor, wanted: Tensor) -> Tensor:
    """[..., K] logits to the divergence of each row from the teacher's probabilities."""
    certain = wanted.log_softmax(-1)
    return (certain.exp() * (certain - logits.float().log_softmax(-1))).sum(-1)


def export(joint: Joint, model: Path, out: Path, places: Sequence[int], *, int8: bool) -> None:
    """Write a copy of the model with the student as its encoder and linker."""
    shutil.copytree(model, out, dirs_exist_ok=True)
    joint.eval()
    with tempfile.TemporaryDirectory() as scratch:
        export_encoder(EncoderGraph(joint, lower=places[0], middle=places[1]), Path(scratch) / ENCODER)
        export_linker(joint.network, Path(scratch) / LINKER)
        for name, kinds in ((ENCODER, LOOKED_UP), (LINKER, ("MatMul",))):
            if int8:
                quantize(Path(scratch) / name, out / name, kinds=kinds)
            else:
                prepare(Path(scratch) / name, out / name)
    manifest = load_manifest(model)
    save_manifest(out, replace(manifest, files=manifest.files | hashes_of(out, (ENCODER, LINKER))))


def train(joint: Joint, lessons: Iterator[Lesson], places: Sequence[int], *, frozen: int, minutes: float) -> None:
    """Train for so many minutes; the rate falls with the time that is left."""
    joint.requires_grad_(requires_grad=True)
    encoder = joint.network.encoder
    kept = [encoder, *encoder.bert.encoder.layer[:frozen]] if frozen else [encoder.bert.embeddings.word_embeddings]
    for module in kept:
        module.requires_grad_(requires_grad=False)
    encoder.bert.encoder.layer[frozen:].requires_grad_(requires_grad=True)
    moved = [each for each in joint.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(moved, lr=RATE, weight_decay=0.01, fused=True)
    began, step, tokens = time.monotonic(), 0, 0
    shown: dict[str, float] = dict.fromkeys(WEIGHTS, 0.0)
    while (passed := (time.monotonic() - began) / 60) < minutes:
        for group in optimizer.param_groups:
            group["lr"] = RATE * rate_at(round(1000 * passed / minutes) + 1, 1000, 0.04)
        lesson = next(lessons)
        losses = losses_of(joint, lesson, places, frozen)
        loss = torch.stack([WEIGHTS[name] * part for name, part in losses.items()]).sum()
        take_step(loss, moved, optimizer)
        step, tokens = step + 1, tokens + int(lesson.mask.sum())
        for name, part in losses.items():
            shown[name] = 0.98 * shown[name] + 0.02 * part.item()
        if step % 20 == 0:
            parts = "  ".join(f"{name} {value / (1 - 0.98**step):.4f}" for name, value in shown.items())
            print(f"{passed:5.1f} min  step {step}  {tokens:,} word pieces  {parts}", flush=True)


def main() -> None:
    """Distil and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--layers", required=True, help="layers of the shipped encoder to start from, counted from 0")
    parser.add_argument("--frozen", type=int, choices=(0, MIDDLE), default=0, help="how many of them don't learn")
    parser.add_argument("--linker-layers", type=int, help="of the linker's two; all by default")
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--floats", action="store_true", help="fp32 weights, for comparison")
    parser.add_argument("--start", type=Path, help="an earlier student of the same layers, to go on from")
    parser.add_argument("--seed", type=int, default=5, help="of the order of texts: another one for going on")
    options = parser.parse_args()
    kept = [int(each) for each in options.layers.split(",")]
    if options.frozen and kept[: options.frozen] != list(range(options.frozen)):
        parser.error(f"only the shipped layers 0 to {options.frozen - 1}, in their order, can be kept as they are")
    places = [sum(layer < shipped for layer in kept) for shipped in (LOWER, MIDDLE, 6)]
    torch.manual_seed(options.seed)
    draw = random.Random(options.seed)
    joint = build(options.start) if options.start else build(options.model, kept, options.linker_layers)
    if options.minutes:
        teacher = Teacher(options.model)
        batches = batches_of(windows_of(options.texts, teacher.model, draw), draw)
        train(joint, lessons_of(batches, teacher), places, frozen=options.frozen, minutes=options.minutes)
    export(joint, options.model, options.out, places, int8=not options.floats)


if __name__ == "__main__":
    main()
