"""One run of ``onrecord batch``: progress and messages to standard error, signals to an end in order."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stdout, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from onrecord.batch.cluster import Cluster, open_cluster
from onrecord.batch.inputs import Kind
from onrecord.batch.plan import Failure
from onrecord.batch.running import Finished, Step, find_finished, make_order, run_batch
from onrecord.batch.underway import UnderWay
from onrecord.cli.ending import FAILED, Terminated, code_of, terminable
from onrecord.cli.messages import complain
from onrecord.cli.printing import print_json
from onrecord.cli.progress import Steps, may_show_progress, shown_time
from onrecord.exports.describing import count
from onrecord.ingest.options import ReadOptions

MOST_TOLD: Final = 10
"""Failures that are told one by one; the file has all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a command was asked to read, where to, and on what."""

    inputs: tuple[str, ...]
    out: str
    workers: int
    address: str | None
    kind: Kind | None
    options: ReadOptions
    as_json: bool


def run(order: Order) -> int:
    """Read archives to Parquet; return the exit code.

    Raises:
        OnrecordError: it can't be begun, or not gone on with; what was read before is kept.
    """
    state = _State()
    try:
        with terminable(), Steps("batch:", stream=sys.stderr, shown=may_show_progress(prints=False)) as steps:
            finished = _run(order, steps, state)
    except KeyboardInterrupt as error:
        complain(f"interrupted; {order.out}: {state}; the same command reads the rest")
        return code_of(error)
    _tell(order, finished)
    return FAILED if finished.failures else 0


class _State:
    """How far the reading is."""

    def __init__(self) -> None:
        self._step: Step | None = None

    def take(self, step: Step) -> None:
        if step.doing == "reading":
            self._step = step

    def __str__(self) -> str:
        return "nothing read yet" if self._step is None else f"{self._step.done:,} of {self._step.total:,} shards read"


def _run(order: Order, steps: Steps, state: _State) -> Finished:
    steps.tell("looking at the inputs")
    wanted = make_order(order.inputs, out=order.out, kind=order.kind, options=order.options)
    finished = find_finished(order.out, wanted)
    if finished is not None:
        return finished
    steps.tell("starting Ray" if order.address is None else "joining the cluster")
    with (
        open_quietly(workers=order.workers, address=order.address) as cluster,
        _under_way(order.address) as under_way,
    ):
        clock = _Clock(under_way.reports)

        def tell(step: Step) -> None:
            state.take(step)
            steps.tell(clock.words(step))

        return run_batch(wanted, order.out, cluster, tell=tell, under_way=under_way.folder)


@contextmanager
def _under_way(address: str | None) -> Iterator[UnderWay]:
    """Count the reports of shards that are not done, where that is shown and the workers are on this machine."""
    with ExitStack() as stack:
        folder = ""
        if address is None and may_show_progress(prints=False):
            with suppress(OSError):  # no room for files that pass: no reason not to read
                folder = stack.enter_context(TemporaryDirectory(prefix="onrecord-", ignore_cleanup_errors=True))
        yield UnderWay(folder)


@contextmanager
def open_quietly(*, workers: int, address: str | None) -> Iterator[Cluster]:
    """Open a cluster that prints nothing among our data, and lets our own way of ending stand."""
    with (
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        redirect_stdout(nowhere),  # where Ray says that a worker has died
        _terminated_by_ray(),
        open_cluster(workers=workers, address=address) as cluster,
        terminable(),  # once more: Ray has an answer to SIGTERM of its own
    ):
        yield cluster


@contextmanager
def _terminated_by_ray() -> Iterator[None]:
    """Take for an interrupt what Ray raises at SIGTERM while it starts, when its own answer to it stands."""
    try:
        yield
    except SystemExit as error:
        raise Terminated from error


class _Clock:
    """How fast reports are read, and how long the shards that are left take, since the first step of this try.

    Args:
        under_way: gives the reports that are read of shards that are not done.
        clock: gives seconds; another one in tests.
    """

    def __init__(self, under_way: Callable[[], int], clock: Callable[[], float] = time.monotonic) -> None:
        self._under_way = under_way
        self._clock = clock
        self._began: float | None = None
        self._first = 0

    def words(self, step: Step) -> str | Callable[[], str]:
        """Return how far a run is; what gives the words, where they change before the next step."""
        if step.doing != "reading":
            return f"{step.doing} {step.done:,} of {step.total:,}"
        now = self._clock()
        if self._began is None:
            self._began, self._first = now, step.done
        seconds, done = now - self._began, step.done - self._first
        left = f", about {shown_time(seconds / done * (step.total - step.done))} left" if done and seconds else ""
        return partial(self._reading, step, left, self._began)

    def _reading(self, step: Step, left: str, began: float) -> str:
        told = f"reading {step.done:,} of {step.total:,} shards"
        reports, seconds = step.reports + self._under_way(), self._clock() - began
        speed = f", {count(reports, 'report')}, {reports / seconds:.1f} a second" if reports and seconds else ""
        return f"{told}{speed}{left}"


def _tell(order: Order, finished: Finished) -> None:
    """Say what could not be read, what became of the rest, and where it is."""
    failures, counts = finished.failures, finished.counts
    for each in failures[:MOST_TOLD]:
        complain(told(each))
    if len(failures) > MOST_TOLD:
        kinds = Counter(each.kind for each in failures[MOST_TOLD:])
        others = ", ".join(f"{number:,} {kind}" for kind, number in sorted(kinds.items()))
        complain(f"and {len(failures) - MOST_TOLD:,} more: {others}; {order.out.rstrip('/')}/failures.jsonl has all")
    before = "was read before: " if finished.was_done else ""
    complain(f"{order.out}: {before}{counted(counts)}")
    if order.as_json:
        print_json({"out": order.out, **counts})


def told(failure: Failure) -> str:
    """Return a failure as one line."""
    tried = f"set aside, tried {'twice' if failure.tries == 2 else f'{failure.tries} times'}: " if failure.tries else ""
    advice = f"; {failure.advice}" if failure.advice else ""
    return f"{failure.where}: {tried}{failure.what}{advice}"


def counted(counts: Mapping[str, int]) -> str:
    """Return the counts of a run as a clause.

    >>> counted({"inputs": 2, "reports": 1, "repeated": 0, "statements": 3, "events": 1, "failures": 0})
    '1 report, 3 statements, 1 event'
    """
    parts = [count(counts[name], name[:-1]) for name in ("reports", "statements", "events")]
    parts += [f"{counts['repeated']:,} repeated"] if counts["repeated"] else []
    parts += [f"{counts['failures']:,} failed"] if counts["failures"] else []
    return ", ".join(parts)
