"""One run of ``onrecord load``: progress and messages to standard error, signals to an end in order."""

from __future__ import annotations

import sys
from functools import partial

from onrecord.adding import Counts
from onrecord.batch.loading import load_archive, open_archive
from onrecord.cli.outcomes import end_in_order, tell_outcomes
from onrecord.cli.progress import ReportProgress, may_show_progress
from onrecord.cli.recordfile import open_record
from onrecord.record.opening import kept_if_filled


def run(*, archive: str, path: str, where: str | None, as_json: bool) -> int:
    """Add the reports of an archive to a record; return the exit code.

    Raises:
        BatchError: the folder holds no archive.
        BadQuery: the condition is not understood.
        RecordError: the record can't be opened or written; what was added before is kept.
    """
    return end_in_order(path, partial(_load, archive, path, where), as_json=as_json)


def _load(archive: str, path: str, where: str | None, counts: Counts) -> None:
    with open_archive(archive) as opened:
        total = opened.count(where)  # and so a condition that is not understood makes no record
        progress = ReportProgress(total, stream=sys.stderr, shown=may_show_progress(prints=False))
        with kept_if_filled(path), open_record(path, create=True) as record:
            tell_outcomes(load_archive(record, opened, where=where, counts=counts), record, progress)
