"""A reading as blocks of text: the report's head, then each statement with its speaker, source, cue and content.

On a terminal the lines are broken at its width, and offsets stand in a column at the right. Piped
output has one line for each source, cue and content, with the offsets at its end, so that it can be searched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from onrecord.cli.blocks import INDENT, NARROWEST, WIDEST, Look, Row, broken, lay_out, show_head
from onrecord.cli.check_blocks import check_blocks
from onrecord.cli.event_blocks import events_table
from onrecord.cli.value_blocks import amounts_table, times_table
from onrecord.document import Document, Span
from onrecord.exports.describing import (
    count,
    describe,
    describe_open_speaker,
    explain_speaker,
    in_reading_order,
    list_names,
    names_of,
    offsets,
    source_is_the_name,
)
from onrecord.exports.events_json import event_rows
from onrecord.pipeline import Part
from onrecord.reading import Evidence, Reading, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """A statement with what its rows ask for."""

    document: Document
    statement: Statement
    names: Mapping[str, str]
    """The name of each entity, by its id."""
    look: Look
    explained: bool


def show_reading(
    reading: Reading, look: Look, *, explain: frozenset[str] | None = frozenset(), parts: Collection[Part] = ()
) -> str:
    """Return a reading as lines of text that end with a line break.

    Args:
        reading: what to show.
        look: width, colour and encoding.
        explain: ids of the statements whose evidence is shown; None for all.
        parts: what is shown below the statements: tables, and a block for each check.
    """
    blocks = [show_head(reading, look, (len(reading.statements), "statement"))]
    names = names_of(reading.entities)
    for statement, depth in in_reading_order(reading.statements):
        explained = explain is None or statement.id in explain
        shown = _Shown(document=reading.document, statement=statement, names=names, look=look, explained=explained)
        blocks.append(_block(shown, depth))
    tables = {
        "events": lambda: events_table(list(event_rows(reading)), look),
        "times": lambda: times_table(reading, look),
        "amounts": lambda: amounts_table(reading, look),
    }
    for part, found in (("events", reading.events), ("times", reading.times), ("amounts", reading.amounts)):
        if part in parts:
            blocks.append([look.paint(count(len(found), part[:-1]), "title")])
            blocks += [tables[part]()] if found else []
    if "checks" in parts:
        blocks.append([look.paint(count(len(reading.checks), "check"), "title")])
        blocks += check_blocks(reading, look)
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _block(shown: _Shown, depth: int) -> list[str]:
    look = shown.look
    width = look.width and max(NARROWEST, min(look.width, WIDEST) - depth * INDENT)
    lines = list(_opening(shown.statement, look, width))
    for row in _rows(shown):
        lines += lay_out(row, look, width)
    bar = "" if look.width is None else look.sign("│", "|")
    bar = look.paint(bar, "faint") + " " * (INDENT - len(bar))
    return [bar * depth + line for line in lines]


def _opening(statement: Statement, look: Look, width: int | None) -> Iterator[str]:
    """Yield the lines that open a block: id, facts, and the confidence at the right where there is room."""
    facts = look.show(look.dot.join(describe(statement)))
    confidence = _confidence(statement.confidence)
    name = look.show(statement.id)
    hang = cell_len(name) + 2
    room = 0 if width is None else width - hang - cell_len(f"{facts}{confidence}")
    if room > 0:
        yield f"{look.paint(name, 'id')}  {facts}{' ' * room}{look.paint(confidence, 'faint')}"
        return
    first, *others = broken(f"{facts}{look.dot}{confidence}", width and width - hang)
    yield f"{look.paint(name, 'id')}  {first}"
    yield from (f"{' ' * hang}{line}" for line in others)


def _confidence(share: float) -> str:
    return f"confidence {share:.2f}"


def _rows(shown: _Shown) -> Iterator[Row]:
    statement, look = shown.statement, shown.look
    yield from _speaker_rows(shown)
    yield from _span_rows("cue", statement.cue, shown)
    for label, entities in (("to", statement.addressees), ("target", statement.targets)):
        if entities:
            yield Row(label=label, words=look.show(list_names(entities, shown.names)))
    yield from _span_rows("content", statement.content, shown)
    if shown.explained:
        yield from _evidence_rows(statement.evidence, look)
        if facts := explain_speaker(statement, shown.names):
            yield Row(label="resolved", words=look.show(", ".join(facts)), style="faint")


def _speaker_rows(shown: _Shown) -> Iterator[Row]:
    """Yield who speaks, then the source as written: in one row where the source is the name."""
    statement, look = shown.statement, shown.look
    if source_is_the_name(shown.document, statement):
        yield from _span_rows("speaker", statement.source, shown)
        return
    question = describe_open_speaker(statement, shown.names)
    if statement.speaker_name:
        sure = "" if statement.speaker_confidence is None else _confidence(statement.speaker_confidence)
        yield Row(label="speaker", words=look.show(statement.speaker_name), right=sure, style="speaker")
    elif question:
        yield Row(label="speaker", words=look.show(question), style="faint")
    elif not statement.source:
        words = f"goes on from {statement.continues}" if statement.continues else "not named"
        yield Row(label="source", words=f"({look.show(words)})", style="faint")
    yield from _span_rows("source", statement.source, shown)


def _span_rows(label: str, spans: Sequence[Span], shown: _Shown) -> Iterator[Row]:
    look = shown.look
    for index, span in enumerate(spans):
        # Every line of piped output says what it is; on a terminal the label stands once.
        name = label if index == 0 or look.width is None else ""
        words = look.show(span.of(shown.document.text))
        yield Row(label=name, words=words, right=offsets(span), style=label)


def _evidence_rows(evidence: Evidence | None, look: Look) -> Iterator[Row]:
    if evidence is None:
        return
    scores = {"cue": evidence.cue_score, "source": evidence.source_score, "content": evidence.content_score}
    shown = [f"{name} {score:.2f}" for name, score in scores.items() if score is not None]
    yield Row(label="because", words=look.show(", ".join([evidence.rule, *shown])), style="faint")
    if evidence.labels:
        yield Row(label="labels", words=look.show(", ".join(evidence.labels)), style="faint")
