"""How a command ends: its exit codes, and signals that end a long run in order."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

FAILED: Final = 1
# 128 and the number of the signal, as shells count: SIGINT is 2, SIGPIPE 13, SIGTERM 15.
INTERRUPTED: Final = 130
BROKEN_PIPE: Final = 141
TERMINATED: Final = 143


class Terminated(KeyboardInterrupt):
    """SIGTERM came: an interrupt of another number."""


@contextmanager
def terminable() -> Iterator[None]:
    """Let SIGTERM end a run in order, as Ctrl-C does."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise Terminated

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def code_of(interrupt: KeyboardInterrupt) -> int:
    """Return the exit code of a run that was interrupted."""
    return TERMINATED if isinstance(interrupt, Terminated) else INTERRUPTED
