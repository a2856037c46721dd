"""Measure the verdicts on quotations: `python benchmarks/verifying.py POLNEAR_FOLDER RECORD.DB [--wrong]`.

Makes a record of PolNeAR's train.jsonl where RECORD.DB is not there yet, with its sources, cues and contents as they
were marked by hand (no model reads), a speaker where the source is a name, outlet and day from the id. Then asks it 500
quotations, always the same: 130 verbatim, 120 clipped (at the start, the middle, the end of a sentence), 70 altered by
rule (a word of the same text in the place of another), 20 merged and 20 spliced, 40 paraphrased by hand
(labels/paraphrases.jsonl), 40 said by another speaker, 60 absent (contents of dev.jsonl that share no five words in a
row with any report of train). Every other one is for tuning; the figures of the others count.

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

from onrecord.compare.verifying import Asked, verify
from onrecord.compare.wording import FUNCTION_WORDS
from onrecord.document import Document, Span
from onrecord.reading import Entity, Form, Reader, Reading, Statement
from onrecord.record import Record

LABELS: Final = Path(__file__).parent / "labels" / "paraphrases.jsonl"
COUNTS: Final = {
    "verbatim": 130, "clipped": 120, "altered": 70, "merged": 20, "spliced": 20, "other speaker": 40,
    "not in this record": 60,
}  # fmt: skip
NAME: Final = re.compile(r"(?:[A-Z][\w.’'-]{1,20} ){1,3}[A-Z][\w’'-]{2,20}")
SENTENCE: Final = re.compile(r"[^.!?]{20,300}[.!?](?=[\s\"”'’]|$)")
WORD: Final = re.compile(r"[\w’']{1,40}")
ROUNDS: Final = 5


@dataclass(frozen=True, slots=True)
class Query:
    """A quotation with the verdict that is right."""

    asked: Asked
    right: str
    origin: str
    """The report that it is from."""


def main() -> None:
    """Make the record if need be, and measure."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path, nargs="?")
    arguments.add_argument("record", type=Path, nargs="?")
    arguments.add_argument("--wrong", action="store_true", help="print the tuning half's wrong verdicts")
    arguments.add_argument("--speed", type=Path)
    options = arguments.parse_args()
    if options.speed:
        measure_speed(options.speed)
        return
    train, dev = (load(options.folder / name) for name in ("train.jsonl", "dev.jsonl"))
    with Record.open(options.record, create=True) as record:
        if not record.connection.execute("SELECT 1 FROM documents").fetchone():
            record.add(map(read_marked, train))
        measure(record, queries(train, dev), wrong=options.wrong)


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
        "other speaker": lambda: other_speaker(train, chance),
    }
    found = [to_query(made(maker), name) for name, maker in makers.items() for _ in range(COUNTS[name])]
    found += [Query(Asked(words=label["words"]), "paraphrase", label["id"]) for label in load(LABELS)]
    found += list(absent(train, dev, chance))
    chance.shuffle(found)
    return found


def to_query(pair: tuple[Asked, str], right: str) -> Query:
    """Return a quotation as a query."""
    return Query(pair[0], right, pair[1])


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


def absent(train: list[dict[str, Any]], dev: list[dict[str, Any]], chance: random.Random) -> Iterator[Query]:
    """Yield contents that no report of train has, by runs of five words."""
    known = {run for report in train for run in runs(report["text"])}
    for _ in range(COUNTS["not in this record"]):
        while True:
            found = draw(dev, chance)
            if found and not any(run in known for run in runs(found[1])):
                yield Query(Asked(words=found[1]), "not in this record", found[0])
                break


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the runs of five words."""
    words = [word.lower().replace("’", "'") for word in WORD.findall(text)]
    yield from zip(*(words[start:] for start in range(5)), strict=False)


# ---- the measuring -------------------------------------------------------------------------------------------


def measure(record: Record, asked: list[Query], *, wrong: bool) -> None:
    """Print the share of right verdicts, in all and by kind."""
    began = time.process_time()
    verdicts = [verify(record, query.asked) for query in asked]
    print(f"{len(asked)} quotations, {1000 * (time.process_time() - began) / len(asked):.1f} ms each")
    for half in (0, 1):
        pairs = list(zip(asked, verdicts, strict=True))[half::2]
        right = sum(query.right == verdict.verdict for query, verdict in pairs)
        missing = [verdict for query, verdict in pairs if query.right == "not in this record"]
        present = sum(verdict.verdict != "not in this record" for verdict in missing)
        print(
            f"{('tuning', 'measuring')[half]}: {right} of {len(pairs)} right, {right / len(pairs):.3f};"
            f" absent called present {present} of {len(missing)}"
        )
        for name in sorted({query.right for query in asked}):
            told = Counter(verdict.verdict for query, verdict in pairs if query.right == name)
            print(f"  {name:20} {told[name]:3} of {told.total():3}  {dict(told)}")
    if wrong:
        for query, verdict in list(zip(asked, verdicts, strict=True))[::2]:
            if query.right != verdict.verdict:
                best = [*verdict.sources, *verdict.misses][:1]
                print(f"\n{query.right} / {verdict.verdict} {verdict.score}: {query.asked.words}")
                print(*(f"   {each.hit.words[:300]}" for each in best))


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
