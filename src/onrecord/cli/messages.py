"""Lines to the user, made safe to show: what is said on standard error, and answers of one line."""

from __future__ import annotations

import sys

import click

from onrecord.cli.visible import visible


def complain(message: str) -> None:
    """Say something in one line on standard error, where nothing that a program reads is."""
    click.echo(f"onrecord: {visible(message, sys.stderr.encoding or 'utf-8')}", err=True)


def print_line(words: str) -> None:
    """Print an answer of one line."""
    click.echo(visible(words, sys.stdout.encoding or "utf-8"))
