"""Two utterances that were run together, or parts of two that were put together to one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.compare.alignment import Alignment
from onrecord.compare.wording import Word

LEAST_WORDS: Final = 3
LEAST_WEIGHT: Final = 2.0
COVERED: Final = 0.92
"""The share of the words, by weight, that the two account for."""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of an utterance's words that stands in another one."""

    start: int
    end: int
    at: int
    """Which of the others."""


def find_joint(words: Sequence[Word], others: Sequence[Alignment]) -> tuple[Part, Part] | None:
    """Return the two others whose words, one behind the other, make up the utterance; None where no two do.

    Each is taken by its longest runs from the start and to the end. Linear in the others.
    """
    ahead = max(_parts(words, others), key=lambda part: (part.start == 0, part.end, -part.at), default=None)
    if ahead is None or ahead.start > LEAST_WORDS:
        return None
    rest = [part for part in _parts(words, others) if part.at != ahead.at and part.end > ahead.end]
    behind = min(rest, key=lambda part: (-part.end, max(part.start, ahead.end), part.at), default=None)
    if behind is None:
        return None
    behind = Part(max(behind.start, ahead.end), behind.end, behind.at)
    whole = sum(word.weight for word in words)
    covered = _weight(words, ahead) + _weight(words, behind)
    return (ahead, behind) if _is_enough(words, ahead, behind) and covered >= COVERED * whole else None


def _parts(words: Sequence[Word], others: Sequence[Alignment]) -> list[Part]:
    return [
        Part(start, start + size, at)
        for at, other in enumerate(others)
        for start, _, size in other.runs
        if size >= LEAST_WORDS and _weight(words, Part(start, start + size, at)) >= LEAST_WEIGHT
    ]


def _is_enough(words: Sequence[Word], *parts: Part) -> bool:
    return all(part.end - part.start >= LEAST_WORDS and _weight(words, part) >= LEAST_WEIGHT for part in parts)


def _weight(words: Sequence[Word], part: Part) -> float:
    return sum(word.weight for word in words[part.start : part.end])
