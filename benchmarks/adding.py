"""Measure adding: how much of the bare reading's rate is left, the size of the record, memory over a long run.

    python benchmarks/adding.py STORIES.jsonl [--reports 1000] [--jobs 2] [--json]
    python benchmarks/adding.py STORIES.jsonl --whole --rounds 1 [--reports 750]
    python benchmarks/adding.py STORIES.jsonl --memory 100000
    python benchmarks/adding.py FOLDER_OF_PAGES --pages [--rounds 3]

STORIES has one ``{"text"}`` a line. The reports are made of their paragraphs, shuffled by a seed, about 600 words each,
so that no two are alike. Bare reading is the same workers on the same documents with what they read thrown away; both
are counted from the first report that a worker gives back, so that neither pays for loading the model. Runs alternate,
and the ratio is that of the medians. On a machine that others use the ratio of processor time tells more: of all
processes, bare reading to adding, their starts included.

``--whole`` takes the stories that have nearly so many words as they are: the size of a record is told on these, for
paragraphs of many stories name more people than a report does. 29 tables and indexes take a page of 8 KiB each however
little is in them: of 750 reports 0.08 times their text.

``--pages`` adds the web pages of a folder instead (files of HTML, packed or not), and prints pages a second, with the
words of what is read of a page: finding the article in it is part of the work.

``--memory`` adds short reports and prints the resident memory of this process and of its workers after each tenth.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from onrecord.adding import Counts, add_documents
from onrecord.adding.running import AHEAD
from onrecord.adding.workers import Found, GivenUp, Workers
from onrecord.document import Document
from onrecord.errors import SourceError
from onrecord.ingest.options import ReadOptions
from onrecord.ingest.sandbox import PageParser
from onrecord.ingest.sources import SourceRef, read_source
from onrecord.record import Record
from onrecord.settings import DEFAULTS

SETTINGS = replace(DEFAULTS, threads=1)
WARM_UP = 8
"""Reports that come before the clock starts."""


def make_reports(stories: Path, path: Path, count: int, words: int, *, whole: bool = False) -> None:
    """Write reports as JSON Lines: stories of about so many words, or made of the paragraphs of stories."""
    with stories.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    made = alike(texts, words) if whole else shuffled(texts, words)
    with path.open("w", encoding="utf-8") as file:
        for number, text in zip(range(count), made, strict=False):
            report = {
                "title": f"Report {number}",
                "text": text,
                "url": f"https://www.outlet{number % 40}.example/2024/05/{number}-report",
                "outlet": f"Outlet {number % 40}",
                "date": f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
            }
            file.write(json.dumps(report) + "\n")


def alike(texts: Sequence[str], words: int) -> Iterator[str]:
    """Yield the texts that have so many words, or a sixth more or less."""
    return (text for text in texts if abs(len(text.split()) - words) <= words / 6)


def shuffled(texts: Sequence[str], words: int) -> Iterator[str]:
    """Yield texts made of paragraphs, without end."""
    paragraphs = [part for text in texts for part in text.split("\n\n") if 5 <= len(part.split()) <= words]
    chance = random.Random(20240502)
    while True:
        text: list[str] = []
        while sum(len(part.split()) for part in text) < words:
            text.append(chance.choice(paragraphs))
        yield "\n\n".join(text)


def documents_of(path: Path, parser: PageParser) -> Iterator[Document | SourceError]:
    """Read the reports as ``onrecord add`` does."""
    source = SourceRef(name=str(path), where="file")
    return read_source(source, options=ReadOptions(), parser=parser, settings=SETTINGS)


def read_only(path: Path, jobs: int) -> float:
    """Return the reports a second of reading alone."""
    with PageParser(SETTINGS) as parser, Workers(jobs, SETTINGS) as workers:
        workers.reader()
        clock = _Clock()
        waiting: deque[Future[Found | GivenUp]] = deque()
        for document in documents_of(path, parser):
            if isinstance(document, Document):
                waiting.append(workers.submit(document))
            while waiting and (len(waiting) >= AHEAD * jobs or waiting[0].done()):
                waiting.popleft().result()
                clock.count()
        while waiting:
            waiting.popleft().result()
            clock.count()
    return clock.rate()


def read_and_keep(path: Path, jobs: int, record: Path) -> tuple[float, Counts]:
    """Return the reports a second of adding, and what became of them."""
    counts, clock = Counts(), _Clock()
    with PageParser(SETTINGS) as parser, Record.open(record, create=True) as opened:
        for _ in add_documents(opened, documents_of(path, parser), jobs=jobs, settings=SETTINGS, counts=counts):
            clock.count()
    return clock.rate(), counts


def add_pages(folder: Path, jobs: int, record: Path) -> tuple[float, int]:
    """Return the pages of a folder that are added a second, and the words in them."""
    clock = _Clock()
    with PageParser(SETTINGS) as parser, Record.open(record, create=True) as opened:
        for _ in add_documents(opened, pages_of(folder, parser), jobs=jobs, settings=SETTINGS):
            clock.count()
        parts = opened.connection.execute("SELECT text FROM texts ORDER BY id")  # each a part of a report
        words = len("".join(part for (part,) in parts).split())
    return clock.rate(), words


def pages_of(folder: Path, parser: PageParser) -> Iterator[Document | SourceError]:
    """Read every file of a folder as a web page, by name."""
    for path in sorted(folder.iterdir()):
        yield from documents_of(path, parser)


class _Clock:
    """Counts reports a second, the first few aside. Outcomes come in batches: the clock starts where one ends."""

    def __init__(self) -> None:
        self._count = 0
        self._began = 0.0
        self._at_start = 0
        self._last = 0.0

    def count(self) -> None:
        now = time.perf_counter()
        if self._count >= WARM_UP and not self._began and now - self._last > 0.01:
            self._began, self._at_start = self._last, self._count
        self._count += 1
        self._last = now

    def rate(self) -> float:
        return (self._count - self._at_start) / (time.perf_counter() - self._began)


def measure(path: Path, jobs: int, rounds: int, folder: Path) -> dict[str, float]:
    """Return the rates and the size of the record."""
    bare, kept, bare_work, work = [], [], [], []
    for number in range(rounds):
        before = processor_seconds()
        bare.append(read_only(path, jobs))
        between = processor_seconds()
        rate, counts = read_and_keep(path, jobs, folder / f"{number}.db")
        kept.append(rate)
        bare_work.append(between - before)
        work.append(processor_seconds() - between)
    with Record.open(folder / "0.db") as record:
        text = record.connection.execute("SELECT sum(length(CAST(text AS BLOB))) FROM texts").fetchone()[0]
    return {
        "bare_reports_a_second": round(statistics.median(bare), 2),
        "added_reports_a_second": round(statistics.median(kept), 2),
        "ratio": round(statistics.median(kept) / statistics.median(bare), 3),
        "ratio_of_processor_time": round(statistics.median(bare_work) / statistics.median(work), 3),
        "size_to_text": round((folder / "0.db").stat().st_size / text, 3),
        **counts.as_dict(),
        "jobs": jobs,
    }


def processor_seconds() -> float:
    """Return the processor time of this process and of those that it started and that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def watch_memory(stories: Path, count: int, jobs: int, folder: Path) -> Iterator[dict[str, float]]:
    """Add short reports; yield the resident megabytes after each tenth of them (Linux only)."""
    path = folder / "short.jsonl"
    make_reports(stories, path, count, words=40)
    done = 0
    with PageParser(SETTINGS) as parser, Record.open(folder / "memory.db", create=True) as record:
        record.connection.execute("PRAGMA cache_size = -2000")  # SQLite's own, which grows to 64 MiB, is no leak
        for _ in add_documents(record, documents_of(path, parser), jobs=jobs, settings=SETTINGS):
            done += 1
            if done % max(count // 10, 1) == 0:
                yield {"reports": done, "main_mb": resident(os.getpid()), "workers_mb": max(map(resident, children()))}


def resident(pid: int) -> float:
    """Return the resident megabytes of a process."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) * 1024 / 1e6, 1)


def children() -> list[int]:
    """Return the processes that this one started."""
    return [
        int(word)
        for task in Path("/proc/self/task").iterdir()
        for word in (task / "children").read_text(encoding="ascii").split()
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--reports", type=int, default=1_000)
    parser.add_argument("--words", type=int, default=600)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--whole", action="store_true", help="take stories as they are")
    parser.add_argument("--memory", type=int, metavar="N", help="add N short reports instead, and watch the memory")
    parser.add_argument("--pages", action="store_true", help="add the web pages of a folder instead")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.pages:
            runs = [add_pages(options.stories, options.jobs, folder / f"{turn}.db") for turn in range(options.rounds)]
            rate, words = statistics.median(rate for rate, _ in runs), runs[0][1] / len(list(options.stories.iterdir()))
            print(f"pages_a_second {rate:.1f}\nwords_a_page {words:.0f}")
            return
        if options.memory:
            for figures in watch_memory(options.stories, options.memory, options.jobs, folder):
                print(json.dumps(figures), flush=True)
            return
        path = folder / "reports.jsonl"
        make_reports(options.stories, path, options.reports, options.words, whole=options.whole)
        found = measure(path, options.jobs, options.rounds, folder)
    print(json.dumps(found) if options.json else "\n".join(f"{name:26} {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
