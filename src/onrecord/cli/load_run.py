"""One run of ``onrecord load``: progress and messages to standard error, signals to an end in order."""

from __future__ import annotations

import sys
from contextlib import closing

from onrecord.adding import Counts, Kept
from onrecord.batch.loading import load_archive, open_archive
from onrecord.cli.ending import FAILED, code_of, terminable
from onrecord.cli.messages import complain
from onrecord.cli.printing import print_json
from onrecord.cli.progress import ReportProgress, may_show_progress
from onrecord.cli.recordfile import open_record, tell_waiting
from onrecord.errors import RecordError


def run(*, archive: str, path: str, where: str | None, as_json: bool) -> int:
    """Add the reports of an archive to a record; return the exit code.

    Raises:
        BatchError: the folder holds no archive.
        BadQuery: the condition is not understood.
        RecordError: the record can't be opened or written; what was added before is kept.
    """
    counts = Counts()
    try:
        with terminable():
            _load(archive, path, where, counts)
    except KeyboardInterrupt as error:
        complain(f"interrupted; {path}: {counts}; the same command adds the rest")
        return code_of(error)
    except RecordError:
        if counts.written:
            complain(f"{path}: {counts}, which is kept")
        raise
    complain(f"{path}: {counts}")
    if as_json:
        print_json({"record": path, **counts.as_dict()})
    return 0 if counts.is_complete else FAILED


def _load(archive: str, path: str, where: str | None, counts: Counts) -> None:
    with open_archive(archive) as opened:
        total = opened.count(where)  # and so a condition that is not understood makes no record
        progress = ReportProgress(total, stream=sys.stderr, shown=may_show_progress(prints=False))
        with (
            open_record(path, create=True) as record,
            closing(load_archive(record, opened, where=where, counts=counts)) as outcomes,
        ):
            tell_waiting(record, progress.clear)
            try:
                for outcome in outcomes:
                    if not isinstance(outcome, Kept):
                        progress.clear()
                        complain(str(outcome))
                    progress.advance()
            finally:
                progress.clear()
