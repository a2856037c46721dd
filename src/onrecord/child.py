"""A process of ours beside this one: a bare interpreter that is asked over its pipes, and ended when it is late.

``multiprocessing`` would import the caller's main module again (a script without a guard starts itself for ever). What
goes over the pipes is up to who asks: messages of known shapes, not pickles, so that a child that its input took over
can't reach the parent through them.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO, Final, TypeVar

import msgspec

COUNTS_TIME: Final = hasattr(signal, "setitimer")
"""Whether a child can be held to its processor time; on Windows there is only the clock."""
_END_SECONDS: Final = 10.0
"""For a child that has closed its pipe to be gone, and to leave its code: the system may write a core file first."""

Answer = TypeVar("Answer")


class ChildGone(Exception):
    """A child ended instead of answering, or never began; its words go on from "the child"."""


class Child:
    """A process that runs a piece of Python; for one thread at a time, but for :meth:`kill`.

    Raises:
        ChildGone: there is no such interpreter any more, or no memory or number left for a process.
    """

    def __init__(self, code: str) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
                # -P: without it, a module that lies in the folder where we are run would be taken for one of ours.
                [sys.executable, "-P", "-c", code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(folder or os.curdir for folder in sys.path)},
                start_new_session=True,  # an interrupt from the keyboard is the parent's to handle
            )
        except OSError as error:
            raise ChildGone(f"can't be started ({sys.executable}: {error.strerror})") from error

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """What it ended with; None while it runs."""
        return self._process.poll()

    @property
    def pipe(self) -> BinaryIO:
        """What the child reads."""
        return _pipe(self._process.stdin)

    def ask(self, talk: Callable[[BinaryIO, BinaryIO], Answer], *, seconds: float, too_late: str) -> Answer:
        """Write to the child and read its answer; a child that gives none is ended.

        Args:
            talk: writes to the first pipe, reads from the second.
            seconds: by the clock, after which it is killed.
            too_late: the cause of its end then, and where it used up :func:`limit_time`.

        Raises:
            ChildGone: it died, was late, or said what can't be read.
        """
        late = threading.Event()
        timer = threading.Timer(seconds, self._end_late, (late,))
        timer.daemon = True
        timer.start()
        try:
            return talk(self.pipe, _pipe(self._process.stdout))
        except (OSError, EOFError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            code = self._death()
            self.close()
            raise ChildGone(too_late if late.is_set() or _is_spent(code) else _cause_of_death(code)) from error
        finally:
            timer.cancel()

    def kill(self) -> None:
        """End the process, from whatever thread."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """End the process and close its pipes."""
        self.kill()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # unsent bytes for a child that is gone
                _pipe(stream).close()

    def _end_late(self, late: threading.Event) -> None:
        late.set()
        self._process.kill()

    def _death(self) -> int:
        """Return the code that the child ends with; one that babbles or has closed its pipe and goes on is killed."""
        try:
            return self._process.wait(timeout=_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()


def _is_spent(code: int) -> bool:
    return COUNTS_TIME and code == -signal.SIGPROF


def _cause_of_death(code: int) -> str:
    return f"died of signal {-code}" if code < 0 else f"ended with code {code}"


def _pipe(stream: object) -> BinaryIO:
    assert stream is not None  # Popen was given pipes
    return stream  # type: ignore[return-value]  # a pipe is BinaryIO


# --- in the child -----------------------------------------------------------------------------


def take_streams() -> tuple[BinaryIO, BinaryIO]:
    """Return the standard streams for messages; what a library prints must not be taken for one."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    return source, sink


def limit_time(seconds: float) -> None:
    """Have this process ended when it has computed for so long from now on; 0 lifts that. Nothing on Windows."""
    if COUNTS_TIME:
        signal.setitimer(signal.ITIMER_PROF, seconds)


def limit_memory(allowed: int) -> None:
    """Bound the address space that this process may take beyond what it has, lifting no bound; nothing on Windows."""
    try:
        import resource  # Windows has none
    except ImportError:
        return
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - a pseudo-file
            in_use = int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        in_use = 0  # not Linux; the limit then includes what the interpreter itself takes
    limit, (known, _) = in_use + allowed, resource.getrlimit(resource.RLIMIT_AS)
    if known == resource.RLIM_INFINITY or limit < known:  # else whoever started us (`ulimit -v`, say) allows less
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
