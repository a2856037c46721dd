"""``onrecord cite``: its arguments, its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from onrecord.cli.recordfile import open_record, record_option
from onrecord.cli.search import EXIT_CODES

if TYPE_CHECKING:
    from onrecord.record.citing import Style

_HELP: Final = """\
Cite a statement or a report of a record, so that anybody can find the words again.

ID is what 'onrecord search' shows, such as 3f9a1c2b7d8e4f60-9c01d2e7; the first four digits or more are enough where
no other begins so, and the part before the - is the report's own. A citation says who, where and when, the address with
a fragment (#:~:text=) that leads a browser to the words, the id, and the SHA-256 of the page that was read. What the
report does not give verbatim is marked so.

\b
Examples:
  onrecord cite 3f9a1c2b7d8e4f60-9c01d2e7 --in news.db
  onrecord cite 3f9a1c2b7d8e4f60-9c01d2e7 --in news.db --style markdown
  onrecord cite 3f9a1c2b-9c01 5ab0c1d2-11 --in news.db --style bibtex >> sources.bib
  onrecord cite 3f9a1c2b-9c01 --in news.db --style csl > sources.json
"""


@click.command(help=_HELP, epilog=EXIT_CODES, short_help="Cite a statement or a report of a record.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@record_option()
@click.option(
    "--style",
    type=click.Choice(["plain", "bibtex", "csl", "markdown"]),
    default="plain",
    show_default=True,
    help="One line; an entry of BibTeX; CSL-JSON; Markdown.",
)
def cite(ids: tuple[str, ...], record: Path, style: Style) -> None:
    """Print citations."""
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.cli.visible import visible
    from onrecord.record.citing import cite_all
    from onrecord.record.lookup import look_up

    with open_record(record, read_only=True) as opened:
        entries = [look_up(opened.connection, each) for each in ids]
    cited = cite_all(entries, style)
    if style != "csl":  # JSON has the text as it is; lines are read, and go on to the terminal of somebody else
        cited = "\n".join(visible(line, "utf-8") for line in cited.split("\n"))
    click.echo(cited.encode())
