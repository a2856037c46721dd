"""A chart of tallies, as PNG or SVG: bars for speakers, outlets, forms and cue classes, months as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from onrecord.exports.figures import MOST_BARS, figure_to, shortened
from onrecord.record.counting import By, Tally

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_FORMS: Final = (("direct", "#1b6ca8"), ("mixed", "#7fb3d5"), ("indirect", "#c9c9c9"))
_LONGEST: Final = 40
_MOST_NAMED: Final = 36


def draw_chart(tallies: Sequence[Tally], by: By, path: Path, apart: Mapping[str, str] | None = None) -> int:
    """Write the chart of tallies to a file whose name ends in ``.png`` or ``.svg``; the same file for the same tallies.

    Of more than :data:`MOST_BARS` the first are drawn, and the title says so; months are all drawn.

    Args:
        tallies: what is drawn.
        by: what they are of.
        path: the file.
        apart: what tells speakers of one name apart, by their ids.

    Returns:
        How many of the tallies are not drawn.

    Raises:
        MissingExtra: matplotlib is not installed.
        ExportError: another kind of file, or it can't be written.
    """
    if by == "month":  # without those of which no month is known
        tallies = shown = [tally for tally in tallies if tally.value and "-" in tally.value]
        size = (max(6.0, min(0.25 * len(shown) + 2, 30.0)), 4.0)
    else:
        shown = list(tallies[:MOST_BARS])
        size = (8.0, max(2.0, 0.32 * len(shown) + 1.2))
    left_out = len(tallies) - len(shown)
    with figure_to(path, size=size) as figure:
        from matplotlib.ticker import MaxNLocator

        axes = figure.add_subplot()
        if by == "month":
            _draw_months(axes, shown)
        else:
            _draw_bars(axes, shown, apart or {})
        (axes.yaxis if by == "month" else axes.xaxis).set_major_locator(MaxNLocator(integer=True))
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False)
        first = f": the first {len(shown):,} of {len(tallies):,}" if left_out else ""
        axes.set_title(f"Statements by {by.replace('-', ' ')}{first}", loc="left")
    return left_out


def _draw_bars(axes: Axes, tallies: Sequence[Tally], apart: Mapping[str, str]) -> None:
    places = list(range(len(tallies)))
    before = [0] * len(tallies)
    for form, colour in _FORMS:
        counts = [getattr(tally, form) for tally in tallies]
        axes.barh(places, counts, left=before, color=colour, label=form, height=0.7)
        before = [sum(pair) for pair in zip(before, counts, strict=True)]
    axes.set_yticks(places, [_label(tally, apart) for tally in tallies])
    axes.invert_yaxis()
    axes.set_xlabel("statements")


def _label(tally: Tally, apart: Mapping[str, str]) -> str:
    lines = filter(None, (tally.value or "(none)", apart.get(tally.person or "")))
    return "\n".join(shortened(line, _LONGEST) for line in lines)


def _draw_months(axes: Axes, tallies: Sequence[Tally]) -> None:
    """Draw a column for each month, with room for those that have none."""
    places = [_place(tally) for tally in tallies]
    before = [0] * len(tallies)
    for form, colour in _FORMS:
        counts = [getattr(tally, form) for tally in tallies]
        axes.bar(places, counts, bottom=before, color=colour, label=form, width=0.8)
        before = [sum(pair) for pair in zip(before, counts, strict=True)]
    named = list(range(min(places), max(places) + 1)) if places else []
    if len(named) > _MOST_NAMED:
        named = [place for place in named if place % 12 == 0]
    axes.set_xticks(named, [f"{place // 12:04d}-{place % 12 + 1:02d}" for place in named], rotation=90)
    axes.set_ylabel("statements")


def _place(tally: Tally) -> int:
    """Return how many months after the year 0 a tally's is."""
    year, _, month = (tally.value or "").partition("-")
    return int(year) * 12 + int(month) - 1
