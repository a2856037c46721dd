"""Ray, as this package uses it: started here or joined, quiet, sending nothing, and one function to map over items.

Ray Data decides which worker does what, hands items on, starts a worker again that has died, and gives it the same item
once more. Items and answers are JSON, so that neither depends on Ray's own forms.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from onrecord import errors
from onrecord.batch.places import needs_batch, reason_of
from onrecord.cores import CORES
from onrecord.errors import BatchError, OnrecordError

if TYPE_CHECKING:
    import pyarrow as pa

STORE_BYTES: Final = 268_435_456
"""Memory that Ray may keep items and answers in, of a cluster on one machine; both are small."""
ITEM: Final = "item"
ANSWER: Final = "answer"
ERROR: Final = "error"


class Worker(Protocol):
    """What works on items in a process of its own."""

    def work(self, item: bytes) -> bytes:
        """Answer one item."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A Ray that runs."""

    workers: int
    """How many items are worked on at once."""

    def map_in_actors(self, make: Callable[..., Worker], argument: bytes, items: Sequence[bytes]) -> Iterator[bytes]:
        """Yield the answers to items, in any order, of workers that each were made once.

        Args:
            make: a class that is made of ``argument``; one in each process.
            argument: what each is made of.
            items: what they are given, one at a time.

        Raises:
            OnrecordError: what the workers raise.
            BatchError: workers died again and again, or the cluster is gone.
        """
        from ray.data import ActorPoolStrategy

        # One at a time: an item that waits at a worker waits although another one is free.
        pool = ActorPoolStrategy(size=min(self.workers, len(items)), max_tasks_in_flight_per_actor=1)
        arguments = (make, argument, os.getcwd())  # noqa: PTH109 - it goes to another process
        rows = _rows(items).map(_Actor, fn_constructor_args=arguments, compute=pool, num_cpus=1)
        yield from _answers(rows)

    def map(self, work: Callable[[bytes], bytes], items: Sequence[bytes], *, here: bool = False) -> Iterator[bytes]:
        """Yield the answers to items, in any order, of a function.

        Args:
            work: the function.
            items: what it is given, one at a time.
            here: work in this process: for items that take less time than Ray to hand them on.

        Raises:
            OnrecordError: what the function raises.
            BatchError: the cluster is gone.
        """
        if here:
            yield from map(work, items)
        elif items:
            yield from _answers(_rows(items).map(_Function(work, os.getcwd()), num_cpus=1))  # noqa: PTH109 - as above

    def regroup(
        self,
        read: Callable[[bytes], pa.Table],
        items: Sequence[bytes],
        steps: Sequence[tuple[str, Callable[[pa.Table], pa.Table]]],
        *,
        here: bool = False,
    ) -> Iterator[pa.Table]:
        """Yield tables that are made of what items hold by bringing together, again and again, what belongs together.

        Args:
            read: makes a table of an item.
            items: what it is given.
            steps: a column and a function each: rows of one value in the column are brought together, and the function
                makes another table of them.
            here: work in this process.

        Raises:
            OnrecordError: what the functions raise.
            BatchError: the cluster is gone.
        """
        if here:
            yield from _regrouped([read(item) for item in items], steps)
            return
        rows = _rows(items).map_batches(_Reader(read), batch_size=1, batch_format="pyarrow", num_cpus=1)
        for column, work in steps:
            rows = rows.groupby(column, num_partitions=self.workers).map_groups(work, batch_format="pyarrow")
        with _translated():
            yield from rows.iter_batches(batch_size=None, batch_format="pyarrow")


def _regrouped(
    tables: Sequence[pa.Table], steps: Sequence[tuple[str, Callable[[pa.Table], pa.Table]]]
) -> Sequence[pa.Table]:
    import pyarrow as pa
    from pyarrow import compute

    for column, work in steps:
        rows = pa.concat_tables(tables)
        values = sorted(set(rows[column].to_pylist()))
        tables = [work(rows.filter(compute.equal(rows[column], value))) for value in values]
        if not tables:
            return []
    return tables


