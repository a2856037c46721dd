"""``onrecord search``: its arguments, its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from onrecord.cli.filters import FILTER_HELP, filter_options, take_filters
from onrecord.cli.options import look_options
from onrecord.cli.recordfile import open_record, record_option

_HELP: Final = f"""\
Find what was said in a record: by words, by meaning, or by who, where and when alone.

WORDS are all to be in the statement, whatever their case and accents: levy harbour. '"new levy"' is a phrase, 'fish*'
any word that begins so. Nothing else has a meaning, so any words can be looked for. --meaning looks for what is said in
other words; together with WORDS it finds either, and what is both comes first. Without a TEXT it takes the WORDS.

{FILTER_HELP}
Copies of a report and texts that were revised are left out, and never count as a second source.

\b
Examples:
  onrecord search 'harbour levy' --in news.db
  onrecord search '"new levy" fish*' --in news.db --speaker Varnham --since 2024-05
  onrecord search --in news.db --meaning 'people will lose their work'
  onrecord search 'harbour levy' --meaning --in news.db
  onrecord search levy --in news.db --cue-class doubting --outlet 'Orrin Echo' --facets
  onrecord search --in news.db --about 'Ada Quill' --form direct --sort newest --limit 0 --csv > said.csv
"""
EXIT_CODES: Final = """\
\b
Exit codes:
  0    done, also where nothing was found
  1    the record could not be read, or holds nothing of that id; standard error says why
  2    wrong usage
  130  interrupted with Ctrl-C
"""


@click.command(help=_HELP, epilog=EXIT_CODES, short_help="Find what was said in a record.")
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@record_option()
@click.option(
    "--meaning",
    metavar="[TEXT]",
    is_flag=False,
    flag_value="",
    help="What is to be said, in words of your own, or in the WORDS: the 200 nearest.",
)
@filter_options
@click.option(
    "--sort",
    type=click.Choice(["best", "newest", "oldest"]),
    default="best",
    show_default=True,
    help="The order; without WORDS and --meaning best is newest.",
)
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, metavar="N", help="Hits; 0, all.")
@click.option("--copies", is_flag=True, help="Find those in copies and revised texts too.")
@click.option("--facets", is_flag=True, help="Count speakers and outlets (ten), forms, cue classes, months first.")
@click.option("--json", "as_json", is_flag=True, help="Print one indented JSON object.")
@click.option(
    "--csv", "as_csv", is_flag=True, help="Print a table, one row a hit, that no spreadsheet runs as formulas."
)
@look_options
def search(words: tuple[str, ...], record: Path, meaning: str | None, *, copies: bool, **options: Any) -> None:
    """Look for statements and print them."""
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.cli.search_output import show_search
    from onrecord.record.opening import one_moment

    asked = " ".join(words) if words else None
    if meaning == "":
        if asked is None:
            raise click.UsageError("say what is meant: --meaning TEXT, or WORDS and --meaning")
        meaning = asked
    filters = take_filters(options, copies=copies)
    limit = options.pop("limit") or None
    # All as of one moment: a pager may leave hits unread for an hour, in which their reports are read again.
    with open_record(record, read_only=True) as opened, one_moment(opened.connection):
        found = opened.search(asked, meaning=meaning, filters=filters, sort=options.pop("sort"), limit=limit)
        show_search(found, **options)
