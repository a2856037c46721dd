"""A reading as blocks of text: the report's head, then each statement with its source, cue and content.

On a terminal the lines are broken at its width, and offsets stand in a column at the right. Piped
output has one line for each source, cue and content, with the offsets at its end, so that it can be searched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import click
from rich.cells import cell_len

from onrecord.cli.visible import can_write, visible
from onrecord.cli.wrapping import pad, wrap
from onrecord.document import Document, Span
from onrecord.exports.describing import day, describe, in_reading_order
from onrecord.reading import Evidence, Reading, Statement

# 100 cells: longer lines are hard to read, also where the terminal is wider.
WIDEST: Final = 100
# Below 60 cells a column of offsets leaves too little for the words.
NARROWEST_WITH_COLUMN: Final = 60
# 16 columns for a label and its indentation, and something of the words.
NARROWEST: Final = 30
_INDENT: Final = 4
_LABEL: Final = 9
_STYLES: Final[dict[str, dict[str, object]]] = {
    "title": {"bold": True},
    "id": {"bold": True},
    "source": {"fg": "cyan", "bold": True},
    "speaker": {"fg": "cyan"},
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

    def sign(self, sign: str, plain: str) -> str:
        """Return ``sign``, or ``plain`` where the encoding lacks it."""
        return sign if can_write(sign, self.encoding) else plain

    def paint(self, text: str, style: str) -> str:
        """Return ``text`` in the colours of ``style``."""
        options = _STYLES[style]
        return click.style(text, **options) if self.colour and options and text else text  # type: ignore[arg-type]

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


def show_reading(reading: Reading, look: Look, *, explain: frozenset[str] | None = frozenset()) -> str:
    """Return a reading as lines of text that end with a line break.

    Args:
        reading: what to show.
        look: width, colour and encoding.
        explain: ids of the statements whose evidence is shown; None for all.
    """
    blocks = [_head(reading, look)]
    for statement, depth in in_reading_order(reading.statements):
        explained = explain is None or statement.id in explain
        blocks.append(_block(reading.document, statement, look, depth=depth, explained=explained))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _head(reading: Reading, look: Look) -> list[str]:
    document = reading.document
    dot = look.sign(" · ", " - ")
    counts = (_count(len(document.text.split()), "word"), _count(len(reading.statements), "statement"))
    by = ", ".join(document.authors)
    facts = [look.show(fact) for fact in (document.outlet, day(document.published), by, *counts) if fact]
    width = look.width and min(look.width, WIDEST)
    lines = [look.paint(line, "title") for line in _broken(look.show(_title(document)), width)]
    lines += _broken(dot.join(facts), width)
    lines += [
        look.paint(line, "faint") for line in _broken(look.show(document.url or document.provenance.origin), width)
    ]
    for warning in document.warnings:
        lines += [look.paint(line, "warning") for line in _broken(f"warning: {look.show(warning)}", width)]
    return lines


def _title(document: Document) -> str:
    if document.title:
        return document.title
    headline = next((zone.span.of(document.text) for zone in document.zones if zone.kind == "headline"), "")
    return headline or "(no title)"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _block(document: Document, statement: Statement, look: Look, *, depth: int, explained: bool) -> list[str]:
    width = look.width and max(NARROWEST, min(look.width, WIDEST) - depth * _INDENT)
    lines = list(_opening(statement, look, width))
    for row in _rows(document, statement, look, explained=explained):
        lines += _laid_out(row, look, width)
    bar = "" if look.width is None else look.sign("│", "|")
    bar = look.paint(bar, "faint") + " " * (_INDENT - len(bar))
    return [bar * depth + line for line in lines]


def _opening(statement: Statement, look: Look, width: int | None) -> Iterator[str]:
    """Yield the lines that open a block: id, facts, and the confidence at the right where there is room."""
    dot = look.sign(" · ", " - ")
    facts = look.show(dot.join(describe(statement)))
    confidence = f"confidence {statement.confidence:.2f}"
    name = look.show(statement.id)
    hang = cell_len(name) + 2
    room = 0 if width is None else width - hang - cell_len(f"{facts}{confidence}")
    if room > 0:
        yield f"{look.paint(name, 'id')}  {facts}{' ' * room}{look.paint(confidence, 'faint')}"
        return
    first, *others = _broken(f"{facts}{dot}{confidence}", width and width - hang)
    yield f"{look.paint(name, 'id')}  {first}"
    yield from (f"{' ' * hang}{line}" for line in others)


def _rows(document: Document, statement: Statement, look: Look, *, explained: bool) -> Iterator[Row]:
    yield from _source_rows(document, statement, look)
    yield from _span_rows("cue", statement.cue, document, look)
    yield from _span_rows("content", statement.content, document, look)
    if explained:
        yield from _evidence_rows(statement.evidence, look)


def _source_rows(document: Document, statement: Statement, look: Look) -> Iterator[Row]:
    yield from _span_rows("source", statement.source, document, look)
    words = " ".join(span.of(document.text) for span in statement.source)
    if statement.speaker_name and statement.speaker_name != words:
        yield Row(label="speaker", words=look.show(statement.speaker_name), style="speaker")
    elif not statement.source:
        words = f"goes on from {statement.continues}" if statement.continues else "not named"
        yield Row(label="source", words=f"({look.show(words)})", style="faint")


def _span_rows(label: str, spans: Sequence[Span], document: Document, look: Look) -> Iterator[Row]:
    for index, span in enumerate(spans):
        # Every line of piped output says what it is; on a terminal the label stands once.
        name = label if index == 0 or look.width is None else ""
        yield Row(label=name, words=look.show(span.of(document.text)), right=f"{span.start}:{span.end}", style=label)


def _evidence_rows(evidence: Evidence | None, look: Look) -> Iterator[Row]:
    if evidence is None:
        return
    scores = {"cue": evidence.cue_score, "source": evidence.source_score, "content": evidence.content_score}
    shown = [f"{name} {score:.2f}" for name, score in scores.items() if score is not None]
    yield Row(label="because", words=look.show(", ".join([evidence.rule, *shown])), style="faint")
    if evidence.labels:
        yield Row(label="labels", words=look.show(", ".join(evidence.labels)), style="faint")


def _laid_out(row: Row, look: Look, width: int | None) -> Iterator[str]:
    """Yield the lines of a row: label, words, and offsets in a column or after the last word."""
    label = look.paint(f"{' ' * _INDENT}{row.label:<{_LABEL}}", "faint")
    if width is None or width < NARROWEST_WITH_COLUMN:
        words = f"{row.words}  [{row.right}]" if row.right else row.words
        lines, right = _broken(words, width and width - _INDENT - _LABEL), ""
    else:
        # 2 cells part the words from the offsets, which take 11 up to a document of 99,999 characters.
        right_width = max(11, len(row.right)) + 2
        lines = _broken(row.words, width - _INDENT - _LABEL - right_width)
        room = width - _INDENT - _LABEL - cell_len(lines[0]) - len(row.right)
        right = " " * room + look.paint(row.right, "faint") if row.right else ""
    for index, line in enumerate(lines):
        start = label if index == 0 else pad("", _INDENT + _LABEL)
        yield f"{start}{look.paint(line, row.style)}{right if index == 0 else ''}".rstrip()


def _broken(text: str, width: int | None) -> list[str]:
    return [text] if width is None else wrap(text, width)
