"""Formats that a command can print in, one at a time, and the options for those of rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import click

Format = Literal["json", "jsonl", "csv"]


def format_options(*formats: Format) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command ``--json``, ``--jsonl`` or ``--csv``; :func:`take_format` takes them."""
    helps = {
        "json": "Print one indented JSON list.",
        "jsonl": "Print one JSON object a line.",
        "csv": "Print a table as CSV, safe for spreadsheets.",
    }

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        for name in reversed(formats):
            command = click.option(f"--{name}", f"as_{name}", is_flag=True, help=helps[name])(command)
        return command

    return decorate


def take_format(options: dict[str, Any]) -> Format | None:
    """Take the format out of a command's options; None for the terminal.

    Raises:
        click.UsageError: there are two.
    """
    names: tuple[Format, ...] = ("json", "jsonl", "csv")
    wanted = [name for name in names if options.pop(f"as_{name}", False)]
    refuse_two_formats({f"--{name}": True for name in wanted})
    return wanted[0] if wanted else None


def refuse_two_formats(formats: dict[str, object]) -> None:
    """Check that at most one output format is asked for, of those named by their options.

    Raises:
        click.UsageError: there are two.
    """
    wanted = [name for name, given in formats.items() if given]
    if len(wanted) > 1:
        raise click.UsageError(f"{' and '.join(wanted)} exclude each other; choose one")
