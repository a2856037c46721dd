"""Breaking a line of text by the cells that it takes on a terminal: a wide character takes two."""

from __future__ import annotations

from rich.cells import cell_len, chop_cells


def wrap(text: str, width: int) -> list[str]:
    """Break ``text`` at spaces into lines of at most ``width`` cells; a longer word is cut.

    >>> wrap("the harbour commissioner", 12)
    ['the harbour', 'commissioner']
    >>> wrap("港口税", 4)
    ['港口', '税']
    """
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        for piece in _pieces(word, width):
            longer = f"{line} {piece}" if line else piece
            if line and cell_len(longer) > width:
                lines.append(line)
                longer = piece
            line = longer
    return [*lines, line]


def _pieces(word: str, width: int) -> list[str]:
    # 2: a wide character does not fit into less.
    return [word] if cell_len(word) <= width else chop_cells(word, max(width, 2))


def pad(text: str, width: int) -> str:
    """Fill ``text`` up to ``width`` cells with spaces at its end."""
    return text + " " * (width - cell_len(text))
