"""A figure of matplotlib to a file, as PNG or SVG: the same bytes for the same figure."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from onrecord.errors import ExportError, MissingExtra

if TYPE_CHECKING:
    from matplotlib.figure import Figure

KINDS: Final = (".png", ".svg")
MOST_BARS: Final = 200
"""Rows of a chart: a bar takes 12 ms, and 1,500 of them are a picture 12 m high that no viewer shows."""
# Without a salt the ids inside an SVG are random. Any: matplotlib has a type of 300 names for it.
_LOOK: Final[Any] = {"svg.hashsalt": "onrecord", "font.family": "DejaVu Sans", "text.parse_math": False}


@contextmanager
def figure_to(path: Path, *, size: tuple[float, float]) -> Iterator[Figure]:
    """Give a figure to draw in, of a size in inches, and write it at the end of the ``with`` block.

    Raises:
        MissingExtra: matplotlib is not installed.
        ExportError: another kind of file than PNG and SVG, or it can't be written.
    """
    if path.suffix.lower() not in KINDS:
        raise ExportError("a chart is PNG or SVG", where=str(path), advice="end its name in .png or .svg")
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtra("a chart needs matplotlib", advice='install it: pip install "onrecord[charts]"') from error
    with mpl.rc_context(_LOOK), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # the font, matplotlib's own, then shows a box
        figure = Figure(figsize=size, layout="constrained")
        yield figure
        # A date, or the version of what drew it, would make each file another.
        metadata: dict[str, Any] = {"Date": None} if path.suffix.lower() == ".svg" else {"Software": None}
        try:
            figure.savefig(path, dpi=150, metadata=metadata)
        except OSError as error:
            raise ExportError(error.strerror or str(error), where=str(path), advice="check the folder") from error


def shortened(name: str, longest: int) -> str:
    """Return a name for an axis, cut where it is longer.

    >>> shortened("Orrin Echo", 6)
    'Orrin…'
    """
    return name if len(name) <= longest else f"{name[: longest - 1]}…"
