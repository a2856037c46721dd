"""``onrecord variants``: its arguments, its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from onrecord.cli.options import Share, look_options
from onrecord.cli.recordfile import open_record, record_option
from onrecord.cli.search import EXIT_CODES

_HELP: Final = """\
Show where else the words of a statement stand, and what became of them there.

ID is what 'onrecord search' shows; the first four digits or more are enough where no other begins so. Each appearance
is identical, clipped (words fell away), fuller (it has more), altered (other words), spliced (in another order) or a
paraphrase, with a score, and given to the same speaker, to another one (a conflict, shown and not decided) or to
nobody by name. Words in [-brackets-] are in the statement only, those in {+braces+} in the other only. Copies are
marked: no second source.

\b
Examples:
  onrecord variants 3f9a1c2b7d8e4f60-9c01d2e7 --in news.db
  onrecord variants 3f9a1c2b-9c01 --in news.db --min-score 0.7 --json
"""


@click.command(help=_HELP, epilog=EXIT_CODES, short_help="Show where else the words of a statement stand.")
@click.argument("statement", metavar="ID")
@record_option()
@click.option(
    "--min-score",
    type=Share(0, 1),
    default=0.0,
    metavar="SCORE",
    help="Leave out what is less likely another appearance, 0 to 1. Below 0.3 nothing more is shown.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one indented JSON object.")
@look_options
def variants(statement: str, record: Path, min_score: float, **options: Any) -> None:
    """Print the other appearances of a statement."""
    # Imported here: `onrecord --help` needs no record (0.1 s).
    from onrecord.cli.variants_output import show_variants
    from onrecord.compare.variants import find_variants

    with open_record(record, read_only=True) as opened:
        show_variants(*find_variants(opened, statement, min_score=min_score), **options)
