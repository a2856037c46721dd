"""What ``add`` and ``load`` say while reports go into a record, and how they end."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from typing import Final

from onrecord.adding import Counts, Kept
from onrecord.adding.outcomes import Outcomes, as_builtins
from onrecord.cli.ending import FAILED, code_of, terminable
from onrecord.cli.messages import complain
from onrecord.cli.printing import print_json, print_json_line
from onrecord.cli.progress import ReportProgress
from onrecord.cli.recordfile import tell_waiting
from onrecord.errors import RecordError
from onrecord.record import Record

MOST_WARNED: Final = 20
"""Reports whose warnings are told one by one: a crawl may have one on each page."""


def end_in_order(path: str, add: Callable[[Counts], None], *, as_json: bool) -> int:
    """Add to a record, say what became of how many reports, however it ends, and return the exit code.

    Args:
        path: of the record.
        add: does it, and counts.
        as_json: print the counts.

    Raises:
        RecordError: the record can't be opened or written; what was added before is kept.
    """
    counts = Counts()
    try:
        with terminable():
            add(counts)
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


def tell_outcomes(
    outcomes: Generator[Outcomes, None, None], record: Record, progress: ReportProgress, *, as_jsonl: bool = False
) -> None:
    """Say of each report what became of it, where it is not kept, or what was not understood; print all if so asked."""
    tell_waiting(record, progress.clear)
    warned = 0
    try:
        with closing(outcomes):
            for outcome in outcomes:
                if not isinstance(outcome, Kept):
                    progress.clear()
                    complain(str(outcome))
                elif outcome.warnings and outcome.outcome != "skipped":
                    warned += 1
                    if warned <= MOST_WARNED:
                        progress.clear()
                        complain(f"{outcome.origin}: warning: {'; '.join(outcome.warnings)}")
                if as_jsonl:
                    print_json_line(as_builtins(outcome))
                progress.advance()
    finally:
        progress.clear()
        if warned > MOST_WARNED:
            complain(f"{warned - MOST_WARNED:,} more with a warning; onrecord show ID, and --jsonl, have those of each")
