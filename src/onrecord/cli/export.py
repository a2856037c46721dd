"""``onrecord export``: its options and its help."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from onrecord.cli.completion import complete_files
from onrecord.cli.messages import complain
from onrecord.cli.options import since_option, until_option
from onrecord.cli.progress import Progress, may_show_progress
from onrecord.cli.recordfile import open_record, record_option

if TYPE_CHECKING:
    from onrecord.exports.exporting import Count
    from onrecord.exports.formats import Format

# The formats of onrecord.exports.formats; written out, so that --help needs no msgspec.
FORMAT_HELP: Final = {
    "jsonl": "the contract, one JSON object a line for each report",
    "csv": "a table, one row a statement (or event); for spreadsheets",
    "xlsx": "the same table as an Excel workbook",
    "parquet": "the same table, typed, a file for each month",
    "web-annotation": "W3C Web Annotations (JSON-LD), positions and quotations",
    "schema-org": "schema.org Quotation and Claim (JSON-LD)",
    "brat": "brat standoff: .txt and .ann for each report",
    "webanno-tsv": "WebAnno TSV 3.3, for INCEpTION: a file for each report",
    "label-studio": "Label Studio tasks, statements as predictions",
    "prodigy": "Prodigy tasks, one a line, with spans and tokens",
    "ftm": "FollowTheMoney entities, one a line: articles, people, mentions, notes",
}
_FORMATS: Final = "\n".join(f"  {name:<16}{text}" for name, text in FORMAT_HELP.items())
_HELP: Final = f"""\
Hand a record on in another format: all of it, or what the options choose.

\b
Formats:
{_FORMATS}

Copies and revised texts are left out; how many is said on standard error. The same record gives the same bytes.
xlsx and parquet need: pip install "onrecord[tables]"

\b
Examples:
  onrecord export --in news.db > news.jsonl
  onrecord export --in news.db --format csv --to statements.csv
  onrecord export --in news.db --format csv --what events > events.csv
  onrecord export --in news.db --format parquet --to statements/ --since 2024-05
  onrecord export --in news.db --format csv --speaker 'Ada Quill' --outlet 'Orrin Echo'
  onrecord export --in news.db --format web-annotation --without-text --to shared.jsonld
  onrecord export --in news.db --format brat --to correct/        (see: onrecord import)
"""
_EXIT_CODES: Final = """\
\b
Exit codes:
  0    everything was written
  1    the record could not be read, or the target not written; standard error says why
  2    wrong usage
  130  interrupted with Ctrl-C
"""


@click.command(help=_HELP, epilog=_EXIT_CODES, short_help="Hand a record on in another format.")
@record_option()
@click.option(
    "--format",
    "name",
    type=click.Choice(list(FORMAT_HELP)),
    default="jsonl",
    show_default=True,
    metavar="FORMAT",
    help="One of the formats above.",
)
@click.option(
    "--to",
    metavar="PATH",
    shell_complete=complete_files,
    help="The file, or for several files the folder; - or nothing: standard output.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.option("--without-text", is_flag=True, help="Leave the words of reports out; keep positions and hashes.")
@click.option(
    "--what",
    type=click.Choice(["statements", "events"]),
    default="statements",
    show_default=True,
    help="The rows of a CSV table.",
)
@since_option
@until_option
@click.option("--outlet", multiple=True, metavar="NAME", help="From this outlet, by name or domain. Several: any.")
@click.option("--speaker", multiple=True, metavar="NAME", help="Only what this person or body says. Several: any.")
@click.option("--copies", is_flag=True, help="Copies and revised texts too.")
def export(record: Path, name: str, to: str | None, **options: Any) -> None:
    """Write a record in a format."""
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.exports.exporting import Count
    from onrecord.exports.formats import BY_NAME

    chosen = BY_NAME[name]
    _check(chosen, to, **options)
    count = Count()
    progress = _Shown(count, prints=to in {None, "-"})
    count.tell = progress.advance
    try:
        _run(record, chosen, to, count, **options)
    finally:
        progress.clear()
    if not count.reports:
        complain("nothing to export: no report of the record is chosen")
    if count.left_out:
        complain(f"left out as copies or revised texts: {count.left_out:,}; --copies exports them too")


def _run(
    record: Path,
    chosen: Format,
    to: str | None,
    count: Count,
    *,
    force: bool,
    without_text: bool,
    what: Any,
    since: str | None,
    until: str | None,
    outlet: tuple[str, ...],
    speaker: tuple[str, ...],
    copies: bool,
) -> None:
    from onrecord.exports import exporting, formats
    from onrecord.record.filtering import Filters

    filters = Filters(since=since, until=until, outlet=outlet, speaker=speaker, copies=copies)
    options = formats.Options(with_text=not without_text, what=what)
    target = sys.stdout.buffer if to in {None, "-"} else Path(str(to))
    with open_record(record, read_only=True) as opened:
        exporting.export(opened, chosen, target, filters=filters, options=options, count=count, replace=force)


def _check(chosen: Format, to: str | None, *, without_text: bool, what: Any, **_others: Any) -> None:
    """Refuse what contradicts the format.

    Raises:
        click.UsageError: it does.
    """
    if without_text and chosen.needs_text:
        advice = "web-annotation, schema-org, ftm, jsonl and the tables can do without"
        raise click.UsageError(f"{chosen.name} is made of the text: there is none --without-text; {advice}")
    if what not in chosen.whats:
        raise click.UsageError(f"--what {what} goes with --format csv, not with {chosen.name}")
    if to in {None, "-"} and not chosen.is_stream:
        makes = "a folder" if chosen.is_folder else "a file that is no text"
        raise click.UsageError(f"{chosen.name} makes {makes}; say where with --to")
    if to and to.endswith(("/", os.sep)) and not chosen.is_folder:
        raise click.UsageError(f"{chosen.name} makes one file; say which behind {to}")


class _Shown:
    """The bar, made with the first report, when it is known how many there are."""

    def __init__(self, count: Count, *, prints: bool) -> None:
        self._count = count
        self._prints = prints
        self._bar: Progress | None = None

    def advance(self) -> None:
        if self._bar is None:
            self._bar = Progress(self._count.total, stream=sys.stderr, shown=may_show_progress(prints=self._prints))
        self._bar.advance()

    def clear(self) -> None:
        if self._bar is not None:
            self._bar.clear()
