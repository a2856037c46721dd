"""Make the list of common words that stories are told by: `python training/commonwords.py STORIES.JSONL`.

STORIES.JSONL are reports with a date and a text. Counted are words in small letters, in the reports of even months:
those of odd months are what benchmarks/stories.py measures with. A word that is in fewer than one report of two hundred
is left out, for it is rare wherever it stands; so is one that is mostly written with a capital.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Final

TARGET: Final = Path(__file__).parents[1] / "src/onrecord/compare/commonwords.tsv"
LEAST: Final = 0.005
SMALL: Final = re.compile(r"\b[a-z]{3,40}\b")
CAPITAL: Final = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,39}\b")


def main(stories: Path) -> None:
    """Count, and write the list."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    reports = 0
    for line in stories.read_text("utf-8").splitlines():
        report = json.loads(line)
        if int(report["date"][5:7]) % 2:
            continue
        reports += 1
        small.update(set(SMALL.findall(report["text"])))
        capital.update({word.lower() for word in CAPITAL.findall(report["text"])})
    kept = {word: count for word, count in small.items() if count >= LEAST * reports and count > capital[word]}
    lines = [f"{word}\t{round(10_000 * kept[word] / reports)}" for word in sorted(kept)]
    head = f"# word, and in how many of 10,000 reports it is; counted in {reports:,} of them by training/commonwords.py"
    TARGET.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
