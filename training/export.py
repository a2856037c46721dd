"""Export a trained network: two ONNX graphs with int8 weights, vocabulary and manifest.

    python training/export.py RUN_DIR OUT_DIR [--keep-floats]

The tuned values of the manifest come from training/tune.py, and the ranker from training/train_ranker.py, both run
afterwards on what this writes.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import onnx
import torch
from torch import Tensor, nn
from transformers import BertConfig

from event_graphs import export_events
from event_head import EVENT_LAYERS, LOWER, EventHead
from graphs import Attention, bert_layer, export_floats, joined_projection, quantize
from manifests import hashes_of, save_manifest
from mention_heads import MIDDLE
from network import LinkScores, Network
from onrecord.attribution.confidence import FEATURES
from onrecord.attribution.continuation import RULES
from onrecord.model.manifest import LABELS, Manifest, Pairing, Ranking
from onrecord.model.scores import Calibration, Dials
from onrecord.model.session import ENCODER, EVENTS, LINKER, MENTIONS, OUTPUTS, PARTIES, RANKER, REFERENTS, VOCABULARY
from onrecord.settings import DEFAULTS
from onrecord.speakers.featurenames import FEATURES as RANKED
from recipe import Recipe
from referent_network import export_referents, untrained
from train import BASE
from train_heads import Joint
from trees import NO_TREE, trees_to_onnx

LENGTH = 64
"""Word pieces of the window that graphs are traced with; any number goes in afterwards."""
LOOKED_UP = ("MatMul", "Gather")
"""Operators of the encoder that are made int8: its embeddings too."""


class EncoderGraph(nn.Module):
    """The encoder, the cue tagger and the mention heads as one graph over one window.

    ``middle`` and ``lower`` are the layers, counted from 1, that the mention heads and the event head read.
    """

    def __init__(self, joint: Joint, *, middle: int = MIDDLE, lower: int = LOWER) -> None:
        super().__init__()
        self.middle, self.lower = middle, lower
        network = joint.network
        self.network = network
        self.heads = joint.heads
        layers = network.encoder.bert.encoder.layer
        self.projections = nn.ModuleList(joined_projection(layer.attention.self) for layer in layers)

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        """[1, T] ids and features to states [1, T, H], cue logits [1, T, 3], mention heads' answers, lower states."""
        bert = self.network.encoder.bert
        embedded = bert.embeddings.word_embeddings(ids) + self.network.encoder.features(features)
        positions = torch.arange(ids.shape[1]).unsqueeze(0)
        x = bert.embeddings.LayerNorm(
            embedded + bert.embeddings.position_embeddings(positions) + bert.embeddings.token_type_embeddings.weight[0]
        )
        states = [x]
        for layer, projection in zip(bert.encoder.layer, self.projections, strict=True):
            states.append(bert_layer(layer, projection, states[-1]))
        last = states[-1]
        return last, self.network.tagger.cue(last), *self.heads(states[self.middle], last), states[self.lower]


class LinkerGraph(nn.Module):
    """The linker as a graph over the cues of one window, each with the W tokens that it sees."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.linker = network.linker

    def forward(
        self, hidden: Tensor, first: Tensor, last: Tensor, seen: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """[1, T, H], the cues' first and last tokens [C], and what each sees [C, W] to :class:`network.LinkScores`.

        ``seen`` begins with 0, [CLS], and goes on with tokens in a row, the cue's among them.
        """
        linker, states = self.linker, hidden[0]
        tokens = linker.token(hidden)[0][seen]
        x = linker.embed(tokens, states[first], states[last], linker.bucket(first, last, seen))
        for layer in linker.layers:
            q, k, v = layer.qkv(layer.norm_attention(x)).chunk(3, dim=-1)
            x = layer.rest(x, Attention.apply(q, k, v, layer.heads))
        scores: LinkScores = linker.read_out(x, first - seen[:, 1] + 1)
        return scores.source_start, scores.source_end, scores.content, scores.valid


def load_joint(run: Path) -> Joint:
    """Load the averaged weights of a run of train_heads.py."""
    recipe = msgspec.json.decode((run / "recipe.json").read_bytes(), type=Recipe)
    network = Network(
        BertConfig.from_pretrained(BASE, attn_implementation="eager"),
        linker_width=recipe.linker_width,
        linker_layers=recipe.linker_layers,
    )
    joint = Joint(network)
    joint.load_state_dict(torch.load(run / "checkpoint.pt", weights_only=True)["average"])
    return joint.eval()


def export_encoder(graph: EncoderGraph, path: Path) -> None:
    """Write an encoder's graph with fp32 weights."""
    ids = torch.zeros((1, LENGTH), dtype=torch.long)
    tokens = {1: "tokens"}
    export_floats(graph, (ids, ids), path, dict.fromkeys(("ids", "features"), tokens), dict.fromkeys(OUTPUTS, tokens))


