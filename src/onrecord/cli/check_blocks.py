"""The checks of a report as blocks: what does not fit, what it does not fit, and what the check can't know."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.cli.blocks import WIDEST, Look, Row, lay_out, show_head
from onrecord.exports.checks_json import CheckRow, check_rows
from onrecord.exports.describing import offsets
from onrecord.reading import Reading


def show_checks(reading: Reading, look: Look) -> str:
    """Return the checks of a reading as lines of text that end with a line break."""
    blocks = [show_head(reading, look, (len(reading.checks), "check")), *check_blocks(reading, look)]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def check_blocks(reading: Reading, look: Look) -> Iterator[list[str]]:
    """Yield the lines of each check."""
    for check in check_rows(reading):
        yield list(_block(check, look))


def _block(check: CheckRow, look: Look) -> Iterator[str]:
    width = look.width and min(look.width, WIDEST)
    yield f"{look.paint(check.severity, 'warning')}  {look.paint(check.kind, 'id')}"
    yield from lay_out(
        Row(label="here", words=look.show(check.words), right=offsets(check.span), style="name"), look, width
    )
    yield from lay_out(Row(label="differs", words=look.show(check.message)), look, width)
    for quoted in check.evidence:
        yield from lay_out(Row(label="compare", words=look.show(quoted.words), right=offsets(quoted.span)), look, width)
    yield from lay_out(Row(label="unknown", words=look.show(check.unknown), style="faint"), look, width)
