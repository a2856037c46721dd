"""Weigh what speaks for an event, and choose from which confidence on it is told, on reports left out of training.

    python training/tune_events.py MODEL_DIR HELD_DIR --hold 3

HELD_DIR is a model whose head was trained with ``train_events.py --hold 3``; it reads the labelled reports that were
left out, and what is fitted there is written into the manifest of MODEL_DIR, whose head was trained on all of them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from event_reports import best_match, read_labels, seen_by_events, texts_of
from manifests import change_manifest
from onrecord.document import Document, Span
from onrecord.events.choosing import Choice
from onrecord.events.cueing import Cues
from onrecord.events.participants import Participant
from onrecord.events.tellers import Tellers
from onrecord.events.telling import read_sentences
from onrecord.events.weighing import WEIGHED, values_of
from onrecord.model import Model
from onrecord.model.manifest import Telling
from onrecord.pipeline import read
from onrecord.speakers.discourse import Discourse
from train_events import LABELS, POLNEAR

sys.path.append(str(Path(__file__).resolve().parents[1] / "benchmarks"))
from events_report import matches

RIDGE = 2.0
Row = tuple[tuple[float, ...], bool]


def main() -> None:
    """Tune."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("held", type=Path)
    parser.add_argument("--hold", type=int, default=3)
    options = parser.parse_args()
    model = Model.load(options.held)
    labels = read_labels(LABELS, "train")[:: options.hold]
    texts = texts_of([label["report"] for label in labels], POLNEAR)
    rows = [list(candidates(label, texts[label["report"]], model)) for label in labels]
    # Each half is weighed by what the other taught, so that the threshold is not chosen on what was fitted.
    halves = [fit([row for report in rows[part::2] for row in report]) for part in (1, 0)]
    sure, right, gold = [], [], 0
    for at, label in enumerate(labels):
        model.manifest = replace(model.manifest, telling=Telling(least=0.02, weights=halves[at % 2]))
        reading = read(Document.from_text(texts[label["report"]]), model)
        told = {event.id for event, _ in matches(reading, label["events"], 3)}
        sure += [event.confidence for event in reading.events]
        right += [event.id in told for event in reading.events]
        gold += len(label["events"])
    least, score = best_threshold(np.array(sure), np.array(right), gold)
    telling = Telling(least=least, weights=fit([row for report in rows for row in report]))
    print(
        f"{sum(map(len, rows))} candidates, {sum(right)} of {gold} labelled found: F1 {score:.3f} at {least}; {telling}"
    )
    change_manifest(options.model, telling=telling)


def candidates(label: dict[str, Any], text: str, model: Model) -> Iterator[Row]:
    """Yield what speaks for each event that a report may tell of, and whether it is right."""
    discourse, kept, statements = seen_by_events(Document.from_text(text), model)
    cues, tellers = Cues(statements, [()] * len(statements)), Tellers(discourse.text, statements)
    for scores, events in read_sentences(discourse, kept, cues, tellers, model):
        for choice, signs in events:
            yield values_of(signs), is_right(discourse, scores.span, scores.participants, choice, label["events"])


def is_right(
    discourse: Discourse,
    sentence: Span,
    participants: Sequence[Participant],
    choice: Choice,
    events: Sequence[dict[str, Any]],
) -> bool:
    """Tell whether an event of a sentence is one of the labelled ones, by type and parties."""
    for event in events:
        here = any(sentence.start <= start < sentence.end for start, _ in (event["trigger"], *event["also"]))
        if (
            here
            and event["type"] == choice.trigger.type
            and meets(discourse, participants, choice.actors, event["actors"])
            and meets(discourse, participants, choice.recipients, event["recipients"])
        ):
            return True
    return False


def meets(
    discourse: Discourse, participants: Sequence[Participant], found: Sequence[int], wanted: Sequence[Sequence[int]]
) -> bool:
    """Tell whether one of the parties is meant: the same words, or the same referent; nobody is nobody."""
    if not wanted or not found:
        return not wanted and not found
    referents = {
        each.referent
        for start, end in wanted
        for each in discourse.within(Span(max(0, start - 40), end))
        if each.referent is not None and each.span.start < end and start < each.span.end
    }
    here = {best_match(span, participants) for span in wanted}
    known = ((at, participants[at].occurrence) for at in found)
    return any(at in here or (each is not None and each.referent in referents) for at, each in known)


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """Return the weights of a ridge logistic regression, one for each name of WEIGHED."""
    x, y = np.array([row for row, _ in rows]), np.array([right for _, right in rows], dtype=float)
    ridge = np.diag([0.01] + [RIDGE] * (len(WEIGHED) - 1))
    weights = np.zeros(len(WEIGHED))
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        hessian = x.T @ (x * (p * (1 - p))[:, None]) + ridge
        weights = weights + np.linalg.solve(hessian, x.T @ (y - p) - ridge @ weights)
    return {name: round(float(value), 4) for name, value in zip(WEIGHED, weights, strict=True)}


def best_threshold(sure: np.ndarray, right: np.ndarray, gold: int) -> tuple[float, float]:
    """Return the confidence from which on events give the best F1, and that."""
    scores = {
        round(float(least), 2): float(2 * right[sure >= least].sum() / ((sure >= least).sum() + gold))
        for least in np.arange(0.05, 0.8, 0.01)
    }
    least = max(scores, key=lambda value: scores[value])
    return least, scores[least]


if __name__ == "__main__":
    main()
