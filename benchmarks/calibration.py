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
    import score_attribution as scorer  # noqa: PLC0415 - only where ../shared is

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


def diagram(bins: Sequence[Bin]) -> str:
    """Draw the reliability diagram as SVG: share right over confidence, the dashed line is perfect."""
    size, edge = 300, 40
    most = max(each.count for each in bins)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size + 2 * edge} {size + 2 * edge}" role="img" '
        'font-family="sans-serif" font-size="11" fill="#444">',
        "<title>Share of statements that are right, by the confidence they were given</title>",
        f'<rect width="{size + 2 * edge}" height="{size + 2 * edge}" fill="#fff"/>',
        f'<rect x="{edge}" y="{edge}" width="{size}" height="{size}" fill="none" stroke="#999"/>',
        f'<path d="M{edge} {edge + size}L{edge + size} {edge}" stroke="#999" stroke-dasharray="4 4"/>',
    ]
    for each in bins:
        x, width = edge + each.low * size, size / BINS
        height = each.right * size
        opacity = 0.25 + 0.65 * each.count / most
        parts.append(
            f'<rect x="{x:.1f}" y="{edge + size - height:.1f}" width="{width:.1f}" height="{height:.1f}" fill="#2a5d84" '
            f'fill-opacity="{opacity:.2f}"><title>{each.count} statements: said {each.said:.2f}, right {each.right:.2f}'
            "</title></rect>"
        )
        cx, cy = edge + each.said * size, edge + size - each.right * size
        parts.append(f'<circle cx="{cx:.1f}" cy="{cy:.1f}" r="3.5" fill="#b3401f"/>')
    parts += [
        f'<text x="{edge + size / 2}" y="{edge + size + 30}" text-anchor="middle">confidence</text>',
        f'<text x="14" y="{edge + size / 2}" text-anchor="middle" transform="rotate(-90 14 {edge + size / 2})">'
        "share right</text>",
        *(
            f'<text x="{edge + tick * size}" y="{edge + size + 15}" text-anchor="middle">{tick}</text>'
            for tick in (0, 0.5, 1)
        ),
        *(
            f'<text x="{edge - 6}" y="{edge + size - tick * size + 4}" text-anchor="end">{tick}</text>'
            for tick in (0.5, 1)
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


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
        options.diagram.parent.mkdir(parents=True, exist_ok=True)
        options.diagram.write_text(diagram(bins), encoding="utf-8")


if __name__ == "__main__":
    main()
