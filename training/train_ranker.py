"""Train the ranker on the speaker gold, and fit how its answers are read.

    python training/train_ranker.py MODEL_DIR

MODEL_DIR is what export.py and tune.py wrote; the ranker and its values are added to it. Boosted trees over what is
counted of each candidate, and a network over that and the words at its mentions, each with a softmax over the
candidates of each query; the logarithms of their chances are averaged. Two rounds: the queries as they come when
everything before is answered rightly, and as they come when trees trained on other reports have answered (DAgger).
Thresholds and confidence are fitted on the gold, which was read twice, in five folds: each by a ranker that was not
trained on it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import lightgbm
import numpy as np
import onnx

from corpora import Spoken, read_speaker_labels, read_speakers
from manifests import change_manifest
from onrecord.model import Model
from onrecord.model.manifest import Ranking
from onrecord.model.scores import Floats
from onrecord.model.session import MENTIONS, RANKER, REFERENTS
from onrecord.speakers.featurenames import FEATURES
from onrecord.speakers.ranking import Ranker
from onrecord.speakers.resolving import Answer
from ranking_examples import Group, StatesModel, groups_of, hear_gold
from referent_network import ReferentNetwork, export_referents
from train_referents import fit_network, network_scores
from trees import trees_to_onnx

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "shared" / "eval"))
import score_speakers as scorer

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
LABELS = Path(__file__).resolve().parents[1] / "benchmarks" / "labels"
FOLDS = 5
SEEDS = 3
ROUNDS = 350
NETWORK = 0.5
"""Share of the network in the scores."""
PARAMETERS = {
    "learning_rate": 0.05,
    "num_leaves": 16,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
}
OPEN = Ranking(
    least=0.0,
    least_implicit=0.5,
    least_linked=0.0,
    least_definite=0.0,
    slope=1.0,
    intercept=0.0,
    described=0.0,
    network=NETWORK,
)
LINKED = (0.5, 0.6, 0.7, 0.8)
"""Probabilities tried for tying a description to somebody met before."""
ALIKE = 0.001
"""Shares of right answers no further apart than this are taken as equal: the lowest threshold then, whose confidence
fits best."""
ENOUGH = 0.3
"""A speaker is named where the answer is right at least this often: left open, at most so many were right."""


def fit(groups: Sequence[Group], *, seed: int) -> lightgbm.Booster:
    """Fit trees to the queries: the softmax over each query's candidates is to fall on the right ones."""
    rows = np.concatenate([group.rows for group in groups])
    right = np.concatenate([group.right for group in groups]).astype(np.float64)
    sizes = [len(group.right) for group in groups]
    starts = np.cumsum([0, *sizes[:-1]])
    owner = np.repeat(np.arange(len(groups)), sizes)

    def objective(scores: np.ndarray, _: lightgbm.Dataset) -> tuple[np.ndarray, np.ndarray]:
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        chances = powers / np.add.reduceat(powers, starts)[owner]
        good = chances * right
        wanted = good / np.maximum(np.add.reduceat(good, starts), 1e-9)[owner]
        return chances - wanted, np.maximum(chances * (1 - chances), 1e-3)

    parameters = {**PARAMETERS, "objective": objective, "seed": seed}
    return lightgbm.train(parameters, lightgbm.Dataset(rows, label=right), num_boost_round=ROUNDS)


