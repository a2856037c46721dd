"""Measure the reading of amounts against other libraries on the same data, in one run.

    python benchmarks/amounts.py --rivals ../venv-rivals/bin/python [--half tuning] [--misses]

Data: the currency and dimension cases of Recognizers-Text (``../shared/data/amounts``, MIT), and the amounts labelled
in reports of PolNeAR train (``labels/amounts.jsonl``: ids, offsets and values only; ``half`` tells those that rules
were made with from those that are only measured on). An amount is right where value and unit are, on an expression
that overlaps the labelled one; "span" asks for the same characters as well. The rivals run in an interpreter of their
own (``pip install quantulum3 price-parser recognizers-text-number-with-unit "emoji<2" setuptools``).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

HERE: Final = Path(__file__).parent
DATA: Final = HERE.parent.parent / "shared" / "data"
RIVALS: Final = ("quantulum3", "price-parser", "recognizers-text")
# What the cases' names of units are in the contract's codes; a tuple where each is right.
CURRENCIES: Final[dict[str, tuple[str | None, float]]] = {
    "Dollar": ("USD", 1),
    "Pound": ("GBP", 1),
    "Euro": ("EUR", 1),
    "Cent": ("USD", 0.01),
    "Pence": ("GBP", 0.01),
    "Penny": ("USD", 0.01),
    "Finnish markka": ("FIM", 1),
    "Peseta": ("ESP", 1),
    "Netherlands guilder": ("NLG", 1),
    "Rupee": ("INR", 1),
    "Franc": (None, 1),
    "Bitcoin": (None, 1),
    "Satoshi": (None, 1),
    "Sen": (None, 1),
}
MEASURES: Final = {
    "Foot": "[ft_i]",
    "Meter": "m",
    "Mile": "[mi_i]",
    "Pound": "[lb_av]",
    "Gallon": "[gal_us]",
    "Ton": "ton",
    "Metric ton": "t",
    "Kilometer per hour": "km/h",
    "Kilogram": "kg",
    "Microgram": "ug",
    "Inch": "[in_i]",
    "Square meter": "m2",
    "Kilometer": "km",
    "Millimeter": "mm",
    "Decimeter": "dm",
    "Picometer": "pm",
    "Degree": None,
    "Milliliter": "mL",
    "Barrel": "[bbl_us]",
    "Ounce": "[oz_av]",
    "Acre": "[acr_us]",
    "Cubic foot": "[cft_i]",
    "Bit": "bit",
    "Mile per hour": "[mi_i]/h",
    "Square kilometer": "km2",
    "Megabit": "Mbit",
    "Megabyte": "MBy",
    "Tablespoon": "[tbs_us]",
    "Cup": "[cup_us]",
    "Teaspoon": "[tsp_us]",
    "Meter per millisecond": "m/ms",
    "Centimeter per millisecond": "cm/ms",
    "Kilometer per millisecond": "km/ms",
    "Gram": "g",
    "Radian": "rad",
}


class Labelled(NamedTuple):
    """An amount as it should be read, or as a library reads it."""

    start: int
    end: int
    value: float | None
    unit: str | None
    upper: float | None = None
    kind: str | None = None


class Case(NamedTuple):
    """A text with all its amounts, of every kind or of one."""

    text: str
    amounts: list[Labelled]
    kind: str | None = None


def currency_cases() -> list[Case]:
    """Return the cases of money; those without a number ("the dollar") are left out."""
    return list(_recognizers("CurrencyModel.json"))


def dimension_cases() -> list[Case]:
    """Return the cases of measures."""
    return list(_recognizers("DimensionModel.json"))


def _recognizers(file: str) -> Iterator[Case]:
    money = file.startswith("Currency")
    for case in json.loads((DATA / "amounts" / file).read_text(encoding="utf-8")):
        labelled = []
        for result in case["Results"]:
            resolution = result["Resolution"]
            if resolution["value"] is None:
                continue
            value, unit = float(resolution["value"]), resolution["unit"]
            code: str | None
            if money:
                code, factor = CURRENCIES.get(unit, (resolution.get("isoCurrency"), 1))
                value *= factor
            else:
                code = MEASURES.get(unit)
            labelled.append(Labelled(result["Start"], result["End"] + 1, value, code))
        yield Case(case["Input"], labelled, "money" if money else "measure")


def report_cases(half: str) -> list[Case]:
    """Return the labelled reports of one half."""
    texts = {}
    for line in (DATA / "polnear" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        texts[document["id"]] = document["text"]
    cases = []
    for line in (HERE / "labels" / "amounts.jsonl").read_text(encoding="utf-8").splitlines():
        labels = json.loads(line)
        if labels["half"] == half:
            amounts = [
                Labelled(*each["span"], each["value"], each["unit"], each.get("upper"), each["kind"])
                for each in labels["amounts"]
            ]
            cases.append(Case(texts[labels["id"]], amounts))
    return cases


def read_ours(texts: list[str]) -> list[list[Labelled]]:
    """Return what onrecord reads in each text."""
    from onrecord.layout.paragraphs import find_paragraphs  # the rivals' interpreter has no onrecord
    from onrecord.values.amounts import read_amounts

    return [
        [
            Labelled(each.span.start, each.span.end, each.value, each.unit, each.upper, each.kind)
            for each in read_amounts(text, find_paragraphs(text))
        ]
        for text in texts
    ]


def read_rival(name: str, texts: list[str], python: str) -> list[list[Labelled]]:
    """Return what a rival reads in each text, from an interpreter that has it."""
    script = str(HERE / "amounts_rivals.py")
    run = subprocess.run([python, script, name], input=json.dumps(texts), stdout=subprocess.PIPE, text=True, check=True)
    return [[Labelled(*each) for each in found] for found in json.loads(run.stdout)]


def matches(wanted: Labelled, got: Labelled, *, units: bool = True) -> bool:
    """Tell whether a reading has the value and unit of a label, whose expression it overlaps."""
    if not (wanted.start < got.end and got.start < wanted.end):
        return False
    if units and wanted.unit != got.unit and not (wanted.unit == "ton" and got.unit in (None, "t", "[ston_av]")):
        return False
    return _same(wanted.value, got.value) and _same(wanted.upper, got.upper)


def _same(wanted: float | None, got: float | None) -> bool:
    if wanted is None or got is None:
        return wanted is None and got is None
    return abs(wanted - got) <= 1e-6 * max(1.0, abs(wanted))


def score(cases: list[Case], read: list[list[Labelled]], *, misses: bool = False) -> dict[str, Any]:
    """Return how many labels are read right, and how much of what is read is labelled."""
    counts: Counter[str] = Counter()
    kinds: Counter[tuple[str, str]] = Counter()
    for case, found in zip(cases, read, strict=True):
        if case.kind is not None:
            found = [each for each in found if each.kind in (case.kind, None)]  # noqa: PLW2901 - only what is labelled
        taken: set[int] = set()
        for wanted in case.amounts:
            right = next((n for n, got in enumerate(found) if n not in taken and matches(wanted, got)), None)
            counts["labels"] += 1
            kinds[wanted.kind or "", "labels"] += 1
            counts["values"] += any(matches(wanted, got, units=False) for got in found)
            if right is None:
                if misses:
                    print(
                        "MISSED",
                        _shown(case.text, wanted),
                        "READ",
                        [_shown(case.text, each) for each in found if _near(each, wanted)],
                    )
                continue
            taken.add(right)
            counts["right"] += 1
            kinds[wanted.kind or "", "right"] += 1
            counts["spans"] += (found[right].start, found[right].end) == (wanted.start, wanted.end)
            counts["kinds"] += found[right].kind == wanted.kind
        counts["read"] += len(found)
        if misses:
            for n, each in enumerate(found):
                if n not in taken:
                    print("EXTRA", _shown(case.text, each))
    return {**counts, "by kind": {kind: f"{kinds[kind, 'right']}/{kinds[kind, 'labels']}" for kind, _ in sorted(kinds)}}


def _near(one: Labelled, other: Labelled) -> bool:
    return one.start < other.end + 10 and other.start < one.end + 10


def _shown(text: str, each: Labelled) -> str:
    before, behind = text[max(0, each.start - 30) : each.start], text[each.end : each.end + 30]
    return f"[{before}<{text[each.start : each.end]}>{behind}] {each[2:]}"


def main() -> None:
    """Print a table for each set: labels, right, precision, same span, seconds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rivals", help="an interpreter that has the rivals")
    parser.add_argument("--half", default="measuring", choices=["measuring", "tuning"])
    parser.add_argument("--misses", action="store_true", help="show what ours misses (never for the measuring half)")
    options = parser.parse_args()
    sets = {
        "currencies": currency_cases(),
        "dimensions": dimension_cases(),
        f"reports ({options.half})": report_cases(options.half),
    }
    for name, cases in sets.items():
        texts = [case.text for case in cases]
        began = time.perf_counter()
        read = {"onrecord": read_ours(texts)}
        seconds = time.perf_counter() - began
        for rival in RIVALS if options.rivals else ():
            read[rival] = read_rival(rival, texts, options.rivals)
        for reader, found in read.items():
            result = score(cases, found, misses=options.misses and reader == "onrecord" and options.half == "tuning")
            _print_row(name, reader, result)
        print(f"  ours: {1000 * seconds:.0f} ms for {sum(len(text.split()) for text in texts):,} words")


def _print_row(name: str, reader: str, result: dict[str, Any]) -> None:
    labels, right = result["labels"], result.get("right", 0)
    value, span = result.get("values", 0) / labels, result.get("spans", 0) / labels
    print(
        f"{name:20} {reader:17} value and unit {right}/{labels} = {right / labels:.3f}; value {value:.3f};"
        f" span too {span:.3f}; precision {right / max(1, result['read']):.3f}; {result['by kind']}"
    )


if __name__ == "__main__":
    sys.exit(main())
