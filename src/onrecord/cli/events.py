"""``onrecord events``: its arguments, its options and its help."""

from __future__ import annotations

from typing import Any, Final

import click

from onrecord.cli.completion import complete_files
from onrecord.cli.filters import TYPES
from onrecord.cli.options import (
    EXIT_CODES,
    SOURCE_HELP,
    look_options,
    min_confidence_option,
    source_options,
    take_request,
)

_HELP: Final = f"""\
List who did what to whom in news reports: events of PLOVER's 16 types, with date, actors, recipients, and who
claims it.

An event is told by the outlet itself or by somebody whom it quotes; "claimed by" says who, and in which statement.

{SOURCE_HELP}
\b
Examples:
  onrecord events report.html                    a table in the terminal
  onrecord events report.html --type SANCTION --type COERCE
  onrecord events report.txt --date 2024-05-03   "on Friday" is a day only with the date of the report
  onrecord events archive/ --jsonl > events.jsonl
"""


@click.command(help=_HELP, epilog=EXIT_CODES, short_help="List who did what to whom in news reports.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=complete_files)
@click.option("--json", "as_json", is_flag=True, help="Print an indented JSON object for each report.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="Print one JSON object a line for each report.")
@click.option(
    "--type",
    "types",
    type=click.Choice(TYPES, case_sensitive=False),
    multiple=True,
    metavar="TYPE",
    help=f"List only this type: {', '.join(TYPES)}. May be given more than once.",
)
@min_confidence_option("events")
@source_options
@look_options
def events(**options: Any) -> None:
    """List the events of reports."""
    # Imported here: `onrecord --help` needs no model, numbers or parser (0.4 s).
    from onrecord.cli.events_output import choose_output
    from onrecord.cli.reading_run import run

    request = take_request(options, parts=("events", "times"))
    if not run(request, choose_output(**options)):
        raise click.exceptions.Exit(1)
