"""Write the event head as two ONNX graphs with int8 weights beside a model's others, and note them in the manifest.

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

from event_examples import NONE
from event_head import EventHead
from export import OPSET, _joined, _layer
from onrecord.model.manifest import MANIFEST, Manifest
from onrecord.model.session import EVENTS, PARTIES
from train_events import EventRecipe


class EventGraph(nn.Module):
    """The head's layers and the tags of triggers as a graph over one sentence."""

    def __init__(self, head: EventHead) -> None:
        super().__init__()
        self.head = head
        self.projections = nn.ModuleList(_joined(layer.attention.self) for layer in head.layers)

    def forward(self, states: Tensor, hints: Tensor) -> tuple[Tensor, Tensor]:
        """[1, T, H] states and [1, T, K - 1] hints to [T, H] what was read and [T, K] probabilities of the tags."""
        x = states + self.head.hints(hints)
        for layer, projection in zip(self.head.layers, self.projections, strict=True):
            x = _layer(layer, projection, x)
        return x[0], self.head.tag(x, hints)[0].softmax(-1)


class PartyGraph(nn.Module):
    """What is asked of a sentence's parties and pairs, as a graph over what the layers made of it."""

    def __init__(self, head: EventHead) -> None:
        super().__init__()
        self.head = head

    def forward(self, read: Tensor, parties: Tensor, actors: Tensor, recipients: Tensor) -> tuple[Tensor, ...]:
        """[T, H], [C, T] parties to [T, 1 + C] logits twice; [P, T] pairs to [P, K] probabilities, [P, T] weights."""
        actor, recipient = self.head.parties(read.unsqueeze(0), parties.unsqueeze(0))
        logits, trigger = self.head.scorer.one(read, actors, recipients)
        return actor[0], recipient[0], logits.softmax(-1), trigger


def export(head: EventHead, folder: Path) -> None:
    """Write both graphs, their weights as int8."""
    size, pairs = 40, 5
    tokens = torch.zeros(pairs, size)
    tokens[:, 1] = 1
    _write(
        EventGraph(head),
        (torch.zeros(1, size, 384), torch.zeros(1, size, NONE)),
        folder / EVENTS,
        {"states": {1: "tokens"}, "hints": {1: "tokens"}},
        {"read": {0: "tokens"}, "tags": {0: "tokens"}},
    )
    _write(
        PartyGraph(head),
        (torch.zeros(size, 384), tokens[:3], tokens, tokens),
        folder / PARTIES,
        {
            "read": {0: "tokens"},
            "parties": {0: "parties", 1: "tokens"},
            **{name: {0: "pairs", 1: "tokens"} for name in ("actors", "recipients")},
        },
        {
            **{name: {0: "tokens", 1: "choices"} for name in ("actor", "recipient")},
            "types": {0: "pairs"},
            "trigger": {0: "pairs", 1: "tokens"},
        },
    )


def _write(
    graph: nn.Module,
    example: tuple[Tensor, ...],
    target: Path,
    inputs: dict[str, dict[int, str]],
    outputs: dict[str, dict[int, str]],
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        floats, prepared = Path(scratch) / "floats.onnx", Path(scratch) / "prepared.onnx"
        torch.onnx.export(
            graph.eval(),
            example,
            str(floats),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_axes=inputs | outputs,
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
    """Put the graphs' hashes into the manifest."""
    manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    for name in (EVENTS, PARTIES):
        manifest.files[name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
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
    export(head.eval(), options.model)
    note(options.model)
    print({name: (options.model / name).stat().st_size for name in (EVENTS, PARTIES)})


if __name__ == "__main__":
    main()
