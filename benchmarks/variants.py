"""Measure how well ties between utterances are told: `python benchmarks/variants.py TRAIN.JSONL [--fit] [--wrong]`.

TRAIN.JSONL is PolNeAR's, which is no part of this repository; labels/variants.jsonl names pairs of its contents by the
ids of their reports and the offsets of their characters, with the tie that a reader gave them. Pairs were drawn from
the contents of different reports, never by the score that is measured ("drawn" says how): 240 that share five words in
a row and 80 near in meaning that share none (hard), 320 at all levels of rarer words in common or of nearness (levels),
252 that have much in common (alike), 297 that are all of the nearest of 95 contents (pool), 150 like "alike", for
tuning only (more), and 420 like "alike" of which neither content is in a measuring pair, for tuning only (second).

A pair is tied where the whole of one stands in the other as a claim, a question or a proposal, in the same words or in
others, whoever says it; names, titles and set phrases in common are no tie. Pairs that the reader was unsure of (62)
are left out.

labels/shown.jsonl has what a user is shown: of statements drawn by chance, all that onrecord called tied before it was
trained from such pairs, and some that it nearly did, which stand for so many more ("weight"). 708 are of a record of
2,129 reports of ../news/stories.jsonl as onrecord reads them: 257 for tuning, and 451 for measuring, of which no
content is in a pair for tuning, nor both in one of ties.jsonl. 375 are of PolNeAR's marks, without those that had
labels before: mostly policies that many name, as quotations had them. Two readers labelled those for measuring, blind
to scores; where they differ whether it is tied a pair is unsure.

labels/ties.jsonl has 9,542 further pairs, of PolNeAR's train.jsonl (none with a content of the measuring half) and of
contents that onrecord found in ../news/stories.jsonl. The cross-encoder was trained from those
(training/train_ties.py). `--fit` prints weights: of what utterances have in common and of kinds from those pairs; of
both together from the tuning halves, of which the cross-encoder has seen 6 pairs of 1,369. The figures are those of
the other halves.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.compare import kinds
from onrecord.compare.alignment import align
from onrecord.compare.crossencoder import shipped_crossencoder
from onrecord.compare.kinds import LEARNED
from onrecord.compare.logistic import probability
from onrecord.compare.naming import same_name
from onrecord.compare.tying import (
    LEAST,
    Utterance,
    both_features,
    features,
    nearness,
    place_of,
    tie_utterances,
)

LABELS = Path(__file__).parent / "labels" / "variants.jsonl"
TIES = Path(__file__).parent / "labels" / "ties.jsonl"
SHOWN = Path(__file__).parent / "labels" / "shown.jsonl"
FLOORS = Path(__file__).parent / "floors.json"
LEVELS = (0.2, 0.5, 0.7, 0.9)
"""Further scores from which on it is told how right and how complete ties are."""
BAND = 0.005
"""That a figure may lie under its floor: half of a pair."""


def main() -> None:
    """Load the pairs, fit if asked for, and print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("train", type=Path)
    arguments.add_argument("--fit", action="store_true")
    arguments.add_argument("--wrong", action="store_true", help="print the numbers of the tuning half's wrong pairs")
    options = arguments.parse_args()
    pairs = list(load(options.train))
    shown = list(load_further(options.train, SHOWN))
    if options.fit:
        ties = list(load_further(options.train, TIES))
        fit(ties, [pair for pair in (*pairs, *shown) if pair["half"] == "tuning"])
        return
    for half in ("tuning", "measuring"):
        figures = measure(
            half, [pair for pair in pairs if pair["half"] == half], wrong=options.wrong and half == "tuning"
        )
    for corpus, half in (("news", "tuning"), ("news", "measuring"), ("polnear", "measuring")):
        some = [pair for pair in shown if (pair["from"], pair["half"]) == (corpus, half)]
        figures |= {f"{corpus}_{name}": value for name, value in measure_shown(corpus, half, some).items()}
    if not hold("variants", figures):
        raise SystemExit(1)


