"""What events, times and amounts cost: words a second of the whole path with them and without, on one thread.

    python benchmarks/events_cost.py [REPORTS]

Each report of PolNeAR dev is read each way, in turn which goes first, and processor time is summed,
so that other work on the machine and a changing clock fall on both alike.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path

from onrecord.document import Document
from onrecord.model import Model
from onrecord.pipeline import PARTS, Part, read
from onrecord.settings import DEFAULTS

TEXTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "polnear" / "dev.jsonl"
WAYS: tuple[tuple[Part, ...], ...] = ((), ("times", "amounts"), ("events", "times", "amounts"), PARTS)


def main() -> None:
    """Measure and print."""
    if not TEXTS.exists():
        print("events cost: skipped: ../shared, which holds the reports, is not there")
        return
    model = Model.load()
    alone = replace(DEFAULTS, threads=1)
    spent = dict.fromkeys(WAYS, 0.0)
    words = 0
    with TEXTS.open(encoding="utf-8") as lines:
        for at, line in enumerate(islice(lines, int(sys.argv[1]) if len(sys.argv) > 1 else 84)):
            document = replace(Document.from_text(json.loads(line)["text"]), published="2016-05-02")
            words += len(document.text.split())
            for turn in range(len(WAYS)):
                parts = WAYS[(turn + at) % len(WAYS)]
                began = time.process_time()
                read(document, model, settings=alone, parts=parts)
                spent[parts] += time.process_time() - began
    bare = spent[()]
    for parts, seconds in spent.items():
        name = ", ".join(parts) or "statements and entities alone"
        print(f"{name}: {words / seconds:,.0f} words a second, {bare / seconds:.2f} times")


if __name__ == "__main__":
    main()