def scored_by(booster: lightgbm.Booster, network: ReferentNetwork | None = None) -> Callable[..., Floats]:
    """Return what scores queries of a :class:`StatesModel`, by trees alone or with a network."""
    if network is None:
        return lambda rows, _: booster.predict(rows).astype(np.float32)
    read = network_scores(network)
    return lambda rows, seen: OPEN.average(booster.predict(rows).astype(np.float32), read(rows, seen))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One answer of a ranker, and whether it is right."""

    form: str
    confidence: float
    named: bool
    described: bool
    right: bool
    gold_open: bool


def judge(report: Spoken, model: Model, ranker: Ranker) -> list[Judged]:
    """Resolve a report with its gold spans and compare."""
    hearing = hear_gold(report, model)
    answers = hearing.resolve(ranker)
    names = [referent.name for referent in hearing.discourse.referents]
    gold = {"entities": report.entities}
    judged = []
    for index, answer in enumerate(answers):
        wanted = list(report.speakers[index])
        judged.append(
            Judged(
                form=report.forms[index],
                confidence=_chance(answer),
                named=bool(answer.referents),
                described=answer.by == "description",
                right=scorer.right([names[each] for each in answer.referents] or None, wanted, gold),
                gold_open=not wanted,
            )
        )
    return judged


def lowest(tried: Sequence[Ranking], answers: Callable[[Ranking], list[Judged]]) -> tuple[Ranking, list[Judged]]:
    """Return the first of some rankings, from low to high, that is as good as the best, and its answers."""
    trials = [answers(ranking) for ranking in tried]
    shares = [np.mean([each.right for each in judged]) for judged in trials]
    first = next(at for at, share in enumerate(shares) if share > max(shares) - ALIKE)
    return tried[first], trials[first]


def _chance(answer: Answer) -> float:
    return answer.confidence if answer.confidence is not None else 0.0


def main() -> None:
    """Train, fit, and write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("model", type=Path)
    folder = arguments.parse_args().model
    model = StatesModel.load(folder)
    polnear = DATA / "polnear" / "train.jsonl"
    gold = list(read_speakers(DATA / "speakers" / "train", polnear))
    reports = [
        *gold,
        *read_speaker_labels(LABELS / "speakers.jsonl", polnear),
        *read_speaker_labels(LABELS / "speakers-news.jsonl", DATA / "news" / "stories.jsonl"),
    ]

    first = [groups_of(report, model) for report in reports]
    rankers = [Ranker(score=scored_by(fit(_others(first, fold), seed=1)), ranking=OPEN) for fold in range(FOLDS)]
    second = [groups_of(report, model, rankers[at % FOLDS]) for at, report in enumerate(reports)]
    both = [[*one, *two] for one, two in zip(first, second, strict=True)]
    rankers = []
    for fold in range(FOLDS):
        others = _others(both, fold)
        rankers.append(Ranker(score=scored_by(fit(others, seed=1), fit_network(others, seed=1)), ranking=OPEN))

    @cache  # both rounds try what the first one finds
    def answers(ranking: Ranking) -> list[Judged]:
        folds = [replace(ranker, ranking=ranking) for ranker in rankers]
        judged = [each for at, report in enumerate(gold) for each in judge(report, model, folds[at % FOLDS])]
        share = f"{100 * np.mean([each.right for each in judged]):.2f} %"
        print("descriptions tied at", ranking.least_linked, "definite ones at", ranking.least_definite, share)
        return judged

    linked, _ = lowest([replace(OPEN, least_linked=at, least_definite=at) for at in LINKED], answers)
    tied, judged = lowest([replace(linked, least_definite=at) for at in LINKED], answers)
    fitted = fit_confidence(judged)
    odds = (np.log(ENOUGH / (1 - ENOUGH)) - fitted["intercept"]) / fitted["slope"]
    least = round(float(1 / (1 + np.exp(-odds))), 3)
    ranking = replace(tied, least=least, **fitted)
    print_figures("train, five folds", judged)
    print(ranking)

    everything = [group for groups in both for group in groups]
    boosters = [fit(everything, seed=seed) for seed in range(1, SEEDS + 1)]
    trees = [tree["tree_structure"] for booster in boosters for tree in booster.dump_model()["tree_info"]]
    onnx.save(trees_to_onnx([_shared(tree) for tree in trees], len(FEATURES)), str(folder / RANKER))
    export_referents(fit_network(everything, seed=1), folder)
    change_manifest(folder, files=(RANKER, MENTIONS, REFERENTS), ranking=ranking)

    final = Model.load(folder)
    dev = read_speakers(DATA / "speakers" / "dev", DATA / "polnear" / "dev.jsonl")
    ranker = Ranker(score=final.rank, ranking=ranking)
    print_figures("dev", [each for report in dev for each in judge(report, final, ranker)])


def _others(groups: Sequence[Sequence[Group]], fold: int) -> list[Group]:
    return [group for at, each in enumerate(groups) if at % FOLDS != fold for group in each]


def _shared(tree: dict[str, object]) -> dict[str, object]:
    """Divide a tree's leaves by the number of boosters whose mean is taken."""
    if "leaf_value" in tree:
        return {**tree, "leaf_value": float(tree["leaf_value"]) / SEEDS}
    children = {side: _shared(tree[side]) for side in ("left_child", "right_child")}
    return {**tree, **children}


def fit_confidence(judged: Sequence[Judged]) -> dict[str, float]:
    """Fit slope and intercept of the confidence over the log odds, by Newton's method (Platt 1999)."""
    asked = [each for each in judged if each.named and 0 < each.confidence < 1 and each.form != "name"]
    chances = np.clip([each.confidence for each in asked], 1e-4, 1 - 1e-4)
    described = np.array([each.described for each in asked], dtype=float)
    inputs = np.stack([np.log(chances / (1 - chances)), np.ones(len(asked)), described], axis=1)
    right = np.array([each.right for each in asked], dtype=float)
    weights = np.array([1.0, 0.0, 0.0])
    for _ in range(25):
        expected = 1 / (1 + np.exp(-inputs @ weights))
        slopes = inputs.T @ (right - expected) - 0.01 * weights
        curve = (inputs * (expected * (1 - expected))[:, None]).T @ inputs + 0.01 * np.eye(3)
        weights = weights + np.linalg.solve(curve, slopes)
    return {
        name: round(float(weight), 4) for name, weight in zip(("slope", "intercept", "described"), weights, strict=True)
    }


def print_figures(name: str, judged: Sequence[Judged]) -> None:
    """Print accuracy by form, and how well abstentions and confidences fit."""
    for form in ("all", *sorted({each.form for each in judged})):
        chosen = [each for each in judged if form in ("all", each.form)]
        print(name, form, f"{100 * np.mean([each.right for each in chosen]):.1f} %", len(chosen))
    named = [each for each in judged if each.named]
    gaps = []
    for low in np.arange(0, 1, 0.1):
        inside = [each for each in named if low < each.confidence <= low + 0.1]
        if inside:
            gap = abs(np.mean([e.confidence for e in inside]) - np.mean([e.right for e in inside]))
            gaps.append(len(inside) * gap)
    print(name, "calibration error", round(float(sum(gaps) / max(1, len(named))), 3))


if __name__ == "__main__":
    main()
