"""Tune the decoding and fit the confidence of an exported model on reports that it was not trained on.

    python training/tune.py MODEL_DIR GOLD.jsonl

Writes the values into MODEL_DIR/manifest.json. The decoding has five values and the confidence nine
weights, fitted on some 2,000 statements; the calibration error is printed over ten folds of reports.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from examples import read_gold
from manifests import change_manifest
from onrecord.attribution.confidence import FEATURES, features_of
from onrecord.attribution.continuation import RULES, continue_quotations
from onrecord.attribution.decoding import Link, decode_cues, decode_links
from onrecord.attribution.linking import Attribution, pin
from onrecord.document import Span
from onrecord.ingest.plaintext import read_text
from onrecord.layout.quotemarks import outermost, pair_quotemarks
from onrecord.model import Model
from onrecord.model.scores import Calibration, Dials, LinkLogits, WindowScores
from onrecord.model.windows import Window
from onrecord.pipeline import cut, read_paragraphs
from onrecord.settings import DEFAULTS

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "shared" / "eval"))
import score_attribution as scorer

GRID: dict[str, tuple[float, ...]] = {
    "cue_bias": (-0.5, 0.0, 0.5, 1.0, 1.5, 2.0),
    "least_valid": (0.2, 0.3, 0.4, 0.5, 0.6),
    "content_bias": (-0.6, -0.3, 0.0, 0.3, 0.6, 0.9),
    "content_start_cost": (0.0, 0.5, 1.0, 2.0, 3.0),
    "no_source_bias": (-1.5, -1.0, -0.5, 0.0, 0.5),
}
FOLDS = 10


@dataclass(slots=True, kw_only=True)
class Scored:
    """A gold report with the encoder's answer for each window, kept so that only the decoding runs again."""

    report: dict[str, Any]
    paragraphs: list[Span]
    windows: list[tuple[Window, WindowScores]]
    linked: dict[tuple[int, tuple[tuple[int, int], ...]], LinkLogits]


def score_reports(model: Model, reports: Sequence[dict[str, Any]]) -> list[Scored]:
    """Run the encoder over all reports."""
    scored = []
    for report in reports:
        document = read_text(report["text"], origin="-", sha256="", charset=None)
        paragraphs = read_paragraphs(document)
        windows = list(
            cut(document.text, paragraphs, outermost(document.text, pair_quotemarks(document.text)), model, DEFAULTS)
        )
        scored.append(
            Scored(report=report, paragraphs=paragraphs, windows=[(w, model.tag(w)) for w in windows], linked={})
        )
    return scored


def links_of(model: Model, scored: Scored, dials: Dials) -> list[tuple[Window, Link]]:
    """Decode a report with other dials."""
    links: list[tuple[Window, Link]] = []
    for index, (window, scores) in enumerate(scored.windows):
        cues = decode_cues(scores.cue, window.words, dials)
        if cues:
            spans = tuple((cue.first, cue.last) for cue in cues)
            if (index, spans) not in scored.linked:
                scored.linked[index, spans] = model.link(scores, spans)
            links += [(window, link) for link in decode_links(cues, scored.linked[index, spans], window.words, dials)]
    return links


def attributions_of(model: Model, scored: Scored, dials: Dials, *, rules: bool) -> list[Attribution]:
    """Return what the product finds in a report, inner statements left out."""
    found = [pin(link, window, model.manifest, None) for window, link in links_of(model, scored, dials)]
    if not rules:
        return found
    text = scored.report["text"]
    return continue_quotations(
        text, found, outermost(text, pair_quotemarks(text)), scored.paragraphs, confidence=dict.fromkeys(RULES, 0.5)
    )


def as_prediction(attributions: Sequence[Attribution]) -> list[dict[str, Any]]:
    """Return attributions in the scorer's format."""
    return [{role: getattr(each, role) for role in ("source", "cue", "content")} for each in attributions]


def evaluate(model: Model, reports: Sequence[Scored], dials: Dials, *, rules: bool = True) -> dict[str, float]:
    """Score the reports."""
    gold = {each.report["id"]: each.report for each in reports}
    found = {
        i: {"attributions": as_prediction(attributions_of(model, s, dials, rules=rules))}
        for i, s in zip(gold, reports, strict=True)
    }
    result = scorer.score_documents(gold, found)
    return {
        "full": result["full_f1"],
        "strict": result["full_f1_strict"],
        "soft": result["content_f1_soft"],
        "direct": result["direct"]["full"]["f1"],
        **{role: result["word"][role]["f1"] for role in scorer.ROLES},
        "precision": result["attribution"]["full"]["p"],
        "recall": result["attribution"]["full"]["r"],
    }


