"""``onrecord schema``: the contract as JSON Schema."""

from __future__ import annotations

from typing import Final

import click

_HELP: Final = """\
Print the JSON Schema of what 'read --json' and 'read --jsonl' give.

\b
Examples:
  onrecord schema > onrecord-1.schema.json
"""


@click.command(help=_HELP, short_help="Print the JSON Schema of the readings.")
def schema() -> None:
    """Print the JSON Schema of the contract."""
    # Imported here: `onrecord --help` needs no JSON (0.05 s).
    import msgspec

    from onrecord.reading import json_schema

    text = msgspec.json.format(msgspec.json.encode(json_schema()), indent=2)
    click.echo(text + b"\n", nl=False)
