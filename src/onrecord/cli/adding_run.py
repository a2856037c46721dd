"""One run of ``onrecord add``: each outcome to its output, messages to standard error, signals to an end in order."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial

from onrecord.adding import Counts, add_sources
from onrecord.adding.estimating import count_reports
from onrecord.cli.outcomes import end_in_order, tell_outcomes
from onrecord.cli.progress import ReportProgress, may_show_progress
from onrecord.cli.recordfile import open_record
from onrecord.ingest.options import ReadOptions
from onrecord.record.opening import kept_if_filled


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
    return end_in_order(order.path, partial(_add, order), as_json=order.as_json)


def _add(order: Order, counts: Counts) -> None:
    with kept_if_filled(order.path), open_record(order.path, create=True) as record:
        shown = may_show_progress(prints=order.as_jsonl)
        progress = ReportProgress(count_reports(order.sources) if shown else None, stream=sys.stderr, shown=shown)
        outcomes = add_sources(
            record, order.sources, options=order.options, jobs=order.jobs, retry=order.retry, counts=counts
        )
        tell_outcomes(outcomes, record, progress, as_jsonl=order.as_jsonl)
