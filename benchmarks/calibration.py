"""Hold the confidence of statements against how often they are right.

    python benchmarks/calibration.py GOLD.jsonl PREDICTED.jsonl [--diagram OUT.svg]

PREDICTED is what predict_attribution.py writes. A statement is right when the scorer calls it "full". Prints the
bins of the reliability diagram and the expected calibration error (Naeini et al. 2015), and draws the diagram.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SCORERS = Path(__file__).resolve().parents[2] / "shared" / "eval"
BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The statements of one tenth of the scale."""

    low: float
    count: int
    said: float
    """Mean confidence."""
    right: float
    """Share that is right."""


def bins_of(gold: Path, predicted: Path) -> list[Bin]:
    """Return the bins that hold statements, by rising confidence."""
    pairs = _judged(gold, predicted)
    bins = []
    for index in range(BINS):
        inside = [pair for pair in pairs if min(int(pair[0] * BINS), BINS - 1) == index]
        if inside:
            said, right = (sum(values) / len(inside) for values in zip(*inside, strict=True))
            bins.append(Bin(low=index / BINS, count=len(inside), said=said, right=right))
    return bins


def expected_error(bins: Sequence[Bin]) -> float:
    """Return the mean distance between confidence and share right, weighted by count."""
    return sum(each.count * abs(each.said - each.right) for each in bins) / sum(each.count for each in bins)


def _judged(gold: Path, predicted: Path) -> list[tuple[float, bool]]:
    sys.path.insert(0, str(SCORERS))
    import score_attribution as scorer  # only where ../shared is

    reports = scorer.read_jsonl(str(gold), need_text=True)
    pairs: list[tuple[float, bool]] = []
    for line in predicted.read_text("utf-8").splitlines():
        report = json.loads(line)
        spans = scorer.word_spans(reports[report["id"]]["text"])
        wanted = scorer.to_word_sets(reports[report["id"]]["attributions"], spans)
        found = scorer.to_word_sets(report["attributions"], spans)
        hits = ((j, scorer.hits_of(wanted[i], found[j], overlap)) for i, j, overlap in scorer.pair_up(wanted, found))
        right = {j for j, verdict in hits if verdict["full"]}
        pairs += [(each["confidence"], j in right) for j, each in enumerate(report["attributions"])]
    return pairs


def draw(bins: Sequence[Bin], path: Path) -> None:
    """Draw the reliability diagram: share right over confidence; the darker a bar, the more statements."""
    from matplotlib import pyplot as plt  # only where a diagram is wanted (extra "train")

    most = max(each.count for each in bins)
    figure, axes = plt.subplots(figsize=(4.2, 4.2), layout="constrained")
    for each in bins:
        axes.bar(each.low, each.right, 1 / BINS, align="edge", color="#2a5d84", alpha=0.25 + 0.65 * each.count / most)
    axes.plot([each.said for each in bins], [each.right for each in bins], "o", color="#b3401f", label="this model")
    axes.plot([0, 1], [0, 1], "--", color="#888888", label="perfect")
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="share right", aspect="equal")
    axes.legend(loc="upper left", frameon=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Print the bins, and draw them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predicted", type=Path)
    parser.add_argument("--diagram", type=Path)
    options = parser.parse_args()
    bins = bins_of(options.gold, options.predicted)
    for each in bins:
        print(
            f"{each.low:.1f}-{each.low + 1 / BINS:.1f}  n={each.count:5d}  said {each.said:.3f}  right {each.right:.3f}"
        )
    print(f"expected calibration error {expected_error(bins):.4f}")
    if options.diagram:
        draw(bins, options.diagram)


if __name__ == "__main__":
    main()
