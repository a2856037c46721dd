"""Measure how well ties between utterances are told: `python benchmarks/variants.py TRAIN.JSONL [--fit] [--wrong]`.

TRAIN.JSONL is PolNeAR's, which is no part of this repository; labels/variants.jsonl names pairs of its contents by the
ids of their reports and the offsets of their characters, with the tie that a reader gave them. Pairs were drawn from
the contents of different reports, never by the score that is measured ("drawn" says how): 240 that share five words in
a row and 80 near in meaning that share none (hard), 320 at all levels of rarer words in common or of nearness (levels),
252 that have much in common (alike), 297 that are all of the nearest of 95 contents (pool), 150 like "alike", for
tuning only (more), and 420 like "alike" of which neither content is in a measuring pair, for tuning only (second): the
weights were not made from those, for with them they are no better.

A pair is tied where the whole of one stands in the other as a claim, a question or a proposal, in the same words or in
others, whoever says it; names, titles and set phrases in common are no tie. `--fit` prints weights made from one half;
the figures are those of the other. Pairs that the reader was unsure of (62) are left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.compare.alignment import align
from onrecord.compare.naming import same_name
from onrecord.compare.tying import LEAST, features, tie_words
from onrecord.compare.wording import read_words
from onrecord.record.meaning import shipped_meanings

LABELS = Path(__file__).parent / "labels" / "variants.jsonl"
FLOORS = Path(__file__).parent / "floors.json"
BAND = 0.005
"""That a figure may lie under its floor: half of a pair."""


def main() -> None:
    """Load the pairs, fit if asked for, and print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("train", type=Path)
    arguments.add_argument("--fit", action="store_true")
    arguments.add_argument("--wrong", action="store_true", help="print the numbers of the tuning half's wrong pairs")
    options = arguments.parse_args()
    pairs = load(options.train)
    if options.fit:
        fit([pair for pair in pairs if pair["half"] == "tuning" and pair["drawn"] != "second"])
        return
    for half in ("tuning", "measuring"):
        figures = measure(
            half, [pair for pair in pairs if pair["half"] == half], wrong=options.wrong and half == "tuning"
        )
    if not hold("variants", figures):
        raise SystemExit(1)


def hold(name: str, figures: dict[str, float]) -> bool:
    """Tell whether no figure is below its floor in floors.json; say which is."""
    floors = json.loads(FLOORS.read_text("utf-8"))[name]
    below = [each for each, floor in floors.items() if figures[each] < floor - BAND]
    for each in below:
        print(f"{each}: {figures[each]:.3f}, below its floor of {floors[each]}", file=sys.stderr)
    return not below


def load(train: Path) -> list[dict[str, Any]]:
    """Return the labelled pairs with their words, speakers and nearness in meaning."""
    reports = {report["id"]: report for report in map(json.loads, train.read_text("utf-8").splitlines())}
    pairs = []
    for number, line in enumerate(LABELS.read_text("utf-8").splitlines()):
        label = json.loads(line)
        if label["tie"] == "unsure":
            continue
        one, other = (content_of(reports[label[side]["id"]], label[side]["content"]) for side in "ab")
        vectors = shipped_meanings().encode([one[0], other[0]]).astype(np.float64)
        norm = np.linalg.norm(vectors[0]) * np.linalg.norm(vectors[1])
        pairs.append(
            {
                "number": number,
                "half": label["half"],
                "drawn": label["drawn"],
                "tie": label["tie"],
                "this": read_words(one[0]),
                "other": read_words(other[0]),
                "same": same_name(one[1], other[1]),
                "meaning": float(vectors[0] @ vectors[1] / norm) if norm else 0.0,
            }
        )
    return pairs


def content_of(report: dict[str, Any], spans: list[list[int]]) -> tuple[str, str]:
    """Return the words of a content, and its source."""
    text = report["text"]
    found = next(each for each in report["attributions"] if each["content"] == spans)
    return tuple(" … ".join(text[start:end] for start, end in found[part]) for part in ("content", "source"))


def features_of(pair: dict[str, Any]) -> tuple[float, ...]:
    """Return the features of a pair."""
    return features(
        pair["this"],
        pair["other"],
        align(pair["this"], pair["other"]),
        pair["meaning"],
        same_speaker=pair["same"],
    )


def fit(pairs: list[dict[str, Any]]) -> None:
    """Print the weights of a logistic regression."""
    bias, weights = regress(
        np.array([features_of(pair) for pair in pairs]), np.array([pair["tie"] != "none" for pair in pairs])
    )
    print("BIAS =", round(bias, 3))
    print("WEIGHTS =", tuple(round(each, 3) for each in weights))


def regress(table: Any, wanted: Any) -> tuple[float, list[float]]:
    """Return bias and weights of a logistic regression (L2 of 0.005, 20,000 steps)."""
    middle, spread = table.mean(0), table.std(0) + 1e-9
    scaled, weights, bias = (table - middle) / spread, np.zeros(table.shape[1]), 0.0
    for _ in range(20_000):
        error = 1 / (1 + np.exp(-(scaled @ weights + bias))) - wanted
        weights -= 0.1 * (scaled.T @ error / len(table) + 0.005 * weights)
        bias -= 0.1 * error.mean()
    return float(bias - (weights * middle / spread).sum()), (weights / spread).tolist()


def measure(half: str, pairs: list[dict[str, Any]], *, wrong: bool) -> dict[str, float]:
    """Print precision and recall of the ties, and how many of those found have the right kind; return these."""
    ties = [tie_words(p["this"], p["other"], meaning=p["meaning"], same_speaker=p["same"]) for p in pairs]
    found = [tie.score >= LEAST for tie in ties]
    right = sum(is_found and pair["tie"] != "none" for is_found, pair in zip(found, pairs, strict=True))
    typed = sum(pair["tie"] == tie.kind != "none" for tie, pair in zip(ties, pairs, strict=True))
    there = sum(pair["tie"] != "none" for pair in pairs)
    print(
        f"{half}: {len(pairs)} pairs, {there} tied; found {sum(found)}, precision {right / max(1, sum(found)):.3f},"
        f" recall {right / there:.3f}; right kind {typed} of {right}, {typed / max(1, right):.3f}"
    )
    print(" ", dict(sorted(Counter((p["tie"], t.kind) for t, p in zip(ties, pairs, strict=True)).items())))
    for drawn in sorted({pair["drawn"] for pair in pairs}):
        told = Counter(
            (pair["tie"] != "none", is_found)
            for is_found, pair in zip(found, pairs, strict=True)
            if pair["drawn"] == drawn
        )
        print(
            f"  {drawn:7} found {told[True, True]} of {told[True, True] + told[True, False]},"
            f" wrongly {told[False, True]}"
        )
    if wrong:
        for tie, pair in zip(ties, pairs, strict=True):
            if tie.kind != pair["tie"]:
                print(pair["number"], pair["tie"], tie.kind, tie.score, features_of(pair))
    return {"precision": right / max(1, sum(found)), "recall": right / there, "kind": typed / max(1, right)}


if __name__ == "__main__":
    main()
