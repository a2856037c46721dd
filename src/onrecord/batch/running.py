"""One run over archives: named, cut, read, folded, stated; what an earlier try of it did is not done again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from uuid import uuid4

import msgspec

from onrecord.adding import workers as adding
from onrecord.batch.cluster import Cluster
from onrecord.batch.cutting import Scan, cut, grain, pack, plan_scans, scan
from onrecord.batch.folding import Part, Share, Written, cells_of, find_repeated, plan_parts, plan_shares, write_part
from onrecord.batch.inputs import Input, Kind, list_inputs
from onrecord.batch.manifest import as_json, as_lines, failures_of, make_manifest
from onrecord.batch.places import PART, Place, ask, check_name, find_place, is_remote, unwritable
from onrecord.batch.plan import FORMAT, HOME, Failure, Homes, Order, Plan, Shard, check_same, find_plan, plan_place
from onrecord.batch.shards import Mark, ShardReader, Task, to_failure
from onrecord.batch.tables import TABLES
from onrecord.batch.underway import UnderWay
from onrecord.errors import BatchError, OnrecordError, SourceError, Unreachable
from onrecord.ingest.options import ReadOptions
from onrecord.model.manifest import model_folder, read_manifest
from onrecord.reading import Reader
from onrecord.settings import DEFAULTS, Settings
from onrecord.version import VERSION

FEW_BYTES: Final = 134_217_728
"""Of inputs that are cut in this process: in less time than Ray takes to start workers."""
FEW_ROWS: Final = 200_000
"""Of tables that are folded in this process."""
MOST_UNREAD: Final = 5
"""Inputs that can't be reached, which are told one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far a run is."""

    doing: str
    """``cutting``, ``reading`` or ``folding``."""
    done: int
    total: int
    reports: int = 0
    """Read so far in this try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A run that is complete."""

    counts: dict[str, int]
    """As the manifest has them."""
    failures: tuple[Failure, ...]
    was_done: bool
    """Whether an earlier try did all of it."""


Tell = Callable[[Step], None]


def make_order(
    names: Iterable[str],
    *,
    out: str | None = None,
    kind: Kind | None = None,
    options: ReadOptions | None = None,
    settings: Settings = DEFAULTS,
    reader: Reader | None = None,
) -> Order:
    """Return what is to be read of inputs, by whom and how.

    Args:
        names: files, folders and patterns, here or in a store.
        out: the output folder, of which nothing is an input.
        kind: what all of them are; None tells it from each.
        options: what is known of the inputs beside their names.
        settings: the limits.
        reader: who reads; the model of the package if None.

    Raises:
        BatchError: there is nothing that could be read, or an option is no text or not for so many inputs.
        Unreachable: a store does not answer.
        ModelError: the weights can't be used.
    """
    options = options or ReadOptions()
    try:
        msgspec.json.encode(options)
    except UnicodeEncodeError as error:
        raise BatchError("an option is not in UTF-8", advice="write it again") from error
    found = list_inputs(names, kind=kind, out=out)
    inputs = tuple(each for each in found if isinstance(each, Input))
    missing = tuple(to_failure(each) for each in found if isinstance(each, SourceError))
    if not inputs:
        raise BatchError(
            f"nothing to read: {'; '.join(f'{each.where}: {each.what}' for each in missing[:MOST_UNREAD])}"
            if missing
            else "nothing to read",
            advice="check the names",
        )
    if options.url is not None and len(inputs) > 1:
        raise BatchError("one address was given for several inputs", advice="leave --url out")
    return Order(
        format=FORMAT,
        reader=reader or shipped_reader(),
        inputs=inputs,
        missing=missing,
        options=options,
        settings=settings,
        grain=grain(inputs),
    )


def shipped_reader() -> Reader:
    """Return who reads in the worker processes of this package."""
    if adding.CHILD == _SHIPPED:  # not so in tests, which have others read
        return Reader(version=VERSION, model=read_manifest(model_folder()).version)
    with adding.Workers(1, DEFAULTS, child=adding.CHILD) as other:
        return other.reader()


_SHIPPED: Final = adding.CHILD


