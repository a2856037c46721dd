"""What a network made of the word pieces of a report, kept once, however long the report is."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
BLOCK: Final = 4096
"""Word pieces that are kept together: those of 3,000 words, so that most reports are one block."""


class Rows:
    """[T, W] 16-bit floats that grow by blocks, so that growing never copies what is there.

    A block is rounded to 16 bits when it is full: of the last one, all that most reports have, few rows are ever asked
    for, and rounding them all took three times as long as rounding what is taken.
    """

    def __init__(self) -> None:
        self.width = 0
        """W; nothing as long as there is no row."""
        self._blocks: list[Halves | Floats] = []
        """All of them rounded but the last."""
        self._room = 0
        """Rows of the last block that are free."""
        self._closed = False

    def append(self, rows: Floats) -> None:
        """Add rows behind the others.

        Raises:
            ValueError: they were closed.
        """
        if self._closed:
            raise ValueError("rows that are closed take no more")
        self.width = rows.shape[1]
        while len(rows):
            if not self._room:
                self._round()
                self._blocks.append(np.empty((BLOCK, self.width), np.float32))
                self._room = BLOCK
            taken = min(self._room, len(rows))
            at = BLOCK - self._room
            self._blocks[-1][at : at + taken] = rows[:taken]
            self._room -= taken
            rows = rows[taken:]

    def close(self) -> None:
        """Give back what room is left, where many reports' rows are kept at once: no more can be added."""
        self._round()
        self._closed = True

    def _round(self) -> None:
        if self._blocks:
            self._blocks[-1] = self._blocks[-1][: BLOCK - self._room].astype(np.float16)

    def take(self, places: NDArray[np.intp]) -> Halves:
        """Return the [N, W] rows of N places."""
        if len(self._blocks) == 1:
            return self._blocks[0][places].astype(np.float16, copy=False)
        block, place = np.divmod(places, BLOCK)
        rows = np.empty((len(places), self.width), np.float16)
        for number in np.unique(block).tolist():
            here = block == number
            rows[here] = self._blocks[number][place[here]]
        return rows
