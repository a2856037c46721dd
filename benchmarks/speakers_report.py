"""Report how well speakers are told, part by part.

    python benchmarks/speakers_report.py [--json] [--skip-speed]

Prints, on the reports of ../shared that no part was trained on: who says the gold attributions, by the source's own
words, by rules alone, by the heads alone, and by the ranker; statement and speaker together from the text alone; what
is left open; names; who is the same; and what telling speakers costs. Without ../shared it says so and ends.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from choosers import HeadsAlone, RulesAlone
from onrecord import pipeline
from onrecord.document import Document
from onrecord.given import hear_given, names_of
from onrecord.model import Model
from onrecord.reading import Entity, Statement
from onrecord.settings import Settings
from onrecord.speakers.hearing import Hearing
from onrecord.speakers.ranking import Ranker
from onrecord.speakers.resolving import Answer, Chooser
from predict_attribution import attribution, document_of
from predict_speakers import heading, said_of

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOLD = SHARED / "data" / "speakers" / "dev"
DEV = SHARED / "data" / "polnear" / "dev.jsonl"
ROUNDS = 3
ONE_THREAD = Settings(threads=1)

Report = dict[str, Any]
"""A line of PolNeAR: id, text, attributions."""


def read_reports() -> tuple[list[Report], dict[str, Report]]:
    """Return all dev reports of PolNeAR, and the speaker gold by id."""
    reports = [json.loads(line) for line in DEV.read_text("utf-8").splitlines()]
    return reports, speaker_scorer().load_gold(str(GOLD))


def speaker_scorer() -> Any:
    """Return the scorer of speakers."""
    import score_speakers  # only where ../shared is

    return score_speakers


def choosers(model: Model) -> dict[str, Callable[[Hearing], Chooser]]:
    """Return the ways of answering, each made for one report."""
    return {
        "rules": lambda hearing: RulesAlone(discourse=hearing.discourse),
        "heads": lambda _: HeadsAlone(),
        "both": lambda _: Ranker(score=model.rank, ranking=model.manifest.ranking),
    }


def from_gold_spans(reports: Sequence[Report], gold: Mapping[str, Report], model: Model) -> dict[str, Any]:
    """Return accuracy in percent by form of the source, for each way of answering, and what both leave open."""
    scorer = speaker_scorer()
    figures = {"as written": accuracies(scorer.score(gold, {report["id"]: as_written(report) for report in reports}))}
    abstained: list[bool] = []
    for way, make in choosers(model).items():
        predicted = {}
        for report in reports:
            given = [said_of(each) for each in report["attributions"]]
            hearing = hear_given(Document.from_text(report["text"]), given, model)
            answers = hearing.resolve(make(hearing))
            names = names_of(hearing, answers)
            predicted[report["id"]] = {str(index): heading(each) for index, each in enumerate(names)}
            if way == "both":
                abstained += judge_open(hearing, answers, gold[report["id"]])
        figures[way] = accuracies(scorer.score(gold, predicted))
    rightly = round(sum(abstained) / max(1, len(abstained)), 3)
    return {**figures, "open": {"count": len(abstained), "rightly": rightly}}


def accuracies(scored: Mapping[str, Report]) -> dict[str, float]:
    """Return the accuracies of a score by form."""
    return {form: result["accuracy"] for form, result in scored.items()}


def as_written(report: Report) -> dict[str, str | None]:
    """Return the words of each source, as if they were the speaker's name."""
    words = [" ".join(report["text"][start:end] for start, end in each["source"]) for each in report["attributions"]]
    return {str(index): each or None for index, each in enumerate(words)}


def judge_open(hearing: Hearing, answers: Sequence[Answer], gold: Report) -> list[bool]:
    """Tell of each answer left open whether the gold is open too, or the likeliest candidate was wrong."""
    right, referents = speaker_scorer().right, hearing.discourse.referents
    judged = []
    for key, speaker in gold["speakers"].items():
        answer = answers[int(key)]
        if answer.referents:
            continue
        wanted = speaker_scorer().as_list(speaker["entity"])
        best = [referents[index].name for index in answer.candidates[:1]]
        judged.append(not wanted or not best or not right(best, wanted, gold))
    return judged


def end_to_end(reports: Sequence[Report], gold: Mapping[str, Report], model: Model) -> dict[str, float]:
    """Return precision, recall and F1 in percent of statements that are right and have the right speaker."""
    hits = found = wanted = statements = 0
    for report in reports:
        reading = pipeline.read(document_of(report["text"]), model)
        names = {entity.id: entity for entity in reading.entities}
        outermost = [each for each in reading.statements if each.within is None]
        pairs, of_gold, of_found = matched(report, outermost)
        statements += len(pairs)
        hits += sum(is_speaker(gold[report["id"]], index, outermost[at], names) for index, at in pairs)
        found, wanted = found + of_found, wanted + of_gold
    precision, recall = hits / max(1, found), hits / max(1, wanted)
    return {
        "precision": round(100 * precision, 1),
        "recall": round(100 * recall, 1),
        "f1": round(200 * hits / max(1, found + wanted), 1),
        "statement_f1": round(200 * statements / max(1, found + wanted), 1),
        "speaker_of_right_statements": round(100 * hits / max(1, statements), 1),
    }


