"""What every block on a terminal is made of: a look, rows with a label, and the head of a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import click
from rich.cells import cell_len

from onrecord.cli.visible import can_write, visible
from onrecord.cli.wrapping import pad, wrap
from onrecord.document import Document
from onrecord.exports.describing import count, day
from onrecord.reading import Reading

# 100 cells: longer lines are hard to read, also where the terminal is wider.
WIDEST: Final = 100
# Below 60 cells a column of offsets leaves too little for the words.
NARROWEST_WITH_COLUMN: Final = 60
# 16 columns for a label and its indentation, and something of the words.
NARROWEST: Final = 30
INDENT: Final = 4
_LABEL: Final = 9
_STYLES: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True},
    "id": {"bold": True},
    "name": {"fg": "cyan", "bold": True},
    "speaker": {"fg": "cyan", "bold": True},
    "source": {"fg": "cyan"},
    "cue": {"fg": "magenta"},
    "content": {},
    "plain": {},
    "warning": {"fg": "yellow"},
    "faint": {"dim": True},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a reading is shown: how wide, in colour or not, in which encoding."""

    width: int | None
    """Cells of a line; None breaks no line."""
    colour: bool
    encoding: str = "utf-8"

    @property
    def measure(self) -> int | None:
        """Cells of a line of words: the width, but no more than reads well, and room for some; None breaks no line."""
        return self.width and max(NARROWEST, min(self.width, WIDEST))

    @property
    def dot(self) -> str:
        """What stands between two facts."""
        return self.sign(" · ", " - ")

    def sign(self, sign: str, plain: str) -> str:
        """Return ``sign``, or ``plain`` where the encoding lacks it."""
        return sign if can_write(sign, self.encoding) else plain

    def paint(self, text: str, style: str) -> str:
        """Return ``text`` in the colours of ``style``."""
        options = _STYLES[style]
        return click.style(text, **options) if self.colour and options and text else text

    def show(self, text: str) -> str:
        """Return a report's text made safe for this terminal."""
        return visible(text, self.encoding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a block before it is broken: a label, words, and what stands at the right."""

    label: str
    words: str
    right: str = ""
    style: str = "plain"


def show_label(label: str, look: Look) -> str:
    """Return a label as it stands before the words of a row."""
    return look.paint(f"{' ' * INDENT}{label:<{_LABEL}}", "faint")


def lay_out(row: Row, look: Look, width: int | None) -> Iterator[str]:
    """Yield the lines of a row: label, words, and what is at the right in a column or after the last word."""
    label = show_label(row.label, look)
    if width is None or width < NARROWEST_WITH_COLUMN:
        lines, right = _with_right_after(row, width and width - INDENT - _LABEL), ""
    else:
        # 2 cells part the words from the offsets, which take 11 up to a document of 99,999 characters.
        right_width = max(11, len(row.right)) + 2
        lines = broken(row.words, width - INDENT - _LABEL - right_width)
        room = width - INDENT - _LABEL - cell_len(lines[0]) - len(row.right)
        right = " " * room + look.paint(row.right, "faint") if row.right else ""
    for index, line in enumerate(lines):
        start = label if index == 0 else pad("", INDENT + _LABEL)
        yield f"{start}{look.paint(line, row.style)}{right if index == 0 else ''}".rstrip()


def _with_right_after(row: Row, width: int | None) -> list[str]:
    """Return a row's words broken, and after the last of them, or below it, what else stands at the right."""
    lines = broken(row.words, width)
    if row.right:
        longer = f"{lines[-1]}  [{row.right}]"
        fits = width is None or cell_len(longer) <= width
        lines[-1:] = [longer] if fits else [lines[-1], f"[{row.right}]"]
    return lines


def show_head(reading: Reading, look: Look, counted: tuple[int, str]) -> list[str]:
    """Return the lines that open a report: title, facts and counts, address, warnings.

    Args:
        reading: whose head it is.
        look: width, colour and encoding.
        counted: how many of what the report is shown with, in the singular, such as ``(27, "statement")``.
    """
    document = reading.document
    counts = (count(len(document.text.split()), "word"), count(*counted))
    by = ", ".join(document.authors)
    facts = [look.show(fact) for fact in (document.outlet, day(document.published), by, *counts) if fact]
    width = look.width and min(look.width, WIDEST)
    lines = [look.paint(line, "title") for line in broken(look.show(_title(document)), width)]
    lines += broken(look.dot.join(facts), width)
    lines += [
        look.paint(line, "faint") for line in broken(look.show(document.url or document.provenance.origin), width)
    ]
    for warning in document.warnings:
        lines += [look.paint(line, "warning") for line in broken(f"warning: {look.show(warning)}", width)]
    return lines


def _title(document: Document) -> str:
    if document.title:
        return document.title
    headline = next((zone.span.of(document.text) for zone in document.zones if zone.kind == "headline"), "")
    return headline or "(no title)"


def broken(text: str, width: int | None) -> list[str]:
    """Return ``text`` as lines of at most ``width`` cells; as one line for no width."""
    return [text] if width is None else wrap(text, width)