def hold(name: str, figures: dict[str, float]) -> bool:
    """Tell whether no figure is below its floor in floors.json; say which is."""
    floors = json.loads(FLOORS.read_text("utf-8"))[name]
    below = [each for each, floor in floors.items() if figures[each] < floor - BAND]
    for each in below:
        print(f"{each}: {figures[each]:.3f}, below its floor of {floors[each]}", file=sys.stderr)
    return not below


def load(train: Path) -> Iterator[dict[str, Any]]:
    """Yield the labelled pairs with their words, speakers and nearness in meaning."""
    reports = read_reports(train)
    for number, line in enumerate(LABELS.read_text("utf-8").splitlines()):
        label = json.loads(line)
        if label["tie"] != "unsure":
            sides = [(label[side]["content"], source_of(reports, label[side])) for side in "ab"]
            texts = [reports[label[side]["id"]]["text"] for side in "ab"]
            yield {"number": number, "half": label["half"], "drawn": label["drawn"], **pair_of(label, texts, sides)}


def load_further(train: Path, labels: Path) -> Iterator[dict[str, Any]]:
    """Yield the pairs of ties.jsonl or shown.jsonl likewise."""
    reports = {"polnear": read_reports(train), "news": read_reports(train.parents[1] / "news" / "stories.jsonl")}
    for label in map(json.loads, labels.read_text("utf-8").splitlines()):
        if label["tie"] != "unsure":
            texts = [reports[label["from"]][label[side]["id"]]["text"] for side in "ab"]
            pair = pair_of(label, texts, [(label[side]["content"], label[side]["source"]) for side in "ab"])
            yield {"from": label["from"], "half": label.get("half"), "weight": label.get("weight", 1), **pair}


def read_reports(path: Path) -> dict[str, Any]:
    """Return the reports of a file by their ids."""
    return {report["id"]: report for report in map(json.loads, path.read_text("utf-8").splitlines())}


def source_of(reports: dict[str, Any], side: dict[str, Any]) -> list[list[int]]:
    """Return the source of a content."""
    found = next(each for each in reports[side["id"]]["attributions"] if each["content"] == side["content"])
    return list(found["source"])


def pair_of(label: dict[str, Any], texts: list[str], sides: list[Any]) -> dict[str, Any]:
    """Return a pair: of each side, the spans of its content and of its source."""
    (one, one_source), (other, other_source) = (
        tuple(" … ".join(text[start:end] for start, end in spans) for spans in side)
        for text, side in zip(texts, sides, strict=True)
    )
    this, that = Utterance.of(one), Utterance.of(other)
    return {
        "tie": label["tie"],
        "this": this,
        "other": that,
        "aligned": align(this.words, that.words),
        "same": same_name(one_source, other_source),
        "meaning": nearness(one, [other])[0],
    }


def features_of(pair: dict[str, Any]) -> tuple[float, ...]:
    """Return the features of a pair."""
    return features(
        pair["this"].words, pair["other"].words, pair["aligned"], pair["meaning"], same_speaker=pair["same"]
    )


def fit(ties: list[dict[str, Any]], tuning: list[dict[str, Any]]) -> None:
    """Print the weights of a tie by what both have in common, of that and the cross-encoder together, and of kinds."""
    bias, weights = regress(np.array([features_of(pair) for pair in ties]), [is_tied(pair) for pair in ties])
    print("BIAS =", bias)
    print("WEIGHTS =", tuple(weights))
    both = []
    tuning = [pair for pair in tuning for _ in range(round(pair.get("weight", 1)))]  # as often as it stands for others
    for pair in tuning:
        common = features_of(pair)
        likely = probability(bias, weights, common)
        place = place_of(pair["this"], pair["other"], pair["aligned"])
        tied = shipped_crossencoder().read(pair["this"].text, pair["other"].text, around=place).tied
        both.append(both_features(likely, tied, common))
    bias, weights = regress(np.array(both), [is_tied(pair) for pair in tuning])
    print("BOTH_BIAS =", bias)
    print("BOTH_WEIGHTS =", tuple(weights))
    typed = [pair for pair in ties if pair["tie"] in LEARNED]
    table = np.array([kinds.features(p["this"].words, p["other"].words, p["aligned"], p["meaning"]) for p in typed])
    print("WEIGHTS =", regress_kinds(table, [LEARNED.index(pair["tie"]) for pair in typed]))


