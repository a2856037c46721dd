"""Predict the PLOVER type of marked sentences.

    python benchmarks/predict_events.py IN.tsv OUT.jsonl [--model FOLDER]

IN has a column ``marked_sentence`` with ``<s>actor</s>`` and ``<t>recipient</t>``, either of which may be missing.
OUT has one ``{"type", "confidence"}`` a row: one of PLV's 15 root types (YIELD is CONCEDE and RETREAT together),
since every row tells of an event. With a column ``gold_root`` the macro F1 is printed too; the shipped head has seen
PLV_train, so that of it is no measure (training/train_events.py --folds 5 is).
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Sequence
from pathlib import Path

from onrecord.document import Span
from onrecord.events.given import code_given
from onrecord.model import Model

MARK = re.compile(r"<(/?)([st])>")
YIELD = ("CONCEDE", "RETREAT")


def main() -> None:
    """Predict a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--model", type=Path, help="folder of another model")
    options = parser.parse_args()
    model = Model.load(options.model)
    gold, found = [], []
    with options.source.open(encoding="utf-8", newline="") as lines, options.target.open("w", encoding="utf-8") as out:
        for row in csv.DictReader(lines, delimiter="\t"):
            text, spans = unmark(row["marked_sentence"])
            kind, confidence = best(dict(code_given(text, spans.get("s"), spans.get("t"), model).types))
            out.write(json.dumps({"type": kind, "confidence": round(confidence, 4)}) + "\n")
            gold.append(row.get("gold_root"))
            found.append(kind)
    if all(gold):
        print(f"macro F1 {macro_f1(gold, found):.4f} over {len(gold)} rows")


def unmark(marked: str) -> tuple[str, dict[str, Span]]:
    """Take the marks out of a sentence, and return where they stood."""
    text, at, opened, spans = "", 0, {}, {}
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if not mark[1]:
            opened[mark[2]] = len(text)
        elif mark[2] in opened:
            spans[mark[2]] = Span(opened.pop(mark[2]), len(text))
    return text + marked[at:], spans


def best(types: dict[str, float]) -> tuple[str, float]:
    """Return the likeliest of PLV's types and its share of what all types have."""
    types["YIELD"] = sum(types.pop(name) for name in YIELD)
    kind = max(types, key=lambda name: types[name])
    return kind, types[kind] / max(1e-9, sum(types.values()))


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """Return the mean F1 over the types of the gold."""
    scores = []
    for name in sorted(set(gold)):
        hits = sum(a == b == name for a, b in zip(gold, found, strict=True))
        scores.append(2 * hits / (gold.count(name) + found.count(name)))
    return sum(scores) / len(scores)


if __name__ == "__main__":
    main()
