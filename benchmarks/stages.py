"""Where the time of a reading goes, and how near the machine's limits it comes: one run, the same texts.

    python benchmarks/stages.py [TEXTS.jsonl] [--reports 60] [--rivals PYTHON] [--json]

TEXTS has one ``{"text"}`` a line; without it the bundled report is read again and again. Everything is processor time
of one thread, so that other work on the machine matters little: words per CPU second, of the whole path and of

- each network (what ONNX Runtime spends) and each stage of the pipeline without the networks that it calls;
- **bare ONNX Runtime**: the same inputs put through the same sessions with nothing between, the ceiling of the models;
- **the matrix peak**: products of the encoder's shapes in int8 (MatMulInteger) and in fp32, the limit of the machine,
  with the share of it that the encoder's own products come to;
- ``--rivals``: what another interpreter's spaCy and textacy take for the same texts (``speed_rivals.py``).
"""

from __future__ import annotations

import argparse
import inspect
import json
import platform
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

from onrecord import pipeline
from onrecord.ingest.plaintext import read_text
from onrecord.model import Model
from onrecord.settings import Settings
from onrecord.speakers.hearing import Heads
from speed import texts_of

NETWORKS = ("encoder", "linker", "mentions", "ranker", "referents", "events", "parties")
STAGES = {
    "lay out": ("read_paragraphs", "find_quotations", "outermost", "sentences_of", "find_silent"),
    "cut": ("cut",),
    "attribute": ("read_windows",),
    "reread": ("reread", "attribute", "keep_nested"),
    "state": (
        "square_edges",
        "give_to_quoted",
        "part_hearers",
        "join_twins",
        "continue_quotations",
        "state",
        "find_outer",
    ),
    "hear": ("hear",),
    "cast": ("add_speakers", "date_statements", "with_sectors"),
    "date": ("read_times",),
    "tell": ("sentences_that_tell", "tell", "to_events"),
    "amounts": ("read_amounts",),
    "check": ("find_checks",),
}
"""Functions that ``pipeline.read`` calls; "resolve" is a method, and timed beside them."""
ALONE = Settings(threads=1)
LAYERS, WIDTH, INNER = 6, 384, 1536
"""The encoder's shape."""


