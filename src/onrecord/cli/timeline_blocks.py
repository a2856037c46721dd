"""A timeline as a table: date, actor, type, recipient, who says so, and the words that tell it."""

from __future__ import annotations

from onrecord.cli.blocks import Look
from onrecord.cli.grid import lay_out_grid
from onrecord.exports.describing import count, describe_type
from onrecord.exports.events_json import parties
from onrecord.exports.timeline import Entry, Timeline, told_by

HEADER = ("date", "actor", "type", "recipient", "who says so", "in the words")


def show_timeline(timeline: Timeline, look: Look) -> str:
    """Return a timeline as lines of text that end with a line break."""
    entries = timeline.entries()
    title = f"{count(len(entries), 'event')} in {count(len(timeline.reports), 'report')}"
    blocks = [[look.paint(title, "title")]]
    if entries:
        blocks.append(lay_out_grid(HEADER, [_cells(entry) for entry in entries], look, whole=1))
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _cells(entry: Entry) -> tuple[str, ...]:
    event = entry.event
    return (
        entry.date or (f"told {entry.told_on}" if entry.told_on else "–"),
        parties(event.actors),
        describe_type(event.type, event.mode, event.modality),
        parties(event.recipients),
        told_by(entry.report, event),
        event.trigger if event.told == 1 else f"{event.trigger} (told {event.told} times)",
    )
