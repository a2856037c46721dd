"""Utterances that were run together, or parts of several that were put together to one."""

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
MANY_COVERED: Final = 0.85
"""That which three or more account for: every seam may lose a word or two."""
PAIR: Final = 2
PIECE: Final = 5
"""Words to each of three or more pieces: shorter runs are set phrases."""


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


def find_pieces(words: Sequence[Word], others: Sequence[Alignment]) -> list[Part]:
    """Return three or more parts that make up the utterance, one behind the other; none where no such do.

    From the start on, always the part that goes on farthest. Linear in the utterance and in the others.
    """
    parts = sorted(
        (part for part in _parts(words, others) if part.end - part.start >= PIECE),
        key=lambda part: (part.start, -part.end, part.at),
    )
    found: list[Part] = []
    best: Part | None = None
    end = 0
    for part in [*parts, Part(len(words) + 1, len(words) + 1, 0)]:
        if best is not None and part.start > end:
            found.append(Part(max(best.start, end), best.end, best.at))
            end, best = best.end, None
        if part.end - max(part.start, end) >= PIECE and (best is None or part.end > best.end):
            best = part
    covered = sum(_weight(words, part) for part in found)
    is_whole = covered >= MANY_COVERED * sum(word.weight for word in words)
    return found if len({part.at for part in found}) > PAIR and is_whole else []


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
