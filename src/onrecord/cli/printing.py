"""JSON and CSV on standard output in UTF-8, whatever the terminal's encoding."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

import click
import msgspec

from onrecord.exports.cells import cell


def print_json(value: Any) -> None:
    """Print a value of ours as one indented JSON object."""
    try:
        line = msgspec.json.encode(value)
    except UnicodeEncodeError:  # a lone surrogate, which UTF-8 can't write
        line = json.dumps(msgspec.to_builtins(value)).encode()
    click.echo(msgspec.json.format(line, indent=2))


def print_csv(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print the names of the columns and the rows as CSV (RFC 4180): every cell quoted, none that runs as a formula."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(names)
    for row in rows:
        writer.writerow([cell(value) for value in row])
    click.echo(buffer.getvalue().encode(), nl=False)
