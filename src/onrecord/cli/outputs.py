"""Where readings go: blocks on the terminal, JSON, or a page."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol, TextIO

import click
import msgspec

from onrecord.cli.blocks import Look
from onrecord.cli.formats import refuse_two_formats
from onrecord.errors import ExportError
from onrecord.reading import Reading

# The generator's name stands in the first 1,000 bytes of every page that onrecord wrote.
_PAGE_START_BYTES: Final = 1_000
MOST_CELLS: Final = 10_000
"""Of a line, whatever --width says: rules, and the last column of a table, are filled up to it in memory."""


class Output(Protocol):
    """Takes the readings of a run one by one."""

    def write(self, reading: Reading) -> None:
        """Take one more reading."""


class TerminalOutput:
    """Shows each reading as blocks of text, an empty line and a rule between two reports.

    Args:
        look: width, colour and encoding.
        show: returns what is shown of a reading, as lines that end with a line break.
    """

    def __init__(self, look: Look, show: Callable[[Reading, Look], str]) -> None:
        self._look = look
        self._show = show
        self._first = True

    def write(self, reading: Reading) -> None:
        """Print one reading."""
        if not self._first:
            rule = self._look.sign("─", "-") * (self._look.width or 3)
            click.echo(f"\n{self._look.paint(rule, 'faint')}\n", color=self._look.colour)
        self._first = False
        click.echo(self._show(reading, self._look), nl=False, color=self._look.colour)


class JsonOutput:
    """Prints a JSON object for each reading in UTF-8, whatever the terminal's encoding.

    Args:
        encode: returns what is printed of a reading, as JSON on one line.
        indented: spread it over many lines.
    """

    def __init__(self, encode: Callable[[Reading], bytes], *, indented: bool) -> None:
        self._encode = encode
        self._indented = indented

    def write(self, reading: Reading) -> None:
        """Print one reading."""
        line = self._encode(reading)
        click.echo(msgspec.json.format(line, indent=2) if self._indented else line)


class PageFile:
    """A file that a page goes to, or standard output for ``-``; never one that onrecord did not write.

    Raises:
        click.UsageError: the file is there, and something else; or it has no name.
    """

    def __init__(self, target: str) -> None:
        if not target:
            raise click.UsageError("--html takes the name of a file, or - for standard output")
        self._target = target
        if target != "-":
            _refuse_to_overwrite(Path(target))

    def write(self, page: str) -> None:
        """Write the page.

        Raises:
            ExportError: the file can't be written.
        """
        written = page.encode("utf-8", "xmlcharrefreplace")
        if self._target == "-":
            click.echo(written, nl=False)
            return
        try:
            Path(self._target).write_bytes(written)
        except OSError as error:
            what = f"can't be written ({error.strerror or error})"
            raise ExportError(what, where=self._target, advice="check the folder and its permissions") from error


class PageOutput:
    """Writes the page of one reading to a file, or prints it for ``-``."""

    def __init__(self, target: str) -> None:
        self._file = PageFile(target)
        self._written = False

    def write(self, reading: Reading) -> None:
        """Write the page.

        Raises:
            click.UsageError: this is the second report.
            ExportError: the file can't be written.
        """
        if self._written:
            raise click.UsageError("--html makes the page of one report; read the others one by one, or use --jsonl")
        self._written = True
        # Imported here: only --html needs it.
        from onrecord.exports.webpage import to_webpage

        self._file.write(to_webpage(reading))


def choose_output(
    encode: Callable[[Reading], bytes],
    show: Callable[[Reading, Look], str],
    *,
    as_json: bool,
    as_jsonl: bool,
    page: str | None = None,
    color: str,
    width: int | None,
) -> Output:
    """Return where each reading goes, as the options of a command say.

    Args:
        encode: returns a reading as JSON on one line.
        show: returns it as blocks for the terminal.
        as_json: print indented JSON.
        as_jsonl: print JSON, one line each.
        page: the file of the marked page.
        color: auto, always or never.
        width: cells of a line; None for the terminal's.

    Raises:
        click.UsageError: the options contradict each other.
    """
    refuse_two_formats({"--json": as_json, "--jsonl": as_jsonl, "--html": page})
    if page is not None:
        return PageOutput(page)
    if as_json or as_jsonl:
        return JsonOutput(encode, indented=as_json)
    return TerminalOutput(choose_look(color=color, width=width), show)


def _refuse_to_overwrite(target: Path) -> None:
    """Keep a report from being replaced by its own page (``read --html report.html other.html``)."""
    if not target.is_file():
        return
    with target.open("rb") as file:
        start = file.read(_PAGE_START_BYTES)
    if start and b'name="generator" content="onrecord' not in start:
        raise click.UsageError(f"--html would overwrite {target}, which onrecord did not write; choose another name")


def choose_look(*, color: str, width: int | None, stream: TextIO | None = None) -> Look:
    """Return how to show readings on this standard output, or on another stream."""
    stream = stream or sys.stdout
    terminal = stream.isatty()
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    if width is None and terminal:
        width = shutil.get_terminal_size().columns
    return Look(
        width=width and min(width, MOST_CELLS),
        colour=color == "always" or (color == "auto" and terminal and not plain),
        encoding=stream.encoding or "utf-8",
    )
