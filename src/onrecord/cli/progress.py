"""How far a long run is: one line on standard error, drawn again and again."""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self, TextIO

# 2 seconds: what ends sooner needs no bar.
QUIET_SECONDS: Final = 2.0
# 10 a second: more often is not seen, and costs.
_REDRAW_SECONDS: Final = 0.1
_BAR_CELLS: Final = 24


class _Line:
    """A line of a run that goes on, on a terminal, from the third second on.

    Args:
        stream: where it is drawn.
        shown: whether it may be drawn at all.
        clock: gives seconds; another one in tests.
    """

    def __init__(self, *, stream: TextIO, shown: bool, clock: Callable[[], float]) -> None:
        self._stream = stream
        self._shown = shown
        self._clock = clock
        self._began = clock()
        self._drawn_at: float | None = None
        self._done = 0

    def clear(self) -> None:
        """Take the line away, so that a message or the end can be written."""
        if self._drawn_at is not None:
            self._drawn_at = None
            _write(self._stream, "")

    def _draw_in_time(self, now: float) -> None:
        if not self._shown or now - self._began < QUIET_SECONDS:
            return
        if self._drawn_at is None or now - self._drawn_at >= _REDRAW_SECONDS:
            self._drawn_at = now
            _write(self._stream, self._words(now))

    def _words(self, now: float) -> str:
        raise NotImplementedError


class Progress(_Line):
    """A bar of sources done, shown only on a terminal and only when the run lasts over two seconds.

    Args:
        total: number of sources.
        stream: where the bar is drawn.
        shown: whether it may be drawn at all.
        clock: gives seconds; another one in tests.
    """

    def __init__(self, total: int, *, stream: TextIO, shown: bool, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(stream=stream, shown=shown, clock=clock)
        self._total = total
        self._reports = 0

    def count_report(self) -> None:
        """Count one more report; a feed or an archive is one source and holds many."""
        self._reports += 1
        self._draw_in_time(self._clock())

    def advance(self) -> None:
        """Count one more source as done and draw the bar if it is time to."""
        self._done += 1
        self._draw_in_time(self._clock())

    def _words(self, now: float) -> str:
        reports = f", {self._reports:,} reports" if self._reports > self._done + 1 else ""
        seconds = (now - self._began) / self._done * (self._total - self._done) if self._done else 0
        left = f", about {shown_time(seconds)} left" if self._done else ""
        return f"{_bar(self._done, self._total)} {self._done} of {self._total} read{reports}{left}"


def _bar(done: int, total: int) -> str:
    filled = _BAR_CELLS * done // max(total, 1)
    return f"[{'#' * filled}{'.' * (_BAR_CELLS - filled)}]"


def _write(stream: TextIO, words: str) -> None:
    """Put words in the place of those that are drawn."""
    stream.write(f"\r\x1b[K{fitting(words, _cells(stream))}")
    stream.flush()


def _cells(stream: TextIO) -> int:
    """Return the width of the terminal; 0 where it has none to tell."""
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return 0


def fitting(words: str, cells: int) -> str:
    """Return words that fit into a line, first without their bar: of a line that wraps only the end can be taken away.

    >>> fitting("[##..] 1 of 2 read", 20), fitting("[##..] 1 of 2 read", 14), fitting("[##..] 1 of 2 read", 8)
    ('[##..] 1 of 2 read', '1 of 2 read', '1 of 2 ')
    """
    if not cells or len(words) < cells:
        return words
    return re.sub(r"^\[[#.]+\] ", "", words)[: cells - 1]


def may_show_progress(*, prints: bool = True) -> bool:
    """Tell whether a bar helps: messages go to a terminal, and nothing is printed there while it is drawn.

    Args:
        prints: whether the command prints to standard output before it is done.
    """
    return sys.stderr.isatty() and not (prints and sys.stdout.isatty())


class Steps:
    """What a run is at, for one whose steps may each take long; drawn by a thread, from the third second on.

    Use as a context manager, which takes the line away.

    Args:
        doing: the word before what is told: ``checking``.
        stream: where the line is drawn.
        shown: whether it may be drawn at all.
        quiet: seconds until it is drawn first.
    """

    def __init__(self, doing: str, *, stream: TextIO, shown: bool, quiet: float = QUIET_SECONDS) -> None:
        self._doing = doing
        self._stream = stream
        self._quiet = quiet
        self._words: str | Callable[[], str] = ""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._draw, daemon=True) if shown else None

    def tell(self, words: str | Callable[[], str]) -> None:
        """Say what comes next; a function is asked for its words each time that they may be drawn."""
        self._words = words

    def __enter__(self) -> Self:
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _draw(self) -> None:
        drawn = None
        wait = self._quiet
        while not self._ended.wait(wait):
            wait = _REDRAW_SECONDS
            told = self._words
            words = told if isinstance(told, str) else told()
            if drawn != words:
                drawn = words
                _write(self._stream, f"{self._doing} {drawn}")
        if drawn is not None:
            _write(self._stream, "")


_RATE_SECONDS: Final = 30.0
"""The rate is that of so many seconds: reports that are known already pass by much faster than those that are read."""


class ReportProgress(_Line):
    """How many reports are done, how many a second, and how long the rest takes; as quiet as :class:`Progress`.

    Args:
        total: number of reports; None where it can't be told before.
        stream: where the line is drawn.
        shown: whether it may be drawn at all.
        clock: gives seconds; another one in tests.
    """

    def __init__(
        self, total: int | None, *, stream: TextIO, shown: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(stream=stream, shown=shown, clock=clock)
        self._total = total
        self._looks: deque[tuple[float, int]] = deque()

    def advance(self) -> None:
        """Count one more report as done and draw the line if it is time to."""
        self._done += 1
        now = self._clock()
        if not self._looks:  # what came before the first report was the start of the readers
            self._looks.append((now, self._done))
        self._draw_in_time(now)

    def _rate(self, now: float) -> float:
        self._looks.append((now, self._done))
        while len(self._looks) > 2 and self._looks[1][0] <= now - _RATE_SECONDS:
            self._looks.popleft()
        since, done = self._looks[0]
        return (self._done - done) / max(now - since, _REDRAW_SECONDS)

    def _words(self, now: float) -> str:
        rate = self._rate(now)
        speed = f", {rate:.1f} a second" if rate else ""
        if self._total is None or self._total < self._done:
            return f"{self._done:,} reports{speed}"
        left = f", about {shown_time((self._total - self._done) / rate)} left" if rate else ""
        return f"{_bar(self._done, self._total)} {self._done:,} of {self._total:,} reports{speed}{left}"


def shown_time(seconds: float) -> str:
    """Return a time as one reads it from a clock: no more precise than it is known.

    >>> shown_time(48), shown_time(700), shown_time(9000)
    ('48 s', '12 min', '2 h 30 min')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