def find_finished(out: str, order: Order) -> Finished | None:
    """Return the run that an output folder holds, if it is complete; None if there is something to do.

    Raises:
        BatchError: the folder holds another run, or something else.
        SourceError: its name is no text.
        Unreachable: its store does not answer.
    """
    check_name(out)
    homes = Homes(find_place(out))
    plan = ask(out, partial(find_plan, homes.out))
    if plan is None:
        return None
    check_same(plan.order, order, homes.out)
    if not homes.manifest.exists():
        return None
    counts = msgspec.json.decode(homes.manifest.read(), type=dict[str, Any])["counts"]
    lines = homes.failures.read().splitlines()
    failures = tuple(msgspec.json.decode(line, type=Failure) for line in lines)
    return Finished(counts=counts, failures=failures, was_done=True)


def run_batch(
    order: Order, out: str, cluster: Cluster, *, tell: Tell = lambda _: None, under_way: str = ""
) -> Finished:
    """Read inputs into an output folder, or do what is left of that.

    Killed at any moment, the same call does the rest; the output is the same, byte for byte, with any number of
    workers.

    Args:
        order: what to read.
        out: a folder, here or in a store, that is new, empty, or of the same order.
        cluster: what the work is done on.
        tell: is told how far it is.
        under_way: an empty folder of this machine, in which workers on it note how many reports they have read of
            shards that are not done; see :class:`~onrecord.batch.underway.UnderWay`.

    Raises:
        BatchError: the folder holds another run or something else, can't be written, or Ray gave up.
        Unreachable: an input is gone, or a store does not answer; what is read is kept.
        ModelError: the weights can't be used, or a node of the cluster has others.
    """
    homes = Homes(find_place(out))
    finished = find_finished(out, order)
    if finished is not None:
        _sweep(homes.out)
        return finished
    try:
        _sweep(homes.out)
        plan = find_plan(homes.out) or _make_plan(order, homes.out, cluster, tell)
        marks = _read(plan, homes, cluster, tell, UnderWay(under_way))
        return _fold(plan, marks, homes, cluster, tell)
    except OnrecordError:
        raise
    except Exception as error:
        if isinstance(error, OSError) or is_remote(out):  # stores raise errors of all kinds
            raise unwritable(homes.out, error) from error
        raise


# ---- cutting -------------------------------------------------------------------------------------------------


class _Scanned(msgspec.Struct):
    input: Input
    part: Scan
    size: int
    places: list[tuple[int, int]] = []


def _make_plan(order: Order, out: Place, cluster: Cluster, tell: Tell) -> Plan:
    parts = plan_scans(order.inputs, order.grain)
    items = [
        msgspec.json.encode(_Scanned(input=order.inputs[part.input], part=part, size=order.grain)) for part in parts
    ]
    found = []
    few = sum(part.stop - part.start for part in parts) < FEW_BYTES
    for done, answer in enumerate(cluster.map(_scan, items, here=few), 1):
        scanned = msgspec.json.decode(answer, type=_Scanned)
        found.append((scanned.part, scanned.places))
        tell(Step(doing="cutting", done=done, total=len(items)))
    shards = pack(cut(order.inputs, found), order.grain)
    plan = Plan(order=order, shards=tuple(Shard(number=n, pieces=pieces) for n, pieces in enumerate(shards)))
    plan_place(out).write(msgspec.json.encode(plan))
    return plan


def _scan(item: bytes) -> bytes:
    asked = msgspec.json.decode(item, type=_Scanned)
    return msgspec.json.encode(
        _Scanned(input=asked.input, part=asked.part, size=asked.size, places=scan(asked.input, asked.part, asked.size))
    )


# ---- reading -------------------------------------------------------------------------------------------------


class _Asked(msgspec.Struct):
    shard: Shard
    inputs: list[Input]


class _Answered(msgspec.Struct):
    number: int
    mark: Mark | None = None
    unreached: tuple[str, str, str] | None = None


class ReadingWorker:
    """A :class:`ShardReader` as the cluster has it."""

    def __init__(self, task: bytes) -> None:
        self._reader = ShardReader(task)

    def close(self) -> None:
        """End the processes that read; those of a worker that is killed end by themselves."""
        self._reader.close()

    def work(self, item: bytes) -> bytes:
        """Read one shard; say what was in it, or what could not be reached."""
        asked = msgspec.json.decode(item, type=_Asked)
        try:
            answer = _Answered(number=asked.shard.number, mark=self._reader.read(asked.shard, asked.inputs))
        except Unreachable as error:
            answer = _Answered(number=asked.shard.number, unreached=(error.what, error.where, error.advice))
        return msgspec.json.encode(answer)


