"""A wording with what it lacks of another, and what it has instead: runs of text for whoever shows a diff."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.compare.tying import Tie


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text."""

    kind: Literal["same", "gone", "come"]
    """In both; in the main wording only; in this one only."""
    words: str


def segments_of(tie: Tie | None, main: str, words: str) -> list[Segment]:
    """Return a wording as runs; those that are not ``gone`` make it up.

    A paraphrase shares too little for a diff, and stands as it is.

    >>> from onrecord.compare.tying import tie
    >>> one, other = "the levy on moorings will go in spring", "the levy will stay in spring"
    >>> [f"{run.kind}: {run.words}" for run in segments_of(tie(one, other), one, other)]
    ['same: the levy ', 'gone: on moorings', 'same: will ', 'gone: go', 'come: stay', 'same:  in spring']
    """
    if tie is None or tie.kind in {"identical", "paraphrase", "none"}:
        return [Segment("same", words)]
    return [segment for segment in _cut(tie, main, words) if segment.words]


def _cut(tie: Tie, main: str, words: str) -> Iterator[Segment]:
    end = 0
    for change in tie.changes:
        gone, come = change.this.of(main), change.other.of(words)
        yield Segment("same", words[end : change.other.start])
        yield Segment("gone", gone)
        yield Segment("come", come)
        end = change.other.end
    yield Segment("same", words[end:])
