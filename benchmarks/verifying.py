"""Measure the verdicts on quotations: `python benchmarks/verifying.py POLNEAR_FOLDER RECORD.DB [--wrong]`.

Makes a record of PolNeAR's train.jsonl where RECORD.DB is not there yet, with its sources, cues and contents as they
were marked by hand (no model reads), a speaker where the source is a name, outlet and day from the id. Then asks it 500
quotations and more, always the same: 100 verbatim, 90 clipped (at the start, the middle, the end of a sentence), 70
altered by rule (a word of the same text in the place of another), 20 merged and 20 spliced of two, 16 stitched together
from five to ten reports, 92 paraphrased by hand (labels/paraphrases.jsonl), 40 said by another speaker, 245 absent
(contents of dev.jsonl that share no five words in a row with any report of train, and of which a reader found none that
says the same among the nearest; labels/absent.jsonl) and 25 that were invented. Half are for tuning; the figures of the
others count.

`--speed` asks a record of a million statements (made by searching.py) quotations of its own, and prints times.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

from onrecord.compare.alignment import align
from onrecord.compare.candidates import find_candidates, read_said
from onrecord.compare.presence import features
from onrecord.compare.tying import nearness
from onrecord.compare.verifying import Asked, verify
from onrecord.compare.wording import FUNCTION_WORDS, read_words
from onrecord.document import Document, Span
from onrecord.reading import Entity, Form, Reader, Reading, Statement
from onrecord.record import Record
from variants import hold, regress

LABELS: Final = Path(__file__).parent / "labels"
COUNTS: Final = {
    "verbatim": 100,
    "clipped": 90,
    "altered": 70,
    "merged": 20,
    "spliced": 20,
    "stitched": 16,
    "other speaker": 40,
}
INVENTED: Final = (
    "we will build a bridge of glass from Alaska to Russia and the Russians will pay the toll",
    "I have never owned a telephone and I am not going to start now",
    "the Senate ought to be moved to Kansas City by the end of the year",
    "every child in this state will get a pony from my administration",
    "I would rather lose by forty points than shake hands with a lobbyist again",
    "the speech was written on a napkin twenty minutes before I came on stage",
    "there are no polls that I trust, least of all the ones that I pay for",
    "that the campaign will stop all television advertising after Labor Day",
    "she told the donors that she would close the foundation before the first debate",
    "the wall is going to be made of solar panels, forty feet high",
    "he would release twelve years of tax returns on the morning of the inauguration",
    "Sanders never asked me for anything but a decent cup of coffee",
    "the debates should be held in an empty room without an audience or a moderator",
    "I will bring every single soldier home by Christmas, and I mean this Christmas",
    "Cruz is the only man in Texas who can't ride a horse",
    "we lost Ohio because nobody in this building has ever been to Toledo",
    "the emails were printed, burned and buried in a garden in Chappaqua",
    "that the minimum wage should be thirty dollars in cities and twelve elsewhere",
    "my first call as president will be to the Prime Minister of New Zealand",
    "a recount in Florida would take us until the summer, and we would still lose",
    "Rubio has promised me in writing that he won't run for governor",
    "the Pope has read our platform and found two spelling mistakes in it",
    "nobody under thirty should have to pay income tax in this country",
    "the convention will be remembered for the heat and for nothing else",
    "I don't dislike reporters, I only dislike what they write down",
)
"""Quotations that nobody said: not in any record."""
NAME: Final = re.compile(r"(?:[A-Z][\w.’'-]{1,20} ){1,3}[A-Z][\w’'-]{2,20}")
SENTENCE: Final = re.compile(r"[^.!?]{20,300}[.!?](?=[\s\"”'’]|$)")
WORD: Final = re.compile(r"[\w’']{1,40}")
ROUNDS: Final = 5
HALVES: Final = ("tuning", "measuring")


@dataclass(frozen=True, slots=True)
class Query:
    """A quotation with the verdict that is right."""

    asked: Asked
    right: str
    origin: str
    """The report that it is from."""
    half: str = "tuning"


def main() -> None:
    """Make the record if need be, and measure."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path, nargs="?")
    arguments.add_argument("record", type=Path, nargs="?")
    arguments.add_argument("--wrong", action="store_true", help="print the tuning half's wrong verdicts")
    arguments.add_argument("--fit", action="store_true", help="print the weights of paraphrases, by the tuning half")
    arguments.add_argument("--half", choices=HALVES, help="only this one")
    arguments.add_argument("--speed", type=Path)
    options = arguments.parse_args()
    if options.speed:
        measure_speed(options.speed)
        return
    train, dev = (load(options.folder / name) for name in ("train.jsonl", "dev.jsonl"))
    with Record.open(options.record, create=True) as record:
        if not record.connection.execute("SELECT 1 FROM documents").fetchone():
            record.add(map(read_marked, train))
        asked = [each for each in queries(train, dev) if options.half in {None, each.half}]
        if options.fit:
            fit(record, [each for each in asked if each.half == "tuning"], train)
            return
        if not measure(record, asked, wrong=options.wrong):
            raise SystemExit(1)


