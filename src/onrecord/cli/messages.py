"""Messages to the user: one line each, on standard error."""

from __future__ import annotations

import sys

import click

from onrecord.cli.visible import visible


def complain(message: str) -> None:
    """Say in one line on standard error what is wrong."""
    click.echo(f"onrecord: {visible(message, sys.stderr.encoding or 'utf-8')}", err=True)
