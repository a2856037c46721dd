"""Real Ray on this machine: what it does to a run, and what kills of its workers and of the run itself leave (BA1).

``ONRECORD_FULL=1`` kills 100 times over 10,000 reports instead of a few times over 150.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
import warnings
from pathlib import Path

import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of what Ray imports
    pytest.importorskip("ray.data", reason="archives need the extra batch: pip install 'onrecord[batch]'")

from batch_by_hand import Here, entry, files_of, write_lines
from onrecord.adding import workers
from onrecord.batch import cutting, running, variants
from onrecord.batch.cluster import _answer, _take, open_cluster
from onrecord.batch.running import make_order, run_batch
from onrecord.errors import ModelError
from reading_by_hand import CHILD

FULL = os.environ.get("ONRECORD_FULL") == "1"
REPORTS, KILLS = (10_000, 100) if FULL else (150, 3)
SHARED = Path(__file__).parents[1] / "shared"

pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # of Ray, and of what it leaves open
    pytest.mark.skipif(os.name != "posix", reason="signals of POSIX"),
    pytest.mark.timeout(86_400 if FULL else 300),
]


@pytest.fixture(scope="module")
def cluster():
    """Start Ray once."""
    before, os.environ["PYTHONPATH"] = os.environ.get("PYTHONPATH"), str(SHARED)
    with open_cluster(workers=2) as started:
        yield started
    os.environ.pop("PYTHONPATH") if before is None else os.environ.update(PYTHONPATH=before)


@pytest.fixture(autouse=True)
def by_hand(monkeypatch):
    monkeypatch.setattr(workers, "CHILD", CHILD)
    monkeypatch.setattr(cutting, "LEAST", 1_000)


@pytest.fixture
def lines(tmp_path):
    """A file of reports, one that kills its reader, one that can't be read."""
    entries = [entry(number, "PAUSE" + "!" * (number % 4) + " CRASH" * (number == 70)) for number in range(REPORTS)]
    return write_lines(tmp_path / "a.jsonl", [*entries, {"body": 1}])


def workers_of_ray():
    """Return the processes of this machine that are actors of a batch."""
    found = []
    for each in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            if b"ray::" in (each / "cmdline").read_bytes() and b"_Actor" in (each / "cmdline").read_bytes():
                found.append(int(each.name))
    return found


def marks_in(out):
    """Return the shards of a run that are read."""
    return list((out / "_onrecord/shards").glob("*.json"))


def test_a_run_whose_workers_and_itself_are_killed_gives_the_bytes_of_one_that_nobody_disturbed(
    cluster, lines, tmp_path, monkeypatch
):
    """Reliability row BA1: kills of the run with another number of workers each time, then of its workers."""
    order = make_order([lines])
    run_batch(order, str(tmp_path / "undisturbed"), Here())

    out = tmp_path / "out"
    chance = random.Random(20240502)
    for kill in range(KILLS // 3):
        command = [
            sys.executable,
            SHARED / "run_batch.py",
            "batch",
            lines,
            "--out",
            out,
            "--workers",
            str(1 + kill % 3),
        ]
        said = tmp_path / "said.txt"
        with said.open("w") as log:
            environment = os.environ | {"PYTHONPATH": str(SHARED)}
            run = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        wanted = 1 + len(marks_in(out))
        while run.poll() is None and len(marks_in(out)) < wanted:
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.3))
        run.send_signal(signal.SIGKILL if kill % 2 == 0 else signal.SIGTERM)
        run.wait()
        assert marks_in(out) or FULL, said.read_text()

    killed = []

    def kill_workers():
        for _ in range(KILLS - KILLS // 3):
            before = len(marks_in(out))
            while not ended.is_set() and len(marks_in(out)) <= before:
                time.sleep(0.02)
            for pid in workers_of_ray()[:1]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)

    ended = threading.Event()
    killer = threading.Thread(target=kill_workers)
    killer.start()
    monkeypatch.setattr(running, "FEW_ROWS", 0)  # Ray folds, too
    try:
        finished = run_batch(order, str(out), cluster)
    finally:
        ended.set()
        killer.join()
    assert killed
    assert finished.counts["reports"] == REPORTS - 1
    assert [(each.kind, each.tries) for each in finished.failures] == [("SetAside", 2), ("BadLine", 0)]
    assert files_of(out) == files_of(tmp_path / "undisturbed")


@pytest.mark.skipif(not FULL, reason="ONRECORD_FULL=1 starts three times as many processes of Ray as the rest takes")
def test_variants_by_ray_are_those_that_this_process_finds(cluster, tmp_path, monkeypatch):
    order = make_order([write_lines(tmp_path / "a.jsonl", [entry(number) for number in range(150)])])
    monkeypatch.setattr(variants, "FEW", 0)
    found = []
    for name, on in (("by ray", cluster), ("here", Here())):
        run_batch(order, str(tmp_path / name), on)
        found.append(variants.find_all_variants(str(tmp_path / name), on))
    assert found[0] == found[1]
    assert files_of(tmp_path / "by ray") == files_of(tmp_path / "here")


def test_an_error_of_a_worker_is_the_error_of_the_run():
    def fail(_):
        raise ModelError("another model", where="here", advice="install it")

    with pytest.raises(ModelError, match="here: another model; install it"):
        _take(_answer(fail, b""))
    assert _take(_answer(bytes.upper, b"a")) == b"A"
