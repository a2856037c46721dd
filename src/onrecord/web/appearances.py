"""The appearances of a statement on a line of time, drawn on the server: a mark for each, its shape says what it is.

Places across are in percent, so that marks keep their size on any screen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from onrecord.compare.kinds import Kind
from onrecord.record.citing import date_parts

Shape = Literal["itself", "identical", "clipped", "fuller", "altered", "moved", "paraphrase"]
SHAPES: Final[Mapping[Kind, Shape]] = {
    "identical": "identical",
    "clipped": "clipped",
    "altered": "altered",
    "merged": "moved",
    "spliced": "moved",
    "paraphrase": "paraphrase",
}
PATHS: Final[Mapping[Shape, str]] = {
    "itself": "M0-8A8 8 0 1 1 0 8A8 8 0 1 1 0-8M0-4A4 4 0 1 0 0 4A4 4 0 1 0 0-4",
    "identical": "M0-6A6 6 0 1 1 0 6A6 6 0 1 1 0-6",
    "clipped": "M0-6A6 6 0 0 0 0 6Z",
    "fuller": "M0-6A6 6 0 0 1 0 6Z",
    "altered": "M0-7L7 0L0 7L-7 0Z",
    "moved": "M-6-6H6V6H-6Z",
    "paraphrase": "M0-7L7 6H-7Z",
}
"""Outlines around the middle of a mark, in pixels."""
ROW: Final = 20
"""Pixels between marks that stand over each other."""
MOST_ROWS: Final = 9
NEAR: Final = 3.0
"""Percent of the width within which two marks would touch: 22 pixels of 720, 10 of a phone's 340."""
_EDGE: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """What a mark stands for."""

    shape: Shape
    published: str | None
    label: str
    anchor: str
    """Of its place on the page."""
    is_copy: bool
    """It counts for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One appearance on the line."""

    appearance: Appearance
    x: float
    """Percent of the width."""
    y: int
    """Pixels from the top."""

    @property
    def path(self) -> str:
        """Its outline."""
        return PATHS[self.appearance.shape]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine:
    """All of them."""

    marks: tuple[Mark, ...]
    first: str
    last: str
    height: int
    """Pixels, down to the line."""
    shapes: tuple[Shape, ...]
    """Those that there are, for a legend."""
    without_day: int
    left_out: int
    """Marks that would stand too high."""


def draw_line(appearances: Sequence[Appearance]) -> TimeLine | None:
    """Return the line of time; None where fewer than two appearances have a day.

    >>> told = dict(label="", anchor="", is_copy=False)
    >>> days = (("itself", "2024-05-01"), ("clipped", "2024-05-03"), ("clipped", "2024-05-03"))
    >>> line = draw_line([Appearance(shape=shape, published=day, **told) for shape, day in days])
    >>> [(mark.x, mark.y) for mark in line.marks], line.height
    ([(3.0, 34), (97.0, 34), (97.0, 14)], 48)
    """
    dated = sorted(
        ((day, each) for each in appearances if (day := _day(each.published))),
        key=lambda each: (each[0], each[1].label),
    )
    if len(dated) < 2:
        return None
    first, last = dated[0][0], dated[-1][0]
    taken: Counter[int] = Counter()
    places = []
    for day, each in dated:
        x = _across(day, first, last)
        column = round(x / NEAR)
        places.append((each, x, taken[column]))
        taken[column] += 1
    rows = min(max(taken.values()), MOST_ROWS)
    height = rows * ROW + ROW // 2 - 2
    marks = [Mark(appearance=each, x=x, y=height - 14 - row * ROW) for each, x, row in places if row < MOST_ROWS]
    shapes = {mark.appearance.shape for mark in marks}
    return TimeLine(
        marks=tuple(marks),
        first=first.isoformat(),
        last=last.isoformat(),
        height=height,
        shapes=tuple(shape for shape in PATHS if shape in shapes),
        without_day=len(appearances) - len(dated),
        left_out=len(places) - len(marks),
    )


def _across(day: date, first: date, last: date) -> float:
    whole = (last - first).days
    share = (day - first).days / whole if whole else 0.5
    return round(_EDGE + share * (100 - 2 * _EDGE), 2)


def _day(published: str | None) -> date | None:
    """Return the day of a report; of one whose day is not known, the first of its month or year."""
    parts = date_parts(published)
    try:
        return date(*(*parts, 1, 1)[:3]) if parts else None
    except ValueError:
        return None
