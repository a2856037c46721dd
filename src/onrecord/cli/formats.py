"""The options of a command that can print rows in several formats."""

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
    if len(wanted) > 1:
        raise click.UsageError(f"{' and '.join(f'--{name}' for name in wanted)} exclude each other; choose one")
    return wanted[0] if wanted else None
