"""Boosted trees as an ONNX graph: rows of features to one score each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import onnx
from onnx import TensorProto, helper

NO_TREE: Final[dict[str, Any]] = {"leaf_value": 0.0}
"""A tree that tells nothing, for a model whose ranker is still to be trained."""


def trees_to_onnx(trees: Sequence[dict[str, Any]], features: int) -> onnx.ModelProto:
    """Return a graph that adds up trees as LightGBM dumps them (``tree_structure``)."""
    nodes: dict[str, list[Any]] = {key: [] for key in ("tree", "node", "feature", "value", "mode", "true", "false")}
    targets: dict[str, list[Any]] = {key: [] for key in ("tree", "node", "weight")}
    for tree_id, root in enumerate(trees):
        for node_id, node, left, right in _numbered(root):
            leaf = "leaf_value" in node
            nodes["tree"].append(tree_id)
            nodes["node"].append(node_id)
            nodes["feature"].append(0 if leaf else int(node["split_feature"]))
            nodes["value"].append(0.0 if leaf else float(np.float32(node["threshold"])))
            nodes["mode"].append("LEAF" if leaf else "BRANCH_LEQ")
            nodes["true"].append(left)
            nodes["false"].append(right)
            if leaf:
                targets["tree"].append(tree_id)
                targets["node"].append(node_id)
                targets["weight"].append(float(node["leaf_value"]))
    ensemble = helper.make_node(
        "TreeEnsembleRegressor",
        ["rows"],
        ["scores"],
        domain="ai.onnx.ml",
        n_targets=1,
        aggregate_function="SUM",
        post_transform="NONE",
        base_values=[0.0],
        nodes_treeids=nodes["tree"],
        nodes_nodeids=nodes["node"],
        nodes_featureids=nodes["feature"],
        nodes_values=nodes["value"],
        nodes_modes=nodes["mode"],
        nodes_truenodeids=nodes["true"],
        nodes_falsenodeids=nodes["false"],
        target_treeids=targets["tree"],
        target_nodeids=targets["node"],
        target_ids=[0] * len(targets["tree"]),
        target_weights=targets["weight"],
    )
    rows = helper.make_tensor_value_info("rows", TensorProto.FLOAT, ["candidates", features])
    scores = helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["candidates", 1])
    graph = helper.make_graph([ensemble], "ranker", [rows], [scores])
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)], ir_version=8
    )
    onnx.checker.check_model(model)
    return model


def _numbered(root: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any], int, int]]:
    """Yield each node with its number and its children's."""
    waiting = [(0, root)]
    count = 1
    while waiting:
        number, node = waiting.pop(0)
        if "leaf_value" in node:
            yield number, node, 0, 0
            continue
        left, right, count = count, count + 1, count + 2
        waiting += [(left, node["left_child"]), (right, node["right_child"])]
        yield number, node, left, right