def load(path: Path) -> list[dict[str, Any]]:
    """Return the reports of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


# ---- the record ----------------------------------------------------------------------------------------------


def read_marked(report: dict[str, Any]) -> Reading:
    """Return a report's marks as a reading."""
    text, names = report["text"], {}
    outlet, day, _ = report["id"].split("_", 2)
    statements = []
    for number, mark in enumerate(report["attributions"], 1):
        source, cue, content = (tuple(Span(*span) for span in mark[part]) for part in ("source", "cue", "content"))
        named = NAME.search(" ".join(span.of(text) for span in source))
        entity = names.setdefault(named[0], f"e{len(names) + 1}") if named else None
        statements.append(
            Statement(
                id=f"s{number}",
                form=form_of("".join(span.of(text) for span in content)),
                speakers=(entity,) if entity else (),
                speaker_name=named[0] if named else None,
                source=source,
                cue=cue,
                content=content,
                cue_class="none",
                negated=False,
                modality="said",
                zone="body",
                confidence=1.0,
            )
        )
    entities = tuple(Entity(id=each, name=name, kind="person", mentions=()) for name, each in names.items())
    document = replace(
        Document.from_text(text, url=f"https://{outlet}.example/{report['id']}"), outlet=outlet, published=day
    )
    return Reading(
        document=document, reader=Reader(version="0", model="marked"), statements=tuple(statements), entities=entities
    )


def form_of(content: str) -> Form:
    """Tell the form by quotation marks."""
    quoted = re.search(r"[\"“”]|''", content)
    return "indirect" if not quoted else "direct" if content[:1] in "\"“'" else "mixed"


# ---- the quotations ------------------------------------------------------------------------------------------


def queries(train: list[dict[str, Any]], dev: list[dict[str, Any]]) -> list[Query]:
    """Return all quotations, in an order of no meaning."""
    chance = random.Random(11)
    makers = {
        "verbatim": lambda: verbatim(train, chance),
        "clipped": lambda: clipped(train, chance),
        "altered": lambda: altered(train, chance),
        "merged": lambda: merged(train, chance),
        "spliced": lambda: spliced(train, chance),
        "stitched": lambda: stitched(train, chance),
        "other speaker": lambda: other_speaker(train, chance),
    }
    found = [to_query(made(maker), name) for name, maker in makers.items() for _ in range(COUNTS[name])]
    halves = [Query(each.asked, each.right, each.origin, HALVES[at % 2]) for at, each in enumerate(found)]
    return [*halves, *paraphrased(train), *absent(dev)]


def to_query(pair: tuple[Asked, str], right: str) -> Query:
    """Return a quotation as a query."""
    return Query(pair[0], "spliced" if right == "stitched" else right, pair[1])


