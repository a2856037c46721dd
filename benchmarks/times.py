"""Measure expressions of time: spans, and values given the span, beside other libraries on the same texts.

    python benchmarks/times.py [--rivals-python /work/venv-rivals/bin/python] [--show] [--json]

Two kinds. **Reports**: expressions of PolNeAR train reports, labelled by reading (benchmarks/labels/times.jsonl: ids,
offsets, values). Our mistakes on the part called "measured" are not looked at, but the rules' author labelled it before
writing them; "unseen" is small, and was labelled when the rules stood. **Specification**: the cases of Recognizers-Text
(../shared/data/times/DateTimeModel.json), which are sentences said to an assistant, in its own conventions; ``adapted``
says how they are read as TIMEX3, and what is left out. Without ../shared it says so and ends.

A span is right if it is the labelled one, words before it that TIMEX3 leaves out ("on", "from", "the", "at least")
not counted. A value is right if it is the labelled one; a library that gives a full date and time for "last week" or
"2014" is right if that lies in it. Words with no value (now, currently, recently) and ages count for nobody.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.document import Span
from onrecord.layout.paragraphs import find_paragraphs
from onrecord.values.dating import as_iso
from onrecord.values.times import read_times

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
LABELS = Path(__file__).parent / "labels" / "times.jsonl"
OURS = "onrecord"

LEADING = re.compile(
    r"(?:(?:on|in|at|by|from|between|since|before|after|until|till|through|for|during|the|of|about|around|within|over"
    r"|only|than|at least|as many as|up to|more|less|as of|starting|a period of|over the course of|sometime)\s+)+",
    re.IGNORECASE,
)
TRAILING = re.compile(r"(?:['’]s?|[\s,.;:)])+$")
AGE = re.compile(r"[-\s]?(?:years?[-\s])?old\b")


@dataclass(frozen=True, slots=True)
class Case:
    """One text, with the expressions in it; each has the values that are right, none for "count it for nobody"."""

    text: str
    published: str
    gold: dict[Span, frozenset[str]]


def trimmed(text: str, start: int, end: int) -> Span:
    """Return a span without the words that TIMEX3 leaves out."""
    words = text[start:end]
    lead = LEADING.match(words)
    start += lead.end() if lead and lead.end() < len(words) else 0
    tail = TRAILING.search(text[start:end])
    return Span(start, start + tail.start() if tail else end)


def reports(half: str) -> list[Case]:
    """Return one part of the labelled reports."""
    with (SHARED / "polnear" / "train.jsonl").open(encoding="utf-8") as lines:
        texts = {report["id"]: report["text"] for report in map(json.loads, lines)}
    cases = []
    for label in map(json.loads, LABELS.read_text("utf-8").splitlines()):
        if label["half"] == half:
            text = texts[label["id"]]
            gold = {
                trimmed(text, each["start"], each["end"]): frozenset([each["value"]] if "value" in each else [])
                for each in label["times"]
            }
            cases.append(Case(text, label["id"].split("_")[1], gold))
    return cases


def specification() -> tuple[list[Case], Counter[str]]:
    """Return the cases of Recognizers-Text, and how many expressions of which kind are left out."""
    cases, left_out = [], Counter[str]()
    for case in json.loads((SHARED / "times" / "DateTimeModel.json").read_text("utf-8-sig")):
        reference = (case.get("Context") or {}).get("ReferenceDateTime")
        if not reference:
            left_out["no reference date"] += len(case["Results"])
            continue
        gold: dict[Span, frozenset[str]] = {}
        for result in case["Results"]:
            values, why = adapted(result, case["Input"])
            left_out.update([why] if why else [])
            start = result["Start"]
            end = result["End"] + 1 if "End" in result else start + result["Length"]
            gold[trimmed(case["Input"], start, end)] = values
        cases.append(Case(case["Input"], reference[:19], gold))
    return cases, left_out


def adapted(result: dict[str, Any], text: str) -> tuple[frozenset[str], str | None]:
    """Return the values that are right for an expected result in TIMEX3's conventions, or why it is left out.

    Where the specification gives a past and a future resolution, either is right; the end of its ranges is the first
    day after; "the next two months" is to it a range from tomorrow, to TIMEX3 a duration, and both are right.
    """
    right: set[str] = set()
    for value in (result.get("Resolution") or {}).get("values") or []:
        timex = value.get("timex", "")
        if timex in {"PRESENT_REF", "FUTURE_REF", "PAST_REF"}:
            return frozenset(), "no value (now, soon)"
        if value.get("Mod") in {"before", "after", "since", "until"} or "SY" in timex or "FY" in timex:
            return frozenset(), "bounds (before, since) and school years"
        if value.get("type") in {"duration", "set"}:
            right.add(timex)
            continue
        right.update(_dates(value, timex, text))
    return (frozenset(right), None) if right else (frozenset(), "no value in TIMEX3")


def _dates(value: dict[str, Any], timex: str, text: str) -> Iterable[str]:
    start, end = value.get("start"), value.get("end")
    if re.fullmatch(r"\d{4}(?:-(?:\d\d|W\d\d|SP|SU|FA|WI))?", timex) or re.fullmatch(
        r"\d{4}-\d\d-\d\dT[A-Z]{2}", timex
    ):
        yield timex
    elif re.fullmatch(r"XXXX-\d\d", timex) and start:
        yield start[:7]
    elif start and end:
        yield f"{start}/{end}".replace(" ", "T")
        yield from _calendar_range(timex, start, end)
        duration = re.search(r",(P[^)]+)\)", timex)
        if duration and re.search(r"\b(?:last|past|next|previous|coming|upcoming)\b", text, re.IGNORECASE):
            yield duration[1]
    elif value.get("value"):
        told = str(value["value"]).replace(" ", "T")
        yield f"T{told}" if re.fullmatch(r"\d\d:\d\d:\d\d", told) else told


def _calendar_range(timex: str, start: str, end: str) -> Iterable[str]:
    """Write decades, years and quarters that the specification gives as a range of days."""
    if timex.endswith("P10Y)") and start[3:] == "0-01-01":
        yield start[:3]
    if start.endswith("-01-01") and end.endswith("-01-01"):
        yield f"{start[:4]}/{end[:4]}"
    if timex.endswith("P3M)") and start[8:10] == "01" and int(start[5:7]) % 3 == 1:
        yield f"{start[:4]}-Q{(int(start[5:7]) + 2) // 3}"
    if start[8:] == "01" and end[8:] == "01":
        yield f"{start[:7]}/{end[:7]}"


def is_right(values: frozenset[str], answer: str | None, words: str) -> bool:
    """Tell whether an answer is one of the right values, or a date within it, or as precise as the words are."""
    if answer is None:
        return False
    return any(_same(value, answer, words) for value in values)


def _same(value: str, answer: str, words: str) -> bool:  # noqa: PLR0911 - a list of cases
    value, answer = (re.sub(r"(T\d\d:\d\d):00$", r"\1", each) for each in (value, answer))
    if value == answer:
        return True
    if value.startswith(("P", "XXXX")):
        return False
    if value.startswith("T"):  # a time of no stated day
        return answer.endswith((value, value + ":00"))
    if re.match(r"\d{4}-\d\d-\d\dT[A-Z]{2}$", value):
        return answer[:10] == value[:10]
    if re.search(r"\bago\b|\bback\b|from now|later|earlier", words) and len(value) >= 10 > len(answer):
        return _within(value[:10], answer)
    if re.match(r"\d{4}-\d\d-\d\d(?:T|$)", answer):
        return _within(answer[:10], value) if len(value) < 10 else len(value) == 10 and answer[:10] == value
    return False


def _within(day: str, unit: str) -> bool:
    """Tell whether a day lies in a year, month, week ... of the calendar."""
    interval = as_iso(unit)
    if interval is None:
        return False
    first, _, last = interval.partition("/")
    last = last or first
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return first <= day[: len(first)] and day[: len(last)] <= last


def score(cases: Sequence[Case], answers: Sequence[list[tuple[int, int, str | None]]]) -> dict[str, float]:
    """Return span precision, recall and F1, and how many values of right spans are right."""
    found = spurious = missed = right = valued = 0
    for case, given in zip(cases, answers, strict=True):
        wanted = {span for span, values in case.gold.items() if values}
        nobody = [span for span, values in case.gold.items() if not values]
        told = {trimmed(case.text, start, end): (start, end, value) for start, end, value in given}
        for span, (_, end, value) in told.items():
            if span in wanted:
                found += 1
                valued += 1
                right += is_right(case.gold[span], value, span.of(case.text))
            elif not any(span.overlaps(each) for each in nobody) and not AGE.match(case.text, end):
                spurious += 1
        missed += len(wanted - set(told))
    precision, recall = found / max(1, found + spurious), found / max(1, found + missed)
    return {
        "expressions": found + missed,
        "precision": precision,
        "recall": recall,
        "span F1": 2 * precision * recall / max(1e-9, precision + recall),
        "value": right / max(1, valued),
        "span and value F1": 2 * right / max(1, 2 * found + spurious + missed),
    }


def ours(cases: Sequence[Case]) -> list[list[tuple[int, int, str | None]]]:
    """Read the cases with onrecord."""
    return [
        [(*each.span, each.value) for each in read_times(case.text, find_paragraphs(case.text), case.published)]
        for case in cases
    ]


def theirs(cases: Sequence[Case], python: str) -> dict[str, list[list[tuple[int, int, str | None]]]]:
    """Read the cases with the libraries of another environment."""
    given = "".join(json.dumps({"text": case.text, "published": case.published}) + "\n" for case in cases)
    script = str(Path(__file__).with_name("times_rivals.py"))
    ran = subprocess.run([python, script], input=given, capture_output=True, text=True, check=True)
    lines = [json.loads(line) for line in ran.stdout.splitlines()]
    return {name: [line[name] for line in lines] for name in lines[0]} if lines else {}


def speed(cases: Sequence[Case]) -> float:
    """Return the milliseconds for 600 words of reports."""
    words = sum(len(case.text.split()) for case in cases)
    began = time.process_time()
    ours(cases)
    return (time.process_time() - began) / words * 600_000


def show(cases: Sequence[Case], answers: Sequence[list[tuple[int, int, str | None]]]) -> None:
    """Print what is missed, spurious or of another value."""
    for case, given in zip(cases, answers, strict=True):
        told = {trimmed(case.text, start, end): value for start, end, value in given}
        for span, values in case.gold.items():
            if values and (span not in told or not is_right(values, told[span], span.of(case.text))):
                got = told.get(span, "nothing")
                print(f"  {span.of(case.text)!r} {sorted(values)} got {got!r}: {_around(case, span)}")
        for span, value in told.items():
            if not any(span.overlaps(each) for each in case.gold):
                print(f"  spurious {span.of(case.text)!r} {value!r}: {_around(case, span)}")


def _around(case: Case, span: Span) -> str:
    return " ".join(case.text[max(0, span.start - 50) : span.end + 40].split())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rivals-python", metavar="PATH", help="a Python that has the other libraries")
    parser.add_argument(
        "--show", choices=["tuned", "measured", "unseen", "specification"], help="print our mistakes in one set"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    arguments = parser.parse_args()
    if not SHARED.is_dir():
        print("../shared is not here: nothing to measure on", file=sys.stderr)
        return
    spec, left_out = specification()
    sets = {name: reports(name) for name in ("tuned", "measured", "unseen")} | {"specification": spec}
    if arguments.show:
        show(sets[arguments.show], ours(sets[arguments.show]))
    figures: dict[str, Any] = {"ms per 600 words": speed(sets["tuned"] + sets["measured"]), "left out": left_out}
    for name, cases in sets.items():
        answers = {OURS: ours(cases)}
        if arguments.rivals_python:
            answers |= theirs(cases, arguments.rivals_python)
        figures[name] = {who: score(cases, given) for who, given in answers.items()}
    print(json.dumps(figures, indent=2) if arguments.json else _table(figures, sets))


def _table(figures: dict[str, Any], sets: Iterable[str]) -> str:
    left_out = ", ".join(f"{number} {why}" for why, number in figures["left out"].items())
    lines = [f"{figures['ms per 600 words']:.1f} ms per 600 words; left out of the specification: {left_out}"]
    for name in sets:
        lines.append(f"\n{name}")
        for who, row in figures[name].items():
            told = "  ".join(f"{key} {value:.3f}" for key, value in row.items() if key != "expressions")
            lines.append(f"  {who:18} {row['expressions']:4} expressions  {told}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
