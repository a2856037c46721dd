"""The events of a report as a table: date, actor, type, recipient, who claims it, and the words that tell it."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.cli.blocks import Look, show_head
from onrecord.cli.grid import lay_out_grid
from onrecord.exports.describing import describe_type
from onrecord.exports.events_json import EventRow, claimant, event_rows, parties
from onrecord.reading import Reading

HEADER = ("id", "date", "actor", "type", "recipient", "claimed by", "in the words")


def show_events(reading: Reading, look: Look) -> str:
    """Return the events of a reading as lines of text that end with a line break."""
    rows = list(event_rows(reading))
    blocks = [show_head(reading, look, (len(rows), "event"))]
    if rows:
        blocks.append(events_table(rows, look))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def events_table(rows: Sequence[EventRow], look: Look) -> list[str]:
    """Return events as the lines of a table."""
    return lay_out_grid(HEADER, [_cells(row) for row in rows], look, whole=2)


def _cells(row: EventRow) -> tuple[str, ...]:
    return (
        row.id,
        row.date or "–",
        parties(row.actors),
        describe_type(row.type, row.mode, row.modality),
        parties(row.recipients),
        claimant(row),
        row.trigger if row.told == 1 else f"{row.trigger} (told {row.told} times)",
    )