def made(maker: Any) -> tuple[Asked, str]:
    """Return what a maker makes, once it does."""
    while True:
        if (result := maker()) is not None:
            return result


def draw(train: list[dict[str, Any]], chance: random.Random, least: int = 6) -> tuple[str, str] | None:
    """Return a report's id and a sentence of one of its contents: the whole content if it has one sentence."""
    report = chance.choice(train)
    if not report["attributions"]:
        return None
    said = chance.choice(report["attributions"])["content"]
    if len(said) != 1:
        return None
    content = report["text"][slice(*said[0])]
    sentences = [found[0].strip() for found in SENTENCE.finditer(content)]
    words = chance.choice(sentences) if len(sentences) > 1 else content
    return (report["id"], words) if least <= len(words.split()) <= 40 else None


def verbatim(train: list[dict[str, Any]], chance: random.Random) -> tuple[Asked, str] | None:
    """Take a sentence as it is."""
    found = draw(train, chance)
    return found and (Asked(words=found[1]), found[0])


def clipped(train: list[dict[str, Any]], chance: random.Random) -> tuple[Asked, str] | None:
    """Leave out three words or more of a sentence, some of which tell something."""
    found = draw(train, chance, 12)
    if found is None:
        return None
    words = found[1].split()
    gone = chance.randint(3, len(words) - 8)
    start = {"start": 0, "end": len(words) - gone}.get(
        chance.choice(("start", "end", "middle")), chance.randint(3, max(3, len(words) - gone - 3))
    )
    left_out = words[start : start + gone]
    if not any(WORD.fullmatch(word) and word.lower() not in FUNCTION_WORDS and len(word) > 3 for word in left_out):
        return None
    return Asked(words=" ".join(words[:start] + words[start + gone :]).strip("\"“”' ")), found[0]


def altered(train: list[dict[str, Any]], chance: random.Random) -> tuple[Asked, str] | None:
    """Put another word of the report in the place of one or two words."""
    found = draw(train, chance, 8)
    if found is None:
        return None
    text = next(report["text"] for report in train if report["id"] == found[0])
    words = found[1].split()
    places = [at for at, word in enumerate(words) if WORD.fullmatch(word) and len(word) > 3]
    others = [word for word in WORD.findall(text) if len(word) > 4 and word not in words]
    if len(places) < 3 or not others:
        return None
    for place in chance.sample(places, chance.choice((1, 1, 2))):
        words[place] = chance.choice(others)
    return Asked(words=" ".join(words)), found[0]


def merged(train: list[dict[str, Any]], chance: random.Random) -> tuple[Asked, str] | None:
    """Run two statements that follow each other together."""
    report = chance.choice(train)
    said = sorted(each["content"][0] for each in report["attributions"] if len(each["content"]) == 1)
    pairs = [
        (one, other)
        for one, other in pairwise(said)
        if one[1] < other[0] and all(6 <= len(report["text"][slice(*each)].split()) <= 20 for each in (one, other))
    ]
    if not pairs:
        return None
    one, other = chance.choice(pairs)
    return Asked(words=f"{report['text'][slice(*one)]} {report['text'][slice(*other)]}"), report["id"]