def _read(plan: Plan, homes: Homes, cluster: Cluster, tell: Tell, under_way: UnderWay) -> list[Mark]:
    """Read the shards that have no mark; return the marks of all."""
    there = set(homes.shards.names())
    marks: dict[int, Mark] = {
        shard.number: msgspec.json.decode(homes.mark(shard).read(), type=Mark)
        for shard in plan.shards
        if f"{shard.name}.json" in there
    }
    left = [shard for shard in plan.shards if shard.number not in marks]
    items = [msgspec.json.encode(_Asked(shard, [plan.order.inputs[p.input] for p in shard.pieces])) for shard in left]
    task = Task(
        out=homes.out.name,
        reader=plan.order.reader,
        options=plan.order.options,
        settings=plan.order.settings,
        child=adding.CHILD,
        run=uuid4().hex,
        under_way=under_way.folder,
    )
    tell(Step(doing="reading", done=len(marks), total=len(plan.shards)))
    unreached: dict[str, Unreachable] = {}
    reports = 0
    if items:
        for answer in cluster.map_in_actors(ReadingWorker, msgspec.json.encode(task), items):
            answered = msgspec.json.decode(answer, type=_Answered)
            if answered.mark is not None:
                marks[answered.number] = answered.mark
                reports += answered.mark.reports
                under_way.done(plan.shards[answered.number])
            elif answered.unreached is not None:
                what, where, advice = answered.unreached
                unreached.setdefault(where, Unreachable(what, where=where, advice=advice))
            tell(Step(doing="reading", done=len(marks), total=len(plan.shards), reports=reports))
    if unreached:
        raise _not_all(list(unreached.values()), len(plan.shards) - len(marks))
    return [marks[shard.number] for shard in plan.shards]


def _not_all(errors: Sequence[Unreachable], left: int) -> Unreachable:
    first = errors[0]
    others = f" and {len(errors) - 1:,} more inputs" if len(errors) > 1 else ""
    return Unreachable(
        f"{first.what}{others}; {left:,} shards are not read",
        where=first.where,
        advice="run it again: what is read is kept",
    )


# ---- folding -------------------------------------------------------------------------------------------------


class _ToCompare(msgspec.Struct):
    out: str
    share: Share


class _ToWrite(msgspec.Struct):
    out: str
    part: Part


def _find_repeated(item: bytes) -> bytes:
    asked = msgspec.json.decode(item, type=_ToCompare)
    return msgspec.json.encode(find_repeated(asked.out, asked.share))


def _write_part(item: bytes) -> bytes:
    asked = msgspec.json.decode(item, type=_ToWrite)
    return msgspec.json.encode(write_part(asked.out, asked.part))


def _fold(plan: Plan, marks: Sequence[Mark], homes: Homes, cluster: Cluster, tell: Tell) -> Finished:
    """Make the output of what the shards hold, state it, and take the shards away."""
    out = homes.out.name
    for table in TABLES:  # of a try that did not come to its end
        homes.out.child(table).remove()
    cells = cells_of(plan.shards, marks)
    asked = [msgspec.json.encode(_ToCompare(out, share)) for share in plan_shares(cells)]
    few = sum(cell.rows for found in cells.values() for cell in found) < FEW_ROWS
    repeated: defaultdict[str, list[str]] = defaultdict(list)
    for answer in cluster.map(_find_repeated, asked, here=few):
        for shard, documents in msgspec.json.decode(answer, type=dict[str, list[str]]).items():
            repeated[shard] += documents
    parts = [msgspec.json.encode(_ToWrite(out, part)) for part in plan_parts(cells, repeated)]
    files: list[Written] = []
    for answer in cluster.map(_write_part, parts, here=few):
        files.append(msgspec.json.decode(answer, type=Written))
        tell(Step(doing="folding", done=len(files), total=len(parts)))
    files = sorted((each for each in files if each.rows), key=lambda each: each.path)
    failures = failures_of(plan.order, marks)
    manifest = make_manifest(plan.order, marks, failures, files, sum(map(len, repeated.values())))
    homes.failures.write(as_lines(failures))
    homes.manifest.write(as_json(manifest))
    _sweep(homes.out)
    return Finished(counts=manifest["counts"], failures=tuple(failures), was_done=False)


def _sweep(out: Place) -> None:
    """Take away what tries that were killed have left half-written, and the shards of a run that is complete."""
    for place in (out, out.child(HOME)):
        for name in place.names():
            if name.endswith(PART):
                place.child(name).remove()
    if Homes(out).manifest.exists():
        Homes(out).shards.remove()
