"""``onrecord schema``: the contract as JSON Schema."""

from __future__ import annotations

import click


@click.command(short_help="Print the JSON Schema of the readings.")
def schema() -> None:
    """Print the JSON Schema of what 'read --json' and 'read --jsonl' give."""
    # Imported here: `onrecord --help` needs no JSON (0.05 s).
    import msgspec  # noqa: PLC0415

    from onrecord.reading import json_schema  # noqa: PLC0415

    text = msgspec.json.format(msgspec.json.encode(json_schema()), indent=2)
    click.echo(text + b"\n", nl=False)
