"""The cues of statements as triggers: who accuses, demands or praises is whoever the statement's source names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.document import Span
from onrecord.reading import CueClass, EventType, Statement

TYPES: Final[Mapping[CueClass, EventType]] = {
    "accusing": "ACCUSE",
    "praising": "SUPPORT",
    "demanding": "REQUEST",
    "denying": "REJECT",
    "promising": "AGREE",
    "warning": "THREATEN",
    "conceding": "CONCEDE",
}
"""What saying something in this way is, as an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """The cue of a statement, and what it tells of an event."""

    span: Span
    source: Span | None
    type: EventType | None
    speakers: tuple[int, ...] = ()
    """The referents that the statement's source was resolved to; none where it was left open."""


class Cues:
    """The cues of a report's statements, by place."""

    def __init__(self, statements: Sequence[Statement], speakers: Iterable[tuple[int, ...]]) -> None:
        self._cues = sorted(
            (
                Cue(
                    span=Span(each.cue[0].start, each.cue[-1].end),
                    source=each.source[0] if each.source else None,
                    type=TYPES.get(each.cue_class),
                    speakers=said_by,
                )
                for each, said_by in zip(statements, speakers, strict=True)
                if each.cue
            ),
            key=lambda cue: (cue.span, cue.source or Span(0, 0)),
        )
        self._starts = [cue.span.start for cue in self._cues]

    def within(self, span: Span) -> Iterator[Cue]:
        """Yield the cues that begin inside a span."""
        for at in range(bisect_left(self._starts, span.start), len(self._cues)):
            if self._starts[at] >= span.end:
                return
            yield self._cues[at]
