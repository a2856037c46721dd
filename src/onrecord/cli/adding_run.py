"""One run of ``onrecord add``: each outcome to its output, messages to standard error, signals to an end in order."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass

import click
import msgspec

from onrecord.adding import Counts, Kept, add_sources
from onrecord.adding.estimating import count_reports
from onrecord.adding.outcomes import Outcomes, as_builtins
from onrecord.cli.ending import FAILED, code_of, terminable
from onrecord.cli.messages import complain
from onrecord.cli.printing import print_json
from onrecord.cli.progress import ReportProgress, may_show_progress
from onrecord.cli.recordfile import open_record, tell_waiting
from onrecord.errors import RecordError
from onrecord.ingest.options import ReadOptions
from onrecord.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a command was asked to add, to which record, and how."""

    sources: tuple[str, ...]
    path: str
    options: ReadOptions
    jobs: int
    retry: bool
    as_json: bool
    as_jsonl: bool


def run(order: Order) -> int:
    """Add the reports of sources to a record; return the exit code.

    Raises:
        RecordError: the record can't be opened or written; what was added before is kept.
        ModelError: the weights can't be used.
    """
    counts = Counts()
    try:
        with terminable(), open_record(order.path, create=True) as record:
            _add(record, order, counts)
    except KeyboardInterrupt as error:
        complain(f"interrupted; {order.path}: {counts}; the same command again adds the rest")
        return code_of(error)
    except RecordError:
        if counts.written:
            complain(f"{order.path}: {counts}, which is kept")
        raise
    complain(f"{order.path}: {counts}")
    if order.as_json:
        print_json({"record": order.path, **counts.as_dict()})
    return 0 if counts.is_complete else FAILED


def _add(record: Record, order: Order, counts: Counts) -> None:
    shown = may_show_progress(prints=order.as_jsonl)
    progress = ReportProgress(count_reports(order.sources) if shown else None, stream=sys.stderr, shown=shown)
    outcomes = add_sources(
        record, order.sources, options=order.options, jobs=order.jobs, retry=order.retry, counts=counts
    )
    tell_waiting(record, progress.clear)
    try:
        with closing(outcomes):
            for outcome in outcomes:
                _tell(outcome, progress, as_jsonl=order.as_jsonl)
    finally:
        progress.clear()


def _tell(outcome: Outcomes, progress: ReportProgress, *, as_jsonl: bool) -> None:
    if not isinstance(outcome, Kept):
        progress.clear()
        complain(str(outcome))
    if as_jsonl:
        click.echo(msgspec.json.encode(as_builtins(outcome)))
    progress.advance()
