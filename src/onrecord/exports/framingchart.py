"""A chart of framing, as PNG or SVG: a panel for each cue class, a point and an interval for each outlet or speaker."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from onrecord.compare.framing import Framing, Share
from onrecord.errors import ExportError, MissingExtra
from onrecord.exports.charting import KINDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PANELS: Final = 6
"""Cue classes that are drawn, the most frequent ones."""
_COLOURS: Final = {"more": "#a3281e", "less": "#0b5c8a", None: "#5c5a55"}
_LONGEST: Final = 32


def draw_framing(framing: Framing, path: Path) -> None:
    """Write the chart to a file whose name ends in ``.png`` or ``.svg``; the same file for the same counts.

    Raises:
        MissingExtra: matplotlib is not installed.
        ExportError: another kind of file, or it can't be written.
    """
    if path.suffix.lower() not in KINDS:
        raise ExportError("a chart is PNG or SVG", where=str(path), advice="end its name in .png or .svg")
    try:
        import matplotlib as mpl  # noqa: PLC0415 - an extra
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra("a chart needs matplotlib", advice='install it: pip install "onrecord[charts]"') from error
    classes = list(framing.average)[:PANELS] or ["none"]
    look: Any = {"svg.hashsalt": "onrecord", "font.family": "DejaVu Sans", "text.parse_math": False}
    with mpl.rc_context(look), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # the font, matplotlib's own, then shows a box
        size = (2.2 * len(classes) + 2.5, max(2.4, 0.32 * len(framing.frames) + 1.9))
        figure = Figure(figsize=size, layout="constrained")
        panels = figure.subplots(1, len(classes), sharey=True, squeeze=False)[0]
        for axes, cue_class in zip(panels, classes, strict=True):
            _draw(axes, framing, cue_class)
        figure.suptitle(f"Cue classes by {framing.by}: share of statements with a cue, 95 % interval", fontsize=10)
        figure.supxlabel("dashed: the average. Counts of words, no judgement of bias", fontsize=8)
        metadata: dict[str, Any] = {"Date": None} if path.suffix.lower() == ".svg" else {"Software": None}
        try:
            figure.savefig(path, dpi=150, metadata=metadata)
        except OSError as error:
            raise ExportError(error.strerror or str(error), where=str(path), advice="check the folder") from error


def _draw(axes: Axes, framing: Framing, cue_class: str) -> None:
    for place, frame in enumerate(framing.frames):
        share = next((each for each in frame.shares if each.cue_class == cue_class), None)
        if share is not None:
            _draw_share(axes, place, share)
    axes.axvline(100 * framing.average.get(cue_class, 0.0), color="#1d1d1b", linewidth=0.8, linestyle="--")  # type: ignore[call-overload]
    axes.set_yticks(range(len(framing.frames)), [_short(frame.name or "(none)") for frame in framing.frames])
    axes.set_ylim(len(framing.frames) - 0.5, -0.5)
    axes.set_title(cue_class, fontsize=9, loc="left")
    axes.set_xlabel("%")
    axes.spines[["top", "right"]].set_visible(False)


def _draw_share(axes: Axes, place: int, share: Share) -> None:
    colour = _COLOURS[share.differs]
    axes.plot([100 * share.low, 100 * share.high], [place, place], color=colour, linewidth=2)
    axes.plot([100 * share.share], [place], "o", color=colour, markersize=5)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
