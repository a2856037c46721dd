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
    """Return a wording as runs; those that are not ``gone`` make it up, and ``gone`` ones have the spaces they need.

    A paraphrase shares too little for a diff, and stands as it is.

    >>> from onrecord.compare.tying import tie
    >>> one, other = "the levy on moorings at the quay will go in spring", "the levy on moorings will stay in spring"
    >>> [f"{run.kind}: {run.words}" for run in segments_of(tie(one, other), one, other)]
    ['same: the levy on moorings ', 'gone: at the quay ', 'same: will ', 'gone: go ', 'come: stay', 'same:  in spring']
    """
    if tie is None or tie.kind in {"identical", "paraphrase", "none"}:
        return [Segment("same", words)]
    return [segment for segment in _cut(tie, main, words) if segment.words]


def _cut(tie: Tie, main: str, words: str) -> Iterator[Segment]:
    end = gone = 0
    for change in tie.changes:
        # "they'll" is two words in one place: where both are others, the place is shown once.
        start, behind = max(change.other.start, end), max(change.other.end, end)
        lost = main[max(change.this.start, gone) : change.this.end]
        yield Segment("same", words[end:start])
        yield Segment("gone", _spaced(lost, words[:start][-1:], words[start : start + 1]))
        yield Segment("come", words[start:behind])
        end, gone = behind, max(change.this.end, gone)
    yield Segment("same", words[end:])


def _spaced(gone: str, before: str, behind: str) -> str:
    """Return words that fell away with a space on each side where they would run into a word otherwise."""
    if not gone:
        return ""
    return f"{' ' if before.isalnum() else ''}{gone}{' ' if behind.isalnum() else ''}"
