"""Write the event head as an ONNX graph with int8 weights beside a model's other graphs, and note it in the manifest.

python training/export_events.py RUN_DIR MODEL_DIR
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from pathlib import Path

import msgspec
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from event_head import EventHead
from export import OPSET, _joined, _layer
from onrecord.model.manifest import MANIFEST, Manifest
from onrecord.model.session import EVENTS
from train_events import EventRecipe


class EventGraph(nn.Module):
    """The head as a graph over the pairs of one sentence."""

    def __init__(self, head: EventHead) -> None:
        super().__init__()
        self.head = head
        self.projections = nn.ModuleList(_joined(layer.attention.self) for layer in head.layers)

    def forward(
        self, states: Tensor, hints: Tensor, parties: Tensor, actors: Tensor, recipients: Tensor
    ) -> tuple[Tensor, ...]:
        """[1, T, H] states, [P, T] tokens of actors and recipients to [P, K] probabilities, [P, T] trigger weights."""
        x = states + self.head.hints(hints)
        for layer, projection in zip(self.head.layers, self.projections, strict=True):
            x = _layer(layer, projection, x)
        tags = self.head.tag(x, hints)[0].softmax(-1)
        actor, recipient = self.head.parties(x, parties.unsqueeze(0))
        logits, trigger = self.head.scorer.one(x[0], actors, recipients)
        return tags, actor[0], recipient[0], logits.softmax(-1), trigger


def export(head: EventHead, target: Path) -> None:
    """Write the graph, its weights as int8."""
    size, pairs = 40, 5
    tokens = torch.zeros(pairs, size)
    tokens[:, 1] = 1
    with tempfile.TemporaryDirectory() as scratch:
        floats, prepared = Path(scratch) / "floats.onnx", Path(scratch) / "prepared.onnx"
        torch.onnx.export(
            EventGraph(head).eval(),
            (torch.zeros(1, size, 384), torch.zeros(1, size, 16), tokens[:3], tokens, tokens),
            str(floats),
            input_names=["states", "hints", "parties", "actors", "recipients"],
            output_names=["tags", "actor", "recipient", "types", "trigger"],
            dynamic_axes={
                "states": {1: "tokens"},
                "hints": {1: "tokens"},
                **{name: {0: "pairs", 1: "tokens"} for name in ("actors", "recipients", "trigger")},
                "types": {0: "pairs"},
                "parties": {0: "parties", 1: "tokens"},
                "tags": {0: "tokens"},
                **{name: {0: "tokens", 1: "choices"} for name in ("actor", "recipient")},
            },
            opset_version=OPSET,
            dynamo=False,
        )
        quant_pre_process(str(floats), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(target),
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul"],
        )
    onnx.checker.check_model(str(target))


def note(folder: Path) -> None:
    """Put the graph's hash into the manifest."""
    manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    manifest.files[EVENTS] = hashlib.sha256((folder / EVENTS).read_bytes()).hexdigest()
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")


def main() -> None:
    """Export a run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("model", type=Path)
    options = parser.parse_args()
    recipe = msgspec.json.decode((options.run / "recipe.json").read_bytes(), type=EventRecipe)
    head = EventHead(recipe.layers)
    head.load_state_dict(torch.load(options.run / "events.pt", weights_only=True))
    export(head.eval(), options.model / EVENTS)
    note(options.model)
    print((options.model / EVENTS).stat().st_size)


if __name__ == "__main__":
    main()
