"""``onrecord add``: its arguments, its options and its help."""

from __future__ import annotations

from typing import Any, Final

import click

from onrecord.cli.completion import complete_files
from onrecord.cli.options import SOURCE_HELP, report_options, take_read_options
from onrecord.cli.recordfile import made_record_option

_HELP: Final = f"""\
Read news reports and keep what was said in a record, one SQLite file.

A report that the record holds is not read again. Another text under the same address is kept as a revision; the same
text under another address as a copy, which counts for nothing. Interrupt it, or kill it, at any moment: what was
added is kept, and the same command again does the rest.

{SOURCE_HELP}
A report that its reader does not come through, twice, is set aside; the rest is done. --retry tries it again.

\b
Examples:
  onrecord add report.html --to news.db          make a record, or go on with one
  onrecord add archive/ 'more/*.jsonl' --to news.db
  onrecord add https://paper.example/feed --to news.db
  onrecord add crawl.warc.gz --to news.db --jobs 8
  onrecord add posts.jsonl --to news.db --text-field body --date-field published
  onrecord add archive/ --to news.db --jsonl     one JSON object a report, once it is kept
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0    every report is in the record
  1    a report could not be read or was set aside, or the record can't be written; standard error says which and why
  2    wrong usage
  130  interrupted with Ctrl-C (143: with SIGTERM); what was added is kept
"""
_MOST_JOBS: Final = 1_024
"""All of them start at once, each with a model of its own: a digit too many would take the machine's memory."""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="Add news reports to a record.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=complete_files)
@made_record_option
@click.option(
    "--jobs",
    type=click.IntRange(0, _MOST_JOBS),
    default=0,
    metavar="N",
    help="Processes that read; 0, one for each core.",
)
@click.option("--retry", is_flag=True, help="Try reports again that were set aside.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object at the end: how many became what.")
@click.option("--jsonl", "as_jsonl", is_flag=True, help="Print a JSON object for each report, once it is kept.")
@report_options
def add(**options: Any) -> None:
    """Read reports and add them to a record."""
    # Imported here: `onrecord --help` needs no model, numbers or parser (0.4 s).
    from onrecord.cli.adding_run import Order, run
    from onrecord.cli.formats import refuse_two_formats

    refuse_two_formats({"--json": options["as_json"], "--jsonl": options["as_jsonl"]})
    code = run(Order(options=take_read_options(options), **options))
    if code:
        raise click.exceptions.Exit(code)
