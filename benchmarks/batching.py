"""Measure `onrecord batch`: against the plain pool, two workers against one, memory; the cost of variants.

    python benchmarks/batching.py STORIES.jsonl [--reports 500] [--workers 2] [--json]      5 minutes on 2 cores
    python benchmarks/batching.py STORIES.jsonl --memory 20000                              growth over short reports
    python benchmarks/batching.py --variants 10000                                          10,000 against 100,000

STORIES has one ``{"text"}`` a line; the reports are made of their paragraphs as in adding.py. The plain pool is the
workers of `onrecord add` on the same file with what they read thrown away. All rates count from when each worker has
given its first shard (the pool: from the ninth report), so that nobody pays for loading models; `with_start` has all of
it. Shards are small (``--grain``), so that a short run has as many as a long one; what each costs counts against Ray.
Memory is the resident memory of a Ray actor with its reader and page parser, shared pages counted in each; the growth
is the highest of the last quarter of the run less that of the second.

``--variants N`` writes archives of N and of ten times N statements, made up by searching.py, and looks for variants in
both, Ray's start not counted.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from adding import make_reports, read_only
from onrecord.batch import cutting
from onrecord.batch.cluster import Cluster, open_cluster
from onrecord.batch.running import Step, make_order, run_batch
from onrecord.batch.tables import schema_of, write_groups
from onrecord.batch.variants import find_all_variants

SAID = 19  # statements to a report, as in searching.py


# ---- rates ---------------------------------------------------------------------------------------------------


def measure(path: Path, workers: int, folder: Path) -> dict[str, Any]:
    """Return the rates in reports a second, and their ratios to the bars."""
    pool = read_only(path, workers)
    several, whole, memory, growth = batch_rate(path, workers, folder / "several")
    one, *_ = batch_rate(path, 1, folder / "one")
    return {
        "workers": workers,
        "pool_reports_a_second": round(pool, 2),
        "batch_reports_a_second": round(several, 2),
        "batch_with_start": round(whole, 2),
        "one_worker_reports_a_second": round(one, 2),
        "batch_to_pool": round(several / pool, 3),
        "workers_to_one": round(several / one, 3),
        "memory_of_a_worker_mb": round(memory),
        "growth_mb": round(growth),
        "same_bytes": digest(folder / "several") == digest(folder / "one"),
    }


def batch_rate(path: Path, workers: int, out: Path) -> tuple[float, float, float, float]:
    """Return the reports a second of a run, those with Ray's start, and the megabytes of a worker and their growth."""
    began = time.perf_counter()
    marks: list[tuple[float, int]] = []

    def tell(step: Step) -> None:
        if step.doing == "reading":
            marks.append((time.perf_counter(), step.reports))

    with open_cluster(workers=workers) as cluster, watched() as sizes:
        finished = run_batch(make_order([str(path)]), str(out), cluster, tell=tell)
    whole = finished.counts["reports"] / (time.perf_counter() - began)
    (start, before), (end, after) = marks[min(workers, len(marks) - 2)], marks[-1]
    quarter = max(1, len(sizes) // 4)
    growth = max(sizes[-quarter:], default=0.0) - max(sizes[quarter : 2 * quarter], default=0.0)
    return (after - before) / max(end - start, 1e-9), whole, max(sizes, default=0.0), growth


def digest(out: Path) -> str:
    """Return a hash over all files of an output."""
    files = sorted(path for path in out.rglob("*") if path.is_file())
    parts = (f"{path.relative_to(out)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


# ---- memory (Linux) ------------------------------------------------------------------------------------------


@contextmanager
def watched() -> Iterator[list[float]]:
    """Give a list that the megabytes of the largest worker are put into, twice a second."""
    sizes: list[float] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.5):
            sizes.append(largest_worker())

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield sizes
    finally:
        ended.set()
        thread.join()


def largest_worker() -> float:
    """Return the resident megabytes of the Ray actor that has most, those of its own processes included."""
    parents, sizes, actors = dict[int, int](), dict[int, float](), set[int]()
    for each in Path("/proc").iterdir():
        if not each.name.isdigit():
            continue
        with suppress(OSError, StopIteration):
            status = (each / "status").read_text(encoding="ascii", errors="replace").splitlines()
            number = int(each.name)
            parents[number] = int(next(line.split()[1] for line in status if line.startswith("PPid")))
            sizes[number] = int(next(line.split()[1] for line in status if line.startswith("VmRSS"))) * 1024 / 1e6
            command = (each / "cmdline").read_bytes()
            if command.startswith(b"ray::") and b"_Actor" in command:
                actors.add(number)
    totals = dict.fromkeys(actors, 0.0)
    for number, size in sizes.items():
        above: int | None = number
        while above is not None and above not in actors:
            above = parents.get(above)
        if above is not None:
            totals[above] += size
    return max(totals.values(), default=0.0)


def watch_memory(stories: Path, count: int, workers: int, folder: Path) -> dict[str, Any]:
    """Read short reports; return the memory of a worker and its growth."""
    path = folder / "short.jsonl"
    make_reports(stories, path, count, words=40)
    rate, _, memory, growth = batch_rate(path, workers, folder / "short")
    return {
        "reports": count,
        "reports_a_second": round(rate, 2),
        "memory_of_a_worker_mb": round(memory),
        "growth_mb": round(growth),
    }


# ---- variants ------------------------------------------------------------------------------------------------


def measure_variants(count: int, workers: int, folder: Path) -> dict[str, Any]:
    """Return the seconds that variants of so many statements take, and of ten times as many."""
    archives = [(folder / str(size), size) for size in (count, 10 * count)]
    for out, size in archives:
        write_archive(out, size)
    with open_cluster(workers=workers) as cluster:
        took = [timed(lambda out=out: find_all_variants(str(out), cluster)) for out, _ in archives]
    here = [timed(lambda out=out: find_all_variants(str(out), _Here(1))) for out, _ in archives]
    return {
        "statements": [size for _, size in archives],
        "seconds": [round(seconds, 1) for seconds in took],
        "ratio": round(took[1] / took[0], 2),
        "seconds_in_one_process": [round(seconds, 1) for seconds in here],
        "ratio_in_one_process": round(here[1] / here[0], 2),
    }


class _Here(Cluster):
    """A cluster that is this process: the work without Ray's share, which hides how it grows."""

    __slots__ = ()

    def regroup(self, read: Any, items: Any, steps: Any, *, here: bool = False) -> Any:  # noqa: ARG002 - the interface
        return super().regroup(read, items, steps, here=True)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def write_archive(out: Path, count: int) -> None:
    """Write the statements of an archive, and what says that it is complete; a tenth are repeated from others."""
    from searching import Invention  # 2 s of inventing names

    invention = Invention()
    said, who = invention.contents(count), invention.speakers(count)
    said[::10] = said[5::10][: len(said[::10])]
    nothing = dict.fromkeys(schema_of("statements").names)
    rows = [
        nothing
        | {
            "statement": f"{number // SAID:016x}-{number % SAID:08x}",
            "document": f"{number // SAID:016x}",
            "published": f"{2015 + number % 10}-05-02",
            "speaker": invention.people[person],
            "content": content,
        }
        for number, (content, person) in enumerate(zip(said, who, strict=True))
    ]
    files = []
    for part, start in enumerate(range(0, count, 20_000)):
        path = out / f"statements/year=2024/month=05/part-{part:05d}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write_groups("statements", [rows[start : start + 20_000]]))
        files.append({"path": str(path.relative_to(out)), "rows": len(rows[start : start + 20_000])})
    (out / "manifest.json").write_text(json.dumps({"files": files}), "utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path, nargs="?")
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--words", type=int, default=600)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--grain", type=int, default=65_536, help="bytes of text to a shard, at least")
    parser.add_argument("--memory", type=int, metavar="N", help="read N short reports instead, and watch the memory")
    parser.add_argument("--variants", type=int, metavar="N", help="look for variants of N and of 10 N statements")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    cutting.LEAST = options.grain
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if options.variants:
            found = measure_variants(options.variants, options.workers, folder)
        elif options.stories is None:
            parser.error("name a file of stories")
        elif options.memory:
            found = watch_memory(options.stories, options.memory, options.workers, folder)
        else:
            path = folder / "reports.jsonl"
            make_reports(options.stories, path, options.reports, options.words)
            found = measure(path, options.workers, folder)
    print(json.dumps(found) if options.json else "\n".join(f"{name:28} {value}" for name, value in found.items()))


if __name__ == "__main__":
    main()