@contextmanager
def open_cluster(*, workers: int = 0, address: str | None = None) -> Iterator[Cluster]:
    """Start Ray on this machine, or join the cluster at an address, for the length of a ``with`` block.

    One that this process has started already is used, and left running.

    Args:
        workers: how many items are worked on at once; 0, one for each core.
        address: of a cluster's head, such as ``10.0.0.5:6379``, or ``auto`` on one of its nodes.

    Raises:
        MissingExtra: Ray is not installed.
        BatchError: it can't be started, or there is no cluster there.
    """
    ray = _load()
    started = not ray.is_initialized()
    if started:
        _start(ray, workers, address)
    try:
        yield Cluster(workers or max(1, int(ray.cluster_resources().get("CPU", 1)) - (address is None)))
    finally:
        if started:
            ray.shutdown()


def _load() -> Any:
    # Read when Ray is imported: it would tell its makers of each cluster, and print on the terminal.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_DATA_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # all of it goes to files
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise needs_batch("onrecord batch runs on Ray") from error
    return ray


def _start(ray: Any, workers: int, address: str | None) -> None:
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.ERROR)
    quiet: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
    here: dict[str, Any] = {
        "address": "local",
        # One core more than there are workers: what cuts and folds need not wait for a place.
        "num_cpus": (workers or CORES) + 1,
        "include_dashboard": False,
        "object_store_memory": STORE_BYTES,
        "_node_ip_address": "127.0.0.1",  # nobody else's business
    }
    try:
        with _silence():
            ray.init(**quiet, **(here if address is None else {"address": address}))
    except UnicodeEncodeError as error:  # it hands on the command line, and the folder
        what = "Ray can't be started: a name on the command line, or of the folder that it is in, is not in UTF-8"
        raise BatchError(what, advice="rename it, or name the folder that it lies in") from error
    except Exception as error:  # Ray raises errors of many kinds
        what = f"Ray can't be started ({reason_of(error)})" if address is None else f"no Ray there ({reason_of(error)})"
        advice = "try again" if address is None else "check --address: HOST:6379 of the cluster's head"
        raise BatchError(what, where=address or "", advice=advice) from error
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.enable_operator_progress_bars = False


@contextmanager
def _silence() -> Iterator[None]:
    """Keep from standard error what Ray's libraries in C++ write there by themselves, whatever they are told."""
    try:
        kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # a process without standard error
        yield
        return
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _rows(items: Sequence[bytes]) -> Any:
    import ray.data

    return ray.data.from_items([{ITEM: item} for item in items], override_num_blocks=len(items))


def _answers(rows: Any) -> Iterator[bytes]:
    with _translated():
        for row in rows.iter_rows():
            yield _take(row)


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what Ray raises into an error that says what to do."""
    import ray.exceptions

    try:
        yield
    except OnrecordError:
        raise
    except ray.exceptions.RayError as error:
        advice = "run it again: what is done is kept"
        raise BatchError(f"Ray gave up ({reason_of(error)})", advice=advice) from error


def _answer(work: Callable[[bytes], bytes], item: bytes) -> dict[str, Any]:
    """Return an answer as a row; an error of ours as what it says, for Ray would wrap it in many of its own."""
    try:
        return {ANSWER: work(item), ERROR: ""}
    except OnrecordError as error:
        said = (type(error).__name__, error.what, error.where, error.advice)
        return {ANSWER: b"", ERROR: json.dumps(said)}


def _take(row: dict[str, Any]) -> bytes:
    """Return the answer of a row.

    Raises:
        OnrecordError: what the worker raised.
    """
    if row[ERROR]:
        name, what, where, advice = json.loads(row[ERROR])
        raise getattr(errors, name, OnrecordError)(what, where=where, advice=advice)
    return bytes(row[ANSWER])


class _Actor:
    """A worker as Ray Data has it: called with a row, gives a row."""

    def __init__(self, make: Callable[[bytes], Worker], argument: bytes, folder: str) -> None:
        _enter(folder)
        self._worker = make(argument)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        return _answer(self._worker.work, row[ITEM])


class _Reader:
    """A function of one item that makes a table, as Ray Data has it."""

    def __init__(self, read: Callable[[bytes], pa.Table]) -> None:
        self._read = read

    def __call__(self, rows: pa.Table) -> pa.Table:
        return self._read(rows[ITEM][0].as_py())


class _Function:
    """A function as Ray Data has it."""

    def __init__(self, work: Callable[[bytes], bytes], folder: str) -> None:
        self._work = work
        self._folder = folder

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        _enter(self._folder)
        return _answer(self._work, row[ITEM])


def _enter(folder: str) -> None:
    """Go to where the run was begun, so that names of files are understood; a node may lack it, and need none."""
    with suppress(OSError):
        os.chdir(folder)
