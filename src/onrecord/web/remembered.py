"""Answers that go through the whole record, kept until it is written to."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar, cast

from onrecord.errors import SlowQuery

T = TypeVar("T")

KEPT: Final = 32
WAIT_SECONDS: Final = 20.0
"""How long a request waits for another's counting."""


class Remembered:
    """What was told of one state of the record, the latest asked for kept longest; for any number of threads."""

    def __init__(self) -> None:
        self._state = ""
        self._known: OrderedDict[Hashable, Any] = OrderedDict()
        # One at a time: two that count would only take each other's time, and may well ask the same.
        self._making = Lock()

    def tell(self, state: str, question: Hashable, make: Callable[[], T]) -> T:
        """Return the answer to a question, made once for each state of the record.

        Args:
            state: a word that is another one after every write.
            question: what is asked, filters included.
            make: makes the answer; what it raises is raised, and nothing kept.

        Raises:
            SlowQuery: another answer is being made for too long.
        """
        if not self._making.acquire(timeout=WAIT_SECONDS):
            raise SlowQuery("others count", advice="try again in a moment")
        try:
            if state != self._state:
                self._known.clear()
                self._state = state
            if question not in self._known:
                self._known[question] = make()
            self._known.move_to_end(question)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
            return cast("T", self._known[question])
        finally:
            self._making.release()
