"""A statement of a record as blocks of text, with its paragraph and how to find it again; or as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.cli.blocks import Look, Row, lay_out, show_label
from onrecord.cli.printing import print_json
from onrecord.cli.terminal import show_reading
from onrecord.exports.answers_json import statement_entry
from onrecord.exports.describing import offsets
from onrecord.pipeline import Part
from onrecord.record.correcting import Correction
from onrecord.record.lookup import Entry, as_reading


def show_entry(entry: Entry, look: Look) -> str:
    """Return an entry as lines of text that end with a line break."""
    explain = frozenset([entry.statement.id]) if entry.statement else frozenset()
    reading = as_reading(entry.record, only=entry.statement)
    parts: tuple[Part, ...] = ("checks",) if reading.checks else ()
    shown = show_reading(reading, look, explain=explain, parts=parts)
    width = look.measure
    lines = [line for row in _rows(entry, look) for line in lay_out(row, look, width)]
    citation = entry.citation
    for label, words in (
        ("link", citation.link or citation.address),
        ("id", citation.statement or citation.document),
        ("page", f"sha256 {citation.raw_sha256}"),
    ):
        if words:  # never broken: they are to be copied
            lines.append(show_label(label, look) + look.show(words))
    return shown + "\n" + "\n".join(lines) + "\n"


def _rows(entry: Entry, look: Look) -> Iterator[Row]:
    if entry.paragraph is not None:
        text = entry.record.document.text
        place = offsets(entry.paragraph)
        yield Row(label="context", words=look.show(entry.paragraph.of(text)), right=place, style="faint")
    if entry.statement is not None:
        names = entry.entities
        for label, ids in (("about", entry.statement.about), ("to", entry.statement.addressees)):
            if ids:
                yield Row(label=label, words=look.show(", ".join(names[each].name for each in ids if each in names)))
    for correction in entry.corrections:
        yield Row(label="changed", words=look.show(_describe(correction)), style="warning")
    if entry.copy_of is not None:
        yield Row(label="copy of", words=entry.copy_of, style="warning")
    elif entry.standing == "revised":
        yield Row(label="revised", words="a later text stands under this address", style="warning")


def _describe(correction: Correction) -> str:
    before, value = correction.in_words
    said = f"{correction.field}: {value}" + ("" if correction.field == "added" else f" (read: {before})")
    by = f" by {correction.who}" if correction.who else ""
    why = f", {correction.why}" if correction.why else ""
    return f"{said}{by} on {correction.made_at.partition('T')[0]}{why}; {correction.state}"


def print_entry(entry: Entry) -> None:
    """Print a statement with its context, or a report as the contract has it, as JSON."""
    if entry.statement is None:
        told = {"citation": entry.citation, "copy_of": entry.copy_of, "standing": entry.standing}
        print_json(told | {"reading": entry.record})
    else:
        print_json(statement_entry(entry))
