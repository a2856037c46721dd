"""Plant faults in real reports: a caption from another report, a changed number, a headline that puts words wrong.

The reports are ../shared/data/news/stories.jsonl; nothing of them is kept here. Faults are found and planted with
regular expressions alone, so that they do not depend on what onrecord reads.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from itertools import count as count_up
from pathlib import Path
from typing import Any, Final, NamedTuple

STORIES: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "news" / "stories.jsonl"
Report = dict[str, Any]

NAME: Final = re.compile(r"\b(?!The |But |And |In |On |At )[A-Z][a-z]{2,15} (?:[A-Z]\. )?[A-Z][a-z]{3,15}\b")
SPEAKER: Final = r"[A-Z][a-z]+ [A-Z][a-z]{3,15}"
QUOTED: Final = re.compile(
    r"[“\"](?P<words>[A-Z][^“”\"\n]{25,160}?),[”\"] "
    rf"(?:(?P<first>{SPEAKER}) said|said (?P<second>{SPEAKER}))\b"
)
NOBODY: Final = re.compile(
    r"Senator|Committee|House|Democrat|Republican|Party|Department|Justice|Court|News|States|Street"
)
NO_PERSON: Final = re.compile(
    r"House|City|State|Park|Chamber|Street|Island|Church|Beach|Committee|Twitter|Court|Hall|Hill|Center|Capitol|New"
    r"|United|North|South|West|San |Los |Las |University|School|National|Democrat|Republican|Office|Convention|Airport"
    r"|Air |Trade"
)
TITLED: Final = re.compile(
    r"\b(?:President|Sen\.|Rep\.|Gov\.|Senator|Mr\.|Mrs\.|Ms\.|Speaker|Judge|Justice) ([A-Z][a-z]{3,15})\b"
)
SAYS: Final = re.compile(rf"\b(?:said ({SPEAKER})|({SPEAKER}) said)\b")
DENIED: Final = re.compile(r"\b(?:not|never|n’t|n't) (?P<kept>(?:[\w’'-]+,? ){2,9}[\w’'-]+)")
HELD: Final = re.compile(r"(?P<kept>(?:[\w’'-]+,? ){3,9}[\w’'-]+),? (?:if|unless|but only|as long as)\b")
NUMBER: Final = re.compile(r"(?<![\w.,-])\$?(\d{1,3}(?:,\d{3})+|\d+)(?![\d,.-]*\d)(?!\w)")
PHOTO: Final = re.compile(r"\(?(?:Photo|Image|Picture)s?(?::| by)|Getty Images|AP Photo|REUTERS/|Reuters/")


class Case(NamedTuple):
    """A report, whole or with one fault."""

    report: str
    fault: str
    """``none``, ``caption``, ``number``, or ``headline`` and what is wrong with it."""
    title: str
    text: str
    published: str


def cases(count: int, *, seed: int = 6) -> Iterator[Case]:
    """Yield ``count`` reports, untouched and then with a fault: each in turn, as long as there are reports for it."""
    chance = random.Random(seed)
    reports = [report for report in map(json.loads, STORIES.open(encoding="utf-8")) if _fits(report)]
    chance.shuffle(reports)
    captions = [(report, line) for report in reports for line in _captions(report)]
    planters = [_Captions(captions, chance), _Numbers(chance), _Headlines(chance)]
    taken: set[str] = set()
    rows = [_plantable(reports, planter, taken) for planter in planters]
    for turn in count_up():
        if len(taken) >= count:
            return
        found = next(rows[turn % len(rows)], None)
        if found is not None:
            report, fault = found
            yield Case(report["id"], "none", report["title"], report["text"], report["date"])
            yield fault


def _fits(report: Report) -> bool:
    return 2_000 < len(report["text"]) < 7_000 and "pinion" not in report["title"] and "OPINION" not in report["title"]


def _plantable(reports: list[Report], planter: Any, taken: set[str]) -> Iterator[tuple[Report, Case]]:
    for report in reports:
        if report["id"] in taken:
            continue
        fault = planter(report)
        if fault is not None:
            taken.add(report["id"])
            yield report, fault


def _captions(report: Report) -> Iterator[str]:
    """Yield the lines of a report that are captions by their credit, and name somebody."""
    for line in report["text"].split("\n"):
        credit = PHOTO.search(line)
        shown = line[: credit.start()] if credit else ""
        whole = len(shown) > 50 and len(line) - len(shown) < 60 and "toggle" not in line
        if whole and any(not NO_PERSON.search(name) for name in NAME.findall(shown)):
            yield line


class _Captions:
    """Puts the caption of another report, about nobody of this one, below the first paragraph."""

    def __init__(self, captions: list[tuple[Report, str]], chance: random.Random) -> None:
        self._captions = captions
        self._chance = chance

    def __call__(self, report: Report) -> Case | None:
        for _ in range(30):
            other, line = self._chance.choice(self._captions)
            shown = PHOTO.split(line)[0]
            names = {name.split()[-1] for name in (*NAME.findall(shown), *TITLED.findall(shown))}
            if other["story"] == report["story"] or not names or any(name in report["text"] for name in names):
                continue
            first, _, rest = report["text"].partition("\n")
            text = f"{first}\n\n{line}\n{rest}"
            return Case(report["id"], "caption", report["title"], text, report["date"])
        return None


class _Numbers:
    """Changes a number in the headline that the text has too."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def __call__(self, report: Report) -> Case | None:
        for found in NUMBER.finditer(report["title"]):
            number = int(found[1].replace(",", ""))
            there = re.search(rf"(?<![\w.,]){re.escape(found[1])}(?![\w,.]*\d)", report["text"])
            if there is None or 1900 < number < 2100 or number in {9, 11, 24, 19}:
                continue
            changed = f"{self._change(number):,}"
            if re.search(rf"\b{changed}\b", report["text"]):
                continue
            title = report["title"][: found.start(1)] + changed + report["title"][found.end(1) :]
            return Case(report["id"], "number", title, report["text"], report["date"])
        return None

    def _change(self, number: int) -> int:
        digits = str(number)
        turned = int(digits[::-1])
        ways = [number * 10, number * 2 + 1, number + max(3, number // 2)]
        if len(digits) > 1 and digits[-1] != "0" and abs(turned - number) * 4 > number:
            ways.append(turned)
        return self._chance.choice(ways)


class _Headlines:
    """Puts a headline over the report that gives words to another speaker, or leaves out the "not" before them."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._turn = 0

    def __call__(self, report: Report) -> Case | None:
        text = report["text"]
        said = [(found["words"], found["first"] or found["second"]) for found in QUOTED.finditer(text)]
        said = [(words, who) for words, who in said if not NOBODY.search(who)]
        self._chance.shuffle(said)
        clips = [(clip, who) for words, who in said for clip in self._clips(words)]
        speakers = sorted({name for pair in SAYS.findall(text) for name in pair if name and not NOBODY.search(name)})
        wrongs = [(words, other) for words, who in said for other in speakers if other.split()[-1] != who.split()[-1]]
        if clips and (self._turn % 2 == 0 or not wrongs):
            return self._made(report, "headline clipped", *clips[0])
        if wrongs and self._turn % 2 == 1:
            words, who = self._chance.choice(wrongs)
            return self._made(report, "headline wrong speaker", self._part(words), who)
        return None

    def _made(self, report: Report, fault: str, words: str, who: str) -> Case:
        self._turn += 1
        title = self._chance.choice(("{who}: ‘{words}’", "{who} says “{words}”", "‘{words}’, {who} says"))
        return Case(report["id"], fault, title.format(who=who, words=words), report["text"], report["date"])

    def _clips(self, words: str) -> Iterator[str]:
        for pattern in (DENIED, HELD):
            for found in pattern.finditer(words):
                kept = found["kept"].strip(" ,")
                if len(kept.split()) > 2 and " but " not in kept:
                    yield kept

    def _part(self, words: str) -> str:
        """Return the first words of a quotation, up to 12."""
        return " ".join(words.split()[: self._chance.randint(6, 12)]).strip(" ,;")