def tune(model: Model, reports: Sequence[Scored]) -> Dials:
    """Climb the grid one value at a time, twice around."""

    def worth(dials: Dials) -> float:
        figures = evaluate(model, reports, dials)
        return figures["full"] + 0.3 * figures["strict"] + 0.3 * figures["soft"] + 0.1 * figures["direct"]

    dials = Dials()
    best = worth(dials)
    for _ in range(2):
        for name, values in GRID.items():
            for value in values:
                candidate = replace(dials, **{name: value})
                found = worth(candidate)
                if found > best + 1e-4:
                    best, dials = found, candidate
        print("tuned", dials, {k: round(100 * v, 1) for k, v in evaluate(model, reports, dials).items()}, flush=True)
    return dials


def judged(report: dict[str, Any], attributions: Sequence[Attribution]) -> list[bool]:
    """Tell for each attribution whether the scorer takes it for fully right."""
    spans = scorer.word_spans(report["text"])
    gold = scorer.to_word_sets(report["attributions"], spans)
    pred = [
        {r: frozenset(scorer.words_of_ranges(spans, a[r])) for r in scorer.ROLES} for a in as_prediction(attributions)
    ]
    right = [False] * len(pred)
    for g, p, overlap in scorer.pair_up(gold, pred):
        right[p] = scorer.hits_of(gold[g], pred[p], overlap)["full"]
    return right


def fit(features: np.ndarray, right: np.ndarray, *, penalty: float = 1e-2) -> np.ndarray:
    """Logistic regression by Newton's method, with a small ridge."""
    weights = np.zeros(features.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (right - p) - penalty * weights
        curve = (features * (p * (1 - p))[:, None]).T @ features + penalty * np.eye(len(weights))
        weights += np.linalg.solve(curve, slope)
    return weights


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins (Naeini et al. 2015)."""
    which = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(confidence[which == b].mean() - right[which == b].mean()) * (which == b).mean()
        for b in range(bins)
        if (which == b).any()
    ]
    return float(sum(gaps))


def calibrate(model: Model, reports: Sequence[Scored], dials: Dials) -> Calibration:
    """Fit the confidence on all reports; print the error that held-out tenths of them show."""
    rows, right, fold = [], [], []
    ruled: dict[str, list[bool]] = {rule: [] for rule in RULES}
    for index, scored in enumerate(reports):
        links = links_of(model, scored, dials)
        attributions = attributions_of(model, scored, dials, rules=True)
        verdicts = {}
        for attribution, ok in zip(attributions, judged(scored.report, attributions), strict=True):
            verdicts[attribution.cue, attribution.content] = ok
            if attribution.evidence.rule in ruled:
                ruled[attribution.evidence.rule].append(ok)
        for window, link in links:
            pinned = pin(link, window, model.manifest, None)
            rows.append(features_of(link))
            right.append(verdicts[pinned.cue, pinned.content])
            fold.append(index % FOLDS)
    x, y, part = np.array(rows), np.array(right, dtype=float), np.array(fold)
    held_out = np.empty(len(y))
    for each in range(FOLDS):
        held_out[part == each] = 1 / (1 + np.exp(-x[part == each] @ fit(x[part != each], y[part != each])))
    print(f"calibration error, {FOLDS} folds: {calibration_error(held_out, y):.4f} over {len(y)}, {y.mean():.3f} right")
    for low in np.arange(0, 1, 0.1):
        chosen = (held_out >= low) & (held_out < low + 0.1)
        if chosen.any():
            said, share = held_out[chosen].mean(), y[chosen].mean()
            print(f"  {low:.1f}-{low + 0.1:.1f}  n={chosen.sum():5d}  said {said:.3f}  right {share:.3f}")
    shares = {rule: round((sum(oks) + 1) / (len(oks) + 2), 3) for rule, oks in ruled.items()}  # Laplace's rule
    print("added by rule, right of all:", {rule: (sum(oks), len(oks)) for rule, oks in ruled.items()})
    weights = {name: round(float(weight), 5) for name, weight in zip(FEATURES, fit(x, y), strict=True)}
    return Calibration(weights=weights, rules=shares)


def main() -> None:
    """Tune a model in place."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("gold", type=Path)
    options = parser.parse_args()
    model = Model.load(options.model)
    reports = score_reports(model, read_gold(options.gold))
    for rules in (False, True):
        print(
            "rules" if rules else "model alone",
            {k: round(100 * v, 1) for k, v in evaluate(model, reports, Dials(), rules=rules).items()},
        )
    dials = tune(model, reports)
    change_manifest(options.model, dials=dials, calibration=calibrate(model, reports, dials))


if __name__ == "__main__":
    main()
