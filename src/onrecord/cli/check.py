"""``onrecord check``: its arguments, its options and its help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from onrecord.cli.completion import complete_files
from onrecord.cli.options import SOURCE_HELP, look_options, source_options, take_request

if TYPE_CHECKING:
    from onrecord.pipeline import Part

_HELP: Final = f"""\
Look in news reports for what does not fit the rest of the same report: a caption from another story, a number of the
headline that the story gives differently, a quotation that the headline gives to somebody else or clips so that it says
the opposite, a quotation mark that is never closed, a name with two spellings.

A check names two places that differ, and never says which is right. No check is no proof that all fits.

{SOURCE_HELP}
\b
Examples:
  onrecord check report.html                     what does not fit, with the places that say otherwise
  onrecord check report.txt --date 2024-05-03    a caption of a later year is found by the date of the report
  onrecord check drafts/ --strict && publish     end with exit code 1 where there is anything to look at
  onrecord check archive/ --jsonl > checks.jsonl
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0    every report was read, whatever the checks say
  1    a report (or the model) could not be read; with --strict also: there is something that does not fit
  2    wrong usage
  130  interrupted with Ctrl-C
  141  the reader of standard output went away, as in '| head'
"""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="Find what in a report does not fit the rest of it.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=complete_files)
@click.option("--json", "as_json", is_flag=True, help="Print an indented JSON object for each report.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="Print one JSON object a line for each report.")
@click.option("--strict", is_flag=True, help="End with exit code 1 if any report has a check.")
@source_options
@look_options
def check(*, strict: bool, **options: Any) -> None:
    """Print the checks of reports."""
    # Imported here: `onrecord --help` needs no model, numbers or parser (0.4 s).
    from onrecord.cli.check_output import choose_output
    from onrecord.cli.reading_run import run

    checks: tuple[Part, ...] = ("checks",)
    request = take_request(options, parts=checks)
    counted = choose_output(**options)
    if not run(request, counted) or (strict and counted.found):
        raise click.exceptions.Exit(1)
