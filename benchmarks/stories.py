"""Measure how well reports are grouped into stories: `python benchmarks/stories.py STORIES.JSONL [--fit]`.

STORIES.JSONL (../shared/data/news, no part of this repository) has reports of US politics with a date and a `story`:
the reports of about the same days that share a quotation, joined in chains. That is no reader's judgement: two reports
on one occasion that quote other people are two stories there, and a chain of quotations may run through a whole week.
So a reader told of 138 pairs, by titles and first sentences, whether both are on one occasion: 166 were drawn by how
many words and quotations they share, 28 left out as unsure; `weight` makes up for how they were drawn
(labels/stories.jsonl). Both together make the weights, one half of each; the figures are those of the other half.

To read 6,151 reports takes hours, so a record is made without the network: statements are left out, and who is in a
report is told from its words with capitals. `--read` reads those of some days with the network instead, and measures on
them alone. `--fit` prints weights made from pairs of even months and the tuning half of the labels.

    pairs     precision, recall and F1 of "these two are in one story"
    B-cubed   for each report: the share of its group that is of its story, and of its story that is in its group
    time      finding the story of the report added last, in a record of 100, of 1,000, and of all
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from onrecord.compare.likeness import features
from onrecord.compare.nearby import Nearby
from onrecord.compare.stories import find_story, list_stories
from onrecord.document import Document, Span, Zone
from onrecord.reading import Entity, Mention, Reader, Reading
from onrecord.record import Record
from onrecord.record.days import DatedReport, days_between

LABELS: Final = Path(__file__).parent / "labels" / "stories.jsonl"
READER: Final = Reader(version="0", model="capitals")
# Words with capitals that follow a word or a comma, so that no sentence begins with the first of them.
NAMES: Final = re.compile(r"(?<=[a-z0-9,;] )(?:[A-Z][\w.’'-]{1,30} ){0,3}[A-Z][\w-]{2,30}")
FLOORS: Final = Path(__file__).parent / "floors.json"
BAND: Final = 0.005
ROUNDS: Final = 5


def main() -> None:
    """Make the record, and measure."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("stories", type=Path)
    arguments.add_argument("--fit", action="store_true")
    arguments.add_argument("--read", nargs=2, metavar="DAY", help="read the reports of these days with the network")
    arguments.add_argument("--record", type=Path, help="keep the record in this file, or use it if it is there")
    arguments.add_argument("--json", action="store_true")
    options = arguments.parse_args()
    reports = load(options.stories)
    with tempfile.TemporaryDirectory() as folder:
        path = options.record or Path(folder) / "stories.db"
        if options.read:
            reports = [each for each in reports if options.read[0] <= each["date"] <= options.read[1]]
        if not path.exists():
            fill(path, reports, with_network=bool(options.read))
        with Record.open(path, read_only=True) as record:
            gold = {Document.from_text(each["text"], url=each["url"]).id: each["story"] for each in reports}
            if options.fit:
                fit(record, gold)
                return
            report = measure(record, gold, every_month=bool(options.read))
        if not options.read:
            report |= {"milliseconds": times(reports, Path(folder))}
    print(json.dumps(report, indent=2) if options.json else told(report))
    if not options.read and not hold(report):
        raise SystemExit(1)


def load(path: Path) -> list[dict[str, Any]]:
    """Return the reports by date, each address once."""
    found = {each["url"]: each for each in map(json.loads, path.read_text("utf-8").splitlines())}
    return sorted(found.values(), key=lambda each: (each["date"], each["id"]))


# ---- the record --------------------------------------------------------------------------------------------


def fill(path: Path, reports: Sequence[dict[str, Any]], *, with_network: bool = False) -> None:
    """Write the reports into a record."""
    with Record.open(path, create=True) as record:
        for start in range(0, len(reports), 200):
            record.add(_read(reports[start : start + 200], with_network=with_network))


