"""Where the timeline of ``onrecord timeline`` goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import click

from onrecord.cli.blocks import Look
from onrecord.cli.formats import refuse_two_formats
from onrecord.cli.messages import complain
from onrecord.cli.outputs import PageFile, choose_look
from onrecord.cli.printing import print_csv, print_json
from onrecord.cli.timeline_blocks import show_timeline
from onrecord.exports.describing import count
from onrecord.exports.timeline import COLUMNS, Choice, Timeline, to_json, to_rows
from onrecord.reading import Reading

Printer = Callable[[Timeline], None]


class TimelineOutput:
    """Gathers the events of a run; they are shown at its end, when their order is known."""

    def __init__(self, choice: Choice, printer: Printer) -> None:
        self._timeline = Timeline(choice)
        self._printer = printer

    def write(self, reading: Reading) -> None:
        """Take one more reading."""
        self._timeline.add(reading)

    def print(self) -> None:
        """Show what was gathered, and say on standard error what was left out for want of a day."""
        self._printer(self._timeline)
        if left_out := self._timeline.without_day:
            complain(f"left out: {count(left_out, 'event')} without a day, of reports without one; --date gives it")


def choose_printer(*, as_json: bool, as_csv: bool, page: str | None, color: str, width: int | None) -> Printer:
    """Return how a timeline is shown.

    Args:
        as_json: print indented JSON.
        as_csv: print a table.
        page: the file of the drawn page.
        color: auto, always or never.
        width: cells of a line; None for the terminal's.

    Raises:
        click.UsageError: the options contradict each other, or the page would overwrite another file.
    """
    refuse_two_formats({"--json": as_json, "--csv": as_csv, "--html": page})
    if page is not None:
        return partial(_write_page, PageFile(page))
    if as_json:
        return lambda timeline: print_json(to_json(timeline))
    if as_csv:
        return lambda timeline: print_csv(COLUMNS, to_rows(timeline.entries()))
    return partial(_show, choose_look(color=color, width=width))


def _write_page(file: PageFile, timeline: Timeline) -> None:
    # Imported here: only --html needs it.
    from onrecord.exports.timelinepage import to_timeline_page

    file.write(to_timeline_page(timeline))


def _show(look: Look, timeline: Timeline) -> None:
    click.echo(show_timeline(timeline, look), nl=False, color=look.colour)
