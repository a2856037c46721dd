"""``onrecord stats``: its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from onrecord.cli.filters import FILTER_HELP, filter_options, take_filters
from onrecord.cli.messages import complain, say_what_is_not_drawn
from onrecord.cli.options import chart_option, look_options
from onrecord.cli.recordfile import open_record, record_option
from onrecord.cli.search import EXIT_CODES

_HELP: Final = f"""\
Count who is quoted in a record: how often, at what length, in how many outlets, directly or not, with which cues, when.

Copies of a report and texts that were revised never count. Who is the same person in several reports is counted as one.
Lengths are those of contents, in characters, on average. Columns that find no room in the width are left out; --csv has
all.

{FILTER_HELP}
\b
Examples:
  onrecord stats --in news.db                                  who is quoted most
  onrecord stats --in news.db --by outlet --speaker Varnham    where somebody is quoted
  onrecord stats --in news.db --by cue-class --outlet 'Orrin Echo'
  onrecord stats --in news.db --by month --about harbour --chart months.svg
  onrecord stats --in news.db --limit 0 --csv > speakers.csv

--chart needs: pip install "onrecord[charts]"
"""


@click.command(help=_HELP, epilog=EXIT_CODES, short_help="Count who is quoted, how, where and when.")
@record_option()
@click.option(
    "--by",
    type=click.Choice(["speaker", "outlet", "form", "cue-class", "month"]),
    default="speaker",
    show_default=True,
    help="What to count by.",
)
@filter_options
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    help="Print at most N rows, 0 for all: 20 where none is given, and all months.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one indented JSON object.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table that no spreadsheet runs as formulas.")
@chart_option
@look_options
def stats(record: Path, by: Any, limit: int | None, chart: Path | None, **options: Any) -> None:
    """Count statements and print the tallies."""
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.cli.stats_output import show_stats
    from onrecord.record.counting import count_by
    from onrecord.record.damage import translated
    from onrecord.record.namesakes import tell_apart

    filters = take_filters(options)
    with open_record(record, read_only=True) as opened, translated(record):
        tallies = count_by(opened.connection, by, filters)
        most = limit if limit is not None else 0 if by == "month" else 20
        shown = tallies[:most] if most else tallies
        apart = tell_apart(opened.connection, ((each.person, each.value) for each in shown))
    show_stats(shown, by, apart, left_out=len(tallies) - len(shown), **options)
    if chart is not None and not shown:
        complain(f"{chart}: not written, as there is nothing to draw")
    elif chart is not None:
        from onrecord.exports.charting import draw_chart

        say_what_is_not_drawn(chart, draw_chart(shown, by, chart, apart))
