"""Measure the checks: faults planted in real reports that are found, and checks on the same reports untouched.

    python benchmarks/checks.py [--reports 300] [--seed 6] [--readings FILE] [--show]

The reports are ../shared/data/news/stories.jsonl, the faults those of plant_faults.py. The title stands above the text,
in a zone of its own as on a page. A fault is found where a check of its kind is made: a caption's, a number's, a
headline's. Every check on an untouched report counts as a false alarm, right or not; ``--show`` prints them and the
faults that were missed, for reading. Readings are kept as JSON lines, outside git, in a file of each model: the first
run takes half an hour on a busy core, later ones a moment.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Final

import msgspec

from onrecord.checks.finding import find_checks
from onrecord.document import Document, Zone
from onrecord.ingest.plaintext import read_text
from onrecord.model import Model
from onrecord.model.scores import WindowScores
from onrecord.model.windows import Window
from onrecord.pipeline import read
from onrecord.reading import Check, ReadingRecord, to_json
from onrecord.settings import Settings
from plant_faults import STORIES, Case, cases

KINDS: Final = {"caption": "caption", "number": "number", "headline": "headline"}
"""How the kinds of checks begin that find a fault, by the fault's first word."""


def main() -> None:
    """Read what is not read yet, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--readings", type=Path, help="where they are kept; a temporary file by default")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    if not STORIES.exists():
        print("checks: skipped: ../shared, which holds the reports, is not there")
        return
    model = Model.load()
    readings = options.readings or Path(gettempdir()) / f"onrecord-checks-{model.version}.jsonl"
    readings.parent.mkdir(parents=True, exist_ok=True)
    wanted = list(cases(options.reports, seed=options.seed))
    prepare(wanted, readings, model)
    print(json.dumps(measure(wanted, readings, show=options.show), indent=1))


# ---- reading -----------------------------------------------------------------------------------------------


class Remembering:
    """A model that answers for a window that it has seen without asking the network again."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._tagged: dict[bytes, WindowScores] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def tag(self, window: Window) -> WindowScores:
        """Answer as the model does."""
        key = window.ids.tobytes() + window.features.tobytes()
        if key not in self._tagged:
            self._tagged[key] = self._model.tag(window)
        return self._tagged[key]

    def forget(self) -> None:
        """Begin another report."""
        self._tagged.clear()


def prepare(wanted: list[Case], file: Path, loaded: Model) -> None:
    """Read the cases that are not in ``file`` yet, and add them there."""
    done = {(each["report"], each["fault"]) for each in kept(file)}
    missing = [case for case in wanted if (case.report, case.fault) not in done]
    if not missing:
        return
    model = Remembering(loaded)
    with file.open("a", encoding="utf-8") as out:
        for case in missing:
            if case.fault == "none":
                model.forget()
            text = f"{case.title.strip()}\n\n{case.text}"
            document = replace(read_text(text, origin=case.report, sha256="", charset=None), published=case.published)
            reading = read(document, model, settings=Settings(threads=1), parts=("times", "amounts"))
            line = {
                "report": case.report,
                "fault": case.fault,
                "title": case.title,
                "reading": json.loads(to_json(reading)),
            }
            out.write(json.dumps(line) + "\n")
            print(case.report, case.fault, file=sys.stderr)


def kept(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the readings that were made before; the last line may have been cut off."""
    for line in file.open(encoding="utf-8") if file.exists() else ():
        if line.endswith("}\n"):
            yield json.loads(line)


# ---- measuring ---------------------------------------------------------------------------------------------


def measure(wanted: list[Case], file: Path, *, show: bool) -> dict[str, Any]:
    """Return the share of each fault that is found, checks a report untouched, and milliseconds a report."""
    cached = {(each["report"], each["fault"]): each for each in kept(file)}
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    false: Counter[str] = Counter()
    seconds = 0.0
    for case in wanted:
        reading = msgspec.convert(cached[case.report, case.fault]["reading"] | {"checks": []}, ReadingRecord)
        document = _document(reading, case.title.strip())
        began = time.process_time()
        checks = find_checks(document, reading.statements, reading.entities, reading.times, reading.amounts)
        seconds += time.process_time() - began
        planted[case.fault] += 1
        kind = KINDS.get(case.fault.split()[0], "-")
        found[case.fault] += any(check.kind.startswith(kind) for check in checks)
        if case.fault == "none":
            false.update(check.kind for check in checks)
        if show and (checks if case.fault == "none" else not any(check.kind.startswith(kind) for check in checks)):
            _show(case, document.text, checks)
    return {
        "reports": planted["none"],
        "found": {
            fault: {"planted": planted[fault], "found": round(found[fault] / planted[fault], 3)}
            for fault in sorted(planted)
            if fault != "none"
        },
        "checks a report, untouched": round(false.total() / planted["none"], 3),
        "of them": dict(sorted(false.items())),
        "milliseconds a report": round(1_000 * seconds / planted.total(), 1),
    }


def _document(reading: ReadingRecord, title: str) -> Document:
    """Return a case's document, its title a headline even where the lines alone do not tell."""
    zones = reading.document.zones
    if zones[0].kind != "headline":
        below = (replace(zone, start=max(zone.start, len(title) + 2)) for zone in zones if zone.end > len(title))
        zones = (Zone(kind="headline", start=0, end=len(title)), *below)
    return replace(Document.from_text(reading.document.text, zones=zones), published=reading.document.published)


def _show(case: Case, text: str, checks: tuple[Check, ...]) -> None:
    print(f"{case.report} {case.fault}: {case.title}", file=sys.stderr)
    for check in checks:
        print(f"    {check.kind}: {check.span.of(text)!r}: {check.message}", file=sys.stderr)


if __name__ == "__main__":
    main()
