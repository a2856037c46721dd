"""Runs of ``onrecord add`` killed at random: nothing acknowledged is lost, nothing doubled, and the rest is done after.

Reliability rows ST1 and BA1. ``ONRECORD_RECORD_KILLS`` sets how many runs are killed: an eighth of it, 5 by default.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from onrecord.record import Record

KILLS = max(5, int(os.environ.get("ONRECORD_RECORD_KILLS", "40")) // 8)
SHARED = Path(__file__).parents[1] / "shared"
REPORTS = 60

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")


@pytest.fixture
def reports(tmp_path):
    """A file of reports, one of them twice, one that kills its reader, one that can't be read."""
    texts = [f"The levy of {number} crowns will go, she said. PAUSE{'!' * (number % 4)}" for number in range(REPORTS)]
    texts[30] += " CRASH"
    entries = [{"text": text, "url": f"https://orrin.example/{number}"} for number, text in enumerate(texts)]
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps(entry) + "\n" for entry in [*entries, entries[7], {"body": 1}]))
    return path


def start(reports, record, jobs):
    command = [sys.executable, SHARED / "run_adding.py", "add", reports, "--to", record, "--jsonl", "--jobs", str(jobs)]
    environment = {**os.environ, "PYTHONPATH": str(SHARED)}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment, process_group=0
    )


def acknowledged(process):
    """Return the reports that a run said were kept, the last line aside if it was cut."""
    whole = [line for line in process.stdout.read().splitlines() if line.endswith("}")]
    process.stdout.close()
    process.wait()
    return [each["document"] for each in map(json.loads, whole) if each["outcome"] in {"added", "skipped"}]


def contents(record):
    """Return what a record holds, in the order in which it was written; it must be whole."""
    with Record.open(record, create=True) as opened:
        assert opened.check() == []
        order = [row[0] for row in opened.connection.execute("SELECT hash FROM documents ORDER BY id")]
        aside = opened.connection.execute("SELECT origin, tries, cause FROM quarantine").fetchall()
        readings = [msgspec.json.encode(reading) for reading in opened.readings()]
    return order, aside, readings


def test_runs_killed_at_random_lose_nothing_and_the_last_one_does_the_rest(reports, tmp_path):
    undisturbed = start(reports, tmp_path / "undisturbed.db", 2)
    acknowledged(undisturbed)
    wanted = contents(tmp_path / "undisturbed.db")
    assert len(wanted[0]) == REPORTS - 1
    assert wanted[1] == [(f"{reports}:31", 2, "died of signal 9")]

    chance = random.Random(20240502)
    record, number, known = tmp_path / "0.db", 0, set()
    for kill in range(KILLS):
        process = start(reports, record, chance.choice((1, 2, 3)))
        time.sleep(chance.uniform(0.2, 2.5))
        os.kill(process.pid, signal.SIGKILL if kill % 3 else signal.SIGTERM)
        known |= set(acknowledged(process))
        order, _, _ = contents(record)
        assert known <= set(order)
        assert order == wanted[0][: len(order)]
        if len(order) == len(wanted[0]):
            record, number, known = tmp_path / f"{number + 1}.db", number + 1, set()
    last = start(reports, record, 2)
    acknowledged(last)
    assert last.returncode == 1  # one report is set aside, one can't be read
    assert contents(record) == wanted