def _read(reports: Sequence[dict[str, Any]], *, with_network: bool) -> Iterator[Reading]:
    documents = [as_document(each) for each in reports]
    if not with_network:
        yield from map(without_network, documents)
        return
    from onrecord.model import Model  # only this needs it
    from onrecord.pipeline import read_all

    yield from read_all(documents, Model.load(), parts=())


def as_document(report: dict[str, Any]) -> Document:
    """Return a report as a document whose whole text is body."""
    text = report["text"]
    return replace(
        Document.from_text(text, url=report["url"]),
        title=report["title"],
        outlet=report["outlet"],
        published=report["date"],
        language="en",
        zones=(Zone(kind="body", start=0, end=len(text)),) if text else (),
    )


def without_network(document: Document) -> Reading:
    """Read a document for the words with capitals in it."""
    found = list(NAMES.finditer(document.text))
    several = {match[0] for match in found if " " in match[0]}
    parts = {word for name in several for word in name.split()}
    counts = Counter(match[0] for match in found)
    kept = sorted(several | {name for name, count in counts.items() if count > 1 and name not in parts})
    places = {match[0]: Span(*match.span()) for match in reversed(found)}
    entities = tuple(
        Entity(id=f"e{number}", name=name, kind="organization", mentions=(Mention(span=places[name], form="name"),))
        for number, name in enumerate(kept, 1)
    )
    return Reading(document=document, reader=READER, statements=(), entities=entities)


# ---- the weights -------------------------------------------------------------------------------------------


def fit(record: Record, gold: dict[str, int]) -> None:
    """Print the weights of a logistic regression over pairs of even months and, as heavy, the tuning half of labels."""
    looked = Nearby(record.connection)
    reports = {
        report.document: report
        for day in days_between(record.connection, None, None)
        for report in looked.reports_of(day)
    }
    pairs = [
        (one, other, gold.get(one.document) == gold.get(other.document)) for one, other in pairs_near(looked, record)
    ]
    rows = [row for row in read_labels() if row["half"] == "tuning" and row["a"] in reports and row["b"] in reports]
    table = [features(looked.sketch(one), looked.sketch(other)) for one, other, _ in pairs]
    table += [features(looked.sketch(reports[row["a"]]), looked.sketch(reports[row["b"]])) for row in rows]
    right = np.array([*(same for *_, same in pairs), *(row["same"] for row in rows)], dtype=float)
    told = np.array([row["weight"] for row in rows])
    counts = np.concatenate([np.full(len(pairs), 0.5 / len(pairs)), 0.5 * told / told.sum()]) * len(right)
    values = np.array(table)
    middle, spread = values.mean(0), values.std(0) + 1e-9
    scaled, weights, bias = (values - middle) / spread, np.zeros(values.shape[1]), 0.0
    for _ in range(6_000):
        error = (1 / (1 + np.exp(-(scaled @ weights + bias))) - right) * counts
        weights -= 0.3 * (scaled.T @ error / len(right) + 0.002 * weights)
        bias -= 0.3 * error.mean()
    print(f"{len(pairs):,} pairs and {len(rows)} labelled ones")
    print("BIAS =", round(float(bias - (weights * middle / spread).sum()), 3))
    print("WEIGHTS =", tuple(round(float(each), 3) for each in weights / spread))


def pairs_near(looked: Nearby, record: Record) -> Iterator[tuple[DatedReport, DatedReport]]:
    """Yield the pairs of reports that are compared, both of even months."""
    for day in days_between(record.connection, None, None):
        for one in looked.reports_of(day) if day.month % 2 == 0 else ():
            for other in looked.sharing(one):
                if (one.day, one.document) < (other.day, other.document) and other.day.month % 2 == 0:
                    yield one, other


# ---- the figures -------------------------------------------------------------------------------------------


