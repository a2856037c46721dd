"""A chart of framing, as PNG or SVG: a panel for each cue class, a point and an interval for each outlet or speaker."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from onrecord.compare.framing import Frame, Framing, Share
from onrecord.exports.figures import MOST_BARS, figure_to, shortened
from onrecord.reading import CueClass

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PANELS: Final = 6
"""Cue classes that are drawn, the most frequent ones."""
_COLOURS: Final = {"more": "#a3281e", "less": "#0b5c8a", None: "#5c5a55"}
_LONGEST: Final = 32


def draw_framing(framing: Framing, path: Path) -> int:
    """Write the chart to a file whose name ends in ``.png`` or ``.svg``; the same file for the same counts.

    Of more than :data:`MOST_BARS` outlets or speakers the first are drawn, and the title says so.

    Returns:
        How many of them are not drawn.

    Raises:
        MissingExtra: matplotlib is not installed.
        ExportError: another kind of file, or it can't be written.
    """
    classes: list[CueClass] = list(framing.average)[:PANELS] or ["none"]
    shown = framing.frames[:MOST_BARS]
    left_out = len(framing.frames) - len(shown)
    size = (2.2 * len(classes) + 2.5, max(2.4, 0.32 * len(shown) + 1.9))
    with figure_to(path, size=size) as figure:
        panels = figure.subplots(1, len(classes), sharey=True, squeeze=False)[0]
        for axes, cue_class in zip(panels, classes, strict=True):
            _draw(axes, shown, cue_class, framing.average.get(cue_class, 0.0))
        first = f", the first {len(shown):,} of {len(framing.frames):,}" if left_out else ""
        figure.suptitle(
            f"Cue classes by {framing.by}{first}: share of statements with a cue, 95 % interval", fontsize=10
        )
        figure.supxlabel("dashed: the average. Counts of words, no judgement of bias", fontsize=8)
    return left_out


def _draw(axes: Axes, frames: Sequence[Frame], cue_class: CueClass, average: float) -> None:
    for place, frame in enumerate(frames):
        share = next((each for each in frame.shares if each.cue_class == cue_class), None)
        if share is not None:
            _draw_share(axes, place, share)
    axes.axvline(100 * average, color="#1d1d1b", linewidth=0.8, linestyle="--")
    axes.set_yticks(range(len(frames)), list(map(_label, frames)))
    axes.set_ylim(len(frames) - 0.5, -0.5)
    axes.set_title(cue_class, fontsize=9, loc="left")
    axes.set_xlabel("%")
    axes.spines[["top", "right"]].set_visible(False)


def _label(frame: Frame) -> str:
    lines = filter(None, (frame.name or "(none)", frame.apart))
    return "\n".join(shortened(line, _LONGEST) for line in lines)


def _draw_share(axes: Axes, place: int, share: Share) -> None:
    colour = _COLOURS[share.differs]
    axes.plot([100 * share.low, 100 * share.high], [place, place], color=colour, linewidth=2)
    axes.plot([100 * share.share], [place], "o", color=colour, markersize=5)
