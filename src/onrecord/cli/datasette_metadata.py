"""``onrecord datasette-metadata``: what Datasette should know of a record."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from onrecord.cli.options import FILE
from onrecord.cli.recordfile import open_record

_HELP: Final = """\
Print the metadata with which Datasette shows a record: a search box, descriptions, facets, packed tables hidden.

\b
Examples:
  onrecord datasette-metadata news.db > metadata.json
  datasette news.db --metadata metadata.json
"""


@click.command("datasette-metadata", help=_HELP, short_help="Print what Datasette should know of a record.")
@click.argument("record", metavar="FILE", type=FILE)
def datasette_metadata(record: Path) -> None:
    """Print the metadata of a record."""
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.exports.datasette import datasette_metadata as describe
    from onrecord.record.overview import table_names

    with open_record(record, read_only=True) as opened:
        click.echo(describe(record, table_names(opened.connection)), nl=False)
