"""The shipped int8 graphs back in torch: what training goes on from when only a model folder is at hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from transformers import BertConfig

from network import Linker, Network
from onrecord.model.session import ENCODER, LINKER
from train import BASE
from train_heads import Joint

LINKER_WIDTH = 128
"""Of the shipped linker."""


def build(folder: Path, kept: Sequence[int] | None = None, linker_layers: int | None = None) -> Joint:
    """Build the attribution network and the mention heads of a model folder in torch.

    Args:
        folder: a model folder; its pairing stays in the manifest.
        kept: the layers of its encoder to take, counted from 0; all by default.
        linker_layers: how many of its linker to take, the first of them; all by default.
    """
    graph = _Graph(folder / ENCODER)
    layers = sum(name.startswith("projections.") for name in graph.weights)
    kept = range(layers) if kept is None else kept
    # The fused attention of torch 2.13 takes four times as long backwards in bf16 on a CPU as plain products.
    config = BertConfig.from_pretrained(BASE, attn_implementation="eager", num_hidden_layers=len(kept))
    linker = _Graph(folder / LINKER)
    linker_layers = linker_layers or sum(name.endswith(".norm_feed.weight") for name in linker.weights)
    joint = Joint(Network(config, linker_width=LINKER_WIDTH, linker_layers=linker_layers))
    with torch.no_grad():
        _fill_encoder(joint, graph, kept)
        _fill_heads(joint, graph, graph.products[4 * layers :])
        _fill_linker(joint.network.linker, linker)
    return joint.eval()


class _Graph:
    """The weights of an int8 graph as floats, by name, and the names of what something is multiplied by, in order."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(str(path)).graph
        stored = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
        self.weights: dict[str, np.ndarray] = {}
        for name, values in stored.items():
            if name.endswith("_quantized"):
                base = name.removesuffix("_quantized")
                zero = stored[f"{base}_zero_point"].astype(np.float32)
                self.weights[base] = (values.astype(np.float32) - zero) * stored[f"{base}_scale"]
            elif not name.endswith(("_scale", "_zero_point")):
                self.weights[name] = values
        self.products = [
            each.input[1].removesuffix("_quantized")
            for each in graph.node
            if each.op_type in {"MatMulInteger", "DynamicQuantizeMatMul"}
        ]


def _put(parameter: nn.Parameter | Tensor, values: np.ndarray) -> None:
    parameter.copy_(torch.tensor(values, dtype=torch.float32))


def _fill_encoder(joint: Joint, graph: _Graph, kept: Sequence[int]) -> None:
    weights, products = graph.weights, graph.products
    bert = joint.network.encoder.bert
    stem = "network.encoder.bert.embeddings"
    _put(bert.embeddings.word_embeddings.weight, weights[f"{stem}.word_embeddings.weight"])
    _put(bert.embeddings.position_embeddings.weight, weights[f"{stem}.position_embeddings.weight"])
    _put(bert.embeddings.LayerNorm.weight, weights[f"{stem}.LayerNorm.weight"])
    _put(bert.embeddings.LayerNorm.bias, weights[f"{stem}.LayerNorm.bias"])
    _put(joint.network.encoder.features.weight, weights["network.encoder.features.weight"])
    [segment] = [name for name in weights if name.startswith("onnx::Add_")]
    bert.embeddings.token_type_embeddings.weight.zero_()
    _put(bert.embeddings.token_type_embeddings.weight[0], weights[segment])
    for at, layer in enumerate(kept):
        into, name = bert.encoder.layer[at], f"network.encoder.bert.encoder.layer.{layer}"
        joined, bias = weights[products[4 * layer]].T, weights[f"projections.{layer}.bias"]
        parts = (into.attention.self.query, into.attention.self.key, into.attention.self.value)
        for number, part in enumerate(parts):
            rows = slice(384 * number, 384 * (number + 1))
            _put(part.weight, joined[rows])
            _put(part.bias, bias[rows])
        for module, label, number in (
            (into.attention.output.dense, "attention.output.dense", 1),
            (into.intermediate.dense, "intermediate.dense", 2),
            (into.output.dense, "output.dense", 3),
        ):
            _put(module.weight, weights[products[4 * layer + number]].T)
            _put(module.bias, weights[f"{name}.{label}.bias"])
        for norm, label in ((into.attention.output, "attention.output"), (into.output, "output")):
            _put(norm.LayerNorm.weight, weights[f"{name}.{label}.LayerNorm.weight"])
            _put(norm.LayerNorm.bias, weights[f"{name}.{label}.LayerNorm.bias"])


def _fill_heads(joint: Joint, graph: _Graph, products: Sequence[str]) -> None:
    heads = joint.heads
    shapes = {each: graph.weights[each].shape for each in products}
    for module, label in (
        (heads.join, "heads.join"),
        (heads.names, "heads.names"),
        (heads.nominals, "heads.nominals"),
        (heads.vectors, "heads.vectors"),
        (joint.network.tagger.cue, "network.tagger.cue"),
    ):
        [product] = [each for each, shape in shapes.items() if shape == (module.in_features, module.out_features)]
        _put(module.weight, graph.weights[product].T)
        _put(module.bias, graph.weights[f"{label}.bias"])
    _put(heads.norm.weight, graph.weights["heads.norm.weight"])
    _put(heads.norm.bias, graph.weights["heads.norm.bias"])


def _fill_linker(linker: Linker, graph: _Graph) -> None:
    weights = graph.weights
    named = [each for each in graph.products if each.startswith("linker.")]
    token, *layered, head = [each for each in graph.products if each not in named]
    modules = {"token": linker.token}
    for number, layer in enumerate(linker.layers):
        for part in ("qkv", "out", "up", "down"):
            modules[f"layers.{number}.{part}"] = getattr(layer, part)
        for part in ("norm_attention", "norm_feed"):
            _put(getattr(layer, part).weight, weights[f"linker.layers.{number}.{part}.weight"])
            _put(getattr(layer, part).bias, weights[f"linker.layers.{number}.{part}.bias"])
    modules["head"] = linker.head
    products = dict(zip(modules, [token, *layered[: 4 * len(linker.layers)], head], strict=True))
    for name in ("last", "first", "gate", "valid"):
        modules[name] = getattr(linker, name)
        products[name] = f"linker.{name}.weight_Transposed"
    for name, module in modules.items():
        _put(module.weight, weights[products[name]].T)
        _put(module.bias, weights[f"linker.{name}.bias"])
    _put(linker.distance.weight, weights["linker.distance.weight"])
    for name in ("norm", "final"):
        _put(getattr(linker, name).weight, weights[f"linker.{name}.weight"])
        _put(getattr(linker, name).bias, weights[f"linker.{name}.bias"])
