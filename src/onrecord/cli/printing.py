"""JSON and CSV on standard output in UTF-8, whatever the terminal's encoding."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

import click
import msgspec

from onrecord.exports.cells import cell

_AT_ONCE: Final = 100_000
"""Characters that are printed together."""


def print_json(value: Any) -> None:
    """Print a value of ours as one indented JSON object."""
    try:
        told = msgspec.json.format(msgspec.json.encode(value), indent=2)
    except UnicodeEncodeError:  # an argument that is no UTF-8: msgspec writes no half of a character, not as an escape
        told = json.dumps(msgspec.to_builtins(value), indent=2).encode()
    click.echo(told)


def print_json_line(value: Any) -> None:
    """Print a value of ours as JSON on one line."""
    try:
        told = msgspec.json.encode(value)
    except UnicodeEncodeError:  # as above
        told = json.dumps(msgspec.to_builtins(value), separators=(",", ":")).encode()
    click.echo(told)


def print_csv(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print the names of the columns and the rows as CSV (RFC 4180): every cell quoted, none that runs as a formula.

    A table may have a row for each statement of a record: what is written goes out before the rest is read.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(names)
    for row in rows:
        writer.writerow([cell(value) for value in row])
        if buffer.tell() > _AT_ONCE:
            click.echo(buffer.getvalue().encode(), nl=False)
            buffer.seek(0)
            buffer.truncate()
    click.echo(buffer.getvalue().encode(), nl=False)
