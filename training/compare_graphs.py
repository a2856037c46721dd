"""Hold exported graphs against the network in torch that they were exported from (reliability row TG3).

    python training/compare_graphs.py MODEL_DIR TEXTS.jsonl [--windows 1000]

The encoder with its heads and the linker of a model folder are taken back into torch, exported with fp32 weights, and
asked about the same windows as torch is. Shown is the largest absolute difference of each output, and how many labels
of cues, names, descriptions and contents differ. Exit code 1 where a difference is 0.001 or more, or a label differs.
What int8 adds to that is no fault of the export: it is measured as scores, in the model card.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor

from dequantize import build
from distil import windows_of
from event_head import LOWER
from export import EncoderGraph, export_encoder, export_linker
from mention_heads import MIDDLE
from onrecord.attribution.decoding import decode_cues
from onrecord.model import Model
from onrecord.model.session import ENCODER, LINKED, LINKER, OUTPUTS
from onrecord.model.surroundings import see_all
from train_heads import Joint

LABELLED = ("cue", "names", "nominals", "content")
MOST = 1e-3


def answer_in_torch(joint: Joint, ids: Tensor, features: Tensor) -> dict[str, Tensor]:
    """Return what the encoder's graph answers, as training computes it: with a mask, attention written out."""
    states = joint.states(ids, features, torch.ones_like(ids))
    last = states[-1]
    answers = (last, joint.network.tagger.cue(last), *joint.heads(states[MIDDLE], last), states[LOWER])
    return dict(zip(OUTPUTS, answers, strict=True))


@torch.inference_mode()
def compare(folder: Path, texts: Path, count: int) -> tuple[dict[str, float], int]:
    """Return the largest difference by output, and the number of labels that differ."""
    model, joint = Model.load(folder), build(folder)
    with tempfile.TemporaryDirectory() as scratch:
        export_encoder(EncoderGraph(joint), Path(scratch) / ENCODER)
        export_linker(joint.network, Path(scratch) / LINKER)
        encoder, linker = (onnxruntime.InferenceSession(str(Path(scratch) / name)) for name in (ENCODER, LINKER))
    joint.eval()  # exporting leaves it as if in training
    apart: dict[str, float] = defaultdict(float)
    changed = 0
    for window in itertools.islice(windows_of([texts], model, random.Random(5)), count):
        inputs = {"ids": window.ids[None].astype(np.int64), "features": window.features[None].astype(np.int64)}
        theirs = dict(zip(OUTPUTS, encoder.run(list(OUTPUTS), inputs), strict=True))
        mine = {
            name: each.numpy() for name, each in answer_in_torch(joint, *map(torch.from_numpy, inputs.values())).items()
        }
        cues = decode_cues(theirs["cue"][0], window.words, model.manifest.dials)
        if cues:
            first, last = (np.array([getattr(cue, end) for cue in cues]) for end in ("first", "last"))
            seen = see_all(len(cues), len(window))
            asked = {"hidden": theirs["hidden"], "first": first, "last": last, "seen": seen}
            theirs |= dict(zip(LINKED, linker.run(list(LINKED), asked), strict=True))
            hidden, whole = torch.from_numpy(theirs["hidden"]), torch.ones((1, len(window)), dtype=torch.bool)
            here = torch.zeros(len(cues), dtype=torch.long)
            scores = joint.network.linker(hidden, here, torch.from_numpy(first), torch.from_numpy(last), whole)
            mine |= {name: getattr(scores, name).numpy() for name in LINKED}
        for name, values in theirs.items():
            apart[name] = max(apart[name], float(np.abs(values - mine[name]).max()))
        changed += sum(
            int((theirs[name].argmax(-1) != mine[name].argmax(-1)).sum()) for name in LABELLED if name in theirs
        )
    return dict(apart), changed


def main() -> int:
    """Compare and show."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--windows", type=int, default=1000)
    options = parser.parse_args()
    apart, changed = compare(options.model, options.texts, options.windows)
    for name, most in apart.items():
        print(f"{name:14}{most:.2e}")
    print(f"labels that differ: {changed}, over {options.windows} windows")
    return int(changed > 0 or max(apart.values()) >= MOST)


if __name__ == "__main__":
    sys.exit(main())
