"""Whether an error over a record is the record's, or ours.

SQLite tells of a broken page, but not of a byte that is another one within a cell: that makes a fraction of a number,
or nothing of a name, and Python stumbles over it anywhere. Then the record is checked. If something is wrong with it,
the user is told so; if nothing is, the error is a fault of the program, and goes on as it is.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from onrecord.errors import DamagedRecord, OnrecordError
from onrecord.record.checking import check_record
from onrecord.record.opening import open_record, told_by_sqlite

CHECK_SECONDS: Final = 3.0
"""How long a record is checked after an error: enough for the cells of a million statements."""
_OPERATIONS: Final = 10_000
"""Of SQLite's machine, between two looks at the clock."""
_CHECKED: Final = "_onrecord_checked"
"""The attribute of an error that names the record that was checked for it: it passes through several of us."""


@contextmanager
def translated(where: str | Path) -> Iterator[None]:
    """Turn what a record makes SQLite or Python raise into an error that says what to do.

    Args:
        where: the record's file.

    Raises:
        RecordError: the record can't be used so; :class:`DamagedRecord` where its cells are not as they should be.
    """
    try:
        with told_by_sqlite(where):
            yield
    except (OnrecordError, OSError):  # a full disk or a closed pipe is not the record's, whatever is wrong with it
        raise
    except Exception as error:
        damage = damage_behind(error, where)
        if damage is None:
            raise
        raise damage from error


def damage_behind(error: Exception, path: str | Path) -> DamagedRecord | None:
    """Return what to tell of an unexpected error where the record is damaged; None where nothing is found in a while.

    Args:
        error: what was raised while the record was used.
        path: the record's file.
    """
    if getattr(error, _CHECKED, None) == str(path):
        return None
    if not _is_damaged(path):
        setattr(error, _CHECKED, str(path))
        return None
    what = f"damaged: its rows do not fit each other ({type(error).__name__})"
    return DamagedRecord(what, where=str(path), advice=f"run: onrecord check-record {path}")


def _is_damaged(path: str | Path) -> bool:
    """Tell whether anything is found wrong with a record in a short time."""
    until = time.monotonic() + CHECK_SECONDS

    def stop_in_time(_: str) -> None:
        if time.monotonic() > until:
            raise TimeoutError

    try:
        with told_by_sqlite(path), closing(open_record(path, read_only=True)) as connection:
            connection.set_progress_handler(lambda: time.monotonic() > until, _OPERATIONS)
            return any(True for _ in check_record(connection, stop_in_time))
    except DamagedRecord:
        return True
    except (OnrecordError, TimeoutError):
        return False