def matched(report: Report, found: Sequence[Statement]) -> tuple[list[tuple[int, int]], int, int]:
    """Return which statement is which attribution of the gold, content and source, and how many there are of each."""
    import score_attribution as scorer  # only where ../shared is

    spans = scorer.word_spans(report["text"])
    sides = []
    for attributions in (report["attributions"], [attribution(each) for each in found]):
        sets = [(index, scorer.to_word_sets([each], spans)) for index, each in enumerate(attributions)]
        sides.append([(index, each[0]) for index, each in sets if each])  # those without words do not count
    gold, predicted = ([words for _, words in side] for side in sides)
    pairs = [
        (sides[0][i][0], sides[1][j][0])
        for i, j, overlap in scorer.pair_up(gold, predicted)
        if scorer.hits_of(gold[i], predicted[j], overlap)["full"]
    ]
    return pairs, len(gold), len(predicted)


def is_speaker(gold: Report, index: int, statement: Statement, entities: Mapping[str, Entity]) -> bool:
    """Tell whether a statement has the speakers of an attribution of the gold."""
    scorer = speaker_scorer()
    speaker = gold["speakers"].get(str(index))
    names = [entities[each].name for each in statement.speakers]
    return speaker is not None and scorer.right(names, scorer.as_list(speaker["entity"]), gold)


def speed(texts: Sequence[str], model: Model) -> dict[str, float]:
    """Return the words a second of processor time, one thread, of statements with speakers and of attribution alone.

    Events, times, amounts and checks, whose cost events_cost.py measures, are left out of both.
    Each report is read both ways in turn, in both orders; the median of its times counts. The heads'
    part of the network (3 % of the encoder's multiplications) runs either way.
    """
    ways = {"whole": without_change, "attribution": attribution_alone}
    seconds = dict.fromkeys(ways, 0.0)
    pipeline.read(document_of(texts[0]), model, settings=ONE_THREAD, parts=())
    for text in texts:
        document = document_of(text)
        times: dict[str, list[float]] = {way: [] for way in ways}
        for turn in range(2 * ROUNDS):
            for way in sorted(ways, reverse=bool(turn % 2)):
                with ways[way]():
                    began = time.process_time()
                    pipeline.read(document, model, settings=ONE_THREAD, parts=())
                    times[way].append(time.process_time() - began)
        for way in ways:
            seconds[way] += median(times[way])
    words = sum(len(text.split()) for text in texts)
    rates = {way: round(words / seconds[way]) for way in ways}
    return {**rates, "share": round(seconds["attribution"] / seconds["whole"], 3)}


@contextmanager
def without_change() -> Iterator[None]:
    """Leave the pipeline as it is."""
    yield


@contextmanager
def attribution_alone() -> Iterator[None]:
    """Take hearing, resolving and telling out of the pipeline: nobody is heard of, nobody speaks."""
    with (
        patch.object(pipeline, "Heads", lambda _: SimpleNamespace(add=lambda *_: None)),
        patch.object(pipeline, "hear", lambda *_, **__: SimpleNamespace(discourse=None, resolve=lambda _: [])),
        patch.object(pipeline, "tell", lambda *_: []),
        patch.object(pipeline, "add_speakers", lambda _, said, __: (said, SimpleNamespace(entities=(), ids={}))),
    ):
        yield


def measure(*, with_speed: bool) -> dict[str, Any]:
    """Return all figures."""
    from mention_scores import coreference, entity_f1, entity_passages  # needs training/ and ../shared

    model = Model.load()
    every, gold = read_reports()
    reports = [report for report in every if report["id"] in gold]
    figures = {
        "given spans": from_gold_spans(reports, gold, model),
        "end to end": end_to_end(reports, gold, model),
        "names": {name: entity_f1(passages, model) for name, passages in entity_passages().items()},
        "coreference": coreference(model),
    }
    if with_speed:
        figures["words a second"] = speed([report["text"] for report in every], model)
    return figures


def print_all(figures: Mapping[str, Any], before: str = "") -> None:
    """Print nested figures, one line for each innermost row."""
    for name, value in figures.items():
        if all(isinstance(each, dict) for each in value.values()):
            print_all(value, f"{before}{name}, ")
        else:
            print(f"{before + name:44}", "  ".join(f"{key} {figure}" for key, figure in value.items()))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--skip-speed", action="store_true", help="leave out what telling speakers costs")
    options = parser.parse_args()
    if not GOLD.exists():
        print(f"skipped: {GOLD} is not there (the annotated reports can't be shared)", file=sys.stderr)
        return
    sys.path.insert(0, str(SHARED / "eval"))
    figures = measure(with_speed=not options.skip_speed)
    if options.json:
        print(json.dumps(figures, indent=1))
    else:
        print_all(figures)


if __name__ == "__main__":
    main()