@dataclass
class Ledger:
    """Processor time by what it was spent on; inside another, it is counted once, on the inner."""

    spent: Counter[str] = field(default_factory=Counter)
    open: list[list[Any]] = field(default_factory=list)

    @contextmanager
    def on(self, name: str) -> Iterator[None]:
        """Count what is done inside on ``name``."""
        began = time.process_time()
        self.open.append([name, 0.0])
        try:
            yield
        finally:
            took = time.process_time() - began
            _, inner = self.open.pop()
            self.spent[name] += took - inner
            if self.open:
                self.open[-1][1] += took

    def wrap(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, counted on ``name``; of a generator each step is."""
        if inspect.isgeneratorfunction(function):

            def steps(*args: Any, **options: Any) -> Iterator[Any]:
                walk = function(*args, **options)
                while True:
                    with self.on(name):
                        try:
                            step = next(walk)
                        except StopIteration:
                            return
                    yield step

            return steps

        def call(*args: Any, **options: Any) -> Any:
            with self.on(name):
                return function(*args, **options)

        return call


@dataclass
class Listened:
    """A session that counts its time and keeps what it was asked."""

    name: str
    session: onnxruntime.InferenceSession
    ledger: Ledger
    asked: list[tuple[Any, Any, Any]]

    def run(self, outputs: Any, inputs: Any, options: Any = None) -> Any:
        """Run it."""
        self.asked.append((outputs, inputs, options))
        with self.ledger.on(self.name):
            return self.session.run(outputs, inputs, options)


def read_whole(texts: Sequence[str], model: Model) -> float:
    """Return the processor seconds of reading all texts, with everything that a reading has."""
    began = time.process_time()
    for text in texts:
        pipeline.read(read_text(text, origin="-", sha256="", charset=None), model, settings=ALONE)
    return time.process_time() - began


def by_stage(texts: Sequence[str]) -> tuple[Counter[str], list[Listened]]:
    """Read with every stage and network counted."""
    model, ledger = Model.load(), Ledger()
    sessions = [Listened(name, getattr(model, f"_{name}"), ledger, []) for name in NETWORKS]
    for each in sessions:
        setattr(model, f"_{each.name}", each)
    kept = {name: getattr(pipeline, name) for names in STAGES.values() for name in names}
    for stage, names in STAGES.items():
        for name in names:
            setattr(pipeline, name, ledger.wrap(stage, kept[name]))
    kept["Heads"] = pipeline.Heads
    pipeline.Heads = lambda text: _Adding(Heads(text), ledger)
    hear = kept["hear"]
    pipeline.hear = lambda *args, **options: _Resolving(ledger.wrap("hear", hear)(*args, **options), ledger)
    try:
        with ledger.on("rest"):
            read_whole(texts, model)
    finally:
        for name, function in kept.items():
            setattr(pipeline, name, function)
    return ledger.spent, sessions


class _Adding:
    """Heads whose ``add`` is counted as hearing."""

    def __init__(self, heads: Heads, ledger: Ledger) -> None:
        self.vectors, self.tagged = heads.vectors, heads.tagged
        self.add = ledger.wrap("hear", heads.add)


class _Resolving:
    """A hearing whose ``resolve`` is counted."""

    def __init__(self, hearing: Any, ledger: Ledger) -> None:
        self._hearing = hearing
        self.resolve = ledger.wrap("resolve", hearing.resolve)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._hearing, name)


def replay(sessions: Sequence[Listened]) -> float:
    """Return the processor seconds of the same questions to the bare sessions."""
    began = time.process_time()
    for each in sessions:
        for outputs, inputs, options in each.asked:
            each.session.run(outputs, inputs, options)
    return time.process_time() - began


def matrix_peak(rows: int = 256, *, integer: bool) -> float:
    """Return the billions of multiplications and additions a second of one [rows, WIDTH] by [WIDTH, INNER] product."""
    kinds = (TensorProto.UINT8, TensorProto.INT8, TensorProto.INT32) if integer else (TensorProto.FLOAT,) * 3
    number = np.random.default_rng(3).integers(-60, 60, (WIDTH, INNER))
    weights = helper.make_tensor(
        "w", kinds[1], (WIDTH, INNER), number.astype(np.int8 if integer else np.float32).tobytes(), raw=True
    )
    node = helper.make_node("MatMulInteger" if integer else "MatMul", ["x", "w"], ["y"])
    graph = helper.make_graph(
        [node],
        "product",
        [helper.make_tensor_value_info("x", kinds[0], (rows, WIDTH))],
        [helper.make_tensor_value_info("y", kinds[2], (rows, INNER))],
        [weights],
    )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    built = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(built)
    session = onnxruntime.InferenceSession(built.SerializeToString(), options)
    x = np.ones((rows, WIDTH), dtype=np.uint8 if integer else np.float32)
    best = 0.0
    for _ in range(5):
        began, runs = time.process_time(), 200
        for _ in range(runs):
            session.run(None, {"x": x})
        best = max(best, 2 * rows * WIDTH * INNER * runs / (time.process_time() - began) / 1e9)
    return best


def products_of_encoder(asked: Sequence[tuple[Any, Any, Any]]) -> float:
    """Return the billions of multiplications and additions in the encoder's products over all windows."""
    total = 0.0
    for _, inputs, _ in asked:
        tokens = inputs["ids"].shape[1]
        total += LAYERS * 2 * tokens * (4 * WIDTH * WIDTH + 2 * WIDTH * INNER + 2 * tokens * WIDTH)
    return total / 1e9


def measure(texts: Sequence[str], rivals: str | None) -> dict[str, Any]:
    """Return all figures."""
    words = sum(len(text.split()) for text in texts)
    model = Model.load()
    read_whole(texts[:2], model)
    whole = min(read_whole(texts, model) for _ in range(2))
    spent, sessions = by_stage(texts)
    total = sum(spent.values())
    networks = sum(spent[name] for name in NETWORKS)
    bare = min(replay(sessions) for _ in range(2))
    peak, fp32 = matrix_peak(integer=True), matrix_peak(integer=False)
    return {
        "machine": f"{_processor()}, Python {platform.python_version()}, ONNX Runtime {onnxruntime.__version__}",
        "words": words,
        "words per CPU second": round(words / whole),
        "share outside the networks": round(1 - networks / total, 3),
        "shares": {name: round(took / total, 3) for name, took in spent.most_common()},
        "bare networks, words per CPU second": round(words / bare),
        "whole against bare networks": round(bare / whole, 2),
        "int8 peak, GOP/s": round(peak),
        "fp32 peak, GFLOP/s": round(fp32),
        "encoder's share of the int8 peak": round(products_of_encoder(sessions[0].asked) / spent["encoder"] / peak, 2),
        **({"others, words per CPU second": _rivals(texts, rivals)} if rivals else {}),
    }


def _rivals(texts: Sequence[str], interpreter: str) -> dict[str, Any]:
    script = Path(__file__).with_name("speed_rivals.py")
    ran = subprocess.run(
        [interpreter, str(script)], input=json.dumps(list(texts)), check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="?")
    parser.add_argument("--reports", type=int, default=60, help="how many texts to read (default 60)")
    parser.add_argument("--rivals", metavar="PYTHON", help="an interpreter that has spaCy and textacy")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    texts = texts_of(options.texts)
    texts = (texts * (options.reports // len(texts) + 1))[: options.reports]
    figures = measure(texts, options.rivals)
    if options.json:
        print(json.dumps(figures))
        return 0
    for name, value in figures.items():
        print(f"{name:40} {'' if isinstance(value, dict) else value}")
        for inner, part in value.items() if isinstance(value, dict) else ():
            print(f"    {inner:36} {part}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