def measure(record: Record, gold: dict[str, int], *, every_month: bool) -> dict[str, Any]:
    """Return precision, recall and F1 of pairs, and B-cubed, of the reports of odd months."""
    groups: dict[str, int] = {}
    days: dict[str, date] = {}
    for number, story in enumerate(list_stories(record, least=1)):
        for report in story.reports:
            for document in (report.document, *(copy.document for copy in report.copies)):
                groups[document] = number
                days[document] = date.fromisoformat((report.published or "")[:10])
    kept = [each for each in sorted(groups) if each in gold and (every_month or days[each].month % 2)]
    sizes = Counter(Counter(groups[each] for each in kept).values())
    return {
        "reports": len(kept),
        "groups": sum(sizes.values()),
        "largest": max(sizes, default=0),
        "pairs": scores_of_pairs([gold[each] for each in kept], [groups[each] for each in kept]),
        "b_cubed": b_cubed([gold[each] for each in kept], [groups[each] for each in kept]),
        "labelled": labelled(groups),
    }


def scores_of_pairs(gold: Sequence[int], groups: Sequence[int]) -> dict[str, float]:
    """Return how many pairs of one group are of one story, and the other way."""
    both = _pairs(Counter(zip(gold, groups, strict=True)))
    return _scores(both / max(1, _pairs(Counter(groups))), both / max(1, _pairs(Counter(gold))))


def _pairs(sizes: Counter[Any]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def b_cubed(gold: Sequence[int], groups: Sequence[int]) -> dict[str, float]:
    """Return the mean over reports of how pure, and how complete, their groups are."""
    both, stories, found = Counter(zip(gold, groups, strict=True)), Counter(gold), Counter(groups)
    pure = statistics.fmean(both[each] / found[each[1]] for each in zip(gold, groups, strict=True))
    whole = statistics.fmean(both[each] / stories[each[0]] for each in zip(gold, groups, strict=True))
    return _scores(pure, whole)


def _scores(precision: float, recall: float) -> dict[str, float]:
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def labelled(groups: dict[str, int]) -> dict[str, float] | None:
    """Return how the measuring half of the labelled pairs fares, weighed as drawn; None where none of them are here."""
    rows = [row for row in read_labels() if row["half"] == "measuring" and row["a"] in groups and row["b"] in groups]
    table: defaultdict[tuple[bool, bool], float] = defaultdict(float)
    for row in rows:
        table[row["same"], groups[row["a"]] == groups[row["b"]]] += row["weight"]
    found, there = table[True, True] + table[False, True], table[True, True] + table[True, False]
    return (
        {"pairs": len(rows), **_scores(table[True, True] / found, table[True, True] / there)}
        if found and there
        else None
    )


def read_labels() -> list[dict[str, Any]]:
    """Return the pairs that a reader labelled."""
    return [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]


def times(reports: Sequence[dict[str, Any]], folder: Path) -> dict[str, float]:
    """Return what it takes to find the story of a report that was added last, in milliseconds of processor time."""
    costs = {}
    for size in (100, 1_000, len(reports)):
        path = folder / f"{size}.db"
        fill(path, reports[:size])
        with Record.open(path, read_only=True) as record:
            last = [as_document(each).id for each in reports[size - 20 : size]]
            costs[f"{size:,}"] = round(statistics.median(_timed(record, each) for each in last), 1)
    return costs


def _timed(record: Record, document: str) -> float:
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        find_story(record, document)
        rounds.append(1000 * (time.process_time() - began))
    return statistics.median(rounds)


def hold(report: dict[str, Any]) -> bool:
    """Tell whether no F1 is below its floor in floors.json; say which is."""
    floors = json.loads(FLOORS.read_text("utf-8"))["stories"]
    below = [name for name, floor in floors.items() if report[name.removesuffix("_f1")]["f1"] < floor - BAND]
    for name in below:
        print(f"{name}: below its floor of {floors[name]}", file=sys.stderr)
    return not below


def told(report: dict[str, Any]) -> str:
    """Return the figures as lines."""
    return "\n".join(f"{name:14} {value}" for name, value in report.items())


if __name__ == "__main__":
    main()
