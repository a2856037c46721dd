"""Score the events of labelled reports, end to end.

    python benchmarks/events_report.py [--split measure|train] [--model FOLDER] [--errors]

An event is right when its type, one actor and one recipient are right (no recipient where the label has none) and it is
told in a sentence where the label has a trigger. A party is right when a mention of its entity overlaps the labelled
phrase. Of right events: who asserts them in that sentence (the outlet, or a statement whose content overlaps the
label), and how real they are. The labels are benchmarks/labels/events.jsonl, the texts PolNeAR train in ../shared.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.document import Document, Span
from onrecord.model import Model
from onrecord.pipeline import read
from onrecord.reading import Event, EventMention, Reading

HERE = Path(__file__).resolve().parent
LABELS = HERE / "labels" / "events.jsonl"
TEXTS = HERE.parents[1] / "shared" / "data" / "polnear" / "train.jsonl"
Label = dict[str, Any]


def main() -> None:
    """Read the reports and print the scores as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=["train", "measure"], default="measure")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what is wrong (for the train split)")
    parser.add_argument("--only", type=int, help="every n-th report")
    options = parser.parse_args()
    if not TEXTS.exists():
        print("events report: skipped: ../shared, which holds the labelled reports' texts, is not there")
        return
    model = Model.load(options.model)
    labels = [label for label in map(json.loads, LABELS.open(encoding="utf-8")) if label["split"] == options.split]
    labels = labels[:: options.only or 1]
    names = {label["report"] for label in labels}
    texts = {
        report["id"]: report["text"]
        for report in map(json.loads, TEXTS.open(encoding="utf-8"))
        if report["id"] in names
    }
    counts: Counter[str] = Counter()
    for label in labels:
        reading = read(Document.from_text(texts[label["report"]]), model)
        counts += score(reading, label["events"], show=options.errors)
    print(json.dumps(summary(counts), indent=1))


def score(reading: Reading, gold: Sequence[Label], *, show: bool = False) -> Counter[str]:
    """Count what is right in one report."""
    counts: Counter[str] = Counter(gold=len(gold), found=len(reading.events))
    for name, strictness in (("right", 3), ("type and actor", 2), ("parties", 1)):
        pairs = list(matches(reading, gold, strictness))
        counts[name] += len(pairs)
        if strictness < 3:
            continue
        for event, label in pairs:
            counts["asserted right"] += is_asserted_so(reading, event, label)
            counts["modality right"] += event.modality == label["modality"]
        if show:
            _show(reading, gold, pairs)
    return counts


def matches(reading: Reading, gold: Sequence[Label], strictness: int) -> Iterator[tuple[Event, Label]]:
    """Pair events with labels, each once, in their order.

    Args:
        reading: what was read.
        gold: the labels.
        strictness: 3 type, actor and recipient; 2 type and actor; 1 actor and recipient.
    """
    left = list(gold)
    mentions = {entity.id: [mention.span for mention in entity.mentions] for entity in reading.entities}
    for event in reading.events:
        spans = [event.span, *(again.span for again in event.also)]
        for label in left:
            triggers = [label["trigger"], *label["also"]]
            if not any(span.start <= start < span.end for span in spans for start, _ in triggers):
                continue
            actor = _meets(event.actors, label["actors"], mentions)
            recipient = _meets(event.recipients, label["recipients"], mentions)
            if (strictness == 1 or event.type == label["type"]) and actor and (recipient or strictness == 2):
                left.remove(label)
                yield event, label
                break


def _meets(parties: Sequence[str], wanted: Sequence[Sequence[int]], mentions: dict[str, list[Span]]) -> bool:
    if not wanted:
        return not parties
    return any(
        span.start < end and start < span.end for party in parties for span in mentions[party] for start, end in wanted
    )


def is_asserted_so(reading: Reading, event: Event, label: Label) -> bool:
    """Tell whether the outlet, or the statement with the labelled content, asserts an event where both tell of it.

    An event told in several places is asserted in each by somebody of its own. Compared is the place where the triggers
    are the same; where none are, the first sentence that holds both. Reports that were not read again for this know
    the first place only.
    """
    claimed_in, wanted = _claims_where_both_tell(event, label)
    if claimed_in is None or wanted is None:
        return claimed_in is None and wanted is None
    statement = next(each for each in reading.statements if each.id == claimed_in)
    return any(span.start < wanted[1] and wanted[0] < span.end for span in statement.content)


def _claims_where_both_tell(event: Event, label: Label) -> tuple[str | None, Sequence[int] | None]:
    told = [EventMention(span=event.span, trigger=event.trigger, claimed_in=event.claimed_in), *event.also]
    labelled = [(label["trigger"], label["claimed_in"])]
    labelled += zip(label["also"], label.get("also_claimed_in", ()), strict=False)
    together = [
        (not (each.trigger.start < end and start < each.trigger.end), each.claimed_in, wanted)
        for (start, end), wanted in labelled
        for each in told
        if each.span.start <= start < each.span.end
    ]
    if not together:
        return event.claimed_in, label["claimed_in"]
    _, claimed_in, wanted = min(together, key=lambda each: each[0])
    return claimed_in, wanted


def summary(counts: Counter[str]) -> dict[str, float]:
    """Return the figures: F1 in points, and shares of right events."""
    size, right = counts["gold"] + counts["found"], max(1, counts["right"])
    return {
        "labelled": counts["gold"],
        "found": counts["found"],
        "F1": round(200 * counts["right"] / max(1, size), 1),
        "precision": round(100 * counts["right"] / max(1, counts["found"]), 1),
        "recall": round(100 * counts["right"] / max(1, counts["gold"]), 1),
        "F1 of type and actor": round(200 * counts["type and actor"] / max(1, size), 1),
        "F1 of actor and recipient": round(200 * counts["parties"] / max(1, size), 1),
        "asserted right": round(100 * counts["asserted right"] / right, 1),
        "modality right": round(100 * counts["modality right"] / right, 1),
    }


def _show(reading: Reading, gold: Sequence[Label], pairs: Sequence[tuple[Event, Label]]) -> None:
    text = reading.document.text
    names = {entity.id: entity.name for entity in reading.entities}
    right = {event.id for event, _ in pairs}
    for event in reading.events:
        parties = " | ".join(", ".join(names[party] for party in each) for each in (event.actors, event.recipients))
        mark = "ok   " if event.id in right else "WRONG"
        print(mark, event.type, f"[{parties}]", event.trigger.of(text), "::", event.span.of(text), event.confidence)
    found = [id(label) for _, label in pairs]
    for label in gold:
        if id(label) not in found:
            actors, recipients = ([text[start:end] for start, end in label[role]] for role in ("actors", "recipients"))
            print("MISSED", label["type"], actors, recipients, text[slice(*label["trigger"])])


if __name__ == "__main__":
    main()
