"""``onrecord framing``: its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from onrecord.cli.messages import complain, say_what_is_not_drawn
from onrecord.cli.options import LARGEST, chart_option, look_options, since_option, until_option
from onrecord.cli.recordfile import open_record, record_option
from onrecord.cli.search import EXIT_CODES

_HELP: Final = """\
Count with which words outlets frame what is said: the cue classes of each outlet, or of each speaker, with intervals
and examples, beside the average.

These are counts of words, no judgement of bias: that one outlet writes "claimed" where others write "said" tells that
it does, not why. Outlets differ in whom they quote and on what; --speaker and --topic compare like with like. Copies
never count, nor does an agency's sentence that another report had before.

A share is marked "more" or "less" only where the average lies outside its interval, which is widened for statements of
one report being alike and for how many shares are looked at.

\b
Examples:
  onrecord framing --in news.db                              each outlet
  onrecord framing --in news.db --speaker Varnham            how each outlet frames one speaker
  onrecord framing --in news.db --outlet 'Orrin Echo' --by speaker
  onrecord framing --in news.db --topic 'harbour levy' --since 2024-05
  onrecord framing --in news.db --speaker Varnham --chart varnham.svg

--chart needs: pip install "onrecord[charts]"
"""


@click.command(help=_HELP, epilog=EXIT_CODES, short_help="Count with which words outlets frame what is said.")
@record_option()
@click.option(
    "--by",
    type=click.Choice(["outlet", "speaker"]),
    help="What to list: outlets, or speakers; speakers where only --outlet is given, outlets otherwise.",
)
@click.option("--speaker", multiple=True, metavar="NAME", help="Who says it: a name or words of one.")
@click.option("--outlet", multiple=True, metavar="NAME", help="The outlet: its name, words of it, or its domain.")
@click.option("--topic", metavar="WORDS", help="Words that are all to be in what was said.")
@since_option
@until_option
@click.option(
    "--limit", type=click.IntRange(min=0), default=10, show_default=True, metavar="N", help="List N at most; 0 for all."
)
@click.option(
    "--examples",
    type=click.IntRange(0, LARGEST),
    default=1,
    show_default=True,
    metavar="N",
    help="Statements to a class.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one indented JSON object.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a row for each share as CSV, safe for spreadsheets.")
@chart_option
@look_options
def framing(record: Path, by: Any, limit: int, examples: int, chart: Path | None, **options: Any) -> None:
    """Print the cue classes of outlets or speakers."""
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.cli.framing_output import show_framing
    from onrecord.compare.framing import count_frames
    from onrecord.record.filtering import Filters

    filters = Filters(**{name: options.pop(name) for name in ("speaker", "outlet", "since", "until")})
    counted: Any = by or ("speaker" if filters.outlet and not filters.speaker else "outlet")
    topic = options.pop("topic")
    with open_record(record, read_only=True) as opened:
        told = count_frames(opened, by=counted, filters=filters, topic=topic, limit=limit or None, examples=examples)
    show_framing(told, **options)
    if chart is not None and not told.frames:
        complain(f"{chart}: not written, as there is nothing to draw")
    elif chart is not None:
        from onrecord.exports.framingchart import draw_framing

        say_what_is_not_drawn(chart, draw_framing(told, chart))