def spliced(train: list[dict[str, Any]], chance: random.Random) -> tuple[Asked, str] | None:
    """Put half of one sentence before half of one from another report."""
    one, other = draw(train, chance, 12), draw(train, chance, 12)
    if one is None or other is None or one[0] == other[0]:
        return None
    first, second = one[1].split(), other[1].split()
    return Asked(words=" ".join(first[: len(first) // 2] + second[len(second) // 2 :])), one[0]


def other_speaker(train: list[dict[str, Any]], chance: random.Random) -> tuple[Asked, str] | None:
    """Give a quotation to somebody who does not say it."""
    found = draw(train, chance)
    name = chance.choice(("Angela Merkel", "Vladimir Putin", "Boris Johnson", "Justin Trudeau", "Sarah Vine"))
    return found and (Asked(words=found[1], speaker=name), found[0])


def stitched(train: list[dict[str, Any]], chance: random.Random) -> tuple[Asked, str] | None:
    """Put five to ten sentences from as many reports one behind the other."""
    found = [each for each in (draw(train, chance, 8) for _ in range(chance.randint(20, 30))) if each][:10]
    if len(found) < 5 or len({each[0] for each in found}) < len(found):
        return None
    return Asked(words=" ".join(words.strip("\"“”' ") for _, words in found)), found[0][0]


def paraphrased(train: list[dict[str, Any]]) -> Iterator[Query]:
    """Yield the quotations paraphrased by hand; every other one with its speaker where the report names one."""
    reports = {report["id"]: report for report in train}
    for at, label in enumerate(load(LABELS / "paraphrases.jsonl")):
        speaker = source_of(reports[label["id"]], label["content"]) if at % 2 else None
        yield Query(Asked(words=label["words"], speaker=speaker), "paraphrase", label["id"], label["half"])


def absent(dev: list[dict[str, Any]]) -> Iterator[Query]:
    """Yield contents of dev that a reader found in no report of train, and invented ones."""
    reports = {report["id"]: report for report in dev}
    for at, label in enumerate(load(LABELS / "absent.jsonl")):
        report, span = reports[label["id"]], label["span"]
        speaker = source_around(report, span) if at % 2 else None
        asked = Asked(words=report["text"][slice(*span)], speaker=speaker)
        yield Query(asked, "not in this record", label["id"], label["half"])
    for at, words in enumerate(INVENTED):
        yield Query(Asked(words=words), "not in this record", "", HALVES[at % 2])


def source_of(report: dict[str, Any], content: list[list[int]]) -> str | None:
    """Return the name in the source of a content."""
    found = next(each for each in report["attributions"] if each["content"] == content)
    named = NAME.search(" ".join(report["text"][start:end] for start, end in found["source"]))
    return named and named[0]


def source_around(report: dict[str, Any], span: list[int]) -> str | None:
    """Return the name in the source of the content that a span lies in."""
    for mark in report["attributions"]:
        if any(start <= span[0] and span[1] <= end for start, end in mark["content"]):
            return source_of(report, mark["content"])
    return None


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the runs of five words."""
    words = [word.lower().replace("’", "'") for word in WORD.findall(text)]
    yield from zip(*(words[start:] for start in range(5)), strict=False)


# ---- the fitting ---------------------------------------------------------------------------------------------

FOLDS: Final = 5
NEAREST: Final = 10
"""Statements that an absent quotation is held against, of those with the most of its words or meaning."""


def fit(record: Record, asked: list[Query], train: list[dict[str, Any]]) -> None:
    """Print the weights of the paraphrases, and what each threshold gives on quotations that were left out."""
    reports = {report["id"]: report["text"] for report in train}
    contents = {
        label["words"]: " … ".join(reports[label["id"]][start:end] for start, end in label["content"])
        for label in load(LABELS / "paraphrases.jsonl")
    }
    groups = [
        rows
        for query in asked
        if query.right in {"paraphrase", "not in this record"}
        and (rows := examples(record, query.asked.words, contents.get(query.asked.words)))
    ]
    table, wanted = (np.array([row[at] for rows in groups for row in rows]) for at in (0, 1))
    owner = np.array([at for at, rows in enumerate(groups) for _ in rows])
    told = np.zeros(len(table))
    for fold in range(FOLDS):
        left_out = owner % FOLDS == fold
        bias, weights = regress(table[~left_out], wanted[~left_out])
        told[left_out] = 1 / (1 + np.exp(-bias - table[left_out] @ np.array(weights)))
    best = np.array([told[owner == at].max() for at in range(len(groups))])
    is_there = np.array([rows[0][1] for rows in groups])
    for least in np.arange(0.3, 1.0, 0.05):
        print(f"{least:.2f}: {(best[is_there] >= least).mean():.3f} told, {(best[~is_there] >= least).sum()} wrongly")
    bias, weights = regress(table, wanted)
    print("BIAS =", round(bias, 3))
    print("WEIGHTS =", tuple(round(each, 3) for each in weights))


def examples(record: Record, words: str, content: str | None) -> list[tuple[tuple[float, ...], bool]]:
    """Return features of a quotation beside the content that it paraphrases, or else beside those nearest to it."""
    said = [
        each
        for _, each in read_said(record.connection, find_candidates(record.connection, words, record.meaning_index()))
    ]
    said = [each for each in said if content in {None, each}]
    asked, found = read_words(words), []
    for each, meaning in zip(said, nearness(words, said), strict=True):
        other = read_words(each)
        found.append(features(asked, other, align(asked, other), meaning))
    found.sort(key=lambda values: -values[0] - values[6] - values[10])
    return [(values, content is not None) for values in found[: 1 if content else NEAREST]]


# ---- the measuring -------------------------------------------------------------------------------------------


def measure(record: Record, asked: list[Query], *, wrong: bool) -> bool:
    """Print the share of right verdicts, in all and by kind; tell whether the measuring half holds its floors."""
    began = time.process_time()
    verdicts = [verify(record, query.asked) for query in asked]
    print(f"{len(asked)} quotations, {1000 * (time.process_time() - began) / len(asked):.1f} ms each")
    figures: dict[str, float] = {}
    for half in sorted({query.half for query in asked}, reverse=True):
        pairs = [pair for pair in zip(asked, verdicts, strict=True) if pair[0].half == half]
        right = sum(query.right == verdict.verdict for query, verdict in pairs)
        missing = [verdict for query, verdict in pairs if query.right == "not in this record"]
        present = sum(verdict.verdict != "not in this record" for verdict in missing)
        figures = {"right": right / len(pairs), "absent_not_found": 1 - present / len(missing)}
        print(
            f"{half}: {right} of {len(pairs)} right, {right / len(pairs):.3f};"
            f" absent called present {present} of {len(missing)}"
        )
        for name in sorted({query.right for query in asked}):
            told = Counter(verdict.verdict for query, verdict in pairs if query.right == name)
            print(f"  {name:20} {told[name]:3} of {told.total():3}  {dict(told)}")
    if wrong:
        for query, verdict in zip(asked, verdicts, strict=True):
            if query.half == "tuning" and query.right != verdict.verdict:
                best = [*verdict.sources, *verdict.misses][:1]
                print(f"\n{query.right} / {verdict.verdict} {verdict.score}: {query.asked.words}")
                print(*(f"   {each.hit.words[:300]}" for each in best))
    return all(query.half == "tuning" for query in asked) or hold("verify", figures)


def measure_speed(path: Path) -> None:
    """Print what a quotation costs, in milliseconds of processor time, warm."""
    with Record.open(path, read_only=True) as record:
        hits = list(record.search(limit=40, sort="oldest"))
        words = [hit.words.split() for hit in hits]
        cases = {
            "verbatim": [" ".join(each) for each in words],
            "clipped": [" ".join(each[: len(each) // 2]) for each in words],
            "altered": [" ".join([*each[:3], "levy", *each[4:]]) for each in words],
            "absent": [" ".join(one[:4] + other[:4]) for one, other in pairwise(words)],
            "200 words": [
                " ".join(word for each in words[start : start + 10] for word in each) for start in range(0, 30, 3)
            ],
        }
        verify(record, Asked(words=cases["verbatim"][0]))
        for name, texts in cases.items():
            costs = []
            for text in texts:
                began = time.process_time()
                verdict = verify(record, Asked(words=text))
                costs.append(1000 * (time.process_time() - began))
            print(
                f"{name:12} median {statistics.median(costs):7.1f} ms, worst {max(costs):7.1f}; {verdict.verdict}",
                flush=True,
            )


if __name__ == "__main__":
    main()
