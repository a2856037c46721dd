"""Answers that go through the whole record, kept until it is written to."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
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
        self._looking = Lock()
        # One of a kind at a time: two that count would only take each other's time, and may well ask the same. Others
        # of another kind, told in a third of the time perhaps, do not wait for them; nor does who asks what is known.
        self._making: defaultdict[str, Lock] = defaultdict(Lock)

    def tell(self, state: str, kind: str, question: Hashable, make: Callable[[], T]) -> T:
        """Return the answer to a question, made once for each state of the record.

        Args:
            state: a word that is another one after every write.
            kind: what sort of question it is; of one sort one is answered at a time.
            question: what is asked, filters included.
            make: makes the answer; what it raises is raised, and nothing kept.

        Raises:
            SlowQuery: another answer is being made for too long.
        """
        if (known := self._find(state, kind, question)) is not None:
            return cast("T", known[0])
        with self._looking:
            making = self._making[kind]
        if not making.acquire(timeout=WAIT_SECONDS):
            raise SlowQuery("others count", advice="try again in a moment")
        try:
            if (known := self._find(state, kind, question)) is not None:
                return cast("T", known[0])
            answer = make()
            self._keep(state, kind, question, answer)
            return answer
        finally:
            making.release()

    def _find(self, state: str, kind: str, question: Hashable) -> tuple[Any] | None:
        """Return the answer that is known; forget what was told of another state."""
        with self._looking:
            if state != self._state:
                self._known.clear()
                self._state = state
            if (kind, question) not in self._known:
                return None
            self._known.move_to_end((kind, question))
            return (self._known[kind, question],)

    def _keep(self, state: str, kind: str, question: Hashable, answer: object) -> None:
        with self._looking:
            if state != self._state:  # written to meanwhile
                return
            self._known[kind, question] = answer
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
