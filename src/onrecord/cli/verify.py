"""``onrecord verify``: its arguments, its options and its help."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

import click

from onrecord.cli.options import FILE, check_days, look_options
from onrecord.cli.recordfile import open_record, record_option

_HELP: Final = """\
Look whether a quotation is in a record: as it is, cut, changed, or somebody else's.

WORDS is the quotation, or - to read it from standard input. The verdict comes with its sources, the first of them, what
is missing or changed, and the nearest misses; copies of a report are no second source. What is not found is "not in
this record", never false: the verdict says what was searched.

\b
Examples:
  onrecord verify 'The levy will go' --in news.db
  onrecord verify 'The levy will go' --in news.db --speaker 'Mara Ilven' --before 2024-05-31
  pbpaste | onrecord verify - --in news.db --json
  onrecord verify --csv quotations.csv --in news.db > verdicts.csv

--csv takes a table with the column words, and speaker, before and after where it has them.
"""
EXIT_CODES: Final = """\
\b
Exit codes:
  0    verbatim: the words are there (with --csv: all were looked for)
  10   clipped: words of the same sentences are left out
  11   altered: some words are others
  12   merged: two statements that follow each other, run together
  13   spliced: joined from different places
  14   paraphrase: other words for much the same
  15   other speaker: the words are there, but not that speaker's
  16   denied: the speaker is reported to deny it, or not to have said it; or a "not" of it is left out
  17   other time: the words are there, but not on those days
  18   not in this record
  1    the record or the table could not be read, or the quotation can't be looked for; standard error says why
  2    wrong usage
  130  interrupted with Ctrl-C
"""


# A quotation has 20,000 characters at most; what is longer is refused with its beginning.
_MOST_BYTES: Final = 1_000_000


def _read_standard_input() -> str:
    return sys.stdin.buffer.read(_MOST_BYTES).decode("utf-8", "replace")


@click.command(help=_HELP, epilog=EXIT_CODES, short_help="Look whether a quotation is in a record.")
@click.argument("words", nargs=-1, metavar="[WORDS|-]")
@record_option()
@click.option("--speaker", metavar="NAME", help="Who is claimed to have said it.")
@click.option("--before", callback=check_days, metavar="DAY", help="Published on this day, month or year, or earlier.")
@click.option("--after", callback=check_days, metavar="DAY", help="Published on this day, month or year, or later.")
@click.option("--csv", "table", metavar="FILE", type=FILE, help="Look for many, - for standard input; print a table.")
@click.option("--json", "as_json", is_flag=True, help="Print one indented JSON object.")
@look_options
@click.pass_context
def verify(ctx: click.Context, /, words: tuple[str, ...], record: Path, table: Path | None, **options: Any) -> None:
    """Look for a quotation and print the verdict."""
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.cli.verify_output import show_verdict, show_verdicts
    from onrecord.compare.tables import read_asked
    from onrecord.compare.verifying import Asked
    from onrecord.compare.verifying import verify as look_for

    claim = {name: options.pop(name) for name in ("speaker", "before", "after")}
    if (table is None) == (not words):
        raise click.UsageError("give the words of a quotation, - for standard input, or --csv FILE")
    if table is not None and (options["as_json"] or any(claim.values())):
        raise click.UsageError("--csv prints a table and takes speaker, before and after from its columns")
    if table is not None:
        asked = read_asked(table)
        with open_record(record, read_only=True) as opened:
            show_verdicts(opened, asked)
        return
    given = _read_standard_input() if words == ("-",) else " ".join(words)
    with open_record(record, read_only=True) as opened:
        verdict = look_for(opened, Asked(words=given.strip(), **claim))
        show_verdict(verdict, **options)
    ctx.exit(verdict.code)