def export_linker(network: Network, path: Path) -> None:
    """Write the linker's graph with fp32 weights."""
    first = torch.arange(1, 4)
    seen = torch.arange(LENGTH).expand(len(first), -1)
    export_floats(
        LinkerGraph(network),
        (torch.zeros((1, LENGTH, 384)), first, first + 1, seen),
        path,
        {"hidden": {1: "tokens"}, "first": {0: "cues"}, "last": {0: "cues"}, "seen": {0: "cues", 1: "seen"}},
        {
            **{name: {0: "cues", 1: "seen"} for name in ("source_start", "source_end", "content")},
            "valid": {0: "cues"},
        },
    )


def pairing_of(joint: Joint) -> Pairing:
    """Return what the pairing learned, rounded to what a float holds."""
    pairing = joint.pairing
    rows = (pairing.distance.weight, pairing.forms.weight, pairing.none.weight)
    distance, forms, none = (tuple(round(value, 6) for value in row.flatten().tolist()) for row in rows)
    return Pairing(distance=distance, forms=forms, none=none, none_bias=round(pairing.none.bias.item(), 6))


def write_manifest(folder: Path, name: str, pairing: Pairing) -> None:
    """Write the manifest of the files in a folder, with values still to be tuned."""
    names = (ENCODER, LINKER, RANKER, MENTIONS, REFERENTS, EVENTS, PARTIES, VOCABULARY)
    manifest = Manifest(
        name=name,
        labels=LABELS,
        window_tokens=DEFAULTS.max_window_tokens,
        files=hashes_of(folder, names),
        dials=Dials(),
        pairing=pairing,
        ranking=Ranking(
            least=0.0,
            least_implicit=0.0,
            least_linked=0.0,
            least_definite=0.0,
            slope=1.0,
            intercept=0.0,
            described=0.0,
        ),
        calibration=Calibration(weights=dict.fromkeys(FEATURES, 0.0), rules=dict.fromkeys(RULES, 0.5)),
    )
    save_manifest(folder, manifest)


def main() -> None:
    """Export a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--keep-floats", action="store_true", help="fp32 weights, for comparison")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    joint = load_joint(options.run)
    with tempfile.TemporaryDirectory() as scratch:
        floats = Path(scratch)
        export_encoder(EncoderGraph(joint), floats / ENCODER)
        export_linker(joint.network, floats / LINKER)
        if options.keep_floats:
            for name in (ENCODER, LINKER):
                shutil.copy(floats / name, options.out / name)
        else:
            for name, kinds in ((ENCODER, LOOKED_UP), (LINKER, ("MatMul",))):
                quantize(floats / name, options.out / name, kinds=kinds)
    onnx.save(trees_to_onnx([NO_TREE], len(RANKED)), str(options.out / RANKER))
    export_referents(untrained(), options.out)
    export_events(EventHead(EVENT_LAYERS).eval(), options.out)  # in place of those that train_events.py makes
    shutil.copy(BASE / "tokenizer.json", options.out / VOCABULARY)
    _strip_limits(options.out / VOCABULARY)
    write_manifest(options.out, f"minilm6-{datetime.now(UTC):%Y-%m-%d}", pairing_of(joint))
    for name in (ENCODER, LINKER):
        onnx.checker.check_model(str(options.out / name))
        print(name, (options.out / name).stat().st_size)


def _strip_limits(path: Path) -> None:
    """Take padding and cutting out of the vocabulary file: the windows do that."""
    vocabulary = msgspec.json.decode(path.read_bytes())
    vocabulary["padding"] = vocabulary["truncation"] = None
    path.write_bytes(msgspec.json.encode(vocabulary))


if __name__ == "__main__":
    main()
