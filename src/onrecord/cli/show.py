"""``onrecord show``: its arguments, its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from onrecord.cli.completion import complete_files
from onrecord.cli.options import look_options
from onrecord.cli.recordfile import open_record, record_option
from onrecord.cli.search import EXIT_CODES

_HELP: Final = """\
Show a statement of a record with all that is known of it, or a report with all of its statements.

ID is what 'onrecord search' shows, such as 3f9a1c2b7d8e4f60-9c01d2e7; the first four digits or more are enough where
no other begins so, and the part before the - is the report's own. Of a statement there are the paragraph that it stands
in, who said it and what decided that, its spans (code points of the text), how it was read, what does not fit it,
corrections, and what it takes to find it again.

\b
Examples:
  onrecord show 3f9a1c2b7d8e4f60-9c01d2e7 --in news.db
  onrecord show 3f9a1c2b-9c --in news.db --json
  onrecord show 3f9a1c2b --in news.db              the report, with all of its statements
  onrecord show 3f9a1c2b --in news.db --html page.html
"""


@click.command(help=_HELP, epilog=EXIT_CODES, short_help="Show a statement or a report of a record.")
@click.argument("id", metavar="ID")
@record_option()
@click.option("--json", "as_json", is_flag=True, help="Print one indented JSON object.")
@click.option(
    "--html",
    "page",
    metavar="FILE",
    shell_complete=complete_files,
    help="Write the report as one self-contained page; - prints it.",
)
@look_options
def show(id: str, record: Path, *, as_json: bool, page: str | None, color: str, width: int | None) -> None:
    """Print a statement or a report."""
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.cli.formats import refuse_two_formats
    from onrecord.cli.outputs import PageOutput, choose_look
    from onrecord.cli.show_output import print_entry, show_entry
    from onrecord.record.lookup import as_reading, look_up

    refuse_two_formats({"--json": as_json, "--html": page})
    with open_record(record, read_only=True) as opened:
        entry = look_up(opened.connection, id)
    if page is not None:
        PageOutput(page).write(as_reading(entry.record))
        return
    if as_json:
        print_entry(entry)
        return
    look = choose_look(color=color, width=width)
    click.echo(show_entry(entry, look), nl=False, color=look.colour)
