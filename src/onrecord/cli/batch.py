"""``onrecord batch``: its arguments, its options and its help."""

from __future__ import annotations

from typing import Any, Final

import click

from onrecord.cli.completion import complete_files
from onrecord.cli.options import report_options, take_read_options

_HELP: Final = """\
Read archives that are too large for one file: WARC, JSON Lines and Parquet to Parquet by month, on all cores or on a
Ray cluster.

An INPUT is a file, a folder or a pattern, here or at s3://, gs:// or https://: web archives (CC-NEWS and others), JSON
Lines, also in gzip, Parquet with any names of columns, pages and texts. Large ones are cut and read by several workers.

DIR gets documents/, statements/, entities/, events/ and amounts/ in folders by year and month, a manifest and a list of
what could not be read. Interrupt it, or kill it, at any moment: the same command goes on, also with another number of
workers, and gives the same bytes. With other inputs, options or another model it is refused.

Needs: pip install "onrecord[batch]", and s3fs or gcsfs for s3:// or gs://.

\b
Examples:
  onrecord batch crawl.warc.gz --out archive/
  onrecord batch 'CC-NEWS-202405*.warc.gz' --out may/ --workers 8
  onrecord batch stories.parquet --out archive/ --text-field body --date-field published
  onrecord batch s3://news/2024/ --out s3://news/read/ --address auto      on a cluster
  onrecord load archive/ --to news.db --where "outlet = 'Orrin Echo'"      then, a slice of it into a record
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0    everything was read
  1    something could not be read (failures.jsonl says what), or the run could not go on; standard error says why
  2    wrong usage
  130  interrupted with Ctrl-C (143: with SIGTERM); what was read is kept
"""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="Read archives to Parquet, on many cores.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...", shell_complete=complete_files)
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    shell_complete=complete_files,
    help="The output: a new folder, or one to go on with.",
)
@click.option(
    "--workers", type=click.IntRange(min=0), default=0, metavar="N", help="Processes that read; 0, one for each core."
)
@click.option("--address", metavar="HOST:PORT", help="A Ray cluster to run on; auto, on one of its nodes.")
@click.option(
    "--format",
    "kind",
    type=click.Choice(["auto", "warc", "jsonl", "parquet"]),
    default="auto",
    show_default=True,
    metavar="FORMAT",
    help="What all inputs are, where their names and first bytes do not tell.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the counts of the manifest as a JSON object at the end.")
@report_options
def batch(**options: Any) -> None:
    """Read archives to Parquet."""
    # Imported here: `onrecord --help` needs no model, numbers or parser (0.4 s).
    from onrecord.cli.batch_run import Order, run

    kind = options.pop("kind")
    code = run(Order(options=take_read_options(options), kind=None if kind == "auto" else kind, **options))
    if code:
        raise click.exceptions.Exit(code)
