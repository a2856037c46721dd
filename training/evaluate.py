"""Score a network on annotated reports with the project's scorer, through the product's own decoding."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from examples import read_gold, windows_of
from network import Network
from onrecord.attribution.decoding import Cue, Link, decode_cues, decode_links
from onrecord.model.scores import Dials, LinkLogits
from onrecord.model.windows import Window, span_of_tokens

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "shared" / "eval"))
WINDOW = 256


@torch.inference_mode()
def read_window(network: Network, window: Window, dials: Dials) -> list[Link]:
    """Find the attributions of one window with a network in training."""
    mask = torch.ones((1, len(window)), dtype=torch.bool)
    hidden = network.encoder(_row(window.ids), _row(window.features), mask)
    cue_logits, _ = network.tagger(hidden)
    cues = decode_cues(cue_logits[0].float().numpy(), window.words, dials)
    return decode_links(cues, link_logits(network, hidden, cues), window.words, dials) if cues else []


def link_logits(network: Network, hidden: torch.Tensor, cues: Sequence[Cue]) -> LinkLogits:
    """Ask the linker about the cues of one window."""
    first, last = (torch.tensor([getattr(cue, side) for cue in cues]) for side in ("first", "last"))
    mask = torch.ones(hidden.shape[:2], dtype=torch.bool)
    scores = network.linker(hidden, torch.zeros_like(first), first, last, mask)
    return LinkLogits(
        **{name: getattr(scores, name).float().numpy() for name in ("source_start", "source_end", "content", "valid")}
    )


def _row(values: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(values.astype(np.int64)).unsqueeze(0)


def predict(network: Network, tokenizer: Tokenizer, report: dict[str, Any], dials: Dials) -> dict[str, Any]:
    """Return a report's attributions in the scorer's format."""
    found = []
    for window in windows_of(report["text"], tokenizer, limit=WINDOW):
        found += [
            {
                "source": [span_of_tokens(window, *link.source)] if link.source else [],
                "cue": [span_of_tokens(window, link.cue.first, link.cue.last)],
                "content": [span_of_tokens(window, *span) for span in link.content],
            }
            for link in read_window(network, window, dials)
        ]
    return {"id": report["id"], "attributions": found}


def score_network(network: Network, tokenizer: Tokenizer, gold: Path, dials: Dials | None = None) -> dict[str, float]:
    """Return the scorer's main figures in percent."""
    from score_attribution import score_documents  # only where ../shared is

    network.eval()
    reports = read_gold(gold)
    predictions = {report["id"]: predict(network, tokenizer, report, dials or Dials()) for report in reports}
    result = score_documents({report["id"]: report for report in reports}, predictions)
    figures = {
        "full": result["full_f1"],
        "content_soft": result["content_f1_soft"],
        "full_strict": result["full_f1_strict"],
        "direct_full": result["direct"]["full"]["f1"],
        **{f"word_{role}": result["word"][role]["f1"] for role in ("source", "cue", "content")},
        "precision": result["attribution"]["content_soft"]["p"],
        "recall": result["attribution"]["content_soft"]["r"],
    }
    return {name: round(100 * value, 1) for name, value in figures.items()}
