"""Measure the web reader: `python benchmarks/serving.py FILE [--seconds 60] [--readers 50]`.

FILE is the record of benchmarks/searching.py, made where it is not there yet (a million statements, 2 minutes, 460 MB,
outside git). Prints

1. the processor time of the server for a page of a report (1,012 words, 50 statements and more, read by the shipped
   model) and for pages of searches over the million, warm, medians of 20; on a machine with nothing else to do that is
   the time to the first byte, since a page is sent once it is whole;
2. what a first visit loads, page, style sheets and icon, and how much of that is the report's own text;
3. one reader alone for a third of the time, then many at once for all of it, on loopback: each asks for a page, reads
   for half a second to one and a half, asks for the next. Errors, and the time of the 99th percentile of both.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, Final, Self
from urllib.parse import urlsplit

import searching
from onrecord.document import Document
from onrecord.examples import example_report
from onrecord.model import Model
from onrecord.pipeline import read
from onrecord.record import Record
from onrecord.settings import Settings
from onrecord.web.app import create_app

ROUNDS: Final = 20
PAUSE: Final = (0.5, 1.5)


def main() -> None:
    """Make the records if need be, and measure."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--seconds", type=float, default=60.0)
    arguments.add_argument("--readers", type=int, default=50)
    options = arguments.parse_args()
    if not options.file.exists():
        searching.fill(options.file, 1_000_000 // searching.SAID + 1)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report.db"
        document = make_report(path)
        report = f"/report/{document}"
        print("processor time of the server, ms, medians of", ROUNDS)
        measure_pages(path, [report, f"{report}?show=events&show=times&show=amounts"])
        measure_pages(options.file, ["/", "/search", *searches(options.file)])
        weigh(path, report)
        load(path, ["/", "/search", "/search?words=quay", "/search?words=levy&form=direct", report], options)


def make_report(path: Path) -> str:
    """Make a record of one report, twice as long as the example; return the report's id."""
    text = example_report().with_suffix(".txt").read_text(encoding="utf-8")
    document = Document.from_text(f"{text}\n\n{text}", url="https://saltmere-courier.example/long")
    with Record.open(path, create=True) as record:
        record.add(read(document, Model.load()))
        (reading,) = record.readings()
    print(f"report: {len(document.text.split()):,} words, {len(reading.statements)} statements")
    return document.id


def searches(path: Path) -> list[str]:
    """Return searches for words of the record that are frequent and rare, and for who says them."""
    with Record.open(path, read_only=True) as record:
        hits = list(record.search(sort="added", limit=3))
        facets = record.search().facets()
    frequent, other, rare = (hits[0].words.split()[0], hits[0].words.split()[3], hits[1].words.split()[-1].strip("."))
    return [
        f"/search?words={frequent}",
        f"/search?words={rare}",
        f"/search?words={other}+{rare}",
        f"/search?words={rare}&person={facets.speaker[-1].person}",
        f"/search?person={facets.speaker[-1].person}",
        f"/search?person={facets.speaker[0].person}",
        f"/search?person={facets.speaker[0].person}&sort=oldest",
        f"/search?words={other}&form=direct&since=2022",
        f"/search?words={other}&by=meaning",
    ]


# ---- one page ----------------------------------------------------------------------------------------------


def measure_pages(path: Path, addresses: Sequence[str]) -> None:
    """Print what each page costs the server."""
    app = create_app(path, settings=Settings(web_seconds=60.0, web_connections=1))
    for address in addresses:
        for _ in range(3):
            asyncio.run(ask(app, address))
        costs = []
        for _ in range(ROUNDS):
            begun = time.process_time()
            status, size = asyncio.run(ask(app, address))
            costs.append((time.process_time() - begun) * 1000)
        print(f"{statistics.median(costs):7.0f}  {status}  {size / 1000:6.1f} kB  {address}")


async def ask(app: Any, address: str) -> tuple[int, int]:
    """Ask the application itself, without a connection; return the status and the size of the answer."""
    parts = urlsplit(address)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": parts.path,
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "headers": [(b"host", b"localhost")],
        "server": ("localhost", 80),
        "client": ("localhost", 1),
        "root_path": "",
    }
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent[0]["status"], sum(len(message.get("body", b"")) for message in sent)


def weigh(path: Path, address: str) -> None:
    """Print what a first visit loads."""
    with Served(path) as server:
        page = server.get(address)[1]
        linked = re.findall(rb'(?:rel="stylesheet"|rel="icon") href="([^"]+)"', page)
        sizes = [len(server.get(each.decode())[1]) for each in linked]
    with Record.open(path, read_only=True) as record:
        text = sum(len(each.document.text.encode()) for each in record.readings())
    print(f"first visit: {(len(page) + sum(sizes)) / 1000:.1f} kB: page {len(page) / 1000:.1f} kB", end="")
    print(f" ({text / 1000:.1f} kB of it the report's text), sheets and icon {sum(sizes) / 1000:.1f} kB")


# ---- many readers ------------------------------------------------------------------------------------------


class Served:
    """The command, in a process of its own."""

    def __init__(self, path: Path) -> None:
        command = [sys.executable, "-m", "onrecord", "serve", str(path), "--port", "0"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self._process.stdout.readline() if self._process.stdout else ""
        self.host = urlsplit(line.strip()).netloc

    def get(self, address: str) -> tuple[int, bytes]:
        """Ask for a page over a connection of its own."""
        connection = HTTPConnection(self.host, timeout=60)
        connection.request("GET", address)
        answer = connection.getresponse()
        return answer.status, answer.read()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()


class Visitor(Thread):
    """Somebody who reads: asks, waits, asks again."""

    def __init__(self, host: str, addresses: Sequence[str], seed: int, end: float) -> None:
        super().__init__()
        self._host, self._addresses, self._end = host, addresses, end
        self._chance = random.Random(seed)
        self.times: list[float] = []
        self.errors = 0

    def run(self) -> None:
        """Read until the end."""
        connection = HTTPConnection(self._host, timeout=60)
        time.sleep(self._chance.uniform(0, PAUSE[1]))
        while time.monotonic() < self._end:
            begun = time.perf_counter()
            try:
                connection.request("GET", self._chance.choice(self._addresses))
                answer = connection.getresponse()
                answer.read()
                self.errors += answer.status != 200
            except OSError:
                self.errors += 1
                connection.close()
            self.times.append((time.perf_counter() - begun) * 1000)
            time.sleep(self._chance.uniform(*PAUSE))


def load(path: Path, addresses: Sequence[str], options: argparse.Namespace) -> None:
    """Print what one reader alone waits, and what many do."""
    with Served(path) as server:
        for address in addresses * 3:
            server.get(address)
        alone = visit(server.host, addresses, 1, options.seconds / 3)
        together = visit(server.host, addresses, options.readers, options.seconds)
    print(f"99th percentile of many against one: {together / alone:.1f} times")


def visit(host: str, addresses: Sequence[str], readers: int, seconds: float) -> float:
    """Let some read for a time; return the 99th percentile in ms."""
    end = time.monotonic() + seconds
    visitors = [Visitor(host, addresses, seed, end) for seed in range(readers)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    times = sorted(each for visitor in visitors for each in visitor.times)
    most = times[min(len(times) - 1, round(0.99 * len(times)))]
    errors = sum(visitor.errors for visitor in visitors)
    middle = statistics.median(times)
    print(f"{readers} readers, {len(times)} pages, {errors} errors: median {middle:.0f} ms, 99th {most:.0f} ms")
    return most


if __name__ == "__main__":
    main()
