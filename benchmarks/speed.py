"""Measure the reading: words a second, start-up, peak memory.

    python benchmarks/speed.py [TEXTS.jsonl] [--seconds 20] [--json]

TEXTS has one ``{"text"}`` a line; without it the bundled report is read again and again. The rate is that of
the whole path on plain text (zones, windows, model, decoding, statements) with the load excluded, on all cores.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import cycle
from pathlib import Path

from onrecord.document import Document
from onrecord.ingest.plaintext import read_text
from onrecord.model import Model
from onrecord.pipeline import read, read_all

MEMORY = """
import resource, sys
from onrecord.ingest.plaintext import read_text
from onrecord.model import Model
from onrecord.pipeline import read
text = open(sys.argv[1], encoding="utf-8").read()
read(read_text(text, origin="-", sha256="", charset=None), Model.load())
peak = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(peak[0] if peak else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
"""``ru_maxrss`` would count what the parent held when it forked; Linux keeps the process's own peak in VmHWM."""


def texts_of(path: Path | None) -> list[str]:
    """Return the texts to read."""
    if path is None:
        return [(files("onrecord.examples") / "harbour-tax.txt").read_text(encoding="utf-8")]
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def rate(texts: Sequence[str], seconds: float) -> float:
    """Return the words a second of reading texts in turn for about so many seconds."""
    model = Model.load()
    read(read_text(texts[0], origin="-", sha256="", charset=None), model)
    words, began = 0, time.perf_counter()
    for reading in read_all(_documents_until(texts, began + seconds), model):
        words += len(reading.document.text.split())
    return words / (time.perf_counter() - began)


def _documents_until(texts: Sequence[str], deadline: float) -> Iterator[Document]:
    for text in cycle(texts):
        if time.perf_counter() >= deadline:
            return
        yield read_text(text, origin="-", sha256="", charset=None)


def start_up(runs: int = 5) -> float:
    """Return the median seconds of ``onrecord read`` on a short report, process start included."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "short.txt"
        report.write_text(
            "Bridge to close\n\nThe bridge will close in May, mayor Ilsa Toren said on Monday.\n", "utf-8"
        )
        command = [sys.executable, "-m", "onrecord", "read", str(report)]
        times = []
        for _ in range(runs + 1):
            began = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            times.append(time.perf_counter() - began)
    return sorted(times[1:])[runs // 2]


def peak_memory(text: str) -> float:
    """Return the peak resident megabytes of a process that reads one text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-c", MEMORY, str(path)]
        kilobytes = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return kilobytes * 1024 / 1e6


def measure(texts: Sequence[str], seconds: float) -> dict[str, float]:
    """Return all figures."""
    whole = "\n\n".join(texts)
    thousand = " ".join(whole.split(" ")[:1000])
    million = (whole * (1_000_000 // len(whole) + 1))[:1_000_000]
    return {
        "words_a_second": round(rate(texts, seconds)),
        "start_up_seconds": round(start_up(), 2),
        "memory_1000_words_mb": round(peak_memory(thousand)),
        "memory_1000000_characters_mb": round(peak_memory(million)),
        "cores": os.cpu_count() or 1,
        "own_peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6),
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="?")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(texts_of(options.texts), options.seconds)
    print(json.dumps(figures) if options.json else "\n".join(f"{name:30} {value}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