def is_tied(pair: dict[str, Any]) -> bool:
    """Tell whether the reader tied a pair."""
    return bool(pair["tie"] != "none")


def regress_kinds(table: Any, wanted: Sequence[int]) -> tuple[tuple[float, ...], ...]:
    """Return bias and weights of each kind of a softmax regression (L2 of 0.015), to three decimals."""
    biases, weights = _descended(table, np.eye(len(LEARNED))[list(wanted)], _softmax, 0.015)
    return tuple((float(bias), *map(float, row)) for bias, row in zip(biases, weights, strict=True))


def regress(table: Any, wanted: Sequence[bool]) -> tuple[float, list[float]]:
    """Return bias and weights of a logistic regression (L2 of 0.005), to three decimals."""
    bias, weights = _descended(table, np.array(wanted), lambda sums: 1 / (1 + np.exp(-sums)), 0.005)
    return float(bias), [float(each) for each in weights]


def _softmax(sums: Any) -> Any:
    powers = np.exp(sums)
    return powers / powers.sum(1, keepdims=True)


def _descended(table: Any, right: Any, chances: Callable[[Any], Any], l2: float) -> tuple[Any, Any]:
    """Return the biases [K] and weights [K, F] that 20,000 steps find for [N, F] values and [N, K] right answers.

    With [N] right answers it is one bias and its [F] weights.
    """
    middle, spread = table.mean(0), table.std(0) + 1e-9
    scaled = (table - middle) / spread
    weights, bias = np.zeros((table.shape[1], *right.shape[1:])), np.zeros(right.shape[1:])
    for _ in range(20_000):
        error = chances(scaled @ weights + bias) - right
        weights -= 0.1 * (scaled.T @ error / len(table) + l2 * weights)
        bias = bias - 0.1 * error.mean(0)
    unscaled = weights.T / spread
    return (bias - unscaled @ middle).round(3), unscaled.round(3)


def measure(half: str, pairs: list[dict[str, Any]], *, wrong: bool) -> dict[str, float]:
    """Print precision and recall of the ties, and how many of those found have the right kind; return these."""
    ties = [tie_utterances(p["this"], p["other"], meaning=p["meaning"], same_speaker=p["same"]) for p in pairs]
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


def measure_shown(corpus: str, half: str, pairs: list[dict[str, Any]]) -> dict[str, float]:
    """Print the precision of what is shown of a record, and the share of its ties, at several scores; return these."""
    ties = [tie_utterances(p["this"], p["other"], meaning=p["meaning"], same_speaker=p["same"]) for p in pairs]
    scores, tied = np.array([tie.score for tie in ties]), np.array([is_tied(pair) for pair in pairs])
    weights = np.array([pair["weight"] for pair in pairs])
    figures: dict[str, float] = {}
    print(f"shown of {corpus}, {half}: {len(pairs)} pairs, {tied.sum()} tied")
    for least in (LEAST, *LEVELS):
        found = scores >= least
        right = weights[found & tied].sum()
        precision, recall = right / max(1, weights[found].sum()), right / weights[tied].sum()
        figures = figures or {"precision": precision, "recall": recall}
        print(f"  from {least} on: precision {precision:.3f}, recall {recall:.3f}")
    typed = [tie.kind == pair["tie"] for tie, pair in zip(ties, pairs, strict=True) if is_tied(pair)]
    of_found = [right for right, is_found in zip(typed, scores[tied] >= LEAST, strict=True) if is_found]
    print(f"  right kind {sum(of_found)} of {len(of_found)}")
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        here = (scores >= low) & (scores < low + 0.2) if low < 0.8 else scores >= low
        if here.any():
            share, said = (np.average(values[here], weights=weights[here]) for values in (tied, scores))
            print(f"  scores about {said:.2f}: {share:.2f} tied, of {here.sum()}")
    return figures


if __name__ == "__main__":
    main()
