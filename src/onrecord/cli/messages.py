"""Lines to the user, made safe to show: what is said on standard error, and answers of one line."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.cli.visible import visible


def complain(message: str) -> None:
    """Say something in one line on standard error, where nothing that a program reads is."""
    click.echo(f"onrecord: {visible(message, sys.stderr.encoding or 'utf-8')}", err=True)


def say_what_is_not_drawn(chart: Path, number: int) -> None:
    """Say of a chart how many of what it is to show have no room in it, if any."""
    if number:
        verb = "is" if number == 1 else "are"
        complain(f"{chart}: {number:,} more {verb} not drawn: nobody could read so many; --csv has all")


def print_line(words: str) -> None:
    """Print an answer of one line."""
    click.echo(visible(words, sys.stdout.encoding or "utf-8"))
