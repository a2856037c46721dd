"""Turn events that a reader quoted into offsets, and refuse every quotation that is not found exactly once.

    python benchmarks/labels/place.py show REPORTS.jsonl           print the chosen reports, their sentences numbered
    python benchmarks/labels/place.py place REPORTS.jsonl NOTES    print events.jsonl from the notes

REPORTS.jsonl is PolNeAR train. NOTES quotes the reports and so stays outside the repository. In it ``@@ ID`` begins a
report (one that is never begun is left out), and each other line is an event of the sentence whose number it begins
with::

    SENTENCE|TYPE.mode M|actors|recipients|trigger|when|also|outlet

Several spans are parted by ``;``. ``7:he#2`` is the second "he" of sentence 7; without a number the event's own
sentence is meant. M is the first letter of the modality (y for hypothetical), nothing where it happened. The
statement is the innermost attribution whose content holds the trigger, unless ``outlet`` says that there is none.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, get_args

from onrecord.reading import EventType

REPORTS: Final = 140
HALVED: Final = 60  # of these every second one is for measuring; the later ones are all for training
LONGEST: Final = 1_200  # words: a report that is read at one sitting
MODALITIES: Final = {
    "": "happened",
    "p": "planned",
    "t": "threatened",
    "c": "called for",
    "y": "hypothetical",
    "d": "denied",
}
NEEDS_RECIPIENT: Final = {"COOPERATE", "AID", "SANCTION"}
BOUNDARY: Final = re.compile(r"\n+|(?<=[.!?])[\"”’)]{0,3}\s+(?=[\"“‘(A-Z0-9])")
ABBREVIATION: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Lt|Col|St|Jr|Sr|vs|No|U\.S|D\.C|Ill|Ohio|Fla|Tex|Ariz|Calif|Ky|Ala|Wis"
    r"|Mass|Jan|Feb|Aug|Sept|Oct|Nov|Dec|[A-Z])\.$"
)


class Refused(ValueError):
    """A note that names no type, or quotes what its sentence does not hold exactly once."""


def main() -> int:
    """Show the reports, or place the notes; return 1 where a note was refused."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("show", "place"))
    parser.add_argument("reports", type=Path)
    parser.add_argument("notes", type=Path, nargs="?")
    options = parser.parse_args()
    with options.reports.open(encoding="utf-8") as lines:
        chosen = choose(json.loads(line) for line in lines)
    if options.what == "show":
        show(chosen)
        return 0
    return place(chosen, options.notes.read_text(encoding="utf-8").split("\n"))


def choose(reports: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return 140 reports: from each outlet in turn the next by the SHA-256 of its id, long ones left out."""
    by_outlet: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for report in sorted(reports, key=lambda report: hashlib.sha256(report["id"].encode()).hexdigest()):
        if len(report["text"].split()) <= LONGEST:
            by_outlet[report["id"].split("_")[0]].append(report)
    rounds = zip(*(by_outlet[outlet] for outlet in sorted(by_outlet)), strict=False)
    return [report for each in rounds for report in each][:REPORTS]


def show(reports: list[dict[str, Any]]) -> None:
    """Print the reports as the notes refer to them."""
    for report in reports:
        print("@@", report["id"])
        for number, (start, end) in enumerate(sentences(report["text"])):
            print(number, report["text"][start:end].strip())


def place(reports: list[dict[str, Any]], notes: list[str]) -> int:
    """Print one line for each report with its events, and each refused note on standard error."""
    events: dict[str, list[dict[str, Any]]] = {}
    by_id = {report["id"]: report for report in reports}
    report, refused = "", 0
    for number, note in enumerate(notes, 1):
        if note.startswith("@@"):
            report = note.split()[1]
            events[report] = []
        elif note:
            try:
                events[report].append(event(by_id[report], note))
            except Refused as error:
                print(f"{number}: {error}: {note}", file=sys.stderr)
                refused += 1
    for index, each in enumerate(reports):
        if each["id"] not in events:
            continue
        split = "measure" if index < HALVED and index % 2 else "train"
        ordered = sorted(events[each["id"]], key=lambda event: (event["trigger"], event["type"]))
        print(json.dumps({"report": each["id"], "split": split, "events": ordered}))
    return 1 if refused else 0


def event(report: dict[str, Any], note: str) -> dict[str, Any]:
    """Return the event that a note tells of.

    Raises:
        Refused: the type is none of the 16, a span is missing, or a quotation is not found exactly once.
    """
    number, kind, *quoted = [field.strip() for field in note.split("|")]
    name, _, modality = kind.partition(" ")
    root, _, mode = name.partition(".")
    actors, recipients, triggers, when, also, outlet = [*quoted, *[""] * 6][:6]
    spans = [list(find_all(report["text"], int(number), each)) for each in (actors, recipients, triggers, when, also)]
    if root not in get_args(EventType) or modality not in MODALITIES:
        raise Refused("no such type or modality")
    if not spans[0] or len(spans[2]) != 1 or (root in NEEDS_RECIPIENT and not spans[1]):
        raise Refused("an actor, a trigger or a recipient is missing")
    trigger = spans[2][0]
    return {
        "type": root,
        "mode": mode or None,
        "actors": sorted(spans[0]),
        "recipients": sorted(spans[1]),
        "trigger": trigger,
        "modality": MODALITIES[modality],
        "claimed_in": None if outlet else innermost(report["attributions"], trigger),
        "when": spans[3][0] if spans[3] else None,
        "also": sorted(spans[4]),
    }


def find_all(text: str, sentence: int, quotations: str) -> Iterator[list[int]]:
    """Yield the span of each quotation, in the order of the note.

    Raises:
        Refused: a quotation is not there, or is there more than once and the note does not say which.
    """
    bounds = sentences(text)
    for quotation in filter(None, (each.strip() for each in quotations.split(";"))):
        other, _, words = (
            quotation.partition(":") if quotation[0].isdigit() and ":" in quotation else ("", "", quotation)
        )
        words, _, nth = words.partition("#")
        start, end = bounds[int(other) if other else sentence]
        found = [match.start() + start for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text[start:end])]
        if not found or (not nth and len(found) > 1) or int(nth or 1) > len(found):
            raise Refused(f"{quotation!r} is there {len(found)} times")
        at = found[int(nth or 1) - 1]
        yield [at, at + len(words)]


def innermost(attributions: list[dict[str, Any]], trigger: list[int]) -> list[int] | None:
    """Return the shortest span of a content that holds the trigger."""
    contents = [span for attribution in attributions for span in attribution["content"]]
    holding = [span for span in contents if span[0] <= trigger[0] and trigger[1] <= span[1]]
    return min(holding, key=lambda span: span[1] - span[0], default=None)


def sentences(text: str) -> list[tuple[int, int]]:
    """Split a text roughly, for numbers to refer to; a label never depends on where a sentence ends."""
    spans, start = [], 0
    for match in BOUNDARY.finditer(text):
        broken = "\n" in match.group()
        if not broken and ABBREVIATION.search(text[max(start, match.start() - 12) : match.start()]):
            continue
        if match.start() > start:
            spans.append((start, match.start() if broken else match.end()))
        start = match.end()
    return [*spans, (start, len(text))] if start < len(text) else spans


if __name__ == "__main__":
    raise SystemExit(main())
